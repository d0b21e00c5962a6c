"""The page of one petition: each step once, on what was seen, for whom it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Confidentiality, State

AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
SCAN = b"%PDF-1.4\n% invented scan\n%%EOF\n"
TOKEN = "only-for-this-form-0001"


@pytest.fixture
def clerks_browser(people):
    client = Client(headers={"host": "qinglan.localhost"})
    client.force_login(people.clerk)
    return client


@pytest.fixture
def petition(people):
    receipt = receipts.take_receipt(channel=Channel.LETTER, received_on=date(2026, 3, 2), by=people.clerk, at=AT)
    found = petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(summary="反映上湾村水费重复收取", name="马长根", phone="13900001234"),
        by=people.clerk,
        at=AT,
    ).petition
    attachments.attach(
        petition_id=found.pk, kind=AttachmentKind.ORIGINAL, name="信.pdf", data=SCAN, by=people.clerk, at=AT
    )
    return found


def reading(petition, **changed: str):
    return {"read-note": "拟交县水务局", "read-version": petition.version, "form_token": TOKEN, **changed}


def test_a_receipt_becomes_a_petition_with_number_code_and_dates(people, clerks_browser):
    taken = clerks_browser.post(
        "/receipts/new",
        {"channel": "letter", "received_on": "2026-03-02", "head_count": 1, "origin": "direct", "form_token": TOKEN},
    )
    receipt = Receipt.objects.get()
    assert taken.headers["Location"] == f"/receipts/{receipt.pk}/register"
    filled = {
        "petitioner_kind": "named",
        "name": "马长根",
        "summary": "反映上湾村水费重复收取",
        "form_token": f"{TOKEN}-b",
    }
    pages = []
    for _ in range(2):
        scan = SimpleUploadedFile("信.pdf", SCAN, content_type="application/pdf")
        pages.append(clerks_browser.post(f"/receipts/{receipt.pk}/register", {**filled, "scan": scan}).content.decode())
    assert Petition.objects.count() == 1
    assert "青人信〔2026〕1号" in pages[0]
    assert "查询码" in pages[0]
    assert pages[0].split("查询码")[1][:200] == pages[1].split("查询码")[1][:200]
    assert Petition.objects.get().attachments.count() == 1


def test_a_registration_without_a_summary_is_told_so_and_takes_no_number(people, clerks_browser):
    receipt = receipts.take_receipt(channel=Channel.LETTER, received_on=date(2026, 3, 2), by=people.clerk, at=AT)
    answer = clerks_browser.post(
        f"/receipts/{receipt.pk}/register",
        {"petitioner_kind": "named", "name": "马长根", "summary": "", "form_token": TOKEN},
    )
    assert answer.status_code == 422
    assert not Petition.objects.exists()


def test_a_step_sent_twice_is_carried_out_once(clerks_browser, petition):
    for _ in range(2):
        answer = clerks_browser.post(f"/petitions/{petition.pk}/read", reading(petition))
        assert answer.status_code == 302
    assert Entry.objects.filter(event="petition.read").count() == 1


def test_the_same_form_with_another_content_is_refused(clerks_browser, petition):
    clerks_browser.post(f"/petitions/{petition.pk}/read", reading(petition))
    again = clerks_browser.post(f"/petitions/{petition.pk}/read", reading(petition, **{"read-note": "另一内容"}))
    assert again.status_code == 409
    assert "已经提交过" in again.content.decode()


def test_what_another_clerk_edited_meanwhile_is_not_overwritten(people, clerks_browser, petition):
    petitions.read(petition_id=petition.pk, note="领导已阅", by=people.head, at=AT)
    answer = clerks_browser.post(f"/petitions/{petition.pk}/read", reading(petition))
    assert answer.status_code == 409
    assert "刚被他人修改" in answer.content.decode()
    assert Petition.objects.get(pk=petition.pk).reading_note == "领导已阅"


def test_a_phone_is_masked_until_it_is_asked_for_and_the_asking_is_written_down(clerks_browser, petition):
    page = clerks_browser.get(f"/petitions/{petition.pk}/").content.decode()
    assert "13900001234" not in page
    shown = clerks_browser.post(
        f"/petitions/{petition.pk}/reveal", {"form_token": TOKEN, "reason": "电话核实"}
    ).content.decode()
    assert "13900001234" in shown
    assert Entry.objects.filter(event="petition.revealed", petition_id=petition.pk).count() == 1


def test_an_accusation_is_not_there_for_the_clerk(people, clerks_browser):
    receipt = receipts.take_receipt(channel=Channel.LETTER, received_on=date(2026, 3, 2), by=people.restricted, at=AT)
    sealed = petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(
            summary="检举某单位负责人虚报项目", name="马长根", confidentiality=Confidentiality.SEALED
        ),
        by=people.restricted,
        at=AT,
    ).petition
    scan = attachments.attach(
        petition_id=sealed.pk, kind=AttachmentKind.ORIGINAL, name="信.pdf", data=SCAN, by=people.restricted, at=AT
    )
    assert clerks_browser.get(f"/petitions/{sealed.pk}/").status_code == 404
    assert clerks_browser.get(f"/attachments/{scan.pk}/").status_code == 404
    listed = clerks_browser.get("/petitions/").content.decode()
    assert sealed.number in listed
    assert "虚报项目" not in listed
    assert sealed.number not in clerks_browser.get("/petitions/", {"q": "虚报项目"}).content.decode()


def test_a_scan_is_handed_out_as_a_download_that_runs_nothing(clerks_browser, petition):
    row = petition.attachments.get()
    answer = clerks_browser.get(f"/attachments/{row.pk}/")
    assert b"".join(answer.streaming_content) == SCAN
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_that_is_no_scan_is_refused_in_words(clerks_browser, petition):
    page = SimpleUploadedFile("信.pdf", b"<html><script>alert(1)</script></html>", content_type="application/pdf")
    answer = clerks_browser.post(
        f"/petitions/{petition.pk}/attach",
        {"attach-kind": "original", "attach-scan": page, "attach-version": petition.version, "form_token": TOKEN},
    )
    assert answer.status_code == 409
    assert "只接受完整的PDF、PNG、JPEG文件" in answer.content.decode()


def test_every_page_of_a_closed_petition_still_opens(people, clerks_browser, petition):
    petitions.void(petition_id=petition.pk, reason="重复登记", approver=people.head, by=people.clerk, at=AT)
    assert State(Petition.objects.get(pk=petition.pk).state) is State.VOIDED
    assert clerks_browser.get(f"/petitions/{petition.pk}/").status_code == 200
