"""联动漏斗: how far hotspots went, per county and for the province, from what counties reported of themselves.

These are counts of what organs did, not of people, and are shown as they are.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from huiyin.kernel.words import Word

from .board import Board
from .indicators import ACTIVITIES, EFFECTS, FUNNEL, HOTSPOTS, OPINIONS, TOPIC_PROPOSALS, Indicator, ReportedChannel

AMOUNTS = """
SELECT county, indicator, sum(part), sum(whole) FROM platform_figure
WHERE channel = %(channel)s AND (
    (submission_key = ANY(%(keys)s::uuid[]) AND indicator = ANY(%(indicators)s))
    OR (submission_key = ANY(%(of_the_window)s::uuid[]) AND indicator = %(hotspots)s))
GROUP BY county, indicator
"""


class Stage(Word):
    """One step of the linkage."""

    HOTSPOT = "hotspot", "热点"
    PROPOSAL = "proposal", "建议"
    ADOPTED = "adopted", "采纳"
    ACTIVITY = "activity", "活动"
    OPINION = "opinion", "审议意见"
    ANSWERED = "answered", "反馈"
    EFFECT = "effect", "成效"


# Which count of which indicator each step is: the whole, or the part.
COUNTED: Mapping[Stage, tuple[Indicator, bool]] = {
    Stage.HOTSPOT: (HOTSPOTS, True),
    Stage.PROPOSAL: (TOPIC_PROPOSALS, True),
    Stage.ADOPTED: (TOPIC_PROPOSALS, False),
    Stage.ACTIVITY: (ACTIVITIES, True),
    Stage.OPINION: (OPINIONS, True),
    Stage.ANSWERED: (OPINIONS, False),
    Stage.EFFECT: (EFFECTS, False),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step with its count; of what it was counted: for 采纳, 反馈 and 成效 the whole, else its own count."""

    stage: Stage
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class CountyFunnel:
    """The steps of one county."""

    schema: str
    name: str
    gb_code: str
    has_reported: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """The linkage of a year: every county of the board, and the sum."""

    year: int
    counties: tuple[CountyFunnel, ...]
    total: tuple[Step, ...]


def funnel_of(board: Board) -> Funnel:
    """Return the linkage of the versions that a board stands on; one statement, however many counties.

    A hotspot belongs to its window: those of a year are what the report of the year found, not what its months did.
    Only a county that has not reported its year stands there with the hotspots of its months.
    """
    amounts: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    asked: dict[str, str | list[str]] = {
        "keys": [version.key for line in board.counties for version in line.used],
        "of_the_window": [
            version.key
            for line in board.counties
            for version in ((line.year_reported,) if line.year_reported else line.used)
        ],
        "channel": ReportedChannel.NONE.value,
        "indicators": [indicator.code for indicator in FUNNEL if indicator is not HOTSPOTS],
        "hotspots": HOTSPOTS.code,
    }
    with connection.cursor() as cursor:
        cursor.execute(AMOUNTS, asked)
        for county, indicator, part, whole in cursor.fetchall():
            amounts[county][indicator] = (int(part), int(whole))
    counties = tuple(
        CountyFunnel(line.schema, line.name, line.gb_code, line.has_reported, steps_of(amounts.get(line.schema, {})))
        for line in board.counties
    )
    return Funnel(board.year, counties, total=added(counties))


def steps_of(amounts: Mapping[str, tuple[int, int]]) -> tuple[Step, ...]:
    """Return the steps of part and whole by indicator; what nobody reported is zero."""
    found = []
    for stage, (indicator, is_whole) in COUNTED.items():
        part, whole = amounts.get(indicator.code, (0, 0))
        found.append(Step(stage, whole if is_whole else part, whole))
    return tuple(found)


def added(counties: tuple[CountyFunnel, ...]) -> tuple[Step, ...]:
    """Return the sum of counties, step by step."""
    return tuple(
        Step(stage, sum(one.steps[place].count for one in counties), sum(one.steps[place].of for one in counties))
        for place, stage in enumerate(COUNTED)
    )
