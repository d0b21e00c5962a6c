"""Questions about a ledger before it is taken in, and about what became of its rows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.office.models import Unit
from huiyin.county.office.states import Branch
from huiyin.county.registry.models import Petition
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.kernel.rulesets import RuleSet
from huiyin.platform.categories.queries import class_paths
from huiyin.platform.directory import rulesets

from .course import course_of
from .headings import ColumnMapping, Field
from .models import ImportRow, ImportRun
from .rules import KnownUnit, Reading, Reference, read_row
from .sheets import Sheet
from .states import RowFate, RunState

CHUNK = 1000
APPROVERS = frozenset({Role.HEAD, Role.LEADER, Role.GROUP_HEAD})
# What a database column refuses and no clerk has typed.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class RowReport:
    """What becomes of one row, and why; hints are for the clerk to look at and refuse nothing."""

    line: int
    source_number: str
    fate: RowFate
    reasons: tuple[str, ...]
    hints: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """试运行: the fate of every row; nothing was written."""

    rows: tuple[RowReport, ...]
    unmapped: tuple[str, ...]

    def count(self, fate: RowFate) -> int:
        """Return how many rows have this fate."""
        return sum(row.fate is fate for row in self.rows)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """导入报告: how many rows had which fate, and each refused row with its reasons."""

    run_id: int
    name: str
    state: RunState
    counts: Mapping[RowFate, int]
    refused: tuple[RowReport, ...]


def reference_for(by: Staff) -> Reference:
    """Return what rows are compared with: units, classes, approvers and rule sets of the entered county."""
    setting = tenant.current().ruleset
    chosen: dict[date, RuleSet] = {}

    def ruleset_of(received_on: date) -> RuleSet:
        if received_on not in chosen:
            chosen[received_on] = rulesets.in_force(setting, received_on=received_on)
        return chosen[received_on]

    units = {
        unit.name: KnownUnit(code=unit.code, name=unit.name, branch=Branch(unit.branch), phone=unit.phone)
        for unit in Unit.objects.order_by("pk")
    }
    people = Staff.objects.filter(is_active=True).exclude(pk=by.pk).order_by("-pk")
    return Reference(
        units=units,
        classes=class_paths(),
        approvers={person.name: person.pk for person in people if person.role_set & APPROVERS},
        ruleset_of=ruleset_of,
        may_take_accusations=Role.RESTRICTED in by.role_set,
    )


def check(sheet: Sheet, mapping: ColumnMapping, *, by: Staff, at: datetime) -> DryRun:
    """试运行: say row by row what an import would do, and write nothing."""
    rows = (report for report, _ in tried(sheet, mapping, by=by, at=at))
    return DryRun(rows=tuple(rows), unmapped=mapping.unmapped)


def tried(
    sheet: Sheet, mapping: ColumnMapping, *, by: Staff, at: datetime
) -> Iterator[tuple[RowReport, dict[Field, str]]]:
    """Yield each row's report with its cells; a number taken in before, or higher up in the sheet, is known."""
    mapping.check()
    reference, today = reference_for(by), local_day(at)
    table = [(row.line, cells_of(row.cells, mapping)) for row in sheet.rows]
    known = known_numbers(cells.get(Field.SOURCE_NUMBER, "") for _, cells in table)
    seen: dict[str, int] = {}
    reasons: tuple[str, ...]
    for line, cells in table:
        read = read_row(cells, reference=reference, today=today)
        number = read.source_number
        if number in known:
            fate, reasons = RowFate.KNOWN, ("这个信访件编号已经在册",)
        elif number in seen:
            fate, reasons = RowFate.KNOWN, (f"与第{seen[number]}行的信访件编号相同",)
        elif read.row is None:
            fate, reasons = RowFate.REFUSED, read.reasons
        else:
            fate, reasons = RowFate.ACCEPTED, ()
            seen[number] = line
        hints = all_hints(read) if fate is RowFate.ACCEPTED else ()
        yield RowReport(line, number, fate, reasons, hints, read.summary), cells


def all_hints(read: Reading) -> tuple[str, ...]:
    """Return what the clerk should look at in a row that is taken in."""
    if read.row is None:
        return read.hints
    course = course_of(read.row)
    return tuple(hint for hint in (*read.hints, course.hint) if hint)


def cells_of(cells: tuple[str, ...], mapping: ColumnMapping) -> dict[Field, str]:
    """Return a row's cells by what their columns mean; empty ones are left out."""
    return {
        field: UNPRINTABLE.sub(" ", cells[position])
        for position, field in mapping.columns
        if position < len(cells) and cells[position]
    }


def known_numbers(numbers: Iterable[str]) -> frozenset[str]:
    """Return those of the numbers that stand in the register: taken over before, or given here."""
    asked = sorted({number for number in numbers if number})
    found: set[str] = set()
    for start in range(0, len(asked), CHUNK):
        part = asked[start : start + CHUNK]
        given = Petition.objects.filter(Q(source_number__in=part) | Q(number__in=part))
        for taken_over, own in given.values_list("source_number", "number"):
            found.update({taken_over or "", own}.intersection(part))
    return frozenset(found)


def report_of(run: ImportRun) -> ImportReport:
    """Return what became of the rows of a run, as it stands now."""
    rows = list(run.rows.order_by("line").values_list("line", "source_number", "fate", "reasons", "cells__summary"))
    counted = Counter(fate for _, _, fate, _, _ in rows)
    refused = tuple(
        RowReport(line, number, RowFate.REFUSED, tuple(reasons), (), str(summary or ""))
        for line, number, fate, reasons, summary in rows
        if fate == RowFate.REFUSED.value
    )
    return ImportReport(
        run_id=run.pk,
        name=run.name,
        state=RunState(run.state),
        counts={fate: counted[fate.value] for fate in RowFate},
        refused=refused,
    )


def kept_cells(cells: Mapping[Field, str], *, summary: str) -> dict[str, object]:
    """Return a row as it waits for its import: what it is called, and every cell."""
    return {"summary": summary, "cells": {field.value: text for field, text in cells.items()}}


def waiting_cells(row: ImportRow) -> dict[Field, str]:
    """Return the cells of a row that waits."""
    return {Field(code): str(text) for code, text in row.cells["cells"].items()}
