"""领导阅批 as the page of a petition shows it."""

from datetime import date

from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.states import InstructionState
from huiyin.county.registry.models import Petition
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.calendar import show_day

from .instructions_screen import BADGES
from .section import Section


def section_of(petition: Petition, by: Staff, today: date) -> Section | None:
    """领导阅批: before whom it was put, what was written, what the office made of it."""
    del today
    found = Instruction.objects.visible_to(by).filter(petition=petition)
    rows = found.select_related("wanted_unit", "assignment__unit").order_by("pk")
    lines = tuple(
        Row(
            href=reverse("instruction", args=[row.pk]),
            cells=(
                Cell(text=row.leader_name, sub=row.number or ""),
                Cell(text=row.words, sub=f"要求{show_day(row.due_on)}前办结" if row.due_on else ""),
                Cell(component=StateBadge(label=state.label, tone=BADGES[state])),
                Cell(text=moment_words(moment) if moment else ""),
                Cell(text=row.assignment.unit.name if row.assignment else row.outcome),
            ),
        )
        for row in rows
        for state in [InstructionState(row.state)]
        for moment in [row.written_at or row.read_at or row.put_at]
    )
    if not lines:
        return None
    table = DataTable(
        caption="领导阅批",
        columns=(
            Column(label="领导", width="fit"),
            Column(label="批示", width="wide"),
            Column(label="状态", width="fit"),
            Column(label="时间", width="fit"),
            Column(label="落实"),
        ),
        rows=lines,
    )
    return Section("领导阅批", (table,))
