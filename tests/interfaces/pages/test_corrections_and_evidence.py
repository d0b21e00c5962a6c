"""更正收件日期 and 转交新证据 on the pages."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Relation, State

SCAN = b"%PDF-1.4\n% a second bill\n%%EOF\n"


def text(answer: Any) -> str:
    words: str = answer.content.decode()
    return words


def test_the_page_of_the_petition_shows_both_days(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(State.REGISTERED)
    clerk, stood = browser(people.clerk), petition.received_on
    href = f"/receipts/{petition.receipt_id}/day"
    assert href in text(clerk.get(f"/petitions/{petition.pk}/"))
    earlier = stood - timedelta(days=1)
    sent = {"received_on": earlier.isoformat(), "reason": "收件章是前一天的", "approver": ""}
    answer = clerk.post(href, **sent)
    assert answer.status_code == 422
    assert "不得倒签" in text(answer)
    assert Entry.objects.filter(event="act.refused", values__code="receipt.backdated").exists()
    assert clerk.post(href, **{**sent, "approver": str(people.head.pk)}).status_code == 302
    page = text(clerk.get(f"/petitions/{petition.pk}/"))
    assert f"收件日期由 {stood} 更正为 {earlier}，批准人 王主任" in page
    assert "原登记" in page
    petition.refresh_from_db()
    assert petition.received_on == earlier


def test_a_stranger_to_the_register_finds_no_such_page(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(State.REGISTERED)
    assert browser(people.leader).get(f"/receipts/{petition.receipt_id}/day").status_code == 403


def repeat_of(main: Petition, people: Any) -> Petition:
    at, by = timezone.now(), people.clerk
    today = date.fromisoformat(timezone.localdate(at).isoformat())
    receipt = receipts.take_receipt(channel=Channel.PHONE, received_on=today, by=by, at=at)
    told = Registration(summary="又打来电话", name="马长根", relation=Relation.REPEAT, earlier_id=main.pk)
    made = petitions.register(receipt_id=receipt.pk, registration=told, by=by, at=at).petition
    attachments.attach(petition_id=made.pk, kind=AttachmentKind.OTHER, name="第二张收据.pdf", data=SCAN, by=by, at=at)
    return made


def test_the_unit_reads_on_its_page_what_the_repeat_brought(people: Any, browser: Any, a_petition: Any) -> None:
    main = a_petition(State.IN_PROGRESS)
    repeat = repeat_of(main, people)
    clerk, unit = browser(people.clerk), browser(people.unit_clerk)
    assert "转交新证据" in text(clerk.get(f"/petitions/{repeat.pk}/"))
    assert "转交新证据" not in text(clerk.get(f"/petitions/{main.pk}/"))
    file = repeat.attachments.get()
    sent = {"evidence-words": "去年七月又收了一次", "evidence-enclosed": str(file.pk), "evidence-version": "1"}
    assert clerk.post(f"/petitions/{repeat.pk}/evidence", **sent).status_code == 422
    sent["evidence-redaction_confirmed"] = "on"
    assert clerk.post(f"/petitions/{repeat.pk}/evidence", **sent).status_code == 302
    for petition in (main, repeat):
        assert "去年七月又收了一次" in text(clerk.get(f"/petitions/{petition.pk}/"))
    page = text(unit.get(f"/assignments/{main.assignments.get().pk}/"))
    assert "去年七月又收了一次" in page
    assert "第二张收据.pdf" in page
    copied = main.attachments.get(sha256=file.sha256)
    opened = unit.get(f"/attachments/{copied.pk}/")
    assert b"".join(opened.streaming_content) == SCAN
    assert unit.get(f"/attachments/{file.pk}/").status_code == 404
    assert unit.get(f"/petitions/{repeat.pk}/").status_code in {403, 404}
