"""Writers of the regulations library: 收入, 更正."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import rules
from huiyin.county.office.changes import take_over
from huiyin.county.office.models import Regulation
from huiyin.county.office.states import RegulationKind
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.text import grams, normalise


@dataclass(frozen=True, slots=True)
class RegulationEntry:
    """一部制度 as it is written down."""

    title: str
    kind: str
    issued_on: date
    number: str = ""
    issuer: str = ""
    in_force_until: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file whose content the county keeps already, by its hash."""

    name: str
    sha256: str
    media_type: str
    size: int


@transaction.atomic
def add(*, entry: RegulationEntry, file: StoredFile | None, by: Staff, at: datetime) -> Regulation:
    """收入制度汇编: one regulation, written out, or as a file, or both."""
    rules.check_may_keep_office(by)
    _check(entry, has_file=file is not None, at=at, besides=None)
    values = {**asdict(entry), **_file_values(file)}
    regulation = Regulation.objects.create(**values, **_search_values(entry), recorded_by=by, recorded_at=at)
    journal.record(
        "regulation.added", subject=regulation, by=by, at=at, title=regulation.title, number=entry.number, fields=values
    )
    return regulation


@transaction.atomic
def correct(
    *, regulation_id: int, entry: RegulationEntry, file: StoredFile | None, by: Staff, at: datetime
) -> Regulation:
    """更正制度: other words, another file, or the last day in force; without a file the one there is stays."""
    rules.check_may_keep_office(by)
    regulation = Regulation.objects.select_for_update(of=("self",)).filter(pk=regulation_id).first()
    if regulation is None:
        raise Refusal("regulation.unknown", "没有这部制度")
    _check(entry, has_file=file is not None or bool(regulation.sha256), at=at, besides=regulation)
    changed = take_over(regulation, **asdict(entry), **(_file_values(file) if file else {}))
    for name, value in _search_values(entry).items():
        setattr(regulation, name, value)
    regulation.save(update_fields=[*changed.fields, "grams", "searchable"])
    journal.record(
        "regulation.corrected",
        subject=regulation,
        by=by,
        at=at,
        title=regulation.title,
        before=changed.before,
        fields=changed.after,
    )
    return regulation


def _check(entry: RegulationEntry, *, has_file: bool, at: datetime, besides: Regulation | None) -> None:
    rules.check_filled(("名称", entry.title))
    rules.check_happened(entry.issued_on, today=local_day(at), what="印发")
    rules.check_in_force_until(entry.issued_on, entry.in_force_until)
    rules.check_readable(text=entry.text, has_file=has_file)
    RegulationKind(entry.kind)
    same = Regulation.objects.filter(title=entry.title, issued_on=entry.issued_on)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise Refusal("regulation.known", "同名同日印发的制度已经收入")


def _file_values(file: StoredFile | None) -> dict[str, object]:
    if file is None:
        return {"file_name": "", "sha256": "", "media_type": "", "size": 0}
    return {"file_name": file.name, "sha256": file.sha256, "media_type": file.media_type, "size": file.size}


def _search_values(entry: RegulationEntry) -> dict[str, object]:
    words = normalise("\n".join(part for part in (entry.title, entry.number, entry.issuer, entry.text) if part))
    return {"grams": grams(words), "searchable": words}
