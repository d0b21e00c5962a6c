"""No office ever reaches another's rows: every statement is tried, none is assumed.

The statements come from the catalog, so a table that is added tomorrow is tried tomorrow.
"""

from collections.abc import Iterator
from typing import NamedTuple

import psycopg
import pytest
from django.db import DatabaseError, transaction

from huiyin.kernel.tenant import PUBLIC, Tenant, entered
from huiyin.project.tenancy.backend.base import DatabaseWrapper
from huiyin.project.tenancy.grants import PUBLIC_FACTS, SHARED, WRITE, own_privileges
from huiyin.project.tenancy.names import Names

OFFICES = ("qinglan", "baiyun", "province")
SHARED_SCHEMAS = ("public", "dramatiq")
REFUSED = {"42501"}
NOT_EVEN_SEEN = {"42P01", "3F000"}


class Table(NamedTuple):
    schema: str
    name: str
    column: str

    @property
    def place(self) -> str:
        return f'"{self.schema}"."{self.name}"'


@pytest.fixture
def tables(installation: Names, database: str) -> tuple[Table, ...]:
    """Every table of the installation with the name of one of its columns."""
    with psycopg.connect(database) as superuser:
        rows = superuser.execute(
            """SELECT n.nspname, c.relname, a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN LATERAL (SELECT attname FROM pg_attribute
                          WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum LIMIT 1) a ON true
            WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname = ANY(%s) ORDER BY 1, 2""",
            [[*OFFICES, *SHARED_SCHEMAS]],
        ).fetchall()
    assert len(rows) > 50
    return tuple(Table(*row) for row in rows)


