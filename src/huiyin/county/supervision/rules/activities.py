"""What each kind of activity needs, who may be in its team, and how it goes on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.supervision.states import (
    ACTIVITY_MOVES,
    ENDED,
    MAY_CARRY_FIELD_VISIT,
    MUST_DELIBERATE,
    MUST_REPORT,
    NAMES_STATUTE,
    NEEDS_RESOLUTION,
    STAFFED,
    STRICT_RECUSAL,
    ActivityKind,
    ActivityState,
    MemberBasis,
    Method,
    TeamRole,
)
from huiyin.kernel.calendar import show_day
from huiyin.kernel.refusal import Refusal

from .proposals import check_filled

KEEPERS = (Role.CLERK, Role.HEAD)
APPROVERS = (Role.HEAD, Role.LEADER, Role.GROUP_HEAD)
# The members of a commission of inquiry are members of the standing committee or deputies (JD24 §57).
COMMISSIONERS = frozenset({MemberBasis.STANDING_COMMITTEE, MemberBasis.DEPUTY})
SITS_IN_IT = frozenset({TeamRole.LEADER, TeamRole.DEPUTY_LEADER, TeamRole.MEMBER})


@dataclass(frozen=True, slots=True)
class SchemeEntry:
    """方案 as it is written: what for, what about, how, when, whom."""

    kind: ActivityKind
    title: str
    organiser: str
    aim: str
    focus: str
    methods: tuple[Method, ...]
    agenda: str
    starts_on: date
    ends_on: date
    unit_codes: tuple[str, ...]
    plan_item_id: int | None = None
    ground: str = ""
    part_of_id: int | None = None
    statute_code: str = ""
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """One member of a team as declared; ``former_posts`` says “无” where there are none."""

    name: str
    role: TeamRole
    basis: MemberBasis
    post: str
    organ: str
    former_posts: str
    staff_id: int | None = None
    unit_code: str = ""
    former_units: tuple[str, ...] = ()
    fairness_words: str = ""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What an activity is about: the codes and names of its units, with those above and below them."""

    codes: frozenset[str]
    names: frozenset[str]


def check_may_keep_activities(by: Person) -> None:
    """Refuse whoever does not prepare and keep activities."""
    check_has_role(by, *KEEPERS, act="办理监督活动")


def check_may_approve_scheme(by: Person) -> None:
    """Refuse whoever does not approve schemes."""
    check_has_role(by, *APPROVERS, act="批准监督活动")


may_keep_activities = may(check_may_keep_activities)
may_approve_scheme = may(check_may_approve_scheme)


def check_scheme(entry: SchemeEntry) -> None:
    """Refuse a scheme that lacks what its kind needs (JD24 §31, §32, §35)."""
    check_filled(
        "activity.missing",
        ("名称", entry.title),
        ("组织实施单位", entry.organiser),
        ("目的", entry.aim),
        ("重点内容", entry.focus),
        ("日程安排", entry.agenda),
    )
    if entry.ends_on < entry.starts_on:
        raise Refusal("activity.ends_before", "结束日期早于开始日期")
    if not entry.methods:
        raise Refusal("activity.methods_missing", "请选择活动方式")
    if not entry.unit_codes:
        raise Refusal("activity.units_missing", "请选择受检（听取）单位")
    if entry.kind in NAMES_STATUTE and not entry.statute_code:
        raise Refusal("activity.statute_missing", "执法检查请选择检查哪一部法律")
    if entry.articles and not entry.statute_code:
        raise Refusal("activity.article_without_statute", "填了条款，请同时选择是哪一部法律")
    if entry.plan_item_id is None and not entry.ground.strip():
        raise Refusal("activity.ground_missing", "不在年度计划内的活动，请写明依据")
    if entry.part_of_id is not None and entry.kind is not ActivityKind.FIELD_VISIT:
        raise Refusal("activity.part_is_a_field_visit", "只有视察可以结合其他监督活动进行")


def check_may_carry(kind: ActivityKind, state: ActivityState) -> None:
    """Refuse to join a field visit to what carries none, or to what has ended (JD24 §13)."""
    if kind not in MAY_CARRY_FIELD_VISIT:
        raise Refusal("activity.carries_no_field_visit", f"{kind.label}不结合视察进行")
    if state in ENDED:
        raise Refusal("activity.ended", f"该项活动{state.label}")


def check_kind_stays(now: ActivityKind, then: ActivityKind) -> None:
    """Refuse to turn one kind of activity into another: its number and its papers name the kind."""
    if now is not then:
        raise Refusal("activity.kind_stays", "监督方式不能改变，请取消后重新制定方案")


