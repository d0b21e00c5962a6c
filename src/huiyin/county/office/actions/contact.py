"""Writer of how petitioners reach the office: 公布联系方式."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import rules
from huiyin.county.office.contact_models import Contact


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """公布的联系方式 as it is written; what is empty is not published."""

    address: str = ""
    phone: str = ""
    hours: str = ""


@transaction.atomic
def publish(*, entry: ContactEntry, by: Staff, at: datetime) -> Contact:
    """公布联系方式: address, phone and hours as the petitioners' pages show them from now on."""
    rules.check_may_keep_office(by)
    rules.check_published_phone(entry.phone)
    contact = Contact.objects.select_for_update().filter(pk=1).first() or Contact(pk=1)
    for name, value in asdict(entry).items():
        setattr(contact, name, value.strip())
    contact.published_at, contact.published_by = at, by
    contact.save()
    journal.record(
        "contact.published",
        subject=contact,
        by=by,
        at=at,
        address=contact.address,
        phone=contact.phone,
        hours=contact.hours,
    )
    return contact
