"""公布联系方式 by API: where, when and how the office is reached, as the petitioners' pages show it."""

from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from huiyin.county.office.actions import contact
from huiyin.county.office.contact_models import Contact

from .access import caller
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["机关事务"])


class ContactIn(In):
    """公布的联系方式; what is empty is not shown."""

    address: Annotated[str, Field(max_length=120)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    hours: Annotated[str, Field(max_length=120)] = ""


class ContactOut(Schema):
    """公布的联系方式."""

    address: str = ""
    phone: str = ""
    hours: str = ""


@router.get("/contact", response=ContactOut, auth=None, summary="公布的联系方式")
def published(request: HttpRequest) -> ContactOut:
    """Return what is published; everybody may know it."""
    del request
    row = Contact.objects.first()
    return ContactOut(address=row.address, phone=row.phone, hours=row.hours) if row else ContactOut()


@router.post("/contact", response=Done, summary="公布联系方式")
def publish(request: HttpRequest, body: ContactIn) -> Done:
    """公布联系方式."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=contact.publish(entry=contact.ContactEntry(**body.model_dump()), by=by, at=at).pk)

    return carried_out(request, body, at, act)
