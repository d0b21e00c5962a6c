"""``huiyin import_calendar``: the rest days and make-up days of a year, as they were announced."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from huiyin.jobs import schedule
from huiyin.kernel.calendar import DayEntry
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import PUBLIC, entered
from huiyin.platform.calendar import actions
from huiyin.platform.calendar.seeding import seed_calendar


class Command(BaseCommand):
    help = "导入某一年（或几年）的放假和调休安排，并让各县重算暂定期限 / import a year's rest days and make-up days"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("file", type=Path, nargs="?", metavar="FILE", help=".toml，或三列 CSV：day,kind,name")
        what.add_argument("--seed", action="store_true", help="补上软件自带而表中尚无的年份")
        parser.add_argument("--source", default="", help="依据，例如公布通知的文号")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        with entered(PUBLIC):
            if options["seed"]:
                words = f"补上自带的年份 {seed_calendar(at=at)} 个"
            else:
                file: Path = options["file"]
                days = days_of(file)
                years = actions.announce(days=days, source=options["source"] or file.name, at=at)
                words = f"已写入 {'、'.join(map(str, years))} 年的安排，共 {len(days)} 天"
        counties = schedule.recompute_deadlines(name=f"calendar:{at.isoformat()}", at=at)
        self.stdout.write(f"{words}；已通知 {counties} 个县重算暂定期限")


def days_of(file: Path) -> tuple[DayEntry, ...]:
    """Read the days of a file, by its ending as TOML or as comma-separated text."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        raise Refusal("calendar.no_file", f"没有文件 {file}") from None
    except UnicodeDecodeError:
        raise Refusal("calendar.not_text", f"{file} 不是 UTF-8 编码的文本文件") from None
    if file.suffix.lower() == ".toml":
        return actions.days_of_toml(text, file=str(file))
    return actions.days_of_csv(text, file=str(file))
