"""The register of offices: one row per county and one for the province."""

from django.db import models
from django.db.models import Q

from huiyin.kernel.tenant import Tenant
from huiyin.kernel.words import Word


class Kind(Word):
    """What an office of the register is."""

    COUNTY = "county", "县级人大常委会"
    PROVINCE = "province", "省级看板"


class CountyState(Word):
    """Whether an office serves its people at the moment."""

    ACTIVE = "active", "运行中"
    MIGRATING = "migrating", "升级维护中"
    SUSPENDED = "suspended", "已停用"


class County(models.Model):
    """县(市、区)人大常委会: the tenant, its schema and what its definition file owns for ever."""

    schema_name = models.CharField(max_length=48, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices())
    name = models.CharField(max_length=60)
    organ = models.CharField(max_length=60)
    gb_code = models.CharField(max_length=6)
    number_style = models.CharField(max_length=80)
    ruleset = models.CharField(max_length=40)
    shard = models.CharField(max_length=40, default="default")
    state = models.CharField(max_length=16, choices=CountyState.choices(), default=CountyState.ACTIVE.value)
    onboarded_at = models.DateTimeField()

    auto_create_schema = False
    auto_drop_schema = False

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="schema_name_is_plain_ascii", condition=Q(schema_name__regex=r"^[a-z][a-z0-9_]{1,47}$")
            ),
            models.CheckConstraint(name="gb_code_has_six_digits", condition=Q(gb_code__regex=r"^[0-9]{6}$")),
        ]

    def __str__(self) -> str:
        """Return the office's name."""
        return self.name

    def get_tenant_type(self) -> str:
        """Return the kind of schema, as django-tenants asks for it."""
        return self.kind


class Domain(models.Model):
    """The host on which an office is reached."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)
    is_primary = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="domain_is_lower_case", condition=Q(domain__regex=r"^[a-z0-9.-]+$")),
        ]

    def __str__(self) -> str:
        """Return the host."""
        return self.domain


def as_tenant(county: County, *, domain: str) -> Tenant:
    """Return the register row as the value that running code carries."""
    return Tenant(
        schema=county.schema_name,
        kind=county.kind,
        name=county.name,
        domain=domain,
        gb_code=county.gb_code,
        shard=county.shard,
        state=county.state,
        number_style=county.number_style,
        ruleset=county.ruleset,
        organ=county.organ,
    )
