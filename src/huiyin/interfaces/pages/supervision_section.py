"""监督 on the page of a petition: which activities look into it, and which one brought it home."""

from datetime import date

from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.queries import standing
from huiyin.county.supervision.states import ActivityKind
from huiyin.interfaces.components.tables import Cell, Column, DataTable, Row

from .activities_badge import badge_of
from .section import Section


def section_of(petition: Petition, by: Staff, today: date) -> Section | None:
    """监督: for the office only; a unit is not told what it is inspected about."""
    del today
    if by.is_of_unit:
        return None
    links, letters = standing.activities_of(petition)
    rows = [_row(one.activity, f"关联为{one}", one.reason) for one in links if _is_ordinary(petition)]
    rows += [_row(one.activity, "随行来信", f"由{one.handed_by}交来") for one in letters]
    if not rows:
        return None
    table = DataTable(
        caption="监督活动",
        columns=(
            Column(label="编号", width="fit"),
            Column(label="活动", width="wide"),
            Column(label="关系", width="normal"),
            Column(label="状态", width="fit"),
        ),
        rows=tuple(rows),
    )
    return Section("监督", (table,), lead="监督活动不代替本件的办理，也不使本件办结")


def _is_ordinary(petition: Petition) -> bool:
    return petition.confidentiality == Confidentiality.ORDINARY.value


def _row(activity: Activity, how: str, why: str) -> Row:
    return Row(
        href=reverse("activity", args=[activity.pk]),
        cells=(
            Cell(text=activity.number),
            Cell(text=activity.title, sub=ActivityKind(activity.kind).label),
            Cell(text=how, sub=why),
            Cell(component=badge_of(activity)),
        ),
    )
