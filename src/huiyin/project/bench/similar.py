"""What the suggestion of similar petitions costs and how often it is right, in a register of many petitions.

The register is written straight into the tables, with the grams and keys that the act of registering makes; the letters
are invented (``letters``). Asked are letters on a matter that is in the register, written again in other words, and
letters on matters that are not.
"""

import math
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from django.conf import settings
from rich.console import Console
from rich.table import Table

from huiyin.accounts.actions import open_account
from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.registry import blind_index
from huiyin.county.registry.blind_index import Known
from huiyin.county.registry.models import Matter, Petition, Petitioner, RuleSetSnapshot
from huiyin.county.registry.queries.class_suggestion import learned, likely_code
from huiyin.county.registry.queries.similar import Similar, Typed, similar
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Channel, PetitionerKind, State
from huiyin.kernel import tenant
from huiyin.kernel.tenant import entered
from huiyin.kernel.text import grams, normalise
from huiyin.project.bench import scratch
from huiyin.project.bench.letters import THINGS, Letter, letters, written_again
from huiyin.project.onboarding.script import owner_connection

BATCH = 500
SEED = 20_000
DAYS_BACK = 3_000
TABLES = "county_petition, county_petitioner, county_receipt, county_matter"


@dataclass(frozen=True, slots=True)
class Measured:
    """How fast the suggestion came and how often it was right."""

    petitions: int
    asked: int
    median_ms: float
    p95_ms: float
    slowest_ms: float
    first_class_model_s: float
    with_class_p95_ms: float
    right_first: int
    shown: int
    right_in_five: int
    repeats: int
    shown_of_new: int
    new: int


def run(*, petitions: int = 20_000, asked: int = 400, console: Console | None = None) -> Measured:
    """Fill a throw-away register, ask for similar petitions, print the table and return its figures."""
    console = console or Console()
    with (
        TemporaryDirectory(prefix="huiyin-bench-") as folder,
        console.status("写入信访件…") as status,
        scratch.installation(Path(folder) / "pg", [scratch.county(1)]) as (county,),
        scratch.signing(),
        entered(county),
        _indexing(),
    ):
        clerk = open_account(username="clerk", name="测速专干", roles=frozenset({Role.CLERK}), at=scratch.ONBOARDED_AT)
        dice = Random(SEED)  # noqa: S311  # invented letters, the same every time
        known = fill(letters(petitions, dice=dice), by=clerk)
        status.update("测量中：相似信访件")
        measured = _measure(known, asked=asked, by=clerk, dice=dice)
    console.print(_table(measured))
    return measured


@contextmanager
def _indexing() -> Iterator[None]:
    """Index people with a key of no use elsewhere for the length of the block."""
    before, settings.HUIYIN_INDEX_KEY = settings.HUIYIN_INDEX_KEY, scratch.SECRET
    try:
        yield
    finally:
        settings.HUIYIN_INDEX_KEY = before


def fill(written: Iterator[Letter], *, by: Staff) -> list[Letter]:
    """Write the letters as registered petitions and return them; their place in the list is their matter."""
    ruleset = RuleSetSnapshot.objects.create(code="R22", title="测速", digest="0" * 64, values={})
    known: list[Letter] = []
    while batch := list(islice(written, BATCH)):
        _write(batch, ruleset, by=by)
        known += batch
    owner = owner_connection()
    with owner.choosing(tenant.current()), owner.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {TABLES}")
    return known


def _write(batch: Sequence[Letter], ruleset: RuleSetSnapshot, *, by: Staff) -> None:
    """Write one batch of rows, each with what the act of registering would have computed."""
    at = scratch.ONBOARDED_AT
    days = [(at - timedelta(days=letter.matter % DAYS_BACK)).date() for letter in batch]
    receipts = Receipt.objects.bulk_create(
        Receipt(
            year=1000, number_value=letter.matter + 1, number=f"收{letter.matter}", channel=Channel.LETTER.value,
            received_on=day, sender=letter.name, taken_at=at, taken_by=by,
        )
        for letter, day in zip(batch, days, strict=True)
    )  # fmt: skip
    matters = Matter.objects.bulk_create(Matter(title=letter.summary, opened_at=at) for letter in batch)
    people = Petitioner.objects.bulk_create(
        Petitioner(kind=PetitionerKind.NAMED.value, name=letter.name, phone=letter.phone) for letter in batch
    )
    rows = []
    for letter, receipt, matter, person in zip(batch, receipts, matters, people, strict=True):
        searchable = normalise("|".join((f"测1人信{letter.matter}号", letter.name, letter.place, letter.summary)))
        rows.append(
            Petition(
                receipt=receipt, matter=matter, petitioner=person, number=f"测1人信{letter.matter}号", year=1000,
                series="信", number_value=letter.matter + 1, state=State.CLASSIFIED.value, channel=Channel.LETTER.value,
                received_on=receipt.received_on, summary=letter.summary, place=letter.place, keeper=by,
                owner_name=by.name, next_due_on=at.date(), ruleset=ruleset, registered_at=at, registered_by=by,
                purpose="claim", category_code=f"{letter.thing:04}", category_path=THINGS[letter.thing],
                recurrence="first", classified_at=at, classified_by=by, searchable=searchable,
                grams=grams(searchable), person_keys=blind_index.keys_of([Known(letter.name, letter.phone)]),
            )
        )  # fmt: skip
    Petition.objects.bulk_create(rows)


