"""The steps that the page of an activity offers, in the order of its way; the second half adds its own below."""

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import may_take_receipt
from huiyin.county.supervision.actions import activities, letters, teams
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.rules.activities import may_approve_scheme, may_keep_activities
from huiyin.county.supervision.states import (
    ACTIVITY_MOVES,
    ENDED,
    MUST_DELIBERATE,
    MUST_REPORT,
    NEEDS_RESOLUTION,
    STAFFED,
    ActivityKind,
    ActivityState,
)
from huiyin.kernel.refusal import Refusal

from .activities_forms import (
    LetterForm,
    LinkForm,
    MemberForm,
    OutcomeForm,
    RecusalForm,
    ResolutionForm,
    SessionForm,
    UnlinkForm,
)
from .supervision_page import NoForm, Step, plain
from .topic_proposals_forms import WordsForm


def leads_to(row: Activity, then: ActivityState) -> bool:
    """Whether the activity's state leads there."""
    return then in ACTIVITY_MOVES[ActivityState(row.state)]


def is_in(row: Activity, *states: ActivityState) -> bool:
    """Whether the activity stands in one of the states."""
    return ActivityState(row.state) in states


def may_be_deliberated(row: Activity, by: Staff) -> bool:
    """Whether the session can be written down: a report that is owed goes there with its own paper."""
    owes = ActivityKind(row.kind) in MUST_REPORT and not is_in(row, ActivityState.REPORTED)
    return may_keep_activities(by) and leads_to(row, ActivityState.DELIBERATED) and not owes


def may_be_concluded(row: Activity, by: Staff) -> bool:
    """Whether nothing is owed any more but a word of what came of it."""
    kind = ActivityKind(row.kind)
    owes_report = kind in MUST_REPORT and is_in(row, ActivityState.FINISHED)
    owes_session = kind in MUST_DELIBERATE and not is_in(row, ActivityState.DELIBERATED)
    return may_keep_activities(by) and leads_to(row, ActivityState.CONCLUDED) and not owes_report and not owes_session


def may_bring_letters(row: Activity, by: Staff) -> bool:
    """Whether the team was out, and this person takes in and is not of the team."""
    is_member = row.members.filter(staff=by, recused_at=None).exists()
    return may_take_receipt(by) and row.begun_at is not None and not is_member


def petition_of(number: str, by: Staff) -> int:
    """Return the petition of a number that this person may see."""
    found = Petition.objects.listed_for(by).filter(number=number.strip()).values_list("pk", flat=True).first()
    if found is None:
        raise Refusal("petition.unknown", "没有这件信访件，或您无权查看")
    return found


def has_team(row: Activity) -> bool:
    """Whether anybody is in the team."""
    return row.members.filter(recused_at=None).exists()