def check_item_of_kind(*, planned: ActivityKind, kind: ActivityKind, year: int, today: date, is_in_force: bool) -> None:
    """Refuse an activity that is not what its item of the plan says, or an item that is not in force."""
    if not is_in_force:
        raise Refusal("activity.plan_not_in_force", f"{year}年的这一版计划没有公布或已调整")
    if planned is not kind:
        raise Refusal("activity.other_than_planned", f"计划中的方式是{planned.label}，不是{kind.label}")
    if year > today.year + 1:
        raise Refusal("activity.plan_year_too_late", "计划年度还没有到")


def check_move(now: ActivityState, then: ActivityState) -> None:
    """Refuse a step that the activity's state does not lead to."""
    if then not in ACTIVITY_MOVES[now]:
        raise Refusal("activity.bad_move", f"{now.label}的监督活动不能转为{then.label}")


def check_is_in_preparation(state: ActivityState) -> None:
    """Refuse to change a scheme that is approved."""
    if state is not ActivityState.PREPARING:
        raise Refusal("activity.scheme_stands", f"方案{state.label}，要修改请先退回修改")


def check_takes_members(state: ActivityState) -> None:
    """Refuse to change the team of what is over."""
    if state not in STAFFED:
        raise Refusal("activity.team_is_home", f"活动{state.label}，不再调整组成人员")


def check_is_open(state: ActivityState) -> None:
    """Refuse to add anything to what has ended."""
    if state in ENDED:
        raise Refusal("activity.ended", f"该项活动{state.label}")


def check_member(entry: MemberEntry, *, kind: ActivityKind, inspected: Inspected, staff_unit: str) -> None:
    """Refuse whoever may not be in the team: without declaration, or of the inspected organ (回避; JD24 §33, §57)."""
    check_filled(
        "activity.member_missing",
        ("姓名", entry.name),
        ("职务", entry.post),
        ("所在单位", entry.organ),
        ("原任职务申报（没有的填“无”）", entry.former_posts),
    )
    if (entry.basis is MemberBasis.EXPERT) != (entry.role is TeamRole.ADVISER):
        raise Refusal("activity.experts_advise", "聘请的专家只作为专家参加，其他人员不作为专家参加")
    if kind in NEEDS_RESOLUTION and entry.role in SITS_IN_IT and entry.basis not in COMMISSIONERS:
        raise Refusal("activity.not_a_commissioner", "调查委员会由常委会组成人员和人大代表组成")
    if {entry.unit_code, staff_unit} & inspected.codes or entry.organ.strip() in inspected.names:
        raise Refusal("activity.member_of_inspected_unit", f"{entry.name}在受检单位或其上下级单位任职，不能参加")
    if frozenset(entry.former_units) & inspected.codes:
        _check_former_post(entry, kind=kind)


def _check_former_post(entry: MemberEntry, *, kind: ActivityKind) -> None:
    """Refuse a former post in the inspected organ: strictly where interest excludes, else without a word on it."""
    if kind in STRICT_RECUSAL:
        raise Refusal("activity.member_has_interest", f"{entry.name}曾在被调查的单位任职，不得参加调查委员会")
    if not entry.fairness_words.strip():
        raise Refusal(
            "activity.former_post_unexplained", f"{entry.name}曾在受检单位任职，请写明为何不影响公正，否则应当回避"
        )


def check_not_in_team(entry: MemberEntry, *, present: Collection[tuple[str, str]]) -> None:
    """Refuse a person whom the team has; ``present`` are names with their organs."""
    if (entry.name.strip(), entry.organ.strip()) in present:
        raise Refusal("activity.member_known", f"{entry.name}已在名单中")


def check_not_recused(
    entry: MemberEntry, *, recused: Collection[tuple[str, str]], recused_staff: Collection[int]
) -> None:
    """Refuse whoever was recused from this activity: under the same name, or by the same account."""
    is_same = (entry.name.strip(), entry.organ.strip()) in recused
    if is_same or (entry.staff_id is not None and entry.staff_id in recused_staff):
        raise Refusal("activity.member_recused", f"{entry.name}已从本次活动回避，不能再参加")


def check_one_leader(role: TeamRole, *, has_leader: bool) -> None:
    """Refuse a second leader of the team."""
    if role is TeamRole.LEADER and has_leader:
        raise Refusal("activity.two_leaders", "已有组长，一个组只有一位组长")


def check_recusal(reason: str, *, is_recused: bool) -> None:
    """Refuse a recusal without its reason, or twice."""
    if is_recused:
        raise Refusal("activity.recused_already", "这位成员已经回避")
    if not reason.strip():
        raise Refusal("activity.recusal_reason_missing", "请写明回避原因")


