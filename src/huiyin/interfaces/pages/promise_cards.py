"""四个百分之百 as four cards: the strict reading large, the other reading below it."""

from django.urls import reverse

from huiyin.county.analysis.rules import Promise, PromiseColumn
from huiyin.interfaces.components.numbers import PromiseCard, PromiseLine
from huiyin.platform.statistics.indicators import (
    ANSWERED,
    ANSWERED_OF_ANSWERABLE,
    ASSIGNED,
    DISPOSED,
    READ,
    REGISTERED,
)

# A promise, its second reading where it has one, and what that is called on the card.
CARDS = (
    (REGISTERED, None, ""),
    (READ, None, ""),
    (ASSIGNED, DISPOSED, "含依法例外"),
    (ANSWERED, ANSWERED_OF_ANSWERABLE, "可答复件"),
)


def missing_href(promise: Promise, *, query: str) -> str:
    """Return the address of what a promise lacks, or nothing where it lacks nothing."""
    return f"{reverse('promise_missing', args=[promise.code])}?{query}" if promise.lacking else ""


def promise_cards(column: PromiseColumn, *, query: str) -> tuple[PromiseCard, ...]:
    """Return the four cards of one column; ``query`` says which period, for the lists of what is missing."""
    return tuple(
        _card(
            column.promise(strict.code),
            column.promise(wider.code) if wider is not None else None,
            label=label,
            query=f"{query}&group={column.group.value}",
        )
        for strict, wider, label in CARDS
    )


def _card(promise: Promise, wider: Promise | None, *, label: str, query: str) -> PromiseCard:
    lines: tuple[PromiseLine, ...] = ()
    if wider is not None:
        lines = (
            PromiseLine(
                label=label,
                part=wider.part,
                whole=wider.whole,
                href=missing_href(wider, query=query),
            ),
        )
    return PromiseCard(
        code=promise.code,
        title=promise.indicator.label,
        part=promise.part,
        whole=promise.whole,
        sentence=promise.indicator.sentence,
        missing_href=missing_href(promise, query=query),
        lines=lines,
    )
