"""Intake: the one door through which a county's numbers come in, and only numbers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huiyin.kernel import tenant
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import Tenant
from huiyin.platform.categories.national import top_codes

from .breakdowns import ReportedPurpose
from .indicators import CellEntry, FigureEntry, ReportedChannel, indicator_of
from .models import Cell, Figure, Submission
from .verification import Reported, numbers_of, standing

OWNER = "owner"
CHANNELS = frozenset(channel.value for channel in ReportedChannel)
FIELDS = frozenset({"indicator", "channel", "part", "whole"})
CELL_FIELDS = FIELDS | {"purpose", "category"}
PURPOSES = frozenset({"", *(purpose.value for purpose in ReportedPurpose)})
CATEGORIES = frozenset({"", *top_codes()})


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
    indicator = indicator_of(entry.indicator)
    label = indicator.label
    if entry.channel not in CHANNELS:
        raise Refusal("statistics.unknown_channel", f"没有信访形式“{entry.channel}”", channel=entry.channel)
    if indicator.has_channel is (entry.channel == ReportedChannel.NONE.value):
        raise Refusal("statistics.wrong_channel", f"{label}的信访形式不对", channel=entry.channel)
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


def cell_from(values: Mapping[str, object]) -> CellEntry:
    """Return a cell from its JSON form; refuse anything more or less than a cell's six values."""
    if frozenset(values) != CELL_FIELDS:
        raise Refusal("statistics.bad_cell", "分项数字必须且只能有指标、渠道、目的、分类、分子、分母")
    figure = entry_from({key: values[key] for key in FIELDS})
    purpose, category = values["purpose"], values["category"]
    if not isinstance(purpose, str) or not isinstance(category, str):
        raise Refusal("statistics.bad_cell", "分项数字必须且只能有指标、渠道、目的、分类、分子、分母")
    return CellEntry(figure.indicator, figure.channel, purpose, category, figure.part, figure.whole)


def check_cells(cells: Iterable[CellEntry], entries: Iterable[FigureEntry]) -> None:
    """Refuse cells that are unknown, stand there twice or do not add up, indicator by channel, to the figures."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    seen: set[tuple[str, str, str, str]] = set()
    for cell in cells:
        check_entry(FigureEntry(cell.indicator, cell.channel, cell.part, cell.whole))
        place = (cell.indicator, cell.channel, cell.purpose, cell.category)
        label = indicator_of(cell.indicator).label
        if cell.purpose not in PURPOSES or cell.category not in CATEGORIES:
            raise Refusal("statistics.unknown_class", f"{label}的分项里有不认识的目的或分类")
        if place in seen:
            raise Refusal("statistics.cell_twice", f"{label}的分项重复报送")
        seen.add(place)
        part, whole = sums.get(place[:2], (0, 0))
        sums[place[:2]] = (part + cell.part, whole + cell.whole)
    divided = {indicator for indicator, _ in sums}
    for entry in entries:
        if entry.indicator in divided:
            found = sums.pop((entry.indicator, entry.channel), (0, 0))
            check_sum(entry, found)
    if sums:
        raise Refusal("statistics.cells_without_figure", "分项数字没有相应的合计")


def check_sum(entry: FigureEntry, found: tuple[int, int]) -> None:
    """Refuse cells whose sum is not the figure."""
    if found != (entry.part, entry.whole):
        label = indicator_of(entry.indicator).label
        words = f"{label}的分项之和{found[0]}/{found[1]}与合计{entry.part}/{entry.whole}不符"
        raise Refusal("statistics.cells_do_not_add_up", words)


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
    cells: Iterable[Mapping[str, object]] = (),
) -> Submission:
    """报送: take one version of a county's period in; the same key again changes nothing.

    Written as the county's own role: the database lets it add rows of its own and change none. A version that was
    taken in under another key is refused, because what was reported is never replaced.
    """
    check_county(county)
    period = Period(first_on, last_on)
    entries = [entry_from(values) for values in figures]
    check_entries(entries)
    divisions = [cell_from(values) for values in cells]
    check_cells(divisions, entries)
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
    write_numbers(key, county.schema, entries, divisions)
    return submission


@transaction.atomic(using=OWNER)
def rebuild(reported: Iterable[Reported]) -> tuple[Reported, ...]:
    """重建: write again, from what counties keep, the versions that were lost or damaged; return those.

    Done as the owner, because a county changes no row it ever reported. What stands is compared first and is left
    alone where it is right; whoever reads meanwhile sees either the old rows or the new ones, never a part.
    """
    wanted = tuple(reported)
    stands = standing((one.key for one in wanted), using=OWNER)
    broken = tuple(one for one in wanted if stands.get(one.key) != numbers_of(one.figures, one.cells))
    for one in broken:
        check_entries(one.figures)
        check_cells(one.cells, one.figures)
        Figure.objects.using(OWNER).filter(submission_key=one.key).delete()
        Cell.objects.using(OWNER).filter(submission_key=one.key).delete()
        if one.key not in stands:
            Submission.objects.using(OWNER).create(
                key=one.key,
                county=one.county.schema,
                gb_code=one.county.gb_code,
                county_name=one.county.name,
                first_on=one.period.first,
                last_on=one.period.last,
                version=one.version,
                data_as_of=one.data_as_of,
                submitted_at=one.reported_at,
            )
        write_numbers(one.key, one.county.schema, one.figures, one.cells, using=OWNER)
    return broken


def write_numbers(
    key: UUID, schema: str, entries: Iterable[FigureEntry], cells: Iterable[CellEntry], *, using: str = "default"
) -> None:
    """Write figures and cells of a submission."""
    Figure.objects.using(using).bulk_create(
        Figure(
            submission_key=key,
            county=schema,
            indicator=entry.indicator,
            channel=entry.channel,
            part=entry.part,
            whole=entry.whole,
        )
        for entry in entries
    )
    Cell.objects.using(using).bulk_create(
        Cell(
            submission_key=key,
            county=schema,
            indicator=cell.indicator,
            channel=cell.channel,
            purpose=cell.purpose,
            category=cell.category,
            part=cell.part,
            whole=cell.whole,
        )
        for cell in cells
    )
