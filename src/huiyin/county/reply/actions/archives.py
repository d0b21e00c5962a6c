"""Writers of archives: 归档."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.county.reply import rules
from huiyin.county.reply.models import Archive
from huiyin.county.reply.states import Retention


@transaction.atomic
def archive(
    *, petition_id: int, file_number: str, retention: Retention, pages: int, by: Staff, at: datetime
) -> Archive:
    """归档: put the closed file away under its number; the manifest tells later whether anything in it changed."""
    petition = petitions.locked(petition_id, by=by)
    rules.check_may_reply(by)
    is_taken = Archive.objects.filter(file_number=file_number.strip()).exists()
    rules.check_archive(file_number, pages, is_taken=is_taken)
    contents = contents_of(petition)
    petitions.move(petition, State.ARCHIVED, at=at)
    row = Archive.objects.create(
        petition=petition,
        file_number=file_number.strip(),
        retention=retention.value,
        pages=pages,
        contents=contents,
        manifest=manifest_of(contents),
        archived_at=at,
        archived_by=by,
    )
    journal.record(
        "petition.archived",
        subject=row,
        petition_id=petition.pk,
        by=by,
        at=at,
        state=petition.state,
        file_number=row.file_number,
        retention=retention.label,
        pages=pages,
        manifest=row.manifest,
    )
    return row


def contents_of(petition: Petition) -> list[list[str]]:
    """Return the page list: what each part of the file is, its name, and its hash."""
    documents = petition.documents.order_by("pk").values_list("kind", "number", "values_hash")
    attachments = petition.attachments.order_by("pk").values_list("kind", "name", "sha256")
    return [list(part) for part in (*documents, *attachments)]


def manifest_of(contents: Sequence[Sequence[str]]) -> str:
    """Return the SHA-256 of a page list, in hexadecimal."""
    return hashlib.sha256(json.dumps(contents, ensure_ascii=False).encode()).hexdigest()
