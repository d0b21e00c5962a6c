"""A leader's pages on the phone, the office's queue of instructions, and who may open them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.journal.models import Entry
from huiyin.county.reception.actions import instructions
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.rules import Wish
from huiyin.county.reception.states import InstructionState, PutReason
from huiyin.county.registry.models import Petition
from huiyin.county.registry.secrecy_models import Recusal
from huiyin.county.registry.states import State
from huiyin.kernel.calendar import local_day

READERS = frozenset({"clerk", "head", "leader", "group_head", "restricted", "auditor"})
EVERYBODY = (*sorted(READERS), "mail_room", "administrator", "unit_clerk", "unit_head")


@pytest.fixture
def an_instruction(people: Any, a_petition: Any) -> Any:
    """Put a petition before 李副主任, and let him write when words are given."""

    def made(state: State = State.CLASSIFIED, *, words: str = "", unit: str = "water") -> Instruction:
        petition = a_petition(state)
        at = timezone.now()
        row = instructions.put(
            petition_id=petition.pk, leader=people.leader, reason=PutReason.IMPORTANT, by=people.clerk, at=at
        )
        if words:
            wish = Wish(words=words, wanted_unit=unit, due_on=local_day(at) + timedelta(days=10))
            row = instructions.write(instruction_id=row.pk, wish=wish, by=people.leader, at=at)
        return row

    return made


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("path", ["/instructions/", "/receptions/", "/leaders/"])
def test_a_page_opens_for_its_roles_and_no_others(path: str, role: str, people: Any, browser: Any) -> None:
    wanted = {"leader", "group_head"} if path == "/leaders/" else READERS
    assert browser(getattr(people, role)).get(path).status_code == (200 if role in wanted else 403)


def test_the_leaders_first_page_shows_what_waits(people: Any, browser: Any, an_instruction: Any) -> None:
    row = an_instruction()
    for path in ("/", "/leaders/"):
        page = browser(people.leader).get(path).content.decode()
        assert f"/instructions/{row.pk}/" in page
        assert row.petition.summary in page
    assert f"/instructions/{row.pk}/" not in browser(people.group_head).get("/leaders/").content.decode()
    assert "待我阅批" not in browser(people.clerk).get("/").content.decode()


def test_a_leader_reads_the_original_and_writes_on_the_phone(people: Any, browser: Any, an_instruction: Any) -> None:
    row = an_instruction()
    scan = row.petition.attachments.get()
    leader = browser(people.leader)
    page = leader.get(f"/instructions/{row.pk}/").content.decode()
    assert f"/attachments/{scan.pk}/" in page
    assert "13912340001" not in page
    assert "hy-leader" in page
    due = (local_day(timezone.now()) + timedelta(days=10)).isoformat()
    answer = leader.post(
        f"/instructions/{row.pk}/write",
        **{"write-words": "请县水务局核实退还", "write-wanted_unit": "water", "write-due_on": due},
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/instructions/{row.pk}/")
    row.refresh_from_db()
    assert (row.state, row.words, row.wanted_unit.code) == ("to_carry_out", "请县水务局核实退还", "water")
    queue = browser(people.clerk).get("/instructions/").content.decode()
    assert "请县水务局核实退还" in queue


def test_a_picture_stands_on_the_page_itself(people: Any, browser: Any, an_instruction: Any) -> None:
    row = an_instruction()
    row.petition.attachments.update(media_type="image/png")
    page = browser(people.leader).get(f"/instructions/{row.pk}/").content.decode()
    assert f'<img src="/attachments/{row.petition.attachments.get().pk}/"' in page


def test_reading_without_words_is_one_button(people: Any, browser: Any, an_instruction: Any) -> None:
    row = an_instruction()
    assert browser(people.leader).post(f"/instructions/{row.pk}/read").status_code == 302
    row.refresh_from_db()
    assert row.state == InstructionState.READ.value


def test_of_a_pending_case_the_page_offers_only_the_route_and_a_try_is_written_down(
    people: Any, browser: Any, an_instruction: Any
) -> None:
    row = an_instruction()
    leader = browser(people.leader)
    Petition.objects.filter(pk=row.petition_id).update(is_litigation=True)
    page = leader.get(f"/instructions/{row.pk}/").content.decode()
    assert 'name="write-route"' in page
    assert 'name="write-words"' not in page
    answer = leader.post(f"/instructions/{row.pk}/write", **{"write-words": "请法院改判", "write-route": "judicial"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert "改判" not in row.words


def test_the_clerk_assigns_as_the_leader_wished_and_the_queue_is_empty(
    people: Any, browser: Any, an_instruction: Any
) -> None:
    row = an_instruction(words="请县水务局十日内退还")
    clerk = browser(people.clerk)
    page = clerk.get(f"/instructions/{row.pk}/").content.decode()
    assert 'name="assign-unit"' in page
    assert row.due_on.isoformat() in page
    answer = clerk.post(
        f"/instructions/{row.pk}/assign",
        **{
            "assign-unit": "water",
            "assign-handler_name": "何立群",
            "assign-due_on": row.due_on.isoformat(),
            "assign-instruction": row.words,
            "assign-redaction_confirmed": "on",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    row.refresh_from_db()
    assert (row.state, row.assignment.due_on) == (InstructionState.CARRIED_OUT.value, row.due_on)
    told = browser(people.leader).get(f"/instructions/{row.pk}/").content.decode()
    assert "县水务局（何立群）" in told
    assert row.number not in clerk.get("/instructions/").content.decode()
    assert row.number in clerk.get("/instructions/", state="carried_out").content.decode()


def test_before_it_is_classified_the_clerk_is_led_to_classify(people: Any, browser: Any, an_instruction: Any) -> None:
    row = an_instruction(State.READ, words="请核实")
    page = browser(people.clerk).get(f"/instructions/{row.pk}/").content.decode()
    assert "还没有归类" in page
    assert 'name="assign-unit"' not in page
    refused = browser(people.clerk).post(f"/instructions/{row.pk}/carry-out", **{"carry-out-outcome": ""})
    assert refused.status_code == 409
    assert "怎样落实" in refused.content.decode()


def test_the_clerk_puts_it_before_a_leader_from_the_petitions_page(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(State.READ)
    clerk = browser(people.clerk)
    assert "送领导阅批" in clerk.get(f"/petitions/{petition.pk}/").content.decode()
    answer = clerk.post(
        f"/petitions/{petition.pk}/put",
        **{
            "put-leader": people.leader.pk,
            "put-reason": "important",
            "put-note": "请阅",
            "put-version": petition.version,
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    assert petition.instructions.get().note == "请阅"
    assert "待阅批" in clerk.get(f"/petitions/{petition.pk}/").content.decode()


def test_a_recused_leader_finds_nothing_and_his_try_is_written_down(
    people: Any, browser: Any, an_instruction: Any
) -> None:
    row = an_instruction()
    Recusal.objects.create(
        petition=row.petition, staff=people.leader, reason="亲属", decided_at=timezone.now(), decided_by=people.head
    )
    leader = browser(people.leader)
    assert leader.get(f"/instructions/{row.pk}/").status_code == 404
    assert row.petition.summary not in leader.get("/").content.decode()
    assert not Entry.objects.filter(event="instruction.refused").exists()
    assert leader.post(f"/instructions/{row.pk}/write", **{"write-words": "请速办"}).status_code == 404
    told = Entry.objects.get(event="instruction.refused")
    assert (told.values["code"], told.by_id) == ("instruction.barred", people.leader.pk)


def test_an_act_that_nobody_knows_is_not_there(people: Any, browser: Any, an_instruction: Any) -> None:
    assert browser(people.clerk).post(f"/instructions/{an_instruction().pk}/invent").status_code == 404
    assert browser(people.clerk).get("/instructions/987654321/").status_code == 404


def test_the_list_asks_the_same_questions_for_one_row_and_for_many(
    people: Any, browser: Any, an_instruction: Any, queries_of: Any
) -> None:
    clerk = browser(people.clerk)
    an_instruction(words="请核实")
    one = queries_of(lambda: clerk.get("/instructions/"))
    for _ in range(3):
        an_instruction(words="请核实")
    assert queries_of(lambda: clerk.get("/instructions/")) == one
