"""What moved between two sets of a period's numbers: versions compared, or a locked version with today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huiyin.platform.statistics.indicators import ANSWERED_OF_ANSWERABLE, PROMISES, REGISTERED, TIMELINESS, indicator_of

from .states import ChangeKind

Values = Iterable[Mapping[str, object]]
Place = tuple[str, str, str, str]
Amount = tuple[int, int]
NOTHING: Amount = (0, 0)
# What is over when its period is: later work does not move these, a correction does.
SETTLED = frozenset({REGISTERED.code, *(one.code for one in TIMELINESS if one.code.startswith("timely_"))})
# Their denominator is the receipts of the period.
COUNT_RECEIPTS = frozenset(one.code for one in PROMISES if one is not ANSWERED_OF_ANSWERABLE)


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One number before and after: of an indicator and a channel, or of a cell of them."""

    indicator: str
    channel: str
    purpose: str
    category: str
    before: Amount
    after: Amount
    divided: bool = False

    @property
    def label(self) -> str:
        """Return the indicator's name."""
        return indicator_of(self.indicator).label

    @property
    def kind(self) -> ChangeKind:
        """Return whether the number only grew by later work.

        Receipts, and what was due within the period, do not move by later work; nor does a number become smaller by
        it, except that what turns out to be lawfully unanswerable leaves its denominator, and that what was not
        classified yet leaves its cell.
        """
        (part_before, whole_before), (part, whole) = self.before, self.after
        if self.is_unclassified_cell:
            return ChangeKind.PROGRESS
        is_smaller = part < part_before or (whole < whole_before and self.indicator != ANSWERED_OF_ANSWERABLE.code)
        is_settled = self.indicator in SETTLED or (self.indicator in COUNT_RECEIPTS and whole != whole_before)
        return ChangeKind.CORRECTION if is_smaller or (is_settled and not self.is_cell) else ChangeKind.PROGRESS

    @property
    def is_cell(self) -> bool:
        """Whether it is a number of one class, and no margin."""
        return bool(self.purpose or self.category)

    @property
    def is_unclassified_cell(self) -> bool:
        """Whether it is the cell of what is not classified yet."""
        return self.divided and not self.is_cell


def changes_of(before: Values, after: Values, *, divided: bool = False) -> tuple[Change, ...]:
    """Return every number that differs, in a fixed order; one that stands on one side only was nothing on the other.

    ``divided`` says that they are cells by class, of which one may hold what is not classified.
    """
    old, new = _by_place(before), _by_place(after)
    return tuple(
        Change(*place, before=old.get(place, NOTHING), after=new.get(place, NOTHING), divided=divided)
        for place in sorted({*old, *new})
        if old.get(place, NOTHING) != new.get(place, NOTHING)
    )


def _by_place(values: Values) -> dict[Place, Amount]:
    return {
        (
            str(one["indicator"]),
            str(one["channel"]),
            str(one.get("purpose", "")),
            str(one.get("category", "")),
        ): (int(str(one["part"])), int(str(one["whole"])))
        for one in values
    }


@dataclass(frozen=True, slots=True)
class Drift:
    """锁定后变动: how the numbers of a period differ from what was reported of it."""

    figures: tuple[Change, ...]
    cells: tuple[Change, ...]

    @property
    def is_still(self) -> bool:
        """Whether nothing moved."""
        return not self.figures and not self.cells

    @property
    def corrections(self) -> tuple[Change, ...]:
        """Return the numbers that were reported and are not right any more."""
        return tuple(one for one in self.figures if one.kind is ChangeKind.CORRECTION)

    @property
    def is_correction(self) -> bool:
        """Whether the period ought to be opened again: a number is not right, or items moved to another class."""
        return bool(self.corrections) or any(one.kind is ChangeKind.CORRECTION for one in self.cells)
