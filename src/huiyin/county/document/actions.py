"""Writers of papers: 制作文书, 存档, 作废."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import files, numbers
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality
from huiyin.kernel.refusal import Refusal

from . import rules
from .models import Document
from .states import SERIES, DocumentKind


@dataclass(frozen=True, slots=True)
class Subject:
    """The row that a paper is written of, and the unit that it goes to."""

    name: str = ""
    pk: int | None = None
    unit_code: str = ""


NO_SUBJECT = Subject()


@transaction.atomic
def write(
    *,
    kind: DocumentKind,
    petition_id: int | None,
    values: Mapping[str, object],
    template: str,
    by: Staff | None,
    at: datetime,
    subject: Subject = NO_SUBJECT,
    number: str = "",
    source_entry_id: int | None = None,
) -> Document:
    """制作文书: keep the frozen values of a paper under its number, once per event that asks for it.

    ``number`` is that of the paper's own row, such as a 交办 number; without one it takes the next of its series.
    ``by`` is nobody where an event of the system itself asks for the paper.
    """
    petition = _locked(petition_id)
    if source_entry_id is not None:
        known = Document.objects.of_kind(kind).filter(source_entry_id=source_entry_id).first()
        if known is not None:
            return known
    if petition is not None:
        rules.check_secrecy(kind, Confidentiality(petition.confidentiality))
    document = Document.objects.create(
        petition=petition,
        kind=kind.value,
        subject=subject.name,
        subject_id=subject.pk,
        unit_code=subject.unit_code,
        **_numbering(kind, number, at=at),
        values=values,
        values_hash=rules.hash_of(values),
        template=template,
        source_entry_id=source_entry_id,
        written_at=at,
        written_by=by,
    )
    journal.record(
        "document.written",
        subject=document,
        petition_id=petition_id,
        by=by,
        at=at,
        kind=kind.value,
        kind_label=kind.label,
        number=document.number,
        unit=document.unit_code,
        values_hash=document.values_hash,
        template=template,
    )
    return document


def _numbering(kind: DocumentKind, number: str, *, at: datetime) -> dict[str, str | int | None]:
    """Return the number of the paper's own row, or the next one of the kind's series."""
    if number or kind not in SERIES:
        return {"number": number}
    own = numbers.take(SERIES[kind], at=at)
    return {"number": own.text, "series": own.series, "year": own.year, "number_value": own.value}


def _locked(petition_id: int | None) -> Petition | None:
    """Lock the petition of a paper: two jobs that write of it do so one after the other."""
    if petition_id is None:
        return None
    found = (
        Petition.objects.select_for_update(of=("self",)).filter(pk=petition_id).only("id", "confidentiality").first()
    )
    if found is None:
        raise Refusal("petition.unknown", "没有这件信访件，或您无权查看")
    return found


@transaction.atomic
def keep_print(*, document_id: int, pdf: bytes, fonts: str, by: Staff | None, at: datetime) -> Document:
    """存档: keep the first print of a paper by its content; the same paper is handed out ever after.

    It belongs to the paper's own history: the petition's time line tells that the paper was written.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.pdf_sha256:
        return document
    document.pdf_sha256, document.pdf_fonts = files.store(pdf), fonts
    document.save(update_fields=["pdf_sha256", "pdf_fonts"])
    journal.record(
        "document.printed",
        subject=document,
        by=by,
        at=at,
        kind=document.kind,
        number=document.number,
        sha256=document.pdf_sha256,
        fonts=fonts,
    )
    return document


@transaction.atomic
def void(*, document_id: int, reason: str, by: Staff | None, at: datetime) -> Document:
    """作废文书: a paper that no longer holds stays on record with the reason; its number is never given again."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    if by is not None:
        rules.check_may_write(by)
    rules.check_void(reason, is_void=document.voided_at is not None)
    document.voided_at, document.voided_by, document.void_reason = at, by, reason.strip()
    document.save(update_fields=["voided_at", "voided_by", "void_reason"])
    journal.record(
        "document.voided",
        subject=document,
        petition_id=document.petition_id,
        by=by,
        at=at,
        kind=document.kind,
        number=document.number,
        reason=document.void_reason,
    )
    return document
