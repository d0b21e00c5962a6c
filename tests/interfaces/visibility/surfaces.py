"""Every surface of a county: each GET route of the pages and of the API with the ids of everything there is."""

import html
import io
import json
import zipfile
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from huiyin.county.registry.models import Petition
from huiyin.interfaces.api.api import api
from huiyin.interfaces.pages.steps.table import STEPS

Shown = tuple[str, str]
NOT_ALLOWED = 405
COMPRESSED = frozenset({"document_pdf", "petition_file"})
# Of this kind every step is tried; the way to all of them is one.
THOROUGHLY = "sealed_on_head"
# The list of what stands behind a number: everything that was received.
BEHIND_A_NUMBER = {
    "indicator": "M1", "side": "whole", "since": "2000-01-01", "until": "2199-12-31", "channels": "all",
}  # fmt: skip
QUERIES: dict[str, tuple[dict[str, str], ...]] = {
    "petitions": ({}, {"sort": "due"}, {"sort": "-state"}, {"whose": "mine"}, {"due": "soon"}, BEHIND_A_NUMBER),
    "petitions_export": ({}, {"sort": "due"}, {"channel": "letter"}),
    "receipts": ({}, {"waiting": "1"}),
    "promises": ({}, {"year": "2026"}),
    "analysis": ({"channels": "all"}, {"year": "2026"}),
    "analysis_breakdown": tuple({"channels": "all", "by": by} for by in ("place", "unit")),
    "promise_missing": ({"group": "own"}, {"group": "all", "year": "2026"}),
    "board": ({}, {"overseen": "1"}),
    "/petitions/": ({}, {"state": "transferred_sealed"}, {"state": "read"}),
    "/promises/": ({"first": "2026-01-01", "last": "2026-12-31"},),
    "topic_petitions": ({"by": "unit", "key": "water", "first": "2025-01-01", "last": "2026-12-31"},),
    "/findings/": ({"activity_id": "1"},),
    "/inspection-reports/": ({"activity_id": "1"},),
    "/effects/": ({"activity_id": "1"},),
    "/supervision/waiting": ({"year": "2026"},),
    "/analysis/indicators": ({"first": "2026-01-01", "last": "2026-12-31", "channels": "all"},),
    "/analysis/indicators/{code}": ({"first": "2026-01-01", "last": "2026-12-31", "channels": "all", "by": "place"},),
}


