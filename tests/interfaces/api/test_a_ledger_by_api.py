"""台账导入 by program: the same steps, the same refusals and the same once as on the screen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from huiyin.county.ledger.models import ImportRow, ImportRun
from huiyin.county.registry.models import Petition
from huiyin.jobs import ledger as jobs
from huiyin.kernel.tenant import PUBLIC, Tenant, entered

HEADINGS = "信访件编号,来信的人,信访日期,登记日期,信访形式,概况,登记人\n"
GOOD = "旧2025-1,马大山,2025-03-03,2025-03-03,来信,反映上松村农业水费收缴标准不公开,马会计\n"
BAD = "旧2025-2,刘春生,2019.13.45,,来信,日期写错的一件,马会计\n"
LEDGER = (HEADINGS + GOOD + BAD).encode()
KEY = "one-import-of-the-year"


@pytest.fixture
def uploaded(program: Any, people: Any) -> Callable[..., dict[str, Any]]:
    """Upload a ledger and return what the API answers."""

    def taken(data: bytes = LEDGER, name: str = "二〇二五年台账.csv") -> dict[str, Any]:
        answer = program(people.clerk).upload("/imports/files", name, data)
        assert answer.status_code == 200, answer.content.decode()
        found: dict[str, Any] = answer.json()
        return found

    return taken


@pytest.fixture
def tried(program: Any, people: Any, uploaded: Any) -> Callable[..., int]:
    """Try a ledger out and return the id of its run."""

    def run_of(data: bytes = LEDGER) -> int:
        body = {"file": uploaded(data)["file"], "columns": {"来信的人": "姓名"}}
        answer = program(people.clerk).post("/imports/", body)
        assert answer.status_code == 200, answer.content.decode()
        pk: int = answer.json()["id"]
        return pk

    return run_of


def carried_out(run: ImportRun, county: Tenant) -> None:
    """Do what the worker would."""
    by = run.started_by_id
    jobs.carry_out.fn(county=county.schema, key="test", at=run.started_at.isoformat(), run_id=run.pk, by_id=by)


def queued() -> list[int]:
    with entered(PUBLIC), connection.cursor() as cursor:
        cursor.execute(
            "SELECT message->'kwargs'->>'run_id' FROM dramatiq.queue WHERE message->>'actor_name' = 'ledger.carry_out'"
        )
        return [int(row[0]) for row in cursor.fetchall()]


def test_an_uploaded_ledger_tells_its_columns_and_imports_nothing(uploaded: Any, tables: Any) -> None:
    before = tables()
    found = uploaded()
    assert (found["rows"], found["heading_line"], found["missing"]) == (2, 1, [])
    fields = {column["heading"]: column["field"] for column in found["columns"]}
    assert (fields["信访件编号"], fields["来信的人"]) == ("source_number", "")
    assert found["columns"][0]["samples"] == ["旧2025-1", "旧2025-2"]
    assert tables() == before


def test_a_ledger_goes_from_the_file_to_the_report(program: Any, people: Any, tried: Any, county: Tenant) -> None:
    clerk, run_id = program(people.clerk), tried()
    trial = clerk.get(f"/imports/{run_id}").json()
    assert (trial["state"], trial["counts"]) == (
        "checked",
        {"accepted": 1, "imported": 0, "known": 0, "refused": 1},
    )
    assert trial["mapping"]["来信的人"] == "name"
    assert not Petition.objects.exists()
    assert clerk.post(f"/imports/{run_id}/carry-out").json()["id"] == run_id
    assert queued() == [run_id]
    carried_out(ImportRun.objects.get(pk=run_id), county)
    done = clerk.get(f"/imports/{run_id}").json()
    assert (done["state"], done["counts"]["imported"], done["counts"]["refused"]) == ("finished", 1, 1)
    (petition,) = Petition.objects.all()
    assert (petition.source_number, petition.petitioner.name) == ("旧2025-1", "马大山")
    rows = clerk.get(f"/imports/{run_id}/rows", fate="refused").json()
    assert (rows["total"], rows["items"][0]["source_number"]) == (1, "旧2025-2")
    assert "信访日期" in rows["items"][0]["reasons"][0]
    assert [one["id"] for one in clerk.get("/imports/").json()] == [run_id]


def test_the_same_key_tries_a_ledger_once_and_another_ledger_not_at_all(
    program: Any, people: Any, uploaded: Any
) -> None:
    clerk, body = program(people.clerk), {"file": uploaded()["file"], "columns": {"来信的人": "name"}}
    first, again = (clerk.post("/imports/", body, key=KEY).json() for _ in range(2))
    assert first == again
    assert ImportRun.objects.count() == 1
    other = clerk.post("/imports/", {**body, "columns": {}}, key=KEY)
    assert (other.status_code, other.json()["code"]) == (422, "submission.other_body")


def test_sent_twice_an_import_is_one_message(program: Any, people: Any, tried: Any) -> None:
    clerk, run_id = program(people.clerk), tried()
    for key in (KEY, KEY, "another-key-altogether"):
        assert clerk.post(f"/imports/{run_id}/carry-out", key=key).status_code == 200
    assert queued() == [run_id]


def test_the_second_import_of_the_same_ledger_changes_nothing(
    program: Any, people: Any, tried: Any, county: Tenant
) -> None:
    carried_out(ImportRun.objects.get(pk=tried()), county)
    again = program(people.clerk).get(f"/imports/{tried()}").json()
    assert (again["counts"]["known"], again["counts"]["accepted"]) == (1, 0)
    assert Petition.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.xlsx", b"", "ledger.empty"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "ledger.old_format"),
        ("名单.csv", "一,二\n三,四\n".encode(), ""),
        ("坏.xlsx", b"PK\x03\x04x", ""),
    ],
)
def test_what_is_no_ledger_is_refused_in_words(  # noqa: PLR0917  # a table's columns and the people
    name: str, data: bytes, code: str, program: Any, people: Any, tables: Any
) -> None:
    before = tables()
    answer = program(people.clerk).upload("/imports/files", name, data)
    assert (answer.status_code, bool(answer.json()["words"])) == (409, True)
    assert answer.json()["code"].startswith(code or "ledger.")
    assert tables() == before


@pytest.mark.parametrize(
    ("columns", "status", "code"),
    [
        ({"没有的列": "name"}, 409, "ledger.heading_unknown"),
        ({"来信的人": "星座"}, 409, "ledger.field_unknown"),
        ({"概况": ""}, 409, "ledger.columns_missing"),
        ({"来信的人": "name", "登记人": "姓名"}, 409, "ledger.field_twice"),
        ({"来信的人": 7}, 422, "request.misshapen"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_and_tries_nothing(  # noqa: PLR0917  # a table's columns and the people
    columns: dict[str, object], status: int, code: str, program: Any, people: Any, uploaded: Any
) -> None:
    answer = program(people.clerk).post("/imports/", {"file": uploaded()["file"], "columns": columns})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["words"]
    assert not ImportRow.objects.exists()


def test_an_upload_that_was_changed_or_is_another_countys_is_not_there(
    program: Any, people: Any, uploaded: Any, foreign: Any
) -> None:
    file = uploaded()["file"]
    for caller, written in ((program(people.clerk), f"{file}x"), (program(people.clerk), "nonsense"), (foreign, file)):
        answer = caller.post("/imports/", {"file": written})
        assert (answer.status_code, answer.json()["code"]) == (404, "ledger.unknown_upload")


def test_an_import_of_nobody_or_of_another_county_is_not_there(
    program: Any, people: Any, tried: Any, foreign: Any
) -> None:
    run_id = tried()
    for caller, number in ((program(people.clerk), 987654321), (foreign, run_id)):
        for path in (f"/imports/{number}", f"/imports/{number}/rows"):
            assert caller.get(path).json()["code"] == "ledger.unknown_run"
        assert caller.post(f"/imports/{number}/carry-out").status_code == 404
    assert queued() == []


@pytest.mark.parametrize("role", ["auditor", "leader", "mail_room", "administrator", "unit_clerk"])
def test_whoever_may_not_import_is_refused_at_every_step(role: str, program: Any, people: Any, tried: Any) -> None:
    run_id, by = tried(), program(getattr(people, role))
    before = ImportRun.objects.count()
    answers = [
        by.upload("/imports/files", "台账.csv", LEDGER),
        by.post("/imports/", {"file": "nonsense"}),
        by.post(f"/imports/{run_id}/carry-out"),
        by.get("/imports/"),
        by.get(f"/imports/{run_id}"),
        by.get(f"/imports/{run_id}/rows"),
    ]
    assert {(one.status_code, one.json()["code"]) for one in answers} == {(403, "permission.role_missing")}
    assert ImportRun.objects.count() == before


def test_an_accusation_in_a_ledger_shows_no_content(program: Any, people: Any, tried: Any) -> None:
    heading, row = HEADINGS.replace("登记人", "信访目的"), GOOD.replace("马会计", "揭发控告")
    rows = program(people.clerk).get(f"/imports/{tried((heading + row).encode())}/rows").json()["items"]
    assert [(one["fate"], one["summary"]) for one in rows] == [("refused", "检举控告件")]
    assert "水费" not in str(rows)
