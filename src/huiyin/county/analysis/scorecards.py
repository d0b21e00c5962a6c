"""Questions about units: what each was given in a period and what became of it, as of any instant.

Sealed items are in none of it: neither the unit's card nor its dossier knows of an accusation.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q

from huiyin.county.assignment.models import Assignment, Report
from huiyin.county.assignment.rules.report_checks import text_of
from huiyin.county.assignment.states import DispositionKind, ObjectionState
from huiyin.county.assignment.unit_models import Objection
from huiyin.county.office.models import Unit
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.states import Level
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.states import Confidentiality
from huiyin.county.reply.models import Evaluation
from huiyin.county.reply.states import Satisfaction
from huiyin.kernel.calendar import SHANGHAI, local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal

from .scorecard_rules import COMPARED, Board, Item, Measure, Scorecard, Share, Written, board_of, near_copies

REPORT_CLOCKS = (Clock.REPORT.value, Clock.SIMPLE_REPLY.value)
OWED_CLOCKS = (*REPORT_CLOCKS, Clock.RECTIFICATION.value, Clock.OVERSIGHT.value)
GIVEN = (DispositionKind.ASSIGNMENT.value, DispositionKind.INTERNAL.value, DispositionKind.REFERRAL.value)
CONTENT = (Satisfaction.SATISFIED.value, Satisfaction.MOSTLY.value)

Items = dict[str, list[Item]]


@dataclass(frozen=True, slots=True)
class Span:
    """A period's days as moments, and the instant that it is looked at from."""

    period: Period
    at: datetime

    def within(self, field: str) -> Q:
        """Return that a moment lies in the period and not after the instant."""
        first = datetime.combine(self.period.first, time(), SHANGHAI)
        after = datetime.combine(self.period.last + timedelta(days=1), time(), SHANGHAI)
        return Q(**{f"{field}__gte": first, f"{field}__lt": after, f"{field}__lte": self.at})

    def not_yet(self, field: str) -> Q:
        """Return that something had not happened at the instant."""
        return Q(**{field: None}) | Q(**{f"{field}__gt": self.at})

    def open_petition(self, way: str = "petition__") -> Q:
        """Return that a petition was ordinary and stood in the ledger at the instant."""
        return self.not_yet(f"{way}voided_at") & Q(**{f"{way}confidentiality": Confidentiality.ORDINARY.value})


def board(period: Period, *, at: datetime) -> Board:
    """Return every unit that was given anything or has anything to answer for, compared with the others."""
    span = Span(period, at)
    given, overdue = _given(span), _overdue(span)
    shares = _shares(span)
    steps, objections = _steps(span), _objections(span)
    cards = (
        Scorecard(
            unit_code=code,
            unit_name=name,
            period=period,
            at=at,
            given=_sorted(given[code]),
            shares={measure: shares[measure].get(code, Share(measure)) for measure in Measure},
            steps={level: _sorted(steps[level][code]) for level in Level},
            objections={state.value: _sorted(objections[state][code]) for state in ObjectionState},
            overdue=_sorted(overdue[code]),
        )
        for code, name in Unit.objects.order_by("pk").values_list("code", "name")
    )
    return board_of([card for card in cards if card.has_anything], period=period, at=at)


def scorecard(unit_code: str, period: Period, *, at: datetime) -> tuple[Board, Scorecard]:
    """Return one unit's card with the board that it is compared in; refuse a unit that has nothing in the period."""
    if not Unit.objects.filter(code=unit_code).exists():
        raise Refusal("unit.unknown", "没有这个单位")
    found = board(period, at=at)
    card = found.card(unit_code)
    if card is None:
        raise Refusal("scorecard.nothing", f"该单位{period.label}没有交办件，也没有逾期未报的交办件")
    return found, card


def _sorted(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items))


def _by_unit(rows: Iterable[tuple[str, Item]]) -> Items:
    found: Items = defaultdict(list)
    for unit, item in rows:
        found[unit].append(item)
    return found


def _given(span: Span) -> Items:
    rows = Assignment.objects.filter(
        span.within("issued_at"), span.not_yet("withdrawn_at"), span.open_petition(), kind__in=GIVEN
    ).order_by("pk")
    values = rows.values_list("unit__code", "issued_at", "petition__number", "petition_id", "number")
    return _by_unit(
        (unit, Item(local_day(issued_at), number, key, paper)) for unit, issued_at, number, key, paper in values
    )


