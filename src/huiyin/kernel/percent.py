"""Percent: how a part of a whole is written, so that 100 % is never a rounding."""

from decimal import ROUND_HALF_UP, Decimal

NOTHING = "—"
CENT = Decimal("0.01")


def percent(part: int, whole: int) -> Decimal | None:
    """Return the percentage with two decimals, or None for nothing out of nothing.

    Half goes up; 100.00 is returned only when part and whole are equal, 0.00 only when there is no part.
    """
    if part < 0 or whole < 0 or part > whole:
        raise ValueError(f"{part} is no part of {whole}")
    if whole == 0:
        return None
    rounded = (Decimal(part) * 100 / Decimal(whole)).quantize(CENT, rounding=ROUND_HALF_UP)
    if part < whole:
        rounded = min(rounded, Decimal(100) - CENT)
    if part > 0:
        rounded = max(rounded, CENT)
    return rounded


def percent_words(part: int, whole: int) -> str:
    """Return the percentage as it stands on screen and paper: ``97.16%``, or ``—`` for 0/0."""
    value = percent(part, whole)
    return NOTHING if value is None else f"{value}%"
