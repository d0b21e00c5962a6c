"""Questions that join leaders, receptions and the petitions that came of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Prefetch, Q, QuerySet

from huiyin.accounts.models import Staff
from huiyin.county.journal.models import Entry
from huiyin.county.journal.sentences import SENTENCES
from huiyin.county.office.models import ReceptionDay
from huiyin.county.registry import clocks
from huiyin.county.registry.blind_index import Known, keys_of
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.kernel import deadlines
from huiyin.kernel.calendar import SHANGHAI, local_day
from huiyin.kernel.clocks import Clock
from huiyin.platform.calendar.queries import working_calendar

from . import rules
from .models import Instruction, Reception
from .states import ReceptionState

EARLIER = 12
OVERSIGHT_EVENTS = tuple(event for event, sentence in SENTENCES.items() if sentence.phrase == "严格督查")


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier petition of whoever comes: where it stands and what was said then."""

    petition_id: int
    number: str
    received_on: date
    summary: str
    state: State
    owner: str
    next_due_on: date | None
    promised: str
    oversight_steps: int
    same_phone: bool


@dataclass(frozen=True, slots=True)
class CameOf:
    """What came of one petition that a leader received or instructed on."""

    petition_id: int
    number: str
    summary: str
    on: date
    how: str
    words: str
    state: State
    owner: str
    next_due_on: date | None
    evaluation: str


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the roster with how many booked and came."""

    day: ReceptionDay
    booked: int
    came: int
    received: int


def regular_due_on(petition: Petition, *, at: datetime) -> date:
    """Return the day on which a unit's report is due by the rules, when the petition is assigned at this moment."""
    ruleset, calendar = clocks.rules_of(petition), working_calendar()
    deemed_on = deadlines.deemed_received_on(local_day(at), ruleset, calendar)
    return deadlines.compute(clock=Clock.REPORT, start_on=deemed_on, ruleset=ruleset, calendar=calendar).due_on


def printed_due_on(instruction: Instruction, *, at: datetime) -> date | None:
    """Return the leader's day where it goes on the assignment letter: the earlier one wins (DOMAIN §5)."""
    return rules.printed_due_on(instruction.due_on, regular=regular_due_on(instruction.petition, at=at))


def waiting_too_long(*, at: datetime) -> list[Instruction]:
    """Return what leaders instructed three working days ago or more and the office has not carried out."""
    calendar, today = working_calendar(), local_day(at)
    rows = Instruction.objects.to_carry_out().select_related("petition__keeper").order_by("written_at", "pk")
    return [
        row
        for row in rows
        if row.written_at is not None and rules.remind_on(local_day(row.written_at), calendar) <= today
    ]


def roster(days: "QuerySet[ReceptionDay]") -> list[DayLine]:
    """Return days of the roster with their numbers, in order."""
    standing = ~Q(bookings__state="cancelled") & Q(bookings__isnull=False)
    rows = days.annotate(
        booked=Count("bookings", filter=standing, distinct=True),
        came=Count("receptions", distinct=True),
        received=Count("receptions", filter=Q(receptions__state=ReceptionState.RECEIVED.value), distinct=True),
    ).order_by("on", "from_time", "pk")
    return [DayLine(day=row, booked=row.booked, came=row.came, received=row.received) for row in rows]


def in_turn(receptions: Iterable[Reception], *, at: datetime) -> list[Reception]:
    """Return the waiting parties of a day in the order in which they are called."""
    now: time = at.astimezone(SHANGHAI).time()
    places = [
        (rules.Place(position=row.position, booked_time=row.booking.at_time if row.booking else None), row)
        for row in receptions
    ]
    return rules.in_turn(places, now=now)


