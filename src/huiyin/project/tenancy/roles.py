"""Roles: the SQL that makes the roles of an installation and of one office, and gives them what ``grants`` says.

Every function returns statements in order, which whoever calls runs in one transaction; each may run again.
Tables are named one by one: ``ON ALL TABLES`` reads the whole catalog, once per office.
"""

from collections.abc import Iterable

from psycopg import sql

from huiyin.kernel.tenant import Tenant
from huiyin.project.tenancy.grants import SHARED, Shared, own_privileges
from huiyin.project.tenancy.names import Names

FINE_MEMBERSHIPS = 160000
GROUPS = ("platform", "county", "province")


def installation_roles(names: Names, *, version: int) -> list[str]:
    """Return what creates the logins and groups of an installation; for a superuser, once per server.

    ``version`` is the server's number, such as 180000. The logins have no password yet: see ``password``.
    """
    statements = [
        _role(names.owner, "LOGIN NOSUPERUSER CREATEROLE NOCREATEDB NOBYPASSRLS"),
        _role(names.app, "LOGIN NOSUPERUSER NOINHERIT NOCREATEROLE NOCREATEDB NOBYPASSRLS"),
        *(_role(_group(names, group), "NOLOGIN") for group in GROUPS),
        _membership(names.platform, names.app, version=version, inherits=False),
    ]
    if version >= FINE_MEMBERSHIPS:
        text = "GRANT {group} TO {owner} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
        statements += [_sql(text, group=_group(names, group), owner=names.owner) for group in ("county", "province")]
    return statements


def password(role: str, secret: str) -> str:
    """Return what gives a login its password."""
    return sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(secret)).as_string()


def database_grants(names: Names, *, database: str) -> list[str]:
    """Return what closes a database to everybody but this installation; for its superuser, before any table.

    Nobody but the logins keeps ``set_config``: with it, one word smuggled into a query could change the role.
    """
    return [
        _sql("REVOKE ALL ON DATABASE {database} FROM PUBLIC", database=database),
        _sql("GRANT CONNECT ON DATABASE {database} TO {app}", database=database, app=names.app),
        _sql("GRANT ALL ON DATABASE {database} TO {owner}", database=database, owner=names.owner),
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        _sql("GRANT ALL ON SCHEMA public TO {owner} WITH GRANT OPTION", owner=names.owner),
        "REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC",
        _sql(
            "GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO {app}, {owner}",
            app=names.app,
            owner=names.owner,
        ),
    ]


def shared_grants(names: Names) -> list[str]:
    """Return what opens the shared tables as far as ``grants.SHARED`` says; for the owner, after their migrations."""
    roles = [_group(names, group) for group in GROUPS]
    statements = [
        _sql("GRANT USAGE ON SCHEMA {schema} TO {role}", schema=schema, role=role)
        for schema in sorted({table.partition(".")[0] for table in SHARED})
        for role in roles
    ]
    for table, shared in SHARED.items():
        statements += _shared_table(names, table, shared)
    return statements


def tenant_role(names: Names, tenant: Tenant, *, version: int) -> list[str]:
    """Return what creates the role of one office, which only the application's login can become."""
    own, group = names.of(tenant), _group(names, tenant.kind)
    return [
        _role(own, "NOLOGIN INHERIT"),
        _membership(group, own, version=version, inherits=True),
        _membership(own, names.app, version=version, inherits=False),
    ]


def tenant_grants(names: Names, tenant: Tenant, tables: Iterable[str]) -> list[str]:
    """Return what opens an office's schema and these tables of it to its own role; for the owner, after they exist."""
    own = names.of(tenant)
    statements = [_sql("GRANT USAGE ON SCHEMA {schema} TO {own}", schema=tenant.schema, own=own)]
    for table in tables:
        if privileges := own_privileges(table):
            place = sql.Identifier(tenant.schema, table)
            statements.append(_grant(privileges, place, own))
    return statements


def _group(names: Names, group: str) -> str:
    return {"platform": names.platform, "county": names.county, "province": names.province}[group]


def _shared_table(names: Names, table: str, shared: Shared) -> list[str]:
    place = sql.Identifier(*table.split("."))
    statements = [
        _grant(_columns(privileges, shared.columns if group == "province" else ()), place, _group(names, group))
        for group, privileges in _privileges(shared)
    ]
    if not shared.own:
        return statements
    statements.append(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(place).as_string())
    for group, _privileges_of_group in _privileges(shared):
        condition: sql.Composable = sql.SQL("true")
        if group in shared.own_only:
            # A county's role is called after its schema, so its name alone says which rows are its own.
            condition = sql.SQL("current_user = {} || ({})").format(
                sql.Literal(names.own_prefix(group)),
                sql.SQL(shared.own),
            )
        policy, role = sql.Identifier(f"rows_for_the_{group}"), sql.Identifier(_group(names, group))
        statements += [
            sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(policy, place).as_string(),
            sql.SQL("CREATE POLICY {} ON {} TO {} USING ({}) WITH CHECK ({})")
            .format(policy, place, role, condition, condition)
            .as_string(),
        ]
    return statements


def _privileges(shared: Shared) -> list[tuple[str, str]]:
    pairs = (("platform", shared.platform), ("county", shared.county), ("province", shared.province))
    return [(group, privileges) for group, privileges in pairs if privileges]


def _columns(privileges: str, columns: tuple[str, ...]) -> str:
    return f"{privileges} ({', '.join(columns)})" if columns else privileges


def _grant(privileges: str, place: sql.Identifier, role: str) -> str:
    # The privileges are this package's own words.
    text = sql.SQL(privileges)
    return sql.SQL("GRANT {} ON {} TO {}").format(text, place, sql.Identifier(role)).as_string()


def _role(name: str, attributes: str) -> str:
    """Return what creates a role where it is missing, whoever else may be doing the same."""
    return (
        sql.SQL("DO $do$ BEGIN CREATE ROLE {role} {attributes}; EXCEPTION WHEN duplicate_object THEN NULL; END $do$")
        .format(role=sql.Identifier(name), attributes=sql.SQL(attributes))
        .as_string()
    )


def _membership(role: str, member: str, *, version: int, inherits: bool) -> str:
    """Return what makes one role a member of another, either to have its rights or to become it, never both.

    Before PostgreSQL 16 that is an attribute of the member: the application's login has NOINHERIT.
    """
    how = ""
    if version >= FINE_MEMBERSHIPS:
        how = " WITH INHERIT TRUE, SET FALSE" if inherits else " WITH INHERIT FALSE, SET TRUE"
    return _sql("GRANT {role} TO {member}" + how, role=role, member=member)


def _sql(text: str, **identifiers: str) -> str:
    parts = {name: sql.Identifier(value) for name, value in identifiers.items()}
    return sql.SQL(text).format(**parts).as_string()