def _overdue(span: Span) -> Items:
    """Return what a unit owed at the instant and missed the last day of: each petition once, by the first."""
    rows = Deadline.objects.filter(
        span.not_yet("met_at"),
        span.not_yet("superseded_at"),
        span.open_petition(),
        unit__isnull=False,
        clock__in=OWED_CLOCKS,
        started_at__lte=span.at,
        due_on__lt=local_day(span.at),
    ).order_by("due_on", "pk")
    values = rows.values_list("unit__code", "due_on", "petition__number", "petition_id", "clock")
    first: dict[tuple[str, int], Item] = {}
    for unit, due_on, number, key, clock in values:
        first.setdefault((unit, key), Item(due_on, number, key, note=f"{Clock(clock).label}期限"))
    return _by_unit((unit, item) for (unit, _), item in first.items())


def _shares(span: Span) -> dict[Measure, dict[str, Share]]:
    ended = _ended(span)
    return {
        Measure.ON_TIME: _share(Measure.ON_TIME, ((unit, item, in_time) for unit, item, in_time, _, _ in ended)),
        Measure.RETURNED: _share(
            Measure.RETURNED, ((unit, item, returned) for unit, item, _, is_met, returned in ended if is_met)
        ),
        Measure.OBJECTION_REFUSED: _share(Measure.OBJECTION_REFUSED, _decided(span)),
        Measure.REPEATED: _share(Measure.REPEATED, _closed(span)),
        Measure.SATISFIED: _share(Measure.SATISFIED, _evaluated(span)),
        Measure.NEAR_COPY: _share(Measure.NEAR_COPY, _reported(span)),
    }


def _share(measure: Measure, rows: Iterable[tuple[str, Item, bool]]) -> dict[str, Share]:
    items: Items = defaultdict(list)
    parts: Items = defaultdict(list)
    for unit, item, is_part in rows:
        items[unit].append(item)
        if is_part:
            parts[unit].append(item)
    return {unit: Share(measure, _sorted(found), _sorted(parts[unit])) for unit, found in items.items()}


def _ended(span: Span) -> list[tuple[str, Item, bool, bool, bool]]:
    """Return the report clocks that ended in the period: in time or not, met or not, returned or not.

    It is the sentence of the indicators timely_report and returned, unit by unit.
    """
    returned = Report.objects.filter(
        assignment__petition=OuterRef("petition"), assignment__unit=OuterRef("unit"), returned_at__lte=span.at
    )
    rows = (
        Deadline.objects.filter(
            span.not_yet("superseded_at"),
            span.open_petition(),
            Q(met_at__lte=span.at) | Q(due_on__lt=local_day(span.at)),
            unit__isnull=False,
            clock__in=REPORT_CLOCKS,
            due_on__gte=span.period.first,
            due_on__lte=span.period.last,
            started_at__lte=span.at,
        )
        .exclude(petition__is_litigation=True, petition__classified_at__lte=span.at)
        .annotate(was_returned=Exists(returned))
        .order_by("pk")
    )
    values = rows.values_list("unit__code", "due_on", "petition__number", "petition_id", "met_at", "was_returned")
    found = []
    for unit, due_on, number, key, met_at, was_returned in values:
        met_on = local_day(met_at) if met_at is not None and met_at <= span.at else None
        in_time = met_on is not None and met_on <= due_on
        note = f"{met_on:%Y-%m-%d}反馈" if met_on else "未反馈"
        found.append((unit, Item(due_on, number, key, note=note), in_time, met_on is not None, was_returned))
    return found


def _objections(span: Span) -> dict[ObjectionState, Items]:
    """Return the objections raised in the period, by what had been decided of them at the instant."""
    rows = Objection.objects.filter(span.within("raised_at"), span.open_petition()).order_by("pk")
    values = rows.values_list(
        "assignment__unit__code",
        "raised_at",
        "petition__number",
        "petition_id",
        "assignment__number",
        "state",
        "decided_at",
    )
    found: dict[ObjectionState, Items] = {state: defaultdict(list) for state in ObjectionState}
    for unit, raised_at, number, key, paper, state, decided_at in values:
        is_decided = decided_at is not None and decided_at <= span.at
        stood = ObjectionState(state) if is_decided else ObjectionState.PENDING
        found[stood][unit].append(Item(local_day(raised_at), number, key, paper, stood.label))
    return found


