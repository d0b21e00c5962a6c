"""Asking: how a set-based statement about the numbers of a period is put to the database."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection

from huiyin.county.assignment.states import LAWFUL_EXCEPTIONS, TO_A_UNIT, AssignmentState
from huiyin.county.registry.rules import NEEDED_ORIGINAL
from huiyin.county.registry.states import Channel
from huiyin.county.reply.states import FINAL, Method
from huiyin.kernel.periods import Period

from .items import ITEM_VALUES

EVERY_CHANNEL = tuple(Channel)
WITH_THE_UNIT = (AssignmentState.ISSUED, AssignmentState.SIGNED, AssignmentState.DISPUTED, AssignmentState.RETURNED)

Value = str | date | datetime | list[str]


def values_of(period: Period, at: datetime, channels: Iterable[Channel] = EVERY_CHANNEL) -> dict[str, Value]:
    """Return what every statement may name: the period, the instant, the channels and the words of the office."""
    return {
        "first": period.first,
        "last": period.last,
        "at": at,
        "channels": sorted(channel.value for channel in channels),
        "to_a_unit": sorted(kind.value for kind in TO_A_UNIT),
        "exceptions": sorted(kind.value for kind in LAWFUL_EXCEPTIONS),
        "with_unit": [state.value for state in WITH_THE_UNIT],
        "final": sorted(kind.value for kind in FINAL),
        "impossible": Method.IMPOSSIBLE.value,
        "original_of_letter": NEEDED_ORIGINAL[Channel.LETTER].value,
        "original_of_walk_in": NEEDED_ORIGINAL[Channel.WALK_IN].value,
        **ITEM_VALUES,
    }


def rows_of(statement: str, values: Mapping[str, Value]) -> list[tuple[Any, ...]]:
    """Return the rows that answer a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
