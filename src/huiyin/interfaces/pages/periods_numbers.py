"""The numbers of a version as tables: indicators by channel, what moved between two sets, every version there was."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.registry.states import Purpose
from huiyin.county.reporting import rules
from huiyin.county.reporting.changes import Amount, Change, Drift
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.states import PeriodState
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.percent import percent_words
from huiyin.kernel.periods import Period
from huiyin.platform.categories.models import Category
from huiyin.platform.statistics.indicators import CHANNELS_OF, INDICATORS, ChannelGroup, ReportedChannel

from .periods_words import TONES

Values = dict[str, str | int]
CHANNELS = CHANNELS_OF[ChannelGroup.ALL]
CELLS_SHOWN = 60


def figures_table(figures: Sequence[Values]) -> DataTable:
    """Return every indicator that has a number, by channel and in sum: part and whole with the percentage."""
    amounts: dict[str, dict[str, Amount]] = defaultdict(dict)
    for one in figures:
        amounts[str(one["indicator"])][str(one["channel"])] = (int(one["part"]), int(one["whole"]))
    return DataTable(
        caption="各项指标",
        phone="scroll",
        columns=(
            Column(label="指标"),
            *(Column(label=ReportedChannel(channel).label, align="end", width="fit") for channel in CHANNELS),
            Column(label="合计", align="end", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=indicator.label, sub=indicator.basis.label),
                    *(_amount(amounts[code].get(channel)) for channel in CHANNELS),
                    _amount(_sum(amounts[code].values())),
                )
            )
            for code, indicator in INDICATORS.items()
            if code in amounts
        ),
        empty=EmptyState(title="没有数字"),
    )


def _sum(amounts: Iterable[Amount]) -> Amount:
    known = tuple(amounts)
    return sum(part for part, _ in known), sum(whole for _, whole in known)


def _amount(amount: Amount | None) -> Cell:
    if amount is None:
        return Cell(text="—")
    part, whole = amount
    return Cell(text=f"{part}/{whole}", sub=_percent(amount))


def _percent(amount: Amount) -> str:
    part, whole = amount
    return percent_words(part, whole) if 0 <= part <= whole else ""


def changes_tables(drift: Drift, *, heads: tuple[str, str]) -> tuple[DataTable, ...]:
    """Return what moved: the numbers by channel, and below them the classes between which items moved."""
    tables = (_changes(drift.figures, "变动的数字", heads),) if drift.figures else ()
    if not drift.cells:
        return tables
    return (*tables, _cells(drift.cells, heads))


def _changes(changes: Iterable[Change], caption: str, heads: tuple[str, str]) -> DataTable:
    return DataTable(
        caption=caption,
        columns=(
            Column(label="指标"),
            Column(label="渠道", width="fit"),
            *(Column(label=head, align="end", width="fit") for head in heads),
            Column(label="性质", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.label),
                    Cell(text=ReportedChannel(one.channel).label),
                    _amount(one.before),
                    _amount(one.after),
                    Cell(text=one.kind.label),
                )
            )
            for one in changes
        ),
    )


def _cells(cells: Sequence[Change], heads: tuple[str, str]) -> DataTable:
    names = dict(Category.objects.filter(level=1).values_list("code", "name"))
    left = len(cells) - CELLS_SHOWN
    return DataTable(
        caption=f"变动的分类{f'（另有 {left} 项）' if left > 0 else ''}",
        columns=(
            Column(label="指标"),
            Column(label="渠道", width="fit"),
            Column(label="目的", width="fit"),
            Column(label="内容分类"),
            *(Column(label=head, align="end", width="fit") for head in heads),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.label),
                    Cell(text=ReportedChannel(one.channel).label),
                    Cell(text=Purpose(one.purpose).label if one.purpose else "未归类"),
                    Cell(text=names.get(one.category, one.category) if one.category else "未归类"),
                    _amount(one.before),
                    _amount(one.after),
                )
            )
            for one in cells[:CELLS_SHOWN]
        ),
    )


def versions_table(of: Period, versions: Iterable[ReportedPeriod]) -> DataTable:
    """Return every version with its people; one that was given up keeps its line and its reason."""
    home = reverse("period", args=[rules.written(of)])
    return DataTable(
        caption="历次版本",
        columns=(
            Column(label="版本", width="fit"),
            Column(label="状态", width="fit"),
            Column(label="核对"),
            Column(label="审定"),
            Column(label="重新打开或放弃"),
        ),
        rows=tuple(
            Row(
                href="" if row.state == PeriodState.GIVEN_UP.value else f"{home}?version={row.version}",
                cells=(
                    Cell(text=f"第{row.version}版"),
                    Cell(component=_badge(row)),
                    Cell(text=row.prepared_by.name, sub=moment_words(row.prepared_at)),
                    _who(row.approved_by, row.approved_at),
                    _ended(row),
                ),
            )
            for row in versions
        ),
        empty=EmptyState(title="还没有版本", words="信访专干核对、负责人审定之后，这里列出每一版。"),
    )


def _badge(row: ReportedPeriod) -> StateBadge:
    state = PeriodState(row.state)
    return StateBadge(label=state.label, tone=TONES[state])


def _who(person: Staff | None, moment: datetime | None) -> Cell:
    return Cell(text=person.name, sub=moment_words(moment)) if person is not None and moment is not None else Cell()


def _ended(row: ReportedPeriod) -> Cell:
    person, moment = row.reopened_by or row.given_up_by, row.reopened_at or row.given_up_at
    if person is None or moment is None:
        return Cell()
    return Cell(text=f"{person.name}：{row.reason}", sub=moment_words(moment))
