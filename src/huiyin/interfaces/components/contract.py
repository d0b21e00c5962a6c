"""What every component of the screens is: a frozen set of options that refuses what it does not know."""

from functools import cache
from inspect import signature
from typing import ClassVar, Literal

from pydantic import ConfigDict, ValidationError

STRICT = ConfigDict(strict=True, extra="forbid", arbitrary_types_allowed=True)

Tone = Literal["plain", "info", "good", "warn", "bad"]


class ComponentError(Exception):
    """A template or a view used a component against its contract: a defect, never a user's mistake."""


class Component:
    """Options of one component; the markup is the template of the same name.

    A subclass names itself in ``component``; ``takes_body`` says that a template may wrap markup in it.
    """

    component: ClassVar[str]
    takes_body: ClassVar[bool] = False
    registry: ClassVar[dict[str, type["Component"]]] = {}

    def __init_subclass__(cls) -> None:
        """Enter the component in the register under its name."""
        super().__init_subclass__()
        Component.registry[cls.component] = cls

    @property
    def template_name(self) -> str:
        """Return the file that holds the markup."""
        return f"components/{self.component}.html"


def named(name: str) -> type[Component]:
    """Return the component with this name; raise ComponentError when there is none."""
    try:
        return Component.registry[name]
    except KeyError:
        known = ", ".join(sorted(Component.registry))
        raise ComponentError(f"there is no component {name!r}; there are: {known}") from None


@cache
def option_names(name: str) -> tuple[str, ...]:
    """Return the names of a component's options in the order of declaration."""
    return tuple(signature(named(name)).parameters)


def build(name: str, options: dict[str, object]) -> Component:
    """Return the component with these options; raise ComponentError for a missing, unknown or wrong one."""
    kind = named(name)
    unknown = sorted(set(options) - set(option_names(name)))
    if unknown:
        raise ComponentError(f"{name} has no option {', '.join(unknown)}; it has: {', '.join(option_names(name))}")
    try:
        return kind(**options)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise ComponentError(f"{name} refuses its options: {faults}") from error
