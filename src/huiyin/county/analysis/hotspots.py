"""Questions about hotspots: what petitions concentrate on in a window, as of any instant, beside the year before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.office import notifications
from huiyin.county.office.models import Place, Tag, Unit
from huiyin.county.office.states import NotificationKind
from huiyin.county.registry.queries.withheld import secret_from
from huiyin.county.registry.states import Channel
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period, year
from huiyin.kernel.refusal import Refusal
from huiyin.platform.categories.queries import class_paths
from huiyin.platform.statutes.models import Statute

from . import hotspot_statements
from .hotspot_models import HotspotThreshold
from .hotspot_rules import Hotspot, HotspotRule, Letter, place_of
from .hotspot_states import HotspotKind, Verdict
from .hotspot_tables import HotspotTable, early, table_of, window_at

FIELD_DIGITS, CATEGORY_DIGITS = 2, 4
EARLY_DAYS = 90
EARLY_KINDS = (HotspotKind.CATEGORY, HotspotKind.TAG)
EVERY_CHANNEL = sorted(channel.value for channel in Channel)
TOLD = 200


@dataclass(frozen=True, slots=True)
class Scope:
    """Which matters are looked at: those of one township and of one unit, or all."""

    place: str = ""
    unit: str = ""


EVERYTHING = Scope()
NOTHING: frozenset[int] = frozenset()


class LetterRow(NamedTuple):
    """One line of ``hotspot_statements.LETTERS``."""

    matter_id: int
    petition_id: int
    number: str
    received_on: date
    first_on: date
    category_code: str
    tags: list[str]
    statute_code: str
    place: str
    units: list[str]
    people: int
    is_group: bool
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class Names:
    """What the codes on petitions are called, and where its places lie."""

    labels: dict[HotspotKind, dict[str, str]]
    statute_of_tag: dict[str, str]
    townships: dict[str, str]
    villages: dict[str, str]


def standing_rule(*, at: datetime) -> HotspotRule:
    """Return the thresholds that held at an instant; the default of the house before any was set (DOMAIN §8)."""
    row = HotspotThreshold.objects.filter(set_at__lte=at).order_by("-set_at", "-pk").first()
    return HotspotRule() if row is None else HotspotRule(row.min_matters, row.rise_percent, row.first)


def table(
    period: Period,
    *,
    at: datetime,
    by: HotspotKind = HotspotKind.CATEGORY,
    rule: HotspotRule | None = None,
    scope: Scope = EVERYTHING,
    secret: frozenset[int] = NOTHING,
) -> HotspotTable:
    """Return every class, tag, place, unit or statute of a window beside the year before, the hotspots first.

    A period that still runs is compared with the same days of the year before. ``secret`` are petitions of which
    whoever asks may see neither the item nor a count (DOMAIN §6).
    """
    names = names_of()
    window = window_at(period, local_day(at))
    letters = [one for part in (window, window.previous_year()) for one in letters_of(part, at=at, names=names)]
    return table_of(
        [one for one in letters if one.petition_id not in secret and _is_in(scope, one)],
        kind=by,
        labels=names.labels[by],
        period=window,
        at=at,
        rule=rule or standing_rule(at=at),
        ledger_begins_on=_ledger_begins_on(at),
    )


def hotspots(
    period: Period, *, at: datetime, by: HotspotKind = HotspotKind.CATEGORY, rule: HotspotRule | None = None
) -> tuple[Hotspot, ...]:
    """Return the lines that meet the rule, the greatest first."""
    return table(period, at=at, by=by, rule=rule).hotspots


def hotspot(
    key: str, period: Period, *, at: datetime, scope: Scope = EVERYTHING, secret: frozenset[int] = NOTHING
) -> Hotspot:
    """Return one line by its key, such as ``tag:irrigation_fee``, whether it meets the rule or not."""
    kind, _, code = key.partition(":")
    if kind in set(HotspotKind):
        for line in table(period, at=at, by=HotspotKind(kind), scope=scope, secret=secret).lines:
            if line.code == code:
                return line
    raise Refusal("hotspot.unknown", "本期和上年同期都没有这一项", key=key)


def letters_of(window: Period, *, at: datetime, names: Names) -> list[Letter]:
    """Return the petitions of a window as they stood at an instant; what two people said is no petition is left out."""
    values: dict[str, date | list[str]] = {
        "first": window.first,
        "last": window.last,
        "at": at,
        "channels": EVERY_CHANNEL,
    }
    with connection.cursor() as cursor:
        cursor.execute(hotspot_statements.LETTERS, values)
        return [_letter(LetterRow(*row), names) for row in cursor.fetchall()]


def _letter(row: LetterRow, names: Names) -> Letter:
    statutes = {row.statute_code} if row.statute_code else {names.statute_of_tag.get(tag, "") for tag in row.tags}
    keys = {
        HotspotKind.CATEGORY: (row.category_code[:CATEGORY_DIGITS],),
        HotspotKind.FIELD: (row.category_code[:FIELD_DIGITS],),
        HotspotKind.TAG: tuple(row.tags),
        HotspotKind.STATUTE: tuple(sorted(statutes)),
        HotspotKind.PLACE: (place_of(row.place, names.townships, names.villages),),
        HotspotKind.UNIT: tuple(row.units),
    }
    return Letter(
        matter_id=row.matter_id,
        petition_id=row.petition_id,
        number=row.number,
        received_on=row.received_on,
        first_on=row.first_on,
        keys=keys,
        units=tuple(row.units),
        people=row.people,
        is_group=row.is_group,
        is_sealed=row.is_sealed,
    )


def names_of() -> Names:
    """Return the office's own words for what stands on petitions as codes."""
    tags = list(Tag.objects.order_by("pk"))
    places = list(Place.objects.order_by("code"))
    townships = {place.name: place.code for place in places if not place.superior_code}
    classes = {code: "/".join(path) for path, code in class_paths().items()}
    return Names(
        labels={
            HotspotKind.CATEGORY: classes,
            HotspotKind.FIELD: classes,
            HotspotKind.TAG: {tag.code: tag.name for tag in tags},
            HotspotKind.PLACE: {code: name for name, code in townships.items()},
            HotspotKind.UNIT: dict(Unit.objects.values_list("code", "name")),
            HotspotKind.STATUTE: dict(Statute.objects.values_list("code", "title")),
        },
        statute_of_tag={tag.code: tag.statute_code for tag in tags},
        townships=townships,
        villages={place.name: place.superior_code for place in places if place.superior_code},
    )


