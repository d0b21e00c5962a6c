"""A reception day and its instruction by program: the same acts, the same refusals, each once per key."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.journal.models import Entry
from huiyin.county.reception.models import Instruction, Reception
from huiyin.county.registry.models import Petition
from huiyin.kernel.calendar import local_day

SCAN = base64.b64encode(b"%PDF-1.4\n1\n%%EOF").decode()
BOOKING = {"name": "马长根", "phone": "13912340002", "subject": "道路不平", "head_count": 2}


def a_day(program: Any, people: Any, *, in_days: int = 0) -> int:
    on = local_day(timezone.now()) + timedelta(days=in_days)
    body = {
        "on": on.isoformat(),
        "leader_id": people.leader.pk,
        "place": "一楼接待室",
        "from_time": "00:01",
        "until_time": "23:59",
        "capacity": 3,
    }
    answer = program(people.clerk).post("/receptions/days", body)
    assert answer.status_code == 200, answer.content.decode()
    pk: int = answer.json()["id"]
    return pk


def a_party(program: Any, people: Any, *, is_called: bool = True) -> int:
    clerk, day = program(people.clerk), a_day(program, people)
    body = {"name": "马大山", "phone": "13912340001", "subject": "水费收了两次"}
    pk: int = clerk.post(f"/receptions/days/{day}/sign-in", body).json()["id"]
    if is_called:
        assert clerk.post(f"/receptions/{pk}/call").status_code == 200
    return pk


def registered(program: Any, people: Any, party: int, **values: object) -> Any:
    clerk = program(people.clerk)
    talk = {"exchanges": [{"question": "反映什么事？", "answer": "水费收了两次。"}], "promised": "十日内答复"}
    assert clerk.post(f"/receptions/{party}/interview", talk).status_code == 200
    body = {
        "registration": {"summary": "反映水费重复收取", "name": "马大山", "phone": "13912340001"},
        "note": "当面听取",
        "signed_by": "马大山",
        "was_read_back": True,
        "scan": SCAN,
        "wish": {"words": "请县水务局十日内退还", "wanted_unit": "water"},
        **values,
    }
    return clerk.post(f"/receptions/{party}/register", body)


def test_a_party_becomes_a_petition_with_its_instruction(program: Any, people: Any) -> None:
    answer = registered(program, people, a_party(program, people))
    assert answer.status_code == 200, answer.content.decode()
    told = answer.json()
    assert (told["state"], len(told["query_code"])) == ("read", 12)
    row = Instruction.objects.get(petition=told["id"])
    assert (row.leader, str(row.wanted_unit)) == (people.leader, "县水务局")
    came = program(people.leader).get("/receptions/came-of").json()
    assert [(one["number"], one["how"], one["words"]) for one in came] == [
        (told["number"], "接访", "请县水务局十日内退还")
    ]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"was_read_back": False}, "reception.not_read_back"),
        ({"signed_by": ""}, "reception.not_signed"),
        ({"scan": ""}, "attachment.empty"),
    ],
)
def test_without_its_signed_record_nothing_is_registered(
    values: dict[str, object], code: str, program: Any, people: Any, tables: Any
) -> None:
    party = a_party(program, people)
    before = tables()
    answer = registered(program, people, party, **values)
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    after = tables()
    assert (after["Receipt"], after["Petition"], after["numbers"]) == (
        before["Receipt"],
        before["Petition"],
        before["numbers"],
    )


def test_the_same_key_signs_in_once(program: Any, people: Any) -> None:
    day, clerk = a_day(program, people), program(people.clerk)
    body = {"name": "马大山", "subject": "水费收了两次"}
    one, two = (clerk.post(f"/receptions/days/{day}/sign-in", body, key="sign-in-000000001") for _ in range(2))
    assert one.json() == two.json()
    assert Reception.objects.filter(day=day).count() == 1


def test_the_desk_books_tells_the_code_and_the_leader_sees_masked_phones(program: Any, people: Any) -> None:
    day, clerk = a_day(program, people, in_days=1), program(people.clerk)
    made = clerk.post(f"/receptions/days/{day}/bookings", BOOKING)
    assert len(made.json()["query_code"]) == 12
    shown = program(people.leader).get(f"/receptions/days/{day}/bookings").json()
    assert [one["phone"] for one in shown] == ["139****0002"]
    assert program(people.group_head).get(f"/receptions/days/{day}/bookings").status_code == 404
    cancelled = clerk.post(f"/receptions/bookings/{made.json()['id']}/cancel", {"reason": "本人来电"})
    assert cancelled.json()["state"] == "cancelled"
    month = local_day(timezone.now()) + timedelta(days=1)
    roster = clerk.get("/receptions/days", of_year=month.year, of_month=month.month).json()
    assert [one["booked"] for one in roster if one["id"] == day] == [0]


def test_a_leader_writes_by_program_and_a_pending_case_is_refused_and_written_down(program: Any, people: Any) -> None:
    pk = registered(program, people, a_party(program, people), wish=None).json()["id"]
    clerk, leader = program(people.clerk), program(people.leader)
    put = clerk.post("/instructions/", {"petition_id": pk, "leader_id": people.leader.pk, "reason": "important"})
    assert put.status_code == 200, put.content.decode()
    row = put.json()["id"]
    Petition.objects.filter(pk=pk).update(is_litigation=True)
    refused = leader.post(f"/instructions/{row}/write", {"words": "请法院改判"})
    assert (refused.status_code, refused.json()["code"]) == (409, "instruction.on_the_merits")
    assert Entry.objects.filter(event="instruction.refused", petition_id=pk).count() == 1
    written = leader.post(f"/instructions/{row}/write", {"route": "judicial"})
    assert (written.status_code, written.json()["state"]) == (200, "to_carry_out")
    done = clerk.post(f"/instructions/{row}/carry-out", {"outcome": "已书面引导信访人向法院提出"})
    assert done.json()["state"] == "carried_out"
    assert leader.get(f"/instructions/{row}").json()["outcome"] == "已书面引导信访人向法院提出"


def test_another_countys_instruction_and_reception_are_not_there(program: Any, people: Any, foreign: Any) -> None:
    party = a_party(program, people)
    for path in (f"/receptions/{party}/brief", "/instructions/987654321"):
        assert foreign.get(path).status_code == 404
    assert foreign.post(f"/receptions/{party}/call").status_code == 404
