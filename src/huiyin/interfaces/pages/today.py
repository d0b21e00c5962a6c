"""今日: what is due, what is late, what waits, and the four promises of the year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import OFFICE_ROLES, READS_PETITIONS, Role
from huiyin.county.analysis import queries
from huiyin.county.analysis.moved import moved_for_owner
from huiyin.county.analysis.rules import PromiseTable, may_see_promises
from huiyin.county.analysis.waiting import Day, UnitWaiting, Waiting, day_of, most_urgent
from huiyin.county.office.rules import may_keep_office
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.rules import may_carry_out
from huiyin.county.registry.models import Deadline
from huiyin.county.registry.queries.receipts import waiting_receipts
from huiyin.county.registry.queries.withheld import secret_from
from huiyin.county.registry.rules import may_take_receipt
from huiyin.county.registry.states import OWN_CHANNELS, State
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.numbers import PromiseCard, Stat, StatStrip
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.kernel.calendar import local_day, show_day, show_weekday
from huiyin.kernel.deadlines import Due
from huiyin.kernel.periods import year

from .access import needs, open_to_all, staff_of
from .hearings import missing_alert
from .leaders import LeaderBlock, leader_block
from .moved_dues import LEAD, moved_table
from .periods_words import closing_alert
from .petition_filters import DueChoice
from .petition_lines import due_badge
from .petition_screen import TONES
from .promise_cards import promise_cards
from .receipts import rows_of

URGENT = 12
REMINDED_OF_THE_HEARING = frozenset({Role.CLERK, Role.HEAD, Role.LEADER, Role.GROUP_HEAD})


@dataclass(frozen=True, slots=True)
class TodayScreen:
    """The day of one person."""

    title: str
    lead: str
    leader: LeaderBlock | None
    hearing: Alert | None
    closing: Alert | None
    dues: StatStrip | None
    office: StatStrip | None
    units: StatStrip | None
    promises_title: str
    promises_href: str
    cards: tuple[PromiseCard, ...]
    moved: DataTable | None
    moved_lead: str
    urgent: DataTable | None
    waiting: DataTable | None
    waiting_href: str
    nothing: EmptyState | None


@open_to_all
@require_safe
def today(request: HttpRequest) -> HttpResponseBase:
    """Show each their own first page: the office its day, a unit its assignments, a petitioner the portal."""
    if not request.user.is_authenticated:
        return redirect("portal")
    if staff_of(request).is_of_unit:
        return redirect("assignments")
    return day(request)


@needs(OFFICE_ROLES)
def day(request: HttpRequest) -> HttpResponse:
    """今日 of whoever works in the office."""
    by, at = staff_of(request), timezone.now()
    return render(request, "today.html", {"screen": screen_of(by, at=at)})


def screen_of(by: Staff, *, at: datetime) -> TodayScreen:
    """Return the day; whoever sees no petition is shown the receipts, or that nothing waits here."""
    on = local_day(at)
    title, lead = f"{by.name}，今天是{show_day(on)}", show_weekday(on)
    reads, sees_promises = bool(by.role_set & READS_PETITIONS), may_see_promises(by)
    works_here = reads or may_take_receipt(by)
    counted = day_of(by, today=on)
    column = _promises(by, at=at).first if sees_promises else None
    return TodayScreen(
        title=title,
        lead=lead,
        leader=leader_block(by, on),
        hearing=_hearing(by, on),
        closing=closing_alert(by, at=at),
        dues=_dues(counted) if reads else None,
        office=StatStrip(label="信访办待办", items=tuple(_office(counted, by))) if works_here else None,
        units=_units(counted) if reads else None,
        promises_title=f"{on.year}年四个百分之百（来信来访）",
        promises_href=reverse("promises"),
        cards=promise_cards(column, query=f"year={on.year}") if column else (),
        moved=_moved(by, at) if reads else None,
        moved_lead=LEAD,
        urgent=_urgent(by, on) if reads else None,
        waiting=_waiting(by, on) if may_take_receipt(by) else None,
        waiting_href=f"{reverse('receipts')}?waiting=1",
        nothing=None if works_here else _nothing(),
    )


def _promises(by: Staff, *, at: datetime) -> PromiseTable:
    this_year = year(local_day(at).year)
    return queries.promises_at_a_glance(this_year, at=at, channels=OWN_CHANNELS, secret=secret_from(by))


def _nothing() -> EmptyState:
    return EmptyState(title="这里没有需要您办理的事", words="您的岗位不查看信访件内容；县管理员管理账号、单位和规则。")


def _dues(counted: Day) -> StatStrip:
    href = reverse("petitions")
    return StatStrip(
        label="期限",
        items=(
            Stat(label="今天到期", value=counted.due_today, href=f"{href}?due={DueChoice.TODAY}", tone="warn"),
            Stat(label="七日内到期", value=counted.due_soon, href=f"{href}?due={DueChoice.SOON}&sort=due", tone="info"),
            Stat(label="已逾期", value=counted.overdue, href=f"{href}?due={DueChoice.OVERDUE}&sort=due", tone="bad"),
        ),
    )


def _office(counted: Day, by: Staff) -> Iterator[Stat]:
    if may_take_receipt(by):
        yield Stat(label="待登记", value=counted.receipts, href=f"{reverse('receipts')}?waiting=1", tone="warn")
    if by.role_set & READS_PETITIONS:
        href = reverse("petitions")
        for one in Waiting:
            yield Stat(label=one.label, value=counted.petitions[one], href=f"{href}?waiting={one.value}")
    if may_carry_out(by):
        waiting = Instruction.objects.visible_to(by).to_carry_out().count()
        yield Stat(label="待落实批示", value=waiting, href=reverse("instructions"), tone="warn")


def _hearing(by: Staff, on: date) -> Alert | None:
    if not by.role_set & REMINDED_OF_THE_HEARING:
        return None
    return missing_alert(today=on, href=reverse("hearing_new") if may_keep_office(by) else reverse("hearings"))


def _units(counted: Day) -> StatStrip:
    href = reverse("assignments")
    labels = {
        UnitWaiting.SIGN: "未签收",
        UnitWaiting.REPORT: "办理中未反馈",
        UnitWaiting.VERIFY: "反馈待审核",
        UnitWaiting.RECTIFY: "退回待补正",
    }
    return StatStrip(
        label="承办单位",
        items=tuple(
            Stat(label=label, value=counted.assignments[one], href=f"{href}?waiting={one.value}")
            for one, label in labels.items()
        ),
    )


def _waiting(by: Staff, on: date) -> DataTable | None:
    """Return the receipts that wait for their registration, the urgent and the oldest first."""
    found = list(waiting_receipts(by)[:URGENT])
    if not found:
        return None
    return DataTable(
        caption="待登记的收件",
        columns=(
            Column(label="收件号", width="fit"),
            Column(label="收件日期", width="fit", phone="hide"),
            Column(label="形式", width="fit"),
            Column(label="来信来访人"),
            Column(label="人数", align="end", width="fit", phone="hide"),
            Column(label="经手", width="fit", phone="hide"),
            Column(label="登记期限"),
        ),
        rows=rows_of(found, by, today=on),
    )


def _moved(by: Staff, at: datetime) -> DataTable | None:
    found = moved_for_owner(by, at=at)
    return moved_table(found, hrefs=[reverse("petition", args=[one.link_id]) for one in found])


def _urgent(by: Staff, on: date) -> DataTable:
    return DataTable(
        caption="最近的期限",
        columns=(
            Column(label="编号", width="fit"),
            Column(label="概况", width="wide"),
            Column(label="状态", width="fit"),
            Column(label="承办单位", phone="hide"),
            Column(label="期限"),
        ),
        rows=tuple(_urgent_row(row, on) for row in most_urgent(by, limit=URGENT)),
        empty=EmptyState(title="没有在途的期限", words="登记、交办之后，期限会列在这里。"),
    )


def _urgent_row(row: Deadline, on: date) -> Row:
    badge = due_badge(row, today=on, explanation=Due.from_values(row.explanation).explain())
    state = State(row.petition.state)
    return Row(
        href=reverse("petition", args=[row.petition_id]),
        tone="bad" if badge.days_left < 0 else "plain",
        cells=(
            Cell(text=row.petition.number),
            Cell(text=row.petition.summary),
            Cell(component=StateBadge(label=state.label, tone=TONES.get(state, "info"))),
            Cell(text=row.unit.name if row.unit else "信访办公室"),
            Cell(component=badge),
        ),
    )
