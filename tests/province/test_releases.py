"""发布: made from what counties pushed, in versions that stay, and nothing can be computed back from them."""

import pytest
from django.db import Error, transaction

from huiyin.kernel.periods import month, quarter, year
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import entered
from huiyin.platform.statistics.breakdowns import Kind
from huiyin.platform.statistics.crosstab import Level
from huiyin.province import actions, queries
from huiyin.province.hotspots import common_hotspots
from huiyin.province.models import Release

from .conftest import moment

JANUARY, FEBRUARY, MARCH = (month(f"2026-0{number}") for number in (1, 2, 3))
AT = moment(4, 12)
QINGLAN = {"01": (8, 14), "02": (7, 11), "03": (2, 2)}
BAIYUN = {"01": (6, 9), "02": (5, 8), "03": (9, 12)}


@pytest.fixture
def reported(county, other_county, province, push):
    """青岚县 and 白芸县 reported January: 水费等 14 and 9, 土地 11 and 8, 草原 2 and 12."""
    return push(county, JANUARY, QINGLAN, at=moment(2, 3)), push(other_county, JANUARY, BAIYUN, at=moment(2, 5))


def newest(kind=Kind.CATEGORY, period=JANUARY):
    table = queries.newest(kind, period)
    assert table is not None
    return table


def published(kind=Kind.CATEGORY, period=JANUARY, *, threshold=3, at=AT):
    return actions.publish(kind=kind, period=period, threshold=threshold, at=at)


def whole(table, place, column):
    lines = {line.place: line for line in (*table.counties, *table.prefectures, table.total)}
    at = [one.code for one in table.columns].index(column)
    return lines[place].amounts[at].whole_words


def test_two_petitions_of_one_class_are_a_star_and_zero_is_zero(reported):
    published()
    table = newest()
    assert (table.level, table.version, table.threshold) == (Level.COUNTIES, 1, 3)
    assert whole(table, "qinglan", "03") == "＊"
    assert whole(table, "qinglan", "04") == "0"
    assert table.county("qinglan").amounts[2].rate_words == "＊"
    assert table.hidden > 1
    assert [(one.county, one.version) for one in table.sources] == [("baiyun", 1), ("qinglan", 1)]
    assert queries.audit_of_year(2026, threshold=3).is_safe


def test_both_tables_of_a_period_are_published_and_nothing_is_given_away_between_them(reported):
    actions.publish_due(of_year=2026, threshold=3, at=AT)
    assert {(one.kind, one.period) for one in queries.releases_of_year(2026)} == {(kind, JANUARY) for kind in Kind}
    assert queries.audit_of_year(2026, threshold=3).is_safe


def test_the_same_versions_again_make_no_new_release(reported):
    first = published()
    assert published(at=moment(4, 13)).pk == first.pk
    assert actions.publish_due(of_year=2026, threshold=3, at=moment(4, 14))[0].kind == Kind.PURPOSE.value
    assert actions.publish_due(of_year=2026, threshold=3, at=moment(4, 15)) == ()


def test_a_restated_county_makes_a_new_version_and_the_old_one_can_be_shown_again(reported, county, push):
    old = queries.release(published().pk)
    push(county, JANUARY, QINGLAN | {"03": (3, 3)}, at=moment(4, 20), version=2)
    new = published(at=moment(4, 21))
    assert (new.version, new.pk != old.id) == (2, True)
    assert queries.release(old.id) == old
    assert [one.version for one in queries.releases_of_year(2026)] == [2, 1]
    assert queries.audit_of_year(2026, threshold=3).is_safe


def test_another_threshold_makes_a_new_version(reported):
    published()
    assert published(threshold=10, at=moment(4, 13)).version == 2


def test_no_release_is_ever_changed_or_taken_away(reported):
    published()
    for change in (lambda: Release.objects.update(version=9), lambda: Release.objects.all().delete()):
        with pytest.raises(Error, match="permission denied"), transaction.atomic():
            change()


def test_nothing_is_published_of_a_period_nobody_reported(reported):
    assert published(period=FEBRUARY) is None
    assert queries.newest(Kind.CATEGORY, FEBRUARY) is None
    with pytest.raises(Refusal, match="没有这份发布"):
        queries.release(0)


def test_a_quarter_stands_on_its_months_where_all_three_are_there(reported, county, other_county, push):
    for one, counts in ((county, QINGLAN), (other_county, BAIYUN)):
        push(one, FEBRUARY, counts, at=moment(3, 3))
    push(county, MARCH, QINGLAN, at=moment(4, 3))
    actions.publish_due(of_year=2026, threshold=3, at=AT)
    table = newest(period=quarter(2026, 1))
    assert [line.place for line in table.counties] == ["qinglan"]  # 白芸县's March is not there yet
    assert len(table.sources) == 3
    assert queries.newest(Kind.CATEGORY, year(2026)) is None
    assert queries.audit_of_year(2026, threshold=3).is_safe


def test_control_a_table_published_without_its_suppression_is_found(reported):
    release = published()
    truth = {("whole", "qinglan", "category:03"): 2}
    table = [[*place, truth.get(tuple(place), count)] for *place, count in release.table]
    with pytest.raises(AssertionError):
        assert_safe_with(release, table)


def assert_safe_with(release, table):
    """Publish the table once more with one ＊ opened, and audit."""
    Release.objects.create(
        **{
            name: getattr(release, name)
            for name in ("kind", "first_on", "last_on", "made_at", "as_of", "threshold", "level", "counties",
                         "submissions", "audit")
        },
        version=release.version + 1,
        table=table,
    )  # fmt: skip
    assert queries.audit_of_year(2026, threshold=3).is_safe


def test_a_county_that_the_release_does_not_show_is_refused(reported):
    published()
    with pytest.raises(Refusal, match="没有列出这个县"):
        newest().county("nowhere")


def test_a_common_hotspot_that_neither_county_shows_alone(reported, county, other_county, push):
    """共性热点：两县水费各由四件到十一件。"""
    for one in (county, other_county):
        push(one, MARCH, {"01": (11, 15), "02": (4, 8)}, at=moment(4, 3))
        push(one, month("2025-03"), {"01": (4, 8), "02": (4, 8)}, at=moment(4, 4))
    actions.publish_due(of_year=2025, threshold=3, at=AT)
    actions.publish_due(of_year=2026, threshold=3, at=AT)
    found = common_hotspots(MARCH)
    water, land = found.lines
    assert (water.label, water.is_common, water.is_hidden_in_each, water.rising) == ("农村农业", True, True, 2)
    assert (water.now, water.before) == (22, 8)
    assert not land.is_common
    assert found.left_out == ()


def test_a_pooled_count_that_is_not_released_is_not_shown(reported, county, other_county, push):
    """白芸县 reported this March only: the difference to the release would be its own count."""
    for one in (county, other_county):
        push(one, MARCH, {"01": (11, 12), "02": (4, 5)}, at=moment(4, 3))
    push(county, month("2025-03"), {"01": (4, 5), "02": (4, 4)}, at=moment(4, 4))
    actions.publish_due(of_year=2026, threshold=3, at=AT)
    found = common_hotspots(MARCH)
    assert found.left_out == ("白芸县人大常委会",)
    assert found.lines == ()  # one county is nothing in common


@pytest.mark.parametrize("schema", ["qinglan", "baiyun"])
def test_no_county_reads_a_release(reported, county, other_county, schema):
    published()
    with entered({"qinglan": county, "baiyun": other_county}[schema]), pytest.raises(Error), transaction.atomic():
        list(Release.objects.all())
