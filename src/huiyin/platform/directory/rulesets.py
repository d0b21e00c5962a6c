"""The rule sets of this installation, read once from the files beside the counties."""

from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from huiyin.kernel.rulesets import RuleSet, choose, load_folder


@cache
def _of_folder(folder: Path) -> tuple[RuleSet, ...]:
    return load_folder(folder)


def known() -> tuple[RuleSet, ...]:
    """Return every rule set of the installation."""
    return _of_folder(Path(settings.HUIYIN_TENANTS) / "rulesets")


def in_force(name: str, *, received_on: date) -> RuleSet:
    """Return the rule set of a county's setting for what was received on this day."""
    return choose(known(), name, received_on)
