"""文书 on the petition's page: what is there, what can be made, who may take it away, and under which name."""

from typing import Any

import pytest

from huiyin.accounts.models import Staff
from huiyin.county.document import actions
from huiyin.county.document.actions import Subject
from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.registry import files
from huiyin.county.registry.models import Petition
from huiyin.county.registry.secrecy_models import Recusal
from huiyin.county.registry.states import Confidentiality
from huiyin.documents import writing
from huiyin.documents.sheets import Form, Paper, Sheet, Text
from huiyin.kernel.tenant import entered

PAPER = Paper(sheets=(Sheet(form=Form.LETTER, organ="信访办公室", title="函", blocks=(Text("请办理。"),)),))


def a_letter(petition: Petition, by: Staff, *, unit: str = "water", number: str = "青人交〔2026〕1号") -> Document:
    return actions.write(
        kind=DocumentKind.ASSIGNMENT_LETTER,
        petition_id=petition.pk,
        values=PAPER.as_values(),
        template="试",
        subject=Subject("assignment", 1, unit),
        number=number,
        by=by,
        at=petition.registered_at,
    )


def made(browser: Any, people: Any, petition: Petition, kind: str = "registration_form") -> Any:
    return browser(people.clerk).post(f"/petitions/{petition.pk}/documents/{kind}")


