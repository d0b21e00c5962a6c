"""``huiyin report_period``: freeze a month's or a year's numbers and hand them to the province."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.analysis import actions
from huiyin.county.analysis.models import ReportedPeriod
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period, month, year
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import entered
from huiyin.platform.directory.queries import tenant_of_schema

LENGTH_OF_A_YEAR = 4
REPORTERS = (Role.HEAD, Role.CLERK)


class Command(BaseCommand):
    help = "向省级报送一个月，或一年中已结束的各月及全年 / report a month, or a year with its months, to the province"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("county", metavar="COUNTY", help="县的代号，例如 qinglan")
        parser.add_argument("period", metavar="MONTH|YEAR", help="例如 2026-03 或 2026")
        parser.add_argument("--as", dest="username", default="", metavar="USER", help="以谁的名义报送（用户名）")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        periods = tuple(periods_of(options["period"]))
        if len(periods) > 1:
            periods = tuple(one for one in periods if one.last < local_day(at))
        if not periods:
            raise Refusal("period.not_over", f"{options['period']}年还没有结束的月份，不能报送")
        with entered(tenant_of_schema(options["county"])):
            by = reporter(options["username"])
            for period in periods:
                last_before = ReportedPeriod.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
                actions.recheck_originals(period=period, at=at)
                reported = actions.report_period(period=period, by=by, at=at)
                words = "已报送" if reported.pk > last_before else "没有变化，仍是"
                self.stdout.write(f"{period.label}：{words}第{reported.version}版")


def periods_of(written: str) -> Iterator[Period]:
    """Yield the month written, or the months of the year written and then the year."""
    if len(written) == LENGTH_OF_A_YEAR and written.isdecimal():
        whole = year(int(written))
        yield from whole.months()
        yield whole
    else:
        yield month(written)


def reporter(username: str) -> Staff:
    """Return who reports: the person named, or the first head or clerk of the office."""
    if username:
        found = Staff.objects.filter(username=username, is_active=True).first()
        if found is None:
            raise Refusal("period.reporter_unknown", f"没有用户“{username}”")
        return found
    for role in REPORTERS:
        found = Staff.objects.filter(roles__contains=[role.value], is_active=True).order_by("pk").first()
        if found is not None:
            return found
    raise Refusal("period.no_reporter", "本县还没有可以报送的人员，请先开设法制委负责人或信访专干的账号")
