"""When a topic may be proposed, go on, and be decided by the directors' meeting."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.supervision.states import (
    LEADS_TO,
    NAMES_STATUTE,
    PROPOSAL_MOVES,
    ActivityKind,
    Decision,
    Dimension,
    ProposalState,
    TopicSource,
)
from huiyin.kernel.calendar import show_day
from huiyin.kernel.refusal import Refusal

WRITERS = (Role.CLERK, Role.HEAD)
APPROVERS = (Role.HEAD,)
RECORDERS = (Role.HEAD, Role.LEADER, Role.GROUP_HEAD)
MEETING_KEEPERS = (Role.CLERK, *RECORDERS)
CHOSEN_LIMIT = 500


@dataclass(frozen=True, slots=True)
class ProposalEntry:
    """议题建议 as it is written; ``numbers`` are the petitions it stands on, none where the window's all are."""

    title: str
    dimension: Dimension
    key: str
    window_first_on: date
    window_last_on: date
    source: TopicSource
    instrument: ActivityKind
    reason: str
    focus: str
    timing: str
    organiser: str
    statute_code: str = ""
    articles: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingEntry:
    """主任会议 as it is written down."""

    ordinal: int
    held_on: date
    chair: str
    agenda: str


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """What the meeting decided on one proposal."""

    decision: Decision
    reason: str = ""
    committee: str = ""


def check_may_propose(by: Person) -> None:
    """Refuse whoever proposes no topics."""
    check_has_role(by, *WRITERS, act="起草议题建议")


def check_may_approve_topic(by: Person) -> None:
    """Refuse whoever does not approve what goes before the directors."""
    check_has_role(by, *APPROVERS, act="批准议题建议")


def check_may_keep_meetings(by: Person) -> None:
    """Refuse whoever does not write down the directors' meetings."""
    check_has_role(by, *MEETING_KEEPERS, act="登记主任会议")


def check_may_record_decision(by: Person) -> None:
    """Refuse whoever does not write down what the directors decided."""
    check_has_role(by, *RECORDERS, act="登记主任会议决定")


may_propose = may(check_may_propose)
may_approve_topic = may(check_may_approve_topic)
may_keep_meetings = may(check_may_keep_meetings)
may_record_decision = may(check_may_record_decision)


def check_filled(code: str, *fields: tuple[str, str]) -> None:
    """Refuse what was left empty; each field with its label."""
    missing = [label for label, words in fields if not words.strip()]
    if missing:
        raise Refusal(code, f"请填写{'、'.join(missing)}")


def check_entry(entry: ProposalEntry, *, today: date) -> None:
    """Refuse a topic without what the directors need to decide on it (JD24 §12, §31)."""
    check_filled(
        "topic_proposal.missing",
        ("题目", entry.title),
        ("专题", entry.key),
        ("理由", entry.reason),
        ("重点内容", entry.focus),
        ("建议时间", entry.timing),
        ("组织实施单位", entry.organiser),
    )
    if entry.window_last_on < entry.window_first_on:
        raise Refusal("topic_proposal.window_ends_before", "统计期间的截止日早于起始日")
    if entry.window_last_on > today:
        raise Refusal(
            "topic_proposal.window_in_the_future", f"统计期间截止{show_day(entry.window_last_on)}，还没有过完"
        )
    if entry.instrument in NAMES_STATUTE and not entry.statute_code:
        raise Refusal("topic_proposal.statute_missing", "建议执法检查的，请选择检查哪一部法律")
    if entry.articles and not entry.statute_code:
        raise Refusal("topic_proposal.article_without_statute", "填了条款，请同时选择是哪一部法律")
    if len(entry.numbers) > CHOSEN_LIMIT:
        raise Refusal("topic_proposal.too_many_chosen", f"一次最多列{CHOSEN_LIMIT}件信访件")


def check_move(now: ProposalState, then: ProposalState) -> None:
    """Refuse a step that the topic's state does not lead to."""
    if then not in PROPOSAL_MOVES[now]:
        raise Refusal("topic_proposal.bad_move", f"{now.label}的议题建议不能转为{then.label}")


def check_is_draft(state: ProposalState) -> None:
    """Refuse to change what is not in the writer's hands any more: its evidence is frozen."""
    if state is not ProposalState.DRAFT:
        raise Refusal("topic_proposal.not_a_draft", f"议题建议{state.label}，内容和证据已经固定，不能修改")


def check_second_person(*, by_id: int, written_by_id: int) -> None:
    """Refuse to approve what one has written oneself."""
    if by_id == written_by_id:
        raise Refusal("topic_proposal.needs_second_person", "自己起草的议题建议须由另一人批准")


def check_words(words: str, *, what: str) -> None:
    """Refuse a step that must be explained and is not."""
    if not words.strip():
        raise Refusal("topic_proposal.words_missing", f"请写明{what}")


def check_meeting(entry: MeetingEntry, *, today: date) -> None:
    """Refuse a meeting without number, chair or agenda; one that is announced has its day to come."""
    if entry.ordinal < 1:
        raise Refusal("directors_meeting.bad_ordinal", "请填写第几次主任会议")
    check_filled("directors_meeting.missing", ("主持人", entry.chair), ("议程", entry.agenda))
    if entry.held_on.year < today.year - 10 or entry.held_on.year > today.year + 1:
        raise Refusal("directors_meeting.bad_day", "主任会议的日期不正确")


def check_decision(entry: DecisionEntry) -> None:
    """Refuse anything but 列入 without its reason, and 转专委会 without the committee."""
    if entry.decision is not Decision.ADOPT and not entry.reason.strip():
        raise Refusal("directors_meeting.reason_missing", f"决定“{entry.decision.label}”的，请写明理由")
    if entry.decision is Decision.TO_COMMITTEE and not entry.committee.strip():
        raise Refusal("directors_meeting.committee_missing", "转专委会的，请写明是哪一个专门委员会")
    if entry.decision is not Decision.TO_COMMITTEE and entry.committee.strip():
        raise Refusal("directors_meeting.committee_unwanted", "只有转专委会才填专门委员会")


def check_may_be_decided(
    state: ProposalState, *, held_on: date, approved_on: date | None, decided_at: Collection[date], today: date
) -> None:
    """Refuse a decision of a meeting still to come, on a topic that lay before nobody that day, or a second one.

    ``decided_at`` are the days of the meetings that spoke about the topic before.
    """
    if state is not ProposalState.WAITING or approved_on is None:
        raise Refusal("directors_meeting.not_before_it", f"议题建议{state.label}，没有提请主任会议")
    if held_on > today:
        raise Refusal("directors_meeting.still_to_come", f"主任会议定于{show_day(held_on)}，还没有召开")
    if held_on < approved_on:
        raise Refusal("directors_meeting.before_the_topic", f"议题建议{show_day(approved_on)}才提请，晚于会议日期")
    if any(held_on <= earlier for earlier in decided_at):
        raise Refusal("directors_meeting.decided_already", "这次或更晚的主任会议已经决定过这项议题建议")


def state_after(decision: Decision) -> ProposalState:
    """Return where a topic stands after the decision."""
    return LEADS_TO[decision]
