"""What came of one letter: parts, repeats and reopenings tell nothing of each other to whom it is not for."""

from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.assignment.actions import splits
from huiyin.county.assignment.rules.splits import SplitEntry
from huiyin.county.ledger.models import ImportRow, ImportRun
from huiyin.county.registry.actions import attachments, petitions, secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import AttachmentKind, Purpose, Recurrence
from huiyin.county.reply.actions import evaluations
from huiyin.county.reply.states import ReopenGround
from huiyin.kernel.refusal import Refusal

from .surfaces import text_of


def test_a_scan_that_was_kept_back_stays_so_under_a_further_number(story: Any, people: Any, reader: Any) -> None:
    first, by = story.petitions["mixed_claim"], people.restricted
    again = Registration(summary="另一件事", name="马大山", is_split=True)
    made = petitions.register(receipt_id=first.receipt_id, registration=again, by=by, at=story.later()).petition
    shared = attachments.share_original(
        petition_id=made.pk, source_id=first.pk, kind=AttachmentKind.ORIGINAL, by=by, at=story.later()
    )
    assert shared.is_kept_back
    assert reader("clerk").get(f"/petitions/{made.pk}/").status_code == 200
    assert reader("clerk").get(f"/attachments/{shared.pk}/").status_code == 404
    assert story.word("mixed_accusation", "scan") in text_of(reader("restricted").get(f"/attachments/{shared.pk}/"))


@pytest.mark.parametrize("person", ["clerk", "leader"])
def test_whoever_stays_away_from_a_petition_stays_away_from_what_came_of_it(
    person: str, story: Any, people: Any
) -> None:
    petition, staff, by = story.petitions["archived"], getattr(people, person), people.head
    asked = evaluations.ask_reopening(
        petition_id=petition.pk, ground=ReopenGround.NEW_FACTS, words="又多收了", by=by, at=story.later()
    )
    petition.recusals.create(staff=staff, reason="亲属", decided_at=story.later(), decided_by=by)
    petition.accused.create(name="高站长", added_at=story.later(), added_by=by)
    agreed = evaluations.agree_to_reopen(request_id=asked.pk, decision="有新事实", by=by, at=story.later())
    reopened = agreed.reopened_as
    assert reopened is not None
    assert not Petition.objects.listed_for(staff).filter(pk=reopened.pk).exists()
    assert list(reopened.accused.values_list("name", flat=True)) == ["高站长"]


def test_whoever_stays_away_from_a_petition_stays_away_from_what_joins_its_matter(
    story: Any, people: Any, reader: Any
) -> None:
    hidden, other, by = story.petitions["recused"], story.register("ordinary"), people.head
    classes = Classification(Purpose.CLAIM, "0110", "农业农村/农业水费", Recurrence.REPEAT, repeats_id=hidden.pk)
    petitions.classify(petition_id=other.pk, classification=classes, by=by, at=story.later())
    assert hidden.number in text_of(reader("head").get(f"/petitions/{other.pk}/"))
    kept_away = reader("clerk").get(f"/petitions/{other.pk}/")
    assert kept_away.status_code == 404
    assert other.number not in text_of(kept_away)
    assert hidden.number not in text_of(kept_away)


@pytest.mark.parametrize(("name", "is_shown"), [("clerk", False), ("head", False), ("restricted", True)])
def test_the_report_of_an_import_is_silent_on_what_was_sealed_since(
    name: str, *, is_shown: bool, story: Any, people: Any, reader: Any
) -> None:
    petition = story.petitions["sealed_on_head"]
    run = ImportRun.objects.create(
        name="台账.xlsx", sha256="0" * 64, state="finished", mapping={}, started_at=story.at, started_by=people.clerk
    )
    cells = {"summary": story.word("sealed_on_head", "summary")}
    ImportRow.objects.create(
        run=run, line=2, source_number="旧字88号", cells=cells, fate="imported", petition_id=petition.pk
    )
    by = reader(name)
    for text in (text_of(by.get(f"/imports/{run.pk}/")), text_of(by.call(f"/api/imports/{run.pk}/rows"))):
        assert (cells["summary"] in text) is is_shown
        assert ("旧字88号" in text) is is_shown


def test_a_list_by_program_tells_of_a_sealed_item_its_number_and_no_more(story: Any, reader: Any) -> None:
    sealed = story.petitions["sealed"].number
    (line,) = (one for one in reader("clerk").call("/api/petitions/").json()["items"] if one["number"] == sealed)
    blank = {"id": None, "state": "", "channel": "", "received_on": None}
    assert line == {**blank, "number": sealed, "summary": "检举控告件"}
    for state in ("registered", "read", "classified"):
        items = reader("clerk").call("/api/petitions/", state=state).json()["items"]
        assert sealed not in {one["number"] for one in items}


