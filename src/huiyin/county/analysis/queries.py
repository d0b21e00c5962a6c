"""Questions about a period: the four promises from evidence, and the other numbers, as of any instant.

The number of statements does not depend on the number of petitions: evidence, retrieval, what was excluded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import connection

from huiyin.county.assignment.states import LAWFUL_EXCEPTIONS, TO_A_UNIT, AssignmentState, DispositionKind
from huiyin.county.journal.models import ChainHead
from huiyin.county.journal.rules import GENESIS
from huiyin.county.registry.rules import NEEDED_ORIGINAL
from huiyin.county.registry.states import Channel, Confidentiality, PetitionerKind
from huiyin.county.reply.states import FINAL, Method
from huiyin.kernel.periods import Period
from huiyin.kernel.text import grams_of_term, terms
from huiyin.platform.statistics.indicators import FigureEntry

from . import rules, statements
from .evidence import Evidence, ReceiptEvidence
from .rules import Excluded, PromiseTable
from .states import ExcludedBecause, Original

EVERY_CHANNEL = tuple(Channel)
# What a clerk types to find a letter again: its number, the name, the first words of what it is about.
FIRST_WORDS = 12
SEPARATOR = "\x1f"
REMEMBERED_FOR = 10 * 60
WITH_THE_UNIT = (AssignmentState.ISSUED, AssignmentState.SIGNED, AssignmentState.DISPUTED, AssignmentState.RETURNED)

Value = str | date | datetime | list[str]


class EvidenceRow(NamedTuple):
    """One line of ``statements.EVIDENCE``: a receipt with one of its petitions, or with none."""

    receipt_id: int
    receipt_number: str
    channel: str
    received_on: date
    taken_by: str
    petition_id: int | None
    number: str
    confidentiality: str
    summary: str
    is_complete: bool
    registrar: str
    petitioner_kind: str
    petitioner_name: str
    address_known: bool
    contact_known: bool
    original: str
    reader: str
    is_classified: bool
    classifier: str
    is_merged: bool
    decider: str
    disposition: str | None
    has_basis_and_approver: bool
    unit: str
    handler: str
    is_with_unit: bool
    is_replied: bool
    is_answered: bool
    attempt_failed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Which searches find a petition again."""

    by_number: bool
    by_name: bool
    by_text: bool


NOT_FOUND = Found(by_number=False, by_name=False, by_text=False)


def promises(period: Period, *, at: datetime, channels: Iterable[Channel] = EVERY_CHANNEL) -> PromiseTable:
    """Return 四个百分之百 of the receipts of a period, from the evidence there was at this instant (DOMAIN §7)."""
    wanted = frozenset(channels)
    receipts = evidence_of(period, at=at, channels=wanted)
    return PromiseTable(
        period=period,
        at=at,
        columns=rules.columns_of(receipts, wanted),
        excluded=excluded_from(period, at=at, channels=wanted),
    )


def promises_at_a_glance(period: Period, *, at: datetime, channels: Iterable[Channel] = EVERY_CHANNEL) -> PromiseTable:
    """Return the same numbers without the lists behind them, remembered until anything happens in the office.

    Every act writes a journal entry in its own transaction, so the numbers stand as long as the last link of the chain
    does. For screens that show the present on every visit; whoever asks for evidence asks ``promises``.
    """
    wanted = frozenset(channels)
    last_link = ChainHead.objects.filter(pk=1).values_list("hash", flat=True).first() or GENESIS
    key = f"promises:{period.first}:{period.last}:{'-'.join(sorted(wanted))}:{last_link}"
    known = cache.get(key)
    if isinstance(known, PromiseTable):
        return replace(known, at=at)
    table = rules.without_lists(promises(period, at=at, channels=wanted))
    cache.set(key, table, REMEMBERED_FOR)
    return table


def rates(period: Period, *, at: datetime) -> tuple[FigureEntry, ...]:
    """Return every other number of a period per channel: timeliness by due date, the rest by day of receipt."""
    values = _values(period, at, frozenset(Channel))
    return tuple(FigureEntry(*row) for row in _rows(statements.RATES, values))


def figures(period: Period, *, at: datetime) -> tuple[FigureEntry, ...]:
    """Return all numbers of a period per channel and indicator, in a fixed order: what is reported to the province."""
    return tuple(sorted((*promises(period, at=at).figures(), *rates(period, at=at))))


