"""Numbers: the four promises of a county and the province's table, as the terminal shows them."""

from collections import defaultdict

from django.utils.timezone import localtime
from rich.table import Table

from huiyin.county.analysis.rules import PromiseTable
from huiyin.kernel.percent import percent_words
from huiyin.kernel.periods import Period
from huiyin.kernel.tenant import entered
from huiyin.platform.statistics.indicators import PROMISES, ChannelGroup
from huiyin.platform.statistics.models import Figure, Submission
from huiyin.project.tenancy.directory import tenants

# 来信来访 is the office's own promise; calls and the web come to it only in the last column, which says so.
SHOWN = (ChannelGroup.OWN, ChannelGroup.LETTER, ChannelGroup.WALK_IN, ChannelGroup.ALL)


def of_county(name: str, promises: PromiseTable) -> Table:
    """Return 四个百分之百: one line per promise, one column per group of channels, never a percentage alone."""
    table = Table(title=f"{name} {promises.period.label} 四个百分之百", title_justify="left")
    table.add_column("承诺", no_wrap=True)
    for group in SHOWN:
        table.add_column(group.label, justify="right", no_wrap=True)
    for indicator in PROMISES:
        cells = [promises.column(group).promise(indicator.code) for group in SHOWN]
        shown = [f"{one.part}/{one.whole}\n{one.percent}" for one in cells]
        table.add_row(f"{indicator.code} {indicator.label}", *shown)
    return table


def arrived() -> int:
    """Return how many reported periods have reached the province."""
    with entered(tenants(kind="province")[0]):
        return Submission.objects.count()


def of_province(period: Period) -> Table:
    """Return the board of all counties from pushed numbers only, with the moment they stand for."""
    table = Table(title=f"省级看板 {period.label}：各县报送的数字（全部渠道）", title_justify="left")
    table.add_column("承诺", no_wrap=True)
    with entered(tenants(kind="province")[0]):
        submissions = latest(period)
        columns = [sums_of(submission) for submission in submissions]
    for submission in submissions:
        table.add_column(submission.county_name, justify="right")
    for position, indicator in enumerate(PROMISES):
        cells = [column[position] for column in columns]
        shown = [f"{part}/{whole}\n{percent_words(part, whole)}" for part, whole in cells]
        table.add_row(f"{indicator.code} {indicator.label}", *shown)
    moments = [f"{localtime(one.data_as_of):%Y-%m-%d %H:%M}" for one in submissions]
    table.add_row("数据截至", *moments, style="dim")
    return table


def latest(period: Period) -> list[Submission]:
    """Return each county's latest version of the period."""
    found = Submission.objects.filter(first_on=period.first, last_on=period.last).order_by("gb_code", "version")
    return list({submission.county: submission for submission in found}.values())


def sums_of(submission: Submission) -> list[tuple[int, int]]:
    """Return part and whole of every promise over all channels."""
    sums: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for figure in Figure.objects.filter(submission_key=submission.key).order_by("pk"):
        part, whole = sums[figure.indicator]
        sums[figure.indicator] = (part + figure.part, whole + figure.whole)
    return [sums[one.code] for one in PROMISES]
