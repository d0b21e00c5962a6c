"""Dividing: what the lines of a breakdown are called, and to which township a written place belongs."""

from collections.abc import Callable, Iterable, Mapping

from huiyin.accounts.models import Staff
from huiyin.county.office.models import Place, Unit
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Purpose, Recurrence
from huiyin.kernel.periods import month
from huiyin.kernel.words import Word
from huiyin.platform.categories.queries import class_paths
from huiyin.platform.statistics.indicators import FUNNEL, Indicator, ReportedChannel

from .hotspot_rules import place_of
from .states import Dimension, Gathering

SEALED = "sealed"
NOBODY, ELSEWHERE = "", "elsewhere"
SEALED_LABEL, ELSEWHERE_LABEL = "检举控告件、密件（不分列）", "其他属地"
WORDS: Mapping[Dimension, type[Word]] = {
    Dimension.CHANNEL: ReportedChannel,
    Dimension.PURPOSE: Purpose,
    Dimension.RECURRENCE: Recurrence,
    Dimension.GROUP: Gathering,
}
NOTHING: Mapping[Dimension, str] = {
    Dimension.UNIT: "未交办到单位",
    Dimension.PLACE: "未注明属地",
    Dimension.LEADER: "未经领导阅批接访",
    Dimension.GROUP: "未登记",
}


# What counts no petitions is told apart by the unit it went to and by its month.
WITHOUT_PETITIONS = (Dimension.UNIT, Dimension.MONTH)


def dimensions_of(indicator: Indicator) -> tuple[Dimension, ...]:
    """Return by what a number can be divided."""
    if indicator in FUNNEL:
        return ()
    return tuple(Dimension) if indicator.has_channel else WITHOUT_PETITIONS


def place_keys(written: Iterable[str]) -> Mapping[str, str]:
    """Return the township's code of each written place; one that the gazetteer does not know stays itself."""
    places = list(Place.objects.order_by("code"))
    townships = {place.name: place.code for place in places if not place.superior_code}
    villages = {place.name: place.superior_code for place in places if place.superior_code}
    return {one: one if one == SEALED else place_of(one, townships, villages) for one in dict.fromkeys(written)}


def places_told(keys: Iterable[str], by: Staff) -> frozenset[str]:
    """Return the places that this person may read: of the gazetteer, and written on a petition open to them."""
    wanted = [*keys]
    known = Place.objects.filter(code__in=wanted).values_list("code", flat=True)
    written = Petition.objects.visible_to(by).filter(place__in=wanted).values_list("place", flat=True)
    return frozenset({*known, *written.distinct(), SEALED, NOBODY})


def labels_of(by: Dimension, keys: Iterable[str]) -> Mapping[str, str]:
    """Return what each line is called on screen and on paper."""
    name = _names(by)
    fixed = {SEALED: SEALED_LABEL, ELSEWHERE: ELSEWHERE_LABEL, NOBODY: NOTHING.get(by, "未归类")}
    return {key: fixed.get(key) or name(key) for key in keys}


def _names(by: Dimension) -> Callable[[str], str]:
    if by in WORDS:
        words = WORDS[by]
        return lambda key: words(key).label
    if by in {Dimension.FIELD, Dimension.CLASS}:
        known = {code: "／".join(path) for path, code in class_paths().items()}
    elif by is Dimension.UNIT:
        known = dict(Unit.objects.values_list("code", "name"))
    elif by is Dimension.PLACE:
        known = dict(Place.objects.values_list("code", "name"))
    elif by is Dimension.MONTH:
        return lambda key: month(key).label
    else:
        known = {}
    return lambda key: known.get(key, key)
