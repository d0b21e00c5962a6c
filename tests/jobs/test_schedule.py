"""Sweeps are sent once a day to every open office, and never by two at once."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.management import call_command

from huiyin.jobs import schedule
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


COUNTIES = ("baiyun", "qinglan")


def test_every_county_gets_each_sweep_once_a_day(county, sent):
    wanted = sorted((schema, actor.actor_name) for schema in COUNTIES for actor in schedule.DAILY)
    assert ("qinglan", "numbers.remind_of_closing") in wanted
    assert schedule.sweep(at=AT) == len(wanted)
    schedule.sweep(at=AT + timedelta(hours=2))
    assert sorted((one["kwargs"]["county"], one["actor_name"]) for one in sent()) == wanted
    schedule.sweep(at=AT + timedelta(days=1))
    assert len(sent()) == 2 * len(wanted)


def test_the_command_takes_the_moment(county, sent, capsys):
    call_command("sweep", "--at", "2026-03-02T06:00:00+08:00")
    assert {message["kwargs"]["at"] for message in sent()} == {"2026-03-02T06:00:00+08:00"}
    assert f"已发出定期任务 {len(sent())} 个" in capsys.readouterr().out


@pytest.mark.parametrize("at", ["2026-03-02", "2026-13-45T00:00:00+08:00", "2026-03-02T06:00:00"])
def test_a_moment_without_its_zone_is_refused(county, at):
    with pytest.raises(Refusal, match="时刻"):
        call_command("sweep", "--at", at)


def test_while_another_sweeps_nothing_is_sent(county, provisioned, sent):
    url = f"{provisioned.superuser_url.rpartition('/')[0]}/{provisioned.database}"
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s, %s)", schedule.LOCK)
        assert schedule.sweep(at=AT) == 0
    assert sent() == []
