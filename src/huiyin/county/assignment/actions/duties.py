"""What runs for a unit beside the report: until when it may object, tell the petitioner, and tell how it goes on."""

from collections.abc import Iterator
from datetime import datetime

from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules.objections import OPEN_TO_OBJECTION
from huiyin.county.assignment.states import REPORTS_BACK, DispositionKind
from huiyin.county.assignment.unit_models import Notice
from huiyin.county.office.models import Unit
from huiyin.county.registry import clocks
from huiyin.county.registry.models import Petition
from huiyin.kernel import deadlines
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due
from huiyin.platform.calendar.queries import working_calendar

FROM_RECEIPT = (Clock.OBJECTION, Clock.NOTICE, Clock.PROGRESS)
# Once it was reported nothing of these is asked for any more; that the petitioner was told stays a duty.
ENDS_WITH_REPORT = (Clock.OBJECTION, Clock.PROGRESS)


def begin(
    petition: Petition, unit: Unit, kind: DispositionKind, *, is_lead: bool, is_simple: bool, at: datetime
) -> None:
    """Start what counts from receipt, from the day on which the letter counts as received (DOMAIN §5)."""
    received_on = deadlines.deemed_received_on(local_day(at), clocks.rules_of(petition), working_calendar())
    for clock in _of(kind, is_lead=is_lead, is_simple=is_simple):
        clocks.start(petition, clock, start_on=received_on, at=at, unit=unit)


def _of(kind: DispositionKind, *, is_lead: bool, is_simple: bool) -> Iterator[Clock]:
    """Yield the clocks of one letter: only the lead tells the petitioner; what is done at once has no progress."""
    if kind in OPEN_TO_OBJECTION:
        yield Clock.OBJECTION
    if kind in REPORTS_BACK and not is_simple:
        yield Clock.PROGRESS
        if is_lead:
            yield Clock.NOTICE


def count_from_signing(petition: Petition, unit: Unit, *, at: datetime) -> None:
    """Count again from the day of signing what was counted from a later day."""
    signed_on = local_day(at)
    for clock in FROM_RECEIPT:
        for stored in clocks.running(petition, unit=unit, clock=clock):
            if signed_on < Due.from_values(stored.explanation).start_on:
                clocks.put(petition, clocks.due(petition, clock, start_on=signed_on), at=at, unit=unit)


def pass_notice_on(petition: Petition, former: Assignment, lead: Assignment, *, at: datetime) -> None:
    """Let the new lead tell the petitioner, unless the former one has."""
    running = clocks.running(petition, unit=former.unit, clock=Clock.NOTICE)
    if running and not Notice.objects.filter(assignment=former).exists():
        clocks.stop(petition, Clock.NOTICE, at=at, unit=former.unit)
        clocks.start(petition, Clock.NOTICE, start_on=local_day(at), at=at, unit=lead.unit)
