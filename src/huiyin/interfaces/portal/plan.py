"""年度监督工作计划, published: what the standing committee looks into this year, read without an account (JD24 §63)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.county.supervision.models import SupervisionPlan
from huiyin.county.supervision.states import ActivityKind, PlanState
from huiyin.county.supervision.statutes import cited
from huiyin.interfaces.components.links import Chip, Chips
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.pages.access import open_to_all
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day, show_day

YEARS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class PlanScreen:
    """The plan in force of one year."""

    office: str
    title: str
    lead: str
    years: Chips | None
    items: DataTable


@open_to_all
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """年度监督工作计划: the version in force of the year that was asked for, else of the latest year."""
    published = SupervisionPlan.objects.filter(state=PlanState.PUBLISHED.value).select_related("meeting")
    rows = {row.year: row for row in published.order_by("-year")[:YEARS_SHOWN]}
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in rows else next(iter(rows), local_day(timezone.now()).year)
    row = rows.get(year)
    screen = PlanScreen(
        office=tenant.current().name,
        title=f"{year}年度监督工作计划",
        lead=_lead(row) if row else "",
        years=_years(tuple(rows), year),
        items=_items(row),
    )
    return render(request, "portal_plan.html", {"screen": screen})


def _lead(row: SupervisionPlan) -> str:
    passed = f"{show_day(row.meeting.held_on)}{row.meeting}通过" if row.meeting else ""
    published = f"，{show_day(local_day(row.published_at))}公布" if row.published_at else ""
    adjusted = f"。第{row.version}版，调整原因：{row.change_words}" if row.version > 1 else ""
    return f"{passed}{published}{adjusted}"


def _years(years: tuple[int, ...], chosen: int) -> Chips | None:
    if len(years) < 2:  # noqa: PLR2004  # a choice needs two
        return None
    href = reverse("portal_plan")
    return Chips(
        label="年度",
        items=tuple(Chip(label=f"{one}年", href=f"{href}?year={one}", active=one == chosen) for one in years),
    )


def _items(row: SupervisionPlan | None) -> DataTable:
    items = row.items.order_by("code") if row else ()
    return DataTable(
        caption="计划项目",
        columns=(
            Column(label="项目", width="wide"),
            Column(label="监督方式", width="fit"),
            Column(label="组织实施", width="normal"),
            Column(label="时间安排", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=item.title, sub=cited(item.statute_code, item.articles)),
                    Cell(text=ActivityKind(item.kind).label),
                    Cell(text=item.organiser),
                    Cell(text=item.timing),
                )
            )
            for item in items
        ),
        empty=EmptyState(title="年度监督工作计划还没有公布"),
    )
