"""``huiyin sweep``: send the day's periodic work of every office, for a scheduler outside the worker."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from huiyin.jobs import schedule
from huiyin.kernel.refusal import Refusal


class Command(BaseCommand):
    help = "发出当天的定期任务（同一天重复运行不会重复）/ send the day's periodic work of every office"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", default="", metavar="MOMENT", help="按这个时刻算，例如 2026-03-02T06:00:00+08:00")

    def handle(self, *args: Any, **options: Any) -> None:
        at = moment_of(options["at"]) if options["at"] else timezone.now()
        self.stdout.write(f"已发出定期任务 {schedule.sweep(at=at) + schedule.publish_releases(at=at)} 个")


def moment_of(text: str) -> datetime:
    """Return the moment written; refuse one without its time zone."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refusal("sweep.bad_moment", f"“{text}”不是带时区的时刻，应写作 2026-03-02T06:00:00+08:00")
    return moment
