"""One reception day, from the roster to what came of it: booked, walked in, received, instructed, assigned."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.office.models import ReceptionDay
from huiyin.county.reception.models import Booking, Instruction, Reception
from huiyin.county.reception.queries import came_of
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.rules import Classification
from huiyin.county.registry.states import Purpose, Recurrence, State
from huiyin.kernel.calendar import local_day

HOST = "qinglan.localhost"
SCAN = b"%PDF-1.4\n1\n%%EOF"
TOKENS = count(1)


class Person:
    """Somebody at a browser: signed in, or a petitioner."""

    def __init__(self, who: Staff | None = None) -> None:
        self.client = Client()
        if who is not None:
            self.client.force_login(who, backend="huiyin.accounts.backend.StaffBackend")

    def sees(self, path: str) -> str:
        answer = self.client.get(path, HTTP_HOST=HOST)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    def does(self, path: str, **values: object) -> Any:
        values.setdefault("form_token", f"reception-day-{next(TOKENS):08d}")
        return self.client.post(path, values, HTTP_HOST=HOST)


@pytest.fixture
def clerk(people: Any) -> Person:
    return Person(people.clerk)


def arranged(clerk: Person, people: Any, *, in_days: int) -> ReceptionDay:
    """The clerk arranges a day of 李副主任."""
    on = local_day(timezone.now()) + timedelta(days=in_days)
    answer = clerk.does(
        "/receptions/days/new",
        on=on.isoformat(),
        leader=people.leader.pk,
        place="一楼接待室",
        from_time="00:01",
        until_time="23:59",
        capacity=3,
    )
    assert answer.status_code == 302, answer.content.decode()
    return ReceptionDay.objects.get(on=on, leader=people.leader)


def received(clerk: Person, party: Reception) -> Any:
    """The record is taken, and the visit registered with its signed scan and the leader's words."""
    answer = clerk.does(
        f"/receptions/{party.pk}/interview",
        question_0="反映什么事？",
        answer_0="水费收了两次。",
        promised="十日内答复",
    )
    assert answer.status_code == 302, answer.content.decode()
    due = local_day(timezone.now()) + timedelta(days=10)
    values = {
        "petitioner_kind": "named",
        "name": "马大山",
        "phone": "13912340001",
        "summary": "反映上松村水费重复收取，要求退还",
        "note": "当面听取，要求退还水费",
        "was_read_back": "on",
        "signed_by": "马大山",
        "scan": SimpleUploadedFile("笔录.pdf", SCAN),
        "words": "请县水务局十日内查实退还",
        "wanted_unit": "water",
        "due_on": due.isoformat(),
    }
    return clerk.does(f"/receptions/{party.pk}/register", **{f"register-{name}": one for name, one in values.items()})


def test_a_reception_day(people: Any, clerk: Person) -> None:
    today = local_day(timezone.now())
    tomorrow, day = arranged(clerk, people, in_days=1), arranged(clerk, people, in_days=0)

    # A petitioner reads the notice, books a place for tomorrow and gives it back.
    petitioner = Person()
    notice = petitioner.sees(f"/portal/receptions/?month={tomorrow.on:%Y-%m}")
    assert f"/portal/receptions/{tomorrow.pk}/book" in notice
    booked = petitioner.does(
        f"/portal/receptions/{tomorrow.pk}/book",
        name="马长根",
        phone="13912340002",
        subject="道路不平",
        head_count=2,
    )
    assert booked.status_code == 200
    code = booked.context["screen"].code.value
    booking = Booking.objects.get(day=tomorrow)
    assert booking.number in booked.content.decode()
    given_back = petitioner.does("/portal/bookings/cancel", number=booking.number, code=code)
    assert "已取消" in given_back.content.decode()

    # On the day two parties sign in; the first is called, the leader reads the brief on the phone.
    for name, phone in (("马大山", "13912340001"), ("马长根", "13912340002")):
        done = clerk.does(
            f"/receptions/days/{day.pk}/sign-in", name=name, phone=phone, subject="水费收了两次", head_count=1
        )
        assert done.status_code == 302, done.content.decode()
    first, second = Reception.objects.filter(day=day).order_by("position")
    leader = Person(people.leader)
    assert "今天等候接访" in leader.sees("/")
    brief = leader.sees(f"/receptions/{first.pk}/")
    assert "马大山" in brief
    assert "13912340001" not in brief
    assert clerk.does(f"/receptions/{first.pk}/call").status_code == 302
    assert clerk.does(f"/receptions/{second.pk}/call").status_code == 409

    # The record is read back and signed: receipt, petition, reading and instruction in one go.
    answer = received(clerk, first)
    assert answer.status_code == 200, answer.content.decode()
    petition = Petition.objects.get(reception=first)
    row = Instruction.objects.get(petition=petition)
    assert (petition.state, petition.reader_name, petition.read_by_leader) == (State.READ.value, "李副主任", True)
    assert (row.reception, row.leader, row.state) == (first, people.leader, "to_carry_out")
    assert row.number in answer.content.decode() or f"/instructions/{row.pk}/" in answer.content.decode()

    # The second party is handed to the office and leaves.
    assert clerk.does(f"/receptions/{second.pk}/hand-over", **{"hand-over-reason": "领导开会"}).status_code == 302
    assert clerk.does(f"/receptions/{second.pk}/leave", **{"leave-reason": "下次再来"}).status_code == 302

    # The clerk classifies and assigns as the leader wished: the clock starts the same day, with the leader's date.
    classified(petition, people, timezone.now())
    done = clerk.does(
        f"/instructions/{row.pk}/assign",
        **{
            "assign-unit": "water",
            "assign-handler_name": "何立群",
            "assign-due_on": row.due_on.isoformat() if row.due_on else "",
            "assign-instruction": row.words,
            "assign-redaction_confirmed": "on",
        },
    )
    assert done.status_code == 302, done.content.decode()
    given = Assignment.objects.get(petition=petition)
    started = Deadline.objects.running().filter(petition=petition, unit__code="water", clock="report").get()
    assert (given.due_on, local_day(started.started_at)) == (row.due_on, today)

    # The leader sees what came of it; the petition is in no other leader's list.
    came = came_of(people.leader, first_on=today, last_on=today)
    assert [(one.number, one.how, one.owner) for one in came] == [(petition.number, "接访", "县水务局（何立群）")]
    page = leader.sees("/leaders/")
    assert petition.number in page
    assert petition.number not in Person(people.group_head).sees("/leaders/")


def classified(petition: Petition, people: Any, at: datetime) -> None:
    """The clerk classifies the petition."""
    decided = Classification(
        purpose=Purpose.CLAIM, category_code="0110", category_path="农业农村/农业水费", recurrence=Recurrence.FIRST
    )
    petitions.classify(petition_id=petition.pk, classification=decided, by=people.clerk, at=at)