@pytest.mark.parametrize("kind", ["registration_form", "receipt_notice", "file_contents"])
def test_a_clerk_makes_a_paper_and_takes_it_as_pdf_and_word(
    kind: str, people: Any, browser: Any, a_petition: Any
) -> None:
    petition = a_petition()
    page = browser(people.clerk).get(f"/petitions/{petition.pk}/").content.decode()
    label = DocumentKind(kind).label
    assert f"制作{label}" in page
    answer = made(browser, people, petition, kind)
    assert (answer.status_code, answer["Location"]) == (302, f"/petitions/{petition.pk}/")
    row = Document.objects.get(petition=petition)
    pdf = browser(people.clerk).get(f"/documents/{row.pk}.pdf")
    word = browser(people.clerk).get(f"/documents/{row.pk}.docx")
    assert (pdf.status_code, pdf["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert (word.status_code, word.content[:2]) == (200, b"PK")
    assert pdf["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert pdf["Cache-Control"] == "private, no-store"
    after = browser(people.clerk).get(f"/petitions/{petition.pk}/").content.decode()
    assert f"/documents/{row.pk}.pdf" in after
    assert f"/documents/{row.pk}.docx" in after


def test_the_same_form_twice_makes_one_paper(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition()
    for _ in range(2):
        browser(people.clerk).post(
            f"/petitions/{petition.pk}/documents/registration_form", form_token="form-token-same-one"
        )
    made(browser, people, petition)
    assert Document.objects.filter(petition=petition).count() == 1, "nothing has changed: it is the one written last"


@pytest.mark.parametrize("kind", ["assignment_letter", "reply_letter", "nothing"])
def test_a_paper_that_follows_a_step_is_not_made_by_a_button(
    kind: str, people: Any, browser: Any, a_petition: Any
) -> None:
    petition = a_petition()
    assert made(browser, people, petition, kind).status_code == 404
    assert not Document.objects.exists()


@pytest.mark.parametrize("role", ["leader", "auditor", "group_head"])
def test_whoever_only_reads_makes_no_paper(role: str, people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition()
    by = browser(getattr(people, role))
    assert "制作信访登记表" not in by.get(f"/petitions/{petition.pk}/").content.decode()
    assert by.post(f"/petitions/{petition.pk}/documents/registration_form").status_code == 403
    assert not Document.objects.exists()


def test_a_name_of_a_file_tells_kind_and_number_and_nobodys_name(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(name="马大山", summary="马大山反映水费")
    made(browser, people, petition)
    row = Document.objects.get(petition=petition)
    named = browser(people.clerk).get(f"/documents/{row.pk}.pdf")["Content-Disposition"]
    whole = browser(people.clerk).get(f"/petitions/{petition.pk}/file.pdf")["Content-Disposition"]
    assert "attachment" in named
    for header in (named, whole):
        assert "%E9%A9%AC" not in header, "马"
        assert "2026" in header


def test_a_registration_form_bears_its_reader_and_the_letter_does_not(
    people: Any, browser: Any, a_petition: Any
) -> None:
    petition = a_petition()
    made(browser, people, petition)
    form, letter = Document.objects.get(petition=petition), a_letter(petition, people.clerk)
    forms = {
        role: browser(getattr(people, role)).get(f"/documents/{form.pk}.pdf").content for role in ("clerk", "head")
    }
    letters = {browser(people.clerk).get(f"/documents/{letter.pk}.pdf").content for _ in range(2)}
    assert forms["clerk"] != forms["head"]
    assert letters == {browser(people.head).get(f"/documents/{letter.pk}.pdf").content}


def test_a_unit_takes_the_letters_to_it_and_finds_no_others(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition()
    mine = a_letter(petition, people.clerk)
    theirs = a_letter(petition, people.clerk, unit="agriculture", number="青人交〔2026〕2号")
    made(browser, people, petition)
    form = Document.objects.get(kind="registration_form")
    unit = browser(people.unit_clerk)
    listed = unit.get("/documents/").content.decode()
    assert mine.number in listed
    assert theirs.number not in listed
    assert unit.get(f"/documents/{mine.pk}.pdf").status_code == 200
    for row in (theirs, form):
        for ending in ("pdf", "docx"):
            assert unit.get(f"/documents/{row.pk}.{ending}").status_code == 404
    assert unit.get(f"/petitions/{petition.pk}/file.pdf").status_code == 403
    assert unit.post(f"/petitions/{petition.pk}/documents/registration_form").status_code == 403


def test_of_a_sealed_petition_nothing_is_made_or_offered(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(confidentiality=Confidentiality.SEALED)
    restricted = browser(people.restricted)
    page = restricted.get(f"/petitions/{petition.pk}/").content.decode()
    assert "制作信访登记表" not in page
    assert "信访案卷" not in page
    assert restricted.post(f"/petitions/{petition.pk}/documents/registration_form").status_code == 409
    assert restricted.get(f"/petitions/{petition.pk}/file.pdf").status_code == 409
    assert browser(people.clerk).get(f"/petitions/{petition.pk}/file.pdf").status_code == 404
    assert not Document.objects.exists()


def test_a_recused_person_takes_nothing(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition()
    letter = a_letter(petition, people.clerk)
    Recusal.objects.create(
        petition=petition,
        staff=people.head,
        reason="亲属",
        decided_at=petition.registered_at,
        decided_by=people.leader,
    )
    head = browser(people.head)
    assert head.get(f"/documents/{letter.pk}.pdf").status_code == 404
    assert letter.number not in head.get("/documents/").content.decode()
    assert head.get(f"/petitions/{petition.pk}/file.pdf").status_code == 404


def test_another_countys_paper_is_not_there(people: Any, browser: Any, a_petition: Any, other_county: Any) -> None:
    letter = a_letter(a_petition(), people.clerk)
    with entered(other_county):
        stranger = Staff.objects.get(username="ma")
        answer = browser(stranger).client.get(f"/documents/{letter.pk}.pdf", HTTP_HOST=other_county.domain)
    assert answer.status_code in {302, 404}


def test_the_list_asks_the_database_the_same_for_one_and_for_many(
    people: Any, browser: Any, a_petition: Any, queries_of: Any
) -> None:
    petition = a_petition()
    a_letter(petition, people.clerk)
    clerk = browser(people.clerk)
    one = queries_of(lambda: clerk.get("/documents/"))
    for number in range(2, 9):
        a_letter(petition, people.clerk, number=f"青人交〔2026〕{number}号")
    assert queries_of(lambda: clerk.get("/documents/")) == one


def test_a_lost_print_is_made_again_from_the_frozen_values(people: Any, browser: Any, a_petition: Any) -> None:

    letter = a_letter(a_petition(), people.clerk)
    actions.keep_print(
        document_id=letter.pk, pdf=writing.pdf_of(letter), fonts="仿宋", by=people.clerk, at=letter.written_at
    )
    clerk = browser(people.clerk)
    first = clerk.get(f"/documents/{letter.pk}.pdf").content
    letter.refresh_from_db()
    files.path_of(letter.pdf_sha256).unlink()
    assert clerk.get(f"/documents/{letter.pk}.pdf").content == first
    assert files.digest_of(first) == letter.pdf_sha256
