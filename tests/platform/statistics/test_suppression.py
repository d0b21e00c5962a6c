"""抑制: what a release hides gives nobody back, whatever was published before; the auditor finds what would."""

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from huiyin.kernel.periods import month, quarter
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics.audit import Snapshot, audit
from huiyin.platform.statistics.breakdowns import ALL, DIVISIONS, Kind
from huiyin.platform.statistics.crosstab import PROVINCE, Cell, Level, Measure, Row, Table, named, table_of
from huiyin.platform.statistics.network import bridges, ends_of
from huiyin.platform.statistics.suppression import count_words, primary_only, rate_words, suppress

JANUARY, FEBRUARY, MARCH = (month(f"2026-0{number}") for number in (1, 2, 3))
PREFECTURE_OF = {"an": "9901", "bei": "9901", "chun": "9901", "dong": "9902", "en": "9902"}
WATER, LAND, GRASS = "01", "02", "03"
QUICK = settings(
    max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)


def table(counts: dict[tuple[str, str], tuple[int, int]], kind: Kind = Kind.CATEGORY) -> Table:
    rows = [Row(county, column, part, whole) for (county, column), (part, whole) in counts.items()]
    return table_of(kind, rows, prefecture_of=PREFECTURE_OF)


def whole(place: str, column: str = ALL) -> Cell:
    return Cell(Measure.WHOLE, place, column if column == ALL else named(Kind.CATEGORY, column))


COUNTS = st.dictionaries(
    st.tuples(st.sampled_from(sorted(PREFECTURE_OF)), st.sampled_from([WATER, LAND, GRASS, "04"])),
    st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: (min(pair), max(pair))),
    min_size=4,
    max_size=20,
)

# 三个县水费 2、5、6 件，土地 7、4、9 件: one small count in one county.
SMALL = {
    ("an", WATER): (2, 2), ("bei", WATER): (5, 5), ("chun", WATER): (6, 6),
    ("an", LAND): (7, 7), ("bei", LAND): (4, 4), ("chun", LAND): (9, 9),
}  # fmt: skip


def test_a_small_count_hidden_alone_is_given_back_by_the_sums_and_the_auditor_says_so():
    """水费二件。"""
    found = audit([primary_only(table(SMALL), period=JANUARY, threshold=3)], threshold=3)
    assert (JANUARY, whole("an", WATER), 2) in {(one.period, one.cell, one.value) for one in found.exposed}


def test_a_small_count_is_hidden_with_as_few_others_as_protect_it():
    """水费二件：同县的土地，另一县的水费和土地。"""
    made = suppress(table(SMALL), period=JANUARY, version=1, threshold=3)
    hidden = {cell for cell in made.snapshot.hidden if cell.measure is Measure.WHOLE}
    assert made.snapshot.level is Level.COUNTIES
    # 2 with 7 in the same county, and 5 with 4 in 白县: the rectangle that leaves every sum to be read.
    assert hidden == {whole("an", WATER), whole("an", LAND), whole("bei", WATER), whole("bei", LAND)}
    assert made.findings.is_safe


@pytest.mark.parametrize(
    ("count", "threshold", "is_hidden"),
    [(0, 3, False), (1, 3, True), (2, 3, True), (3, 3, False), (10, 11, True), (11, 11, False)],
)
def test_a_count_from_one_to_below_the_threshold_is_hidden_and_zero_is_shown(count, threshold, is_hidden):
    counts = SMALL | {("dong", WATER): (count, count), ("dong", LAND): (30, 30), ("en", WATER): (40, 40)}
    found = primary_only(table(counts), period=JANUARY, threshold=threshold)
    assert (whole("dong", WATER) in found.hidden) is is_hidden


@pytest.mark.parametrize("threshold", [2, 12, 0])
def test_a_threshold_is_three_to_eleven(threshold):
    with pytest.raises(Refusal, match="3至11"):
        suppress(table(SMALL), period=JANUARY, version=1, threshold=threshold)


@pytest.mark.parametrize(
    ("part", "of", "words"),
    [(None, 8, "＊"), (3, None, "＊"), (None, None, "＊"), (0, 0, "—"), (3, 8, "37.50%"), (8, 8, "100.00%")],
)
def test_a_rate_of_a_hidden_count_is_hidden(part, of, words):
    assert rate_words(part, of) == words


def test_a_hidden_count_is_a_star_and_zero_is_zero():
    assert (count_words(None), count_words(0), count_words(12)) == ("＊", "0", "12")


