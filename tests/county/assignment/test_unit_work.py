"""告知, 进展, 延期, 报结, 视为收到: what a unit does on the way, with the last day as a row."""

from datetime import date
from typing import Any

import pytest

from huiyin.county.assignment import unsigned
from huiyin.county.assignment.actions import assignments, extensions, progress, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.queries.report_checks import checks_of_latest
from huiyin.county.assignment.replay import replay
from huiyin.county.assignment.rules.dispositions import CoHandler
from huiyin.county.assignment.rules.progress import Telling
from huiyin.county.assignment.rules.report_checks import Finding
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import AssignmentState, ExtensionState, Outcome, ReturnReason, TellingMethod
from huiyin.county.assignment.unit_models import Extension, Notice, ReportDraft
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.registry.actions import attachments
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.states import AttachmentKind
from huiyin.kernel.clocks import Clock

from .conftest import moment, refused

LONG = "经查，上松村2025年向38户多收水费共420元，原因是计量设备故障，已经更换设备并逐户核对水量和金额，全部登记造册。"


@pytest.fixture
def given(people: Any, desk: Any) -> Assignment:
    """县水务局 was given it on 4 March and signed on 5 March; the report is due on 6 May."""
    row: Assignment = desk.assign(desk.classified())
    desk.sign(row, by=people.unit_clerk)
    row.refresh_from_db()
    return row


def clock(given: Assignment, kind: Clock) -> Deadline:
    return Deadline.objects.running().get(petition=given.petition, unit=given.unit, clock=kind.value)


def runs(given: Assignment, kind: Clock) -> bool:
    return Deadline.objects.running().filter(petition=given.petition, unit=given.unit, clock=kind.value).exists()


def told(day: tuple[int, int] = (3, 10), words: str = "已受理，由何立群办理") -> Telling:
    return Telling(moment(*day), TellingMethod.PHONE, words)


def days_in_the_journal() -> dict[int, date | None]:
    return {pk: one.due_on for pk, one in replay(Entry.objects.order_by("number")).assignments.items()}


def test_signing_lets_notice_and_progress_count_from_that_day(given):
    found = {kind: clock(given, kind) for kind in (Clock.NOTICE, Clock.PROGRESS)}
    assert {kind: row.due_on for kind, row in found.items()} == {
        Clock.NOTICE: date(2026, 3, 20),
        Clock.PROGRESS: date(2026, 4, 7),  # 4 月 4 日至 6 日清明
    }
    petition = Petition.objects.get(pk=given.petition_id)
    assert (petition.next_clock, petition.next_due_on) == (Clock.NOTICE.value, date(2026, 3, 20))


def test_the_notice_is_met_when_the_petitioner_was_told_and_not_when_it_was_written_down(given, people):
    limit = clock(given, Clock.NOTICE)
    progress.tell_petitioner(assignment_id=given.pk, telling=told((3, 20)), by=people.unit_clerk, at=moment(3, 24))
    limit.refresh_from_db()
    assert limit.met_at == moment(3, 20)
    assert not Deadline.objects.met_late().filter(pk=limit.pk).exists()


@pytest.mark.parametrize(
    ("telling", "code"),
    [
        (told((3, 13)), "notice.in_the_future"),
        (told((3, 3)), "notice.too_early"),
        (told(words=" "), "notice.words_missing"),
        (Telling(moment(3, 10), TellingMethod.IMPOSSIBLE, ""), "notice.words_missing"),
    ],
)
def test_a_notice_says_when_and_what(given, people, telling, code):
    act = lambda: progress.tell_petitioner(  # noqa: E731  # one act, refused
        assignment_id=given.pk, telling=telling, by=people.unit_clerk, at=moment(3, 12)
    )
    assert refused(act) == code


