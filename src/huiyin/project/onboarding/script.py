"""The schema script: what the migrations of one kind of schema do, as SQL that is rendered once and replayed often.

Running the migrations costs seconds, nearly all of it Python building model states. So they are run once, by the
stock executor in a scratch schema that is rolled back, while everything they send is written down. The script
names no schema: whoever replays it chooses the search path.
"""

import hashlib
import importlib.metadata
import json
import secrets
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.db import connections, transaction
from django.db.migrations import Migration, RunPython, SeparateDatabaseAndState
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from huiyin.kernel.tenant import Tenant
from huiyin.project.onboarding import fingerprint
from huiyin.project.onboarding.concurrently import allow_a_transaction
from huiyin.project.tenancy.backend.base import OWNER, DatabaseWrapper
from huiyin.project.tenancy.router import APPS_OF_KIND

Key = tuple[str, str]
FORMAT = 4
PRELUDE: Key = ("", "")


@dataclass(frozen=True, slots=True)
class Step:
    """What one migration sends; one with Python in it takes the stock path.

    So does one that refuses a transaction, in an office at work; in a new one nobody is spared by it.
    """

    app: str
    name: str
    statements: tuple[str, ...]
    stock: bool = False
    atomic: bool = True

    @property
    def key(self) -> Key:
        """The migration, as Django names it."""
        return (self.app, self.name)


@dataclass(frozen=True, slots=True)
class Script:
    """The way from one state of a schema to the state that the code wants."""

    kind: str
    steps: tuple[Step, ...]
    fingerprint: str

    @property
    def is_atomic(self) -> bool:
        """Whether the whole way can be gone in one transaction."""
        return all(step.atomic for step in self.steps)

    @property
    def migrations(self) -> tuple[Key, ...]:
        """The migrations on the way, without the table that lists them."""
        return tuple(step.key for step in self.steps if step.key != PRELUDE)

    def parts(self, applied: frozenset[Key] | None) -> "Iterator[Script]":
        """Yield what is left after these migrations: neighbours that allow a transaction together, and the others."""
        left = [step for step in self.steps if applied is None or step.key not in {*applied, PRELUDE}]
        for _, steps in groupby(left, key=lambda step: step.atomic):
            yield replace(self, steps=tuple(steps))


def owner_connection() -> DatabaseWrapper:
    """Return the connection of the login that owns every schema."""
    connection = connections[OWNER]
    assert isinstance(connection, DatabaseWrapper)
    return connection


def targets(loader: MigrationLoader, kind: str) -> list[Key]:
    """Return the newest migrations of the apps whose tables stand in this kind of schema."""
    return [(app, name) for app, name in loader.graph.leaf_nodes() if app in APPS_OF_KIND[kind]]


def wanted(loader: MigrationLoader, kind: str) -> tuple[Key, ...]:
    """Return every migration that a schema of this kind should have had, in the order of application."""
    ordered: dict[Key, None] = {}
    for target in targets(loader, kind):
        ordered |= dict.fromkeys(loader.graph.forwards_plan(target))
    return tuple(ordered)


def missing(kind: str, applied: frozenset[Key]) -> tuple[Key, ...]:
    """Return the migrations that a schema of this kind still needs, in the order of application."""
    return tuple(key for key in wanted(MigrationLoader(None), kind) if key not in applied)


def has_python(migration: Migration) -> bool:
    """Return whether the migration runs Python of its own, which no SQL can stand for."""
    operations: list[Any] = list(migration.operations)
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            operations.extend(operation.database_operations)
    return any(isinstance(operation, RunPython) for operation in operations)


def target_of(kind: str, applied: Iterable[Key] = ()) -> str:
    """Return the hash of everything that decides what a script says: it names the script's file."""
    loader = MigrationLoader(None)
    heart = hashlib.sha256(f"{FORMAT} {kind} {importlib.metadata.version('django')}".encode())
    for key in sorted(applied):
        heart.update(f"applied {key}".encode())
    for key in wanted(loader, kind):
        module = sys.modules[type(loader.graph.nodes[key]).__module__]
        heart.update(f"{key}".encode() + Path(module.__file__ or "").read_bytes())
    return heart.hexdigest()


def script_for(kind: str, applied: Iterable[Key] = ()) -> Script:
    """Return the script for this way, from the file that keeps it or rendered now."""
    known = frozenset(applied)
    file = Path(settings.HUIYIN_DATA) / "schema" / f"{kind}-{target_of(kind, known)[:32]}.json"
    if file.is_file():
        return read(file)
    script = render(kind, known)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    unfinished.write_text(json.dumps(asdict(script), ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.rename(file)
    return script


def read(file: Path) -> Script:
    """Read a script back."""
    values = json.loads(file.read_text(encoding="utf-8"))
    steps = tuple(Step(**(step | {"statements": tuple(step["statements"])})) for step in values["steps"])
    return Script(kind=values["kind"], steps=steps, fingerprint=values["fingerprint"])


def render(kind: str, applied: frozenset[Key] = frozenset()) -> Script:
    """Run the migrations in a scratch schema, write down what they send, and leave nothing behind."""
    connection = owner_connection()
    scratch = Tenant(schema=f"scratch_{secrets.token_hex(6)}", kind=kind, name="scratch")
    with connection.choosing(scratch), transaction.atomic(using=OWNER):
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(scratch.schema)))
        if applied:
            migrate(connection, kind, only=applied)
        with recording(connection) as record:
            executor = migrate(connection, kind, record=record)
        nodes = executor.loader.graph.nodes
        steps = tuple(
            step_of(key, nodes.get(key), statements, is_new=not applied)
            for key, statements in record.statements.items()
        )
        print_of_it = fingerprint.of_schema(connection, scratch.schema)
        transaction.set_rollback(True, using=OWNER)
    return Script(kind=kind, steps=steps, fingerprint=print_of_it.digest)


