"""Every route declares who may open it; every model and migration agree; every definition loads."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import CheckConstraint, Field, Model, Q
from django.urls import URLPattern, URLResolver, path
from django.utils import translation

from huiyin.accounts.roles import Role
from huiyin.interfaces.pages.access import needs
from huiyin.kernel import rulesets
from huiyin.platform.directory.definitions import load

ROOT = Path(__file__).parents[2]
URLCONFS = ("huiyin.project.urls_county", "huiyin.project.urls_province")
NOT_PAGES = ("api/", "static/", "components")  # the API asks each caller itself; the gallery is of development
OWN_APPS = ("platform", "accounts", "county", "province")


def routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, f"{prefix}{one.pattern}")
        elif isinstance(one, URLPattern):
            yield f"{prefix}{one.pattern}", one.callback


def undeclared(patterns: list[Any]) -> set[str]:
    return {
        route
        for route, view in routes(patterns)
        if not route.startswith(NOT_PAGES) and not isinstance(getattr(view, "needs", None), frozenset)
    }


@pytest.mark.parametrize("urlconf", URLCONFS)
def test_every_route_declares_who_may_open_it(urlconf: str) -> None:
    patterns = import_module(urlconf).urlpatterns
    assert any(not route.startswith(NOT_PAGES) for route, _ in routes(patterns))
    assert not undeclared(patterns)


def test_a_route_without_a_declaration_would_be_found() -> None:
    def view(request: Any) -> Any:
        return request

    assert undeclared([path("open", view), path("shut", needs({Role.CLERK})(view))]) == {"open"}


def names_in(condition: Q) -> set[str]:
    found: set[str] = set()
    for child in condition.children:
        if isinstance(child, Q):
            found |= names_in(child)
        elif isinstance(child, tuple):
            found.add(str(child[0]).partition("__")[0])
    return found


def unpaired(models: list[type[Model]]) -> set[str]:
    """Return each nullable ``…_at`` with a nullable ``…_by`` that no constraint binds together."""
    found = set()
    for model in models:
        nullable = {field.name for field in model._meta.get_fields() if isinstance(field, Field) and field.null}
        bound = [
            names_in(one.condition)
            for one in model._meta.constraints
            if isinstance(one, CheckConstraint) and isinstance(one.condition, Q)
        ]
        for name in nullable:
            pair = {name, f"{name.removesuffix('_at')}_by"}
            if name.endswith("_at") and pair <= nullable and not any(pair <= names for names in bound):
                found.add(f"{model.__name__}.{name}")
    return found


def test_who_and_when_are_set_together() -> None:
    models = list(apps.get_app_config("county").get_models())
    assert len(models) > 20
    assert not unpaired(models)


def test_a_pair_without_its_constraint_would_be_found() -> None:
    from huiyin.county.registry.models import Petition  # noqa: PLC0415  # a model of ours, bared for once

    bared = type("Bared", (), {"__name__": "Bared", "_meta": Petition._meta})
    kept = Petition._meta.constraints
    try:
        Petition._meta.constraints = []
        assert "Bared.closed_at" in unpaired([bared])
    finally:
        Petition._meta.constraints = kept


def test_the_migrations_are_the_models() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    with translation.override(None):  # as makemigrations does: no word of Django's is compared in Chinese
        changes = detector.changes(graph=loader.graph)
    told = {label: [one.describe() for one in found[0].operations] for label, found in changes.items()}
    assert not {label: words for label, words in told.items() if label in OWN_APPS}


@pytest.mark.parametrize("file", sorted(ROOT.glob("tenants/*.toml")), ids=lambda file: file.stem)
def test_every_definition_of_an_office_loads(file: Path) -> None:
    known = rulesets.load_folder(Path(settings.HUIYIN_TENANTS) / "rulesets")
    assert load(file, rulesets=known).slug == file.stem
