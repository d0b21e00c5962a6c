"""热点 by API: every line beside the year before with what the numbers can tell; the thresholds."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from huiyin.accounts.models import Staff
from huiyin.county.analysis import actions, hotspots
from huiyin.county.analysis.hotspot_rules import LIMITS, Hotspot, HotspotRule, Tally, check_may_see_hotspots
from huiyin.county.analysis.hotspot_states import Ground, HotspotKind, Verdict
from huiyin.county.analysis.hotspots import Scope
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.withheld import secret_from
from huiyin.kernel.periods import Period

from .access import caller
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["热点"])


class HotspotsAsked(Schema):
    """Which window is asked for, by what its matters are gathered, and of which place and unit they are."""

    first: date
    last: date
    at: datetime | None = None
    by: HotspotKind = HotspotKind.CATEGORY
    place: str = ""
    unit: str = ""


class TallyOut(Schema):
    """One window; the numbers are those that the caller may see, of sealed ones there is a count."""

    matters: int
    first: int
    petitions: int
    people: int
    group_visits: int
    sealed: int
    units: list[str]
    numbers: list[str]


class HotspotOut(Schema):
    """One line: two windows, the change, its exact chance and interval, and what they allow to be said."""

    key: str
    kind: HotspotKind
    code: str
    label: str
    now: TallyOut
    past: TallyOut
    change: str
    share: str
    rank: int
    chance: str
    interval: str
    verdict: Verdict
    grounds: list[Ground]
    is_hotspot: bool
    sentence: str


class HotspotsOut(Schema):
    """The table of a window."""

    first: date
    last: date
    before_first: date
    before_last: date
    at: datetime
    rule: str
    note: str
    matters: int
    matters_before: int
    lines: list[HotspotOut]


class HotspotRuleOut(Schema):
    """热点标准."""

    min_matters: int
    rise_percent: int
    first: int
    words: str


class HotspotRuleIn(In):
    """热点标准 as it is set, with the reason."""

    min_matters: Annotated[int, Field(ge=2, le=LIMITS["min_matters"][2])]
    rise_percent: Annotated[int, Field(ge=0, le=LIMITS["rise_percent"][2])]
    first: Annotated[int, Field(ge=0, le=LIMITS["first"][2])]
    reason: Annotated[str, Field(min_length=1, max_length=200)]


@router.get("/", response=HotspotsOut, summary="热点")
def table(request: HttpRequest, asked: Query[HotspotsAsked]) -> HotspotsOut:
    """Return every line of a window beside the year before, the hotspots first."""
    asking = _reader(request)
    found = hotspots.table(
        Period(asked.first, asked.last),
        at=asked.at or timezone.now(),
        by=asked.by,
        scope=Scope(asked.place, asked.unit),
        secret=secret_from(asking),
    )
    return HotspotsOut(
        first=found.period.first,
        last=found.period.last,
        before_first=found.before.first,
        before_last=found.before.last,
        at=found.at,
        rule=found.rule.words,
        note=found.note,
        matters=found.whole.matters,
        matters_before=found.whole_past.matters,
        lines=_lines(found.lines, asking),
    )


@router.get("/line", response=HotspotOut, summary="一项热点")
def line(request: HttpRequest, key: str, first: date, last: date, at: datetime | None = None) -> HotspotOut:
    """Return one line by its key, such as ``tag:irrigation_fee``."""
    asking = _reader(request)
    found = hotspots.hotspot(key, Period(first, last), at=at or timezone.now(), secret=secret_from(asking))
    (one,) = _lines([found], asking)
    return one


@router.get("/rule", response=HotspotRuleOut, summary="热点标准")
def rule(request: HttpRequest, at: datetime | None = None) -> HotspotRuleOut:
    """Return the thresholds that held at an instant."""
    _reader(request)
    standing = hotspots.standing_rule(at=at or timezone.now())
    return HotspotRuleOut(**asdict(standing), words=standing.words)


@router.post("/rule", response=Done, summary="调整热点标准")
def set_rule(request: HttpRequest, body: HotspotRuleIn) -> Done:
    """调整热点标准: other thresholds hold from now on."""
    by, at = caller(request), timezone.now()
    wanted = HotspotRule(body.min_matters, body.rise_percent, body.first)

    def act() -> Done:
        return Done(id=actions.set_hotspot_rule(rule=wanted, reason=body.reason, by=by, at=at).pk)

    return carried_out(request, body, at, act)


def _reader(request: HttpRequest) -> Staff:
    by = caller(request)
    check_may_see_hotspots(by)
    return by


def _lines(found: Iterable[Hotspot], by: Staff) -> list[HotspotOut]:
    lines = list(found)
    every = {number for one in lines for number in (*one.now.numbers, *one.past.numbers)}
    known = set(Petition.objects.visible_to(by).filter(number__in=every).values_list("number", flat=True))
    return [
        HotspotOut(
            key=one.key,
            kind=one.kind,
            code=one.code,
            label=one.label,
            now=_tally(one.now, known),
            past=_tally(one.past, known),
            change=one.change_words,
            share=one.share_words,
            rank=one.rank,
            chance=one.chance_words,
            interval=one.interval_words,
            verdict=one.verdict,
            grounds=list(one.grounds),
            is_hotspot=one.is_hotspot,
            sentence=one.sentence,
        )
        for one in lines
    ]


def _tally(window: Tally, known: set[str]) -> TallyOut:
    return TallyOut(
        matters=window.matters,
        first=window.first,
        petitions=window.petitions,
        people=window.people,
        group_visits=window.group_visits,
        sealed=window.sealed,
        units=list(window.units),
        numbers=[number for number in window.numbers if number in known],
    )