def evidence_of(period: Period, *, at: datetime, channels: frozenset[Channel]) -> tuple[ReceiptEvidence, ...]:
    """Return every receipt of the denominator with what is on record about its petitions at this instant."""
    rows = [EvidenceRow(*row) for row in _rows(statements.EVIDENCE, _values(period, at, channels))]
    found = retrieval_of(rows)
    return tuple(
        _receipt([*lines], found) for _, lines in groupby(rows, key=lambda row: (row.received_on, row.receipt_id))
    )


def retrieval_of(rows: Sequence[EvidenceRow]) -> dict[int, Found]:
    """Run the register's own search for each petition, by number, by name and by its first words, in one statement.

    It is the predicate of ``Petition.objects.matching``: the grams of every term are contained, and so is the term.
    A row that the predicate keeps is a row that the search finds, because it looks at nothing but the row.
    """
    asked = [(row.petition_id, *_searches(row)) for row in rows if row.petition_id is not None]
    columns = [list(column) for column in zip(*asked, strict=True)] if asked else [[] for _ in range(7)]
    names = ("id", "number_grams", "number_terms", "name_grams", "name_terms", "text_grams", "text_terms")
    result = _rows(statements.RETRIEVAL, dict(zip(names, columns, strict=True)))
    return {int(row[0]): Found(by_number=row[1], by_name=row[2], by_text=row[3]) for row in result}


def _searches(row: EvidenceRow) -> tuple[str, str, str, str, str, str]:
    """Return grams and terms of the three searches; nobody's name is nothing to search, 匿名 is a word of its own."""
    name = row.petitioner_name if row.petitioner_kind == PetitionerKind.NAMED.value else ""
    number, who, words = (_search(text) for text in (row.number, name, row.summary[:FIRST_WORDS]))
    return (*number, *who, *words)


def _search(text: str) -> tuple[str, str]:
    written = terms(text)
    grams = dict.fromkeys(gram for term in written for gram in grams_of_term(term))
    return SEPARATOR.join(grams), SEPARATOR.join(written)


def _receipt(lines: list[EvidenceRow], found: dict[int, Found]) -> ReceiptEvidence:
    head = lines[0]
    return ReceiptEvidence(
        receipt_id=head.receipt_id,
        number=head.receipt_number,
        channel=Channel(head.channel),
        received_on=head.received_on,
        taken_by=head.taken_by,
        petitions=tuple(
            _evidence(row, row.petition_id, found.get(row.petition_id, NOT_FOUND))
            for row in lines
            if row.petition_id is not None
        ),
    )


def _evidence(row: EvidenceRow, petition_id: int, found: Found) -> Evidence:
    return Evidence(
        petition_id=petition_id,
        number=row.number,
        confidentiality=Confidentiality(row.confidentiality),
        original=Original(row.original),
        is_complete=row.is_complete,
        is_found_by_number=found.by_number,
        is_found_by_name=found.by_name,
        is_found_by_text=found.by_text,
        registrar=row.registrar,
        reader=row.reader,
        is_classified=row.is_classified,
        classifier=row.classifier,
        disposition=DispositionKind(row.disposition) if row.disposition else None,
        decider=row.decider,
        has_basis_and_approver=row.has_basis_and_approver,
        is_merged=row.is_merged,
        unit=row.unit,
        handler=row.handler,
        is_with_unit=row.is_with_unit,
        is_replied=row.is_replied,
        is_answered=row.is_answered,
        attempt_failed=row.attempt_failed,
        name_known=row.petitioner_kind == PetitionerKind.NAMED.value,
        address_known=row.address_known,
        contact_known=row.contact_known,
    )


def excluded_from(period: Period, *, at: datetime, channels: frozenset[Channel]) -> tuple[Excluded, ...]:
    """Return what stands under the table: 非信访件 confirmed by two people, and voided numbers."""
    return tuple(
        Excluded(
            because=ExcludedBecause(because),
            number=number,
            channel=Channel(channel),
            reason=reason,
            by=by,
            seconded_by=seconded_by,
            at=moment,
        )
        for because, number, channel, reason, by, seconded_by, moment in _rows(
            statements.EXCLUDED, _values(period, at, channels)
        )
    )


def _values(period: Period, at: datetime, channels: frozenset[Channel]) -> dict[str, Value]:
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
    }


def _rows(statement: str, values: Mapping[str, Value]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
