"""Steps of answers: 受理告知, 答复, 送达, 办结, 评价, 重新办理, 归档."""

from django import forms
from django.utils import timezone

from huiyin.accounts.models import Staff
from huiyin.county.registry import importance
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import ENDED, PetitionerKind, State
from huiyin.county.reply.actions import archives, evaluations, replies
from huiyin.county.reply.rules import ANSWERED, final_kind_for, may_close, may_decide_reopening, may_reply
from huiyin.county.reply.states import FINAL, Method, ReopenGround, ReopenState, ReplyKind, Retention, Satisfaction
from huiyin.interfaces.pages import petition_forms as f
from huiyin.interfaces.pages import reply_forms as r
from huiyin.kernel.refusal import Refusal

from .kinds import StepKind, Submitted, in_states, plain, with_petition


def _reply(sent: Submitted) -> object:
    return replies.reply(
        petition_id=sent.petition.pk,
        kind=ReplyKind(sent.text("kind")),
        text=sent.text("text"),
        by=sent.by,
        at=sent.at,
    )


def _deliver(sent: Submitted) -> object:
    written = sent.petition.replies.filter(kind__in=[kind.value for kind in FINAL]).order_by("-id").first()
    if written is None:
        raise Refusal("reply.unknown", "还没有答复可以送达")
    return replies.deliver(
        reply_id=written.pk,
        method=Method(sent.text("method")),
        delivered_at=sent.form.cleaned_data["delivered_at"],
        recipient=sent.text("recipient"),
        proof=sent.text("proof"),
        by=sent.by,
        at=sent.at,
    )


def _close(sent: Submitted) -> object:
    return replies.close(petition_id=sent.petition.pk, version=sent.version, by=sent.by, at=sent.at)


def _evaluate(sent: Submitted) -> object:
    return evaluations.evaluate(
        petition_id=sent.petition.pk,
        satisfaction=Satisfaction(sent.text("satisfaction")),
        reason=sent.text("reason"),
        by=sent.by,
        at=sent.at,
    )


def _acknowledge(sent: Submitted) -> object:
    return replies.reply(
        petition_id=sent.petition.pk, kind=ReplyKind.RECEIPT, text=sent.text("text"), by=sent.by, at=sent.at
    )


def _ask_reopening(sent: Submitted) -> object:
    return evaluations.ask_reopening(
        petition_id=sent.petition.pk,
        ground=ReopenGround(sent.text("ground")),
        words=sent.text("words"),
        by=sent.by,
        at=sent.at,
    )


def _decide_reopening(sent: Submitted) -> object:
    asked = sent.petition.reopen_requests.filter(state=ReopenState.ASKED.value).first()
    if asked is None:
        raise Refusal("reopening.unknown", "没有等待决定的申请")
    decide = evaluations.agree_to_reopen if sent.text("choice") == "agree" else evaluations.refuse_to_reopen
    return decide(request_id=asked.pk, decision=sent.text("decision"), by=sent.by, at=sent.at)


def _archive(sent: Submitted) -> object:
    return archives.archive(
        petition_id=sent.petition.pk,
        file_number=sent.text("file_number"),
        retention=Retention(sent.text("retention")),
        pages=sent.form.cleaned_data["pages"],
        by=sent.by,
        at=sent.at,
    )


def _is_delivered(petition: Petition) -> bool:
    final = [kind.value for kind in FINAL]
    return petition.replies.filter(kind__in=final, deliveries__isnull=False).exists()


def _may_deliver(petition: Petition, by: Staff) -> bool:
    return petition.state == State.REPLIED.value and may_close(by) and not _is_delivered(petition)


def _may_close(petition: Petition, by: Staff) -> bool:
    if not may_close(by) or not importance.may_settle(by, petition, act="办结"):
        return False
    if petition.state in {State.FILED.value, State.MERGED.value}:
        return True
    if petition.state == State.TRANSFERRED_SEALED.value:
        is_named = petition.petitioner.kind == PetitionerKind.NAMED.value
        return not is_named and petition.assignments.filter(signed_at__isnull=False).exists()
    return petition.state == State.REPLIED.value and _is_delivered(petition)


def _may_evaluate(petition: Petition, by: Staff) -> bool:
    return State(petition.state) in ANSWERED and may_reply(by) and not petition.evaluations.exists()


def _may_acknowledge(petition: Petition, by: Staff) -> bool:
    is_open = State(petition.state) not in ENDED and petition.state != State.REPLIED.value
    told = petition.replies.filter(kind=ReplyKind.RECEIPT.value).exists()
    return is_open and may_reply(by) and not told


def _may_ask_reopening(petition: Petition, by: Staff) -> bool:
    return State(petition.state) in ANSWERED and may_reply(by) and not _reopening_is_asked(petition)


def _may_decide_reopening(petition: Petition, by: Staff) -> bool:
    return may_decide_reopening(by) and _reopening_is_asked(petition)


def _reopening_is_asked(petition: Petition) -> bool:
    return petition.reopen_requests.filter(state=ReopenState.ASKED.value).exists()


def _final_kind(petition: Petition) -> dict[str, object]:
    return {"kind": final_kind_for(State(petition.state), petition.purpose).value}


def _receipt_words(petition: Petition) -> dict[str, object]:
    text = (
        f"您反映的事项已收到，编号{petition.number}。"
        "本办将在规定期限内处理，您可以凭编号和查询码在网上或者来电查询办理情况。"
    )
    return {"text": text}


def _delivered_now(petition: Petition) -> dict[str, object]:
    return {"delivered_at": timezone.localtime(), "recipient": petition.petitioner.name}


TO_ANSWER = (State.VERIFIED, State.GUIDED, State.NOT_REACCEPTED, State.REFERRED, State.TRANSFERRED_SEALED)
STEPS: dict[str, StepKind] = {
    "reply": StepKind(
        "答复信访人", "答复", "答复已写好，请送达", in_states(*TO_ANSWER, may=may_reply),
        plain(f.ReplyForm, _final_kind), _reply,
    ),
    "deliver": StepKind(
        "送达", "记下送达", "送达已记录", _may_deliver, plain(f.DeliverForm, _delivered_now), _deliver,
        lead="没有送达凭证不能办结",
    ),
    "close": StepKind("办结", "办结", "已办结", _may_close, plain(forms.Form), _close),
    "evaluate": StepKind(
        "满意度评价", "记下评价", "评价已记录", _may_evaluate, plain(f.EvaluateForm), _evaluate, kind="secondary"
    ),
    "decide-reopening": StepKind(
        "决定是否重新办理", "决定", "决定已记录", _may_decide_reopening, with_petition(r.DecideReopeningForm),
        _decide_reopening, lead="同意的，同一事项以新的编号重新登记、重新计期",
    ),
    "archive": StepKind(
        "归档", "归档", "已归档", in_states(State.CLOSED, may=may_reply), plain(r.ArchiveForm), _archive,
        kind="secondary", folded=True,
    ),
    "acknowledge": StepKind(
        "受理告知", "告知", "受理告知已写好", _may_acknowledge, plain(r.AcknowledgeForm, _receipt_words), _acknowledge,
        lead="收到之日起在规定期限内书面告知信访人", kind="secondary", folded=True,
    ),
    "ask-reopening": StepKind(
        "申请重新办理", "记下申请", "申请已记录，等待决定", _may_ask_reopening, plain(r.AskReopeningForm),
        _ask_reopening, kind="secondary", folded=True,
    ),
}  # fmt: skip
