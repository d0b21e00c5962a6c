"""/components: every component with its options and examples, for those who build screens."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.interfaces.components.contract import Component, named, option_names

from .access import EVERYONE, needs
from .component_examples import examples


@dataclass(frozen=True, slots=True)
class Sample:
    """One component: its name, its options, its examples."""

    name: str
    options: str
    meaning: str
    examples: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class ComponentsScreen:
    """All components, by name."""

    samples: tuple[Sample, ...]
    count: str


def screen() -> ComponentsScreen:
    """Return every component with its examples; a component without one is a KeyError."""
    shown = examples()
    samples = tuple(
        Sample(
            name=name,
            options=" · ".join(option_names(name)),
            meaning=(named(name).__doc__ or "").splitlines()[0],
            examples=shown[name],
        )
        for name in sorted(Component.registry)
    )
    return ComponentsScreen(samples=samples, count=f"{len(samples)} 个")


@needs(EVERYONE)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the page of components."""
    return render(request, "components.html", {"screen": screen()})
