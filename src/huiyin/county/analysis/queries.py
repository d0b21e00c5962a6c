"""Questions about a period: the four promises from evidence, and the other numbers, as of any instant.

The number of statements does not depend on the number of petitions: evidence, retrieval, what was excluded.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.core.cache import cache

from huiyin.county.assignment.states import DispositionKind
from huiyin.county.journal.models import ChainHead
from huiyin.county.journal.rules import GENESIS
from huiyin.county.registry.states import Channel, Confidentiality, PetitionerKind
from huiyin.kernel.periods import Period
from huiyin.kernel.text import grams_of_term, terms
from huiyin.platform.statistics.indicators import PROMISES, CellEntry, FigureEntry

from . import items, rules, statements
from .asking import EVERY_CHANNEL, rows_of, values_of
from .evidence import Evidence, ReceiptEvidence
from .rules import Excluded, PromiseTable
from .states import ExcludedBecause, Original

# What a clerk types to find a letter again: its number, the name, the first words of what it is about.
FIRST_WORDS = 12
SEPARATOR = "\x1f"
REMEMBERED_FOR = 10 * 60


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


def promises(
    period: Period,
    *,
    at: datetime,
    channels: Iterable[Channel] = EVERY_CHANNEL,
    secret: frozenset[int] = frozenset(),
) -> PromiseTable:
    """Return 四个百分之百 of the receipts of a period, from the evidence there was at this instant (DOMAIN §7).

    ``secret`` are petitions of which whoever asks may see neither the item nor a count (DOMAIN §6): the table of that
    account is made without them. What is reported is made with every one.
    """
    wanted = frozenset(channels)
    receipts = rules.without_secret(evidence_of(period, at=at, channels=wanted), secret)
    return PromiseTable(
        period=period,
        at=at,
        columns=rules.columns_of(receipts, wanted),
        excluded=excluded_from(period, at=at, channels=wanted),
    )


def promises_at_a_glance(
    period: Period,
    *,
    at: datetime,
    channels: Iterable[Channel] = EVERY_CHANNEL,
    secret: frozenset[int] = frozenset(),
) -> PromiseTable:
    """Return the same numbers without the lists behind them, remembered until anything happens in the office.

    Every act writes a journal entry in its own transaction, so the numbers stand as long as the last link of the chain
    does. For screens that show the present on every visit; whoever asks for evidence asks ``promises``.
    """
    wanted = frozenset(channels)
    last_link = ChainHead.objects.filter(pk=1).values_list("hash", flat=True).first() or GENESIS
    without = "-".join(str(pk) for pk in sorted(secret))
    key = f"promises:{period.first}:{period.last}:{'-'.join(sorted(wanted))}:{without}:{last_link}"
    known = cache.get(key)
    if isinstance(known, PromiseTable):
        return replace(known, at=at)
    table = rules.without_lists(promises(period, at=at, channels=wanted, secret=secret))
    cache.set(key, table, REMEMBERED_FOR)
    return table


def rates(period: Period, *, at: datetime) -> tuple[FigureEntry, ...]:
    """Return every other number of a period per channel, each by the days that its definition names."""
    return tuple(FigureEntry(*row) for row in rows_of(items.MARGINS, values_of(period, at)))


def figures(period: Period, *, at: datetime) -> tuple[FigureEntry, ...]:
    """Return all numbers of a period per channel and indicator, in a fixed order: what is reported to the province.

    What the linkage with supervision adds (热点 to 成效) is counted above this subject and joined where it is reported.
    """
    receipts = evidence_of(period, at=at, channels=frozenset(EVERY_CHANNEL))
    return figures_from(receipts, rates(period, at=at))


def figures_from(receipts: Sequence[ReceiptEvidence], others: Iterable[FigureEntry]) -> tuple[FigureEntry, ...]:
    """Return the promises of these receipts and the other numbers in the one order in which they are reported."""
    sums: Counter[tuple[str, str]] = Counter()
    wholes: Counter[tuple[str, str]] = Counter()
    for receipt in receipts:
        for code, is_kept in rules.kept_by(receipt):
            sums[code, receipt.channel.value] += is_kept
            wholes[code, receipt.channel.value] += 1
    every = ((one.code, channel.value) for one in PROMISES for channel in EVERY_CHANNEL)
    kept = (FigureEntry(code, channel, sums[code, channel], wholes[code, channel]) for code, channel in every)
    return tuple(sorted((*kept, *others)))


def cells(period: Period, *, at: datetime) -> tuple[CellEntry, ...]:
    """Return every number that counts petitions by channel, purpose and top-level class; they add up to the margins."""
    receipts = evidence_of(period, at=at, channels=frozenset(EVERY_CHANNEL))
    return cells_from(receipts, period, at=at)


def numbers(period: Period, *, at: datetime) -> tuple[tuple[FigureEntry, ...], tuple[CellEntry, ...]]:
    """Return margins and cells of a period from one reading of the evidence."""
    receipts = evidence_of(period, at=at, channels=frozenset(EVERY_CHANNEL))
    margins = figures_from(receipts, rates(period, at=at))
    return margins, cells_from(receipts, period, at=at)


def cells_from(receipts: Iterable[ReceiptEvidence], period: Period, *, at: datetime) -> tuple[CellEntry, ...]:
    """Return the cells of the promises over these receipts, and those of the other numbers."""
    values = values_of(period, at)
    place = {key: (purpose, category) for key, purpose, category in rows_of(items.CELL_OF_RECEIPTS, values)}
    parts: Counter[tuple[str, str, str, str]] = Counter()
    wholes: Counter[tuple[str, str, str, str]] = Counter()
    for receipt in receipts:
        for code, is_kept in rules.kept_by(receipt):
            cell = (code, receipt.channel.value, *place[receipt.receipt_id])
            parts[cell] += is_kept
            wholes[cell] += 1
    kept = (CellEntry(*cell, part=parts[cell], whole=whole) for cell, whole in wholes.items())
    return tuple(sorted((*kept, *(CellEntry(*row) for row in rows_of(items.CELLS, values)))))


def evidence_of(period: Period, *, at: datetime, channels: frozenset[Channel]) -> tuple[ReceiptEvidence, ...]:
    """Return every receipt of the denominator with what is on record about its petitions at this instant."""
    rows = [EvidenceRow(*row) for row in rows_of(statements.EVIDENCE, values_of(period, at, channels))]
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
    result = rows_of(statements.RETRIEVAL, dict(zip(names, columns, strict=True)))
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
        for because, number, channel, reason, by, seconded_by, moment in rows_of(
            statements.EXCLUDED, values_of(period, at, channels)
        )
    )
