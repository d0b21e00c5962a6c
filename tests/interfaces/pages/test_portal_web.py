"""网上信访 by a browser without an account: once, whole, counted, and never more than text."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.registry.models import Attachment, Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Confidentiality
from huiyin.county.registry.web_models import WebFile, WebSubmission
from huiyin.kernel.tenant import Tenant

PDF = b"%PDF-1.4\n% invented receipt\n%%EOF\n"
WRITTEN = {
    "name": "马大山",
    "phone": "139 1234 0001",
    "address": "松林镇上松村三组",
    "purpose": "claim",
    "place_words": "上松村三组",
    "content": "水费收了两次。今年三月交过，六月又来收。",
    "claims": "退还多收的水费\n公示收费标准",
    "elsewhere": "none",
    "has_consented": "on",
}
SCRIPT = "<script>alert(1)</script>"


def sent(browser: Any, *files: bytes, token: str = "", **change: str) -> Any:
    values: dict[str, object] = {**WRITTEN, **change}
    if files:
        values["evidence"] = [
            SimpleUploadedFile(f"收据{n}.pdf", data, content_type="application/pdf") for n, data in enumerate(files)
        ]
    if token:
        values["form_token"] = token
    return browser().post("/portal/petition/", **values)


def kept(answer: Any) -> tuple[str, str]:
    """Return the number and the code of the receipt page."""
    screen = answer.context["screen"]
    return screen.number.value, screen.code.value


def test_a_petition_is_a_receipt_that_nobody_took(browser: Any, county: Tenant) -> None:
    answer = sent(browser, PDF)
    assert answer.status_code == 200
    number, code = kept(answer)
    receipt = Receipt.objects.get(number=number)
    assert (receipt.channel, receipt.taken_by, receipt.sender) == ("web", None, "马大山")
    assert receipt.register_due_on is not None
    assert len(code) == 12
    assert (receipt.web.phone, receipt.web.summary) == ("13912340001", "水费收了两次。")
    assert receipt.web.claims == ["退还多收的水费", "公示收费标准"]
    assert receipt.web.files.get().size == len(PDF)
    entry = Entry.objects.get(event="receipt.submitted")
    assert (entry.by_id, entry.by_name, entry.subject_id) == (None, "信访人", receipt.pk)
    assert "马大山" not in str(entry.values)


def test_the_receipt_page_shows_number_code_and_a_picture_of_the_way_without_the_code(browser: Any) -> None:
    answer = sent(browser)
    number, code = kept(answer)
    page = answer.content.decode()
    assert number in page
    assert code in page
    assert 'src="data:image/svg+xml' in page
    assert code not in answer.context["screen"].status_href
    assert "no-store" in answer["Cache-Control"]


def test_the_way_of_the_picture_fills_the_number_in(browser: Any) -> None:
    answer = sent(browser)
    number, _ = kept(answer)
    page = browser().client.get(answer.context["screen"].status_href, HTTP_HOST="qinglan.localhost").content.decode()
    assert f'value="{number}"' in page


def test_the_same_form_again_gets_the_same_answer(browser: Any) -> None:
    first, second = (sent(browser, PDF, token="the-same-form-0001") for _ in range(2))
    assert kept(first) == kept(second)
    assert Receipt.objects.filter(channel="web").count() == 1
    other = sent(browser, PDF, token="the-same-form-0001", content="完全不同的内容")
    assert other.status_code == 422
    assert Receipt.objects.filter(channel="web").count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"phone": ""}, "请填写电话"),
        ({"phone": "12"}, "手机号码"),
        ({"has_consented": ""}, "同意提交须知"),
        ({"identity_number": "990121199001010012"}, "身份证号码"),
        ({"elsewhere": "court"}, "写明是哪个机关"),
        ({"homepage": "http://example.org"}, "没有提交成功"),
        ({"form_token": "short"}, "提交标识"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(change: dict[str, str], words: str, browser: Any) -> None:
    answer = sent(browser, PDF, **change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Receipt.objects.filter(channel="web").exists()
    assert not WebSubmission.objects.exists()
    assert not WebFile.objects.exists()
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((b"<html><script>alert(1)</script>",), "只接受完整的PDF、PNG、JPEG"),
        ((PDF.replace(b"% invented", b"/JavaScript"),), "还含有别的内容"),
        ((b"PK\x03\x04" + PDF,), "只接受完整的PDF、PNG、JPEG"),
        ((PDF,) * 6, "最多5个"),
        ((b"%PDF-" + b"0" * (10 * 1024 * 1024),), "不超过10MB"),
    ],
    ids=["page", "acting", "archive", "six", "too large"],
)
def test_files_that_are_not_plain_are_refused_and_not_kept(files: tuple[bytes, ...], words: str, browser: Any) -> None:
    answer = sent(browser, *files)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not WebFile.objects.exists()


def test_after_five_petitions_of_a_day_the_source_waits_and_another_does_not(browser: Any) -> None:
    for _ in range(5):
        assert sent(browser).status_code == 200
    refused = sent(browser)
    assert refused.status_code == 429
    assert "请明天再提交" in refused.content.decode()
    values = {**WRITTEN, "form_token": "from-elsewhere-0001"}
    there = Client(REMOTE_ADDR="198.51.100.7").post("/portal/petition/", values, HTTP_HOST="qinglan.localhost")
    assert there.status_code == 200
    assert Receipt.objects.filter(channel="web").count() == 6
    assert not WebSubmission.objects.filter(source__contains="198.51").exists()


def test_script_in_every_field_is_text_wherever_the_office_reads_it(browser: Any, people: Any) -> None:
    fields = ("name", "address", "place_words", "content", "summary", "claims", "elsewhere_words")
    answer = sent(browser, PDF, **dict.fromkeys(fields, SCRIPT), elsewhere="court")
    assert answer.status_code == 200
    receipt = Receipt.objects.get(channel="web")
    for path in ("/receipts/", f"/receipts/{receipt.pk}/register"):
        page = browser(people.clerk).get(path).content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page
    refused = sent(browser, **dict.fromkeys(fields, SCRIPT), has_consented="")
    assert SCRIPT not in refused.content.decode()


@pytest.mark.parametrize(
    ("is_accusation", "told"), [("", ("ma", "wang")), ("on", ("yan",))], ids=["ordinary", "accusation"]
)
def test_whoever_registers_is_told_without_a_name(is_accusation: str, told: tuple[str, ...], browser: Any) -> None:
    sent(browser, is_accusation=is_accusation)
    rows = Notification.objects.select_related("to_staff")
    assert {row.to_staff.username for row in rows} == set(told)
    assert all("马大山" not in row.words and "水费" not in row.words for row in rows)


def test_the_registration_starts_with_what_was_written_and_the_files_move_to_the_petition(
    browser: Any, people: Any
) -> None:
    number, code = kept(sent(browser, PDF))
    receipt = Receipt.objects.get(number=number)
    form = browser(people.clerk).get(f"/receipts/{receipt.pk}/register").context["screen"].form
    filled = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    assert (filled["name"], filled["phone"], filled["summary"]) == ("马大山", "13912340001", "水费收了两次。")
    values = {name: value for name, value in filled.items() if value is not None}
    done = browser(people.clerk).post(f"/receipts/{receipt.pk}/register", **values)
    assert done.status_code == 200, done.context["screen"].form.errors
    petition = Petition.objects.get(receipt=receipt)
    assert Attachment.objects.get(petition=petition).added_by == people.clerk
    assert code not in done.content.decode()
    for asked in (number, petition.number, "0001"):
        page = browser().post("/portal/status/", number=asked, code=code)
        assert page.status_code == 200
        assert petition.number in page.content.decode()


def test_an_accusation_is_opened_by_the_restricted_officer_alone(browser: Any, people: Any) -> None:
    number, code = kept(sent(browser, PDF, is_accusation="on", name="", phone="", content="某某收受好处。"))
    receipt = Receipt.objects.get(number=number)
    assert (receipt.is_sealed, receipt.sender) == (True, "")
    for person in (people.clerk, people.head, people.leader, people.mail_room):
        page = browser(person).get(f"/receipts/{receipt.pk}/register")
        assert page.status_code == 403
        assert "收受好处" not in page.content.decode()
        assert browser(person).post(f"/receipts/{receipt.pk}/register", summary="改", name="某").status_code == 403
    row = browser(people.clerk).get("/receipts/").content.decode()
    assert number in row
    assert f"/receipts/{receipt.pk}/register" not in row
    page = browser(people.restricted).get(f"/receipts/{receipt.pk}/register")
    assert "收受好处" in page.content.decode()
    assert page.context["screen"].form["confidentiality"].value() == Confidentiality.SEALED.value
    status = browser().post("/portal/status/", number=number, code=code).content.decode()
    assert "收受好处" not in status
    assert "已经收到" in status


def test_of_a_number_only_item_nothing_that_was_sent_is_kept(browser: Any, people: Any) -> None:
    number, _ = kept(sent(browser, PDF, is_accusation="on"))
    receipt = Receipt.objects.get(number=number)
    browser(people.restricted).post(f"/receipts/{receipt.pk}/number-only")
    petition = Petition.objects.get(receipt=receipt)
    assert petition.confidentiality == Confidentiality.NUMBER_ONLY.value
    kept_now = WebSubmission.objects.get(receipt=receipt)
    assert (kept_now.content, kept_now.name, kept_now.phone, kept_now.claims) == ("", "", "", [])
    assert not WebFile.objects.exists()
    assert not petition.attachments.exists()


def test_no_personal_data_stands_in_the_log_of_the_request(browser: Any, caplog: Any) -> None:
    with caplog.at_level("INFO", logger="huiyin"):
        answer = sent(browser)
        number, code = kept(answer)
        browser().get("/portal/status/", number=number)
    written = caplog.text
    assert "portal/petition/" in written
    assert not any(told in written for told in ("马大山", "1234", code, number, "number="))
