"""Openings: which tables of an office its role cannot use yet as far as ``tenancy.grants`` says, and opening them."""

from huiyin.kernel.tenant import Tenant
from huiyin.project.tenancy import roles
from huiyin.project.tenancy.backend.base import DatabaseWrapper
from huiyin.project.tenancy.grants import own_privileges
from huiyin.project.tenancy.names import installed

# By the schema's name alone: a question about all privileges would read the whole catalog.
QUESTION = """
    SELECT c.relname, coalesce(array_agg(a.privilege_type) FILTER (WHERE a.privilege_type IS NOT NULL), '{}')
    FROM pg_class c LEFT JOIN LATERAL aclexplode(c.relacl) a ON a.grantee = to_regrole(%s)
    WHERE c.relnamespace = to_regnamespace(%s) AND c.relkind IN ('r', 'p') GROUP BY c.relname
"""


def wanted_privileges(table: str) -> frozenset[str]:
    """Return what the office's role should be able to do with one of its tables."""
    return frozenset(filter(None, own_privileges(table).split(", ")))


def closed_tables(connection: DatabaseWrapper, tenant: Tenant) -> list[str]:
    """Return the tables of the office's schema of which its role lacks a privilege."""
    with connection.cursor() as cursor:
        cursor.execute(QUESTION, [f'"{installed().of(tenant)}"', f'"{tenant.schema}"'])
        found = {table: frozenset(privileges) for table, privileges in cursor.fetchall()}
    return sorted(table for table, privileges in found.items() if not wanted_privileges(table) <= privileges)


def open_tables(connection: DatabaseWrapper, tenant: Tenant) -> int:
    """Open what is closed; return how many tables that were."""
    tables = closed_tables(connection, tenant)
    if tables:
        with connection.cursor() as cursor:
            cursor.execute(";\n".join(roles.tenant_grants(installed(), tenant, tables)))
    return len(tables)
