"""The province at its browser: all counties from pushed numbers, one county's months, the same as JSON."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from huiyin.accounts.actions import issue_api_token, open_account
from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.kernel.periods import month
from huiyin.kernel.tenant import Tenant, entered
from huiyin.platform.statistics import intake

HOST = "province.localhost"
AT = datetime(2026, 4, 3, 1, tzinfo=UTC)


def viewer(role: Role = Role.PROVINCE_VIEWER) -> Staff:
    return open_account(username=f"p_{role.value}", name="省级小陈", roles=frozenset({role}), at=AT)


@pytest.fixture
def province_client(province: Tenant) -> Client:
    client = Client()
    client.force_login(viewer(), backend="huiyin.accounts.backend.StaffBackend")
    return client


@pytest.fixture
def march(county: Tenant, other_county: Tenant, province: Tenant) -> None:
    """青岚县 and 白芸县 report March."""
    for tenant, part, whole in ((county, 9, 10), (other_county, 3, 10)):
        with entered(tenant):
            intake.accept(
                county=tenant,
                key=uuid4(),
                first_on=month("2026-03").first,
                last_on=month("2026-03").last,
                version=1,
                data_as_of=AT,
                figures=[{"indicator": "M1", "channel": "letter", "part": part, "whole": whole}],
                at=AT,
            )


def get(client: Client, path: str):
    return client.get(path, HTTP_HOST=HOST)


def names(answer) -> list[str]:
    return [row.cells[0].text for row in answer.context["screen"].counties.rows]


def test_the_board_shows_part_whole_and_the_sum(march, province_client):
    answer = get(province_client, "/?year=2026")
    assert answer.status_code == 200
    total = answer.context["screen"].counties.rows[-1]
    assert (total.cells[0].text, total.cells[2].text, total.cells[3].text, total.cells[3].sub) == (
        "全省合计",
        "20",
        "60.00%",
        "12 / 20",
    )
    page = answer.content.decode()
    assert "数据截至 2026-04-03 09:00" in page
    assert "青岚县" in page
    assert "件件登记" in page


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
    screen = answer.context["screen"]
    assert screen.months.rows[2].cells[4].sub == "9 / 10"
    assert [row.cells[1].text for row in screen.versions.rows] == ["第1版"]
    assert "集体访批次" in answer.content.decode()
    assert get(province_client, "/counties/nowhere/?year=2026").status_code == 404


def test_programs_read_the_same_numbers(march, province_client):
    found = get(province_client, "/api/board?year=2026").json()
    assert found["total"]["M1"] == {"label": "件件登记", "part": 12, "whole": 20, "percent": "60.00%"}
    assert {line["county"] for line in found["counties"]} == {"qinglan", "baiyun"}
    assert found["months"][2]["counties"] == 2


def test_an_empty_province_still_has_a_board(province_client):
    answer = get(province_client, "/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "本年还没有县报送" in answer.context["screen"].lead
    assert "数据截至" not in answer.context["screen"].lead + answer.context["screen"].trend.as_of
    assert "尚无报送" not in page
    assert set(answer.context["screen"].trend.category_notes) == {"未报送"}


def test_a_county_that_has_not_reported_says_so(province_client):
    lead = get(province_client, "/counties/qinglan/?year=2026").context["screen"].lead
    assert lead == "2026年 · 来信来访 · 本县本年还没有报送"


def test_the_trend_names_its_months_and_how_many_counties_reported_each(march, province_client):
    trend = get(province_client, "/?year=2026").context["screen"].trend
    assert trend.categories[:3] == ("1月", "2月", "3月")
    assert trend.category_notes[:3] == ("未报送", "未报送", "2县")


@pytest.mark.parametrize("query", ["year=abc", "year=1", "year=99999", "group=nothing"])
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


def test_the_openapi_document_of_the_province_names_its_one_route(province):
    document = get(Client(), "/api/openapi.json").json()
    assert set(document["paths"]) == {"/api/board"}
    assert set(document["paths"]["/api/board"]["get"]["responses"]) == {"200", "401", "403", "404", "409", "422"}


@pytest.mark.parametrize("path", ["/", "/counties/qinglan/", "/api/board"])
def test_whoever_has_no_role_of_the_province_is_refused(province, path):
    client = Client()
    client.force_login(viewer(Role.AUDITOR), backend="huiyin.accounts.backend.StaffBackend")
    assert get(client, path).status_code == 403


def test_the_board_asks_few_questions(
    march, province_client, django_assert_max_num_queries: Callable[..., AbstractContextManager[object]]
):
    get(province_client, "/?year=2026")
    with django_assert_max_num_queries(8):
        get(province_client, "/?year=2026")
