"""The JSON API of a county: one call for each act of the office, described at /api/openapi.json."""

from . import (
    activities,
    analysis,
    assignments,
    categories,
    contact,
    dispositions,
    documents,
    drafts,
    effects,
    exports,
    extensions,
    findings,
    hotspots,
    imports,
    instructions,
    notifications,
    objections,
    office,
    opinions,
    oversight,
    periods,
    petitions,
    progress,
    promises,
    receipts,
    receptions,
    recommendations,
    reopening,
    reports,
    secrecy,
    similar,
    staff,
    status,
    statutes,
    supervision,
    supplements,
    unit_scores,
    units,
)
from .contract import OfficeApi

api = OfficeApi(
    title="回音 API",
    description="县级人大常委会信访办公室。写操作须带 Idempotency-Key；可带 If-Match 声明所见版本。",
    namespace="api",
    keyless=frozenset(
        {
            "/api/office/regulations/files",
            "/api/petitions/{petition_id}/attachments",
            "/api/petitions/similar",
            "/api/imports/files",
            "/api/status/",
            "/api/status/replies/{reply_id}/open",
            "/api/status/papers/{document_id}",
            "/api/petitions/{petition_id}/reveal",
        }
    ),
)
api.add_router("/receipts", receipts.router)
api.add_router("/receipts", drafts.router)
api.add_router("/petitions", similar.router)
api.add_router("/petitions", exports.router)
api.add_router("/petitions", petitions.router)
api.add_router("/petitions", dispositions.router)
api.add_router("/proposals", dispositions.proposal_router)
api.add_router("/petitions", categories.of_petition)
api.add_router("/petitions", statutes.of_petition)
api.add_router("/categories", categories.router)
api.add_router("/statutes", statutes.router)
api.add_router("/assignments", assignments.router)
api.add_router("/assignments", dispositions.assignment_router)
api.add_router("/assignments", objections.of_assignment)
api.add_router("/assignments", extensions.of_assignment)
api.add_router("/assignments", progress.router)
api.add_router("/objections", objections.router)
api.add_router("/extensions", extensions.router)
api.add_router("/replies", assignments.reply_router)
api.add_router("/instructions", instructions.router)
api.add_router("/receptions", receptions.router)
api.add_router("/oversight", oversight.router)
api.add_router("/supervision", supervision.router)
api.add_router("/activities", activities.router)
api.add_router("/promises", promises.router)
api.add_router("/analysis", analysis.router)
api.add_router("/hotspots", hotspots.router)
api.add_router("/unit-scores", unit_scores.router)
api.add_router("/recommendations", recommendations.router)
api.add_router("/periods", periods.router)
api.add_router("/reports", reports.router)
api.add_router("", documents.router)
api.add_router("/imports", imports.router)
api.add_router("", reopening.router)
api.add_router("", secrecy.router)
api.add_router("/status", status.router)
api.add_router("/supplements", supplements.router)
api.add_router("/receipts", supplements.of_receipt)
api.add_router("/web-petitions", status.web_router)
api.add_router("/notifications", notifications.router)
api.add_router("/staff", staff.router)
api.add_router("/account", staff.own)
api.add_router("/units", units.router)
api.add_router("/office", office.router)
api.add_router("/office", contact.router)
api.add_router("/findings", findings.router)
api.add_router("/inspection-reports", findings.report_router)
api.add_router("/opinions", opinions.router)
api.add_router("/follow-ups", opinions.follow_up_router)
api.add_router("/effects", effects.router)
