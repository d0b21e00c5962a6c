"""Answers: 答复函 and 送达回证."""

from huiyin.county.reply.models import Delivery, Reply
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.documents.sheets import Facts, Form, Paper, Sheet, Signing, Text, paragraphs
from huiyin.kernel.calendar import local_day
from huiyin.kernel.text import mask_phone

from .letterhead import called, contact_of, day_of, office
from .notices import opening, remedy_of

TITLES = {
    ReplyKind.OUTCOME: "关于信访事项办理结果的答复",
    ReplyKind.TRANSFER: "关于信访事项转送移送情况的告知",
    ReplyKind.ADOPTION: "关于意见建议采纳情况的答复",
}
EVALUATION = "答复送达后，请你凭信访编号和查询码对办理情况作出满意度评价。"


def reply_letter(reply: Reply) -> Paper:
    """答复函: what came of it, claim by claim as the office wrote it, and what may be asked next."""
    petition, kind = reply.petition, ReplyKind(reply.kind)
    after = [Text(remedy_of(petition)), Text(EVALUATION)] if kind is ReplyKind.OUTCOME else []
    signer = reply.signed_by_unit or office()
    sheet = Sheet(
        form=Form.LETTER,
        organ=office(),
        title=TITLES.get(kind, "关于信访事项的答复"),
        number=reply.number,
        addressee=called(petition),
        blocks=(
            Text(f"{opening(petition)}现答复如下："),
            *paragraphs(reply.text),
            *(block for block in after if block.text),
            Text("特此答复。"),
        ),
        signer=signer,
        signed_on=day_of(reply.replied_at),
        after=(contact_of(reply.replied_by),),
    )
    return Paper(sheets=(sheet,))


def delivery_record(delivery: Delivery) -> Paper:
    """送达回证: what was delivered to whom, when and how, and what proves it; or why it could not be."""
    reply, method = delivery.reply, Method(delivery.method)
    petition = reply.petition
    moment = day_of(delivery.delivered_at)
    is_done = method is not Method.IMPOSSIBLE
    phone = petition.petitioner.phone
    sheet = Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="送达回证",
        blocks=(
            Facts(
                rows=(
                    (("信访编号", petition.number), ("送达方式", method.label)),
                    (("送达文书", ReplyKind(reply.kind).label), ("文书文号", reply.number)),
                    (
                        ("受送达人", delivery.recipient or called(petition)),
                        ("联系电话", mask_phone(phone) if phone else "—"),
                    ),
                    (("送达日期" if is_done else "核实日期", moment), ("文书日期", day_of(reply.replied_at))),
                    (("送达凭证" if is_done else "无法送达的原因和核实情况", delivery.proof),),
                    (("凭证附件", proof_file(delivery)),),
                    (("受送达人签名或盖章", "\n"),),
                    (("代收人签名及代收理由", "\n"),),
                    (("见证人", ""), ("备注", "")),
                )
            ),
            Text(
                "填写说明：拒收或者不在的，由送达人写明情况并由见证人签名；邮寄的附挂号回执；电话告知的附通话记录。",
                "note",
            ),
            Signing(labels=("送达人", "日期")),
        ),
        after=(f"登记：{taken_down_by(delivery)}，{local_day(delivery.recorded_at).isoformat()}",),
    )
    return Paper(sheets=(sheet,))


def taken_down_by(delivery: Delivery) -> str:
    """Return who recorded a delivery: one of the office, or the petitioner's own reading on the page."""
    return delivery.recorded_by.name if delivery.recorded_by else "信访人本人查看"


def proof_file(delivery: Delivery) -> str:
    """Return the stored proof by kind and hash, never by the name it was uploaded under."""
    if delivery.attachment is None:
        return "无"
    return f"{delivery.attachment.get_kind_display()}，校验值 {delivery.attachment.sha256[:16]}"
