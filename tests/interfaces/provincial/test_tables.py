"""分类统计、共性热点、联动漏斗、报送情况: what the pages show, where the way down ends, what is exported."""

import re
from datetime import UTC, datetime

import pytest

from huiyin.accounts.roles import Role
from huiyin.kernel.periods import month, quarter
from huiyin.platform.statistics.breakdowns import Kind
from huiyin.province import actions, queries

from .conftest import AT, figure, get, post, sheets, signed_in, table

QUARTER = quarter(2026, 1)
QINGLAN = {"01": (8, 14), "02": (7, 11), "03": (2, 2)}
BAIYUN = {"01": (6, 9), "02": (5, 8), "03": (9, 12)}
LATER = datetime(2026, 4, 20, 1, tzinfo=UTC)
PUBLISH = 'action="/releases/publish"'
PAGES = ("/releases/", "/hotspots/", "/funnel/", "/completeness/", "/help/")


@pytest.fixture
def quarter_reported(county, other_county, province, push):
    """Both counties report January to March; 青岚县 had two petitions about towns, in January."""
    for one in QUARTER.months():
        push(county, one, classes=QINGLAN if one == month("2026-01") else QINGLAN | {"03": (0, 0)})
        push(other_county, one, classes=BAIYUN)


@pytest.fixture
def published(quarter_reported):
    return {
        (one.kind, one.period): queries.newest(Kind(one.kind), one.period)
        for one in actions.publish_due(of_year=2026, threshold=3, at=AT)
    }


@pytest.fixture
def january(published):
    return published["category", month("2026-01")]


@pytest.fixture
def first_quarter(published):
    return published["category", QUARTER]


def by_name(rows):
    heads, *lines = rows
    return {line[0]: dict(zip(heads[1:], line[1:], strict=True)) for line in lines}


def test_a_small_count_is_a_star_and_zero_is_zero(january, province_client):
    answer = get(province_client, f"/releases/{january.id}/")
    shown = by_name(table(answer, "release"))
    assert shown["青岚县"]["自然资源"] == "11"
    assert {shown["青岚县"][label] for label in ("城乡建设",)} == {"＊"}
    assert shown["青岚县"]["劳动和社会保障"] == "0"
    page = answer.content.decode()
    assert "＊表示这个数太小" in page
    assert "抑制阈值3" in page


@pytest.mark.parametrize("measure", ["whole", "part", "rate"])
def test_the_export_of_a_release_keeps_its_stars(january, province_client, measure):
    where = f"/releases/{january.id}/?measure={measure}"
    shown = table(get(province_client, where), "release")
    exported, sources, notes = sheets(get(province_client, f"{where}&export=xlsx"))
    assert exported == shown
    assert "＊" in {cell for row in exported for cell in row}
    assert sources[1][:3] == ["白芸县人大常委会", "2026年1月", "第1版"]
    assert any("＊表示" in row[0] for row in notes)


def test_a_county_of_a_release_shows_part_whole_and_share(january, province_client):
    answer = get(province_client, f"/releases/{january.id}/counties/qinglan/")
    shown = by_name(table(answer, "release-county"))
    assert shown["劳动和社会保障"] == {"登记的信访件": "0", "其中：初次信访事项": "0", "初次信访事项所占比例": "—"}
    assert shown["城乡建设"]["登记的信访件"] == "＊"
    assert get(province_client, f"/releases/{january.id}/counties/nowhere/").status_code == 404


def test_the_way_down_from_a_quarter_leads_to_its_months_and_ends_at_a_star(first_quarter, province_client):
    where = f"/releases/{first_quarter.id}"
    page = get(province_client, f"{where}/").content.decode()
    row = re.search(r"<tr[^>]*><td[^>]*><a[^>]*>青岚县</a>.*?</tr>", page, flags=re.DOTALL)
    assert row is not None
    names = ["name", *(one.code for one in first_quarter.columns)]
    cells = dict(zip(names, re.findall(r"<td.*?</td>", row[0]), strict=True))
    assert f'href="{where}/qinglan/02/"' in cells["02"]
    assert "＊" in cells["03"]
    assert "href" not in cells["03"]
    months = table(get(province_client, f"{where}/qinglan/02/"), "release-cell")
    assert [row[:2] for row in months[1:]] == [[f"2026年{one}月", "11"] for one in (1, 2, 3)]
    refused = get(province_client, f"{where}/qinglan/03/")
    assert refused.status_code == 409
    assert "已经抑制" in refused.content.decode()


@pytest.mark.parametrize("where", ["qinglan/99", "nowhere/02", "province/99"])
def test_there_is_no_cell_that_a_release_does_not_show(first_quarter, province_client, where):
    assert get(province_client, f"/releases/{first_quarter.id}/{where}/").status_code == 404


@pytest.mark.parametrize("kind", list(Kind))
def test_the_province_is_the_sum_of_its_counties_wherever_the_table_shows_both(published, province_client, kind):
    release = published[kind, QUARTER]
    for measure in ("whole", "part"):
        heads, *lines = table(get(province_client, f"/releases/{release.id}/?measure={measure}"), "release")
        compared = 0
        for column in range(1, len(heads)):
            counties, total = [line[column] for line in lines[:2]], lines[-1][column]
            if "＊" not in {*counties, total}:
                assert sum(int(one) for one in counties) == int(total)
                compared += 1
        assert compared > 2


def test_an_older_version_of_a_release_is_shown_again_as_it_was(january, county, push, province_client, analyst_client):
    before = table(get(province_client, f"/releases/{january.id}/"), "release")
    push(county, month("2026-01"), classes=QINGLAN | {"03": (3, 3)}, at=LATER, version=2)
    answer = post(analyst_client, "/releases/publish", {"year": "2026"})
    assert (answer.status_code, answer.url) == (302, "/releases/?year=2026")
    rows = table(get(province_client, "/releases/?year=2026"), "releases")
    assert [row[5] for row in rows[1:] if row[0] == "2026年1月"] == ["第1版"]
    assert table(get(province_client, f"/releases/{january.id}/"), "release") == before


