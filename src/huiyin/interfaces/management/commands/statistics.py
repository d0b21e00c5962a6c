"""``huiyin statistics``: the province's numbers against the counties' own, rebuilt, published, and attacked."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries.periods import amounts_of
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import check_year
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import PUBLIC, Tenant, current, entered
from huiyin.platform.directory.queries import tenant_of_schema, tenants
from huiyin.platform.statistics import intake
from huiyin.platform.statistics.indicators import FigureEntry
from huiyin.platform.statistics.verification import Reported, drifts, numbers_of, standing, strangers
from huiyin.province import actions, queries

MOST_LINES = 200


class Command(BaseCommand):
    help = "核对、重建、发布省级统计，并检验发布是否泄露 / verify, rebuild, publish and audit the province's numbers"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="verify|rebuild|publish|audit")
        for name, words in (
            ("verify", "逐县逐期重新计算，与省里的数字核对"),
            ("rebuild", "按各县保存的版本补写省里缺损的数字"),
        ):
            one = what.add_parser(name, help=words)
            one.add_argument("counties", nargs="*", metavar="COUNTY", help="县的代号，缺省为所有县")
        for name, words in (("publish", "按各县最新版本发布各表"), ("audit", "检验已发布的各表能否推算出被抑制的数")):
            one = what.add_parser(name, help=words)
            one.add_argument("years", nargs="*", type=int, metavar="YEAR", help="年份，缺省为今年和去年")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        tell: Callable[[str], object] = self.stdout.write
        if options["what"] in {"verify", "rebuild"}:
            counties = counties_of(options["counties"])
            verify(counties, tell) if options["what"] == "verify" else rebuild(counties, tell)
            return
        years = tuple(check_year(one) for one in options["years"]) or (local_day(at).year - 1, local_day(at).year)
        for board in tenants(kind="province"):
            with entered(board):
                publish(years, tell, at=at) if options["what"] == "publish" else audit(years, tell)


def counties_of(named: Iterable[str]) -> tuple[Tenant, ...]:
    """Return the counties named, or all; refuse what is no county."""
    found = tuple(tenant_of_schema(one) for one in named) or tenants(kind="county")
    for one in found:
        if not one.is_county:
            raise Refusal("statistics.no_county", f"“{one.name}”不是县，没有报送的数字")
    return found


def reported_by_this_county() -> tuple[Reported, ...]:
    """Return every version that the county entered ever locked, as it keeps it."""
    rows = ReportedPeriod.objects.reported().order_by("first_on", "last_on", "version")
    return tuple(
        Reported(
            key=row.key,
            county=current(),
            period=row.period,
            version=row.version,
            data_as_of=row.prepared_at,
            reported_at=row.approved_at or row.prepared_at,
            figures=tuple(figure_from(one) for one in row.figures),
            cells=tuple(intake.cell_from(one) for one in row.cells),
        )
        for row in rows
    )


def figure_from(values: Mapping[str, object]) -> FigureEntry:
    """Return a kept figure."""
    return intake.entry_from(values)


def verify(counties: Iterable[Tenant], tell: Callable[[str], object]) -> None:
    """Count every reported version again from the county's own data, as of its moment, and name what differs."""
    found, versions = [], 0
    for county in counties:
        with entered(county):
            reported = reported_by_this_county()
            stands = standing(one.key for one in reported)
            for one in reported:
                figures, cells = amounts_of(one.period, at=one.data_as_of)
                found += [
                    drift.words for drift in drifts(one, counted=numbers_of(figures, cells), stands=stands.get(one.key))
                ]
            found += [
                f"{county.name} {period.label}第{version}版：省里有，县里没有这个版本"
                for period, version in strangers(county, (one.key for one in reported))
            ]
            versions += len(reported)
    for line in found[:MOST_LINES]:
        tell(line)
    if found:
        raise Refusal("statistics.drift", f"核对{versions}个版本，有{len(found)}处与各县数据不符", count=len(found))
    tell(f"核对{versions}个版本，与各县数据一致")


def rebuild(counties: Iterable[Tenant], tell: Callable[[str], object]) -> None:
    """Write again what was lost or damaged, from the versions that the counties keep."""
    count = 0
    for county in counties:
        with entered(county):
            reported = reported_by_this_county()
        with entered(PUBLIC):
            written = intake.rebuild(reported)
        for one in written:
            tell(f"{county.name} {one.period.label}第{one.version}版：已重建")
        count += len(written)
    tell(f"重建{count}个版本" if count else "没有缺损，不需要重建")


def publish(years: Iterable[int], tell: Callable[[str], object], *, at: datetime) -> None:
    """Publish every table whose counties' versions changed."""
    made = [
        one
        for year in years
        for one in actions.publish_due(of_year=year, threshold=settings.HUIYIN_SUPPRESS_BELOW, at=at)
    ]
    for one in made:
        tell(f"{one.period.label} {one.get_kind_display()}：第{one.version}版，{one.get_level_display()}")
    tell(f"发布{len(made)}份" if made else "各县版本没有变化，不需要发布")


def audit(years: Iterable[int], tell: Callable[[str], object]) -> None:
    """Attack what was published of each year, all versions together."""
    exposed = 0
    for year in years:
        findings = queries.audit_of_year(year, threshold=settings.HUIYIN_SUPPRESS_BELOW)
        for one in findings.exposed[:MOST_LINES]:
            how = "由上下限推出" if one.by_bounds else "由合计推出"
            tell(f"{one.period.label} {one.cell.place or '全省'} {one.cell.column} {one.cell.measure.label}：{how}")
        tell(f"{year}年：被抑制的数{findings.hidden}个，可推算出{len(findings.exposed)}个")
        exposed += len(findings.exposed)
    if exposed:
        raise Refusal("statistics.exposed", f"有{exposed}个被抑制的数可以推算出来", count=exposed)