def test_a_petitioner_is_told_once_and_by_the_lead(given, people, desk):
    tell: dict[str, Any] = {"telling": told(), "at": moment(3, 12)}
    progress.tell_petitioner(assignment_id=given.pk, by=people.unit_clerk, **tell)
    again = refused(lambda: progress.tell_petitioner(assignment_id=given.pk, by=people.clerk, **tell))
    assert again == "notice.told_already"
    co = assignments.add_co_handler(
        petition_id=given.petition_id,
        co_handler=CoHandler("agriculture", "田有禾"),
        redaction_confirmed=True,
        by=people.clerk,
        at=moment(3, 6),
    )
    assert not runs(co, Clock.NOTICE)
    theirs = refused(lambda: progress.tell_petitioner(assignment_id=co.pk, by=people.clerk, **tell))
    assert theirs == "notice.lead_tells"


def test_a_new_lead_tells_what_the_former_one_did_not(given, people):
    co = assignments.add_co_handler(
        petition_id=given.petition_id,
        co_handler=CoHandler("agriculture", "田有禾"),
        redaction_confirmed=True,
        by=people.clerk,
        at=moment(3, 6),
    )
    assignments.change_lead(assignment_id=co.pk, reason="主责在农业", by=people.head, at=moment(3, 9))
    assert (runs(given, Clock.NOTICE), clock(co, Clock.NOTICE).due_on) == (False, date(2026, 3, 24))


def test_progress_begins_the_next_thirty_days_and_ends_with_the_report(given, people, desk):
    row = progress.report_progress(assignment_id=given.pk, words="已核对", by=people.unit_clerk, at=moment(3, 27))
    assert (row.round, clock(given, Clock.PROGRESS).due_on) == (1, date(2026, 4, 27))
    assert Notification.objects.filter(to_staff=people.clerk, key=f"progress:{row.pk}").exists()
    desk.report(given, by=people.unit_head)
    assert not runs(given, Clock.PROGRESS)
    late = refused(
        lambda: progress.report_progress(assignment_id=given.pk, words="已核对", by=people.clerk, at=moment(4, 2))
    )
    assert late == "progress.not_in_work"


@pytest.mark.parametrize(
    ("amount", "day", "code"),
    [
        (30, (5, 6), None),  # 最后一天仍在期限内，且刚好到累计上限
        (31, (5, 4), "deadline.extension_beyond_cap"),
        (10, (5, 7), "deadline.extension_after_due"),
    ],
)
def test_more_time_is_asked_by_the_last_day_and_within_the_cap(given, people, amount, day, code):
    assert given.due_on == date(2026, 5, 6), "sixty days from 5 March, past the holiday"
    act = lambda: extensions.ask(  # noqa: E731  # one act, perhaps refused
        assignment_id=given.pk, amount=amount, reason="需要实地测量", by=people.unit_clerk, at=moment(*day)
    )
    if code is None:
        assert act().due_on_before == given.due_on
    else:
        assert refused(act) == code


def test_the_units_head_approves_and_the_day_moves_from_before_the_move(given, people):
    asked = extensions.ask(
        assignment_id=given.pk, amount=15, reason="需要实地测量", by=people.unit_clerk, at=moment(4, 20)
    )
    assert Notification.objects.filter(to_staff=people.unit_head, key=f"extension:{asked.pk}:asked").exists()
    told_no: dict[str, Any] = {"extension_id": asked.pk, "at": moment(4, 21)}
    assert refused(lambda: extensions.approve(by=people.unit_clerk, **told_no)) == "permission.role_missing"
    assert refused(lambda: extensions.approve(by=people.clerk, **told_no)) == "extension.head_approves"
    extensions.approve(by=people.unit_head, **told_no)
    given.refresh_from_db()
    limit = clock(given, Clock.REPORT)
    assert (given.due_on, limit.due_on) == (date(2026, 5, 19), date(2026, 5, 19))
    assert days_in_the_journal()[given.pk] == given.due_on
    assert limit.explanation["changes"][0]["approver"] == "水局长"
    more = extensions.ask(assignment_id=given.pk, amount=15, reason="雨季", by=people.unit_head, at=moment(5, 19))
    beyond = refused(
        lambda: extensions.ask(assignment_id=given.pk, amount=1, reason="雨季", by=people.unit_head, at=moment(5, 19))
    )
    assert (more.due_on_before, beyond) == (date(2026, 5, 19), "extension.pending_already")


