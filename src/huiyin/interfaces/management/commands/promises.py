"""``huiyin promises``: the four promises of one county, recomputed from evidence at any instant."""

import json
from argparse import ArgumentParser
from collections import Counter
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from huiyin.county.analysis import actions, queries
from huiyin.county.analysis.rules import Excluded, Missing, PromiseColumn, PromiseTable
from huiyin.kernel.calendar import SHANGHAI, local_day
from huiyin.kernel.periods import Period, year
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import entered
from huiyin.platform.directory.queries import tenant_of_schema

NUMBERS_SHOWN = 3


class Command(BaseCommand):
    help = "从证据计算一个县的四个百分之百（期间缺省为今年）/ the four promises of a county, from evidence"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("county", metavar="COUNTY", help="县的代号，例如 qinglan")
        parser.add_argument("--from", dest="first", default="", metavar="DAY", help="收件日期自，例如 2026-01-01")
        parser.add_argument("--to", dest="last", default="", metavar="DAY", help="收件日期至（含当日）")
        parser.add_argument(
            "--at", default="", metavar="MOMENT", help="按这个时刻（或这一天结束时）的情况计算，缺省为现在"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="以 JSON 输出，含缺漏清单")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        at = moment_of(options["at"]) if options["at"] else now
        if at > now:
            raise Refusal("promises.in_the_future", "计算时刻不能晚于现在")
        period = period_of(options["first"], options["last"], today=local_day(at))
        console = Console(file=self.stdout, highlight=False)  # type: ignore[arg-type]  # Django's wrapper writes as a file does
        tenant = tenant_of_schema(options["county"])
        if not tenant.is_county:
            raise Refusal("promises.no_county", f"“{tenant.name}”不是县，没有收件")
        with entered(tenant):
            with Progress(console=Console(stderr=True), transient=True, disable=options["as_json"]) as progress:
                task = progress.add_task("核对原件", total=None)
                actions.recheck_originals(
                    period=period, at=now, told=lambda done, of: progress.update(task, completed=done, total=of)
                )
            table = queries.promises(period, at=timezone.now() if at == now else at)
        if options["as_json"]:
            self.stdout.write(json.dumps(as_values(options["county"], table), ensure_ascii=False, indent=2))
        else:
            tell(console, tenant.name, table)


def day_of(text: str) -> date:
    """Return the day written; refuse what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("promises.bad_day", f"“{text}”不是日期，应写作 2026-01-01") from None


def moment_of(text: str) -> datetime:
    """Return the moment written, Chinese time where it names no zone; a bare day means its last instant."""
    try:
        if len(text) == len("2026-01-01"):
            return datetime.combine(date.fromisoformat(text), time.max, tzinfo=SHANGHAI)
        moment = datetime.fromisoformat(text)
    except ValueError:
        words = f"“{text}”不是时刻，应写作 2026-03-31 或 2026-03-31T18:00"
        raise Refusal("promises.bad_moment", words) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def period_of(first: str, last: str, *, today: date) -> Period:
    """Return the period asked for: this year where nothing is said, to the end of the year where only one end is."""
    begins = day_of(first) if first else year(day_of(last).year if last else today.year).first
    return Period(begins, day_of(last) if last else year(begins.year).last)


def tell(console: Console, name: str, promises: PromiseTable) -> None:
    """Write the table, what is missing, and what was left out of the denominator."""
    moment = f"{promises.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    console.print(f"[bold]{escape(name)}[/bold]  {promises.period.label}收件，数据截至 {moment}")
    table = Table("承诺", title="四个百分之百", title_justify="left")
    for column in promises.columns:
        table.add_column(f"{column.group.label}\n{column.received}件", justify="right")
    for place, one in enumerate(promises.first.promises):
        cells = [column.promises[place] for column in promises.columns]
        table.add_row(
            f"{one.code} {one.indicator.label}",
            *(f"{cell.part}/{cell.whole}\n{cell.percent}" for cell in cells),
            style="" if promises.columns[-1].promises[place].lacking else "green",
        )
    console.print(table)
    tell_missing(console, promises.columns[-1])
    tell_excluded(console, promises)


def tell_missing(console: Console, column: PromiseColumn) -> None:
    """Write how many items of all channels lack what, with the first numbers and who has to see to it."""
    table = Table(
        "承诺", "缺什么", "件数", "责任人", "编号", title=f"缺漏（{column.group.label}）", title_justify="left"
    )
    for promise in column.promises:
        for what, of_one in Counter(line.what for line in promise.missing).most_common():
            lines = [line for line in promise.missing if line.what == what]
            owners = "、".join(dict.fromkeys(line.owner for line in lines[:NUMBERS_SHOWN]))
            numbers = "、".join(line.number for line in lines[:NUMBERS_SHOWN])
            more = "等" if len(lines) > NUMBERS_SHOWN else ""
            table.add_row(promise.code, what, str(of_one), escape(owners), escape(f"{numbers}{more}"))
    if table.row_count:
        console.print(table)


def tell_excluded(console: Console, promises: PromiseTable) -> None:
    """Write the lines under the table."""
    for one in promises.excluded:
        console.print(escape(f"未计入：{one.number} {one.because.label}（{one.reason}），{one.by}、{one.seconded_by}"))


def as_values(county: str, promises: PromiseTable) -> dict[str, object]:
    """Return the table as JSON says it: numerators and denominators, and the lists behind them."""
    return {
        "county": county,
        "from": promises.period.first.isoformat(),
        "to": promises.period.last.isoformat(),
        "at": promises.at.isoformat(),
        "columns": [
            {
                "group": column.group.value,
                "label": column.group.label,
                "channels": list(column.group.channels),
                "promises": [
                    {
                        "code": one.code,
                        "label": one.indicator.label,
                        "numerator": one.part,
                        "denominator": one.whole,
                        "percent": one.percent,
                        "missing": [missing_values(line) for line in one.missing],
                    }
                    for one in column.promises
                ],
            }
            for column in promises.columns
        ],
        "excluded": [excluded_values(one) for one in promises.excluded],
    }


def missing_values(line: Missing) -> dict[str, str]:
    """Return one line of a list of what is missing: numbers and people of the office, no petitioner."""
    return {"receipt": line.receipt_number, "petition": line.petition_number, "what": line.what, "owner": line.owner}


def excluded_values(one: Excluded) -> dict[str, str]:
    """Return one line from under the table."""
    return {
        "because": one.because.value,
        "number": one.number,
        "reason": one.reason,
        "by": one.by,
        "seconded_by": one.seconded_by,
        "at": one.at.isoformat(),
    }
