"""更正收件日期: both days are kept, an earlier one takes a second person, and what runs is counted anew (DOMAIN §4)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import receipt_days
from huiyin.county.registry.receipt_models import ReceiptCorrection
from huiyin.county.registry.states import Confidentiality
from huiyin.interfaces.refusals import is_audited
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 4, 1, tzinfo=UTC)
STOOD, EARLIER = date(2026, 3, 2), date(2026, 2, 27)


def corrected(receipt: Any, by: Any, received_on: date = EARLIER, **values: Any) -> ReceiptCorrection:
    told = {"reason": "收件章是2月27日的", "at": AT, **values}
    return receipt_days.correct(receipt_id=receipt.pk, received_on=received_on, by=by, **told)


def refused(act: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value


def test_both_days_are_kept_with_reason_and_people(people: Any, came: Any) -> None:
    receipt = came()
    row = corrected(receipt, people.clerk, approver=people.head)
    receipt.refresh_from_db()
    assert (row.received_on_before, row.received_on, receipt.received_on) == (STOOD, EARLIER, EARLIER)
    assert (row.corrected_by, row.approved_by) == (people.clerk, people.head)
    assert receipt.register_due_on == EARLIER
    entry = Entry.objects.get(event="receipt.corrected")
    told = (entry.values["received_on_before"], entry.values["received_on"], entry.values["approver"])
    assert told == ("2026-03-02", "2026-02-27", "王主任")


def test_what_runs_from_the_receipt_is_counted_anew_and_the_old_dates_stay(people: Any, registered: Any) -> None:
    # 2月28日星期六调休上班，三个工作日到3月3日。
    petition = registered()
    assert [(row.clock, row.due_on) for row in petition.deadlines.order_by("pk")] == [
        ("classify", date(2026, 3, 5)),
        ("disposition", date(2026, 3, 17)),
    ]
    corrected(petition.receipt, people.clerk, approver=people.head)
    petition.refresh_from_db()
    rows = [(row.clock, row.due_on, row.superseded_at) for row in petition.deadlines.order_by("pk")]
    assert rows == [
        ("classify", date(2026, 3, 5), AT),
        ("disposition", date(2026, 3, 17), AT),
        ("classify", date(2026, 3, 3), None),
        ("disposition", date(2026, 3, 16), None),
    ]
    assert (petition.received_on, petition.next_due_on, petition.next_clock) == (EARLIER, date(2026, 3, 3), "classify")


def test_what_was_done_in_time_stays_done(people: Any, registered: Any, classified: Any) -> None:
    petition = classified(registered())
    corrected(petition.receipt, people.clerk, approver=people.head)
    met = petition.deadlines.get(clock="classify")
    assert (met.due_on, met.superseded_at) == (date(2026, 3, 5), None)
    assert petition.deadlines.get(clock="disposition", superseded_at=None).due_on == date(2026, 3, 16)


def test_a_later_day_needs_nobody_but_never_passes_the_day_of_writing_it_down(people: Any, came: Any) -> None:
    receipt = came(received_on=date(2026, 2, 26))
    assert corrected(receipt, people.clerk, STOOD).approved_by is None
    too_late = refused(lambda: corrected(receipt, people.clerk, date(2026, 3, 3)))
    assert too_late.code == "receipt.day_after_taking"


@pytest.mark.parametrize("approver", [None, "clerk"], ids=["没有批准人", "批准人就是本人"])
def test_back_dating_is_refused_and_goes_into_the_audit_log(approver: str | None, people: Any, came: Any) -> None:
    second = getattr(people, approver) if approver else None
    refusal = refused(lambda: corrected(came(), people.clerk, approver=second))
    assert refusal.code == "receipt.backdated"
    assert is_audited(refusal)
    assert not ReceiptCorrection.objects.exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"received_on": STOOD}, "receipt.day_unchanged"),
        ({"received_on": date(2026, 3, 5)}, "receipt.from_the_future"),
        ({"reason": "　"}, "receipt.correction_reason_missing"),
        ({"received_on": date(2022, 4, 30)}, "receipt.other_rules"),
        ({"received_on": date(2026, 2, 24)}, "receipt.postmark_after_receipt"),
    ],
    ids=["同一天", "将来", "没有原因", "旧条例施行的最后一天", "早于邮戳"],
)
def test_it_is_refused_when(values: Any, code: str, people: Any, came: Any) -> None:
    postmarked_on = date(2026, 2, 25) if "postmark" in code else None
    receipt = came(postmarked_on=postmarked_on)
    assert refused(lambda: corrected(receipt, people.clerk, **{"approver": people.head, **values})).code == code


@pytest.mark.parametrize("name", ["mail_room", "leader", "auditor"])
def test_only_who_keeps_the_register_corrects(name: str, people: Any, came: Any) -> None:
    by = getattr(people, name)
    assert refused(lambda: corrected(came(), by, approver=people.head)).code == "permission.role_missing"


def test_what_is_sealed_is_corrected_by_the_restricted_officer(people: Any, came: Any, registered: Any) -> None:
    receipt = came(by=people.restricted)
    registered(receipt, by=people.restricted, confidentiality=Confidentiality.SEALED)
    assert refused(lambda: corrected(receipt, people.clerk, approver=people.head)).code == "petition.unknown"
    assert corrected(receipt, people.restricted, approver=people.head).received_on == EARLIER


def test_whoever_is_recused_does_not_approve(people: Any, registered: Any) -> None:
    petition = registered()
    petition.recusals.create(staff=people.head, reason="亲属", decided_at=AT, decided_by=people.leader)
    refusal = refused(lambda: corrected(petition.receipt, people.clerk, approver=people.head))
    assert refusal.code == "disposition.approver_barred"


def test_the_database_knows_it_too(people: Any, came: Any) -> None:
    told = {"received_on_before": STOOD, "received_on": EARLIER, "reason": "误记", "corrected_at": AT}
    with pytest.raises(IntegrityError, match="moves_back_only_with_a_second_person"), transaction.atomic():
        ReceiptCorrection.objects.create(receipt=came(), corrected_by=people.clerk, approved_by=people.clerk, **told)
