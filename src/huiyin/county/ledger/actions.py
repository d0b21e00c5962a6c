"""Writers of ledger imports: 试运行, 正式导入."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal
from huiyin.platform.calendar.queries import held

from . import queries, rules
from .cells import read_day
from .headings import ColumnMapping, Field, guess_mapping
from .models import ImportRow, ImportRun
from .passage import carry
from .queries import ImportReport, RowReport
from .rules import Reference
from .sheets import Sheet, read_sheet
from .states import RowFate, RunState

CHUNK = 1000
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
    """正式导入: take in every row that waits, each in its own transaction; run again, it goes on where it stopped."""
    run = _begin(run_id=run_id, by=by, at=at)
    person = by or run.started_by
    reference, files = queries.reference_for(person), scans_of(scans)
    waiting = _waiting(run)
    for done, (row_id, number) in enumerate(waiting, start=1):
        import_row(row_id=row_id, reference=reference, scan=files.get(number), by=person, at=at)
        if progress is not None:
            progress(done, len(waiting))
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


def _waiting(run: ImportRun) -> list[tuple[int, str]]:
    """Return the rows that wait in the order of their days: numbers follow the days, an earlier item comes first."""
    rows = run.rows.filter(fate=RowFate.ACCEPTED.value).values_list(
        "pk", "line", "source_number", "cells__cells__received_on", "cells__cells__registered_on"
    )
    ordered = sorted((_day(entered or came), line, pk, number) for pk, line, number, came, entered in rows)
    return [(pk, number) for _, line, pk, number in ordered]


def _day(written: object) -> date:
    try:
        return read_day(str(written))
    except Refusal:
        return date.max


@transaction.atomic
def import_row(*, row_id: int, reference: Reference, by: Staff, at: datetime, scan: Path | None = None) -> ImportRow:
    """导入一行: carry one row through the acts it proves; what a rule refuses is written down and nothing else."""
    row = ImportRow.objects.select_for_update(of=("self",)).get(pk=row_id)
    if row.fate != RowFate.ACCEPTED.value:
        return row
    read = rules.read_row(queries.waiting_cells(row), reference=reference, today=local_day(at))
    if read.source_number in queries.known_numbers([read.source_number]):
        return _settle(row, RowFate.KNOWN, ("这个信访件编号已经在册",), cells={"summary": read.summary})
    if read.row is None:
        return _settle(row, RowFate.REFUSED, read.reasons, cells=row.cells)
    try:
        with transaction.atomic(), held(), journal.importing(row.run_id):
            carried = carry(read.row, by=by, at=at, scan=scan)
    except Refusal as refusal:
        return _settle(row, RowFate.REFUSED, (refusal.words,), cells=row.cells)
    row.petition_id = carried.petition_id
    return _settle(row, RowFate.IMPORTED, (*read.hints, *carried.hints), cells={"summary": read.summary})


def _settle(row: ImportRow, fate: RowFate, reasons: tuple[str, ...], *, cells: dict[str, object]) -> ImportRow:
    """Write the fate of a row; what was taken in stands in the register, so its cells are not kept twice."""
    row.fate, row.reasons, row.cells = fate.value, list(reasons), cells
    row.save(update_fields=["fate", "reasons", "cells", "petition_id"])
    return row


def scans_of(folder: Path | None) -> dict[str, Path]:
    """Return the scans of a folder by the number that their name is; other files are not looked at."""
    if folder is None:
        return {}
    if not folder.is_dir():
        raise Refusal("ledger.no_scans_folder", f"没有扫描件文件夹 {folder}")
    found = (path for path in sorted(folder.iterdir()) if path.suffix.lower() in SCANS and path.is_file())
    return {path.stem: path for path in found}
