"""A stored scan is hashed again after its upload and later on; a job delivered twice has one effect."""

from datetime import UTC, date, datetime, timedelta

import pytest

from huiyin.county.journal.models import Entry
from huiyin.county.registry import files
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Attachment
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import AttachmentKind, Channel
from huiyin.jobs import attachments as jobs
from huiyin.jobs import inbox

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
SCAN = b"%PDF-1.4\n% invented scan\n%%EOF\n"


@pytest.fixture
def attachment(people) -> Attachment:
    receipt = receipts.take_receipt(
        channel=Channel.LETTER, received_on=date(2026, 3, 2), sender="马长根", by=people.clerk, at=AT
    )
    petition = petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(summary="反映水费重复收取", name="马长根"),
        by=people.clerk,
        at=AT,
    ).petition
    return attachments.attach(
        petition_id=petition.pk, kind=AttachmentKind.ORIGINAL, name="信.pdf", data=SCAN, by=people.clerk, at=AT
    )


def checks() -> int:
    return Entry.objects.filter(event="attachment.checked").count()


def test_a_new_attachment_is_checked_behind_the_screen(sent, deliver, attachment):
    (message,) = sent()
    assert message["actor_name"] == "attachments.check"
    assert message["kwargs"]["county"] == "qinglan"
    deliver(message)
    attachment.refresh_from_db()
    assert attachment.is_intact
    assert checks() == 1


def test_a_message_holds_ids_and_no_text(sent, attachment):
    (message,) = sent()
    assert set(message["kwargs"]) == {"county", "key", "at", "entry_id"}
    assert "马长根" not in str(message)


def test_delivered_twice_it_is_done_once(sent, deliver, attachment):
    (message,) = sent()
    deliver(message)
    checked_at = Attachment.objects.get(pk=attachment.pk).checked_at
    Attachment.objects.filter(pk=attachment.pk).update(is_intact=False)
    deliver(message)
    assert checks() == 1
    assert Attachment.objects.get(pk=attachment.pk).checked_at == checked_at


def test_control_without_the_inbox_the_second_delivery_would_act(sent, deliver, attachment, monkeypatch):
    (message,) = sent()
    deliver(message)
    Attachment.objects.filter(pk=attachment.pk).update(is_intact=False)
    monkeypatch.setattr(inbox, "is_first", lambda _key, **_at: True)
    deliver(message)
    assert checks() == 2


def test_a_failed_job_leaves_no_key(sent, deliver, attachment, monkeypatch):
    (message,) = sent()

    def fail(_sha256: str) -> bool:
        raise OSError("disk")

    with monkeypatch.context() as broken:
        broken.setattr(files, "is_intact", fail)
        with pytest.raises(OSError, match="disk"):
            deliver(message)
    assert not inbox.is_done(message["kwargs"]["key"])
    deliver(message)
    assert inbox.is_done(message["kwargs"]["key"])


def test_the_sweep_finds_a_file_that_changed(attachment):
    attachments.recheck(attachment_id=attachment.pk, at=AT)
    files.path_of(attachment.sha256).write_bytes(b"changed")
    try:
        jobs.sweep(county="qinglan", at=(AT + timedelta(hours=3)).isoformat())
        assert Attachment.objects.get(pk=attachment.pk).is_intact, "it was checked less than a day ago"
        jobs.sweep(county="qinglan", at=(AT + timedelta(days=2)).isoformat())
        assert not Attachment.objects.get(pk=attachment.pk).is_intact
    finally:
        files.path_of(attachment.sha256).unlink()
