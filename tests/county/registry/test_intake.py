"""From an envelope, a call or an urgent visit to a registered petition; what is refused on the way."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.journal.models import Entry
from huiyin.county.registry import clocks, drafts
from huiyin.county.registry.actions import attachments, classifications, petitions, repeats, urgency
from huiyin.county.registry.intake_models import Draft, JointSigner, UrgentReport
from huiyin.county.registry.intake_rules import ReceiptDetails, UrgentEntry
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.queries.receipts import next_waiting, readable, waiting_receipts
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import (
    Addressee,
    AttachmentKind,
    Channel,
    Confidentiality,
    Origin,
    Purpose,
    Recurrence,
    Relation,
    State,
    UrgentReceiver,
)
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due, Source
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
FROM_ABOVE = {"origin": Origin.SUPERIOR, "received_on": date(2026, 3, 2)}
SCAN = b"%PDF-1.4\n% invented envelope\n%%EOF\n"


def told(event: str, **about: object) -> Entry:
    return Entry.objects.filter(event=event, **about).get()


# 收件


def test_an_envelope_keeps_what_is_written_on_it(came):
    details = ReceiptDetails(addressed_to=Addressee.LEADER, recipient="李副主任", mail_number="xa 1")
    receipt = came(sender="马长根", postmarked_on=date(2026, 2, 27), details=details, envelope=SCAN)
    receipt.refresh_from_db()
    assert (receipt.addressed_to, receipt.recipient, receipt.mail_number) == ("leader", "李副主任", "XA 1")
    assert (receipt.envelope_media_type, len(receipt.envelope_sha256)) == ("application/pdf", 64)


@pytest.mark.parametrize(
    ("received_on", "due_on"),
    [
        (date(2026, 3, 2), date(2026, 3, 2)),  # a Monday: the same day
        (date(2026, 2, 28), date(2026, 2, 28)),  # a Saturday on which people work
        (date(2026, 3, 1), date(2026, 3, 2)),  # a Sunday: the next working day
    ],
)
def test_a_receipt_is_registered_the_same_day_and_says_why(came, received_on, due_on):
    receipt = came(received_on=received_on)
    due = Due.from_values(receipt.register_due)
    assert (receipt.register_due_on, due.clock) == (due_on, Clock.REGISTER)
    assert any("收件之日" in line for line in due.explain())
    assert told("receipt.taken", subject_id=receipt.pk).values["register_due_on"] == due_on.isoformat()


def test_the_database_refuses_an_item_from_above_without_its_source(came):
    receipt = came()
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.filter(pk=receipt.pk).update(origin=Origin.LEADER.value)


@pytest.mark.parametrize(
    ("asked_on", "due_on", "named"),
    [
        (date(2026, 3, 10), date(2026, 3, 10), True),  # earlier than the rule's: it wins
        (date(2026, 3, 8), date(2026, 3, 8), True),  # a Sunday, but demanded outright
        (date(2026, 3, 17), date(2026, 3, 17), False),  # the rule's own day
        (date(2026, 4, 30), date(2026, 3, 17), False),  # later: it changes nothing without approval
    ],
)
def test_a_day_demanded_from_above_wins_when_it_is_earlier(came, registered, asked_on, due_on, named):
    details = ReceiptDetails(origin_name="省人大常委会", origin_number="省人信〔2026〕7号", origin_due_on=asked_on)
    petition = registered(came(details=details, **FROM_ABOVE))
    stored = Deadline.objects.get(petition=petition, clock=Clock.DISPOSITION.value)
    due = Due.from_values(stored.explanation)
    assert (stored.due_on, due.named) == (due_on, named)
    if named:
        assert due.explicit is not None
        assert (due.explicit.source, due.explicit.reference) == (Source.SUPERIOR, "省人大常委会 省人信〔2026〕7号")
        assert any("上级要求" in line for line in due.explain())


def test_the_demanded_day_bears_on_disposition_and_result_and_on_no_other_clock(came, registered):
    details = ReceiptDetails(origin_name="县委领导", origin_due_on=date(2026, 3, 3))
    petition = registered(came(details=details, **FROM_ABOVE))
    report = clocks.due(petition, Clock.REPORT, start_on=date(2026, 3, 2))
    assert clocks.demanded(petition, report).due_on == date(2026, 3, 3)
    started_later = clocks.due(petition, Clock.REPORT, start_on=date(2026, 3, 4))
    assert clocks.demanded(petition, started_later) == started_later
    assert Deadline.objects.get(petition=petition, clock=Clock.CLASSIFY.value).due_on == date(2026, 3, 5)


def test_what_an_inspection_team_received_keeps_the_teams_day(came, registered):
    details = ReceiptDetails(origin_name="水法执法检查组", origin_words="2026年水法执法检查")
    receipt = came(origin=Origin.INSPECTION_TEAM, received_on=date(2026, 2, 26), details=details)
    petition = registered(receipt)
    assert (petition.origin, petition.received_on) == ("inspection_team", date(2026, 2, 26))
    assert Deadline.objects.get(petition=petition, clock=Clock.DISPOSITION.value).due_on == date(2026, 3, 13)


# 重大紧急


@pytest.fixture
def urgent(people, came) -> Receipt:
    return urgency.mark_urgent(
        receipt_id=came(Channel.WALK_IN).pk, reason="二十余人聚集，有人情绪激动", by=people.mail_room, at=AT
    )


def call(to: UrgentReceiver = UrgentReceiver.DUTY_LEADER) -> UrgentEntry:
    return UrgentEntry(to, "秦岳", "0199-5550101", "上湾村二十余人聚集县政府门口", AT)


def test_what_is_urgent_is_registered_by_the_next_working_day(urgent):
    due = Due.from_values(urgent.register_due)
    assert (urgent.is_urgent, urgent.register_due_on, due.clock) == (True, date(2026, 3, 3), Clock.URGENT_REGISTER)
    assert "第二十五条" in due.basis


def test_what_is_urgent_is_not_registered_before_the_calls(urgent, registered, people):
    with pytest.raises(Refusal, match="先电话报告"):
        registered(urgent)
    urgency.report_urgent(receipt_id=urgent.pk, entry=call(UrgentReceiver.PARTY_OFFICE), by=people.clerk, at=LATER)
    with pytest.raises(Refusal, match="值班领导"):
        urgency.finish_urgent(receipt_id=urgent.pk, by=people.clerk, at=LATER)
    urgency.report_urgent(receipt_id=urgent.pk, entry=call(), by=people.clerk, at=LATER)
    urgency.finish_urgent(receipt_id=urgent.pk, by=people.clerk, at=LATER)
    petition = registered(urgent)
    assert petition.is_urgent
    assert [row.to for row in UrgentReport.objects.order_by("pk")] == ["party_office", "duty_leader"]
    finished = told("receipt.urgent_report_finished", subject_id=urgent.pk)
    assert finished.values["told"] == "值班领导、县委办公室"
    assert "5550101" not in str(told("receipt.urgent_reported", values__to="值班领导").values)


@pytest.mark.parametrize("act", [urgency.finish_urgent, partial(urgency.report_urgent, entry=call())])
def test_what_is_not_marked_is_not_reported_as_urgent(came, people, act):
    receipt = came()
    with pytest.raises(Refusal, match="先标记"):
        act(receipt_id=receipt.pk, by=people.clerk, at=LATER)


def test_a_registered_receipt_becomes_urgent_no_more(came, registered, people):
    receipt = came()
    registered(receipt)
    with pytest.raises(Refusal, match="已经登记"):
        urgency.mark_urgent(receipt_id=receipt.pk, reason="有人受伤", by=people.clerk, at=LATER)


def test_a_unit_reports_nothing_as_urgent(came, people):
    with pytest.raises(Refusal) as refused:
        urgency.mark_urgent(receipt_id=came().pk, reason="有人受伤", by=people.unit_clerk, at=AT)
    assert refused.value.code == "permission.role_missing"


def test_the_urgent_wait_first_and_then_the_oldest(came, urgent, people):
    old, new = came(received_on=date(2026, 2, 27)), came()
    assert list(waiting_receipts(people.clerk)) == [urgent, old, new]
    assert next_waiting(people.clerk, after=urgent.pk) == old


# 新件、重复、同一事项、一信多事


def test_a_repeat_joins_the_matter_at_once_and_reminds_whoever_handles_it(registered, people):
    first = registered()
    Petition.objects.filter(pk=first.pk).update(
        state=State.REFERRED.value, owner_name="马会计", next_due_on=date(2026, 3, 9)
    )
    again = registered(relation=Relation.REPEAT, earlier_id=first.pk)
    assert (again.matter_id, again.repeats, again.recurrence) == (first.matter_id, first, Recurrence.REPEAT.value)
    entry = told("petition.repeated", petition_id=first.pk)
    assert (entry.values["repeat_id"], entry.values["main"]) == (again.pk, first.number)
    assert repeats.main_in_handling(again) == first


def test_a_repeat_of_a_repeat_reminds_of_the_first(registered):
    first = registered()
    second = registered(relation=Relation.REPEAT, earlier_id=first.pk)
    Petition.objects.filter(pk=first.pk).update(state=State.REFERRED.value)
    third = registered(relation=Relation.REPEAT, earlier_id=second.pk)
    third.refresh_from_db()
    assert repeats.main_in_handling(third) == first


def test_a_repeat_of_what_nobody_handles_reminds_nobody(registered):
    first = registered()
    again = registered(relation=Relation.REPEAT, earlier_id=first.pk)
    assert repeats.main_in_handling(again) is None
    assert not Entry.objects.filter(event="petition.repeated").exists()


@pytest.mark.parametrize(
    ("of_the_main", "then", "is_refused"),
    [
        (State.REFERRED, State.ASSIGNED, True),
        (State.REFERRED, State.REFERRED, True),
        (State.REFERRED, State.INTERNAL, True),
        (State.REFERRED, State.MERGED, False),
        (State.REFERRED, State.GUIDED, False),
        (State.REPLIED, State.REFERRED, False),  # the echo is out: a repeat now is a matter of its own
    ],
)
def test_a_repeat_gets_no_second_assignment_while_the_first_is_handled(registered, of_the_main, then, is_refused):
    first = registered()
    Petition.objects.filter(pk=first.pk).update(state=of_the_main.value)
    again = registered(relation=Relation.REPEAT, earlier_id=first.pk)
    again.state = State.CLASSIFIED.value
    again.refresh_from_db(fields=["repeats"])
    if not is_refused:
        repeats.check_no_second_assignment(again, then)
        return
    with pytest.raises(Refusal) as refused:
        repeats.check_no_second_assignment(again, then)
    assert refused.value.code == "petition.repeat_in_handling"
    assert first.number in refused.value.words


def test_a_repeat_found_at_classification_reminds_too(registered, classified):
    first = registered()
    Petition.objects.filter(pk=first.pk).update(state=State.REFERRED.value)
    again = classified(registered(), recurrence=Recurrence.REPEAT, repeats_id=first.pk)
    assert again.matter_id == first.matter_id
    assert told("petition.repeated", petition_id=first.pk).values["repeat_id"] == again.pk


def test_who_joins_the_matter_is_no_repeat(registered):
    first = registered()
    other = registered(name="牛得水", relation=Relation.JOINS, earlier_id=first.pk)
    assert (other.matter_id, other.repeats_id, other.recurrence) == (first.matter_id, None, "")


def test_nobody_repeats_what_they_may_not_see(registered, people):
    sealed = registered(by=people.restricted, confidentiality=Confidentiality.SEALED)
    with pytest.raises(Refusal) as refused:
        registered(relation=Relation.REPEAT, earlier_id=sealed.pk)
    assert refused.value.code == "petition.repeated_unknown"


def test_a_letter_of_two_matters_is_registered_twice_and_shares_its_original(came, registered, people):
    receipt = came()
    first = registered(receipt)
    attachments.attach(
        petition_id=first.pk, kind=AttachmentKind.ORIGINAL, name="信.pdf", data=SCAN, by=people.clerk, at=AT
    )
    with pytest.raises(Refusal, match="再登记一件"):
        registered(receipt, summary="要求修复上湾村道路")
    second = registered(receipt, summary="要求修复上湾村道路", is_split=True)
    shared = attachments.share_original(
        petition_id=second.pk, source_id=first.pk, kind=AttachmentKind.ORIGINAL, by=people.clerk, at=AT
    )
    assert (second.receipt_id, second.matter_id == first.matter_id) == (receipt.pk, False)
    assert shared.sha256 == first.attachments.get().sha256
    assert told("attachment.added", petition_id=second.pk).values["shared_with"] == first.number


def test_originals_are_shared_within_one_letter_only(registered, people):
    first, other = registered(), registered()
    with pytest.raises(Refusal) as refused:
        attachments.share_original(
            petition_id=other.pk, source_id=first.pk, kind=AttachmentKind.ORIGINAL, by=people.clerk, at=AT
        )
    assert refused.value.code == "attachment.other_receipt"


def test_what_was_registered_by_mistake_and_voided_is_registered_anew(came, registered, people):
    receipt = came()
    first = registered(receipt)
    petitions.void(petition_id=first.pk, reason="错登", approver=people.head, by=people.clerk, at=AT)
    assert registered(receipt).number != first.number


def test_the_names_under_a_joint_letter_are_kept_in_their_order(registered):
    petition = registered(signer_count=30, signers=("牛得水", "周桂兰"))
    assert list(JointSigner.objects.filter(petition=petition).order_by("position").values_list("name", flat=True)) == [
        "牛得水",
        "周桂兰",
    ]
    assert "牛得水" in petition.searchable


# 草稿


def test_a_draft_is_ones_own_and_goes_with_the_registration(came, registered, people):
    receipt = came()
    kept = drafts.keep(receipt_id=receipt.pk, values={"summary": "反映水费", "name": " "}, by=people.clerk, at=AT)
    assert kept is not None
    assert kept.values == {"summary": "反映水费"}
    drafts.keep(receipt_id=receipt.pk, values={"summary": "反映水费重复"}, by=people.clerk, at=LATER)
    found = drafts.of(receipt_id=receipt.pk, by=people.clerk)
    assert found is not None
    assert (found.values, found.saved_at) == ({"summary": "反映水费重复"}, LATER)
    assert drafts.of(receipt_id=receipt.pk, by=people.head) is None
    registered(receipt)
    assert not Draft.objects.exists()


def test_of_what_is_sealed_no_draft_is_kept(came, people):
    receipt = came()
    drafts.keep(receipt_id=receipt.pk, values={"summary": "举报"}, by=people.restricted, at=AT)
    sealed = {"summary": "举报某某", "confidentiality": "sealed"}
    assert drafts.keep(receipt_id=receipt.pk, values=sealed, by=people.restricted, at=LATER) is None
    assert not Draft.objects.exists()


def test_a_draft_that_arrives_after_the_registration_is_not_kept(came, registered, people):
    receipt = came()
    registered(receipt)
    late = {"summary": "反映水费"}
    assert drafts.keep(receipt_id=receipt.pk, values=late, by=people.clerk, at=LATER) is None
    assert drafts.keep(receipt_id=receipt.pk, values=late, is_split=True, by=people.clerk, at=LATER) is not None


@pytest.mark.parametrize(
    ("values", "role", "code"),
    [
        ({"content": "长" * 20_001}, "clerk", "draft.too_large"),
        ({"summary": "水费"}, "unit_clerk", "permission.role_missing"),
        ({"summary": "水费"}, "leader", "permission.role_missing"),
    ],
)
def test_a_draft_is_small_and_only_a_registrars(came, people, values, role, code):
    with pytest.raises(Refusal) as refused:
        drafts.keep(receipt_id=came().pk, values=values, by=getattr(people, role), at=AT)
    assert refused.value.code == code


# 复核归类


def test_the_head_agrees_with_a_classification(registered, classified, people):
    petition = classified(registered())
    reviewed = classifications.review(petition_id=petition.pk, by=people.head, at=LATER)
    assert (reviewed.classification_reviewed_by, reviewed.classification_reviewed_at) == (people.head, LATER)
    assert told("petition.classification_reviewed", petition_id=petition.pk).values["changed"] == []


def test_a_changed_class_is_an_event_of_its_own(registered, classified, people):
    petition = classified(registered())
    before = classifications.decided(petition)
    after = type(before)(
        **{
            **{name: getattr(before, name) for name in before.__slots__},
            "purpose": Purpose.SUGGESTION,
            "category_code": "0102",
            "category_path": "农村农业/土地承包经营",
        }
    )
    classifications.review(petition_id=petition.pk, classification=after, by=people.head, at=LATER)
    petition.refresh_from_db()
    assert (petition.purpose, petition.category_code, petition.state) == ("suggestion", "0102", "classified")
    entry = told("petition.reclassified", petition_id=petition.pk)
    assert entry.values["changed"] == ["purpose", "category_code", "category_path"]
    assert entry.values["category_path_before"] == "农村农业/水利水电"


def test_nobody_reviews_their_own_classification(registered, classified, people):
    petition = classified(registered(by=people.head), by=people.head)
    with pytest.raises(Refusal) as refused:
        classifications.review(petition_id=petition.pk, by=people.head, at=LATER)
    assert refused.value.code == "petition.review_needs_second_person"


# 谁看得见收件


def test_the_sender_of_a_sealed_item_is_told_to_the_restricted_officer_alone(came, registered, people):
    receipt = came(sender="匿名")
    sealed = registered(receipt, by=people.restricted, confidentiality=Confidentiality.SEALED)
    for role, may in (("restricted", True), ("clerk", False), ("leader", False), ("mail_room", False)):
        assert (sealed.pk in readable([receipt], getattr(people, role))) is may, role
