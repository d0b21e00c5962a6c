"""``huiyin report_period``: close a month, a quarter or a year by two people and hand it to the province."""

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.analysis.actions import recheck_originals
from huiyin.county.reporting import rules
from huiyin.county.reporting.actions import periods as actions
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries import periods as queries
from huiyin.county.reporting.states import PeriodKind, PeriodState
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import entered
from huiyin.platform.directory.queries import tenant_of_schema


class Command(BaseCommand):
    help = (
        "核对、审定并向省级报送一个月、一季，或一年中已结束的各月及全年"
        " / close and report a month, a quarter, or a year with its months"
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("county", metavar="COUNTY", help="县的代号，例如 qinglan")
        parser.add_argument("period", metavar="MONTH|QUARTER|YEAR", help="例如 2026-03、2026-Q1 或 2026")
        parser.add_argument(
            "--prepared-by", default="", metavar="USER", help="由谁核对（信访专干的用户名），缺省为第一位信访专干"
        )
        parser.add_argument(
            "--approved-by", default="", metavar="USER", help="由谁审定（法制委负责人的用户名），缺省为第一位负责人"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        periods = tuple(periods_of(options["period"]))
        if len(periods) > 1:
            periods = tuple(one for one in periods if one.last < local_day(at))
        if not periods:
            raise Refusal("period.not_over", f"{options['period']}年还没有结束的月份，不能核对结账")
        with entered(tenant_of_schema(options["county"])):
            signers = signers_of(options["prepared_by"], options["approved_by"])
            for period in periods:
                self.stdout.write(f"{period.label}：{closed(period, signers, at=at)}")


@dataclass(frozen=True, slots=True)
class Signers:
    """The two people in whose names a period is closed."""

    preparer: Staff
    approver: Staff


def closed(period: Period, signers: Signers, *, at: datetime) -> str:
    """Close a period unless a version of it stands, and say how it is."""
    standing = ReportedPeriod.objects.of(period).standing().first()
    if standing is None:
        recheck_originals(period=period, at=at)
        row = actions.prepare(period=period, by=signers.preparer, at=at)
        actions.approve(period_id=row.pk, by=signers.approver, at=at)
        return f"已审定并报送第{row.version}版"
    if standing.state == PeriodState.PREPARED.value:
        return f"第{standing.version}版已核对，等待审定，没有办理"
    drift = queries.drift_of(standing, at=at)
    moved = f"，此后有{len(drift.figures)}项数字变动" if drift.figures else ""
    return f"第{standing.version}版已锁定{moved}，没有办理"


def periods_of(written: str) -> Iterator[Period]:
    """Yield the month or quarter written, or the months of the year written and then the year."""
    whole = rules.period_written(written)
    if rules.kind_of(whole) is PeriodKind.YEAR:
        yield from whole.months()
    yield whole


def signers_of(preparer: str, approver: str) -> Signers:
    """Return who reconciles and who approves: the people named, or the first of each part."""
    return Signers(
        preparer=_named(preparer) if preparer else _first(Role.CLERK),
        approver=_named(approver) if approver else _first(Role.HEAD),
    )


def _named(username: str) -> Staff:
    found = Staff.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise Refusal("period.signer_unknown", f"没有用户“{username}”")
    return found


def _first(role: Role) -> Staff:
    found = Staff.objects.holding(role).order_by("pk").first()
    if found is None:
        raise Refusal("period.no_signer", f"本县还没有{role.label}的账号，不能核对和审定")
    return found