def _measure(known: Sequence[Letter], *, asked: int, by: Staff, dice: Random) -> Measured:
    """Ask for letters written again and for new ones, half and half, and time each answer."""
    again = [written_again(letter, dice=dice) for letter in dice.sample(known, asked // 2)]
    new = list(letters(asked - len(again), dice=dice))
    started = time.perf_counter()
    learned()
    model_seconds = time.perf_counter() - started
    similar(_typed(new[0]), by=by)
    found, spent = _timed(again, by=by)
    found_of_new, spent_on_new = _timed(new, by=by)
    with_class = [_with_class(letter, by=by) for letter in (*again, *new)]
    true = [f"测1人信{letter.matter}号" for letter in again]
    ranks = [[one.number for one in answer] for answer in found]
    every = sorted((*spent, *spent_on_new))
    return Measured(
        petitions=len(known),
        asked=len(every),
        median_ms=median(every),
        p95_ms=_percentile(every, 0.95),
        slowest_ms=every[-1],
        first_class_model_s=model_seconds,
        with_class_p95_ms=_percentile(sorted(with_class), 0.95),
        right_first=sum(bool(rank) and rank[0] == number for rank, number in zip(ranks, true, strict=True)),
        shown=sum(map(bool, ranks)),
        right_in_five=sum(number in rank for rank, number in zip(ranks, true, strict=True)),
        repeats=len(again),
        shown_of_new=sum(map(bool, found_of_new)),
        new=len(new),
    )


def _typed(letter: Letter) -> Typed:
    return Typed(people=(Known(letter.name, letter.phone),), place=letter.place, summary=letter.summary)


def _timed(written: Sequence[Letter], *, by: Staff) -> tuple[list[tuple[Similar, ...]], list[float]]:
    """Return what is suggested for each letter and how many milliseconds that took."""
    found, spent = [], []
    for letter in written:
        started = time.perf_counter()
        found.append(similar(_typed(letter), by=by))
        spent.append(1000 * (time.perf_counter() - started))
    return found, spent


def _with_class(letter: Letter, *, by: Staff) -> float:
    """Return the milliseconds of what the panel does: the likely class first, then the similar ones."""
    started = time.perf_counter()
    similar(replace(_typed(letter), category_code=likely_code(letter.summary)), by=by)
    return 1000 * (time.perf_counter() - started)


def _percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[math.ceil(share * len(ordered)) - 1]


def _table(measured: Measured) -> Table:
    load = "、".join(f"{one:.1f}" for one in os.getloadavg())
    title = f"{measured.petitions:,} petitions, {measured.asked} asked by one client"
    table = Table(title=f"{title}; load {load} on {os.cpu_count()} cores")
    table.add_column("what")
    table.add_column("figure", justify="right")
    rows = {
        "similar petitions: median ms": f"{measured.median_ms:.0f}",
        "similar petitions: p95 ms": f"{measured.p95_ms:.0f}",
        "similar petitions: slowest ms": f"{measured.slowest_ms:.0f}",
        "with the likely class: p95 ms": f"{measured.with_class_p95_ms:.0f}",
        "learning the classes the first time: s": f"{measured.first_class_model_s:.1f}",
        "written again: right one first, of those with a suggestion": f"{measured.right_first}/{measured.shown}",
        "written again: right one first": f"{measured.right_first}/{measured.repeats}",
        "written again: right one among five": f"{measured.right_in_five}/{measured.repeats}",
        "new: something suggested all the same": f"{measured.shown_of_new}/{measured.new}",
    }
    for what, figure in rows.items():
        table.add_row(what, figure)
    return table
