"""新证据: what a repeat brings inside the handling period travels to the units of the main petition (DOMAIN §4)."""

from typing import Any

import pytest

from huiyin.county.assignment.actions import new_evidence
from huiyin.county.assignment.evidence_models import NewEvidence
from huiyin.county.assignment.rules.dispositions import CoHandler
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification, Unit
from huiyin.county.registry.actions import attachments
from huiyin.county.registry.models import Attachment
from huiyin.county.registry.states import AttachmentKind, Confidentiality, Recurrence, Relation

from .conftest import moment, refused


@pytest.fixture
def main(desk: Any) -> Any:
    petition = desk.classified()
    desk.sign(desk.assign(petition))
    petition.refresh_from_db()
    return petition


@pytest.fixture
def repeat(desk: Any, main: Any) -> Any:
    about = {"recurrence": Recurrence.REPEAT, "repeats_id": main.pk}
    return desk.classified(about=about, relation=Relation.REPEAT, earlier_id=main.pk)


def file_of(petition: Any, people: Any, words: str = "收据") -> Attachment:
    data = f"%PDF-1.4\n{words}\n%%EOF".encode()
    told = {"kind": AttachmentKind.OTHER, "name": f"{words}.pdf", "data": data, "by": people.clerk, "at": moment(3, 6)}
    return attachments.attach(petition_id=petition.pk, **told)


def passed_on(petition: Any, people: Any, **values: Any) -> NewEvidence:
    told = {"words": "又找到去年七月的收据", "redaction_confirmed": True, "by": people.clerk, "at": moment(3, 9)}
    return new_evidence.pass_on(petition_id=petition.pk, **{**told, **values})


def test_the_unit_of_the_main_petition_opens_it_and_is_told(people: Any, main: Any, repeat: Any) -> None:
    file, other = file_of(repeat, people), file_of(repeat, people, "欠条")
    row = passed_on(repeat, people, attachment_ids=[file.pk])
    assert (row.petition, row.repeat, row.words, row.file_count) == (main, repeat, "又找到去年七月的收据", 1)
    opened = Attachment.objects.visible_to(people.unit_clerk)
    assert list(opened.values_list("petition", "sha256", "name")) == [(main.pk, file.sha256, "收据.pdf")]
    assert other.sha256 not in opened.values_list("sha256", flat=True)
    assert not Attachment.objects.visible_to(people.other_unit_clerk).exists()
    told = Notification.objects.filter(key__startswith=f"evidence:{row.pk}")
    assert {one.to_staff for one in told} == {people.unit_clerk, people.unit_head}
    assert "收据" not in "".join(told.values_list("words", flat=True))
    entry = Entry.objects.get(event="evidence.passed_on")
    assert (entry.petition_id, entry.values["repeat"], entry.values["units"]) == (main.pk, repeat.number, ["water"])


def test_every_unit_that_works_on_it_is_told(desk: Any, people: Any) -> None:
    petition = desk.classified()
    desk.assign(petition, co_handlers=(CoHandler("agriculture", "田有禾"),))
    about = {"recurrence": Recurrence.REPEAT, "repeats_id": petition.pk}
    again = desk.classified(about=about, relation=Relation.REPEAT, earlier_id=petition.pk)
    row = passed_on(again, people)
    told = Notification.objects.filter(key__startswith=f"evidence:{row.pk}")
    assert {one.to_staff for one in told} == {people.unit_clerk, people.unit_head, people.other_unit_clerk}


def test_what_was_merged_brings_its_evidence_too(desk: Any, people: Any, main: Any) -> None:
    joined = desk.classified()
    desk.decide(joined, DispositionKind.MERGED, merged_into_id=main.pk)
    assert passed_on(joined, people).petition == main


def test_a_file_that_the_office_has_already_becomes_visible(people: Any, main: Any, repeat: Any) -> None:
    known, again = file_of(main, people), file_of(repeat, people)
    passed_on(repeat, people, attachment_ids=[again.pk])
    known.refresh_from_db()
    assert known.is_for_unit
    assert main.attachments.filter(sha256=again.sha256).count() == 1
    assert refused(lambda: passed_on(repeat, people, attachment_ids=[again.pk])) == "evidence.known_already"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"words": "　"}, "evidence.nothing_new"),
        ({"words": "长" * 1001}, "evidence.too_long"),
        ({"redaction_confirmed": False}, "assignment.redaction_unconfirmed"),
        ({"attachment_ids": [987654]}, "attachment.unknown"),
    ],
    ids=["没有新内容", "超过字数", "没有确认脱敏", "不是本件的附件"],
)
def test_it_is_refused_when(values: Any, code: str, people: Any, repeat: Any) -> None:
    assert refused(lambda: passed_on(repeat, people, **values)) == code
    assert not NewEvidence.objects.exists()


@pytest.mark.parametrize("name", ["leader", "auditor"])
def test_only_the_office_passes_it_on(name: str, people: Any, repeat: Any) -> None:
    assert refused(lambda: passed_on(repeat, people, by=getattr(people, name))) == "permission.role_missing"


def test_without_a_unit_at_work_there_is_nobody_to_pass_it_on_to(desk: Any, people: Any) -> None:
    assert refused(lambda: passed_on(desk.classified(), people)) == "evidence.no_unit"


def test_nothing_of_an_accusation_travels(people: Any, repeat: Any) -> None:
    repeat.confidentiality = Confidentiality.SEALED.value
    repeat.save(update_fields=["confidentiality"])
    assert refused(lambda: passed_on(repeat, people, by=people.restricted)) == "evidence.sealed"


def test_nothing_travels_to_a_unit_that_the_repeat_accuses(people: Any, repeat: Any) -> None:
    unit = Unit.objects.get(code="water")
    repeat.accused.create(name="高站长", unit=unit, added_at=moment(3, 6), added_by=people.clerk)
    assert refused(lambda: passed_on(repeat, people)) == "assignment.unit_accused"
    assert refused(lambda: passed_on(repeat, people, words="高站长收的")) == "split.names_accused"


def test_the_original_of_a_split_letter_stays(people: Any, repeat: Any) -> None:
    original = repeat.attachments.get(kind="original")
    repeat.attachments.update(is_kept_back=True)
    assert refused(lambda: passed_on(repeat, people, attachment_ids=[original.pk])) == "attachment.kept_back"
