"""Sweeps are sent once a day to every open office, and never by two at once."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.management import call_command

from huiyin.jobs import schedule
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_every_county_gets_each_sweep_once_a_day(county, sent):
    assert schedule.sweep(at=AT) == 10
    schedule.sweep(at=AT + timedelta(hours=2))
    told = sorted((message["kwargs"]["county"], message["actor_name"]) for message in sent())
    assert told == [
        ("baiyun", "assignments.deem_received"),
        ("baiyun", "attachments.sweep"),
        ("baiyun", "deadlines.recompute"),
        ("baiyun", "instructions.remind"),
        ("baiyun", "office.remind_of_hearing"),
        ("qinglan", "assignments.deem_received"),
        ("qinglan", "attachments.sweep"),
        ("qinglan", "deadlines.recompute"),
        ("qinglan", "instructions.remind"),
        ("qinglan", "office.remind_of_hearing"),
    ]
    schedule.sweep(at=AT + timedelta(days=1))
    assert len(sent()) == 20


def test_the_command_takes_the_moment(county, sent, capsys):
    call_command("sweep", "--at", "2026-03-02T06:00:00+08:00")
    assert {message["kwargs"]["at"] for message in sent()} == {"2026-03-02T06:00:00+08:00"}
    assert "10" in capsys.readouterr().out


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
