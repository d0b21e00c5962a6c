"""Writers of 执法检查报告: 起草, 审定, 提请审议."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.supervision import confidences
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.finding_models import InspectionReport
from huiyin.county.supervision.opinion_states import ReportState
from huiyin.county.supervision.queries.findings import list_of
from huiyin.county.supervision.rules import findings as finding_rules
from huiyin.county.supervision.rules import reports as rules
from huiyin.county.supervision.rules.reports import ReportEntry, Submission
from huiyin.county.supervision.states import ActivityState
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from .activities import locked as locked_activity
from .activities import move_on
from .meetings import locked as locked_meeting


def locked(report_id: int) -> tuple[Activity, InspectionReport]:
    """Lock a report with its activity, or refuse where there is none."""
    found = InspectionReport.objects.filter(pk=report_id).values("activity_id").first()
    if found is None:
        raise Refusal("inspection_report.unknown", "没有这份报告")
    activity = locked_activity(found["activity_id"])
    return activity, InspectionReport.objects.select_for_update(of=("self",)).get(pk=report_id)


@transaction.atomic
def write(*, activity_id: int, entry: ReportEntry, by: Staff, at: datetime) -> InspectionReport:
    """起草检查报告: a new version on the findings as they stand; it takes the place of the version before."""
    activity = locked_activity(activity_id)
    rules.check_may_write(by)
    rules.check_takes_report(ActivityState(activity.state))
    findings = list_of(activity.pk)
    rules.check_entry(entry, findings=len(findings))
    words = f"{entry.evaluation}\n{entry.problems}\n{entry.suggestions}\n{entry.law_suggestions}"
    finding_rules.check_confidential_free(words, confidences.of_activity(activity.pk))
    versions = list(activity.reports.select_for_update(of=("self",)).order_by("version"))
    _replace(versions)
    report = InspectionReport.objects.create(
        activity=activity,
        version=len(versions) + 1,
        state=ReportState.WRITTEN.value,
        findings=[line.as_values() for line in findings],
        written_at=at,
        written_by=by,
        **{name: text.strip() for name, text in asdict(entry).items()},
    )
    journal.record(
        "inspection_report.written",
        subject=report,
        by=by,
        at=at,
        activity_id=activity.pk,
        version=report.version,
        findings=len(findings),
        fields={**asdict(entry), "version": report.version, "state": report.state},
    )
    return report


def _replace(versions: list[InspectionReport]) -> None:
    if versions:
        last = versions[-1]
        rules.check_move(ReportState(last.state), ReportState.REPLACED)
        last.state = ReportState.REPLACED.value
        last.save(update_fields=["state"])


@transaction.atomic
def approve(*, report_id: int, by: Staff, at: datetime) -> InspectionReport:
    """审定检查报告: by somebody who did not write it; with it the activity has its report."""
    activity, report = locked(report_id)
    rules.check_may_approve(by)
    rules.check_move(ReportState(report.state), ReportState.APPROVED)
    rules.check_second_person(by_id=by.pk, writer_id=report.written_by_id)
    report.state, report.approved_at, report.approved_by = ReportState.APPROVED.value, at, by
    report.save(update_fields=["state", "approved_at", "approved_by"])
    if activity.state == ActivityState.FINISHED.value:
        activity.save(update_fields=move_on(activity, ActivityState.REPORTED))
    journal.record(
        "inspection_report.approved",
        subject=report,
        by=by,
        at=at,
        activity_id=activity.pk,
        version=report.version,
        activity_state=activity.state,
        fields={"state": report.state},
    )
    return report


@transaction.atomic
def submit(*, report_id: int, entry: Submission, by: Staff, at: datetime) -> InspectionReport:
    """提请审议: a directors' meeting decided that a session of the standing committee deliberates on it (JD24 §36)."""
    activity, report = locked(report_id)
    rules.check_may_write(by)
    rules.check_move(ReportState(report.state), ReportState.SUBMITTED)
    meeting = locked_meeting(entry.meeting_id)
    assert report.approved_at is not None
    rules.check_submission(
        entry, meeting_on=meeting.held_on, approved_on=local_day(report.approved_at), today=local_day(at)
    )
    report.state, report.meeting = ReportState.SUBMITTED.value, meeting
    report.session, report.session_on = entry.session.strip(), entry.session_on
    report.submitted_at, report.submitted_by = at, by
    report.save(update_fields=["state", "meeting", "session", "session_on", "submitted_at", "submitted_by"])
    journal.record(
        "inspection_report.submitted",
        subject=report,
        by=by,
        at=at,
        activity_id=activity.pk,
        version=report.version,
        meeting=str(meeting),
        session=report.session,
        session_on=report.session_on,
        fields={"state": report.state, "session": report.session, "session_on": report.session_on},
    )
    return report