def _is_in(scope: Scope, letter: Letter) -> bool:
    in_place = not scope.place or scope.place in letter.keys[HotspotKind.PLACE]
    return in_place and (not scope.unit or scope.unit in letter.units)


def _ledger_begins_on(at: datetime) -> date | None:
    with connection.cursor() as cursor:
        cursor.execute(hotspot_statements.BEGINS, {"at": at})
        row = cursor.fetchone()
    first: date | None = row[0] if row else None
    return first


def early_windows(at: datetime) -> tuple[tuple[str, Period], ...]:
    """Return the windows in which a rise is looked for: the last ninety days, and the year so far."""
    today = local_day(at)
    return (
        (f"近{EARLY_DAYS}天", Period(today - timedelta(days=EARLY_DAYS - 1), today)),
        ("今年以来", window_at(year(today.year), today)),
    )


def rises(*, at: datetime, secret: frozenset[int] = NOTHING) -> list[tuple[str, Hotspot]]:
    """Return what has risen within the year, with the window in words; one that shows in both windows comes once."""
    found: dict[str, tuple[str, Hotspot]] = {}
    for words, window in early_windows(at):
        for kind in EARLY_KINDS:
            for line in early(table(window, at=at, by=kind, secret=secret)):
                found.setdefault(line.key, (words, line))
    return list(found.values())


def give_early_notice(*, at: datetime, href: str) -> int:
    """提醒热点: tell clerk and head once a year of each class or tag that has risen; return how many were told now.

    Whoever is accused in a petition is told what there is without it.
    """
    told = 0
    known: dict[frozenset[int], list[tuple[str, Hotspot]]] = {}
    for person in Staff.objects.holding(Role.CLERK, Role.HEAD).order_by("pk"):
        secret = secret_from(person)
        if secret not in known:
            known[secret] = rises(at=at, secret=secret)
        for words, line in known[secret]:
            told += notifications.notify(
                key=f"hotspot:{line.key}:{local_day(at).year}",
                to=[person],
                kind=NotificationKind.HOTSPOT,
                words=notice_words(words, line)[:TOLD],
                at=at,
                href=f"{href}?by={line.kind.value}",
            )
    return told


def notice_words(window: str, line: Hotspot) -> str:
    """Return one line that says what has risen, by how much, and what the numbers can tell."""
    told = f"{line.label}{window}{line.now.matters}个事项，上年同期{line.past.matters}个（{line.change_words}）"
    if line.verdict is Verdict.RISE:
        return f"{told}，{line.verdict.label}"
    return f"{told}，单凭偶然的可能{line.chance_words}，请留意"
