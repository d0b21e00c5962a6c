"""草稿 by API: what is typed of a registration and not sent yet."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from huiyin.county.registry import drafts, rules

from .access import caller
from .intake_schemas import DraftIn, DraftOut

router = Router(tags=["收件"])


@router.get("/{int:receipt_id}/draft", response=DraftOut, summary="草稿")
def read(request: HttpRequest, receipt_id: int) -> DraftOut:
    """Return the caller's own draft of a receipt; nothing where there is none."""
    by = caller(request)
    rules.check_may_register(by)
    kept = drafts.of(receipt_id=receipt_id, by=by)
    return DraftOut(values=kept.values if kept else {}, saved_at=kept.saved_at if kept else None)


@router.put("/{int:receipt_id}/draft", response=DraftOut, summary="保存草稿")
def save(request: HttpRequest, receipt_id: int, body: DraftIn) -> DraftOut:
    """Keep the draft in the place of the one before; of what is sealed nothing is kept."""
    kept = drafts.keep(
        receipt_id=receipt_id, values=body.values, is_split=body.is_split, by=caller(request), at=timezone.now()
    )
    return DraftOut(values=kept.values if kept else {}, saved_at=kept.saved_at if kept else None)