def step_of(key: Key, node: Migration | None, statements: Iterable[str], *, is_new: bool) -> Step:
    """Return the step of a migration; in a new schema each one can stand in a transaction."""
    atomic = node is None or node.atomic or is_new
    stock = node is not None and (has_python(node) or not atomic)
    return Step(app=key[0], name=key[1], statements=tuple(statements), stock=stock, atomic=atomic)


class Record:
    """What each migration sent so far."""

    def __init__(self) -> None:
        """Begin before the first migration."""
        self.key = PRELUDE
        self.statements: dict[Key, list[str]] = {}

    def follow(self, action: str, migration: Migration | None = None, fake: bool = False) -> None:  # noqa: FBT001, FBT002  # Django's signature
        """Note which migration runs, as the executor tells it."""
        del fake
        if action == "apply_start" and migration is not None:
            self.key = (migration.app_label, migration.name)
            self.statements[self.key] = []

    def add(self, statement: str) -> None:
        """Write down one statement of the migration that runs."""
        self.statements.setdefault(self.key, []).append(statement)


@contextmanager
def recording(connection: DatabaseWrapper) -> Iterator[Record]:
    """Write down everything that schema editors of this connection send in the block."""
    record = Record()
    stock: Any = connection.SchemaEditorClass

    class RecordingEditor(stock):  # type: ignore[misc]  # the class is the connection's own
        def execute(self, statement: Any, params: Any = ()) -> None:  # noqa: ANN401  # Django's signature
            text = str(statement)
            if params:
                text = self.connection.ops.compose_sql(text, params)
            elif params is not None:
                text = text.replace("%%", "%")
            record.add(text)
            super().execute(statement, params)

    connection.SchemaEditorClass = RecordingEditor
    try:
        yield record
    finally:
        del connection.SchemaEditorClass


def migrate(
    connection: DatabaseWrapper, kind: str, *, only: frozenset[Key] | None = None, record: Record | None = None
) -> MigrationExecutor:
    """Bring the chosen schema forward by the stock executor: to the newest state, or by the named migrations only."""
    executor = MigrationExecutor(connection, cast("Any", record.follow) if record else None)
    if connection.in_atomic_block:
        allow_a_transaction(executor.loader.graph.nodes.values())
    plan = executor.migration_plan(targets(executor.loader, kind))
    if only is not None:
        plan = [(migration, False) for migration, _ in plan if (migration.app_label, migration.name) in only]
    executor.migrate(targets(executor.loader, kind), plan=plan)
    return executor


def replay(connection: DatabaseWrapper, script: Script) -> None:
    """Go the way of the script in the chosen schema: neighbouring SQL steps in one message, stock steps by Django."""
    for is_stock, steps in groupby(script.steps, key=lambda step: step.stock):
        if is_stock:
            migrate(connection, script.kind, only=frozenset(step.key for step in steps))
        else:
            send(connection, message(tuple(steps)))


def message(steps: Sequence[Step]) -> str:
    """Return one message that does the steps and writes them into the schema's list of migrations."""
    statements = [statement.strip().rstrip(";") for step in steps for statement in step.statements]
    rows = [step.key for step in steps if step.key != PRELUDE]
    if rows:
        values = sql.SQL(", ").join(
            sql.SQL("({}, {}, clock_timestamp())").format(sql.Literal(app), sql.Literal(name)) for app, name in rows
        )
        insert = sql.SQL("INSERT INTO django_migrations (app, name, applied) VALUES {}").format(values)
        statements.append(insert.as_string())
    # Foreign keys are deferred: what an earlier step left to check is checked before a table is altered.
    return "\n;\n".join(["SET CONSTRAINTS ALL IMMEDIATE", *filter(None, statements), "SET CONSTRAINTS ALL DEFERRED"])


def send(connection: DatabaseWrapper, text: str) -> None:
    """Send many statements as one message, which the protocol allows where nothing is bound."""
    with connection.cursor() as cursor:
        cursor.execute(text)


def applied_in(connection: DatabaseWrapper, schema: str) -> frozenset[Key] | None:
    """Return the migrations that a schema says it has had, or None where it keeps no list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f'"{schema}".django_migrations'])
        if cursor.fetchone()[0] is None:
            return None
        cursor.execute(sql.SQL("SELECT app, name FROM {}").format(sql.Identifier(schema, "django_migrations")))
        return frozenset((app, name) for app, name in cursor.fetchall())
