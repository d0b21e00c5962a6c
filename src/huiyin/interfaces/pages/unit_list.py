"""交办件 of one unit: grouped by what is to do, each with the date that comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.querysets import AssignmentQuerySet
from huiyin.county.assignment.states import REPORTS_BACK, AssignmentState
from huiyin.county.registry.models import Deadline
from huiyin.interfaces.components.petitions import DueBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.kernel.clocks import LAPSING, Clock
from huiyin.kernel.words import Word

from .moved_dues import LEAD

FINISHED_SHOWN = 50
COLUMNS = (
    Column(label="文号", width="fit"),
    Column(label="概况", width="wide"),
    Column(label="承办人", phone="hide"),
    Column(label="下一期限", width="fit"),
    Column(label="办结期限", width="fit", phone="hide"),
)


class Group(Word):
    """本单位要做的事, the most pressing first."""

    RECTIFY = "rectify", "退回补正"
    SIGN = "sign", "待签收"
    WORK = "work", "办理中"
    DISPUTED = "disputed", "异议处理中"
    WAITING = "waiting", "已反馈，等待审核"
    REFERRED = "referred", "转送本单位的"
    DONE = "done", "已办结"


GROUP_OF = {
    AssignmentState.ISSUED: Group.SIGN,
    AssignmentState.SIGNED: Group.WORK,
    AssignmentState.DISPUTED: Group.DISPUTED,
    AssignmentState.REPORTED: Group.WAITING,
    AssignmentState.RETURNED: Group.RECTIFY,
    AssignmentState.VERIFIED: Group.DONE,
}


@dataclass(frozen=True, slots=True)
class GroupOfWork:
    """One group with its assignments."""

    title: str
    table: DataTable


@dataclass(frozen=True, slots=True)
class UnitListScreen:
    """What a unit's people see first."""

    lead: str
    moved: DataTable | None
    moved_lead: str
    groups: tuple[GroupOfWork, ...]


def screen_for(by: Staff, *, today: date, moved: DataTable | None) -> UnitListScreen:
    """Return the assignments of a unit by what is to do; what is done shows the last ones only."""
    rows = Assignment.objects.visible_to(by).select_related("petition").defer("petition__grams", "petition__searchable")
    clocks = Deadline.objects.running().filter(unit__code=by.unit_code).exclude(clock__in=sorted(LAPSING))
    found = rows.prefetch_related(
        Prefetch("petition__deadlines", queryset=clocks.order_by("due_on", "pk"), to_attr="own_clocks")
    )
    by_group: dict[Group, list[Assignment]] = {group: [] for group in Group}
    for row in (*_open(found), *_ended(found)):
        by_group[_group_of(row)].append(row)
    groups = tuple(
        GroupOfWork(f"{group.label}　{len(found)}件", _table(group, found, today))
        for group, found in by_group.items()
        if found
    )
    waiting = sum(len(by_group[group]) for group in (Group.RECTIFY, Group.SIGN, Group.WORK))
    lead = f"有{waiting}件等着本单位办理。" if waiting else "本单位没有等待办理的交办件。"
    return UnitListScreen(lead=lead, moved=moved, moved_lead=LEAD, groups=groups)


def _open(rows: AssignmentQuerySet) -> Iterable[Assignment]:
    return rows.open().order_by("due_on", "pk")


def _ended(rows: AssignmentQuerySet) -> Iterable[Assignment]:
    return rows.filter(state=AssignmentState.VERIFIED.value).order_by("-issued_at", "-pk")[:FINISHED_SHOWN]


def _group_of(row: Assignment) -> Group:
    group = GROUP_OF[AssignmentState(row.state)]
    is_open = group not in {Group.DISPUTED, Group.DONE}
    return Group.REFERRED if is_open and row.kind not in REPORTS_BACK else group


def _table(group: Group, rows: list[Assignment], today: date) -> DataTable:
    return DataTable(
        caption=group.label,
        columns=COLUMNS,
        rows=tuple(_row(row, today) for row in rows),
        empty=EmptyState(title="没有"),
    )


def _row(row: Assignment, today: date) -> Row:
    running: list[Deadline] = row.petition.own_clocks  # type: ignore[attr-defined]  # prefetched by screen_for
    first = running[0] if running else None
    badge = DueBadge(label=Clock(first.clock).label, due_on=first.due_on, today=today) if first else None
    reported = row.state in {AssignmentState.REPORTED.value, AssignmentState.VERIFIED.value}
    due = DueBadge(due_on=row.due_on, today=today) if row.due_on and not reported else None
    handler = "　".join(part for part in (row.handler_name, row.handler_phone) if part)
    return Row(
        href=reverse("assignment", args=[row.pk]),
        tone="bad" if badge is not None and badge.days_left < 0 else "plain",
        cells=(
            Cell(text=row.number),
            Cell(text=row.petition.summary, sub=row.petition.number),
            Cell(text=handler),
            Cell(component=badge),
            Cell(component=due),
        ),
    )
