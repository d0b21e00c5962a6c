"""What stands open with whom, and where the office should step in next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.states import OWES
from huiyin.county.registry.models import Deadline, Petition
from huiyin.kernel.clocks import Clock

from .models import Oversight
from .rules import next_level
from .states import Level, Trigger

TRIGGER_OF = {
    Clock.SIGN: Trigger.PROCEDURE,
    Clock.NOTICE: Trigger.PROCEDURE,
    Clock.PROGRESS: Trigger.NOT_FED_BACK,
    Clock.REPORT: Trigger.OVERDUE,
    Clock.FINISH: Trigger.OVERDUE,
    Clock.OVERSIGHT: Trigger.NOT_CARRIED_OUT,
    Clock.RECTIFICATION: Trigger.OVERDUE,
}
# Twice returned for the same assignment is no oversight of a detail any more.
RETURNS_THAT_SHIRK = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """建议督办: an assignment, what was not done in time, and the step that comes next."""

    assignment: Assignment
    clock: Clock
    due_on: date
    days_late: int
    trigger: Trigger
    level: Level | None
    taken: tuple[Level, ...]


def suggestions(*, by: Staff, today: date) -> list[Suggestion]:
    """Return every assignment that is late with something and was not yet told so since, the latest first.

    A step that was taken and whose own limit still runs is given its time: nothing is suggested on top of it.
    """
    late = (
        Deadline.objects.overdue(today=today)
        .filter(unit__isnull=False, clock__in=[clock.value for clock in TRIGGER_OF])
        .order_by("due_on", "pk")
    )
    owing = (
        Assignment.objects.visible_to(by)
        .filter(state__in=OWES)
        .select_related("unit", "petition")
        .defer("petition__grams", "petition__searchable", "petition__content")
        .prefetch_related(
            Prefetch("oversight", queryset=Oversight.objects.order_by("pk"), to_attr="steps"),
            Prefetch("petition__deadlines", queryset=late, to_attr="late"),
            "reports",
        )
        .order_by("due_on", "pk")
    )
    found = [one for one in (_suggestion(row, today) for row in owing) if one is not None]
    return sorted(found, key=lambda one: -one.days_late)


def _suggestion(row: Assignment, today: date) -> Suggestion | None:
    clocks: Iterable[Deadline] = row.petition.late  # type: ignore[attr-defined]  # prefetched by suggestions
    late = next((clock for clock in clocks if clock.unit_id == row.unit_id), None)
    steps: list[Oversight] = row.steps  # type: ignore[attr-defined]  # prefetched by suggestions
    if late is None or any(step.due_on is not None and step.due_on >= today for step in steps):
        return None
    taken = tuple(Level(step.level) for step in steps)
    returned = sum(report.returned_at is not None for report in row.reports.all())
    clock = Clock(late.clock)
    return Suggestion(
        assignment=row,
        clock=clock,
        due_on=late.due_on,
        days_late=(today - late.due_on).days,
        trigger=Trigger.SHIRKING if returned >= RETURNS_THAT_SHIRK else TRIGGER_OF[clock],
        level=next_level(taken),
        taken=taken,
    )


def board(*, by: Staff) -> QuerySet[Petition]:
    """Return everything open that this person may see, by its next date, with who answers for it and how far it went.

    Each row bears ``highest``: the last step of oversight taken for it, or None.
    """
    last = Oversight.objects.filter(petition=OuterRef("pk")).order_by("-pk").values("level")[:1]
    return (
        Petition.objects.visible_to(by)
        .open()
        .annotate(highest=Subquery(last))
        .select_related("owner_unit", "petitioner")
        .defer("grams", "searchable", "content", "reading_note")
        .order_by("next_due_on", "pk")
    )


def highest_of(row: Petition) -> Level | None:
    """Return the last step of oversight of a row of the board."""
    level: str | None = getattr(row, "highest", None)
    return Level(level) if level else None


def overseen(rows: QuerySet[Petition]) -> QuerySet[Petition]:
    """Keep what of the board was overseen."""
    return rows.filter(oversight__isnull=False).distinct()


def steps_of(petition: Petition, *, by: Staff) -> QuerySet[Oversight]:
    """Return the steps of one petition in their order, as far as this person may see them."""
    return (
        Oversight.objects.visible_to(by)
        .filter(petition=petition)
        .select_related("assignment__unit", "issued_by", "approved_by", "concluded_by", "repeat")
        .order_by("pk")
    )