def test_a_refused_extension_leaves_the_day_and_says_why(given, people):
    asked = extensions.ask(assignment_id=given.pk, amount=15, reason="人手不足", by=people.unit_clerk, at=moment(4, 20))
    no: dict[str, Any] = {"extension_id": asked.pk, "by": people.unit_head, "at": moment(4, 21)}
    assert refused(lambda: extensions.refuse(words=" ", **no)) == "extension.words_missing"
    extensions.refuse(words="可以按期办结", **no)
    given.refresh_from_db()
    assert (given.due_on, Extension.objects.get().state) == (date(2026, 5, 6), ExtensionState.REFUSED.value)
    assert refused(lambda: extensions.approve(**no)) == "extension.decided_already"


def test_of_an_extension_the_petitioner_is_told_once(given, people):
    asked = extensions.ask(assignment_id=given.pk, amount=15, reason="需要测量", by=people.unit_clerk, at=moment(4, 20))
    tell: dict[str, Any] = {"extension_id": asked.pk, "by": people.unit_clerk, "at": moment(4, 24)}
    assert refused(lambda: extensions.tell_petitioner(telling=told((4, 22)), **tell)) == "extension.not_approved"
    extensions.approve(extension_id=asked.pk, by=people.unit_head, at=moment(4, 21))
    extensions.tell_petitioner(telling=told((4, 22)), **tell)
    assert refused(lambda: extensions.tell_petitioner(telling=told((4, 22)), **tell)) == "extension.told_already"


def test_for_a_unit_without_accounts_the_office_writes_the_approval_down_from_paper(people, desk):
    given = desk.assign(desk.classified(), unit_code="songlin", handler_name="马所长")
    desk.sign(given, handler_name="马所长")
    asked = extensions.ask(assignment_id=given.pk, amount=10, reason="汛期", by=people.clerk, at=moment(4, 1))
    yes: dict[str, Any] = {"extension_id": asked.pk, "by": people.clerk, "at": moment(4, 2)}
    assert refused(lambda: extensions.approve(**yes)) == "extension.approver_missing"
    assert extensions.approve(approver_name="宋镇长", **yes).approver_name == "宋镇长"


def entry_of(given: Assignment, **values: Any) -> ReportEntry:
    claims = given.petition.claims.order_by("position").values_list("pk", flat=True)
    answers = tuple(ClaimAnswer(pk, Outcome.SUPPORTED, "已经退还多收的水费") for pk in claims)
    return ReportEntry(
        **{
            "facts": LONG,
            "basis": "《水法》",
            "measures": "退还并公示",
            "handler_name": "何立群",
            "answers": answers,
            **values,
        }
    )


def test_the_head_reports_what_the_clerk_drafted(given, people):
    reports.draft(assignment_id=given.pk, values={"facts": LONG}, by=people.unit_clerk, at=moment(3, 30))
    assert Notification.objects.filter(to_staff=people.unit_head, words__contains="已起草").count() == 1
    by_clerk = lambda: reports.report(  # noqa: E731  # one act, refused
        assignment_id=given.pk, entry=entry_of(given), by=people.unit_clerk, at=moment(4, 1)
    )
    assert refused(by_clerk) == "report.head_reports"
    written = reports.report(assignment_id=given.pk, entry=entry_of(given), by=people.unit_head, at=moment(4, 1))
    assert (written.head_name, ReportDraft.objects.count()) == ("水局长", 0)


