"""Windows: equal spans before something began and after it ended, and what two counts in them allow to be said."""

from dataclasses import dataclass
from datetime import date, timedelta

from .deadlines import add_months
from .periods import Period
from .words import Word

ENOUGH = 5


class Change(Word):
    """What two counts say beside each other: never why."""

    FEWER = "fewer", "少于之前"
    SAME = "same", "与之前相同"
    MORE = "more", "多于之前"
    TOO_FEW = "too_few", "数量太少，不作比较"


@dataclass(frozen=True, slots=True)
class Windows:
    """The same number of months before a first day and after a last day; neither of those two days is in them."""

    months: int
    before: Period
    after: Period

    def is_over(self, *, today: date) -> bool:
        """Whether the later window has ended: its last day is over."""
        return today > self.after.last

    @property
    def complete_on(self) -> date:
        """Return the first day on which the later window can be counted whole."""
        return self.after.last + timedelta(days=1)


def around(*, began_on: date, ended_on: date, months: int) -> Windows:
    """Return the windows around something that began on one day and ended on another.

    The earlier one ends the day before it began, the later one begins the day after it ended; months end on the
    same-numbered day or on the month's last, as due dates do.
    """
    one = timedelta(days=1)
    return Windows(
        months=months,
        before=Period(add_months(began_on, -months), began_on - one),
        after=Period(ended_on + one, add_months(ended_on, months)),
    )


def change(before: int, after: int) -> Change:
    """Return what two counts say; where neither window reaches five, that they are too few to say anything."""
    if max(before, after) < ENOUGH:
        return Change.TOO_FEW
    if after == before:
        return Change.SAME
    return Change.FEWER if after < before else Change.MORE
