"""What a leader writes, and what a visitor says and signs, on paper; and the steps of oversight."""

from datetime import UTC, date, datetime, time
from typing import Any

from huiyin.county.assignment.models import Assignment
from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.oversight.actions import steps as oversight
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import Level, Manner, Trigger
from huiyin.county.reception.actions import days, instructions, receptions
from huiyin.county.reception.actions.receptions import SignedRecord
from huiyin.county.reception.models import Reception
from huiyin.county.reception.rules import ArrivalEntry, DayEntry, Exchange, Wish
from huiyin.county.reception.states import PutReason
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import Confidentiality
from huiyin.documents.writing import paper_of

EXCHANGES = (Exchange("反映什么事？", "今年水费收了两次。"), Exchange("要求怎样解决？", "退还多收的水费。"))


def assert_holds(text: str, *words: str) -> None:
    assert [word for word in words if word not in text] == []


def test_an_instruction_is_on_paper_and_again_once_it_is_carried_out(story: Any, people: Any) -> None:
    petition = story.register()
    story.classify()
    put = instructions.put(
        petition_id=petition.pk,
        leader=people.leader,
        reason=PutReason.IMPORTANT,
        note="群众反映集中",
        by=people.clerk,
        at=story.later(),
    )
    wish = Wish(words="请水务局限期查清。", wanted_unit="water", due_on=date(2026, 4, 1))
    written = instructions.write(instruction_id=put.pk, wish=wish, by=people.leader, at=story.later())
    row, paper = story.paper(DocumentKind.INSTRUCTION_SHEET)
    assert row.number == written.number
    assert_holds(
        paper.text,
        petition.number,
        "马大山",
        "重要来信来访",
        "群众反映集中",
        "请水务局限期查清。",
        "李副主任",
        "县水务局",
        "要求时限：2026年4月1日",
        "落实情况：待落实",
    )
    instructions.carry_out(instruction_id=put.pk, outcome="已约谈水务局", by=people.clerk, at=story.later())
    again, after = story.paper(DocumentKind.INSTRUCTION_SHEET)
    assert again.pk != row.pk
    assert_holds(after.text, "已约谈水务局")


def a_party(story: Any, people: Any) -> Reception:
    entry = DayEntry(
        on=date(2026, 3, 2),
        leader_name="李副主任",
        place="一楼接待室",
        from_time=time(9),
        until_time=time(17),
        capacity=4,
    )
    day = days.add(entry=entry, leader=people.leader, by=people.clerk, at=story.later())
    arrival = ArrivalEntry(
        name="马大山", phone="13912340001", subject="水费收了两次", head_count=3, representatives=("马大山", "马小河")
    )
    party = receptions.sign_in(day_id=day.pk, entry=arrival, by=people.clerk, at=story.later())
    receptions.call(reception_id=party.pk, by=people.clerk, at=story.later())
    return receptions.interview(
        reception_id=party.pk, exchanges=EXCHANGES, promised="十日内答复", by=people.clerk, at=story.later()
    )


def registered(story: Any, people: Any, party: Reception, confidentiality: Confidentiality) -> None:
    by = people.clerk if confidentiality is Confidentiality.ORDINARY else people.restricted
    registration = Registration(
        summary="反映水费重复收取", name="马大山", head_count=3, confidentiality=confidentiality
    )
    signed = SignedRecord(signed_by="马大山、马小河", note="当面听取", scan=b"%PDF-1.4\n1\n%%EOF", was_read_back=True)
    done = receptions.register(reception_id=party.pk, registration=registration, signed=signed, by=by, at=story.later())
    story.petition = done.petition


def test_a_record_is_printed_to_be_signed_and_again_with_its_petition(story: Any, people: Any) -> None:
    party = a_party(story, people)
    story.work()
    first = Document.objects.get(petition=None)
    assert_holds(
        paper_of(first).text,
        "接待人：李副主任",
        "记录人：马会计",
        "问：反映什么事？",
        "答：今年水费收了两次。",
        "接待人意见：十日内答复",
        "以上笔录已向我宣读",
        "来访人（代表）签名",
        "来访人数：3人",
        "马大山、马小河",
        "139****0001",
    )
    registered(story, people, party, Confidentiality.ORDINARY)
    row, paper = story.paper(DocumentKind.INTERVIEW_RECORD)
    assert row.number == story.petition.number
    assert_holds(paper.text, "签名：马大山、马小河", story.petition.number)
    first.refresh_from_db()
    assert first.void_reason


def test_a_record_that_turns_out_sealed_is_gone_from_every_list(story: Any, people: Any) -> None:
    party = a_party(story, people)
    story.work()
    assert Document.objects.visible_to(people.clerk).count() == 1
    registered(story, people, party, Confidentiality.SEALED)
    story.work()
    for person in (people.clerk, people.head, people.restricted, people.leader):
        assert Document.objects.visible_to(person).count() == 0


def a_step(story: Any, people: Any, given: Assignment, level: Level) -> Oversight:
    """Take a step towards the unit after its report was due."""
    story.at = max(story.at, datetime(2026, 6, 1, 1, tzinfo=UTC))
    manner: dict[str, Any] = {"manner": Manner.TALK, "held_on": date(2026, 6, 8), "attendees": "水局长"}
    entry = OversightEntry(
        level=level,
        trigger=Trigger.OVERDUE,
        words="请抓紧办理，逐项答复。",
        due_on=date(2026, 6, 15),
        **(manner if level is Level.INTERVIEW else {}),
    )
    approver = None if level is Level.REMINDER else people.leader
    return oversight.issue(assignment_id=given.pk, entry=entry, approver=approver, by=people.head, at=story.later())


def test_the_steps_of_oversight_write_their_letters(story: Any, people: Any) -> None:
    petition = story.register()
    story.classify()
    given = story.assign()
    shared = (
        given.number,
        petition.number,
        "县水务局",
        "何立群",
        "请抓紧办理，逐项答复。",
        "无正当理由未按期办结",
        "已逾期",
        "2026年6月15日",
        "回　执",
        "预计办结日期",
    )
    reminder = a_step(story, people, given, Level.REMINDER)
    row, paper = story.paper(DocumentKind.REMINDER)
    assert (row.number, row.unit_code) == (reminder.number, "water")
    assert_holds(paper.text, reminder.number, "关于催办信访事项的通知", "现予催办", "将依照规定发督办函", *shared)
    letter = a_step(story, people, given, Level.LETTER)
    row, paper = story.paper(DocumentKind.OVERSIGHT_LETTER)
    assert row.number == letter.number
    assert_holds(
        paper.text,
        letter.number,
        "关于督办信访事项的函",
        "《信访工作条例》第四十条",
        f"催办（{reminder.number}",
        *shared,
    )
    talk = a_step(story, people, given, Level.INTERVIEW)
    story.work()
    spoken = paper_of(Document.objects.get(number=talk.number)).text
    assert_holds(spoken, "关于约谈督办信访事项的函", "时间：2026年6月8日", "参加人员：水局长", "记入你单位信访办理情况")
