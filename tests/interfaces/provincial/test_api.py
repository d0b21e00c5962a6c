"""The province's own systems: the same numbers as the pages, by token or by a signed-in page, for its roles."""

import json

import pytest
from django.test import Client

from huiyin.accounts.actions import issue_api_token
from huiyin.accounts.roles import Role
from huiyin.kernel.periods import month
from huiyin.platform.statistics.breakdowns import Kind
from huiyin.province import actions, queries

from .conftest import AT, HOST, figure, get, viewer

JANUARY = month("2026-01")
QUESTIONS = (
    "/api/board?year=2026",
    "/api/releases/?year=2026",
    "/api/hotspots?period=2026-01",
    "/api/funnel?year=2026",
    "/api/completeness?year=2026",
)
REFUSED = {"401", "403", "404", "409", "422"}


@pytest.fixture
def march(county, province, push):
    """青岚县 reports March, of which nothing is published yet."""
    push(county, month("2026-03"), classes={"01": (5, 6)})


@pytest.fixture
def january(county, other_county, province, push):
    """Both counties report January; the province publishes it."""
    push(county, JANUARY, [figure("hotspots", 1, 2, "none")], classes={"01": (8, 14), "03": (2, 2)})
    push(other_county, JANUARY, classes={"01": (6, 9), "03": (9, 12)})
    actions.publish_due(of_year=2026, threshold=3, at=AT)
    return queries.newest(Kind.CATEGORY, JANUARY)


def program(role: Role) -> dict[str, str]:
    token = issue_api_token(staff=viewer(role), name="省平台", at=AT)
    return {"Authorization": f"Bearer {token}"}


def sent(client: Client, body: object, **headers: str):
    return client.post(
        "/api/releases/", json.dumps(body), content_type="application/json", headers=headers, HTTP_HOST=HOST
    )


def test_a_hidden_count_is_null_and_zero_is_zero(january, province_client):
    found = get(province_client, f"/api/releases/{january.id}").json()
    qinglan = next(one for one in found["counties"] if one["place"] == "qinglan")
    assert qinglan["amounts"]["03"] == {"part": None, "whole": None}
    assert qinglan["amounts"]["04"] == {"part": 0, "whole": 0}
    assert found["columns"]["03"] == "城乡建设"
    assert [one["version"] for one in found["sources"]] == [1, 1]
    assert get(province_client, "/api/releases/0").status_code == 404


def test_the_list_of_releases_names_each_table(january, province_client):
    found = get(province_client, "/api/releases/?year=2026").json()
    assert {(one["kind"], one["first_on"]) for one in found} == {("category", "2026-01-01"), ("purpose", "2026-01-01")}
    assert len(get(province_client, "/api/releases/?year=2026&kind=purpose").json()) == 1


def test_the_funnel_and_the_completeness_are_those_of_the_pages(january, province_client):
    funnel = get(province_client, "/api/funnel?year=2026").json()
    assert funnel["total"][0] == {"stage": "hotspot", "label": "热点", "count": 2, "of": 2}
    completeness = get(province_client, "/api/completeness?year=2026").json()
    assert {one["county"]: one["months"][0]["version"] for one in completeness} == {"qinglan": 1, "baiyun": 1}
    assert completeness[0]["months"][0]["punctuality"] == "late"


def test_the_board_of_one_month_is_asked_by_its_number(january, county, push, province_client):
    push(county, month("2026-02"), [figure("M1", 1, 4)])
    assert get(province_client, "/api/board?year=2026&month=2").json()["total"]["M1"]["whole"] == 4
    assert get(province_client, "/api/board?year=2026&month=1").json()["total"]["M1"]["whole"] == 0


def test_common_hotspots_name_who_was_left_out(january, province_client):
    found = get(province_client, "/api/hotspots?period=2026-01").json()
    assert (found["compared_first_on"], found["lines"]) == ("2025-01-01", [])
    assert len(found["left_out"]) == 2
    assert get(province_client, "/api/hotspots?period=then").status_code == 422


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("role", "status"), [(Role.PROVINCE_VIEWER, 200), (Role.PROVINCE_ANALYST, 200), (Role.AUDITOR, 403)]
)
def test_a_token_reads_by_its_role(province, question, role, status):
    assert Client().get(question, headers=program(role), HTTP_HOST=HOST).status_code == status


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_stranger_is_told_so(province, question):
    assert get(Client(), question).status_code == 401


@pytest.mark.parametrize(
    ("role", "status"), [(Role.PROVINCE_VIEWER, 403), (Role.PROVINCE_ANALYST, 200), (Role.ADMINISTRATOR, 403)]
)
def test_the_analysts_program_publishes_and_nobody_elses(march, province, role, status):
    answer = sent(Client(), {"year": 2026}, **program(role))
    assert answer.status_code == status
    if status == 200:
        assert answer.json() == {"published": 2}


def test_publishing_twice_is_publishing_once(january, province):
    by = program(Role.PROVINCE_ANALYST)
    assert sent(Client(), {"year": 2026}, **by).json() == {"published": 0}
    assert sent(Client(), {"year": 1}, **by).status_code == 422


def test_a_page_that_publishes_without_its_csrf_token_is_refused(province):
    client = Client(enforce_csrf_checks=True)
    client.force_login(viewer(Role.PROVINCE_ANALYST), backend="huiyin.accounts.backend.StaffBackend")
    assert sent(client, {"year": 2026}).status_code == 403


def test_the_openapi_document_of_the_province_names_its_routes_and_every_answer(province):
    document = get(Client(), "/api/openapi.json").json()
    routes = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert routes == {
        ("/api/board", "get"),
        ("/api/releases/", "get"),
        ("/api/releases/", "post"),
        ("/api/releases/{release_id}", "get"),
        ("/api/hotspots", "get"),
        ("/api/funnel", "get"),
        ("/api/completeness", "get"),
    }
    for methods in document["paths"].values():
        for operation in methods.values():
            assert set(operation["responses"]) == {"200", *REFUSED}