def routes(patterns: Any = None, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Yield every route of the pages with its name's pattern; the API tells its own."""
    for one in get_resolver("huiyin.project.urls_county").url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            if not str(one.pattern).startswith("api/"):
                yield from routes(one.url_patterns, prefix + str(one.pattern))
        else:
            yield prefix + str(one.pattern), one


MODEL_OF = {
    "petition_id": "Petition", "receipt_id": "Receipt", "attachment_id": "Attachment", "assignment_id": "Assignment",
    "document_id": "Document", "instruction_id": "Instruction", "reception_id": "Reception", "run_id": "ImportRun",
    "day_id": "ReceptionDay", "booking_id": "Booking", "unit_id": "Unit", "objection_id": "Objection",
    "extension_id": "Extension", "supplement_id": "Supplement", "proposal_id": "Proposal",
    "request_id": "ReopenRequest", "topic_id": "TopicProposal", "meeting_id": "DirectorsMeeting",
    "plan_id": "SupervisionPlan", "item_id": "PlanItem", "activity_id": "Activity",
    "finding_id": "Finding", "recommendation_id": "Recommendation",
    "inspection_report_id": "InspectionReport", "opinion_id": "Opinion",
    "oversight_id": "Oversight", "reply_id": "Reply", "version_id": "ReportedPeriod", "priority_id": "Priority",
}  # fmt: skip
FEW = {
    "staff_id": (1, 2), "member_id": (1,), "training_id": (1,), "hearing_id": (1,), "regulation_id": (1,),
    "token_id": (1,), "notification_id": (1,), "code": ("M1", "M2", "M3a", "M3b", "M4", "M4x"), "slug": ("secrecy",),
    "unit_code": ("water",), "written": ("2026",), "key": ("2026",),
    "name": ("read",), "kind": ("registration_form",), "number": ("1",), "statute_code": ("water_law",),
    "article_number": (55,), "statute_link_id": (1,),
}  # fmt: skip


def filled(route: str) -> Iterator[str]:
    """Yield the addresses of a route for everything there is."""
    before, found, rest = route.partition("<" if "<" in route else "{")
    if not found:
        yield route
        return
    written, _, after = rest.partition(">" if found == "<" else "}")
    name = written.partition(":")[2] or written
    values: Any = FEW.get(name)
    if values is None:
        model = apps.get_model("county", MODEL_OF[name])
        values = list(model._default_manager.order_by("pk").values_list("pk", flat=True)) or (1,)
    for value in values:
        yield from filled(f"{before}{value}{after}")


def text_of(response: Any) -> str:
    """Return everything an answer says: words, headers, the inside of a workbook or a .docx."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    said = f"{response.get('Content-Disposition', '')} {response.get('Location', '')}"
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            inside = [parts.read(name) for name in parts.namelist()]
        return unquote(said) + html.unescape(b" ".join(inside).decode("utf-8", "replace"))
    text = body.decode("utf-8", "replace")
    if response.get("Content-Type", "").startswith("application/json") and text:
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return unquote(said) + html.unescape(unquote(text))


def walked(by: Any, story: Any, *, hidden: Iterable[str]) -> Iterator[Shown]:
    """Yield what every GET route of the pages and of the API tells this reader, every search, and what is posted."""
    yield from pages(by)
    yield from programs(by)
    yield from searched(by, story)
    yield from asked(by, story)
    for kind in hidden:
        yield from refused(by, story.petitions[kind], STEPS if kind == THOROUGHLY else ("read",))


def pages(by: Any, *, besides: Collection[str] = COMPRESSED) -> Iterator[Shown]:
    """Yield what the pages tell, all but some; a compressed paper has the same door as its .docx."""
    for route, pattern in routes():
        name = str(pattern.name)
        for address in () if name in besides else filled(route):
            for query in QUERIES.get(name, ({},)):
                response = by.get(address, **query)
                if response.status_code != NOT_ALLOWED:
                    yield name, text_of(response)


def programs(by: Any) -> Iterator[Shown]:
    """Yield what the API tells."""
    for route in by_api():
        name = "api document_word" if route.endswith(".docx") else f"api {route}"
        for address in () if route.endswith(".pdf") else filled(f"/api{route}"):
            for query in QUERIES.get(route, ({},)):
                yield name, text_of(by.call(address, **query))


def by_api() -> list[str]:
    """Return the GET routes of the API."""
    return [
        where.removeprefix("/api") for where, methods in api.get_openapi_schema()["paths"].items() if "get" in methods
    ]


def searched(by: Any, story: Any) -> Iterator[Shown]:
    """Yield what each search finds by all but the last sign of a word: an echo of the question tells nothing."""
    for kind in story.petitions:
        words = [story.word(kind, what)[:-1] for what in ("summary", "name", "phone")]
        for one in (*words, story.number(kind)[:-1]):
            yield "api /petitions/?q", text_of(by.call("/api/petitions/", q=one))
        yield "petitions?q", text_of(by.get("/petitions/", q=words[0]))
        yield "petitions_export?q", text_of(by.get("/petitions/export.xlsx", q=words[1]))


def asked(by: Any, story: Any) -> Iterator[Shown]:
    """Yield what is answered to posts: similar petitions, the whole personal data, and steps on what is not theirs."""
    receipts = list(apps.get_model("county", "Receipt")._default_manager.order_by("pk").values_list("pk", flat=True))
    for kind, petition in story.petitions.items():
        typed = {"summary": f"反映{story.word(kind, 'summary')[:-1]}的事", "phone": story.word(kind, "phone")}
        yield "similar", text_of(by.post(f"/receipts/{receipts[-1]}/similar", **typed))
        yield "api similar", text_of(by.send("/api/petitions/similar", typed))
        yield "reveal", text_of(by.post(f"/petitions/{petition.pk}/reveal", reason="核对"))
        yield "reveal", text_of(by.send(f"/api/petitions/{petition.pk}/reveal", {"reason": "核对"}))
    for given in apps.get_model("county", "Assignment")._default_manager.order_by("pk"):
        yield "reveal", text_of(by.post(f"/assignments/{given.pk}/reveal", reason="核对"))


def refused(by: Any, petition: Petition, steps: Any) -> Iterator[Shown]:
    """Yield what is answered to steps on a petition that is not there for the reader: that it is not there."""
    for step in steps:
        answer = by.post(f"/petitions/{petition.pk}/{step}")
        assert answer.status_code in {302, 403, 404}, (by.name, petition, step)
        yield f"step {step}", text_of(answer)
    answer = by.post(f"/petitions/{petition.pk}/documents/registration_form")
    assert answer.status_code in {302, 403, 404, 409}, (by.name, petition)
    yield "document_write", text_of(answer)
