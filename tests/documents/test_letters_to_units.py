"""Letters to units: to each its own, without what it may not know, and none that holds when it was taken back."""

from typing import Any

from huiyin.county.assignment.actions import assignments, dispositions, extensions, objections
from huiyin.county.assignment.rules.dispositions import CoHandler
from huiyin.county.assignment.rules.objections import Receiver
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.journal import actions as journal
from huiyin.county.registry.actions import attachments, petitions, secrecy
from huiyin.county.registry.rules import Classification
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.secrecy_models import Accused
from huiyin.county.registry.states import AttachmentKind, Confidentiality, Purpose, Recurrence
from huiyin.documents.writing import paper_of


def assert_holds(text: str, *words: str) -> None:
    assert [word for word in words if word not in text] == []


def test_a_referral_of_litigation_tells_what_the_petitioner_was_told(story: Any) -> None:
    story.register()
    story.classify()
    story.assign(DispositionKind.REFERRAL, procedure="持判决书向县人民法院申诉")
    _, paper = story.paper(DocumentKind.REFERRAL_LETTER)
    assert_holds(paper.text, "我办已书面告知信访人：持判决书向县人民法院申诉。")


def test_each_unit_gets_a_letter_of_its_own(story: Any) -> None:
    story.register()
    story.classify()
    story.assign(co_handlers=(CoHandler(unit_code="agriculture", handler_name="田有禾"),))
    story.work()
    letters = {row.unit_code: paper_of(row).text for row in story.papers()}
    assert set(letters) == {"water", "agriculture"}
    assert_holds(letters["water"], "县水务局", "你单位主办", "何立群")
    assert_holds(letters["agriculture"], "县农业农村局", "你单位会办", "田有禾")


def test_a_unit_is_told_no_identity_number_and_nobody_accused(story: Any, people: Any) -> None:
    petition = story.register(summary="反映村主任石某某多收水费，本人身份证11010519491231002X")
    story.classify()
    Accused.objects.create(petition=petition, name="石某某", added_at=story.at, added_by=people.restricted)
    story.assign(instruction="不要找石某某。信访人证号 11010519491231002X")
    row, paper = story.paper(DocumentKind.ASSIGNMENT_LETTER)
    assert "石某某" not in paper.text
    assert "11010519491231002X" not in str(row.values)
    assert_holds(paper.text, "反映村主任×××多收水费", "不要找×××")


def test_an_excerpt_stands_in_for_the_letter(story: Any) -> None:
    petition = story.register()
    story.classify()
    petition.refresh_from_db()
    petition.excerpt = "上松村水费每亩多收十元，要求退还。"
    petition.save(update_fields=["excerpt"])
    given = story.assign()
    row, paper = story.paper(DocumentKind.EXCERPT)
    assert (row.number, row.unit_code) == ("青人摘〔2026〕1号", "water")
    assert_holds(paper.text, "每亩多收十元", petition.number, given.number, "原件存信访办公室，不外送", "县水务局")
    _, letter = story.paper(DocumentKind.ASSIGNMENT_LETTER)
    assert_holds(letter.text, "见所附摘抄件", "附：回执、摘抄件")
    assert "反映上松村农业水费收缴标准不公开" not in letter.text


def test_a_sealed_transfer_names_the_number_and_nothing_else(story: Any, people: Any) -> None:
    petition = story.register(confidentiality=Confidentiality.SEALED, summary="控告水务局长受贿")
    letter = sealed_letter(story, petition, people)
    assert_holds(letter, petition.number, "县监察委员会", "密封移送", "一件", "移送回执")
    for secret in ("受贿", "马大山", "13912340001", "水局长", "水费", "上松村", "11010519491231002X"):
        assert secret not in letter