def _decided(span: Span) -> list[tuple[str, Item, bool]]:
    by_state = _objections(span)
    return [
        (unit, item, state is ObjectionState.REFUSED)
        for state in (ObjectionState.REFUSED, ObjectionState.UPHELD)
        for unit, items in by_state[state].items()
        for item in items
    ]


def _steps(span: Span) -> dict[Level, Items]:
    rows = Oversight.objects.filter(span.within("issued_at"), span.open_petition()).order_by("pk")
    values = rows.values_list(
        "assignment__unit__code", "issued_at", "petition__number", "petition_id", "number", "level"
    )
    found: dict[Level, Items] = {level: defaultdict(list) for level in Level}
    for unit, issued_at, number, key, paper, level in values:
        found[Level(level)][unit].append(Item(local_day(issued_at), number, key, paper))
    return found


def _leads(span: Span, way: str) -> Q:
    """Return that a unit led a petition and it was not taken back from it."""
    return Q(**{f"{way}is_lead": True, f"{way}issued_at__lte": span.at, f"{way}kind__in": GIVEN}) & span.not_yet(
        f"{way}withdrawn_at"
    )


def _closed(span: Span) -> list[tuple[str, Item, bool]]:
    """Return what a unit led and was closed in the period, and whether the same matter came again afterwards."""
    again = Petition.objects.filter(
        span.not_yet("voided_at"),
        matter=OuterRef("petition__matter"),
        registered_at__gt=OuterRef("petition__closed_at"),
        registered_at__lte=span.at,
    )
    rows = (
        Assignment.objects.filter(_leads(span, ""), span.within("petition__closed_at"), span.open_petition())
        .exclude(petition__is_litigation=True)
        .annotate(came_again=Exists(again))
        .order_by("pk")
    )
    values = rows.values_list(
        "unit__code", "petition__closed_at", "petition__number", "petition_id", "number", "came_again"
    )
    return [
        (unit, Item(local_day(closed_at), number, key, paper, "办结后又来" if came_again else ""), came_again)
        for unit, closed_at, number, key, paper, came_again in values
        if closed_at is not None
    ]


def _evaluated(span: Span) -> list[tuple[str, Item, bool]]:
    rows = (
        Evaluation.objects.filter(
            span.within("evaluated_at"), span.open_petition(), _leads(span, "petition__assignments__")
        )
        .annotate(unit=F("petition__assignments__unit__code"))
        .order_by("pk")
    )
    values = rows.values_list("unit", "evaluated_at", "petition__number", "petition_id", "satisfaction")
    return [
        (unit, Item(local_day(at), number, key, note=Satisfaction(word).label), word in CONTENT)
        for unit, at, number, key, word in values
    ]


def _reported(span: Span) -> list[tuple[str, Item, bool]]:
    """Return each report of the period, and whether it is nearly one that the unit made before of another petition."""
    rows = (
        Report.objects.filter(span.open_petition("assignment__petition__"), reported_at__lte=span.at)
        .select_related("assignment__unit", "assignment__petition")
        .defer("assignment__petition__grams", "assignment__petition__searchable", "assignment__petition__content")
        .prefetch_related("outcomes")
        .order_by("reported_at", "pk")
    )
    inside = set(Report.objects.filter(span.within("reported_at")).values_list("pk", flat=True))
    if not inside:
        return []
    by_unit: dict[str, list[Report]] = defaultdict(list)
    for row in rows:
        by_unit[row.assignment.unit.code].append(row)
    copies = frozenset[int]().union(*(near_copies(_written(_recent(rows, inside))) for rows in by_unit.values()))
    return [
        (
            unit,
            Item(
                local_day(row.reported_at),
                row.assignment.petition.number,
                row.assignment.petition_id,
                row.assignment.number,
                f"第{row.round}次反馈",
            ),
            row.pk in copies,
        )
        for unit, reports in by_unit.items()
        for row in reports
        if row.pk in inside
    ]


def _recent(reports: list[Report], inside: set[int]) -> list[Report]:
    """Return the reports of the period with those before it that they are compared with."""
    first = next((place for place, row in enumerate(reports) if row.pk in inside), len(reports))
    return reports[max(0, first - COMPARED) :]


def _written(reports: Iterable[Report]) -> list[Written]:
    return [
        Written(
            row.pk,
            row.assignment.petition_id,
            text_of(row.facts, row.measures, (one.words for one in sorted(row.outcomes.all(), key=lambda one: one.pk))),
        )
        for row in reports
    ]
