"""The province at its browser: all counties from pushed numbers, one county's months, the same as JSON."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from huiyin.accounts.actions import issue_api_token
from huiyin.accounts.roles import Role
from huiyin.interfaces.components.contract import ComponentError
from huiyin.interfaces.provincial.grid import Cell, Grid, Head, Line
from huiyin.interfaces.provincial.tiles import tone_of
from huiyin.kernel.periods import month

from .conftest import AT, HOST, figure, get, sheets, signed_in, table, viewer, words


def names(answer) -> list[str]:
    return [row[0] for row in table(answer, "counties")[1:]]


def test_the_board_shows_part_whole_and_the_sum(march, province_client):
    answer = get(province_client, "/?year=2026")
    assert answer.status_code == 200
    total = table(answer, "counties")[-1]
    assert (total[0], total[2], total[3]) == ("全省合计", "20", "60.00%（12 / 20）")
    page = answer.content.decode()
    assert "数据截至 2026-04-03 09:00" in page
    assert "青岚县" in page
    assert "件件登记" in page


def test_each_county_has_a_tile_with_its_number_in_words(march, province_client):
    page = get(province_client, "/?year=2026&tile=M1").content.decode()
    tiles = re.findall(r'<a class="hy-tile hy-tile-(\w+)" href="([^"]+)">(.*?)</a>', page)
    told = {words(text).partition(" · ")[0]: (tone, href.partition("?")[0]) for tone, href, text in tiles}
    assert told == {
        "青岚县90.00%9 / 10": ("warn", "/counties/qinglan/"),
        "白芸县30.00%3 / 10": ("bad", "/counties/baiyun/"),
    }


@pytest.mark.parametrize(
    ("part", "whole", "tone"), [(0, 0, "plain"), (10, 10, "good"), (9, 10, "warn"), (899, 1000, "bad")]
)
def test_a_tile_is_green_only_where_the_promise_is_kept_for_every_item(part, whole, tone):
    assert tone_of(part, whole) == tone


def test_a_month_is_shown_alone_and_the_trend_stays_that_of_the_year(march, county, push, province_client):
    push(county, month("2026-02"), [figure("M1", 1, 4)])
    assert table(get(province_client, "/?year=2026&month=2026-02"), "counties")[-1][2] == "4"
    assert table(get(province_client, "/?year=2026"), "counties")[-1][2] == "24"
    page = get(province_client, "/?month=2026-02").content.decode()
    assert "2026年2月 · 来信来访" in page
    assert "1个县本月没有报送" in page


def test_the_page_shows_a_new_report_at_once(march, county, push, province_client):
    assert table(get(province_client, "/?year=2026"), "counties")[-1][2] == "20"
    push(county, month("2026-03"), [figure("M1", 11, 11)], version=2)
    assert table(get(province_client, "/?year=2026"), "counties")[-1][2] == "21"


@pytest.mark.parametrize("group", ["own", "letter", "all"])
def test_the_sums_of_the_page_are_the_sums_of_its_counties(march, county, push, province_client, group):
    push(county, month("2026-01"), [figure("M1", 2, 3), figure("M4", 1, 3), figure("M1", 5, 6, "web")])
    answer = get(province_client, f"/?year=2026&group={group}")
    counties, prefectures = table(answer, "counties"), table(answer, "prefectures")
    for lines, first in ((counties, 3), (prefectures, 3)):
        for column in range(first, first + 10):
            pairs = [pair_of(line[column]) for line in lines[1:]]
            assert pairs[-1] == tuple(sum(one[place] for one in pairs[:-1]) for place in (0, 1))
    assert counties[-1][3:13] == prefectures[-1][3:13]


def pair_of(cell: str) -> tuple[int, int]:
    """Return part and whole of a cell such as 60.00%（12 / 20）."""
    part, whole = re.findall(r"(\d+) / (\d+)", cell)[0]
    return int(part), int(whole)


def test_the_export_is_the_page(march, province_client):
    asked = "year=2026&sort=M1&order=descending"
    page = get(province_client, f"/?{asked}")
    counties, prefectures, notes = sheets(get(province_client, f"/?{asked}&export=xlsx"))
    assert counties == table(page, "counties")
    assert prefectures == table(page, "prefectures")
    assert "数据截至 2026-04-03 09:00" in notes[0][0]


@pytest.mark.parametrize(
    ("order", "first"), [("sort=M1&order=descending", "青岚县"), ("sort=M1&order=ascending", "白芸县")]
)
def test_the_table_sorts_by_a_promise_and_the_total_stays_last(march, province_client, order, first):
    found = names(get(province_client, f"/?year=2026&{order}"))
    assert found[0].startswith(first)
    assert found[-1] == "全省合计"


@pytest.mark.parametrize("sort", ["code", "name", "received", "late", "as_of", "M4x", "satisfied", "no_such_column"])
def test_every_head_sorts(march, province_client, sort):
    assert get(province_client, f"/?year=2026&sort={sort}").status_code == 200


def test_a_county_has_its_months_its_numbers_and_its_versions(march, province_client):
    answer = get(province_client, "/counties/qinglan/?year=2026")
    assert table(answer, "months")[3][:5] == ["2026年3月", "按时报送", "第1版", "10", "90.00%（9 / 10）"]
    assert [row[1] for row in table(answer, "versions")[1:]] == ["第1版"]
    assert "集体访批次" in answer.content.decode()
    assert get(province_client, "/counties/nowhere/?year=2026").status_code == 404
    exported = sheets(get(province_client, "/counties/qinglan/?year=2026&export=xlsx"))
    assert exported[:3] == [table(answer, name) for name in ("months", "indicators", "versions")]


def test_the_number_that_releases_divide_stands_nowhere_beside_them(county, push, province_client):
    """青岚县 had two petitions of one class: the release hides them, and no other page tells their sum."""
    push(county, month("2026-03"), [figure("M1", 2, 2)], classes={"03": (2, 2)})
    indicators = [row[0] for row in table(get(province_client, "/counties/qinglan/?year=2026"), "indicators")]
    assert "初次信访事项" not in indicators
    assert "first_matters" not in get(province_client, "/api/board?year=2026").content.decode()


def test_two_versions_stand_side_by_side_and_what_changed_comes_first(march, county, push, province_client):
    push(county, month("2026-03"), [figure("M1", 10, 10), figure("M2", 4, 5)], version=2)
    where = "/counties/qinglan/2026-03-01/2026-03-31/"
    answer = get(province_client, where)
    assert table(answer, "changed")[1:] == [
        ["件件登记", "来信", "9 / 10", "10 / 10"],
        ["件件有人阅", "来信", "没有", "4 / 5"],
    ]
    assert sheets(get(province_client, f"{where}?export=xlsx"))[0] == table(answer, "changed")


@pytest.mark.parametrize(
    "where", ["qinglan/2026-02-01/2026-02-28", "nowhere/2026-03-01/2026-03-31", "qinglan/2026-03-31/2026-03-01",
              "qinglan/2026-03-01/no-day"]
)  # fmt: skip
def test_there_is_no_page_of_versions_that_nobody_reported(march, province_client, where):
    assert get(province_client, f"/counties/{where}/").status_code == 404


def test_programs_read_the_same_numbers(march, province_client):
    found = get(province_client, "/api/board?year=2026").json()
    assert found["total"]["M1"] == {"label": "件件登记", "part": 12, "whole": 20, "percent": "60.00%"}
    assert {line["county"] for line in found["counties"]} == {"qinglan", "baiyun"}
    assert found["months"][2]["counties"] == 2


def test_an_empty_province_still_has_a_board(province_client):
    answer = get(province_client, "/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "本年还没有县报送" in page
    assert "数据截至 " not in page
    assert page.count("未报送</span>") == 12


def test_a_county_that_has_not_reported_says_so(province_client):
    lead = get(province_client, "/counties/qinglan/?year=2026").context["screen"].lead
    assert lead == "2026年 · 来信来访 · 本县本年还没有报送"


def test_the_trend_names_its_months_and_how_many_counties_reported_each(march, province_client):
    page = get(province_client, "/?year=2026").content.decode()
    months = [words(one) for one in re.findall(r'<th scope="row">(.*?)</th>', page)]
    assert months[:3] == ["1月 未报送", "2月 未报送", "3月 2县"]


@pytest.mark.parametrize(
    "query", ["year=abc", "year=1", "year=99999", "group=nothing", "month=13", "year=2025&month=2026-03"]
)
def test_an_address_that_means_nothing_is_not_found(province_client, query):
    assert get(province_client, f"/?{query}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/counties/qinglan/"])
def test_strangers_sign_in_first(province, path):
    answer = get(Client(), path)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/sign-in/")


def test_a_program_that_is_a_stranger_is_told_so_as_json(province):
    answer = get(Client(), "/api/board")
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (401, "application/json")
    assert answer.json()["code"] == "permission.not_signed_in"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PROVINCE_VIEWER, 200),
        (Role.PROVINCE_ANALYST, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.AUDITOR, 403),
        (Role.UNIT_CLERK, 403),
    ],
)
def test_a_token_reads_the_board_by_its_role(province, role, status):
    token = issue_api_token(staff=viewer(role), name="试验", at=AT)
    answer = Client().get("/api/board", headers={"Authorization": f"Bearer {token}"}, HTTP_HOST=HOST)
    assert answer.status_code == status
    assert (answer.json().get("code") == "permission.role_missing") is (status == 403)


@pytest.mark.parametrize("query", ["year=abc", "year=1", "year=99999", "group=nothing"])
def test_a_program_is_told_which_part_of_its_question_is_wrong(province_client, query):
    answer = get(province_client, f"/api/board?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "request.misshapen")
    assert query.partition("=")[0] in answer.json()["faults"][0]["where"]


@pytest.mark.parametrize("path", ["/", "/counties/qinglan/", "/api/board"])
def test_whoever_has_no_role_of_the_province_is_refused(province, path):
    assert get(signed_in(Role.AUDITOR), path).status_code == 403


def test_the_board_asks_the_same_few_questions_and_fewer_the_second_time(
    march, province_client, django_assert_num_queries: Callable[..., AbstractContextManager[object]]
):
    """Session, person, years, what the board depends on; the first time also versions, register and sums."""
    get(province_client, "/components/")
    with django_assert_num_queries(7):
        get(province_client, "/?year=2026")
    with django_assert_num_queries(4):
        get(province_client, "/?year=2026")


def test_what_a_table_draws_is_escaped():
    cell = Cell('<b>&"', sub="<i>", href='/?a=1&b="2"')
    assert cell.markup == (
        '<td class="hy-end hy-tone-plain"><a href="/?a=1&amp;b=&quot;2&quot;">&lt;b&gt;&amp;&quot;</a>'
        '<span class="hy-cell-sub">&lt;i&gt;</span></td>'
    )


def test_a_row_of_a_table_has_one_cell_per_head():
    with pytest.raises(ComponentError, match="one cell per head"):
        Grid("counties", "各县", heads=(Head("县"), Head("收件")), lines=(Line((Cell("青岚县"),)),))
