"""Fleet migration: one office's trouble is its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
import pytest
from django.conf import settings

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import PUBLIC
from huiyin.platform.directory.fleet import StepState
from huiyin.project.onboarding import fingerprint
from huiyin.project.onboarding.fleet import FleetOutcome, Result, migrate_fleet
from huiyin.project.onboarding.locks import SCHEMAS, SPACE
from huiyin.project.onboarding.offices import converge

ADD_COLUMN = "migrations.AddField('unit', 'fax', models.CharField(max_length=20, default='')),"
ADD_TABLE = """migrations.CreateModel('Planted', fields=[
    ('id', models.BigAutoField(primary_key=True, auto_created=True, serialize=False)),
    ('unit', models.ForeignKey('county.Unit', on_delete=models.PROTECT))], options={'db_table': 'county_planted'}),"""
ADD_RULE = """migrations.AddConstraint('unit', models.CheckConstraint(
    name='a_unit_is_not_called_trouble', condition=~models.Q(name='麻烦'))),"""
PYTHON = """migrations.RunPython(lambda apps, editor: [
    apps.get_model('county', 'Unit').objects.using(editor.connection.alias).update(phone='0199-5550000')]),"""
CONCURRENT = (
    ADD_COLUMN
    + "migrations.RunSQL('CREATE UNIQUE INDEX CONCURRENTLY units_by_sign ON county_unit (left(name, 1))'),"
    + "operations.AddIndexConcurrently('unit', models.Index(name='units_by_phone', fields=['phone'])),"
)

TROUBLE = (
    "INSERT INTO {}.county_unit (code, name, branch, phone, handlers, is_active)"
    " VALUES ('t', '麻烦', 'court', '', '{{}}', true)"
)


def clock() -> datetime:
    return datetime.now(UTC)


def run(**options: object) -> FleetOutcome:
    return migrate_fleet(clock=clock, **options)  # type: ignore[arg-type]  # options by name


def states(place) -> dict[str, str]:
    return dict(place.ask("SELECT schema_name, state FROM platform_county ORDER BY 1"))


def have_column(place, column: str = "fax") -> set[str]:
    question = (
        "SELECT table_schema FROM information_schema.columns WHERE table_name = 'county_unit' AND column_name = '{}'"
    )
    return {schema for (schema,) in place.ask(question.format(column))}


ALL = {"xi1", "xi2", "xi3", "xi4", "xi5"}


def test_nothing_to_do_is_a_run_without_steps(place):
    outcome = run()
    assert (outcome.current, outcome.results) == (5, ())
    assert set(states(place).values()) == {"active"}


@pytest.mark.parametrize("workers", [1, 3])
def test_every_office_is_brought_forward_and_serves_again(place, planted, workers):
    planted(ADD_COLUMN + ADD_TABLE)
    outcome = run(workers=workers)
    assert {result.schema for result in outcome.done} == ALL
    assert not outcome.failed
    assert have_column(place) == ALL
    assert set(states(place).values()) == {"active"}
    assert place.ask("SELECT count(*) FROM platform_fleet_step WHERE state = 'done'") == [(5,)]


def test_the_offices_own_role_can_use_a_new_table(place, planted):
    planted(ADD_TABLE)
    run()
    role = f"{settings.HUIYIN_ROLE_PREFIX}_c_xi4"
    assert place.ask(
        f"SELECT has_table_privilege('{role}', 'xi4.county_planted', 'SELECT, INSERT, UPDATE, DELETE')"
    ) == [(True,)]
    assert place.ask(f"SELECT has_table_privilege('{role}', 'xi3.county_planted', 'SELECT')") == [(False,)]


def test_a_failure_in_one_office_stops_nobody_else(place, planted):
    planted(ADD_COLUMN + ADD_RULE)
    place.tell(TROUBLE.format("xi3"))
    outcome = run()
    assert [(result.schema, result.state) for result in outcome.failed] == [("xi3", StepState.FAILED)]
    assert have_column(place) == ALL - {"xi3"}
    assert states(place) == {**dict.fromkeys(ALL, "active"), "xi3": "migrating"}
    ((error,),) = place.ask("SELECT error FROM platform_fleet_step WHERE state = 'failed'")
    assert "a_unit_is_not_called_trouble" in str(error)
    assert "麻烦" not in str(error)


def test_running_again_after_the_repair_finishes_the_one_that_failed(place, planted):
    planted(ADD_RULE)
    place.tell(TROUBLE.format("xi3"))
    run()
    place.tell("DELETE FROM xi3.county_unit WHERE code = 't'")
    outcome = run()
    assert [result.schema for result in outcome.done] == ["xi3"]
    assert outcome.current == 4
    assert set(states(place).values()) == {"active"}


def test_after_a_failed_canary_nobody_else_is_touched(place, planted):
    planted(ADD_COLUMN + ADD_RULE)
    place.tell(TROUBLE.format("xi2"))
    outcome = run(canary="xi2")
    assert outcome.results[0] == Result("xi2", StepState.FAILED, 0, outcome.results[0].error)
    assert {result.state for result in outcome.results[1:]} == {StepState.WAITING}
    assert have_column(place) == set()
    assert states(place) == {**dict.fromkeys(ALL, "active"), "xi2": "migrating"}


def test_an_unknown_canary_is_refused(place, planted):
    planted(ADD_COLUMN)
    with pytest.raises(Refusal, match="xi77"):
        run(canary="xi77")


def test_offices_in_different_states_each_go_their_own_way(place, planted):
    planted(ADD_COLUMN)
    place.tell("ALTER TABLE xi5.county_unit ADD COLUMN fax varchar(20) NOT NULL DEFAULT ''")
    place.tell("INSERT INTO xi5.django_migrations (app, name, applied) VALUES ('county', '9999_planted', now())")
    outcome = run()
    assert {result.schema for result in outcome.done} == ALL - {"xi5"}
    assert have_column(place) == ALL


def test_python_steps_run_in_every_office(place, planted):
    planted(ADD_COLUMN + PYTHON + ADD_RULE)
    outcome = run()
    assert len(outcome.done) == 5
    assert place.ask("SELECT DISTINCT phone FROM xi4.county_unit") == [("0199-5550000",)]
    assert place.ask("SELECT count(*) FROM xi4.django_migrations WHERE name = '9999_planted'") == [(1,)]


FAILS_ON_TROUBLE = """migrations.RunPython(lambda apps, editor: [
    1 // (1 - apps.get_model('county', 'Unit').objects.using(editor.connection.alias).filter(name='麻烦').count())]),"""


def test_a_python_step_that_fails_in_one_office_leaves_nothing_there_and_stops_nobody_else(place, planted):
    planted(ADD_COLUMN + FAILS_ON_TROUBLE)
    place.tell(TROUBLE.format("xi3"))
    outcome = run()
    assert [(result.schema, result.state) for result in outcome.failed] == [("xi3", StepState.FAILED)]
    assert outcome.failed[0].error.startswith("ZeroDivisionError 9999_planted.py:")
    assert have_column(place) == ALL - {"xi3"}
    assert states(place) == {**dict.fromkeys(ALL, "active"), "xi3": "migrating"}
    place.tell("DELETE FROM xi3.county_unit WHERE code = 't'")
    again = run()
    assert ([result.schema for result in again.done], again.current) == (["xi3"], 4)
    assert have_column(place) == ALL
    assert set(states(place).values()) == {"active"}


def indexes(place, name: str) -> dict[str, bool]:
    question = (
        "SELECT c.relnamespace::regnamespace::text, i.indisvalid FROM pg_index i"
        " JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname = '{}'"
    )
    return dict(place.ask(question.format(name)))


def test_a_migration_that_refuses_a_transaction_goes_through_every_office(place, planted):
    planted(CONCURRENT, atomic=False)
    outcome = run(workers=3)
    assert {result.schema for result in outcome.done} == ALL
    assert indexes(place, "units_by_sign") == indexes(place, "units_by_phone") == dict.fromkeys(ALL, True)
    assert set(states(place).values()) == {"active"}


def test_what_a_migration_without_transaction_leaves_half_done_is_taken_up_after_the_repair(place, planted):
    planted(CONCURRENT.replace(ADD_COLUMN, ""), atomic=False)
    place.tell(TROUBLE.format("xi3"))
    place.tell(TROUBLE.format("xi3").replace("'t', '麻烦'", "'u', '麻烦又来'"))
    outcome = run()
    assert [(result.schema, result.state) for result in outcome.failed] == [("xi3", StepState.FAILED)]
    assert "units_by_sign" in outcome.failed[0].error
    assert "麻烦" not in outcome.failed[0].error
    assert indexes(place, "units_by_sign") == {**dict.fromkeys(ALL, True), "xi3": False}
    assert states(place) == {**dict.fromkeys(ALL, "active"), "xi3": "migrating"}
    place.tell("DELETE FROM xi3.county_unit WHERE code = 'u'")
    again = run()
    assert ([result.schema for result in again.done], again.current) == (["xi3"], 4)
    assert indexes(place, "units_by_sign") == indexes(place, "units_by_phone") == dict.fromkeys(ALL, True)
    assert set(states(place).values()) == {"active"}


def test_a_step_before_the_one_that_failed_is_not_done_twice(place, planted):
    planted(ADD_COLUMN)
    planted(CONCURRENT.replace(ADD_COLUMN, ""), atomic=False, after="9999_planted", name="9999_then")
    place.tell(TROUBLE.format("xi3"))
    place.tell(TROUBLE.format("xi3").replace("'t', '麻烦'", "'u', '麻烦又来'"))
    assert [result.schema for result in run().failed] == ["xi3"]
    assert have_column(place) == ALL
    place.tell("DELETE FROM xi3.county_unit WHERE code = 'u'")
    assert [result.schema for result in run().done] == ["xi3"]
    assert place.ask("SELECT name FROM xi3.django_migrations WHERE name LIKE '9999%' ORDER BY id") == [
        ("9999_planted",),
        ("9999_then",),
    ]


def test_a_new_office_gets_the_same_tables_in_its_one_transaction(place, planted, written):
    planted(CONCURRENT.replace(ADD_COLUMN, "") + PYTHON, atomic=False)
    run()
    converge(written(), at=clock())
    assert indexes(place, "units_by_phone") == dict.fromkeys(ALL | {"xi9"}, True)
    with place.owner.choosing(PUBLIC):
        of_new, of_old = (fingerprint.of_schema(place.owner, schema) for schema in ("xi9", "xi1"))
    assert of_new.lines == of_old.lines


def test_a_suspended_office_is_migrated_and_stays_suspended(place, planted):
    planted(ADD_COLUMN)
    place.tell("UPDATE platform_county SET state = 'suspended' WHERE schema_name = 'xi2'")
    run()
    assert have_column(place) == ALL
    assert states(place)["xi2"] == "suspended"


def test_the_office_shows_its_maintenance_page_while_it_is_migrated(place, planted):
    planted(ADD_COLUMN)
    seen: list[dict[str, str]] = []
    with psycopg.connect(place.url) as reader:
        reader.execute("SELECT * FROM xi3.county_unit")

        def look(_seconds: float) -> None:
            seen.append(states(place))
            reader.rollback()

        run(lock_timeout="100ms", pause=look, workers=1)
    assert seen == [{**dict.fromkeys(ALL, "active"), "xi3": "migrating"}]
    assert set(states(place).values()) == {"active"}


def test_a_held_lock_is_waited_for_and_tried_again(place, planted):
    planted(ADD_COLUMN)
    with psycopg.connect(place.url) as reader:
        reader.execute("SELECT * FROM xi3.county_unit")
        outcome = run(lock_timeout="100ms", pause=lambda _seconds: reader.rollback(), workers=1)
    assert len(outcome.done) == 5
    assert place.ask("SELECT attempts FROM platform_fleet_step WHERE schema_name = 'xi3'") == [(2,)]


def test_a_lock_that_is_never_let_go_fails_that_office_only(place, planted):
    planted(ADD_COLUMN)
    with psycopg.connect(place.url) as reader:
        reader.execute("SELECT * FROM xi3.county_unit")
        outcome = run(lock_timeout="50ms", pause=lambda _seconds: None)
    assert [result.schema for result in outcome.failed] == ["xi3"]
    assert "55P03" in outcome.failed[0].error


def test_a_second_runner_is_refused(place, planted):
    planted(ADD_COLUMN)
    with psycopg.connect(place.url) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [SPACE, SCHEMAS])
        with pytest.raises(Refusal, match="正在进行"):
            run()
    assert have_column(place) == set()


def test_the_fleet_waits_for_the_shared_tables(place):
    place.tell("DELETE FROM django_migrations WHERE app = 'platform' AND name = '0003_fleet'")
    with pytest.raises(Refusal, match="huiyin install"):
        run()


KILLED = """
import os, sys
sys.path[:0] = {path!r}
import django
from django.conf import settings
django.setup()
settings.MIGRATION_MODULES = {modules!r}
from collections.abc import Callable
from datetime import UTC, datetime
from huiyin.project.onboarding.fleet import migrate_fleet
migrate_fleet(clock=lambda: datetime.now(UTC), workers=1, lock_timeout='60s')
"""


def test_a_run_killed_half_way_is_taken_up_again(place, planted):
    planted(ADD_COLUMN)
    code = KILLED.format(path=sys.path, modules=settings.MIGRATION_MODULES)
    url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**place.owner.settings_dict)
    with psycopg.connect(place.url) as reader:
        reader.execute("SELECT * FROM xi3.county_unit")
        with subprocess.Popen(
            [sys.executable, "-c", code], env=os.environ | {"HUIYIN_OWNER_DATABASE_URL": url}
        ) as child:
            wait_until(lambda: states(place)["xi3"] == "migrating")
            child.send_signal(signal.SIGKILL)
    assert place.ask("SELECT state FROM platform_fleet_run") == [("running",)]
    assert have_column(place) == {"xi1", "xi2"}
    held = f"SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = {SPACE}"
    wait_until(lambda: not place.ask(held))

    outcome = run()
    assert outcome.resumed
    assert {result.schema for result in outcome.done} == ALL - {"xi1", "xi2"}
    assert have_column(place) == ALL
    assert set(states(place).values()) == {"active"}
    assert place.ask("SELECT state, count(*) FROM platform_fleet_step GROUP BY 1") == [("done", 5)]


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for what another process does; a minute is for the busiest machine."""
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)
