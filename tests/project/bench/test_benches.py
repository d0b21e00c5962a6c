"""The benches run, on a server of their own, and leave the settings as they were."""

import io
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker
from rich.console import Console

from huiyin.platform.directory.definitions import checked_county_code
from huiyin.platform.statistics.indicators import INDICATORS, ChannelGroup
from huiyin.project.bench import board, fleet, scratch


@pytest.fixture
def console(django_db_blocker: DjangoDbBlocker) -> Iterator[Console]:
    """Give a console whose words are kept; afterwards the settings are what they were."""
    before = {alias: dict(connections.databases[alias]) for alias in ("default", "owner")}
    data, key, modules = settings.HUIYIN_DATA, settings.SECRET_KEY, settings.MIGRATION_MODULES
    with django_db_blocker.unblock():
        yield Console(file=io.StringIO(), width=160)
    assert {alias: dict(connections.databases[alias]) for alias in before} == before
    assert (data, key, modules) == (settings.HUIYIN_DATA, settings.SECRET_KEY, settings.MIGRATION_MODULES)


def words(console: Console) -> str:
    """Return what was printed."""
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_fleet_is_measured_beside_the_stock_way_on_a_sample(console):
    rows = fleet.run(counties=3, sample=1, console=console)
    assert [(one.way, one.counties) for one in rows] == [(fleet.FLEET, 3), (fleet.STOCK, 1), (fleet.EXTRAPOLATED, 3)]
    assert rows[2].seconds == pytest.approx(3 * rows[1].seconds)
    assert all(one.seconds > 0 for one in rows)
    assert "extrapolated" in words(console)


def test_the_board_is_measured_from_numbers_of_every_county_month_indicator_and_channel(console):
    rows = board.run(counties=3, years=2, turns=2, console=console)
    assert [one.way for one in rows] == [board.QUESTION, board.FIRST, board.AGAIN, board.UNION]
    assert all(0 < one.median_ms <= one.p99_ms for one in rows)
    assert [one.queries for one in rows] == [3, 7, 4, 1]
    # 3 counties × 24 months, and one month in ten a second time; every indicator and channel.
    numbers = 78 * sum(len(ChannelGroup.ALL.channels) if one.has_channel else 1 for one in INDICATORS.values())
    assert f"3 counties, 2 years: 78 submissions, {numbers:,} numbers" in words(console)


def test_the_union_is_extrapolated_where_it_is_asked_of_a_sample_and_says_so(console, monkeypatch):
    monkeypatch.setattr(board, "MOST_SCHEMAS", 2)
    rows = board.run(counties=4, years=1, turns=2, every_indicator=False, console=console)
    assert (rows[-1].way, rows[-1].note) == (board.EXTRAPOLATED, "from 2 schemas; over 4: answered")


def test_every_invented_county_has_a_code_of_its_own_that_a_definition_takes():
    codes = [scratch.gb_code(number) for number in range(1, 301)]
    assert len({checked_county_code(code) for code in codes}) == 300
    assert len({code[:4] for code in codes[:150]}) == 11
