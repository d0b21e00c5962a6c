"""日期有变 as a table: which petition, which clock, the old day and the new one."""

from huiyin.county.analysis.moved import TOLD_FOR, MovedDue
from huiyin.interfaces.components.tables import Cell, Column, DataTable, Row
from huiyin.interfaces.components.words import day_words
from huiyin.kernel.calendar import show_weekday

MOST = 50
LEAD = f"放假安排公布后重新计算，与原来不同的列在这里，保留{TOLD_FOR.days}天"


def moved_table(found: list[MovedDue], *, hrefs: list[str]) -> DataTable | None:
    """Return the table, or None where no date was moved; each row leads to its own address."""
    if not found:
        return None
    has_units = any(one.unit for one in found)
    more = f"，共 {len(found)} 项，列出最近 {MOST} 项" if len(found) > MOST else ""
    return DataTable(
        id="moved",
        caption=f"日期有变{more}",
        caption_visible=bool(more),
        columns=(
            Column(label="编号", width="fit"),
            Column(label="概况", width="wide"),
            *([Column(label="承办单位")] if has_units else []),
            Column(label="期限", width="fit"),
            Column(label="原定", width="fit"),
            Column(label="现为", width="fit"),
        ),
        rows=tuple(
            Row(
                href=href,
                tone="warn",
                cells=(
                    Cell(text=one.number),
                    Cell(text=one.summary),
                    *([Cell(text=one.unit)] if has_units else []),
                    Cell(text=one.clock.label),
                    Cell(text=day_words(one.before), sub=show_weekday(one.before)),
                    Cell(text=day_words(one.after), sub=show_weekday(one.after)),
                ),
            )
            for one, href in list(zip(found, hrefs, strict=True))[:MOST]
        ),
    )
