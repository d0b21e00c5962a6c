"""我的阅批: a leader's own first page on the phone: what waits, the next receptions, what came of everything."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.accounts.models import Staff
from huiyin.county.office.models import ReceptionDay
from huiyin.county.reception import queries
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.rules import LEADERS, may_instruct
from huiyin.county.reception.states import InstructionState, PutReason
from huiyin.interfaces.components.links import Chip, Chips
from huiyin.interfaces.components.numbers import Stat, StatStrip
from huiyin.interfaces.components.petitions import DueBadge, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.kernel.calendar import local_day, show_day, show_weekday
from huiyin.kernel.periods import year

from .access import needs, staff_of
from .instructions_screen import note_of
from .petition_screen import TONES

NEXT_DAYS = 4


@dataclass(frozen=True, slots=True)
class LeaderBlock:
    """What stands at the top of a leader's day: three numbers and the queue."""

    strip: StatStrip
    queue: DataTable


@dataclass(frozen=True, slots=True)
class LeaderScreen:
    """A leader's own page."""

    block: LeaderBlock
    days: DataTable
    came_title: str
    years: Chips
    came: DataTable


@needs(LEADERS)
@require_safe
def leaders(request: HttpRequest) -> HttpResponse:
    """我的阅批、我的接访."""
    by, today = staff_of(request), local_day(timezone.now())
    asked = request.GET.get("year", "")
    of_year = int(asked) if asked.isdecimal() and today.year - 5 <= int(asked) <= today.year else today.year
    period = year(of_year)
    screen = LeaderScreen(
        block=block_of(by, today),
        days=_days(by, today),
        came_title=f"{of_year}年接访、阅批的结果",
        years=_years(of_year, today),
        came=_came(queries.came_of(by, first_on=period.first, last_on=period.last), today),
    )
    return render(request, "leaders.html", {"screen": screen})


def leader_block(by: Staff, today: date) -> LeaderBlock | None:
    """Return the block for the first page of a leader, and nothing for anybody else."""
    return block_of(by, today) if may_instruct(by) else None


def block_of(by: Staff, today: date) -> LeaderBlock:
    """Return a leader's three numbers and the queue of what waits to be read."""
    own = Instruction.objects.visible_to(by).before(by)
    waiting = list(own.unread().select_related("petition").order_by("put_at", "pk"))
    receptions = ReceptionDay.objects.filter(leader=by, on=today, cancelled_at=None).order_by("from_time", "pk")
    parties = sum(day.receptions.waiting().count() for day in receptions)
    first_day = receptions.first()
    strip = StatStrip(
        label="我的阅批和接访",
        items=(
            Stat(label="待我阅批", value=len(waiting), href=reverse("leaders"), tone="warn"),
            Stat(
                label="我的批示待落实",
                value=own.to_carry_out().count(),
                href=f"{reverse('instructions')}?state={InstructionState.TO_CARRY_OUT.value}",
                tone="info",
            ),
            Stat(
                label="今天等候接访",
                value=parties,
                unit="批",
                href=reverse("reception_day", args=[first_day.pk]) if first_day else "",
                tone="warn",
            ),
        ),
    )
    return LeaderBlock(strip=strip, queue=_queue(waiting, by))


def _queue(waiting: list[Instruction], by: Staff) -> DataTable:
    return DataTable(
        caption="待我阅批",
        columns=(
            Column(label="概况", width="wide"),
            Column(label="送阅理由", width="fit"),
            Column(label="编号", width="fit"),
            Column(label="送阅", width="fit"),
        ),
        rows=tuple(
            Row(
                href=reverse("instruction", args=[row.pk]),
                tone="warn" if row.reason == PutReason.URGENT.value else "plain",
                cells=(
                    Cell(text=row.petition.summary, sub=note_of(row, by=by)),
                    Cell(text=PutReason(row.reason).label),
                    Cell(text=row.petition.number),
                    Cell(text=show_day(local_day(row.put_at)) if row.put_at else ""),
                ),
            )
            for row in waiting
        ),
        empty=EmptyState(title="没有待阅批的信访件"),
    )


def _days(by: Staff, today: date) -> DataTable:
    days = ReceptionDay.objects.filter(leader=by, on__gte=today, cancelled_at=None)
    return DataTable(
        caption="我的接待日",
        columns=(
            Column(label="日期", width="fit"),
            Column(label="时间", width="fit"),
            Column(label="地点"),
            Column(label="预约", width="fit"),
            Column(label="已到", width="fit"),
        ),
        rows=tuple(
            Row(
                href=reverse("reception_day", args=[line.day.pk]),
                tone="info" if line.day.on == today else "plain",
                cells=(
                    Cell(text=f"{show_day(line.day.on)}（{show_weekday(line.day.on)}）"),
                    Cell(text=hours_of(line.day)),
                    Cell(text=line.day.place),
                    Cell(text=f"{line.booked}批"),
                    Cell(text=f"{line.came}批"),
                ),
            )
            for line in queries.roster(days)[:NEXT_DAYS]
        ),
        empty=EmptyState(title="近期没有安排您接待"),
    )


def hours_of(day: ReceptionDay) -> str:
    """Return from when until when a leader receives."""
    if day.from_time is None or day.until_time is None:
        return "工作时间"
    return f"{day.from_time:%H:%M}–{day.until_time:%H:%M}"


def _years(chosen: int, today: date) -> Chips:
    href = reverse("leaders")
    return Chips(
        label="年度",
        items=tuple(
            Chip(label=f"{one}年", href=f"{href}?year={one}", active=one == chosen)
            for one in (today.year, today.year - 1)
        ),
    )


def _came(rows: list[queries.CameOf], today: date) -> DataTable:
    return DataTable(
        caption="接访、阅批的结果",
        columns=(
            Column(label="信访件", width="wide"),
            Column(label="方式", width="fit"),
            Column(label="我的意见", width="wide"),
            Column(label="状态", width="fit"),
            Column(label="现由谁负责"),
            Column(label="下一期限", width="fit"),
            Column(label="评价", width="fit"),
        ),
        rows=tuple(_came_row(row, today) for row in rows),
        empty=EmptyState(title="还没有接访或阅批过信访件"),
    )


def _came_row(row: queries.CameOf, today: date) -> Row:
    due = Cell(component=DueBadge(due_on=row.next_due_on, today=today)) if row.next_due_on else Cell()
    late = row.next_due_on is not None and row.next_due_on < today
    return Row(
        href=reverse("petition", args=[row.petition_id]),
        tone="bad" if late else "plain",
        cells=(
            Cell(text=row.summary, sub=row.number),
            Cell(text=row.how, sub=show_day(row.on)),
            Cell(text=row.words),
            Cell(component=StateBadge(label=row.state.label, tone=TONES.get(row.state, "info"))),
            Cell(text=row.owner),
            due,
            Cell(text=row.evaluation),
        ),
    )
