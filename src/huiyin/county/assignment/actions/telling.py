"""Messages about assignments: to the unit's people, and to whom in the office it concerns; only to who may see it."""

from collections.abc import Iterable
from datetime import datetime

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.office import notifications
from huiyin.county.office.states import NotificationKind
from huiyin.county.registry.models import Petition


def unit_people(assignment: Assignment, *, besides: Staff | None = None) -> list[Staff]:
    """Return the unit's people who may see this assignment, without the one who acts."""
    people = Staff.objects.of_unit(assignment.unit.code).exclude(pk=besides.pk if besides else 0).order_by("pk")
    return [one for one in people if Assignment.objects.visible_to(one).filter(pk=assignment.pk).exists()]


def tell_unit(
    key: str,
    assignment: Assignment,
    *,
    kind: NotificationKind,
    words: str,
    at: datetime,
    to: Iterable[Staff] | None = None,
    href: str = "",
) -> None:
    """Tell the unit's people, or those named here, and lead them to the assignment, or where it stood in the list."""
    notifications.notify(
        key=key,
        to=unit_people(assignment) if to is None else to,
        kind=kind,
        words=words,
        at=at,
        petition_id=assignment.petition_id,
        href=href or f"/assignments/{assignment.pk}/",
    )


def tell_of_taking_back(key: str, assignment: Assignment, people: Iterable[Staff], *, words: str, at: datetime) -> None:
    """Tell people of a unit, asked for before it was taken back, what they will not find in their list any more."""
    kind = NotificationKind.DECIDED
    tell_unit(key, assignment, kind=kind, words=words, at=at, to=people, href="/assignments/")


def tell_office(key: str, petition: Petition, to: Iterable[Staff], *, words: str, at: datetime) -> None:
    """Tell people of the office, as far as they may see it, what came from a unit; lead them to the petition."""
    notifications.notify(
        key=key,
        to=[one for one in to if Petition.objects.visible_to(one).filter(pk=petition.pk).exists()],
        kind=NotificationKind.FROM_UNIT,
        words=words,
        at=at,
        petition_id=petition.pk,
        href=f"/petitions/{petition.pk}/",
    )
