"""Questions to the releases: what may be shown, version by version, and what the auditor makes of all of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from huiyin.kernel.periods import Period, year
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics.audit import Findings, Snapshot, audit
from huiyin.platform.statistics.breakdowns import ALL, DIVISIONS, Kind
from huiyin.platform.statistics.crosstab import PROVINCE, Cell, Level, Measure, Table, named, table_of
from huiyin.platform.statistics.suppression import count_words, rate_words
from huiyin.platform.statistics.used import CellRow, cell_rows

from .models import Release

Shown = Mapping[tuple[str, str, str], int | None]


@dataclass(frozen=True, slots=True)
class Amount:
    """Part and whole of one place and column as they are shown; None stands for ＊."""

    part: int | None
    whole: int | None

    @property
    def part_words(self) -> str:
        """Return the part as it is printed."""
        return count_words(self.part)

    @property
    def whole_words(self) -> str:
        """Return the whole as it is printed."""
        return count_words(self.whole)

    @property
    def rate_words(self) -> str:
        """Return the percentage as it is printed; ＊ where part or whole is hidden."""
        return rate_words(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its code (``all`` for the sum), and what stands above it."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One place with its amounts, in the order of the columns; a prefecture's name is its code."""

    place: str
    name: str
    gb_code: str
    is_county: bool
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One reported version that a release was made from."""

    county: str
    name: str
    period: Period
    version: int
    data_as_of: datetime


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """One version of one table as the province sees it: the part is 初次信访事项, the whole 登记的信访件."""

    id: int
    kind: Kind
    period: Period
    version: int
    made_at: datetime
    as_of: datetime
    threshold: int
    level: Level
    columns: tuple[Column, ...]
    counties: tuple[Line, ...]
    prefectures: tuple[Line, ...]
    total: Line
    sources: tuple[Source, ...]
    hidden: int

    def county(self, schema: str) -> Line:
        """Return one county; refuse one that the release does not show."""
        for line in self.counties:
            if line.place == schema:
                return line
        raise Refusal("release.no_county", "这份发布没有列出这个县")


@dataclass(frozen=True, slots=True)
class Listed:
    """A release in a list."""

    id: int
    kind: Kind
    period: Period
    version: int
    made_at: datetime
    as_of: datetime
    level: Level


def newest(kind: Kind, period: Period) -> ReleasedTable | None:
    """Return the newest release of a table, or None where there is none yet."""
    row = _of(kind, period).order_by("-version").first()
    return _released(row) if row is not None else None


def release(release_id: int) -> ReleasedTable:
    """Return one release as it was published; refuse an unknown one."""
    row = Release.objects.filter(pk=release_id).first()
    if row is None:
        raise Refusal("release.unknown", "没有这份发布")
    return _released(row)


def releases_of_year(of_year: int) -> tuple[Listed, ...]:
    """Return every release of a year and its parts, the newest version of each first."""
    rows = _of_year(of_year).order_by("kind", "first_on", "last_on", "-version").defer("table", "submissions")
    return tuple(
        Listed(row.pk, Kind(row.kind), row.period, row.version, row.made_at, row.as_of, Level(row.level))
        for row in rows
    )


def years() -> tuple[int, ...]:
    """Return the years of which something was released, newest first."""
    return tuple(Release.objects.order_by("-first_on__year").values_list("first_on__year", flat=True).distinct())


def snapshots(of_year: int) -> tuple[Snapshot, ...]:
    """Return the year's releases with the truth behind them, in the order of their publication: for the auditor."""
    rows = tuple(_of_year(of_year).order_by("pk"))
    cells = cell_rows(one["key"] for row in rows for one in row.submissions)
    return tuple(_snapshot(row, cells) for row in rows)


def audit_of_year(of_year: int, *, threshold: int) -> Findings:
    """Attack all releases of a year together."""
    return audit(snapshots(of_year), threshold=threshold)


def shown_of(row: Release) -> Shown:
    """Return what a release shows: counts above zero, None for ＊."""
    return {(measure, place, column): count for measure, place, column, count in row.table}


def _of(kind: Kind, period: Period) -> QuerySet[Release]:
    return Release.objects.filter(kind=kind.value, first_on=period.first, last_on=period.last)


def _of_year(of_year: int) -> QuerySet[Release]:
    span = year(of_year)
    return Release.objects.filter(first_on__gte=span.first, last_on__lte=span.last)


def _snapshot(row: Release, cells: Mapping[str, Iterable[CellRow]]) -> Snapshot:
    kind = Kind(row.kind)
    rows = [cell.divided(kind) for one in row.submissions for cell in cells.get(one["key"], ())]
    table: Table = table_of(kind, rows, prefecture_of={one["county"]: one["prefecture"] for one in row.counties})
    hidden = frozenset(
        Cell(Measure(measure), place, column)
        for (measure, place, column), count in shown_of(row).items()
        if count is None
    )
    return Snapshot(row.period, row.version, table, Level(row.level), hidden)


def _released(row: Release) -> ReleasedTable:
    kind, level, shown = Kind(row.kind), Level(row.level), shown_of(row)
    columns = tuple(_columns(kind, level))
    names = [column.code if column.code == ALL else named(kind, column.code) for column in columns]
    with_counties = level in {Level.COUNTIES, Level.GROUPS}
    counties = [(one["county"], one["name"], one["gb_code"]) for one in row.counties] if with_counties else []
    prefectures = sorted({one["prefecture"] for one in row.counties}) if level is not Level.TOTALS else []

    def line(place: str, name: str, gb_code: str, *, is_county: bool) -> Line:
        amounts = tuple(
            Amount(shown.get(("part", place, one), 0), shown.get(("whole", place, one), 0)) for one in names
        )
        return Line(place, name, gb_code, is_county, amounts)

    return ReleasedTable(
        id=row.pk,
        kind=kind,
        period=row.period,
        version=row.version,
        made_at=row.made_at,
        as_of=row.as_of,
        threshold=row.threshold,
        level=level,
        columns=columns,
        counties=tuple(line(place, name, code, is_county=True) for place, name, code in counties),
        prefectures=tuple(line(place, place, place, is_county=False) for place in prefectures),
        total=line(PROVINCE, "全省", "", is_county=False),
        sources=tuple(_source(one) for one in row.submissions),
        hidden=sum(count is None for count in shown.values()),
    )


def _columns(kind: Kind, level: Level) -> Iterator[Column]:
    division = DIVISIONS[kind]
    if level is not Level.TOTALS:
        labels = division.labels if level is Level.COUNTIES else division.group_labels
        yield from (Column(code, label) for code, label in labels.items())
    yield Column(ALL, "合计")


def _source(one: Mapping[str, str]) -> Source:
    period = Period(date.fromisoformat(one["first_on"]), date.fromisoformat(one["last_on"]))
    return Source(one["county"], one["name"], period, int(one["version"]), datetime.fromisoformat(one["data_as_of"]))
