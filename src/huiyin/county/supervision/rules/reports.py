"""Rules of 执法检查报告: what it must say, who approves it, how it comes before the session (JD24 §36)."""

from dataclasses import dataclass
from datetime import date

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.supervision.opinion_states import REPORT_MOVES, ReportState
from huiyin.county.supervision.states import ActivityState
from huiyin.kernel.calendar import show_day
from huiyin.kernel.refusal import Refusal

WRITERS = (Role.CLERK, Role.HEAD)
APPROVERS = (Role.HEAD, Role.LEADER, Role.GROUP_HEAD)
TAKES_REPORT = frozenset({ActivityState.FINISHED, ActivityState.REPORTED})


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """执法检查报告: how the law is carried out, what is wrong, what should be better, what the law itself lacks."""

    evaluation: str
    problems: str
    suggestions: str
    law_suggestions: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """提请审议: which directors' meeting decided it, and before which session of the standing committee it comes."""

    meeting_id: int
    session: str
    session_on: date


def check_may_write(by: Person) -> None:
    """Refuse whoever writes no reports."""
    check_has_role(by, *WRITERS, act="起草检查报告")


def check_may_approve(by: Person) -> None:
    """Refuse whoever approves no reports."""
    check_has_role(by, *APPROVERS, act="审定检查报告")


may_write = may(check_may_write)
may_approve = may(check_may_approve)


def check_entry(entry: ReportEntry, *, findings: int) -> None:
    """Refuse a report that lacks a part the law asks for (JD24 §36(1)), or rests on no finding.

    Suggestions on the law itself (JD24 §36(2)) are made where there are any.
    """
    parts = (("实施情况评价", entry.evaluation), ("存在的问题", entry.problems), ("改进建议", entry.suggestions))
    missing = [label for label, words in parts if not words.strip()]
    if missing:
        raise Refusal("inspection_report.part_missing", f"请填写{'、'.join(missing)}")
    if not findings:
        raise Refusal("inspection_report.no_finding", "问题清单还是空的，请先登记检查中发现的问题")


def check_move(now: ReportState, then: ReportState) -> None:
    """Refuse a step that the report cannot take from where it stands."""
    if then not in REPORT_MOVES[now]:
        raise Refusal("inspection_report.bad_move", f"{now.label}的报告不能转为{then.label}")


def check_second_person(*, by_id: int, writer_id: int) -> None:
    """Refuse that whoever wrote it approves it."""
    if by_id == writer_id:
        raise Refusal("inspection_report.needs_second_person", "报告须由起草人以外的人审定")


def check_takes_report(state: ActivityState) -> None:
    """Refuse a report of what is still under way, or has ended."""
    if state not in TAKES_REPORT:
        raise Refusal("inspection_report.not_now", f"活动{state.label}，现在不能提出报告；检查调研结束后才提出")


def check_submission(entry: Submission, *, meeting_on: date, approved_on: date, today: date) -> None:
    """Refuse a meeting before the report was approved or still to come, and a session without name or before both."""
    if not entry.session.strip():
        raise Refusal("inspection_report.session_missing", "请填写提请审议的常委会会议届次，例如：第三十二次会议")
    if not approved_on <= meeting_on <= today:
        raise Refusal("inspection_report.meeting_day", f"主任会议应在报告审定的{show_day(approved_on)}以后，且已经召开")
    if entry.session_on < meeting_on:
        raise Refusal("inspection_report.session_before_meeting", f"常委会会议早于主任会议{show_day(meeting_on)}")
