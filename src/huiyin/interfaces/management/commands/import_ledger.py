"""``huiyin import_ledger``: take in an office's old ledger, the same way the screen does."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.ledger import actions, queries
from huiyin.county.ledger.headings import ColumnMapping, guess_mapping
from huiyin.county.ledger.queries import DryRun, ImportReport, RowReport
from huiyin.county.ledger.sheets import read_sheet
from huiyin.county.ledger.states import RowFate
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import entered
from huiyin.platform.directory.queries import tenant_of_schema

REFUSED_FILE = 2
# 台账里可能有检举控告件，保密专人可以导入全部内容；其次是日常登记的人。
ORDER = (Role.RESTRICTED, Role.CLERK, Role.HEAD)


class Command(BaseCommand):
    help = "导入一个县的历史台账（.xlsx 或 .csv）；可重复执行，已导入的不再导入 / import a county's old ledger"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("county", metavar="COUNTY", help="县的代号，例如 qinglan")
        parser.add_argument("file", type=Path, metavar="FILE", help="台账文件")
        parser.add_argument("--dry-run", action="store_true", help="只试运行，不写入")
        parser.add_argument("--json", action="store_true", dest="as_json", help="以 JSON 输出")
        parser.add_argument("--mapping", type=Path, metavar="FILE", help="列的含义：JSON，表头 → 项目")
        parser.add_argument("--scans", type=Path, metavar="DIR", help="扫描件文件夹，文件名为信访件编号")
        parser.add_argument("--as", dest="username", default="", metavar="USERNAME", help="以谁的名义导入")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=cast("IO[str]", self.stdout), highlight=False, soft_wrap=True)
        at = timezone.now()
        with entered(tenant_of_schema(options["county"])):
            by = importer(options["username"])
            name = options["file"].name
            try:
                data = contents(options["file"])
                mapping = mapping_of(options["mapping"], data=data, name=name)
                if options["dry_run"]:
                    trial = queries.check(read_sheet(data, name), mapping, by=by, at=at)
                    self.tell_trial(console, trial, as_json=options["as_json"])
                    return
                run = actions.start_run(name=name, data=data, mapping=mapping, by=by, at=at)
            except Refusal as refusal:
                self.stderr.write(refusal.words)
                raise SystemExit(REFUSED_FILE) from refusal
            scans: Path | None = options["scans"]
            report = carried_out(console, run_id=run.pk, by=by, at=at, scans=scans, quiet=options["as_json"])
            self.tell_report(console, report, as_json=options["as_json"])

    def tell_trial(self, console: Console, trial: DryRun, *, as_json: bool) -> None:
        """Write the fate of every row that a trial found."""
        counts = {fate: trial.count(fate) for fate in RowFate if fate is not RowFate.IMPORTED}
        if as_json:
            self.stdout.write(as_text({"counts": counts, "unmapped": trial.unmapped, "rows": map(asdict, trial.rows)}))
            return
        if trial.unmapped:
            console.print(f"没有对应的列（不导入）：{escape('、'.join(trial.unmapped))}", style="yellow")
        tell_rows(console, (row for row in trial.rows if row.reasons or row.hints))
        console.print("试运行，没有写入：" + counted(counts), style="bold")

    def tell_report(self, console: Console, report: ImportReport, *, as_json: bool) -> None:
        """Write what became of the rows."""
        if as_json:
            values = {"run": report.run_id, "state": report.state, "counts": report.counts}
            self.stdout.write(as_text({**values, "refused": map(asdict, report.refused)}))
            return
        tell_rows(console, report.refused)
        console.print(f"{report.state.label}：" + counted(report.counts), style="bold")


def importer(username: str) -> Staff:
    """Return who imports: the account named, else the first of the office that may take in everything."""
    active = Staff.objects.filter(is_active=True).order_by("pk")
    if username:
        named = active.filter(username=username).first()
        if named is None:
            raise Refusal("ledger.no_such_account", f"没有用户名为“{username}”的账号")
        return named
    people = list(active)
    chosen = next((person for role in ORDER for person in people if role in person.role_set), None)
    if chosen is None:
        raise Refusal("ledger.nobody", "本单位还没有可以导入台账的账号（保密专人、信访专干或法制委负责人）")
    return chosen


def contents(file: Path) -> bytes:
    """Return the bytes of a file."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refusal("ledger.no_file", f"读不到文件 {file}（{error.strerror}）") from error


def mapping_of(file: Path | None, *, data: bytes, name: str) -> ColumnMapping:
    """Return the columns by the sheet's headings, changed by what the mapping file says."""
    headings = read_sheet(data, name).headings
    guessed = guess_mapping(headings)
    if file is None:
        return guessed
    try:
        changes = json.loads(contents(file))
    except (UnicodeDecodeError, json.JSONDecodeError):
        changes = None
    if not isinstance(changes, dict) or not all(isinstance(field, str) for field in changes.values()):
        raise Refusal("ledger.bad_mapping", f"{file.name} 应为 JSON，写明表头 → 项目，例如 {{'来信人': '姓名'}}")
    return ColumnMapping.from_values(guessed.changed(changes), headings)


def carried_out(
    console: Console, *, run_id: int, by: Staff, at: datetime, scans: Path | None, quiet: bool
) -> ImportReport:
    """Carry the run out under a bar that shows how far it is."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=quiet) as bar:
        task = bar.add_task("导入台账", total=None)
        return actions.carry_out(
            run_id=run_id,
            by=by,
            at=at,
            scans=scans,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def tell_rows(console: Console, rows: Iterable[RowReport]) -> None:
    """Write rows with their reasons as a table."""
    table = Table("行", "信访件编号", "概况", "结果", Column("原因", overflow="fold"))
    for row in rows:
        why = "；".join(row.reasons or row.hints)
        table.add_row(str(row.line), escape(row.source_number), escape(row.summary), row.fate.label, escape(why))
    if table.row_count:
        console.print(table, soft_wrap=False)


def counted(counts: Any) -> str:
    """Return the counts as a sentence."""
    return "，".join(f"{fate.label} {count} 行" for fate, count in counts.items() if count)


def as_text(values: Any) -> str:
    """Return values as JSON, generators as lists."""
    return json.dumps(values, ensure_ascii=False, indent=2, default=list)
