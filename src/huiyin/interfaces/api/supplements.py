"""What petitioners sent by the page, by API: the words of a petition to register, and passing a supplement on."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from huiyin.county.registry.actions import supplements, web
from huiyin.county.registry.queries.receipts import listed_receipts
from huiyin.county.registry.rules import check_may_register
from huiyin.county.registry.web_models import WebSubmission
from huiyin.kernel.refusal import Refusal

from .access import caller
from .schemas import Done
from .writes import carried_out

router = Router(tags=["信访件"])
of_receipt = Router(tags=["收件"])


@router.post("/{int:supplement_id}/pass-on", response=Done, summary="转交补充材料")
def pass_on(request: HttpRequest, supplement_id: int) -> Done:
    """转交补充材料: the unit that has the petition sees it from now on."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=supplements.pass_on(supplement_id=supplement_id, by=by, at=at).pk)

    return carried_out(request, None, at, act)


class SubmissionOut(Schema):
    """网上信访 as it was written; the files become attachments at the registration."""

    name: str
    identity_number: str
    phone: str
    address: str
    place: str
    purpose: str
    summary: str
    content: str
    claims: list[str]
    elsewhere: str
    elsewhere_words: str
    is_sealed: bool
    files: int


@of_receipt.get("/{int:receipt_id}/submission", response=SubmissionOut, summary="网上提交的原文")
def submission(request: HttpRequest, receipt_id: int) -> SubmissionOut:
    """Return what a petitioner sent, to whoever registers it; an accusation to the restricted officer alone."""
    by = caller(request)
    check_may_register(by)
    receipt = listed_receipts(by).filter(pk=receipt_id, taken_by=None).first()
    sent = WebSubmission.objects.filter(receipt=receipt, emptied_at=None).first() if receipt else None
    if receipt is None or sent is None:
        raise Refusal("receipt.unknown", "没有这份收件，或不是网上提交的")
    web.check_may_open(receipt, by=by)
    told = {name: getattr(sent, name) for name in SubmissionOut.model_fields if hasattr(sent, name) and name != "files"}
    return SubmissionOut(**told, is_sealed=receipt.is_sealed, files=sent.files.count())