def test_publishing_what_has_not_changed_says_so(january, analyst_client):
    answer = analyst_client.post("/releases/publish", {"year": "2026"}, HTTP_HOST="province.localhost", follow=True)
    assert "没有新的发布" in answer.content.decode()


@pytest.mark.parametrize("year", ["", "abc", "1"])
def test_a_year_that_cannot_be_is_not_published(province, analyst_client, year):
    assert post(analyst_client, "/releases/publish", {"year": year}).status_code == 404


def test_only_the_analyst_publishes_and_is_shown_the_button(quarter_reported, province_client, analyst_client):
    assert post(province_client, "/releases/publish", {"year": "2026"}).status_code == 403
    assert PUBLISH not in get(province_client, "/releases/?year=2026").content.decode()
    assert PUBLISH in get(analyst_client, "/releases/?year=2026").content.decode()


def test_共性热点_两县水费各由四件到十一件_单看各县看不出(  # noqa: N802, PLC2401  # named for the table
    county, other_county, province, push, province_client
):
    for one in (county, other_county):
        push(one, month("2026-03"), classes={"01": (11, 15), "02": (4, 8)})
        push(one, month("2025-03"), classes={"01": (4, 8), "02": (4, 8)})
    for year in (2025, 2026):
        actions.publish_due(of_year=year, threshold=3, at=AT)
    answer = get(province_client, "/hotspots/?period=2026-03")
    shown = table(answer, "hotspots")
    assert shown[1][:7] == ["农村农业", "共性热点（单看各县看不出）", "22", "8", "2", "2", "0"]
    assert 0 < float(shown[1][7]) <= 0.05
    assert shown[2][1] == "没有共同上升"
    assert "二项分布" in answer.content.decode()
    assert sheets(get(province_client, "/hotspots/?period=2026-03&export=xlsx"))[0] == shown


def test_too_few_matters_are_called_so_and_unreleased_counts_are_stars(
    county, other_county, province, push, province_client
):
    for one in (county, other_county):
        for year in (2025, 2026):
            push(one, month(f"{year}-03"), classes={"01": (1, 1)})
    shown = table(get(province_client, "/hotspots/?period=2026-03"), "hotspots")
    assert shown[1][1:4] == ["数量太少", "＊", "＊"]
    assert shown[1][7] == "无法判断"


@pytest.mark.parametrize("period", ["abc", "2026-Q5", "2026-13", "99999"])
def test_there_are_no_common_hotspots_of_a_period_that_cannot_be(province_client, period):
    assert get(province_client, f"/hotspots/?period={period}").status_code == 404


def test_the_funnel_counts_every_step_of_each_county_and_of_the_province(
    county, other_county, province, push, province_client
):
    steps = [("hotspots", 2, 4), ("topic_proposals", 2, 3), ("activities", 1, 2), ("opinions", 1, 2), ("effects", 0, 1)]
    push(county, month("2026-03"), [figure(code, part, whole, "none") for code, part, whole in steps])
    push(other_county, month("2026-03"), [figure("hotspots", 0, 5, "none")])
    answer = get(province_client, "/funnel/?year=2026")
    shown = by_name(table(answer, "counties"))
    assert shown["青岚县人大常委会"] == {
        "热点": "4", "建议": "3", "采纳": "2（共3）", "活动": "2",
        "审议意见": "2", "反馈": "1（共2）", "成效": "0（共1）",
    }  # fmt: skip
    assert shown["全省合计"]["热点"] == "9"
    assert sheets(get(province_client, "/funnel/?year=2026&export=xlsx"))[0] == table(answer, "counties")


def test_a_county_that_reported_nothing_is_not_counted_as_nothing(province_client):
    assert (
        by_name(table(get(province_client, "/funnel/?year=2026"), "counties"))["青岚县人大常委会"]["热点"] == "未报送"
    )


def test_every_month_of_every_county_is_in_time_late_or_missing(county, other_county, province, push, province_client):
    push(county, month("2026-01"), [figure("M1", 1, 1)], at=datetime(2026, 2, 10, 1, tzinfo=UTC))
    push(county, month("2026-02"), [figure("M1", 1, 1)], at=datetime(2026, 3, 11, 1, tzinfo=UTC))
    push(county, month("2026-02"), [figure("M1", 1, 2)], at=datetime(2026, 3, 12, 1, tzinfo=UTC), version=2)
    answer = get(province_client, "/completeness/?year=2026")
    shown = by_name(table(answer, "months"))
    assert [shown["青岚县"][f"{one}月"] for one in (1, 2, 3)] == ["按时", "迟报（重报，第2版）", "未报"]
    assert [shown["白芸县"][f"{one}月"] for one in (1, 2)] == ["未报", "未报"]
    assert [shown["按时的县"][f"{one}月"] for one in (1, 2)] == ["1", "0"]
    assert [shown["未报的县"][f"{one}月"] for one in (1, 2)] == ["1", "1"]
    assert shown["重报的县"]["重报"] == "1"
    assert "/counties/qinglan/2026-02-01/2026-02-28/" in answer.content.decode()
    assert sheets(get(province_client, "/completeness/?year=2026&export=xlsx"))[0] == table(answer, "months")


def test_a_year_without_any_report_has_its_pages(province_client):
    for page in PAGES:
        assert get(province_client, page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_whoever_has_no_role_of_the_province_is_refused(province, page):
    assert get(signed_in(Role.AUDITOR), page).status_code == 403
