"""指标: every indicator stands in a row counted by hand, and what a county counts is what the province shows."""

from datetime import timedelta
from typing import Any

import pytest
from tests.conftest import ACCOUNTS, People
from tests.county.analysis.conftest import MARCH, Desk, moment
from tests.county.analysis.test_indicators import TABLE, Figures, Story

from huiyin.accounts.models import Staff
from huiyin.county.analysis import queries
from huiyin.county.reporting.actions import periods
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.kernel.tenant import entered
from huiyin.platform.statistics.indicators import FUNNEL, INDICATORS, ChannelGroup
from huiyin.platform.statistics.queries import board as board_of

from .counties import Place
from .test_effect import MEASURED, OF_THE_YEAR
from .test_totals import PAPER

COUNTED_AT = moment(4, 12)


def test_no_indicator_is_missing_from_the_tables_counted_by_hand():
    """TABLE: 一个指标一个故事；PAPER: 青岚县一季度；OF_THE_YEAR: 全年的联动；MEASURED: 测算成效的那个月."""
    of_stories = {code for _, _, expected in TABLE for code, _ in expected}
    of_quarter = {code for code, _ in PAPER}
    rows = (OF_THE_YEAR, MEASURED)
    of_linkage = {one.code for row in rows for one, (_, whole) in zip(FUNNEL, row, strict=True) if whole}
    assert of_stories | of_quarter | of_linkage == set(INDICATORS)
    # Neither table alone is enough: the guard would see a code that is only in one of them go missing.
    assert of_stories | of_quarter != set(INDICATORS)
    assert of_quarter | of_linkage != set(INDICATORS)


@pytest.fixture
def desk(undone: dict[str, Place]) -> Desk:
    """The desk of 临时县."""
    with entered(undone["linshi"].tenant):
        by_name = {staff.username: staff for staff in Staff.objects.order_by("pk")}
    people: dict[str, Any] = {role: by_name[facts[0]] for role, facts in ACCOUNTS.items()}
    return Desk(People(administrator=by_name["administrator"], **people))


def figures() -> Figures:
    return {(one.indicator, one.channel): (one.part, one.whole) for one in queries.figures(MARCH, at=COUNTED_AT)}


def shown(provisioned: Any, codes: set[str]) -> dict[str, tuple[int, int]]:
    """Return the province's sums of March."""
    with entered(provisioned.offices["province"]):
        total = board_of(2026, at=COUNTED_AT, group=ChannelGroup.ALL, month=MARCH).total
    amounts = {code: total.of(INDICATORS[code]) for code in codes}
    return {code: (one.part, one.whole) for code, one in amounts.items()}


@pytest.mark.parametrize(("story", "expected"), [pytest.param(*row[1:], id=row[0]) for row in TABLE])
def test_what_a_story_adds_in_the_county_reaches_the_province(
    story: Story, expected: Figures, desk: Desk, undone: dict[str, Place], provisioned: Any
):
    """临时县三月重新打开、结第二版: the board's month grows by the row of the paper and by nothing else of it."""
    place, codes = undone["linshi"], {code for code, _ in expected}
    before = shown(provisioned, codes)
    with entered(place.tenant):
        then = figures()
        story(desk)
        now = figures()
        row = ReportedPeriod.objects.of(MARCH).get()
        periods.reopen(period_id=row.pk, reason="补登", by=place.head, at=COUNTED_AT - timedelta(hours=1))
        second = place.closed(MARCH, COUNTED_AT)
    grown = {key: (now[key][0] - then.get(key, (0, 0))[0], now[key][1] - then.get(key, (0, 0))[1]) for key in now}
    assert {key: value for key, value in grown.items() if key[0] in codes and value[1]} == expected
    pushed = {(one["indicator"], one["channel"]): (one["part"], one["whole"]) for one in second.figures}
    assert {key: pushed[key] for key in now} == now
    after = shown(provisioned, codes)
    for code in codes:
        rows = [value for (found, _), value in expected.items() if found == code]
        wanted = (sum(part for part, _ in rows), sum(whole for _, whole in rows))
        assert (after[code][0] - before[code][0], after[code][1] - before[code][1]) == wanted, code
