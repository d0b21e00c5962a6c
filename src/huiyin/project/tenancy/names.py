"""Names: what the roles of one installation are called, and which names a schema may bear."""

import re
from dataclasses import dataclass

from django.conf import settings

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import Tenant

SCHEMA = re.compile(r"[a-z][a-z0-9_]{1,47}")
PREFIX = re.compile(r"[a-z][a-z0-9]{1,9}")
RESERVED = frozenset({"public", "dramatiq", "information_schema"})


def check_schema(schema: str) -> None:
    """Refuse a schema name that is not plain ASCII, too long for a role's name, or somebody else's."""
    if not SCHEMA.fullmatch(schema) or schema.startswith("pg_") or schema in RESERVED:
        raise Refusal(
            "tenancy.bad_schema",
            f"名称“{schema}”不可用：须以小写字母开头，只含小写字母、数字和下划线，2 至 48 个字符，且不是保留名称。",
            schema=schema,
        )


@dataclass(frozen=True, slots=True)
class Names:
    """The roles of one installation: all begin with one prefix, because roles belong to the whole server."""

    prefix: str

    def __post_init__(self) -> None:
        """Refuse a prefix that could not stand before every schema name within 63 bytes."""
        if not PREFIX.fullmatch(self.prefix):
            raise Refusal("tenancy.bad_prefix", f"角色前缀“{self.prefix}”不可用：2 至 10 个小写字母或数字。")

    @property
    def app(self) -> str:
        """The login of web and worker: it inherits nothing and becomes one of the others."""
        return f"{self.prefix}_app"

    @property
    def owner(self) -> str:
        """The login that owns every schema: onboarding and migrations only."""
        return f"{self.prefix}_owner"

    @property
    def platform(self) -> str:
        """Who looks up hosts and claims jobs while no office is entered."""
        return f"{self.prefix}_platform"

    @property
    def county(self) -> str:
        """The group from which every county's role inherits its rights on shared tables."""
        return f"{self.prefix}_county"

    @property
    def province(self) -> str:
        """The group from which the province's role inherits its rights on shared tables."""
        return f"{self.prefix}_province"

    def own_prefix(self, kind: str) -> str:
        """Return what stands before the schema in the name of an office's own role."""
        return f"{self.prefix}_{kind[0]}_"

    def of(self, tenant: Tenant) -> str:
        """Return the role as which work for this tenant is done."""
        if tenant.kind == "public":
            return self.platform
        check_schema(tenant.schema)
        return f"{self.own_prefix(tenant.kind)}{tenant.schema}"


def installed() -> Names:
    """Return the names of this installation."""
    return Names(settings.HUIYIN_ROLE_PREFIX)
