# ruff: noqa: ANN401  # what Django's backends hand over has no narrower type
"""The database backend: the server session is always the tenant that the running code entered.

Django finds it by the name of this module. It remembers what the *server session* is, and sends role
and search path in one message only when that differs from what the code wants to be.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base as postgresql
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from huiyin.kernel import tenant as tenants
from huiyin.kernel.tenant import PUBLIC, NoTenantError, Tenant
from huiyin.project.tenancy import names

OWNER = "owner"


class Session(NamedTuple):
    """What a server session is: a role (empty: the login itself) and the schemas it searches, in order."""

    role: str
    schemas: tuple[str, ...]


class Choice(NamedTuple):
    """A schema chosen by hand on the owner's connection: it stands above the entered tenant."""

    tenant: Tenant
    include_public: bool


class RegisterRow(Protocol):
    """What django-tenants' commands hand over: a row of the register."""

    schema_name: str

    def get_tenant_type(self) -> str:
        """Return the kind of schema."""


@lru_cache(maxsize=8192)
def session_of(tenant: Tenant, prefix: str) -> Session:
    """Return what an application's session must be to work for this tenant."""
    role = names.Names(prefix).of(tenant)
    return Session(role, ("public",) if tenant.kind == PUBLIC.kind else (tenant.schema, "public"))


@lru_cache(maxsize=8192)
def message_for(session: Session) -> bytes:
    """Return the one message that turns a server session into this one."""
    path = sql.SQL(", ").join(sql.Identifier(schema) for schema in session.schemas)
    text = sql.SQL("SET search_path TO {}, pg_temp").format(path)
    if session.role:
        text = sql.SQL("SET ROLE {}; {}").format(sql.Identifier(session.role), text)
    return text.as_string().encode()


class OneStatementCursor(postgresql.ServerBindingCursor):
    """A cursor that sends every statement by the protocol that carries exactly one.

    psycopg does so only where there are parameters; without them, several statements in one string would run.
    """

    def _execute_send(self, query: Any, *, force_extended: bool = False, binary: bool | None = None) -> None:
        del force_extended
        super()._execute_send(query, force_extended=True, binary=binary)  # type: ignore[misc]  # not in the stubs


class TenantCursorWrapper(CursorWrapper):
    """Runs each statement for the tenant entered when it runs, not when its cursor was opened."""

    db: "DatabaseWrapper"

    def _execute(self, sql: Any, params: Any, *ignored_wrapper_args: Any) -> Any:
        self.db.become_the_tenant()
        return super()._execute(sql, params, *ignored_wrapper_args)  # type: ignore[misc]  # not in the stubs

    def _executemany(self, sql: Any, param_list: Any, *ignored_wrapper_args: Any) -> Any:
        self.db.become_the_tenant()
        return super()._executemany(sql, param_list, *ignored_wrapper_args)  # type: ignore[misc]  # not in the stubs