STEPS: dict[str, Step[Activity]] = {
    "resolution": Step(
        title="登记常委会决议",
        submit="登记",
        form=plain(ResolutionForm),
        offered=lambda row, by: (
            ActivityKind(row.kind) in NEEDS_RESOLUTION
            and is_in(row, ActivityState.PREPARING)
            and may_keep_activities(by)
        ),
        act=lambda sent: activities.record_resolution(
            activity_id=sent.row.pk, by=sent.by, at=sent.at, **sent.form.cleaned_data
        ),
        done="决议已登记",
        lead="特定问题调查由常委会作出决议，组织调查委员会。",
        folded=False,
    ),
    "approve": Step(
        title="批准方案",
        submit="批准",
        form=plain(NoForm),
        offered=lambda row, by: is_in(row, ActivityState.PREPARING) and may_approve_scheme(by) and has_team(row),
        act=lambda sent: activities.approve(activity_id=sent.row.pk, by=sent.by, at=sent.at),
        done="方案已批准",
        folded=False,
    ),
    "begin": Step(
        title="开始",
        submit="开始",
        form=plain(NoForm),
        offered=lambda row, by: is_in(row, ActivityState.APPROVED) and may_keep_activities(by),
        act=lambda sent: activities.begin(activity_id=sent.row.pk, by=sent.by, at=sent.at),
        done="活动已开始",
        folded=False,
    ),
    "finish": Step(
        title="结束检查调研",
        submit="结束",
        form=plain(NoForm),
        offered=lambda row, by: is_in(row, ActivityState.UNDER_WAY) and may_keep_activities(by),
        act=lambda sent: activities.finish(activity_id=sent.row.pk, by=sent.by, at=sent.at),
        done="检查调研已结束",
        lead="须提出报告的，结束后及时提出。",
        folded=False,
    ),
    "deliberate": Step(
        title="登记常委会会议审议",
        submit="登记",
        form=plain(SessionForm),
        offered=may_be_deliberated,
        act=lambda sent: activities.deliberate(
            activity_id=sent.row.pk, by=sent.by, at=sent.at, **sent.form.cleaned_data
        ),
        done="审议已登记",
    ),
    "conclude": Step(
        title="办结",
        submit="办结",
        form=plain(OutcomeForm),
        offered=may_be_concluded,
        act=lambda sent: activities.conclude(activity_id=sent.row.pk, by=sent.by, at=sent.at, **sent.form.cleaned_data),
        done="活动已办结",
        lead="关联的信访件不随之办结，仍按各自程序办理。",
    ),
    "member": Step(
        title="增加组成人员",
        submit="增加",
        form=MemberForm,
        offered=lambda row, by: is_in(row, *STAFFED) and may_keep_activities(by),
        act=lambda sent: teams.add_member(activity_id=sent.row.pk, entry=sent.form.entry(), by=sent.by, at=sent.at),
        done="组成人员已增加",
        lead="受检单位及其上下级单位的人员不能参加；曾在受检单位任职的应当申报。",
    ),
    "recuse": Step(
        title="成员回避",
        submit="登记回避",
        form=RecusalForm,
        offered=lambda row, by: is_in(row, *STAFFED) and may_keep_activities(by) and has_team(row),
        act=lambda sent: teams.recuse(
            member_id=int(sent.form.cleaned_data["member"]),
            reason=sent.form.cleaned_data["reason"],
            by=sent.by,
            at=sent.at,
        ),
        done="回避已登记",
        kind="secondary",
    ),
    "letter": Step(
        title="登记随行来信",
        submit="登记",
        form=plain(LetterForm),
        offered=may_bring_letters,
        act=lambda sent: letters.take_letter(
            activity_id=sent.row.pk, entry=sent.form.entry(), scan=sent.form.scanned(), by=sent.by, at=sent.at
        ),
        done="随行来信已收件，请到“收件”登记",
        lead="途中收到的来信来访交信访办登记，来源记为本项活动，收到日期照实填写。",
    ),
    "link": Step(
        title="关联信访件",
        submit="关联",
        form=plain(LinkForm),
        offered=lambda row, by: not is_in(row, *ENDED) and may_keep_activities(by),
        act=lambda sent: letters.link(
            activity_id=sent.row.pk,
            petition_id=petition_of(sent.form.cleaned_data["number"], sent.by),
            reason=sent.form.cleaned_data["reason"],
            by=sent.by,
            at=sent.at,
        ),
        done="信访件已关联",
        lead="只关联一般信访件；对外只称“事项1”“事项2”。关联不改变信访件的办理。",
    ),
    "unlink": Step(
        title="解除关联",
        submit="解除",
        form=UnlinkForm,
        offered=lambda row, by: (
            not is_in(row, *ENDED) and may_keep_activities(by) and row.petitions.filter(unlinked_at=None).exists()
        ),
        act=lambda sent: letters.unlink(link_id=int(sent.form.cleaned_data["link"]), by=sent.by, at=sent.at),
        done="关联已解除",
        kind="secondary",
    ),
    "send-back": Step(
        title="退回修改方案",
        submit="退回",
        form=plain(WordsForm),
        offered=lambda row, by: is_in(row, ActivityState.APPROVED) and may_approve_scheme(by),
        act=lambda sent: activities.revise(activity_id=sent.row.pk, by=sent.by, at=sent.at, **sent.form.cleaned_data),
        done="方案已退回修改",
        kind="secondary",
    ),
    "cancel": Step(
        title="取消活动",
        submit="取消活动",
        form=plain(WordsForm),
        offered=lambda row, by: leads_to(row, ActivityState.CANCELLED) and may_approve_scheme(by),
        act=lambda sent: activities.cancel(
            activity_id=sent.row.pk, reason=sent.form.cleaned_data["words"], by=sent.by, at=sent.at
        ),
        done="活动已取消",
        kind="danger",
        confirm="编号保留，活动不能恢复。确定取消吗？",
    ),
}
