"""What a yearly plan must say before it is published (JD24 §63)."""

from dataclasses import dataclass
from datetime import date

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.supervision.states import ActivityKind, PlanState, ProposalState, TopicSource
from huiyin.kernel.calendar import show_day
from huiyin.kernel.refusal import Refusal

from .proposals import check_filled

KEEPERS = (Role.CLERK, Role.HEAD)
PUBLISHERS = (Role.LEADER, Role.GROUP_HEAD)
FIRST_YEAR = 2007


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """计划项目 as it is written."""

    title: str
    kind: ActivityKind
    source: TopicSource
    organiser: str
    timing: str
    proposal_id: int | None = None
    statute_code: str = ""
    articles: tuple[str, ...] = ()
    note: str = ""


def check_may_keep_plan(by: Person) -> None:
    """Refuse whoever does not prepare the plan."""
    check_has_role(by, *KEEPERS, act="编制年度监督工作计划")


def check_may_publish(by: Person) -> None:
    """Refuse whoever does not approve the publication."""
    check_has_role(by, *PUBLISHERS, act="批准公布年度监督工作计划")


may_keep_plan = may(check_may_keep_plan)
may_publish = may(check_may_publish)


def check_year(year: int, *, today: date) -> None:
    """Refuse a year that no plan is made for: the supervision law is in force since 2007."""
    if not FIRST_YEAR <= year <= today.year + 1:
        raise Refusal("supervision_plan.bad_year", f"计划年度应当在{FIRST_YEAR}年至{today.year + 1}年之间")


def check_may_begin(*, has_draft: bool, last_version: int, change_words: str) -> None:
    """Refuse a second draft of a year, and an adjustment that does not say why (JD24 §63)."""
    if has_draft:
        raise Refusal("supervision_plan.draft_exists", "这一年的计划正在编制，先公布再调整")
    if last_version and not change_words.strip():
        raise Refusal("supervision_plan.change_words_missing", "调整已公布的计划，请写明调整原因")


def check_is_draft(state: PlanState) -> None:
    """Refuse to change what is published: an adjustment is a new version."""
    if state is not PlanState.DRAFT:
        raise Refusal("supervision_plan.published", "已公布的计划不能改动，请编制新的一版")


def check_item(entry: ItemEntry, *, topic: ProposalState | None, is_in_plan: bool) -> None:
    """Refuse an item without its facts, of a topic that was not adopted, or of one that the plan has."""
    check_filled(
        "supervision_plan.item_missing",
        ("项目名称", entry.title),
        ("组织实施单位", entry.organiser),
        ("时间安排", entry.timing),
    )
    if topic is not None and topic is not ProposalState.ADOPTED:
        raise Refusal("supervision_plan.topic_not_adopted", f"议题建议{topic.label}，主任会议没有决定列入")
    if is_in_plan:
        raise Refusal("supervision_plan.topic_in_plan", "这项议题已在本年度计划中")


def check_may_be_dropped(*, has_activity: bool) -> None:
    """Refuse to drop what is being carried out."""
    if has_activity:
        raise Refusal("supervision_plan.item_under_way", "这个项目已有监督活动，不能从计划中删去")


def check_may_be_published(*, items: int, held_on: date, drafted_on: date, today: date) -> None:
    """Refuse an empty plan, and one that no meeting passed: held before today and not before the draft."""
    if not items:
        raise Refusal("supervision_plan.empty", "计划中还没有项目")
    if held_on > today:
        raise Refusal("supervision_plan.meeting_to_come", f"主任会议定于{show_day(held_on)}，通过后才能公布")
    if held_on < drafted_on:
        raise Refusal("supervision_plan.meeting_before_draft", "这次主任会议早于计划编制，不能由它通过")
