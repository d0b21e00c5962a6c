"""对账 on the page: what was done of each step, and the gaps by their owners as far as the reader may know them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.registry.states import Confidentiality
from huiyin.county.reporting.queries.gaps import known_gaps
from huiyin.county.reporting.rules import Gap
from huiyin.county.reporting.states import STEP_PROMISES, GapStep
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words
from huiyin.platform.statistics.indicators import ANSWERED, ANSWERED_OF_ANSWERABLE

from .periods_numbers import Values

LINES_SHOWN = 100
SEALED_OWNER = "保密专人"
DONE = {
    GapStep.REGISTER: "已登记且可查",
    GapStep.CLASSIFY: "有人阅、有人接且已归类",
    GapStep.ASSIGN: "已交办，或依法不交办且手续齐全",
    GapStep.ANSWER: "已答复送达",
}


@dataclass(frozen=True, slots=True)
class GapGroup:
    """The gaps of one owner."""

    owner: str
    count: int
    lead: str
    table: DataTable


def steps_table(figures: Sequence[Values]) -> DataTable:
    """Return what was done of each step of all the period's receipts, and how many cannot be answered lawfully."""
    sums = {code: _sum(figures, code) for code in (*(one.code for one in STEP_PROMISES.values()), ANSWERED.code)}
    unanswerable = sums[ANSWERED.code][1] - sums[ANSWERED_OF_ANSWERABLE.code][1]
    rows = [
        Row(
            cells=(
                Cell(text=DONE[step]),
                *(Cell(text=str(one)) for one in (sums[indicator.code][0], sums[indicator.code][1])),
                Cell(text=str(sums[indicator.code][1] - sums[indicator.code][0])),
            )
        )
        for step, indicator in STEP_PROMISES.items()
    ]
    rows.append(
        Row(
            cells=(
                Cell(text="依法无法答复（不计入应答复）"),
                Cell(text="—"),
                Cell(text=str(unanswerable)),
                Cell(text="—"),
            )
        )
    )
    return DataTable(
        caption="收件与各环节对账（全部渠道）",
        columns=(
            Column(label="环节"),
            Column(label="做到", align="end", width="fit"),
            Column(label="应做", align="end", width="fit"),
            Column(label="缺", align="end", width="fit"),
        ),
        rows=tuple(rows),
    )


def _sum(figures: Sequence[Values], code: str) -> tuple[int, int]:
    found = [one for one in figures if one["indicator"] == code]
    return sum(int(one["part"]) for one in found), sum(int(one["whole"]) for one in found)


def gap_groups(gaps: Iterable[Gap], by: Staff) -> tuple[GapGroup, ...]:
    """Return the gaps this person may know by owner, the longest list first; sealed items stand together."""
    by_owner: dict[str, list[Row]] = {}
    for one in known_gaps(gaps, by=by):
        owner, row = (one.gap.owner, _row(one.gap)) if one.is_open else (SEALED_OWNER, _sealed_row(one.gap))
        by_owner.setdefault(owner, []).append(row)
    ordered = sorted(by_owner.items(), key=lambda one: (-len(one[1]), one[0]))
    return tuple(_group(owner, rows) for owner, rows in ordered)


def _group(owner: str, rows: list[Row]) -> GapGroup:
    more = f"，这里列出前 {LINES_SHOWN} 件" if len(rows) > LINES_SHOWN else ""
    return GapGroup(
        owner=owner,
        count=len(rows),
        lead=f"{len(rows)} 处{more}",
        table=DataTable(
            caption=f"{owner}的缺漏",
            columns=(
                Column(label="编号", width="fit"),
                Column(label="收件日期", width="fit"),
                Column(label="形式", width="fit"),
                Column(label="环节", width="fit"),
                Column(label="缺什么", width="wide"),
            ),
            rows=tuple(rows[:LINES_SHOWN]),
            empty=EmptyState(title="没有缺漏"),
        ),
    )


def _row(gap: Gap) -> Row:
    href = reverse("register", args=[gap.receipt_id])
    if gap.petition_id is not None:
        href = reverse("petition", args=[gap.petition_id])
    texts = (gap.number, day_words(gap.received_on), gap.channel.label, gap.step.label, gap.what)
    return Row(href=href, cells=tuple(Cell(text=text) for text in texts))


def _sealed_row(gap: Gap) -> Row:
    return Row(cells=tuple(Cell(text=text) for text in (gap.number, "", "", "", Confidentiality.SEALED.label)))
