"""Rules of 研究处理情况: what the unit answers, what the committee makes of it, how the members rate it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.assignment.rules.assignments import UnitPerson
from huiyin.county.supervision.opinion_states import (
    OWES_ANSWER,
    FollowUpKind,
    ItemResult,
    OpinionState,
    RatingResult,
    ResponseDecision,
)
from huiyin.kernel.calendar import show_day
from huiyin.kernel.refusal import Refusal

RECORDERS = (Role.CLERK, Role.HEAD)
REVIEWERS = (Role.HEAD, Role.LEADER, Role.GROUP_HEAD)
RATING_RULE = "“满意”票超过组成人员的半数，为满意；“满意”和“基本满意”票合计超过半数，为基本满意；其余为不满意。"


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """What was done about one item."""

    item_id: int
    result: ItemResult
    words: str


@dataclass(frozen=True, slots=True)
class ResponseEntry:
    """研究处理情况 as the unit hands it in, or as the office takes it down from paper."""

    words: str
    signed_by: str
    answered_on: date
    items: tuple[ItemAnswer, ...]


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """What the committee made of an answer; a return gives its reason and a new day."""

    decision: ResponseDecision
    words: str = ""
    return_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class RatingEntry:
    """满意度测评: the session, how many members there are, and how they voted."""

    session: str
    rated_on: date
    members: int
    satisfied: int
    mostly: int
    dissatisfied: int


@dataclass(frozen=True, slots=True)
class FollowUpEntry:
    """跟踪检查, 决议 or 专题询问."""

    kind: FollowUpKind
    held_on: date
    words: str
    due_on: date | None = None


def check_may_answer(by: UnitPerson, unit_code: str) -> None:
    """Refuse whoever is neither of the unit that was asked nor takes its paper down in the office."""
    if by.unit_code:
        if by.unit_code != unit_code:
            raise Refusal("response.other_unit", "这份审议意见没有交给你单位")
        check_has_role(by, Role.UNIT_CLERK, Role.UNIT_HEAD, act="反馈研究处理情况")
        return
    check_has_role(by, *RECORDERS, act="代为登记研究处理情况")


def check_may_review(by: Person) -> None:
    """Refuse whoever does not decide for the committee."""
    check_has_role(by, *REVIEWERS, act="审查研究处理情况")


def check_may_record(by: Person) -> None:
    """Refuse whoever writes down neither votes nor what followed."""
    check_has_role(by, Role.CLERK, *REVIEWERS, act="登记测评和跟踪监督")


def check_may_publish(by: Person) -> None:
    """Refuse whoever does not publish for the office."""
    check_has_role(by, *RECORDERS, act="公开审议意见")


may_answer = may(check_may_answer)
may_review = may(check_may_review)
may_record = may(check_may_record)
may_publish = may(check_may_publish)


def check_owes(state: OpinionState) -> None:
    """Refuse an answer where none is owed."""
    if state not in OWES_ANSWER:
        raise Refusal("response.nothing_owed", f"审议意见{state.label}，现在不需要反馈")


def check_entry(entry: ResponseEntry, *, wanted: Collection[int], received_on: date, today: date) -> None:
    """Refuse an answer without words, without the name of who signed it, or one that leaves an item out.

    Each problem and each suggestion is answered; the overall view wants no answer.
    """
    if not entry.words.strip():
        raise Refusal("response.words_missing", "请写明研究处理的总体情况")
    if not entry.signed_by.strip():
        raise Refusal("response.signature_missing", "请填写签发的单位负责人")
    if entry.answered_on < received_on:
        raise Refusal("response.before_receipt", f"反馈日期早于收到审议意见之日{show_day(received_on)}，请核对")
    if entry.answered_on > today:
        raise Refusal("response.in_the_future", "反馈日期还没有到")
    check_items(entry.items, wanted=wanted)


def check_items(items: Sequence[ItemAnswer], *, wanted: Collection[int]) -> None:
    """Refuse answers that leave an item out, name a strange one or one twice, or say nothing."""
    given = [item.item_id for item in items]
    if len(given) != len(set(given)) or set(given) - set(wanted):
        raise Refusal("response.strange_item", "反馈的条目与审议意见不一致")
    missing = len(set(wanted) - set(given)) + sum(not item.words.strip() for item in items)
    if missing:
        raise Refusal("response.item_missing", f"还有{missing}条没有写明办理情况", missing=missing)


def check_review(entry: ReviewEntry, *, rating: RatingResult | None, is_tabled: bool, today: date) -> None:
    """Refuse a return without reason or a day to come, and to accept what the members were not satisfied with.

    What was tabled is accepted after the members have rated it.
    """
    if entry.decision is ResponseDecision.RETURNED:
        if not entry.words.strip():
            raise Refusal("response.return_reason_missing", "退回须写明原因")
        if entry.return_due_on is None or entry.return_due_on <= today:
            raise Refusal("response.return_day_missing", "退回须写明今天以后的新期限")
        return
    if entry.return_due_on is not None:
        raise Refusal("response.day_without_return", "只有退回才设新的期限")
    if entry.decision is ResponseDecision.ACCEPTED and is_tabled:
        check_rated(rating)


def check_rated(rating: RatingResult | None) -> None:
    """Refuse to accept a tabled answer that was not rated, or was found wanting."""
    if rating is None:
        raise Refusal("response.not_rated", "已提请常委会审议，请先登记满意度测评")
    if rating is RatingResult.DISSATISFIED:
        raise Refusal("response.found_wanting", "满意度测评结果为不满意，应退回重新研究处理")


def check_rating(entry: RatingEntry, *, tabled_on: date, today: date, is_rated: bool) -> None:
    """Refuse votes that do not add up, a session without name, and a second rating of one answer."""
    if is_rated:
        raise Refusal("response.rated_already", "这次反馈已经测评")
    if not entry.session.strip():
        raise Refusal("session.name_missing", "请填写常委会会议的届次，例如：第三十二次会议")
    if entry.rated_on < tabled_on or entry.rated_on > today:
        raise Refusal("response.rating_day", f"测评日期应在{show_day(tabled_on)}以后，且不晚于今天")
    if min(entry.satisfied, entry.mostly, entry.dissatisfied) < 0 or entry.members < 1:
        raise Refusal("response.rating_counts", "票数和组成人员人数不正确")
    votes = entry.satisfied + entry.mostly + entry.dissatisfied
    if votes > entry.members:
        raise Refusal("response.too_many_votes", f"票数合计{votes}，超过组成人员{entry.members}人")


def rating_result(*, members: int, satisfied: int, mostly: int) -> RatingResult:
    """Return what the votes mean: more than half of all members decide, not of those who voted."""
    if 2 * satisfied > members:
        return RatingResult.SATISFIED
    return RatingResult.MOSTLY if 2 * (satisfied + mostly) > members else RatingResult.DISSATISFIED


def check_follow_up(entry: FollowUpEntry, *, sent_on: date, today: date) -> None:
    """Refuse what does not say what was done, is still to come, and a resolution without its day (JD24 §37)."""
    if not entry.words.strip():
        raise Refusal("follow_up.words_missing", f"请写明{entry.kind.label}的内容")
    if not sent_on <= entry.held_on <= today:
        raise Refusal("follow_up.bad_day", f"日期应在送交审议意见的{show_day(sent_on)}以后，且不晚于今天")
    if entry.kind is FollowUpKind.RESOLUTION and entry.due_on is None:
        raise Refusal("follow_up.due_missing", "决议须写明报告执行情况的期限")
    if entry.due_on is not None and entry.due_on <= entry.held_on:
        raise Refusal("follow_up.due_before", "期限须晚于作出之日")


def check_outcome(outcome: str, *, is_concluded: bool) -> None:
    """Refuse to end a follow-up without what came of it, or twice."""
    if is_concluded:
        raise Refusal("follow_up.concluded_already", "这项跟踪监督已经了结")
    if not outcome.strip():
        raise Refusal("follow_up.outcome_missing", "请写明结果")


def check_publishable(state: OpinionState, *, is_published: bool) -> None:
    """Refuse to publish what is not accepted, or is public already (JD24 §17, §37: both are published)."""
    if is_published:
        raise Refusal("opinion.published_already", "已经公开")
    if state is not OpinionState.ACCEPTED:
        raise Refusal("opinion.not_accepted", f"研究处理情况{state.label}，审查认可后才公开")
