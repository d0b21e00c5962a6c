"""The directory, as the tenancy asks it: the register's own questions."""

from huiyin.platform.directory.queries import tenant_of_host, tenant_of_schema, tenants

__all__ = ["tenant_of_host", "tenant_of_schema", "tenants"]
