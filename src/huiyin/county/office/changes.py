"""What an act changed in a row: the values before and after, as the journal keeps both."""

from dataclasses import dataclass

from django.db import models

from huiyin.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Change:
    """The fields that got another value, with both values."""

    before: dict[str, object]
    after: dict[str, object]

    @property
    def fields(self) -> list[str]:
        """The names of the fields that are to be written."""
        return sorted(self.after)


def take_over(row: models.Model, **values: object) -> Change:
    """Set what differs on the row, which is not saved here, and return it; refuse when nothing does."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not differing:
        raise Refusal("office.unchanged", "没有改动，不需要保存")
    before = {name: getattr(row, name) for name in differing}
    for name, value in differing.items():
        setattr(row, name, value)
    return Change(before=before, after=differing)
