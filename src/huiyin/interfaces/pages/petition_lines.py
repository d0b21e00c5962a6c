"""One petition as the list shows it and as the export writes it: the same columns in the same order."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Prefetch, QuerySet, Value, When
from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.querysets import PetitionQuerySet
from huiyin.county.registry.states import Channel, Confidentiality, PetitionerKind, State
from huiyin.interfaces.components.petitions import DueBadge, StateBadge
from huiyin.interfaces.components.tables import Cell, Row
from huiyin.interfaces.components.words import day_words
from huiyin.kernel.clocks import Clock
from huiyin.kernel.words import Word

from .petition_screen import TONES

COLUMNS = ("编号", "收件日期", "形式", "信访人", "概况", "承办单位", "状态", "期限")
HEAVY = ("grams", "searchable", "content", "reading_note")
STATE_AT, DUE_AT = COLUMNS.index("状态"), COLUMNS.index("期限")


class Sort(Word):
    """The orders of the list; the number is the direction a first click gives."""

    RECEIVED = "received", "收件日期"
    NUMBER = "number", "编号"
    DUE = "due", "期限"
    STATE = "state", "状态"


# 按状态和期限排序会透露检举控告件的办理情况，与筛选同样处理。
TELLING = frozenset({Sort.DUE, Sort.STATE})


@dataclass(frozen=True, slots=True)
class Order:
    """How the list is sorted."""

    sort: Sort = Sort.RECEIVED
    descending: bool = True

    @classmethod
    def read(cls, written: str) -> "Order":
        """Return the order an address asks for, ``-received`` or ``due``; the newest first where it asks for none."""
        name = written.removeprefix("-")
        if name not in set(Sort):
            return cls()
        return cls(sort=Sort(name), descending=written.startswith("-"))

    @property
    def direction(self) -> Literal["ascending", "descending"]:
        """Return the direction as a column's head says it."""
        return "descending" if self.descending else "ascending"

    @property
    def written(self) -> str:
        """Return the order as an address writes it."""
        return f"-{self.sort.value}" if self.descending else self.sort.value

    def turned(self, sort: Sort) -> "Order":
        """Return the order that a click on a column's head asks for."""
        if sort is self.sort:
            return Order(sort=sort, descending=not self.descending)
        return Order(sort=sort, descending=sort in {Sort.RECEIVED, Sort.NUMBER})


@dataclass(frozen=True, slots=True)
class Line:
    """One row; of a sealed item its number and nothing else is known."""

    petition_id: int
    is_shown: bool
    texts: tuple[str, ...]
    state: State
    due: Deadline | None

    def row(self, *, today: date) -> Row:
        """Return the row of the table."""
        if not self.is_shown:
            return Row(cells=tuple(Cell(text=text) for text in self.texts))
        cells = [Cell(text=text) for text in self.texts]
        cells[STATE_AT] = Cell(component=StateBadge(label=self.state.label, tone=TONES.get(self.state, "info")))
        is_late = False
        if self.due is not None:
            badge = due_badge(self.due, today=today)
            cells[DUE_AT] = Cell(component=badge)
            is_late = badge.days_left < 0
        return Row(
            cells=tuple(cells), href=reverse("petition", args=[self.petition_id]), tone="bad" if is_late else "plain"
        )


def due_badge(row: Deadline, *, today: date, explanation: tuple[str, ...] = ()) -> DueBadge:
    """Return the badge of one running clock."""
    return DueBadge(
        label=Clock(row.clock).label,
        due_on=row.due_on,
        today=today,
        provisional=row.provisional,
        explanation=explanation,
    )


def sorted_petitions(petitions: PetitionQuerySet, order: Order) -> QuerySet[Petition]:
    """Return the petitions in this order; the id makes it one order and not several."""
    if order.sort is Sort.RECEIVED:
        names = ["received_on"]
    elif order.sort is Sort.NUMBER:
        names = ["year", "series", "number_value"]
    elif order.sort is Sort.STATE:
        places = [When(state=state.value, then=Value(place)) for place, state in enumerate(State)]
        petitions = petitions.annotate(
            state_place=Case(*places, default=Value(len(places)), output_field=IntegerField())
        )
        names = ["state_place", "received_on"]
    else:
        names = ["next_due_on", "received_on"]
    fields = [F(name) for name in (*names, "pk")]
    ordered = [field.desc(nulls_last=True) if order.descending else field.asc(nulls_last=True) for field in fields]
    return petitions.order_by(*ordered)


def with_parts(petitions: QuerySet[Petition], *, by: Staff) -> QuerySet[Petition]:
    """Fetch with the petitions what a line shows, in a fixed number of queries."""
    shown = Petition.objects.visible_to(by).filter(pk=OuterRef("pk"))
    running = Deadline.objects.running().order_by("due_on", "pk")
    assignments = Assignment.objects.select_related("unit").order_by("pk")
    return (
        petitions.annotate(is_shown=Exists(shown))
        .select_related("petitioner")
        .defer(*HEAVY)
        .prefetch_related(
            Prefetch("deadlines", queryset=running, to_attr="running"),
            Prefetch("assignments", queryset=assignments, to_attr="given"),
        )
    )


def line_of(petition: Petition) -> Line:
    """Return the line of a petition that came from ``with_parts``."""
    state = State(petition.state)
    if not petition.is_shown:  # type: ignore[attr-defined]  # annotated by with_parts
        blank = ("",) * (len(COLUMNS) - 5)
        texts = (petition.number, "", "", "", Confidentiality.SEALED.label, *blank)
        return Line(petition_id=petition.pk, is_shown=False, texts=texts, state=state, due=None)
    running: list[Deadline] = petition.running  # type: ignore[attr-defined]  # prefetched by with_parts
    given: list[Assignment] = petition.given  # type: ignore[attr-defined]  # prefetched by with_parts
    due = running[0] if running else None
    texts = (
        petition.number,
        day_words(petition.received_on),
        Channel(petition.channel).label,
        _petitioner(petition),
        petition.summary,
        "、".join(assignment.unit.name for assignment in given),
        state.label,
        f"{Clock(due.clock).label} {day_words(due.due_on)}" if due else "",
    )
    return Line(petition_id=petition.pk, is_shown=True, texts=texts, state=state, due=due)


def _petitioner(petition: Petition) -> str:
    name = petition.petitioner.name or PetitionerKind(petition.petitioner.kind).label
    count = max(petition.head_count, petition.signer_count)
    return f"{name}等{count}人" if count > 1 else name
