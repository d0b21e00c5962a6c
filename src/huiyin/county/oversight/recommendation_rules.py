"""When the office may recommend, who decides it, and what an answer must say (R05 §36–38, R22 §40)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import UNIT_ROLES, Role
from huiyin.county.registry.states import Confidentiality
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.refusal import Refusal

from .states import KIND_OF, Adoption, Instrument, Level, RecommendationKind, RecommendationState

DRAFTERS = (Role.CLERK, Role.HEAD)
# Whom a unit answers for its conduct is decided by a leader; the rest by the head as well.
MAKERS: Mapping[RecommendationKind, tuple[Role, ...]] = {
    RecommendationKind.IMPROVE_WORK: (Role.HEAD, Role.LEADER, Role.GROUP_HEAD),
    RecommendationKind.IMPROVE_POLICY: (Role.HEAD, Role.LEADER, Role.GROUP_HEAD),
    RecommendationKind.ACCOUNTABILITY: (Role.LEADER, Role.GROUP_HEAD),
}
BASIS: Mapping[RecommendationKind, str] = {
    RecommendationKind.IMPROVE_WORK: "《信访工作条例》第四十条第一款",
    RecommendationKind.IMPROVE_POLICY: "《信访工作条例》第四十条第二款",
    RecommendationKind.ACCOUNTABILITY: "《信访工作条例》第四十条第三款",
}


@dataclass(frozen=True, slots=True)
class RecommendationEntry:
    """建议 as it is drafted."""

    kind: RecommendationKind
    subject: str
    facts: str
    words: str
    basis: str
    due_on: date


@dataclass(frozen=True, slots=True)
class AnswerEntry:
    """反馈采纳情况: what the unit adopted, what it did or why it does not, and the day of its answer."""

    adoption: Adoption
    answer: str
    answered_on: date


def check_may_draft(by: Person) -> None:
    """Refuse whoever drafts no recommendation."""
    check_has_role(by, *DRAFTERS, act="拟写三项建议")


may_draft = may(check_may_draft)


def check_may_decide(by: Person, kind: RecommendationKind) -> None:
    """Refuse whoever decides no recommendation of this kind."""
    check_has_role(by, *MAKERS[kind], act=f"批准{kind.label}")


may_decide = may(check_may_decide)


def check_may_answer(by: Person) -> None:
    """Refuse whoever neither answers for a unit nor takes down what came on paper."""
    check_has_role(by, *sorted(UNIT_ROLES), *DRAFTERS, act="反馈采纳情况")


may_answer = may(check_may_answer)


def check_second_person(*, drafter_id: int, by_id: int) -> None:
    """Refuse a decision by the person who drafted."""
    if drafter_id == by_id:
        raise Refusal("recommendation.needs_second_person", "建议须由拟写人以外的人批准")


def check_entry(entry: RecommendationEntry, *, at: datetime) -> None:
    """Refuse a draft that lacks what its paper must say, or that asks for an answer by a day that is over."""
    lacking = [
        label
        for label, text in (
            ("事由", entry.subject),
            ("事实", entry.facts),
            ("建议内容", entry.words),
            ("依据", entry.basis),
        )
        if not text.strip()
    ]
    if lacking:
        raise Refusal("recommendation.incomplete", f"请填写{'、'.join(lacking)}")
    if entry.due_on <= local_day(at):
        raise Refusal("recommendation.due_in_the_past", f"反馈期限{show_day(entry.due_on)}须晚于今天")


def check_state(state: RecommendationState, wanted: RecommendationState, *, act: str) -> None:
    """Refuse an act that is not due where the recommendation stands."""
    if state is not wanted:
        raise Refusal("recommendation.bad_move", f"{state.label}的建议不能{act}", state=state.value)


def check_linked(number: str, confidentiality: Confidentiality, *, is_open_to_unit: bool) -> None:
    """Refuse to stand on a petition that the unit must never learn of (R22 §30)."""
    if confidentiality is not Confidentiality.ORDINARY or not is_open_to_unit:
        raise Refusal("recommendation.petition_closed", f"{number}涉及检举控告，不能作为对该单位建议的依据")


def check_step(level: Level, instrument: Instrument | None, kind: RecommendationKind, *, is_same_unit: bool) -> None:
    """Refuse a step of oversight that chose no recommendation, another kind, or was taken towards another unit."""
    if level is not Level.INSTRUMENT or instrument is None or KIND_OF.get(instrument) is not kind:
        raise Refusal("recommendation.other_instrument", f"这项督办没有决定提出{kind.label}")
    if not is_same_unit:
        raise Refusal("recommendation.other_unit", "这项督办针对的是另一个单位")


def check_send_back(words: str) -> None:
    """Refuse to send a draft back without a word."""
    if not words.strip():
        raise Refusal("recommendation.words_missing", "请写明退回的理由")


def check_answer(entry: AnswerEntry, *, made_on: date, at: datetime) -> None:
    """Refuse an answer without what was done or why nothing will be, and one from before or from a day to come."""
    if not entry.answer.strip():
        wanted = "采纳后的措施" if entry.adoption is Adoption.YES else f"{entry.adoption.label}的理由"
        raise Refusal("recommendation.answer_missing", f"请写明{wanted}")
    if not made_on <= entry.answered_on <= local_day(at):
        raise Refusal("recommendation.answered_when", f"反馈日期应在{show_day(made_on)}至今天之间")


def days_late(due_on: date, answered_on: date | None, *, today: date) -> int:
    """Return by how many days an answer missed its day, or has missed it so far; the last day is in time."""
    return max(0, ((answered_on or today) - due_on).days)