def test_where_the_head_has_no_account_the_clerk_reports_with_the_signed_paper(people, desk):
    given = desk.assign(desk.classified(), unit_code="agriculture", handler_name="田有禾")
    desk.sign(given, handler_name="田有禾", by=people.other_unit_clerk)
    by: dict[str, Any] = {"assignment_id": given.pk, "by": people.other_unit_clerk, "at": moment(4, 1)}
    assert refused(lambda: reports.report(entry=entry_of(given), **by)) == "report.head_missing"
    named = entry_of(given, head_name="农局长")
    assert refused(lambda: reports.report(entry=named, **by)) == "report.paper_missing"
    attachments.attach(
        petition_id=given.petition_id,
        kind=AttachmentKind.REPORT,
        name="报告.pdf",
        data=b"%PDF-1.4\nsigned\n%%EOF",
        by=people.other_unit_clerk,
        at=moment(3, 31),
    )
    assert reports.report(entry=named, **by).head_name == "农局长"


def test_each_return_is_counted(given, people, desk):
    for round_, day in ((1, 2), (2, 8)):
        desk.report(given, by=people.unit_head, at=moment(4, day - 1))
        reports.return_report(
            assignment_id=given.pk,
            reasons=[ReturnReason.NEAR_COPY],
            words="请如实核查",
            by=people.head,
            at=moment(4, day),
        )
        last = Entry.objects.filter(event="assignment.returned").latest("number")
        assert last.values["returned"] == round_
    assert clock(given, Clock.RECTIFICATION).due_on == date(2026, 4, 20), "ten days, moved off a Saturday"


def test_what_is_like_an_earlier_report_of_the_unit_is_shown_with_its_number(given, people, desk):
    other = desk.assign(desk.classified(summary="反映下松村水费"))
    desk.sign(other, by=people.unit_clerk)
    reports.report(assignment_id=other.pk, entry=entry_of(other), by=people.unit_head, at=moment(3, 25))
    reports.report(assignment_id=given.pk, entry=entry_of(given), by=people.unit_head, at=moment(4, 1))
    found = {one.finding: one.words for one in checks_of_latest(given)}
    assert found[Finding.NEAR_COPY] == f"与 {other.number} 的反馈相似100%"
    assert {Finding.REPLY_MISSING, Finding.PROOF_MISSING, Finding.NOT_TOLD} <= set(found)
    assert Finding.LATE not in found


def test_a_whole_report_in_time_with_its_proof_asks_for_no_second_look(given, people):
    for kind in (AttachmentKind.REPLY, AttachmentKind.PROOF):
        data = b"%PDF-1.4\n" + kind.value.encode() + b"\n%%EOF"
        attachments.attach(
            petition_id=given.petition_id,
            kind=kind,
            name=f"{kind.label}.pdf",
            data=data,
            by=people.unit_clerk,
            at=moment(3, 30),
        )
    progress.tell_petitioner(assignment_id=given.pk, telling=told(), by=people.unit_clerk, at=moment(3, 10))
    reports.report(assignment_id=given.pk, entry=entry_of(given), by=people.unit_head, at=moment(5, 6))
    assert checks_of_latest(given) == ()
    assert Notice.objects.get().assignment == given


@pytest.mark.parametrize(("day", "noted"), [((3, 9), 0), ((3, 10), 1)])
def test_what_nobody_signed_counts_as_received_after_the_last_day_for_signing(people, desk, day, noted):
    given = desk.assign(desk.classified())
    assert unsigned.note(at=moment(*day)) == noted
    assert unsigned.note(at=moment(*day)) == 0, "once"
    given.refresh_from_db()
    assert given.deemed_received_on == (date(2026, 3, 9) if noted else None)
    assert Entry.objects.filter(event="assignment.deemed_received").count() == noted
    assert Notification.objects.filter(to_staff=people.unit_head, key=f"assignment.deemed:{given.pk}").count() == noted
    assert given.state == AssignmentState.ISSUED.value


def test_a_right_that_was_not_used_lapses_and_makes_nobody_late(people, desk):
    given = desk.assign(desk.classified())
    assert unsigned.let_lapse(at=moment(3, 16)) == 0, "the last day"
    assert not Deadline.objects.overdue(today=date(2026, 3, 17)).filter(clock=Clock.OBJECTION.value).exists()
    assert unsigned.let_lapse(at=moment(3, 17)) == 1
    assert not runs(given, Clock.OBJECTION)
