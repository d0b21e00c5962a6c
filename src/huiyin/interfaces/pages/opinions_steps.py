"""The steps of one 审议意见: when each is offered to whom, and what it carries out."""

from huiyin.accounts.models import Staff
from huiyin.county.supervision.actions import opinions, responses
from huiyin.county.supervision.opinion_models import Opinion, Rating
from huiyin.county.supervision.opinion_states import OPINION_MOVES, OpinionState
from huiyin.county.supervision.rules.opinions import may_approve, may_write, owes_answer
from huiyin.county.supervision.rules.responses import may_answer, may_publish, may_record, may_review

from .opinions_forms import AnswerForm, FollowUpForm, OutcomeForm, RatingForm, ReviewForm, SendForm
from .supervision_page import NoForm, Step, plain


def leads_to(row: Opinion, *then: OpinionState) -> bool:
    """Whether an opinion may go on to one of these states."""
    return bool(OPINION_MOVES[OpinionState(row.state)] & set(then))


def is_sent(row: Opinion) -> bool:
    """Whether the unit has it."""
    return row.sent_at is not None


def awaits_rating(row: Opinion) -> bool:
    """Whether the answer lies before the session and was not rated."""
    last = row.responses.order_by("-round").first()
    return (
        row.state == OpinionState.TABLED.value
        and last is not None
        and not Rating.objects.filter(response=last).exists()
    )


def follows(row: Opinion, by: Staff) -> bool:
    """Whether this person writes down what followed."""
    return is_sent(row) and not by.is_of_unit and may_record(by)


STEPS: dict[str, Step[Opinion]] = {
    "approve": Step(
        title="审定",
        submit="审定",
        form=plain(NoForm),
        offered=lambda row, by: leads_to(row, OpinionState.APPROVED) and may_approve(by) and row.written_by_id != by.pk,
        act=lambda sent: opinions.approve(opinion_id=sent.row.pk, by=sent.by, at=sent.at),
        done="审议意见已审定",
        lead="由起草人以外的人审定；审定后不再修改。",
        folded=False,
    ),
    "send": Step(
        title="送交单位",
        submit="送交",
        form=plain(SendForm),
        offered=lambda row, by: leads_to(row, OpinionState.SENT) and may_write(by),
        act=lambda sent: opinions.send(opinion_id=sent.row.pk, by=sent.by, at=sent.at, **sent.form.cleaned_data),
        done="审议意见已送交",
        lead="编文号，制作审议意见书，并起算反馈期限。",
        folded=False,
    ),
    "answer": Step(
        title="反馈研究处理情况",
        submit="提交反馈",
        form=AnswerForm,
        offered=lambda row, by: owes_answer(OpinionState(row.state)) and may_answer(by, row.unit.code),
        act=lambda sent: responses.answer(opinion_id=sent.row.pk, entry=sent.form.entry(), by=sent.by, at=sent.at),
        done="研究处理情况已反馈",
        lead="逐条说明办理情况。反馈经审查认可后向社会公开，请不要写入个人信息。",
    ),
    "review": Step(
        title="审查研究处理情况",
        submit="登记审查意见",
        form=plain(ReviewForm),
        offered=lambda row, by: leads_to(row, OpinionState.ACCEPTED, OpinionState.RETURNED) and may_review(by),
        act=lambda sent: responses.review(opinion_id=sent.row.pk, entry=sent.form.entry(), by=sent.by, at=sent.at),
        done="审查意见已登记",
        folded=False,
    ),
    "rate": Step(
        title="登记满意度测评",
        submit="登记",
        form=plain(RatingForm),
        offered=lambda row, by: awaits_rating(row) and may_record(by),
        act=lambda sent: responses.rate(opinion_id=sent.row.pk, entry=sent.form.entry(), by=sent.by, at=sent.at),
        done="测评已登记",
        folded=False,
    ),
    "publish": Step(
        title="公开审议意见和研究处理情况",
        submit="公开",
        form=plain(NoForm),
        offered=lambda row, by: (
            row.state == OpinionState.ACCEPTED.value and row.published_at is None and may_publish(by)
        ),
        act=lambda sent: opinions.publish(opinion_id=sent.row.pk, by=sent.by, at=sent.at),
        done="已公开",
        lead="在群众页面公开审议意见和单位的研究处理情况。",
        confirm="公开以后任何人都可以查看。确定公开吗？",
        folded=False,
    ),
    "follow-up": Step(
        title="登记跟踪检查、决议、专题询问",
        submit="登记",
        form=plain(FollowUpForm),
        offered=follows,
        act=lambda sent: responses.follow_up(opinion_id=sent.row.pk, entry=sent.form.entry(), by=sent.by, at=sent.at),
        done="跟踪监督已登记",
        kind="secondary",
    ),
    "conclude-follow-up": Step(
        title="了结跟踪监督",
        submit="了结",
        form=OutcomeForm,
        offered=lambda row, by: follows(row, by) and row.follow_ups.filter(concluded_at=None).exists(),
        act=lambda sent: responses.conclude_follow_up(
            follow_up_id=int(sent.form.cleaned_data["follow_up"]),
            outcome=sent.form.cleaned_data["outcome"],
            by=sent.by,
            at=sent.at,
        ),
        done="跟踪监督已了结",
        kind="secondary",
    ),
}
