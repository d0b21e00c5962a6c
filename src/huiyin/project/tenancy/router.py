"""The router: which app's tables stand in which kind of schema, and through which login they are changed."""

from collections.abc import Iterator, Mapping

from django.apps import apps
from django.db import connections
from django.db.models import Model

from huiyin.kernel.tenant import Tenant
from huiyin.project.tenancy.backend.base import OWNER, DatabaseWrapper

APPS_OF_KIND: Mapping[str, frozenset[str]] = {
    "public": frozenset({"platform"}),
    "county": frozenset({"accounts", "county", "sessions"}),
    "province": frozenset({"accounts", "province", "sessions"}),
}


def models_of_kind(kind: str) -> Iterator[type[Model]]:
    """Yield every model, also those between two models, that has its table in this kind of schema."""
    for label in sorted(APPS_OF_KIND[kind]):
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                yield model


def tables_of_kind(kind: str) -> tuple[str, ...]:
    """Return the names of the tables that the models of this kind of schema have."""
    return tuple(sorted(model._meta.db_table for model in models_of_kind(kind)))


class TenantRouter:
    """Work goes through the application's login; schemas are changed through their owner's."""

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        """Return whether this app's tables belong in the schema chosen on that connection."""
        if db != OWNER:
            return False
        connection = connections[db]
        tenant: Tenant | None = connection.tenant if isinstance(connection, DatabaseWrapper) else None
        return tenant is not None and app_label in APPS_OF_KIND[tenant.kind]

    def allow_relation(self, one: Model, other: Model, **_hints: object) -> bool | None:
        """Let rows refer to each other whatever login read them, where their tables share a schema."""
        labels = {one._meta.app_label, other._meta.app_label}
        return any(labels <= kind for kind in APPS_OF_KIND.values()) or None
