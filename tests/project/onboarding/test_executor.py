"""django-tenants' own commands go the fleet's way, or are refused."""

import io
import os

import pytest
from django.core.management import call_command

from huiyin.kernel.refusal import Refusal
from huiyin.project.console import main
from huiyin.project.onboarding.executor import FleetExecutor, executor_for

ALL = {"xi1", "xi2", "xi3", "xi4", "xi5"}
ADD_COLUMN = "migrations.AddField('unit', 'fax', models.CharField(max_length=20, default='')),"
ADD_RULE = """migrations.AddConstraint('unit', models.CheckConstraint(
    name='a_unit_is_not_called_trouble', condition=~models.Q(name='麻烦'))),"""
TROUBLE = (
    "INSERT INTO {}.county_unit (code, name, branch, phone, handlers, is_active)"
    " VALUES ('t', '麻烦', 'court', '', '{{}}', true)"
)


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def have_column(place) -> set[str]:
    return {
        schema
        for (schema,) in place.ask(
            "SELECT table_schema FROM information_schema.columns"
            " WHERE table_name = 'county_unit' AND column_name = 'fax'"
        )
    }


@pytest.mark.parametrize("command", ["migrate_schemas", "migrate"])
def test_the_stock_command_is_a_run_of_the_fleet(place, planted, command):
    planted(ADD_COLUMN)
    words = said(command)
    assert "平台已是最新" in words
    assert "完成 5 个" in words
    assert have_column(place) == ALL
    assert place.ask("SELECT state, count(*) FROM platform_fleet_step GROUP BY 1") == [("done", 5)]
    assert place.ask("SELECT state FROM platform_fleet_run") == [("done",)]


def test_a_failure_under_the_stock_command_is_one_offices_own_and_the_exit_code(place, planted):
    planted(ADD_COLUMN + ADD_RULE)
    place.tell(TROUBLE.format("xi3"))
    with pytest.raises(SystemExit) as caught:
        said("migrate_schemas", "--tenant")
    assert caught.value.code == 1
    assert have_column(place) == ALL - {"xi3"}
    assert place.ask("SELECT schema_name FROM platform_county WHERE state = 'migrating'") == [("xi3",)]
    place.tell("DELETE FROM xi3.county_unit WHERE code = 't'")
    assert "完成 1 个，本已最新 4 个" in said("migrate_schemas", "--tenant")


@pytest.mark.parametrize("arguments", [["--shared"], ["--schema", "public"]])
def test_the_shared_tables_alone_are_an_installation(place, planted, arguments):
    planted(ADD_COLUMN)
    assert "平台已是最新" in said("migrate_schemas", *arguments)
    assert have_column(place) == set()
    assert place.ask("SELECT count(*) FROM platform_fleet_run") == [(0,)]


def test_more_connections_are_asked_for_as_the_stock_command_asks(place, planted):
    planted(ADD_COLUMN)
    assert "完成 5 个" in said("migrate_schemas", "--tenant", "--parallel", "3", "--noinput")


@pytest.mark.parametrize(
    ("arguments", "flags"),
    [
        (["--schema", "xi1"], "--schema"),
        (["county"], "APP"),
        (["county", "0001"], "APP MIGRATION"),
        (["--fake"], "--fake"),
        (["--fake-initial"], "--fake-initial"),
        (["--plan"], "--plan"),
        (["--prune"], "--prune"),
        (["--run-syncdb"], "--run-syncdb"),
        (["--check"], "--check"),
        (["--database", "default"], "--database"),
        (["--executor", "standard"], "--executor=standard"),
        (["--executor", "multiprocessing"], "--executor=multiprocessing"),
    ],
)
def test_an_option_that_cannot_be_honoured_is_refused_with_what_to_run_instead(place, planted, arguments, flags):
    planted(ADD_COLUMN)
    with pytest.raises(Refusal, match="请运行 huiyin migrate_fleet") as caught:
        said("migrate_schemas", *arguments)
    assert caught.value.facts == {"flags": flags}
    assert have_column(place) == set()
    assert place.ask("SELECT count(*) FROM platform_fleet_run") == [(0,)]


def test_on_the_console_a_refused_option_is_a_sentence_and_the_exit_code_one(place, capsys):
    assert main(["migrate_schemas", "--fake"]) == 1
    assert "huiyin migrate_fleet" in capsys.readouterr().err


def test_no_environment_name_brings_a_stock_executor_back(monkeypatch):
    monkeypatch.setitem(os.environ, "EXECUTOR", "multiprocessing")
    assert executor_for() is executor_for("fleet") is FleetExecutor
