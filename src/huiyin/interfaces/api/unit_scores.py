"""承办单位评价 by API: each unit's shares beside the others', and its dossier."""

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from huiyin.county.analysis import scorecards
from huiyin.county.analysis.scorecard_rules import Board, Item, Measure, Scorecard, Standing
from huiyin.county.oversight.states import Level
from huiyin.county.registry.models import Petition
from huiyin.documents.dossiers import write_dossier
from huiyin.kernel.periods import Period

from .access import caller, office_reader
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["承办单位评价"])


class UnitShareOut(Schema):
    """One share of a unit; the numbers are those of the part that the caller may see."""

    measure: Measure
    part: int
    whole: int
    percent: str
    interval: str
    others_part: int
    others_whole: int
    standing: Standing
    numbers: list[str]


class ScorecardOut(Schema):
    """One unit in a period."""

    unit: str
    name: str
    given: int
    overdue: int
    steps: dict[Level, int]
    objections: dict[str, int]
    shares: list[UnitShareOut]


class ScoresOut(Schema):
    """Every unit of a period; the units have no rank."""

    first: date
    last: date
    at: datetime
    units: list[ScorecardOut]


class DossierIn(In):
    """评议材料: of which period, as of which moment."""

    first: date
    last: date
    as_of: datetime | None = None


@router.get("/", response=ScoresOut, summary="承办单位评价")
def scores(request: HttpRequest, first: date, last: date, at: datetime | None = None) -> ScoresOut:
    """Return every unit that was given anything or has anything to answer for."""
    by = office_reader(request, act="查看承办单位评价")
    found = scorecards.board(Period(first, last), at=at or timezone.now())
    every = {pk for card in found.cards for pk in card.petition_ids}
    known = set(Petition.objects.visible_to(by).filter(pk__in=every).values_list("pk", flat=True))
    return ScoresOut(first=first, last=last, at=found.at, units=[_card(found, card, known) for card in found.cards])


@router.get("/{slug:unit_code}", response=ScorecardOut, summary="一个承办单位的评价")
def score(request: HttpRequest, unit_code: str, first: date, last: date, at: datetime | None = None) -> ScorecardOut:
    """Return one unit beside all others."""
    by = office_reader(request, act="查看承办单位评价")
    found, card = scorecards.scorecard(unit_code, Period(first, last), at=at or timezone.now())
    known = set(Petition.objects.visible_to(by).filter(pk__in=card.petition_ids).values_list("pk", flat=True))
    return _card(found, card, known)


@router.post("/{slug:unit_code}/dossier", response=Done, summary="制作评议材料")
def dossier(request: HttpRequest, unit_code: str, body: DossierIn) -> Done:
    """制作评议材料: freeze the unit's card as a paper."""
    by, at = caller(request), timezone.now()
    period = Period(body.first, body.last)

    def act() -> Done:
        row = write_dossier(unit_code=unit_code, period=period, as_of=body.as_of or at, by=by, at=at)
        return Done(id=row.pk, number=row.number, state=row.kind)

    return carried_out(request, body, at, act)


def _card(found: Board, card: Scorecard, known: set[int]) -> ScorecardOut:
    return ScorecardOut(
        unit=card.unit_code,
        name=card.unit_name,
        given=len(card.given),
        overdue=len(card.overdue),
        steps={level: len(items) for level, items in card.steps.items()},
        objections={state: len(items) for state, items in card.objections.items()},
        shares=[
            UnitShareOut(
                measure=one.share.measure,
                part=one.share.part,
                whole=one.share.whole,
                percent=one.share.percent,
                interval=one.share.interval_words,
                others_part=one.others_part,
                others_whole=one.others_whole,
                standing=one.standing,
                numbers=_numbers(one.share.parts, known),
            )
            for one in found.of_unit(card.unit_code)
        ],
    )


def _numbers(items: tuple[Item, ...], known: set[int]) -> list[str]:
    return [item.petition_number for item in items if item.petition_id in known]