def test_a_part_is_hidden_where_the_rest_would_single_out():
    """初次 9 of 10: the tenth would be known, so neither the nine nor the one is shown."""
    counts = {(county, column): (8, 16) for county in PREFECTURE_OF for column in (WATER, LAND)} | {
        ("an", WATER): (9, 10)
    }
    hidden = suppress(table(counts), period=JANUARY, version=1, threshold=3).snapshot.hidden
    place = ("an", named(Kind.CATEGORY, WATER))
    assert {Cell(Measure.PART, *place), Cell(Measure.REST, *place)} <= hidden


@QUICK
@given(COUNTS, st.sampled_from([3, 5, 11]))
def test_nothing_can_be_computed_back_from_a_release(counts, threshold):
    made = suppress(table(counts), period=JANUARY, version=1, threshold=threshold)
    assert audit([made.snapshot], threshold=threshold).is_safe
    small = {
        cell for cell in made.snapshot.table.shown(made.snapshot.level) if made.snapshot.table.counts[cell] < threshold
    }
    assert small <= made.snapshot.hidden


@QUICK
@given(COUNTS)
def test_every_margin_that_is_shown_is_right(counts):
    made = suppress(table(counts), period=JANUARY, version=1, threshold=3).snapshot
    for cell in made.published:
        rows = [
            pair
            for (county, column), pair in counts.items()
            if cell.place in {county, PREFECTURE_OF[county], PROVINCE}
            and cell.column in {ALL, named(Kind.CATEGORY, column), named(Kind.CATEGORY, group_of(column))}
        ]
        sums = {
            Measure.WHOLE: sum(of for _, of in rows),
            Measure.PART: sum(part for part, _ in rows),
            Measure.REST: sum(of - part for part, of in rows),
        }
        assert made.table.counts[cell] == sums[cell.measure]


def group_of(column: str) -> str:
    return DIVISIONS[Kind.CATEGORY].group_of[column]


@QUICK
@given(COUNTS)
def test_the_auditor_and_the_graph_agree_on_one_table(counts):
    """Of one measure of one table, what elimination gives away is exactly what no cycle runs through."""
    one = table({place: (of, of) for place, (_, of) in counts.items()})
    naive = primary_only(one, period=JANUARY, threshold=5)
    hidden = [cell for cell in naive.hidden if cell.measure is Measure.WHOLE]
    found = {cell.cell for cell in audit([naive], threshold=5).exposed if not cell.by_bounds}
    assert {cell for cell in found if cell.measure is Measure.WHOLE} == set(
        bridges(hidden, ends_of(one, Level.COUNTIES))
    )


def test_control_primary_suppression_alone_is_reversible_in_most_tables():
    drawn = Random(7)
    reversible = 0
    for _ in range(40):
        counts = {(c, k): (n, n) for c in PREFECTURE_OF for k in (WATER, LAND, GRASS) if (n := drawn.randrange(12))}
        naive = primary_only(table(counts), period=JANUARY, threshold=3)
        reversible += not audit([naive], threshold=3).is_safe
        assert suppress(table(counts), period=JANUARY, version=1, threshold=3).findings.is_safe
    assert reversible >= 20


def test_two_hidden_counts_whose_sum_is_two_are_one_each_and_the_auditor_says_so_by_bounds():
    """村里两类各一件: elimination cannot tell them apart, the zeros that are shown can."""
    counts = {("an", WATER): (1, 1), ("an", LAND): (1, 1), ("an", GRASS): (5, 5), ("bei", WATER): (6, 6),
              ("bei", LAND): (7, 7), ("bei", GRASS): (9, 9)}  # fmt: skip
    one = table(counts)
    hidden = frozenset(
        Cell(measure, place, named(Kind.CATEGORY, column))
        for measure in (Measure.WHOLE, Measure.PART)
        for place in ("an", "bei")
        for column in (WATER, LAND)
    )
    found = audit([Snapshot(JANUARY, 1, one, Level.COUNTIES, hidden)], threshold=3)
    assert {cell.cell for cell in found.exposed if cell.by_bounds} == set(hidden)
    assert not [cell for cell in found.exposed if not cell.by_bounds]


@QUICK
@given(COUNTS, st.sampled_from([-1, 1]), st.integers(0, 99))
def test_changing_one_count_by_one_and_publishing_again_gives_nothing_back(counts, step, which):
    first = suppress(table(counts), period=JANUARY, version=1, threshold=3).snapshot
    place = sorted(counts)[which % len(counts)]
    part, of = counts[place]
    changed = counts | {place: (min(part, max(of + step, 0)), max(of + step, 0))}
    second = suppress(table(changed), period=JANUARY, version=2, threshold=3, earlier=[first])
    assert audit([first, second.snapshot], threshold=3).is_safe