def sealed_letter(story: Any, petition: Any, people: Any) -> str:
    pk, by = petition.pk, people.restricted
    accused = (AccusedEntry(name="水局长"),)
    secrecy.accuse(petition_id=pk, accused=accused, by=by, at=story.later())
    data = b"%PDF-1.4\n% invented scan\n%%EOF\n"
    attachments.attach(petition_id=pk, kind=AttachmentKind.ORIGINAL, name="信", data=data, by=by, at=story.later())
    petitions.read(petition_id=pk, note="已阅", by=by, at=story.later())
    decided = Classification(
        purpose=Purpose.ACCUSATION, category_code="0110", category_path="检举控告", recurrence=Recurrence.FIRST
    )
    petitions.classify(petition_id=pk, classification=decided, by=by, at=story.later())
    dispositions.transfer_sealed(
        petition_id=pk,
        unit_code="supervision",
        handler_name="严明",
        reason="检举控告",
        approver=story.people.head,
        by=by,
        at=story.later(),
    )
    _, paper = story.paper(DocumentKind.SEALED_TRANSFER_LETTER)
    assert {row.kind for row in story.papers()} == {"sealed_transfer_letter"}
    text: str = paper.text
    return text


def test_what_an_import_takes_over_writes_nothing(story: Any) -> None:
    with journal.importing(7):
        story.register()
        story.classify()
        story.assign()
    story.work()
    assert story.papers() == []


def test_a_letter_that_is_taken_back_holds_no_more_and_its_unit_finds_it_no_more(story: Any, people: Any) -> None:
    story.register()
    story.classify()
    given = story.assign()
    story.work()
    assert Document.objects.visible_to(people.unit_clerk).count() == 1
    assignments.withdraw(assignment_id=given.pk, reason="交错单位", by=people.head, at=story.later())
    story.work()
    assert Document.objects.visible_to(people.unit_clerk).count() == 0
    (letter,) = story.papers()
    assert (letter.number, letter.void_reason) == (given.number, "交办已撤回")


def test_what_was_taken_back_before_the_job_ran_gets_no_letter(story: Any, people: Any) -> None:
    story.register()
    story.classify()
    given = story.assign()
    assignments.withdraw(assignment_id=given.pk, reason="交错单位", by=people.head, at=story.later())
    story.work()
    assert story.papers() == []


def test_an_approved_extension_is_told_by_its_unit(story: Any, people: Any) -> None:
    petition = story.register()
    story.classify()
    given = story.assign()
    assignments.sign(
        assignment_id=given.pk,
        handler_name="何立群",
        handler_phone="0199-5550111",
        by=people.unit_clerk,
        at=story.later(),
    )
    asked = extensions.ask(
        assignment_id=given.pk, amount=20, reason="需要测量渠道", by=people.unit_clerk, at=story.later()
    )
    approved = extensions.approve(extension_id=asked.pk, by=people.unit_head, at=story.later())
    row, paper = story.paper(DocumentKind.EXTENSION_NOTICE)
    until = approved.due_on_after
    assert until is not None
    assert_holds(
        paper.text,
        "延期办理告知书",
        petition.number,
        "县水务局",
        "需要测量渠道",
        "《信访工作条例》第三十四条",
        "20日",
        f"至{until.year}年{until.month}月{until.day}日",
    )
    assert row.number == "", "the unit numbers what it writes itself"
    assert row in Document.objects.visible_to(people.unit_clerk)


def test_an_objection_that_is_upheld_gives_the_letter_to_the_other_unit(story: Any, people: Any) -> None:
    story.register()
    story.classify()
    given = story.assign()
    story.work()
    raised = objections.raise_objection(
        assignment_id=given.pk, reasons="不归本单位管", by=people.unit_clerk, at=story.later()
    )
    objections.uphold(
        objection_id=raised.pk,
        words="同意",
        to=Receiver(unit_code="agriculture", handler_name="田有禾"),
        redaction_confirmed=True,
        by=people.head,
        at=story.later(),
    )
    story.work()
    valid = Document.objects.valid().filter(petition=story.petition, kind="assignment_letter")
    assert [row.unit_code for row in valid] == ["agriculture"]
    assert Document.objects.visible_to(people.unit_clerk).count() == 0
    assert Document.objects.visible_to(people.other_unit_clerk).count() == 1
