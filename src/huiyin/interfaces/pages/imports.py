"""台账导入: upload, say which column is what, try it row by row, carry it out, read what became of each row."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.county.ledger.headings import ColumnMapping, guess_mapping
from huiyin.county.ledger.models import ImportRun
from huiyin.county.ledger.rules import IMPORTERS
from huiyin.county.ledger.states import RunState
from huiyin.interfaces import submissions
from huiyin.interfaces.components.links import Crumb
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.interfaces.ledgers import Upload, found_run, leave_to_the_worker, try_out
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .import_forms import MappedColumn, MappingForm, UploadForm, mapped_columns
from .import_screen import TONES, screen_of
from .paging import pagination_of

PAGE_SIZE = 30
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class ImportsScreen:
    """The first page of the import: the upload and what was imported before."""

    form: UploadForm
    action: str
    runs: DataTable


@dataclass(frozen=True, slots=True)
class MappingScreen:
    """Which column holds what."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    form: MappingForm
    columns: tuple[MappedColumn, ...]
    action: str


@needs(IMPORTERS)
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """台账导入: take a file, keep its content, and go on to its columns."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["sheet"]
        try:
            upload = Upload.take(file.read(), name=file.name, by=staff_of(request))
        except Refusal as refusal:
            form.add_error("sheet", refusal.words)
        else:
            return redirect(f"{reverse('import_mapping')}?{urlencode({'file': upload.written()})}")
    screen = ImportsScreen(form=form, action=request.path, runs=_runs(request))
    return render(request, "imports.html", {"screen": screen}, status=UNPROCESSABLE if form.errors else 200)


def _runs(request: HttpRequest) -> DataTable:
    rows = ImportRun.objects.select_related("started_by").order_by("-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return DataTable(
        caption="导入记录",
        columns=(
            Column(label="文件"),
            Column(label="状态", width="fit"),
            Column(label="试运行", width="fit"),
            Column(label="完成", width="fit"),
            Column(label="经手", width="fit", phone="hide"),
        ),
        rows=tuple(_run_row(run) for run in page.object_list),
        empty=EmptyState(title="还没有导入过台账", words="选择一个文件开始；试运行不写入任何内容。"),
        pagination=pagination_of(request, page),
    )


def _run_row(run: ImportRun) -> Row:
    state = RunState(run.state)
    return Row(
        href=reverse("import_run", args=[run.pk]),
        cells=(
            Cell(text=run.name),
            Cell(component=StateBadge(label=state.label, tone=TONES[state])),
            Cell(text=moment_words(run.started_at)),
            Cell(text=moment_words(run.finished_at) if run.finished_at else ""),
            Cell(text=run.started_by.name),
        ),
    )


@needs(IMPORTERS)
@require_http_methods(["GET", "POST"])
def import_mapping(request: HttpRequest) -> HttpResponse:
    """对应表头: guess which column holds what, let a person correct it, then try every row."""
    upload = Upload.read(request.GET.get("file", ""))
    sheet = upload.sheet()
    form = MappingForm(request.POST or None, mapping=guess_mapping(sheet.headings))
    if request.method == "POST" and form.is_valid():
        try:
            run_id = _tried(request, upload, form.mapping())
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            return redirect("import_run", run_id)
    screen = MappingScreen(
        title="对应表头",
        lead=f"{upload.name}，{len(sheet.rows)} 行，表头在第 {sheet.heading_line} 行",
        crumbs=(Crumb(label="台账导入", href=reverse("imports")),),
        form=form,
        columns=mapped_columns(form, sheet),
        action=request.get_full_path(),
    )
    return render(request, "import_mapping.html", {"screen": screen}, status=UNPROCESSABLE if form.errors else 200)


def _tried(request: HttpRequest, upload: Upload, mapping: ColumnMapping) -> object:
    by, at, values = staff_of(request), timezone.now(), mapping.as_values()
    answer = submissions.once(
        key=request.POST.get("form_token", ""),
        sent={"sha256": upload.sha256, "mapping": values},
        at=at,
        act=lambda: {"run": try_out(upload, mapping, by=by, at=at).pk},
    )
    return answer["run"]


@needs(IMPORTERS)
@require_safe
def import_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """One import: the dry run, then its progress, then the report, row by row."""
    run = found_run(run_id, by=staff_of(request))
    return render(request, "import_run.html", {"screen": screen_of(run, request)})


@needs(IMPORTERS)
@require_POST
def import_carry_out(request: HttpRequest, run_id: int) -> HttpResponse:
    """正式导入: leave it to the worker; the page follows it."""
    by, at = staff_of(request), timezone.now()
    run = found_run(run_id, by=by)

    def act() -> dict[str, str | int | None]:
        leave_to_the_worker(run, by=by, at=at)
        return {"run": run.pk}

    submissions.once(key=request.POST.get("form_token", ""), sent={"run": run.pk}, at=at, act=act)
    return redirect(f"{reverse('import_run', args=[run.pk])}?sent=1")