def check_resolution(kind: ActivityKind, words: str, *, resolved_on: date, today: date) -> None:
    """Refuse a resolution where none is needed, an empty one, and one of a day to come (JD24 §55, §56)."""
    if kind not in NEEDS_RESOLUTION:
        raise Refusal("activity.needs_no_resolution", f"{kind.label}不需要常委会决议")
    if not words.strip():
        raise Refusal("activity.resolution_missing", "请写明常委会决议的名称和文号")
    if resolved_on > today:
        raise Refusal("activity.resolution_to_come", "常委会决议的日期还没有到")


def check_may_be_approved(
    kind: ActivityKind, *, roles: Iterable[TeamRole], has_resolution: bool, by_id: int, prepared_by_id: int
) -> None:
    """Refuse a scheme by its own writer, a team without a leader, an inquiry that nobody resolved on."""
    if by_id == prepared_by_id:
        raise Refusal("activity.needs_second_person", "自己制定的方案须由另一人批准")
    if kind in NEEDS_RESOLUTION and not has_resolution:
        raise Refusal("activity.not_resolved", "特定问题调查须先由常委会作出决议，组织调查委员会")
    if TeamRole.LEADER not in set(roles):
        raise Refusal("activity.leader_missing", "请先确定组长")


def check_has_begun(starts_on: date, *, today: date) -> None:
    """Refuse to begin before the first day of the scheme."""
    if today < starts_on:
        raise Refusal("activity.too_early", f"方案定于{show_day(starts_on)}开始，还没有到")


def check_session(
    kind: ActivityKind, state: ActivityState, session: str, *, held_on: date, finished_on: date | None, today: date
) -> None:
    """Refuse a session without name, before the team was done, or still to come; a report that is owed comes first."""
    check_move(state, ActivityState.DELIBERATED)
    if kind in MUST_REPORT and state is not ActivityState.REPORTED:
        raise Refusal("activity.report_owed", f"{kind.label}须先提出报告，再提请常委会会议审议")
    if not session.strip():
        raise Refusal("activity.session_missing", "请填写常委会会议的届次，例如：第三十二次会议")
    if held_on > today:
        raise Refusal("activity.session_to_come", "会议日期还没有到，请在会后登记")
    if finished_on is not None and held_on < finished_on:
        raise Refusal("activity.session_too_early", f"会议日期早于活动结束的{show_day(finished_on)}，请核对")


def check_may_conclude(kind: ActivityKind, state: ActivityState, outcome: str, *, open_parts: int) -> None:
    """Refuse to end what still owes a report or a deliberation, what has an open part, and what has no outcome."""
    if not outcome.strip():
        raise Refusal("activity.outcome_missing", "请写明活动结果")
    check_move(state, ActivityState.CONCLUDED)
    if kind in MUST_REPORT and state is ActivityState.FINISHED:
        raise Refusal("activity.report_owed", f"{kind.label}结束后须提出报告，提出后才能办结")
    if kind in MUST_DELIBERATE and state is not ActivityState.DELIBERATED:
        raise Refusal("activity.deliberation_owed", f"{kind.label}须经常委会会议审议（询问）后才能办结")
    if open_parts:
        raise Refusal("activity.part_open", "结合进行的视察还没有办结", count=open_parts)


def check_cancel(state: ActivityState, reason: str) -> None:
    """Refuse to cancel what is finished, or without a reason."""
    check_move(state, ActivityState.CANCELLED)
    if not reason.strip():
        raise Refusal("activity.cancel_reason_missing", "请写明取消原因")


def check_letter(
    state: ActivityState, *, received_on: date, begun_on: date | None, handed_by: str, is_member: bool
) -> None:
    """Refuse a letter by a team that was not out that day, and its registration by one of the team.

    A team never handles a letter: what it receives comes back to the office, with the day of receipt kept (DOMAIN §4).
    """
    if is_member:
        raise Refusal("activity.member_handles_letter", "组成人员不办理随行收到的来信，请由信访办其他人员登记")
    if state is ActivityState.CANCELLED or begun_on is None:
        raise Refusal("activity.not_begun", "活动还没有开始，没有随行来信")
    if received_on < begun_on:
        raise Refusal("activity.letter_before_begin", f"收到日期早于活动开始的{show_day(begun_on)}，请核对")
    if not handed_by.strip():
        raise Refusal("activity.handed_by_missing", "请写明由哪一位组成人员交来")


def check_link(*, is_ordinary: bool, reason: str) -> None:
    """Refuse to link what is sealed, and a link without its reason: secrets never enter an activity (DOMAIN §8)."""
    if not is_ordinary:
        raise Refusal("activity.petition_sealed", "检举控告件和密件不能关联监督活动")
    if not reason.strip():
        raise Refusal("activity.link_reason_missing", "请写明关联理由")
