"""对比期：equal months before the first day and after the last, and what two counts allow to be said."""

from datetime import date

import pytest

from huiyin.kernel.windows import Change, around, change


@pytest.mark.parametrize(
    ("began_on", "ended_on", "months", "before", "after"),
    [
        (date(2026, 6, 10), date(2026, 10, 15), 3, ("2026-03-10", "2026-06-09"), ("2026-10-16", "2027-01-15")),
        (date(2026, 6, 10), date(2026, 10, 15), 6, ("2025-12-10", "2026-06-09"), ("2026-10-16", "2027-04-15")),
        (date(2026, 6, 10), date(2026, 10, 15), 12, ("2025-06-10", "2026-06-09"), ("2026-10-16", "2027-10-15")),
        # A month without that day ends on its last: 31 August back to 28 February, 30 November on to 28 February.
        (date(2026, 8, 31), date(2026, 11, 30), 6, ("2026-02-28", "2026-08-30"), ("2026-12-01", "2027-05-30")),
        (date(2026, 5, 31), date(2026, 11, 30), 3, ("2026-02-28", "2026-05-30"), ("2026-12-01", "2027-02-28")),
    ],
)
def test_neither_the_first_day_nor_the_day_of_acceptance_is_in_a_window(began_on, ended_on, months, before, after):
    windows = around(began_on=began_on, ended_on=ended_on, months=months)
    assert (windows.before.first.isoformat(), windows.before.last.isoformat()) == before
    assert (windows.after.first.isoformat(), windows.after.last.isoformat()) == after


@pytest.mark.parametrize(
    ("today", "is_over"),
    [(date(2027, 1, 14), False), (date(2027, 1, 15), False), (date(2027, 1, 16), True)],
    ids=["前一天", "最后一天还没过完", "届满次日"],
)
def test_a_window_is_over_the_day_after_its_last(today, is_over):
    windows = around(began_on=date(2026, 6, 10), ended_on=date(2026, 10, 15), months=3)
    assert windows.is_over(today=today) is is_over
    assert windows.complete_on == date(2027, 1, 16)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (14, 5, Change.FEWER),
        (5, 5, Change.SAME),
        (5, 0, Change.FEWER),
        (0, 5, Change.MORE),
        (4, 4, Change.TOO_FEW),
        (4, 0, Change.TOO_FEW),
        (0, 0, Change.TOO_FEW),
        (4, 5, Change.MORE),
    ],
)
def test_below_five_in_both_windows_nothing_is_said(before, after, said):
    assert change(before, after) is said
