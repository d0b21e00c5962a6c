"""Questions to the register of offices, asked as the role that may read the register and nothing else."""

from collections.abc import Iterable
from datetime import date

from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import PUBLIC, Tenant, entered

from .models import County, Domain, as_tenant


def tenant_of_host(host: str) -> Tenant | None:
    """Return the office that is reached on this host (already in its one spelling), or None."""
    found = _tenants(domain=host)
    return found[0] if found else None


def tenant_of_schema(schema: str) -> Tenant:
    """Return the office with this schema; refuse an unknown one."""
    found = _tenants(county__schema_name=schema, is_primary=True)
    if not found:
        raise Refusal("tenancy.unknown_schema", f"没有名为“{schema}”的单位，请核对拼写。", schema=schema)
    return found[0]


def tenants(*, kind: str | None = None) -> tuple[Tenant, ...]:
    """Return every office of the register, or those of one kind, in the order of their schemas."""
    asked = {"county__kind": kind} if kind else {}
    return tuple(_tenants(is_primary=True, **asked))


def onboarded_on(schema: str) -> date:
    """Return the day on which an office began to work with the software."""
    with entered(PUBLIC):
        return local_day(County.objects.values_list("onboarded_at", flat=True).get(schema_name=schema))


def _tenants(**asked: str | bool) -> list[Tenant]:
    with entered(PUBLIC):
        rows: Iterable[Domain] = Domain.objects.select_related("county").filter(**asked).order_by("county__schema_name")
        return [as_tenant(row.county, domain=row.domain) for row in rows]
