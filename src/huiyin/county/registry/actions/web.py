"""Writers of what petitioners send by the page: 网上信访 and its way into the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.journal import actions as journal
from huiyin.county.office import notifications
from huiyin.county.office.states import NotificationKind
from huiyin.county.registry import clocks, files, numbers, web_rules
from huiyin.county.registry.models import Attachment, Petition
from huiyin.county.registry.query_codes import digest_of_code, key_of_code
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import AttachmentKind, Channel, Confidentiality
from huiyin.county.registry.web_models import Supplement, WebFile, WebSubmission
from huiyin.county.registry.web_rules import SentFile, WebEntry
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.identity import read_identity_number, read_phone

from .receipts import RECEIPT_SERIES

NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was checked and stands on disk."""

    name: str
    media_type: str
    size: int
    sha256: str


@transaction.atomic
def submit(*, entry: WebEntry, sent: Sequence[SentFile], code: str, source: str, at: datetime) -> Receipt:
    """网上信访: take what a petitioner sent by the page as a receipt; nobody with an account takes it.

    The number is taken first: its counter stays locked, so a day's count per source is nobody's race.
    """
    today = local_day(at)
    web_rules.check_entry(entry, today=today)
    kinds = web_rules.check_files(sent)
    number = numbers.take(RECEIPT_SERIES, at=at)
    web_rules.check_source(WebSubmission.objects.filter(source=source, submitted_on=today).count())
    due = clocks.of_receipt(Clock.REGISTER, received_on=today, start_on=today)
    receipt = Receipt.objects.create(
        year=number.year,
        number_value=number.value,
        number=number.text,
        channel=Channel.WEB.value,
        received_on=today,
        sender="" if entry.is_accusation else entry.name.strip(),
        is_sealed=entry.is_accusation,
        register_due_on=due.due_on if due else None,
        register_due=due.as_values() if due else {},
        taken_at=at,
    )
    submission = _submission_of(receipt, entry, code=code, source=source)
    stored = stored_files(sent, kinds)
    WebFile.objects.bulk_create(
        WebFile(
            submission=submission,
            position=position,
            name=one.name,
            media_type=one.media_type,
            size=one.size,
            sha256=one.sha256,
        )
        for position, one in enumerate(stored, start=1)
    )
    journal.record(
        "receipt.submitted",
        subject=receipt,
        by=None,
        by_name=journal.PETITIONER,
        at=at,
        number=receipt.number,
        channel=receipt.channel,
        received_on=receipt.received_on,
        is_sealed=receipt.is_sealed,
        files=len(stored),
        register_due_on=receipt.register_due_on,
    )
    _tell_registrars(receipt, at=at)
    return receipt


def _submission_of(receipt: Receipt, entry: WebEntry, *, code: str, source: str) -> WebSubmission:
    number = entry.identity_number.strip()
    return WebSubmission.objects.create(
        receipt=receipt,
        name=entry.name.strip(),
        identity_number=read_identity_number(number).number if number else "",
        phone=read_phone(entry.phone) if entry.phone.strip() else "",
        address=entry.address.strip(),
        place=entry.place.strip(),
        purpose=entry.purpose.value,
        summary=entry.summary.strip() or web_rules.first_sentence(entry.content),
        content=entry.content.strip(),
        claims=[claim.strip() for claim in entry.claims if claim.strip()],
        elsewhere=entry.elsewhere.value,
        elsewhere_words=entry.elsewhere_words.strip(),
        query_code_digest=digest_of_code(receipt.number, code),
        query_code_key=key_of_code(code),
        source=source,
        submitted_on=receipt.received_on,
    )


def stored_files(sent: Sequence[SentFile], kinds: Sequence[str]) -> list[StoredFile]:
    """Keep files that were checked on disk and return them, each content once."""
    found: dict[str, StoredFile] = {}
    for file, kind in zip(sent, kinds, strict=True):
        sha256 = files.store(file.data)
        name = file.name.strip()[-NAME_LIMIT:] or AttachmentKind.OTHER.label
        found.setdefault(sha256, StoredFile(name, kind, len(file.data), sha256))
    return list(found.values())


def _tell_registrars(receipt: Receipt, *, at: datetime) -> None:
    roles = (Role.RESTRICTED,) if receipt.is_sealed else (Role.CLERK, Role.HEAD)
    what = "网上检举控告" if receipt.is_sealed else "网上信访"
    notifications.notify(
        key=f"receipt:{receipt.pk}:submitted",
        to=Staff.objects.holding(*roles),
        kind=NotificationKind.FROM_PETITIONER,
        words=f"收到{what} {receipt.number}，请登记",
        at=at,
        href=f"/receipts/{receipt.pk}/register",
    )


def check_may_open(receipt: Receipt, *, by: Staff) -> None:
    """Refuse an accusation sent by the page to whoever may not register one."""
    if receipt.is_sealed:
        web_rules.check_may_open_sealed(by)


def hand_over(receipt: Receipt, petition: Petition, *, by: Staff, at: datetime) -> None:
    """Let the files of a submission become attachments of its petition; of a 密件 nothing that was sent is kept."""
    submission = WebSubmission.objects.filter(receipt=receipt).first()
    if submission is None:
        return
    if petition.confidentiality == Confidentiality.NUMBER_ONLY.value:
        empty(submission, at=at)
        return
    for file in submission.files.order_by("position"):
        attachment = Attachment.objects.create(
            petition=petition,
            kind=AttachmentKind.OTHER.value,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            added_at=at,
            added_by=by,
        )
        note_attachment(attachment, by=by, at=at)


def empty(submission: WebSubmission, *, at: datetime) -> None:
    """Take away what was sent: of a number-only item no content is kept (DOMAIN §6); the query code stays."""
    submission.files.all().delete()
    for name in ("name", "identity_number", "phone", "address", "place", "summary", "content", "elsewhere_words"):
        setattr(submission, name, "")
    submission.claims, submission.emptied_at = [], at
    submission.save()


def note_attachment(attachment: Attachment, *, by: Staff | None, at: datetime) -> None:
    """Write down that a file of the petitioner's is an attachment now, so that its hash is computed again."""
    journal.record(
        "attachment.added",
        subject=attachment,
        petition_id=attachment.petition_id,
        by=by,
        by_name=journal.PETITIONER,
        at=at,
        kind=attachment.kind,
        sha256=attachment.sha256,
        size=attachment.size,
        media_type=attachment.media_type,
    )


def attach_to(supplement: Supplement, stored: Sequence[StoredFile], *, at: datetime) -> None:
    """Let the files of a supplement be attachments of its petition; what the petition has already is not added."""
    known = set(supplement.petition.attachments.values_list("sha256", flat=True))
    for file in stored:
        if file.sha256 in known:
            continue
        attachment = Attachment.objects.create(
            petition=supplement.petition,
            kind=AttachmentKind.OTHER.value,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            added_at=at,
            added_by=None,
            supplement=supplement,
        )
        note_attachment(attachment, by=None, at=at)
