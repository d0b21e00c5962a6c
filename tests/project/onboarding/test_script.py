"""The schema script: what is replayed is what the migrations make."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import transaction
from django.db.migrations.executor import MigrationExecutor

from huiyin.kernel.tenant import PUBLIC, Tenant
from huiyin.project.onboarding import fingerprint, script
from huiyin.project.tenancy.backend.base import OWNER

PLANTED = """
    migrations.AddField('unit', 'fax', models.CharField(max_length=20, default='%', db_default='100%')),
    migrations.AddIndex('unit', models.Index(
        name='units_by_fax', fields=['fax'], condition=models.Q(fax__contains='%'))),
    migrations.RemoveField('unit', 'phone'),
    migrations.RunSQL("CREATE FUNCTION shout(text) RETURNS text LANGUAGE sql AS $$ SELECT upper($1) || ';%' $$"),
"""


@contextmanager
def schema(owner, kind: str) -> Iterator[Tenant]:
    """An empty schema that is gone afterwards."""
    tenant = Tenant(schema=f"print_{kind}", kind=kind, name="印")
    with owner.choosing(tenant), transaction.atomic(using=OWNER):
        with owner.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {tenant.schema}")
        yield tenant
        transaction.set_rollback(True, using=OWNER)


def stock(owner, kind: str) -> fingerprint.Fingerprint:
    """The fingerprint of what Django's own executor makes, migration by migration."""
    with schema(owner, kind) as tenant:
        executor = MigrationExecutor(owner)
        executor.migrate(script.targets(executor.loader, kind))
        return fingerprint.of_schema(owner, tenant.schema)


def replayed(owner, kind: str, way: script.Script) -> fingerprint.Fingerprint:
    with schema(owner, kind) as tenant:
        script.replay(owner, way)
        return fingerprint.of_schema(owner, tenant.schema)


@pytest.mark.parametrize("kind", ["county", "province"])
def test_a_replayed_schema_is_the_migrated_schema(place, kind):
    way = script.render(kind)
    expected = stock(place.owner, kind)
    assert replayed(place.owner, kind, way).lines == expected.lines
    assert way.fingerprint == expected.digest


def test_columns_rules_indexes_and_functions_of_later_migrations_are_replayed_too(place, planted):
    planted(PLANTED)
    expected = stock(place.owner, "county")
    way = script.render("county")
    assert not any(step.stock for step in way.steps)
    assert replayed(place.owner, "county", way).lines == expected.lines
    assert any("units_by_fax" in line for line in expected.lines)
    assert any("shout" in line for line in expected.lines)


def test_from_an_older_state_the_script_leads_to_the_same_place(place, planted):
    before = script.render("county")
    planted(PLANTED)
    applied = frozenset(before.migrations)
    way = script.render("county", applied)
    assert [name for _app, name in way.migrations] == ["9999_planted"]
    with schema(place.owner, "county") as tenant:
        script.replay(place.owner, before)
        script.replay(place.owner, way)
        assert fingerprint.of_schema(place.owner, tenant.schema).digest == way.fingerprint
    assert way.fingerprint == stock(place.owner, "county").digest


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE county_unit RENAME CONSTRAINT county_unit_pkey TO another_name",
        "ALTER TABLE county_unit ALTER COLUMN name DROP NOT NULL",
        "ALTER TABLE county_unit ALTER COLUMN name TYPE varchar(61)",
        "DROP INDEX petitions_by_grams",
        "ALTER TABLE county_receipt DROP CONSTRAINT somebody_came",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TRIGGER t BEFORE UPDATE ON county_tag FOR ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ],
)
def test_the_fingerprint_notices_every_difference(place, change):
    way = script.script_for("county")
    with schema(place.owner, "county") as tenant:
        script.replay(place.owner, way)
        before = fingerprint.of_schema(place.owner, tenant.schema)
        with place.owner.cursor() as cursor:
            cursor.execute(change)
        assert fingerprint.of_schema(place.owner, tenant.schema).digest != before.digest


def test_rendering_leaves_nothing_behind(place):
    script.render("county")
    assert place.ask("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'scratch%'") == []


def test_a_script_is_rendered_once_and_read_from_its_file_afterwards(place):
    first = script.script_for("province")
    file = settings.HUIYIN_DATA / "schema" / f"province-{script.target_of('province')[:32]}.json"
    written = file.stat().st_mtime_ns
    assert script.script_for("province") == first
    assert file.stat().st_mtime_ns == written


def test_another_migration_means_another_file(planted):
    planted("migrations.RunSQL('SELECT 1'),")
    with_it = script.target_of("county")
    planted("migrations.RunSQL('SELECT 2'),")
    assert script.target_of("county", {("county", "0001_initial")}) != with_it


def test_the_public_schema_has_none_of_the_offices_tables(owner_in_public):
    applied = script.applied_in(owner_in_public, PUBLIC.schema) or frozenset()
    assert {app for app, _name in applied} == {"platform"}
