"""Writing papers: after an event, or because the clerk asks for one; and handing them out."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.document import actions, rules
from huiyin.county.document.actions import Subject
from huiyin.county.document.models import Document
from huiyin.county.document.states import MARKED_WITH_READER, DocumentKind
from huiyin.county.journal.models import Entry
from huiyin.county.registry import files
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality
from huiyin.kernel.calendar import SHANGHAI
from huiyin.kernel.refusal import Refusal

from . import pdf, word
from .events import PAPERS, VOIDS, taken_back
from .sheets import TEMPLATE, Paper
from .typefaces import typefaces
from .values import files as whole
from .values.notices import receipt_notice
from .values.registration import registration_form
from .wanted import Wanted, subject_of

NOT_FOR_OTHERS = "内部资料"


def write_after(entry: Entry, *, at: datetime) -> tuple[Document, ...]:
    """Write every paper that an event asks for, and void those it makes invalid; what is done stays as it is."""
    if entry.event in VOIDS:
        _void_of(taken_back(entry), VOIDS[entry.event], at=at)
    if entry.event not in PAPERS:
        return ()
    by = Staff.objects.filter(pk=entry.by_id).first() if entry.by_id else None
    found = (_write_wanted(wanted, entry_id=entry.pk, by=by, at=at) for wanted in PAPERS[entry.event](entry))
    return tuple(document for document in found if document is not None)


def _is_allowed(kind: DocumentKind, petition: Petition | None) -> bool:
    """Whether a paper of this kind may be written of the petition at all: of a sealed one only the transfer."""
    return petition is None or rules.may_be_written(kind, Confidentiality(petition.confidentiality))


def _write_wanted(wanted: Wanted, *, entry_id: int, by: Staff | None, at: datetime) -> Document | None:
    """Write a paper in the place of earlier ones; of what turned out sealed only the earlier ones are voided."""
    known = Document.objects.of_kind(wanted.kind).filter(source_entry_id=entry_id).first()
    if known is not None:
        return known
    for subject in wanted.replaces:
        _void_earlier(wanted, subject, at=at)
    if not _is_allowed(wanted.kind, wanted.petition):
        return None
    document = actions.write(
        kind=wanted.kind,
        petition_id=wanted.petition.pk if wanted.petition else None,
        values=wanted.make().as_values(),
        template=TEMPLATE,
        subject=wanted.subject,
        number=wanted.number,
        source_entry_id=entry_id,
        by=by,
        at=at,
    )
    return _print(document, by=by, at=at)


def _void_earlier(wanted: Wanted, subject: Subject, *, at: datetime) -> None:
    earlier = Document.objects.valid().filter(kind=wanted.kind.value, subject=subject.name, subject_id=subject.pk)
    for row in earlier.order_by("id"):
        words = f"，以{wanted.number}为准" if wanted.number and wanted.number != row.number else ""
        actions.void(document_id=row.pk, reason=f"已重新制作{words}", by=None, at=at)


def _void_of(subject: Subject | None, reason: str, *, at: datetime) -> None:
    """Void every valid paper of a row."""
    if subject is None:
        return
    for row in Document.objects.valid().filter(subject=subject.name, subject_id=subject.pk).order_by("id"):
        actions.void(document_id=row.pk, reason=reason, by=None, at=at)


def _print(document: Document, *, by: Staff | None, at: datetime) -> Document:
    """Keep the first print of a new paper."""
    faces = typefaces()
    return actions.keep_print(document_id=document.pk, pdf=pdf_of(document), fonts=faces.words, by=by, at=at)


Made = Callable[[Petition, Staff], Paper]


def _contents(petition: Petition, by: Staff) -> Paper:
    return whole.file_contents(petition, _valid_papers(petition, by=by))


def _registration(petition: Petition, by: Staff) -> Paper:
    del by
    return registration_form(petition)


def _receipt(petition: Petition, by: Staff) -> Paper:
    del by
    return receipt_notice(petition)


ON_DEMAND: Mapping[DocumentKind, Made] = {
    DocumentKind.REGISTRATION_FORM: _registration,
    DocumentKind.RECEIPT_NOTICE: _receipt,
    DocumentKind.FILE_CONTENTS: _contents,
}


@transaction.atomic
def write_on_demand(*, kind: DocumentKind, petition_id: int, by: Staff, at: datetime) -> Document:
    """制作文书: write a paper that a clerk asks for; while nothing has changed it is the one written last."""
    rules.check_may_write(by)
    if kind not in ON_DEMAND:
        raise Refusal("document.not_on_demand", f"{kind.label}随办理步骤自动制作")
    petition = Petition.objects.visible_to(by).filter(pk=petition_id).select_related("petitioner", "receipt").first()
    if petition is None:
        raise Refusal("petition.unknown", "没有这件信访件，或您无权查看")
    rules.check_secrecy(kind, Confidentiality(petition.confidentiality))
    values = ON_DEMAND[kind](petition, by).as_values()
    last = Document.objects.valid().of_kind(kind).filter(petition=petition).order_by("-id").first()
    if last is not None and last.values_hash == rules.hash_of(values):
        return last
    document = actions.write(
        kind=kind,
        petition_id=petition.pk,
        values=values,
        template=TEMPLATE,
        subject=subject_of(petition),
        number=petition.number if kind in NUMBERED_AS_ITS_PETITION else "",
        by=by,
        at=at,
    )
    return _print(document, by=by, at=at)


NUMBERED_AS_ITS_PETITION = frozenset({DocumentKind.REGISTRATION_FORM, DocumentKind.FILE_CONTENTS})


def paper_of(document: Document) -> Paper:
    """Return a paper as it was written, under its number."""
    return Paper.from_values(document.values).numbered(document.number)


def pdf_of(document: Document, *, watermark: str = "") -> bytes:
    """Return a paper as PDF from its frozen values."""
    return pdf.render(paper_of(document).sheets, watermark=watermark)


def handed_out_pdf(document: Document, *, by: Staff, at: datetime) -> bytes:
    """Return the PDF for a reader: the kept print, or one that bears who printed it where the kind asks for that."""
    if DocumentKind(document.kind) in MARKED_WITH_READER:
        return pdf_of(document, watermark=mark_of(by, at))
    if document.pdf_sha256 and files.is_intact(document.pdf_sha256):
        return files.path_of(document.pdf_sha256).read_bytes()
    return pdf_of(document)


def handed_out_word(document: Document, *, by: Staff, at: datetime) -> bytes:
    """Return the .docx for a reader, from the same values."""
    is_marked = DocumentKind(document.kind) in MARKED_WITH_READER
    return word.render(paper_of(document).sheets, watermark=mark_of(by, at) if is_marked else "")


def mark_of(by: Staff, at: datetime) -> str:
    """Return what stands at the foot of a page that must be traceable to its reader."""
    return f"{NOT_FOR_OTHERS}　{by.name}　{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}打印"


def petition_file(*, petition_id: int, by: Staff, at: datetime) -> bytes:
    """案卷: return the whole file of a petition as one PDF, marked with its reader on every page."""
    petition = Petition.objects.visible_to(by).filter(pk=petition_id).select_related("petitioner").first()
    if petition is None or by.is_of_unit:
        raise Refusal("petition.unknown", "没有这件信访件，或您无权查看")
    if petition.confidentiality != Confidentiality.ORDINARY.value:
        raise Refusal("document.sealed", "检举控告件和密件不制作案卷")
    sheets = whole.petition_file(petition, _valid_papers(petition, by=by), at=at)
    return pdf.render(sheets, watermark=mark_of(by, at), is_file=True)


def _valid_papers(petition: Petition, *, by: Staff) -> tuple[Document, ...]:
    rows = Document.objects.visible_to(by).valid().filter(petition=petition)
    return tuple(rows.exclude(kind=DocumentKind.FILE_CONTENTS.value).order_by("written_at", "id"))
