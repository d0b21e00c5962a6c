"""What the page of one import shows: how many rows have which fate, why, and how far the worker is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse

from huiyin.county.ledger.models import ImportRow, ImportRun
from huiyin.county.ledger.states import RowFate, RunState
from huiyin.county.registry.states import Confidentiality
from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.links import ButtonForm, Chip, Chips, Crumb, Pagination, Step, Steps
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.numbers import Stat, StatStrip
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.interfaces.ledgers import open_ones

from .access import staff_of
from .paging import pagination_of

PAGE_SIZE = 100
TONES: dict[RunState, Tone] = {RunState.CHECKED: "info", RunState.RUNNING: "warn", RunState.FINISHED: "good"}
FATE_TONES: dict[RowFate, Tone] = {
    RowFate.ACCEPTED: "info",
    RowFate.IMPORTED: "good",
    RowFate.KNOWN: "plain",
    RowFate.REFUSED: "bad",
}


@dataclass(frozen=True, slots=True)
class ImportRunScreen:
    """One import."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    badge: StateBadge
    steps: Steps
    alert: Alert | None
    counts: StatStrip
    is_running: bool
    follow_href: str
    done: int
    total: int
    carry_out: ButtonForm | None
    chips: Chips
    table: DataTable


def screen_of(run: ImportRun, request: HttpRequest) -> ImportRunScreen:
    """Return the page of one import, its rows narrowed to one fate where the address asks for it."""
    state = RunState(run.state)
    counted = dict(run.rows.values_list("fate").annotate(count=Count("pk")).order_by("fate"))
    counts = {fate: counted.get(fate.value, 0) for fate in RowFate}
    is_sent = state is RunState.CHECKED and request.GET.get("sent") == "1"
    is_running = state is RunState.RUNNING or is_sent
    wanted = request.GET.get("fate", "")
    rows = run.rows.order_by("line")
    page = Paginator(rows.filter(fate=wanted) if wanted in set(RowFate) else rows, PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return ImportRunScreen(
        title=run.name,
        lead=f"{run.started_by.name} {moment_words(run.started_at)} 试运行，共 {sum(counts.values())} 行",
        crumbs=(Crumb(label="台账导入", href=reverse("imports")),),
        badge=StateBadge(label="排队中" if is_sent else state.label, tone=TONES[state]),
        steps=_steps(state, is_sent=is_sent),
        alert=_alert(state, counts, is_sent=is_sent),
        counts=StatStrip(label="各行结果", items=tuple(_stat(run, fate, count) for fate, count in counts.items())),
        is_running=is_running,
        follow_href=request.get_full_path(),
        done=counts[RowFate.IMPORTED],
        total=counts[RowFate.IMPORTED] + counts[RowFate.ACCEPTED],
        carry_out=_button(run, state, counts, is_sent=is_sent),
        chips=_chips(run, counts, wanted),
        table=_table(
            page.object_list,
            shown=open_ones(page.object_list, by=staff_of(request)),
            pagination=pagination_of(request, page),
        ),
    )


def _steps(state: RunState, *, is_sent: bool) -> Steps:
    reached = {RunState.CHECKED: 2, RunState.RUNNING: 3, RunState.FINISHED: 5}[state] + is_sent
    labels = ("选择文件", "对应表头", "试运行", "正式导入", "导入报告")
    return Steps(
        label="导入过程",
        items=tuple(
            Step(label=label, state="done" if place < reached else "now" if place == reached else "todo")
            for place, label in enumerate(labels)
        ),
    )


def _alert(state: RunState, counts: dict[RowFate, int], *, is_sent: bool) -> Alert | None:
    if is_sent:
        return Alert(words="已交给后台导入，这一页会自动更新，可以离开去做别的事。")
    if state is RunState.RUNNING:
        return Alert(words="正在导入，这一页会自动更新；中断了会接着做，不会重复。")
    if state is RunState.FINISHED:
        imported, known, refused = (counts[fate] for fate in (RowFate.IMPORTED, RowFate.KNOWN, RowFate.REFUSED))
        words = f"导入 {imported} 件，已存在 {known} 件，未导入 {refused} 行。"
        return Alert(kind="warn" if refused else "good", title="导入完成", words=words)
    if counts[RowFate.REFUSED]:
        words = f"有 {counts[RowFate.REFUSED]} 行不能导入，原因列在下面。可以改好表格重新上传，也可以先导入其余各行。"
        return Alert(kind="warn", title="试运行完成，还没有写入", words=words)
    return Alert(kind="good", title="试运行完成，还没有写入", words="请核对后正式导入。")


def _stat(run: ImportRun, fate: RowFate, count: int) -> Stat:
    tone: Tone = "bad" if fate is RowFate.REFUSED else "plain"
    return Stat(label=fate.label, value=count, unit="行", href=f"{_href(run)}?fate={fate.value}", tone=tone)


def _button(run: ImportRun, state: RunState, counts: dict[RowFate, int], *, is_sent: bool) -> ButtonForm | None:
    if state is not RunState.CHECKED or is_sent or not counts[RowFate.ACCEPTED]:
        return None
    return ButtonForm(
        label=f"正式导入 {counts[RowFate.ACCEPTED]} 件",
        action=reverse("import_carry_out", args=[run.pk]),
        kind="primary",
        icon="upload",
        confirm="导入后给每件编号，日期照原表，不发通知。确定导入吗？",
    )


def _chips(run: ImportRun, counts: dict[RowFate, int], wanted: str) -> Chips:
    items = [Chip(label="全部行", href=_href(run), active=wanted not in set(RowFate))]
    items += [
        Chip(label=fate.label, href=f"{_href(run)}?fate={fate.value}", active=wanted == fate.value, count=count)
        for fate, count in counts.items()
    ]
    return Chips(label="只看", items=tuple(items))


def _href(run: ImportRun) -> str:
    return reverse("import_run", args=[run.pk])


def _table(rows: Iterable[ImportRow], *, shown: frozenset[int], pagination: Pagination) -> DataTable:
    return DataTable(
        caption="逐行结果",
        columns=(
            Column(label="行", align="end", width="fit"),
            Column(label="原编号", width="fit"),
            Column(label="概况", width="wide"),
            Column(label="结果", width="fit"),
            Column(label="说明"),
        ),
        rows=tuple(_row(row, shown) for row in rows),
        empty=EmptyState(title="没有这样的行"),
        pagination=pagination,
    )


def _row(row: ImportRow, shown: frozenset[int]) -> Row:
    fate, is_shown = RowFate(row.fate), row.petition_id is None or row.petition_id in shown
    return Row(
        href=reverse("petition", args=[row.petition_id]) if row.petition_id and is_shown else "",
        tone="bad" if fate is RowFate.REFUSED else "plain",
        cells=(
            Cell(text=str(row.line)),
            Cell(text=row.source_number if is_shown else ""),
            Cell(text=str(row.cells.get("summary", "")) if is_shown else Confidentiality.SEALED.label),
            Cell(component=StateBadge(label=fate.label, tone=FATE_TONES[fate])),
            Cell(text="；".join(str(reason) for reason in row.reasons)),
        ),
    )
