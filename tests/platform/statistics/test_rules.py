"""报送: when a month has to be there, as a table."""

from datetime import date

import pytest

from huiyin.accounts.roles import Role
from huiyin.kernel.periods import month
from huiyin.platform.statistics import rules
from huiyin.platform.statistics.rules import Punctuality

ONBOARDED = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("written", "reported_on", "today", "expected"),
    [
        ("2026-03", date(2026, 4, 10), date(2026, 5, 1), Punctuality.ON_TIME),  # the 10th is in time
        ("2026-03", date(2026, 4, 11), date(2026, 5, 1), Punctuality.LATE),
        ("2026-03", None, date(2026, 4, 10), Punctuality.WAITING),
        ("2026-03", None, date(2026, 4, 11), Punctuality.MISSING),
        ("2026-03", None, date(2026, 3, 31), Punctuality.NOT_DUE),
        ("2026-12", date(2027, 1, 10), date(2027, 2, 1), Punctuality.ON_TIME),  # over the turn of the year
        ("2025-12", None, date(2026, 5, 1), Punctuality.BEFORE),
        ("2025-12", date(2026, 5, 1), date(2026, 5, 1), Punctuality.ON_TIME),  # was never due
    ],
)
def test_a_month_is_due_on_the_tenth_of_the_next(written, reported_on, today, expected):
    found = rules.punctuality(month(written), reported_on=reported_on, onboarded_on=ONBOARDED, today=today)
    assert found is expected


class Person:
    def __init__(self, *roles: Role) -> None:
        self.role_set = frozenset(roles)


def test_the_board_is_for_the_province_and_its_administrator():
    seen = {role for role in Role if rules.may_see_board(Person(role))}
    assert seen == {Role.PROVINCE_VIEWER, Role.PROVINCE_ANALYST, Role.ADMINISTRATOR}