def test_a_correction_to_a_small_count_hides_every_sum_that_would_tell():
    """水费三件更正为二件: whoever compares supposes that the rest is as it was, and the sums would tell the two."""
    counts = {(county, column): (20, 20) for county in PREFECTURE_OF for column in (WATER, LAND)} | {
        ("an", WATER): (3, 3)
    }
    first = suppress(table(counts), period=JANUARY, version=1, threshold=3).snapshot
    assert not first.hidden
    second = suppress(
        table(counts | {("an", WATER): (2, 2)}), period=JANUARY, version=2, threshold=3, earlier=[first]
    ).snapshot
    assert {whole("an", WATER), whole("an"), whole(PROVINCE)} <= second.hidden
    naive = primary_only(table(counts | {("an", WATER): (2, 2)}), period=JANUARY, threshold=3, version=2)
    assert whole("an", WATER) in {one.cell for one in audit([first, naive], threshold=3).exposed}


def test_what_was_hidden_once_stays_hidden_in_later_versions():
    first = suppress(table(SMALL), period=JANUARY, version=1, threshold=3).snapshot
    second = suppress(
        table(SMALL | {("an", WATER): (3, 3)}), period=JANUARY, version=2, threshold=3, earlier=[first]
    ).snapshot
    assert {cell for cell in first.hidden if cell.measure is Measure.WHOLE} <= second.hidden


@QUICK
@given(COUNTS, COUNTS, COUNTS)
def test_a_quarter_gives_back_nothing_of_its_months_nor_its_months_of_it(one, other, third):
    published: list[Snapshot] = []
    for period, counts in ((JANUARY, one), (FEBRUARY, other), (MARCH, third)):
        published.append(suppress(table(counts), period=period, version=1, threshold=3, earlier=published).snapshot)
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for counts in (one, other, third):
        for place, (part, of) in counts.items():
            before = sums.get(place, (0, 0))
            sums[place] = (before[0] + part, before[1] + of)
    made = suppress(table(sums), period=quarter(2026, 1), version=1, threshold=3, earlier=published)
    assert audit([*published, made.snapshot], threshold=3).is_safe


def test_a_quarter_that_is_published_without_its_months_gives_them_back():
    """水费 一月二件（＊）、二月五件、三月六件；the quarter's thirteen would tell the two."""
    months = [table(SMALL), table(SMALL | {("an", WATER): (5, 5)}), table(SMALL | {("an", WATER): (6, 6)})]
    published: list[Snapshot] = []
    for period, one in zip((JANUARY, FEBRUARY, MARCH), months, strict=True):
        published.append(suppress(one, period=period, version=1, threshold=3, earlier=published).snapshot)
    sums = {place: (3 * of, 3 * of) for place, (_, of) in SMALL.items()} | {("an", WATER): (13, 13)}
    alone = suppress(table(sums), period=quarter(2026, 1), version=1, threshold=3).snapshot
    assert not alone.hidden
    assert not audit([*published, alone], threshold=3).is_safe
    with_months = suppress(table(sums), period=quarter(2026, 1), version=1, threshold=3, earlier=published)
    assert audit([*published, with_months.snapshot], threshold=3).is_safe


def test_totals_that_are_hidden_by_class_are_hidden_by_purpose_too():
    """Both tables of a period have the same sums of counties."""
    counts = SMALL | {("dong", WATER): (2, 2), ("en", LAND): (40, 40)}
    classes = suppress(table(counts), period=JANUARY, version=1, threshold=3).snapshot
    assert whole("dong") in classes.hidden
    by_purpose = {("an", "claim"): (9, 9), ("bei", "claim"): (9, 9), ("chun", "claim"): (15, 15),
                  ("dong", "claim"): (2, 2), ("en", "claim"): (40, 40)}  # fmt: skip
    purposes = suppress(
        table(by_purpose, Kind.PURPOSE), period=JANUARY, version=1, threshold=3, earlier=[classes]
    ).snapshot
    assert whole("dong") in purposes.hidden
    assert audit([classes, purposes], threshold=3).is_safe


@pytest.mark.parametrize("rounds", [0, 1, 40])
def test_what_cannot_be_protected_is_published_coarser_down_to_nothing(rounds):
    counts = {(county, WATER): (1, 2) for county in PREFECTURE_OF} | {("an", LAND): (1, 1), ("bei", LAND): (1, 1)}
    made = suppress(table(counts), period=JANUARY, version=1, threshold=3, most_rounds=rounds)
    assert audit([made.snapshot], threshold=3).is_safe
    if rounds == 0:
        assert (made.snapshot.level, made.snapshot.published) == (Level.TOTALS, frozenset())


def test_each_coarser_level_shows_fewer_places_or_columns():
    sizes = [len(table(SMALL).places(level)) * len(table(SMALL).columns(level)) for level in Level]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(Level)
    assert sizes[-1] == 1
