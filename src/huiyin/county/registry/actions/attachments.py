"""Writers of attachments: 附件 and what its hash says."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import files, rules
from huiyin.county.registry.models import (
    Attachment,
)
from huiyin.county.registry.states import AttachmentKind, State
from huiyin.kernel.refusal import Refusal

from .petitions import locked


@transaction.atomic
def attach(*, petition_id: int, kind: AttachmentKind, name: str, data: bytes, by: Staff, at: datetime) -> Attachment:
    """上传附件: keep a scan by its content, with its hash; the same scan twice is one attachment."""
    petition = locked(petition_id, by=by)
    rules.check_may_attach(by, kind)
    rules.check_is_open(State(petition.state))
    media_type = rules.media_type_of(data)
    sha256 = files.store(data)
    known = Attachment.objects.filter(petition=petition, sha256=sha256).first()
    if known is not None:
        return known
    attachment = Attachment.objects.create(
        petition=petition,
        kind=kind.value,
        name=name.strip()[-120:] or kind.label,
        media_type=media_type,
        size=len(data),
        sha256=sha256,
        added_at=at,
        added_by=by,
    )
    journal.record(
        "attachment.added",
        subject=attachment,
        petition_id=petition.pk,
        by=by,
        at=at,
        kind=kind.value,
        sha256=sha256,
        size=len(data),
        media_type=media_type,
    )
    return attachment


@transaction.atomic
def share_original(*, petition_id: int, source_id: int, kind: AttachmentKind, by: Staff, at: datetime) -> Attachment:
    """一信多事: the letter of the first petition is the original of the one that was split from it, too.

    A letter whose accusation was split off stays kept back, under whichever number.
    """
    petition, source = locked(petition_id, by=by), locked(source_id, by=by)
    if petition.receipt_id != source.receipt_id:
        raise Refusal("attachment.other_receipt", "只有同一份收件的信访件共用原件")
    original = source.attachments.filter(kind=kind.value).order_by("pk").first()
    if original is None:
        raise Refusal("attachment.no_original", "第一件还没有原件扫描")
    attachment = Attachment.objects.create(
        petition=petition,
        kind=original.kind,
        name=original.name,
        media_type=original.media_type,
        size=original.size,
        sha256=original.sha256,
        added_at=at,
        added_by=by,
        is_kept_back=original.is_kept_back,
    )
    journal.record(
        "attachment.added",
        subject=attachment,
        petition_id=petition.pk,
        by=by,
        at=at,
        kind=attachment.kind,
        sha256=attachment.sha256,
        size=attachment.size,
        media_type=attachment.media_type,
        shared_with=source.number,
    )
    return attachment


@transaction.atomic
def recheck(*, attachment_id: int, at: datetime) -> Attachment:
    """核对附件: hash the stored file again and write down whether it still is what was uploaded.

    A result that changed is an event; one that stayed only moves the moment of the check.
    """
    attachment = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment_id)
    was_checked, was_intact = attachment.checked_at is not None, attachment.is_intact
    attachment.is_intact, attachment.checked_at = files.is_intact(attachment.sha256), at
    attachment.save(update_fields=["is_intact", "checked_at"])
    if not was_checked or was_intact != attachment.is_intact:
        journal.record(
            "attachment.checked",
            subject=attachment,
            petition_id=attachment.petition_id,
            by=None,
            at=at,
            intact=attachment.is_intact,
        )
    return attachment