def test_the_reason_of_a_void_stays_with_what_was_sealed(story: Any, people: Any, reader: Any) -> None:
    petition = story.petitions["sealed"]
    petitions.void(
        petition_id=petition.pk,
        reason="反映高站长的已另登",
        approver=people.leader,
        by=people.restricted,
        at=story.later(),
    )
    assert "反映高站长的已另登" in text_of(reader("restricted").get("/promises/"))
    page = text_of(reader("clerk").get("/promises/"))
    assert petition.number in page
    assert "反映高站长的已另登" not in page


def test_a_message_is_gone_with_the_petition_it_tells_of(story: Any, people: Any, reader: Any) -> None:
    petition = story.petitions["sealed_for_leader"]
    leader = reader("leader")
    assert petition.number in text_of(leader.get("/notifications/"))
    accused = [AccusedEntry("李副主任", staff_id=people.leader.pk)]
    secrecy.accuse(petition_id=petition.pk, accused=accused, by=people.restricted, at=story.later())
    assert petition.number not in text_of(leader.get("/notifications/"))
    assert petition.number not in text_of(leader.call("/api/notifications/"))


@pytest.mark.parametrize("act", [petitions.void, secrecy.unseal])
def test_whoever_stands_accused_is_not_the_second_person(act: Any, story: Any, people: Any) -> None:
    petition, by, head = story.petitions["sealed_on_head"], people.restricted, people.head
    with pytest.raises(Refusal, match="不能审批本件") as refused:
        act(petition_id=petition.pk, reason="重复", approver=head, by=by, at=story.later())
    assert refused.value.code == "disposition.approver_barred"


@pytest.mark.parametrize(
    ("kind", "name", "is_told"),
    [
        ("ordinary", "clerk", True),
        ("ordinary", "leader", True),
        ("recused", "clerk", False),
        ("recused", "leader", False),
        ("recused", "head", True),
        ("sealed", "clerk", False),
        ("sealed", "leader", False),
        ("sealed_for_leader", "leader", True),
        ("sealed_for_leader", "clerk", False),
        ("sealed_on_head", "head", False),
    ],
)
def test_a_brief_tells_of_earlier_letters_what_its_reader_may_see(
    kind: str, name: str, *, is_told: bool, story: Any, people: Any, reader: Any
) -> None:
    desk, today = reader("restricted"), timezone.localdate().isoformat()
    day = {"on": today, "leader_id": people.leader.pk, "leader_name": "李副主任", "place": "一楼", "capacity": 3}
    day_id = desk.send("/api/receptions/days", day).json()["id"]
    visitor = {"name": "来访人", "phone": story.word(kind, "phone"), "subject": "来访"}
    party = desk.send(f"/api/receptions/days/{day_id}/sign-in", visitor).json()["id"]
    by = reader(name)
    for answer in (by.get(f"/receptions/{party}/"), by.call(f"/api/receptions/{party}/brief")):
        assert answer.status_code == 200
        assert (story.word(kind, "summary") in text_of(answer)) is is_told
        assert (story.number(kind) in text_of(answer)) is is_told


def test_whoever_a_secret_item_accuses_finds_no_count_of_it(story: Any, reader: Any) -> None:
    day = story.at.date()
    span = {"first": f"{day.year}-01-01", "last": f"{day.year}-12-31"}
    secret = [story.petitions[kind].number for kind in ("number_only", "sealed_on_head")]

    def received(name: str) -> int:
        columns = reader(name).call("/api/promises/", **span).json()["columns"]
        whole: int = columns[-1]["promises"][0]["whole"]
        return whole

    assert received("restricted") - received("head") == len(secret)
    page = text_of(reader("head").get("/promises/M4/missing", group="all", year=str(day.year)))
    assert not [number for number in secret if number in page]


def test_an_instruction_on_the_whole_letter_stays_with_its_accusation(story: Any, people: Any, reader: Any) -> None:
    petition, by = story.register("ordinary"), people.restricted
    story.instruct(petition, "void")
    words = story.word("void", "instruction")
    assert words in text_of(reader("clerk").get(f"/petitions/{petition.pk}/"))
    entry = SplitEntry("要求退水费", "要求退还水费", "反映高站长", (AccusedEntry("高站长"),), ("退还水费",))
    splits.split(petition_id=petition.pk, entry=entry, checked_by=people.head, by=by, at=story.later())
    for name, is_shown in (("clerk", False), ("leader", False), ("restricted", True)):
        told = reader(name)
        for answer in (told.get(f"/petitions/{petition.pk}/"), told.call("/api/instructions/")):
            assert (words in text_of(answer)) is is_shown
    assert words not in text_of(reader("leader").get("/leaders/"))