class TenantCursorDebugWrapper(postgresql.CursorDebugWrapper, TenantCursorWrapper):
    """The same, with Django's record of statements."""


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """Django's PostgreSQL backend, with the tenant's role and search path on every statement."""

    switches_role = True

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        """Start knowing nothing about the server session."""
        self._session: Session | None = None
        self._served: Tenant | None = None
        self._choice: Choice | None = None
        self._bare = False
        super().__init__(settings_dict, alias)

    # Who the code wants to be

    @property
    def is_owner(self) -> bool:
        """Whether this is the login that owns the schemas and therefore takes no role."""
        return self.alias == OWNER

    @property
    def tenant(self) -> Tenant | None:
        """The tenant for which the next statement will run, or None where none was chosen."""
        return self._choice.tenant if self._choice else tenants.current_or_none()

    @property
    def schema_name(self) -> str | None:
        """The schema in which the next statement will run, or None where none was chosen."""
        return self.tenant.schema if self.tenant else None

    def set_tenant(self, tenant: RegisterRow, include_public: bool = True) -> None:  # noqa: FBT001, FBT002  # django-tenants' signature
        """Choose the schema of a register row by hand: owner only, for django-tenants' own commands."""
        self.set_schema(tenant.schema_name, include_public, tenant.get_tenant_type())

    def set_schema(self, schema_name: str, include_public: bool = True, tenant_type: str | None = None) -> None:  # noqa: FBT001, FBT002  # as above
        """Choose a schema by hand: owner only, for django-tenants' own commands."""
        kind = PUBLIC.kind if schema_name == PUBLIC.schema else tenant_type or "county"
        self._choose(Choice(Tenant(schema=schema_name, kind=kind, name=schema_name), include_public))

    def set_schema_to_public(self) -> None:
        """Choose the public schema by hand: owner only."""
        self._choose(Choice(PUBLIC, include_public=True))

    def follow_the_entered_tenant(self) -> None:
        """Forget what was chosen by hand: the entered tenant holds again."""
        self._choice = None

    @contextmanager
    def choosing(self, tenant: Tenant, *, include_public: bool = False) -> Iterator[None]:
        """Work in this tenant's schema as its owner for the length of the block, then as before."""
        before = self._choice
        self._choose(Choice(tenant, include_public))
        try:
            yield
        finally:
            self._choice = before

    def _choose(self, choice: Choice) -> None:
        if not self.is_owner:
            raise ImproperlyConfigured(
                f"only the connection {OWNER!r} lets a schema be chosen by hand; "
                f"on {self.alias!r} the tenant is the one entered with huiyin.kernel.tenant.entered()"
            )
        if choice.tenant.kind != PUBLIC.kind:
            names.check_schema(choice.tenant.schema)
        self._choice = choice

    def _wanted(self) -> Session:
        tenant = self.tenant
        if tenant is None:
            raise NoTenantError(self._refusal())
        if self.is_owner:
            path = (tenant.schema, "public") if self._choice and self._choice.include_public else (tenant.schema,)
            return Session("", tuple(dict.fromkeys(path)))
        wanted = session_of(tenant, names.installed().prefix)
        return wanted if self.switches_role else wanted._replace(role="")

    def _refusal(self) -> str:
        return (
            f"database work on {self.alias!r} without a tenant: enter one with "
            "huiyin.kernel.tenant.entered(tenant), or entered(PUBLIC) for the register"
        )

    # Making the server session be it

    def become_the_tenant(self) -> None:
        """Make the server session the tenant's, in one message, and only when it is not already."""
        if self._bare or self.alias == NO_DB_ALIAS:
            return
        entered = tenants.current_or_none()
        if self._session is not None and self._choice is None and entered is not None and entered is self._served:
            return
        wanted = self._wanted()
        if self._session != wanted:
            self.validate_no_broken_transaction()
            self._session = None
            with self.wrap_database_errors:
                psycopg.Cursor(self.connection).execute(message_for(wanted))
            self._session = wanted
        self._served = None if self._choice else entered

    @contextmanager
    def _speaking_bare(self) -> Iterator[None]:
        """Let Django's own statements about connection and transaction pass for nobody in particular.

        They read no table, and they must work in a failed transaction and after the tenant was left.
        """
        before, self._bare = self._bare, True
        try:
            yield
        finally:
            self._bare = before

    def _cursor(self, name: str | None = None) -> Any:
        if not self._bare and self.alias != NO_DB_ALIAS:
            if self.tenant is None:
                raise NoTenantError(self._refusal())
            self.close_if_health_check_failed()
            self.ensure_connection()
            self.become_the_tenant()
        return super()._cursor(name)  # type: ignore[misc]  # not in the stubs

    def make_cursor(self, cursor: Any) -> CursorWrapper:
        """Wrap a cursor so that its statements run for the tenant."""
        return TenantCursorWrapper(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> CursorWrapper:  # type: ignore[override]  # the wrapper is Django's, mixed with ours
        """Wrap a cursor likewise, keeping Django's record of statements."""
        return TenantCursorDebugWrapper(cursor, self)

    def get_connection_params(self) -> dict[str, Any]:
        """Return Django's parameters; only the owner may send several statements in one message."""
        params = super().get_connection_params()
        if not self.is_owner and self.alias != NO_DB_ALIAS:
            if self.settings_dict["OPTIONS"].get("server_side_binding") is not True:
                raise ImproperlyConfigured(f"{self.alias!r} needs OPTIONS['server_side_binding'] = True")
            params["cursor_factory"] = OneStatementCursor
        return params

    # Forgetting, wherever the server may have forgotten

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a session about which nothing is known yet."""
        self._session = None
        return super().get_new_connection(conn_params)

    def init_connection_state(self) -> None:
        """Let Django set up the session before it is anybody's."""
        with self._speaking_bare():
            super().init_connection_state()

    def close(self) -> None:
        """Close, and forget: the next session is another one."""
        self._session = None
        super().close()

    def _commit(self) -> None:
        # A commit that fails rolls back on the server.
        known, self._session = self._session, None
        super()._commit()  # type: ignore[misc]  # not in the stubs
        self._session = known

    def _rollback(self) -> None:
        # Role and search path return to what they were when the transaction began.
        self._session = None
        super()._rollback()  # type: ignore[misc]  # not in the stubs

    def _savepoint(self, sid: str) -> None:
        with self._speaking_bare():
            super()._savepoint(sid)  # type: ignore[misc]  # not in the stubs

    def _savepoint_rollback(self, sid: str) -> None:
        # They return to what they were at the savepoint, also if this message fails.
        self._session = None
        with self._speaking_bare():
            super()._savepoint_rollback(sid)  # type: ignore[misc]  # not in the stubs

    def _savepoint_commit(self, sid: str) -> None:
        with self._speaking_bare():
            super()._savepoint_commit(sid)  # type: ignore[misc]  # not in the stubs

    def check_constraints(self, table_names: Any = None) -> None:
        """Check deferred constraints: Django asks this at the end of a test, after the tenant was left."""
        with self._speaking_bare():
            super().check_constraints(table_names)
