"""信访件: the list with its conditions, its order, its pages, and the export of exactly what it shows."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.county.analysis.waiting import Waiting
from huiyin.county.registry.rules import may_take_receipt
from huiyin.interfaces.components.links import Button, Chip, Chips, Hidden
from huiyin.interfaces.components.tables import ActiveFilter, Column, DataTable, EmptyState
from huiyin.kernel.calendar import local_day

from .access import OFFICE_READERS, needs, staff_of
from .paging import pagination_of
from .petition_export import exported, listed
from .petition_filters import (
    Chosen,
    DueChoice,
    PetitionFilterForm,
    Whose,
    active_filters,
    chosen_of,
)
from .petition_lines import COLUMNS, Order, Sort, line_of

PAGE_SIZE = 50
SORT_OF_COLUMN = {sort.label: sort for sort in Sort}
WIDE, FIT = frozenset({"概况"}), frozenset({"编号", "收件日期", "形式", "信访人", "状态"})
HIDDEN_ON_A_PHONE = frozenset({"形式"})


@dataclass(frozen=True, slots=True)
class PetitionsScreen:
    """What the list shows."""

    form: PetitionFilterForm
    action: str
    query: str
    result: str
    active: tuple[ActiveFilter, ...]
    reset_href: str
    more_is_open: bool
    order: str
    hidden: tuple[Hidden, ...]
    aside: str
    faults: tuple[str, ...]
    chips: Chips
    table: DataTable
    export: Button
    count: str


@needs(OFFICE_READERS)
@require_safe
def petitions(request: HttpRequest) -> HttpResponse:
    """信访件: what the reader asked for, by pages."""
    today = local_day(timezone.now())
    chosen, order = chosen_of(request), Order.read(request.GET.get("sort", ""))
    found = listed(chosen, order, by=staff_of(request), today=today)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    table = DataTable(
        id="petitions",
        caption="信访件清单",
        columns=_columns(request, order),
        rows=tuple(line_of(petition).row(today=today) for petition in page.object_list),
        empty=_empty(chosen, may_receive=may_take_receipt(staff_of(request))),
        pagination=pagination_of(request, page),
    )
    screen = PetitionsScreen(
        form=chosen.form,
        action=request.path,
        query=chosen.query,
        result=f"找到 {page.paginator.count} 件" if chosen.is_narrowed else "",
        active=active_filters(request, chosen),
        reset_href=request.path if chosen.is_narrowed else "",
        more_is_open=bool(set(chosen.values) - {"q", "state", "unit", "due", "waiting"}),
        order=order.written,
        hidden=chosen.number.hidden if chosen.number else (),
        aside=chosen.number.aside(staff_of(request)) if chosen.number else "",
        faults=chosen.faults,
        chips=_chips(chosen),
        table=table,
        export=Button(
            label="导出",
            href=f"{reverse('petitions_export')}?{request.GET.urlencode()}",
            icon="download",
            download=True,
        ),
        count=f"共 {page.paginator.count} 件",
    )
    return render(request, "petitions.html", {"screen": screen})


@needs(OFFICE_READERS)
@require_safe
def petitions_export(request: HttpRequest) -> HttpResponse:
    """导出: the rows of every page, in the list's columns and order."""
    chosen, order = chosen_of(request), Order.read(request.GET.get("sort", ""))
    return exported(chosen, order, by=staff_of(request), today=local_day(timezone.now()))


def _columns(request: HttpRequest, order: Order) -> tuple[Column, ...]:
    def column(label: str) -> Column:
        sort = SORT_OF_COLUMN.get(label)
        query = request.GET.copy()
        query.pop("page", None)
        if sort is not None:
            query["sort"] = order.turned(sort).written
        return Column(
            label=label,
            width="wide" if label in WIDE else "fit" if label in FIT else "normal",
            phone="hide" if label in HIDDEN_ON_A_PHONE else "show",
            sort_href=f"?{query.urlencode()}" if sort is not None else "",
            sorted=order.direction if sort is order.sort else "",
        )

    return tuple(column(label) for label in COLUMNS)


def _chips(chosen: Chosen) -> Chips:
    href = reverse("petitions")
    quick = [
        *(("waiting", waiting.value, waiting.label) for waiting in Waiting),
        ("due", DueChoice.OVERDUE.value, DueChoice.OVERDUE.label),
        ("due", DueChoice.SOON.value, DueChoice.SOON.label),
        ("whose", Whose.MINE.value, Whose.MINE.label),
    ]
    items = [Chip(label="全部", href=href, active=not chosen.is_narrowed)]
    items += [
        Chip(label=label, href=f"{href}?{name}={value}", active=chosen.values == {name: value} and not chosen.number)
        for name, value, label in quick
    ]
    return Chips(label="常用", items=tuple(items))


def _empty(chosen: Chosen, *, may_receive: bool) -> EmptyState:
    if not chosen.is_narrowed:
        return EmptyState(
            title="还没有信访件",
            words="收到来信来访后先记收件，再登记；以前的台账可以导入。",
            action=Button(label="收件", href=reverse("receipt_new")) if may_receive else None,
        )
    return EmptyState(
        title="没有符合条件的信访件",
        words="换一个词，或去掉一项条件再试；检索认编号、姓名、属地和内容。",
        action=Button(label="清除全部条件", href=reverse("petitions")),
    )