def earlier_of(reception: Reception, *, by: Staff) -> list[Earlier]:
    """Return earlier petitions of the same person, by phone or by name, that this reader may see."""
    found = _same_person(reception)
    by_phone = set(keys_of([Known(phone=reception.phone)]))
    rows = list(
        Petition.objects.visible_to(by)
        .counted()
        .filter(found)
        .exclude(pk=reception.petition_id or 0)
        .select_related("owner_unit", "reception")
        .by_day()[:EARLIER]
    )
    steps = dict(
        Entry.objects.filter(petition_id__in=[row.pk for row in rows], event__in=OVERSIGHT_EVENTS)
        .values_list("petition_id")
        .annotate(count=Count("pk"))
        .order_by("petition_id")
    )
    return [
        Earlier(
            petition_id=row.pk,
            number=row.number,
            received_on=row.received_on,
            summary=row.summary,
            state=State(row.state),
            owner=owner_of(row),
            next_due_on=row.next_due_on,
            promised=row.reception.promised if hasattr(row, "reception") else "",
            oversight_steps=steps.get(row.pk, 0),
            same_phone=bool(by_phone & set(row.person_keys)),
        )
        for row in rows
    ]


def _same_person(reception: Reception) -> Q:
    """Return which petitions are of somebody of this party, told by the blind index: phone or name."""
    speaking = [Known(name=name) for name in reception.representatives]
    return Q(person_keys__overlap=keys_of([Known(name=reception.name, phone=reception.phone), *speaking]))


def is_leader_barred(reception: Reception, *, by: Staff) -> bool:
    """Whether the day's leader must not see an earlier petition of this person that the desk sees: recusal (§6)."""
    leader = reception.day.leader
    if leader is None:
        return False
    known = Petition.objects.visible_to(by).counted().filter(_same_person(reception), confidentiality="ordinary")
    return known.exclude(pk__in=Petition.objects.visible_to(leader).values("pk")).exists()


def owner_of(petition: Petition) -> str:
    """Return who answers for a petition now: the unit with its person, or the office's keeper."""
    if petition.owner_unit is None:
        return petition.owner_name
    return f"{petition.owner_unit.name}（{petition.owner_name}）"


def came_of(leader: Staff, *, first_on: date, last_on: date) -> list[CameOf]:
    """我的接访: return what came of each petition that a leader received or instructed on in a period."""
    seen = Petition.objects.visible_to(leader).counted()
    received = seen.filter(
        reception__state=ReceptionState.RECEIVED.value,
        reception__day__leader=leader,
        reception__day__on__range=(first_on, last_on),
    )
    instructed = seen.filter(
        instructions__leader=leader,
        instructions__read_at__date__gte=first_on,
        instructions__read_at__date__lte=last_on,
    )
    rows = (
        Petition.objects.filter(Q(pk__in=received.values("pk")) | Q(pk__in=instructed.values("pk")))
        .select_related("owner_unit", "reception__day")
        .prefetch_related(
            "evaluations",
            Prefetch(
                "instructions",
                queryset=Instruction.objects.visible_to(leader).before(leader).exclude(read_at=None).order_by("pk"),
                to_attr="his_instructions",
            ),
        )
        .by_day()
    )
    return [_came_of(row, leader) for row in rows]


def _came_of(row: Petition, leader: Staff) -> CameOf:
    written: list[Instruction] = row.his_instructions  # type: ignore[attr-defined]  # set by the Prefetch above
    reception = row.reception if hasattr(row, "reception") else None
    was_received = (
        reception is not None
        and reception.day.leader_id == leader.pk
        and reception.state == ReceptionState.RECEIVED.value
    )
    if was_received and reception is not None:
        how, on = "接访", reception.day.on
    else:
        moment = written[0].read_at if written else None
        how, on = "阅批", local_day(moment) if moment else row.received_on
    evaluations = list(row.evaluations.all())
    return CameOf(
        petition_id=row.pk,
        number=row.number,
        summary=row.summary,
        on=on,
        how=how,
        words="；".join(one.words for one in written if one.words),
        state=State(row.state),
        owner=owner_of(row),
        next_due_on=row.next_due_on,
        evaluation=evaluations[-1].get_satisfaction_display() if evaluations else "",
    )
