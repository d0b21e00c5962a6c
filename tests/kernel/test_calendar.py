"""The calendar: which days the office works and what it says about the others."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.kernel.calendar import Calendar, DayEntry, DayKind, local_day, qingming, seed
from huiyin.kernel.refusal import Refusal

FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "works", "words"),
    [
        (date(2026, 3, 2), True, None),  # an ordinary Monday
        (date(2026, 3, 7), False, "休息日"),
        (date(2026, 2, 14), True, "春节调休上班"),  # a Saturday that is a working day
        (date(2026, 2, 28), True, "春节调休上班"),
        (date(2026, 9, 20), True, "国庆节调休上班"),  # a Sunday that is a working day
        (date(2026, 2, 17), False, "春节放假"),
        (date(2026, 10, 6), False, "国庆节调休放假"),
        (date(2026, 10, 8), True, None),
        (date(2011, 12, 31), True, "元旦调休上班"),  # the make-up day stands in the year before its holiday
        (date(2015, 9, 3), False, "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日放假"),
        (date(2027, 1, 1), False, "元旦，法定假日"),  # nobody has announced 2027
        (date(2027, 1, 4), True, None),
        (date(2027, 4, 5), False, "清明节，法定假日"),
        (date(2027, 5, 2), False, "劳动节，法定假日"),
        (date(2027, 5, 3), True, None),
        (date(2027, 10, 4), True, None),
        (date(2028, 2, 1), True, None),  # lunar holidays of a year not announced are not guessed
        (date(2003, 5, 3), False, "劳动节，法定假日"),  # before the table begins
        (date(1999, 10, 3), False, "休息日"),
    ],
)
def test_a_day_is_a_working_day_or_says_why_not(day: date, works: bool, words: str | None) -> None:
    assert (seed().is_working_day(day), seed().describe(day)) == (works, words)


@pytest.mark.parametrize(
    ("day", "provisional"),
    [
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), True),
        (date(2003, 12, 31), False),  # over for good: nobody will announce it any more
        (date(2004, 1, 1), False),
    ],
)
def test_a_day_is_provisional_in_a_year_nobody_has_announced_yet(day: date, provisional: bool) -> None:
    assert seed().is_provisional(day) is provisional


def test_a_year_left_out_between_two_announced_ones_is_provisional() -> None:
    calendar = Calendar.of([], {2026, 2028})
    assert [calendar.is_provisional(date(year, 6, 1)) for year in (2025, 2026, 2027, 2028, 2029)] == [
        False,
        False,
        True,
        False,
        True,
    ]


def test_with_an_empty_table_every_day_is_computed_and_provisional() -> None:
    empty = Calendar.of([], ())
    assert empty.is_provisional(date(2026, 10, 1))
    assert not empty.is_working_day(date(2026, 10, 1))
    assert empty.is_working_day(date(2026, 10, 5))


def test_the_table_has_the_last_word_even_in_a_year_not_announced() -> None:
    calendar = Calendar.of([DayEntry(date(2027, 1, 1), DayKind.WORK, "抗洪")], ())
    assert calendar.is_working_day(date(2027, 1, 1))


def test_the_seed_covers_2004_to_2026_and_agrees_with_its_source_on_every_day() -> None:
    calendar = seed()
    assert calendar.announced_years == frozenset(range(2004, 2027))
    days = [date(2004, 1, 1) + timedelta(days=offset) for offset in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]
    assert [day for day in days if calendar.is_working_day(day) != chinese_calendar.is_workday(day)] == []


def test_a_calendar_survives_being_written_to_rows_and_read_back() -> None:
    assert Calendar.of(seed().entries(), seed().announced_years) == seed()


def test_a_day_told_as_rest_and_as_work_is_refused() -> None:
    rows = [DayEntry(date(2027, 2, 6), kind, "春节") for kind in DayKind]
    with pytest.raises(Refusal, match="2027年2月6日既写了放假又写了上班"):
        Calendar.of(rows, {2027})


@pytest.mark.parametrize(
    ("day", "amount", "then"),
    [
        (date(2026, 3, 6), 0, date(2026, 3, 6)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 3, 7), 0, date(2026, 3, 7)),  # nothing added, nothing moved
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # Saturday, made up for
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # over the Spring Festival
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # New Year, then a weekend
    ],
)
def test_working_days_are_counted_from_the_day_after(day: date, amount: int, then: date) -> None:
    assert seed().add_working_days(day, amount) == then


def test_working_days_cannot_be_counted_backwards_or_past_the_end_of_time() -> None:
    with pytest.raises(Refusal, match="不能是负数"):
        seed().add_working_days(date(2026, 3, 6), -1)
    with pytest.raises(Refusal, match="1949年至2199年"):
        seed().add_working_days(date(9999, 12, 30), 3)


@FEW
@given(day=DAYS, amount=st.integers(0, 80))
def test_between_a_day_and_its_nth_working_day_there_are_exactly_n(day: date, amount: int) -> None:
    calendar = seed()
    end = calendar.add_working_days(day, amount)
    span = [day + timedelta(days=offset + 1) for offset in range((end - day).days)]
    assert sum(calendar.is_working_day(one) for one in span) == amount
    assert not amount or calendar.is_working_day(end)


@FEW
@given(day=DAYS)
def test_whatever_is_not_an_ordinary_weekday_says_why(day: date) -> None:
    calendar = seed()
    ordinary = calendar.is_working_day(day) and day.weekday() < 5
    assert (calendar.describe(day) is None) is ordinary


@pytest.mark.parametrize(("year", "day"), [(2026, 5), (2027, 5), (2028, 4), (2029, 4), (2030, 5)])
def test_qingming_is_the_solar_term(year: int, day: int) -> None:
    assert qingming(year) == date(year, 4, day)


def test_qingming_was_no_holiday_before_2008() -> None:
    assert qingming(2007) is None


def test_the_day_is_that_of_china_and_needs_a_zone() -> None:
    assert local_day(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert local_day(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == date(2027, 1, 1)
    with pytest.raises(ValueError, match="zone"):
        local_day(datetime(2026, 12, 31))  # noqa: DTZ001  # the missing zone is the point
