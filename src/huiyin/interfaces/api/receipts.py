"""收件 and 登记 by API."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from huiyin.county.registry import rules
from huiyin.county.registry.actions import petitions, receipts
from huiyin.interfaces import submissions

from .access import caller
from .schemas import Done, ReceiptIn, RegistrationIn
from .writes import carried_out

router = Router(tags=["收件"])


@router.post("/", response=Done, summary="收件")
def take_receipt(request: HttpRequest, body: ReceiptIn) -> Done:
    """收件: write down that something arrived."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        receipt = receipts.take_receipt(**dict(body), by=by, at=at)
        return Done(id=receipt.pk, number=receipt.number)

    return carried_out(request, body, at, act)


@router.post("/{int:receipt_id}/register", response=Done, summary="登记")
def register(request: HttpRequest, receipt_id: int, body: RegistrationIn) -> Done:
    """登记: make a petition of a receipt; answers its number and query code."""
    by, at = caller(request), timezone.now()
    code = submissions.query_code_of(request.headers.get("Idempotency-Key", ""))

    def act() -> Done:
        done = petitions.register(
            receipt_id=receipt_id, registration=registration_of(body), by=by, at=at, query_code=code
        )
        return Done(id=done.petition.pk, number=done.petition.number, state=done.petition.state)

    return carried_out(request, body, at, act).model_copy(update={"query_code": code})


def registration_of(body: RegistrationIn) -> rules.Registration:
    """Return the body as the rules take it."""
    values = dict(body)
    people = tuple(rules.RepresentativeEntry(name=one.name, phone=one.phone) for one in body.representatives)
    return rules.Registration(**{**values, "representatives": people, "claims": tuple(body.claims)})
