"""The executor that django-tenants' ``migrate_schemas`` and ``migrate`` are led to: our own installation and fleet.

Its stock executors stop at the first failure, write nothing down and show no maintenance page.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.management import call_command
from django_tenants.migration_executors.base import MigrationExecutor
from django_tenants.utils import get_public_schema_name, get_tenant_database_alias

from huiyin.kernel.refusal import Refusal

CODENAME = "fleet"
# What would bring an office to another state than the one all offices are brought to, or write a state down unseen.
NOT_HONOURED = {
    "app_label": "APP",
    "migration_name": "MIGRATION",
    "fake": "--fake",
    "fake_initial": "--fake-initial",
    "plan": "--plan",
    "prune": "--prune",
    "run_syncdb": "--run-syncdb",
    "check_unapplied": "--check",
}


class FleetExecutor(MigrationExecutor):  # type: ignore[misc]  # django-tenants has no types
    """Runs ``huiyin install`` for the shared tables and ``huiyin migrate_fleet`` for the offices."""

    codename = CODENAME

    def __init__(self, args: Sequence[str], options: Mapping[str, Any]) -> None:
        """Refuse options that the fleet knows nothing of, before anything is read or written."""
        check_can_be_honoured(options)
        super().__init__(args, options)

    def run_migrations(self, tenants: Iterable[str] = ()) -> None:
        """Install the shared tables; there is no other schema that is migrated by its name alone."""
        del tenants
        call_command("install", stdout=self.options.get("stdout"))

    def run_multi_type_migrations(self, tenants: Iterable[tuple[str, str]]) -> None:
        """Migrate every office as ``migrate_fleet`` does: it reads the register itself."""
        del tenants
        workers = {} if self.options.get("parallel") is None else {"workers": self.options["parallel"]}
        call_command("migrate_fleet", stdout=self.options.get("stdout"), **workers)


def executor_for(codename: str | None = None) -> type[FleetExecutor]:
    """Return the one executor there is; refuse the stock ones, asked for by name."""
    if codename not in {None, CODENAME}:
        raise refusal(f"--executor={codename}")
    return FleetExecutor


def check_can_be_honoured(options: Mapping[str, Any]) -> None:
    """Refuse a part of the fleet, another database than the offices' owner's, and whatever only pretends."""
    given = [flag for name, flag in NOT_HONOURED.items() if options.get(name)]
    if options.get("schema_name") not in {None, "", get_public_schema_name()}:
        given.append("--schema")
    if options.get("database") not in {None, get_tenant_database_alias()}:
        given.append("--database")
    if given:
        raise refusal(" ".join(given))


def refusal(flags: str) -> Refusal:
    """Return the refusal that names what to run instead."""
    return Refusal(
        "fleet.stock_option",
        f"这里不能使用 {flags}：各单位的数据表只能一起升级，请运行 huiyin migrate_fleet"
        f" / {flags} is not supported: run huiyin migrate_fleet",
        flags=flags,
    )
