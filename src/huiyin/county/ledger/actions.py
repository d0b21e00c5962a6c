"""Writers of ledger imports: 试运行, 正式导入."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import holding
from huiyin.county.registry.holding import Holding
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal
from huiyin.platform.calendar.queries import held

from . import queries, rules
from .cells import read_day
from .headings import ColumnMapping, Field, guess_mapping
from .models import ImportRow, ImportRun
from .passage import carry
from .queries import ImportReport, RowReport
from .rules import Reading, Reference
from .sheets import Sheet, read_sheet
from .states import RowFate, RunState

CHUNK = 1000
# Rows of one transaction: others of the office wait for its numbers for a fraction of a second.
TOGETHER = 20
NO_SCANS: Mapping[str, Path] = MappingProxyType({})
NAME_LIMIT = 120
NUMBER_LIMIT = 60
SCANS = frozenset({".pdf", ".png", ".jpg", ".jpeg"})
Progress = Callable[[int, int], None]


@transaction.atomic
def start_run(*, name: str, data: bytes, by: Staff, at: datetime, mapping: ColumnMapping | None = None) -> ImportRun:
    """试运行: read a ledger, write down what would become of each row, and register nothing yet."""
    rules.check_may_import(by)
    sheet = read_sheet(data, name)
    chosen = mapping or guess_mapping(sheet.headings)
    chosen.check()
    run = ImportRun.objects.create(
        name=name[-NAME_LIMIT:],
        sha256=hashlib.sha256(data).hexdigest(),
        state=RunState.CHECKED.value,
        mapping=chosen.as_values(),
        started_at=at,
        started_by=by,
    )
    rows = _tried_rows(run, sheet, chosen, by=by, at=at)
    while part := list(islice(rows, CHUNK)):
        ImportRow.objects.bulk_create(part)
    journal.record("ledger.checked", subject=run, by=by, at=at, name=run.name, rows=len(sheet.rows))
    return run


def _tried_rows(
    run: ImportRun, sheet: Sheet, mapping: ColumnMapping, *, by: Staff, at: datetime
) -> Iterator[ImportRow]:
    for report, cells in queries.tried(sheet, mapping, by=by, at=at):
        yield ImportRow(
            run=run,
            line=report.line,
            source_number=report.source_number[:NUMBER_LIMIT],
            cells=_kept(report, cells),
            fate=report.fate.value,
            reasons=list(report.reasons or report.hints),
        )


def _kept(report: RowReport, cells: Mapping[Field, str]) -> dict[str, object]:
    """Return what is kept of a row's cells: all of one that waits or was refused, of an accusation's refusal none."""
    is_closed = report.summary == rules.SEALED_SUMMARY and report.fate is not RowFate.ACCEPTED
    if is_closed or report.fate is RowFate.KNOWN:
        return {"summary": report.summary}
    return queries.kept_cells(cells, summary=report.summary)


def carry_out(
    *,
    run_id: int,
    at: datetime,
    by: Staff | None = None,
    scans: Path | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """正式导入: take in every row that waits, some rows at a time; run again, it goes on where it stopped."""
    run = _begin(run_id=run_id, by=by, at=at)
    person = by or run.started_by
    reference, files = queries.reference_for(person), scans_of(scans)
    waiting = _waiting(run)
    for start in range(0, len(waiting), TOGETHER):
        together = waiting[start : start + TOGETHER]
        import_rows(run_id=run_id, row_ids=together, reference=reference, scans=files, by=person, at=at)
        if progress is not None:
            progress(start + len(together), len(waiting))
    return queries.report_of(_finish(run_id=run_id, by=person, at=at))


@transaction.atomic
def _begin(*, run_id: int, by: Staff | None, at: datetime) -> ImportRun:
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("started_by").filter(pk=run_id).first()
    if run is None:
        raise Refusal("ledger.unknown_run", "没有这次导入")
    rules.check_may_import(by or run.started_by)
    if run.state == RunState.CHECKED.value:
        run.state = RunState.RUNNING.value
        run.save(update_fields=["state"])
        journal.record("ledger.started", subject=run, by=by or run.started_by, at=at, name=run.name)
    return run


@transaction.atomic
def _finish(*, run_id: int, by: Staff, at: datetime) -> ImportRun:
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.state == RunState.RUNNING.value and not run.rows.filter(fate=RowFate.ACCEPTED.value).exists():
        run.state, run.finished_at = RunState.FINISHED.value, at
        run.save(update_fields=["state", "finished_at"])
        imported = run.rows.filter(fate=RowFate.IMPORTED.value).count()
        journal.record("ledger.imported", subject=run, by=by, at=at, name=run.name, imported=imported)
    return run


def _waiting(run: ImportRun) -> list[int]:
    """Return the rows that wait in the order of their days: numbers follow the days, an earlier item comes first."""
    rows = run.rows.filter(fate=RowFate.ACCEPTED.value).values_list(
        "pk", "line", "cells__cells__received_on", "cells__cells__registered_on"
    )
    return [pk for _, _, pk in sorted((_day(entered or came), line, pk) for pk, line, came, entered in rows)]


def _day(written: object) -> date:
    try:
        return read_day(str(written))
    except Refusal:
        return date.max


@transaction.atomic
def import_rows(
    *,
    run_id: int,
    row_ids: Sequence[int],
    reference: Reference,
    by: Staff,
    at: datetime,
    scans: Mapping[str, Path] = NO_SCANS,
) -> None:
    """导入几行: carry rows that still wait through the acts they prove; all of them stand, or none was looked at."""
    rows = ImportRow.objects.select_for_update(of=("self",)).filter(run=run_id, fate=RowFate.ACCEPTED.value)
    waiting = rows.in_bulk(row_ids)
    known = set(queries.known_numbers(row.source_number for row in waiting.values()))
    with held(), journal.importing(run_id), holding.holding() as block:
        for row in (waiting[pk] for pk in row_ids if pk in waiting):
            read = rules.read_row(queries.waiting_cells(row), reference=reference, today=local_day(at))
            if read.source_number in known:
                _settle(row, RowFate.KNOWN, ("这个信访件编号已经在册",), cells={"summary": read.summary})
                continue
            known |= _import_row(row, read, block, scan=scans.get(row.source_number), by=by, at=at)
    ImportRow.objects.bulk_update(waiting.values(), ["fate", "reasons", "cells", "petition_id"])


def _import_row(
    row: ImportRow, read: Reading, block: Holding, *, scan: Path | None, by: Staff, at: datetime
) -> set[str]:
    """Import one row and return the numbers that it took; what a rule refuses is written down and nothing else."""
    if read.row is None:
        _settle(row, RowFate.REFUSED, read.reasons, cells=row.cells)
        return set()
    try:
        with holding.attempt():
            carried = carry(read.row, by=by, at=at, scan=scan)
            block.let_go()
    except Refusal as refusal:
        _settle(row, RowFate.REFUSED, (refusal.words,), cells=row.cells)
        return set()
    row.petition_id = carried.petition_id
    _settle(row, RowFate.IMPORTED, (*read.hints, *carried.hints), cells={"summary": read.summary})
    return {read.source_number, carried.number}


def _settle(row: ImportRow, fate: RowFate, reasons: tuple[str, ...], *, cells: dict[str, object]) -> None:
    """Decide the fate of a row; what was taken in stands in the register, so its cells are not kept twice."""
    row.fate, row.reasons, row.cells = fate.value, list(reasons), cells


def scans_of(folder: Path | None) -> dict[str, Path]:
    """Return the scans of a folder by the number that their name is; other files are not looked at."""
    if folder is None:
        return {}
    if not folder.is_dir():
        raise Refusal("ledger.no_scans_folder", f"没有扫描件文件夹 {folder}")
    found = (path for path in sorted(folder.iterdir()) if path.suffix.lower() in SCANS and path.is_file())
    return {path.stem: path for path in found}