def statements(table: Table) -> Iterator[tuple[str, str]]:
    """Yield every verb with a statement that needs no more than that verb's privilege."""
    yield "SELECT", f"SELECT 1 FROM {table.place} LIMIT 1"
    yield "INSERT", f"INSERT INTO {table.place} DEFAULT VALUES"
    yield "UPDATE", f'UPDATE {table.place} SET "{table.column}" = DEFAULT'
    yield "DELETE", f"DELETE FROM {table.place}"
    yield "TRUNCATE", f"TRUNCATE {table.place}"
    yield "LOCK", f"LOCK TABLE {table.place}"
    yield "DDL", f"ALTER TABLE {table.place} ADD COLUMN planted integer"
    yield "DDL", f"DROP TABLE {table.place}"
    yield "DDL", f'CREATE INDEX planted ON {table.place} ("{table.column}")'
    yield (
        "DDL",
        f"CREATE TRIGGER planted AFTER INSERT ON {table.place} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    )
    yield "DDL", f"COMMENT ON TABLE {table.place} IS 'planted'"
    yield "GRANT", f"GRANT SELECT ON {table.place} TO PUBLIC"
    yield "DDL", f"ALTER TABLE {table.place} DISABLE ROW LEVEL SECURITY"


def statements_on_schema(schema: str) -> Iterator[tuple[str, str]]:
    """Yield what could be done with a schema as a whole."""
    yield "DDL", f'CREATE TABLE "{schema}".planted (n integer)'
    yield "DDL", f"CREATE FUNCTION \"{schema}\".planted() RETURNS integer LANGUAGE sql AS 'SELECT 1'"
    yield "DDL", f'DROP SCHEMA "{schema}" CASCADE'
    yield "GRANT", f'GRANT USAGE ON SCHEMA "{schema}" TO PUBLIC'


def is_reached(
    connection: DatabaseWrapper, statement: str, *, before: str = "SELECT 1", refusals: set[str] = REFUSED
) -> bool:
    """Return whether the server did it, or would have but for its values; nothing of it stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(before)
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return getattr(error.__cause__, "sqlstate", "") not in refusals
    return True


def reached(
    connection: DatabaseWrapper, tenant: Tenant, tables: tuple[Table, ...], *, schemas: tuple[str, ...]
) -> set[tuple[str, str, str]]:
    """Return every (schema, table, verb) of these schemas that the tenant's role reaches."""
    found = set()
    with entered(tenant), transaction.atomic():
        for schema in schemas:
            found |= {(schema, "", verb) for verb, text in statements_on_schema(schema) if is_reached(connection, text)}
        for table in tables:
            if table.schema in schemas:
                found |= {
                    (table.schema, table.name, verb) for verb, text in statements(table) if is_reached(connection, text)
                }
    return found


@pytest.fixture(params=["qinglan", "baiyun", "province", "public"])
def tenant(request: pytest.FixtureRequest, qinglan: Tenant, baiyun: Tenant, board: Tenant) -> Tenant:
    return {"qinglan": qinglan, "baiyun": baiyun, "province": board, "public": PUBLIC}[request.param]


def test_no_role_reaches_another_office(app: DatabaseWrapper, tables: tuple[Table, ...], tenant: Tenant) -> None:
    others = tuple(schema for schema in OFFICES if schema != tenant.schema)
    assert reached(app, tenant, tables, schemas=others) == set()


def test_control_one_planted_grant_turns_the_matrix_red(
    app: DatabaseWrapper, tables: tuple[Table, ...], database: str, names: Names, qinglan: Tenant
) -> None:
    role = names.of(qinglan)
    with psycopg.connect(database, autocommit=True) as superuser:
        superuser.execute(f"GRANT USAGE ON SCHEMA baiyun TO {role}".encode())
        superuser.execute(f"GRANT SELECT ON baiyun.county_petition TO {role}".encode())
        try:
            found = reached(app, qinglan, tables, schemas=("baiyun",))
        finally:
            superuser.execute(f"REVOKE SELECT ON baiyun.county_petition FROM {role}".encode())
            superuser.execute(f"REVOKE USAGE ON SCHEMA baiyun FROM {role}".encode())
    assert {one for one in found if one[2] != "GRANT"} == {("baiyun", "county_petition", "SELECT")}


def test_of_the_shared_tables_a_role_reaches_what_the_table_of_grants_says(
    app: DatabaseWrapper, tables: tuple[Table, ...], tenant: Tenant
) -> None:
    group = {"public": "platform"}.get(tenant.kind, tenant.kind)
    allowed = {
        (*table.split("."), verb) for table, shared in SHARED.items() for verb in verbs_of(getattr(shared, group))
    }
    # A row of nobody is refused by row security where inserting one's own is allowed: those are tried below.
    allowed -= {(*table.split("."), "INSERT") for table, shared in SHARED.items() if group in shared.own_only}
    found = reached(app, tenant, tables, schemas=SHARED_SCHEMAS)
    # To grant without the right to is a warning for who may do something with the table: compared in the catalog below.
    assert {one for one in found if one[2] != "GRANT"} == allowed


def verbs_of(privileges: str) -> set[str]:
    verbs = {verb.strip() for verb in privileges.split(",") if verb}
    return verbs | ({"LOCK"} if verbs & {"UPDATE", "DELETE"} else set())


def test_a_changed_search_path_opens_nothing(app: DatabaseWrapper, tables: tuple[Table, ...], qinglan: Tenant) -> None:
    tried = [table.name for table in tables if table.schema == "baiyun"]
    with entered(qinglan), transaction.atomic():
        seen = [
            name
            for name in tried
            if is_reached(
                app,
                f'SELECT 1 FROM "{name}" LIMIT 1',
                before="SET LOCAL search_path TO baiyun",
                refusals=REFUSED | NOT_EVEN_SEEN,
            )
        ]
    assert seen == []


@pytest.mark.parametrize(
    ("verb", "allowed"), [("SELECT", True), ("INSERT", True), ("UPDATE", False), ("DELETE", False), ("TRUNCATE", False)]
)
def test_the_journal_is_read_and_appended_to_and_nothing_else(
    app: DatabaseWrapper, tables: tuple[Table, ...], qinglan: Tenant, verb: str, allowed: bool
) -> None:
    (journal,) = (table for table in tables if (table.schema, table.name) == ("qinglan", "county_journal_entry"))
    with entered(qinglan):
        assert is_reached(app, dict(statements(journal))[verb]) is allowed


def test_an_office_changes_no_table_of_its_own_schema(
    app: DatabaseWrapper, tables: tuple[Table, ...], qinglan: Tenant
) -> None:
    with entered(qinglan), transaction.atomic():
        own = [table for table in tables if table.schema == "qinglan"]
        changed = [text for table in own for verb, text in statements(table) if verb == "DDL" and is_reached(app, text)]
        changed += [text for verb, text in statements_on_schema("qinglan") if verb == "DDL" and is_reached(app, text)]
        changed += [text for text in ["CREATE TEMP TABLE planted (n integer)"] if is_reached(app, text)]
    assert changed == []


def test_the_login_itself_reads_nothing(database: str, names: Names, tables: tuple[Table, ...]) -> None:
    with psycopg.connect(database) as superuser:
        readable = superuser.execute(
            "SELECT p FROM unnest(%s::text[]) p WHERE has_any_column_privilege(%s, p, 'SELECT')",
            [[table.place for table in tables], names.app],
        ).fetchall()
    assert readable == []


GRANTED = """
    SELECT grantee::regrole::text,
           privilege_type || CASE WHEN is_grantable THEN ' and may grant it' ELSE '' END, attname
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL (
        SELECT (a).grantee, (a).privilege_type, (a).is_grantable, NULL::name AS attname FROM aclexplode(c.relacl) a
        UNION ALL
        SELECT (a).grantee, (a).privilege_type, (a).is_grantable, t.attname FROM pg_attribute t, aclexplode(t.attacl) a
        WHERE t.attrelid = c.oid
    ) granted
    WHERE n.nspname = %s AND c.relname = %s AND grantee <> c.relowner
"""


def granted(superuser: psycopg.Connection, table: Table) -> set[tuple[str, str, str | None]]:
    return set(superuser.execute(GRANTED, [table.schema, table.name]).fetchall())


def test_every_shared_table_is_granted_exactly_as_declared(
    database: str, names: Names, tables: tuple[Table, ...]
) -> None:
    shared_tables = {f"{table.schema}.{table.name}": table for table in tables if table.schema in SHARED_SCHEMAS}
    assert set(shared_tables) == set(SHARED), "every table of public and dramatiq is declared in grants.SHARED"
    with psycopg.connect(database) as superuser:
        for name, shared in SHARED.items():
            wanted: set[tuple[str, str, str | None]] = {
                (role, verb.strip(), None)
                for role, privileges in ((names.platform, shared.platform), (names.county, shared.county))
                for verb in privileges.split(",")
                if verb
            }
            columns: tuple[str | None, ...] = shared.columns or (None,)
            wanted |= {
                (names.province, verb.strip(), column)
                for verb in shared.province.split(",")
                if verb
                for column in columns
            }
            assert granted(superuser, shared_tables[name]) == wanted, name


def test_every_table_of_an_office_is_granted_exactly_as_declared(
    database: str, names: Names, tables: tuple[Table, ...], qinglan: Tenant, board: Tenant
) -> None:
    with psycopg.connect(database) as superuser:
        for tenant in (qinglan, board):
            for table in (table for table in tables if table.schema == tenant.schema):
                verbs = [verb.strip() for verb in own_privileges(table.name).split(",") if verb]
                assert granted(superuser, table) == {(names.of(tenant), verb, None) for verb in verbs}, table.place


def test_no_table_name_stands_in_public_and_in_an_office(tables: tuple[Table, ...]) -> None:
    shared = {table.name for table in tables if table.schema == "public"}
    own = {table.name for table in tables if table.schema in OFFICES}
    assert shared & own == {"django_migrations"}
    assert own_privileges("django_migrations") == ""
    assert SHARED["public.django_migrations"].county == ""


def test_nothing_leaves_an_offices_schema(database: str, tables: tuple[Table, ...]) -> None:
    with psycopg.connect(database) as superuser:
        leaving = superuser.execute(
            """SELECT c.conrelid::regclass::text FROM pg_constraint c
            JOIN pg_class here ON here.oid = c.conrelid JOIN pg_class there ON there.oid = c.confrelid
            WHERE c.contype = 'f' AND here.relnamespace <> there.relnamespace"""
        ).fetchall()
        views = superuser.execute(
            "SELECT viewname FROM pg_views WHERE schemaname = ANY(%s)", [list(OFFICES)]
        ).fetchall()
    assert (leaving, views) == ([], [])


MESSAGE = """INSERT INTO dramatiq.queue (message_id, state, message)
             SELECT gen_random_uuid(), 'queued', jsonb_build_object('kwargs', jsonb_build_object('county', %s::text))"""
FIGURE = """INSERT INTO platform_figure (submission_key, county, indicator, channel, part, whole)
            VALUES (gen_random_uuid(), %s, 'assigned', 'letter', 1, 2)"""

CELL = """INSERT INTO platform_cell (submission_key, county, indicator, channel, purpose, category, part, whole)
          VALUES (gen_random_uuid(), %s, 'first_matters', 'letter', 'claim', '01', 1, 2)"""


@pytest.mark.parametrize("insert", [MESSAGE, FIGURE, CELL])
@pytest.mark.parametrize(("of", "accepted"), [("qinglan", True), ("baiyun", False), (None, False), ("province", False)])
def test_a_county_sends_messages_and_figures_in_its_own_name_only(
    app: DatabaseWrapper, qinglan: Tenant, insert: str, of: str | None, accepted: bool
) -> None:
    statement = insert.replace("%s", "NULL" if of is None else f"'{of}'")
    with entered(qinglan):
        assert is_reached(app, statement) is accepted


def test_the_province_sends_messages_in_its_own_name_only(app: DatabaseWrapper, board: Tenant) -> None:
    with entered(board):
        assert is_reached(app, MESSAGE.replace("%s", "'province'"))
        assert not is_reached(app, MESSAGE.replace("%s", "'qinglan'"))


def test_a_county_reads_its_own_figures_only_and_the_province_all(
    app: DatabaseWrapper, qinglan: Tenant, baiyun: Tenant, board: Tenant
) -> None:
    with transaction.atomic():
        for tenant in (qinglan, baiyun):
            with entered(tenant), app.cursor() as cursor:
                cursor.execute(FIGURE, [tenant.schema])
        seen = {}
        for tenant in (qinglan, baiyun, board):
            with entered(tenant), app.cursor() as cursor:
                cursor.execute("SELECT county FROM platform_figure ORDER BY county")
                seen[tenant.schema] = [county for (county,) in cursor.fetchall()]
        transaction.set_rollback(True)
    assert seen == {"qinglan": ["qinglan"], "baiyun": ["baiyun"], "province": ["baiyun", "qinglan"]}


def test_the_province_sees_the_public_facts_of_an_office_and_no_more(app: DatabaseWrapper, board: Tenant) -> None:
    with entered(board):
        assert is_reached(app, f"SELECT {', '.join(PUBLIC_FACTS)} FROM platform_county")
        assert not is_reached(app, "SELECT shard FROM platform_county")


def test_an_office_may_write_every_table_that_is_not_evidence() -> None:
    assert own_privileges("county_petition") == WRITE
