"""核对: whatever happened in an office, before and after, its reported months are counted again as they were."""

import random
from datetime import timedelta

import pytest

from huiyin.county.reporting.actions import periods
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries.periods import amounts_of
from huiyin.kernel.periods import month

ACTS_BEFORE, ACTS_AFTER = 40, 25


@pytest.mark.parametrize("seed", [3, 14])
def test_numbers_frozen_in_the_middle_of_an_offices_life_are_those_counted_afterwards(people, life_of, seed):
    life = life_of(random.Random(seed))
    life.live(ACTS_BEFORE)
    march, at = month("2026-03"), max(life.at, life.at.replace(month=4, day=2)) + timedelta(hours=1)
    row = periods.prepare(period=march, by=people.clerk, at=at)
    life.at = at + timedelta(hours=1)
    life.live(ACTS_AFTER)
    row = ReportedPeriod.objects.get(pk=row.pk)
    figures, cells = amounts_of(march, at=row.prepared_at)
    assert [one.as_values() for one in figures] == row.figures
    assert [one.as_values() for one in cells] == row.cells
    assert any(one["whole"] for one in row.figures)
