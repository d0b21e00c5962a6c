"""台账导入 by API: the same file, columns, dry run, import and report as on the screen."""

from datetime import datetime
from typing import Annotated

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Query, Router, Schema, UploadedFile
from pydantic import Field as Rule

from huiyin.county.ledger import rules
from huiyin.county.ledger.headings import ColumnMapping, guess_mapping
from huiyin.county.ledger.models import ImportRow, ImportRun
from huiyin.county.ledger.states import RowFate, RunState
from huiyin.county.registry.states import Confidentiality
from huiyin.interfaces.ledgers import Upload, found_run, leave_to_the_worker, open_ones, try_out

from .access import caller
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["台账导入"])
LIMIT = 200
SAMPLE_ROWS = 3


class ColumnOut(Schema):
    """One column: its heading, the field it is taken for (empty: not imported) and its first values."""

    heading: str
    field: str
    samples: list[str]


class UploadOut(Schema):
    """An uploaded ledger; ``file`` names it in the next call, for one day."""

    file: str
    name: str
    sha256: str
    heading_line: int
    rows: int
    columns: list[ColumnOut]
    missing: list[str]


class TrialIn(In):
    """试运行: the file, and the headings whose meaning differs from the guess (empty: not imported)."""

    file: Annotated[str, Rule(max_length=600)]
    columns: Annotated[dict[str, str], Rule(max_length=500)] = {}


class RunOut(Schema):
    """One import: how many rows have which fate."""

    id: int
    name: str
    sha256: str
    state: RunState
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    mapping: dict[str, str]
    counts: dict[RowFate, int]

    @classmethod
    def of(cls, run: ImportRun, counted: dict[str, int]) -> "RunOut":
        """Return a run with its rows counted."""
        return cls(
            id=run.pk,
            name=run.name,
            sha256=run.sha256,
            state=RunState(run.state),
            started_by=run.started_by.name,
            started_at=run.started_at,
            finished_at=run.finished_at,
            mapping=run.mapping,
            counts={fate: counted.get(fate.value, 0) for fate in RowFate},
        )


class RowOut(Schema):
    """One row: its fate and why; an accusation shows no content."""

    line: int
    source_number: str
    summary: str
    fate: RowFate
    reasons: list[str]
    petition_id: int | None


class RowPage(Schema):
    """A page of rows."""

    total: int
    items: list[RowOut]


@router.post("/files", response=UploadOut, summary="上传台账文件")
def upload(request: HttpRequest, file: File[UploadedFile]) -> UploadOut:
    """上传: the same content twice is one file, so no key is needed; nothing is imported yet."""
    taken = Upload.take(file.read(), name=file.name or "台账", by=caller(request))
    sheet = taken.sheet()
    mapping = guess_mapping(sheet.headings)
    fields = {position: field.value for position, field in mapping.columns}
    samples = [row.cells for row in sheet.rows[:SAMPLE_ROWS]]
    return UploadOut(
        file=taken.written(),
        name=taken.name,
        sha256=taken.sha256,
        heading_line=sheet.heading_line,
        rows=len(sheet.rows),
        columns=[
            ColumnOut(
                heading=heading,
                field=fields.get(position, ""),
                samples=[cells[position] for cells in samples if position < len(cells) and cells[position]],
            )
            for position, heading in enumerate(sheet.headings)
            if heading
        ],
        missing=[field.label for field in mapping.missing],
    )


@router.post("/", response=Done, summary="试运行")
def try_rows(request: HttpRequest, body: TrialIn) -> Done:
    """试运行: every row is tried and nothing is registered; answers the run."""
    by, at = caller(request), timezone.now()
    rules.check_may_import(by)

    def act() -> Done:
        taken = Upload.read(body.file)
        headings = taken.sheet().headings
        mapping = ColumnMapping.from_values(guess_mapping(headings).changed(body.columns), headings)
        run = try_out(taken, mapping, by=by, at=at)
        return Done(id=run.pk, state=run.state)

    return carried_out(request, body, at, act)


@router.post("/{int:run_id}/carry-out", response=Done, summary="正式导入")
def carry_out(request: HttpRequest, run_id: int) -> Done:
    """正式导入: left to the worker; ask for the run to follow it."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        run = found_run(run_id, by=by)
        leave_to_the_worker(run, by=by, at=at)
        return Done(id=run.pk, state=run.state)

    return carried_out(request, None, at, act)


@router.get("/", response=list[RunOut], summary="导入记录")
def find(request: HttpRequest) -> list[RunOut]:
    """Return the last imports, newest first."""
    rules.check_may_import(caller(request))
    runs = list(ImportRun.objects.select_related("started_by").order_by("-pk")[:LIMIT])
    counted: dict[int, dict[str, int]] = {run.pk: {} for run in runs}
    rows = ImportRun.objects.filter(pk__in=counted).values_list("pk", "rows__fate")
    for pk, fate, count in rows.annotate(count=Count("rows")).order_by("pk", "rows__fate"):
        counted[pk][fate] = count
    return [RunOut.of(run, counted[run.pk]) for run in runs]


@router.get("/{int:run_id}", response=RunOut, summary="一次导入")
def one(request: HttpRequest, run_id: int) -> RunOut:
    """Return one import with its counts: the dry run before it is carried out, the report after."""
    run = found_run(run_id, by=caller(request))
    return RunOut.of(run, dict(run.rows.values_list("fate").annotate(count=Count("pk")).order_by("fate")))


@router.get("/{int:run_id}/rows", response=RowPage, summary="逐行结果")
def report(
    request: HttpRequest,
    run_id: int,
    fate: RowFate | None = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> RowPage:
    """Return the rows of one import in the order of their lines, with what became of each and why."""
    rows = found_run(run_id, by=caller(request)).rows.order_by("line")
    if fate is not None:
        rows = rows.filter(fate=fate.value)
    page = list(rows[offset : offset + limit])
    shown = open_ones(page, by=caller(request))
    items = [row_of(row, is_shown=row.petition_id is None or row.petition_id in shown) for row in page]
    return RowPage(total=rows.count(), items=items)


def row_of(row: ImportRow, *, is_shown: bool) -> RowOut:
    """Return one row; where its petition is sealed to the caller, that it is one and nothing of it."""
    return RowOut(
        line=row.line,
        source_number=row.source_number if is_shown else "",
        summary=str(row.cells.get("summary", "")) if is_shown else Confidentiality.SEALED.label,
        fate=RowFate(row.fate),
        reasons=row.reasons if is_shown else [],
        petition_id=row.petition_id if is_shown else None,
    )
