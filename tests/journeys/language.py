"""How a story is told: a function that yields the day it has come to, and does the office's acts in between.

A story by itself is played day after day; the year plays all of them together, in the order of their days.
"""

import functools
import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from huiyin.kernel.calendar import SHANGHAI

if TYPE_CHECKING:
    from .office import Office

Days = Iterator[date]
Tale = Callable[["Office"], Days]
OPENS_AT = time(9)


class Time:
    """The one clock of a story: acts move it on by a minute, the story by days; never back."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 4, 9, tzinfo=SHANGHAI)

    def come_to(self, day: date) -> None:
        self.now = max(self.now, datetime.combine(day, OPENS_AT, tzinfo=SHANGHAI))
        assert self.now.date() == day, f"{day} is over: it is {self.now:%Y-%m-%d}"

    def later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


TALES: dict[str, Tale] = {}


def on(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


def story(tale: Tale) -> Callable[["Office"], None]:
    """Make a test of a tale, which plays it by itself, and remember the tale for the year."""
    TALES[tale.__name__] = tale

    @functools.wraps(tale)
    def told_alone(office: "Office") -> None:
        play(office, [tale])

    return told_alone


def play(office: "Office", tales: list[Tale]) -> None:
    """Play tales together: the one whose next day comes first goes on, the rest wait."""
    waiting: list[tuple[date, int, Days]] = []
    for place, tale in enumerate(tales):
        days = tale(office)
        heapq.heappush(waiting, (next(days), place, days))
    while waiting:
        day, place, days = heapq.heappop(waiting)
        office.time.come_to(day)
        following = next(days, None)
        if following is not None:
            assert following >= day, f"a story does not go back from {day} to {following}"
            heapq.heappush(waiting, (following, place, days))
