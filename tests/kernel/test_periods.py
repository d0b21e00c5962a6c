"""Periods the office reports on."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.kernel.periods import Period, month, month_of, quarter, year
from huiyin.kernel.refusal import Refusal

FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize(
    ("period", "first", "last", "label"),
    [
        (month("2026-03"), date(2026, 3, 1), date(2026, 3, 31), "2026年3月"),
        (month("2024-02"), date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        (quarter(2026, 1), date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度"),
        (quarter(2026, 4), date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
        (year(2026), date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        (
            Period(date(2026, 2, 1), date(2026, 4, 30)),
            date(2026, 2, 1),
            date(2026, 4, 30),
            "2026年2月1日至2026年4月30日",
        ),
        (Period(date(2026, 3, 2), date(2026, 3, 8)), date(2026, 3, 2), date(2026, 3, 8), "2026年3月2日至2026年3月8日"),
    ],
)
def test_a_period_has_its_days_and_its_name(period: Period, first: date, last: date, label: str) -> None:
    assert (period.first, period.last, period.label) == (first, last, label)


@pytest.mark.parametrize("written", ["2026-3", "2026-13", "2026-00", "0001-01", "2026年3月", "", "2026-03-01"])
def test_what_is_no_month_is_refused(written: str) -> None:
    with pytest.raises(Refusal):
        month(written)


@pytest.mark.parametrize("number", [0, 5])
def test_a_year_has_four_quarters(number: int) -> None:
    with pytest.raises(Refusal, match="季度"):
        quarter(2026, number)


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(Refusal, match="早于起始日"):
        Period(date(2026, 3, 2), date(2026, 3, 1))


def test_a_year_out_of_range_is_refused() -> None:
    with pytest.raises(Refusal, match="年份"):
        year(26)


@pytest.mark.parametrize(
    ("day", "inside"),
    [(date(2026, 2, 28), False), (date(2026, 3, 1), True), (date(2026, 3, 31), True), (date(2026, 4, 1), False)],
)
def test_first_and_last_day_are_inside(day: date, inside: bool) -> None:
    assert month("2026-03").contains(day) is inside


def test_a_period_is_split_into_its_months() -> None:
    assert [one.label for one in quarter(2026, 2).months()] == ["2026年4月", "2026年5月", "2026年6月"]
    assert len(list(year(2026).months())) == 12
    assert [one.label for one in Period(date(2026, 12, 15), date(2027, 1, 2)).months()] == ["2026年12月", "2027年1月"]


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (year(2026), year(2025)),
        (quarter(2026, 1), quarter(2025, 1)),
        (month("2025-02"), month("2024-02")),  # a whole month stays whole
        (month("2024-02"), month("2023-02")),
        (Period(date(2024, 2, 29), date(2024, 3, 10)), Period(date(2023, 2, 28), date(2023, 3, 10))),
    ],
)
def test_the_year_before_is_the_same_span(period: Period, before: Period) -> None:
    assert period.previous_year() == before


@FEW
@given(day=st.dates(date(1950, 1, 1), date(2198, 1, 1)))
def test_every_day_lies_in_exactly_one_month_of_its_year(day: date) -> None:
    assert [one for one in year(day.year).months() if one.contains(day)] == [month_of(day)]
    assert sum(one.days for one in year(day.year).months()) == year(day.year).days
