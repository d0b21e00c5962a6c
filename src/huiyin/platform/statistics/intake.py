"""Intake: the one door through which a county's numbers come in, and only numbers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huiyin.kernel import tenant
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import Tenant

from .indicators import FigureEntry, ReportedChannel, indicator_of
from .models import Figure, Submission

CHANNELS = frozenset(channel.value for channel in ReportedChannel)
FIELDS = frozenset({"indicator", "channel", "part", "whole"})


def entry_from(values: Mapping[str, object]) -> FigureEntry:
    """Return a number from its JSON form; refuse anything more or less than a number's four values."""
    if frozenset(values) != FIELDS:
        raise Refusal("statistics.bad_figure", "报送的数字必须且只能有指标、渠道、分子、分母")
    indicator, channel, part, whole = (values[key] for key in ("indicator", "channel", "part", "whole"))
    numbers_only = type(part) is int and type(whole) is int
    if not isinstance(indicator, str) or not isinstance(channel, str) or not numbers_only:
        raise Refusal("statistics.bad_figure", "报送的数字必须且只能有指标、渠道、分子、分母")
    assert isinstance(part, int)
    assert isinstance(whole, int)
    return FigureEntry(indicator=indicator, channel=channel, part=part, whole=whole)


def check_entry(entry: FigureEntry) -> None:
    """Refuse a number nobody defined, of an unknown channel, or whose part is no part of its whole."""
    label = indicator_of(entry.indicator).label
    if entry.channel not in CHANNELS:
        raise Refusal("statistics.unknown_channel", f"没有信访形式“{entry.channel}”", channel=entry.channel)
    if not 0 <= entry.part <= entry.whole:
        raise Refusal("statistics.bad_part", f"{label}的分子{entry.part}与分母{entry.whole}不符")


def check_entries(entries: Iterable[FigureEntry]) -> None:
    """Refuse numbers of which one is wrong or stands there twice."""
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        check_entry(entry)
        if (entry.indicator, entry.channel) in seen:
            raise Refusal("statistics.figure_twice", f"{indicator_of(entry.indicator).label}重复报送")
        seen.add((entry.indicator, entry.channel))
    if not seen:
        raise Refusal("statistics.no_figures", "没有可报送的数字")


def check_county(county: Tenant) -> None:
    """Refuse numbers of anybody but the county as which this code runs."""
    if not county.is_county or county != tenant.current():
        raise Refusal("statistics.not_own_county", "只能报送本县的数字")


@transaction.atomic
def accept(
    *,
    county: Tenant,
    key: UUID,
    first_on: date,
    last_on: date,
    version: int,
    data_as_of: datetime,
    figures: Iterable[Mapping[str, object]],
    at: datetime,
) -> Submission:
    """报送: take one version of a county's period in; the same key again changes nothing.

    Written as the county's own role: the database lets it add rows of its own and change none. A version that was
    taken in under another key is refused, because what was reported is never replaced.
    """
    check_county(county)
    period = Period(first_on, last_on)
    entries = [entry_from(values) for values in figures]
    check_entries(entries)
    known = Submission.objects.filter(key=key).first()
    if known is not None:
        return known
    if Submission.objects.filter(county=county.schema, first_on=first_on, last_on=last_on, version=version).exists():
        raise Refusal("statistics.version_taken", f"{period.label}第{version}版已经报送过", version=version)
    submission = Submission.objects.create(
        key=key,
        county=county.schema,
        gb_code=county.gb_code,
        county_name=county.name,
        first_on=first_on,
        last_on=last_on,
        version=version,
        data_as_of=data_as_of,
        submitted_at=at,
    )
    Figure.objects.bulk_create(
        Figure(
            submission_key=key,
            county=county.schema,
            indicator=entry.indicator,
            channel=entry.channel,
            part=entry.part,
            whole=entry.whole,
        )
        for entry in entries
    )
    return submission
