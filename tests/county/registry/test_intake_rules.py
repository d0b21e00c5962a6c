"""收件、重大紧急、重复、复核: the rule book of the intake."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from huiyin.accounts.roles import Role
from huiyin.county.registry import intake_rules
from huiyin.county.registry.intake_rules import ReceiptDetails, UrgentEntry
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import (
    Addressee,
    Channel,
    Confidentiality,
    Origin,
    Purpose,
    Recurrence,
    Relation,
    State,
    UrgentReceiver,
)
from huiyin.kernel.refusal import Refusal

RECEIVED_ON = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 3, tzinfo=UTC)
CALL = UrgentEntry(UrgentReceiver.DUTY_LEADER, "秦岳", "0199-5550101", "上湾村二十人上访途中", AT)
GOOD = Registration(summary="反映上湾村水费重复收取", name="马长根")


@dataclass(frozen=True)
class Somebody:
    role_set: frozenset[Role]


@pytest.mark.parametrize(
    ("details", "channel", "origin", "postmarked_on", "code"),
    [
        ({}, Channel.PHONE, Origin.DIRECT, date(2026, 3, 1), "receipt.postmark_without_letter"),
        ({}, Channel.LETTER, Origin.DIRECT, date(2026, 3, 3), "receipt.postmark_after_receipt"),
        ({"mail_number": "XA1"}, Channel.WALK_IN, Origin.DIRECT, None, "receipt.mail_number_without_letter"),
        ({"addressed_to": Addressee.LEADER}, Channel.LETTER, Origin.DIRECT, None, "receipt.recipient_missing"),
        ({"caller_phone": "12"}, Channel.PHONE, Origin.DIRECT, None, "phone.bad_length"),
        (
            {"representatives": ("马长根",)},
            Channel.LETTER,
            Origin.DIRECT,
            None,
            "petition.representatives_without_visit",
        ),
        ({"origin_number": "省人信7"}, Channel.LETTER, Origin.DIRECT, None, "receipt.origin_without_source"),
        ({"origin_due_on": RECEIVED_ON}, Channel.LETTER, Origin.DIRECT, None, "receipt.origin_without_source"),
        ({}, Channel.LETTER, Origin.SUPERIOR, None, "receipt.origin_name_missing"),
        ({"origin_name": "水法执法检查组"}, Channel.LETTER, Origin.INSPECTION_TEAM, None, "receipt.activity_missing"),
        (
            {"origin_name": "省人大常委会", "origin_due_on": date(2026, 3, 1)},
            Channel.LETTER,
            Origin.SUPERIOR,
            None,
            "receipt.origin_due_before_receipt",
        ),
    ],
)
def test_a_receipt_whose_details_contradict_it_is_refused(details, channel, origin, postmarked_on, code):
    with pytest.raises(Refusal) as refused:
        intake_rules.check_details(
            ReceiptDetails(**details),
            channel=channel,
            origin=origin,
            received_on=RECEIVED_ON,
            postmarked_on=postmarked_on,
        )
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("details", "channel", "origin", "postmarked_on"),
    [
        ({"mail_number": "XA1", "addressed_to": Addressee.CONGRESS}, Channel.LETTER, Origin.DIRECT, RECEIVED_ON),
        ({"caller_phone": "13900001234"}, Channel.PHONE, Origin.DIRECT, None),
        ({"representatives": ("马长根", "牛得水")}, Channel.WALK_IN, Origin.DIRECT, None),
        ({"origin_name": "代表尤一平"}, Channel.LETTER, Origin.DEPUTY, None),
        ({"origin_name": "省人大常委会", "origin_due_on": RECEIVED_ON}, Channel.LETTER, Origin.SUPERIOR, None),
        (
            {"origin_name": "检查组", "origin_words": "水法执法检查，2026年2月"},
            Channel.LETTER,
            Origin.INSPECTION_TEAM,
            None,
        ),
    ],
)
def test_a_receipt_of_every_channel_and_source_is_taken(details, channel, origin, postmarked_on):
    intake_rules.check_details(
        ReceiptDetails(**details), channel=channel, origin=origin, received_on=RECEIVED_ON, postmarked_on=postmarked_on
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"person": " "}, "receipt.urgent_report_incomplete"),
        ({"words": ""}, "receipt.urgent_report_incomplete"),
        ({"phone": "没有"}, "receipt.urgent_report_incomplete"),
        ({"reported_at": datetime(2026, 3, 2, 4, tzinfo=UTC)}, "receipt.urgent_report_from_the_future"),
        ({"reported_at": datetime(2026, 3, 1, 3, tzinfo=UTC)}, "receipt.urgent_report_before_receipt"),
    ],
)
def test_a_call_that_cannot_have_been_is_refused(changed, code):
    intake_rules.check_urgent_entry(CALL, received_on=RECEIVED_ON, at=AT)
    with pytest.raises(Refusal) as refused:
        intake_rules.check_urgent_entry(replace(CALL, **changed), received_on=RECEIVED_ON, at=AT)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("told", "is_enough"),
    [
        ([], False),
        (["party_office", "government_office", "joint_conference"], False),
        (["duty_leader"], True),
        (["duty_leader", "party_office"], True),
    ],
)
def test_an_urgent_report_is_complete_once_the_duty_leader_was_told(told, is_enough):
    if is_enough:
        intake_rules.check_urgent_reported(told)
        return
    with pytest.raises(Refusal, match="值班领导"):
        intake_rules.check_urgent_reported(told)


@pytest.mark.parametrize(
    ("is_registered", "is_split", "code"),
    [
        (False, False, None),
        (True, True, None),
        (True, False, "receipt.registered_already"),
        (False, True, "receipt.nothing_to_split"),
    ],
)
def test_a_receipt_is_registered_again_only_for_another_matter_of_the_same_letter(is_registered, is_split, code):
    if code is None:
        intake_rules.check_registered_once(is_registered=is_registered, is_split=is_split)
        return
    with pytest.raises(Refusal) as refused:
        intake_rules.check_registered_once(is_registered=is_registered, is_split=is_split)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("names", "count", "channel", "code"),
    [
        ((), 0, Channel.LETTER, None),
        (("马长根", "牛得水"), 2, Channel.LETTER, None),
        (("马长根", "牛得水"), 40, Channel.WEB, None),
        (("马长根", "牛得水"), 1, Channel.LETTER, "petition.fewer_signers_than_names"),
        (("马长根", " "), 2, Channel.LETTER, "petition.signer_without_name"),
        (("马长根",), 1, Channel.WALK_IN, "petition.signers_of_a_visit"),
        (tuple("甲" for _ in range(2001)), 3000, Channel.LETTER, "petition.too_many_signers"),
    ],
)
def test_joint_signers_stand_under_letters_and_are_not_more_than_signed(names, count, channel, code):
    if code is None:
        intake_rules.check_signers(names, signer_count=count, channel=channel)
        return
    with pytest.raises(Refusal) as refused:
        intake_rules.check_signers(names, signer_count=count, channel=channel)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"relation": Relation.REPEAT, "earlier_id": 5}, None),
        ({"relation": Relation.JOINS, "earlier_id": 5}, None),
        ({"earlier_id": 5}, "petition.earlier_of_a_new_one"),
        ({"relation": Relation.REPEAT}, "petition.repeated_missing"),
        (
            {"relation": Relation.JOINS, "earlier_id": 5, "confidentiality": Confidentiality.NUMBER_ONLY},
            "petition.number_only_joins_nothing",
        ),
    ],
)
def test_a_repeat_names_what_it_repeats_and_a_new_one_nothing(changed, code):
    if code is None:
        intake_rules.check_relation(replace(GOOD, **changed))
        return
    with pytest.raises(Refusal) as refused:
        intake_rules.check_relation(replace(GOOD, **changed))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("state", "is_now"),
    [
        (State.CLASSIFIED, False),
        (State.ASSIGNED, True),
        (State.REFERRED, True),
        (State.DISPUTED, True),
        (State.IN_PROGRESS, True),
        (State.REPORTED, True),
        (State.RETURNED, True),
        (State.VERIFIED, True),
        (State.REPLIED, False),
        (State.CLOSED, False),
    ],
)
def test_a_petition_is_in_handling_from_its_assignment_until_its_reply(state, is_now):
    assert intake_rules.is_in_handling(state.value) is is_now


@pytest.mark.parametrize(
    ("is_important", "is_reviewed", "is_refused"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
    ids=["重要未复核", "重要已复核", "一般未复核", "一般已复核"],
)
def test_what_is_important_is_reviewed_before_it_is_decided(is_important, is_reviewed, is_refused):
    if not is_refused:
        intake_rules.check_reviewed_before_deciding(is_reviewed=is_reviewed, is_important=is_important)
        return
    with pytest.raises(Refusal, match="先由负责人或领导复核"):
        intake_rules.check_reviewed_before_deciding(is_reviewed=is_reviewed, is_important=is_important)


@pytest.mark.parametrize("role", list(Role))
def test_head_leader_and_group_head_review_and_nobody_else(role):
    may = role in {Role.HEAD, Role.LEADER, Role.GROUP_HEAD}
    assert intake_rules.may_review(Somebody(frozenset({role}))) is may


def test_nobody_reviews_their_own_classification_or_one_that_is_not_made():
    intake_rules.check_review(is_classified=True, by_id=1, classified_by_id=2)
    for values in ({"is_classified": False, "classified_by_id": None}, {"is_classified": True, "classified_by_id": 1}):
        with pytest.raises(Refusal):
            intake_rules.check_review(by_id=1, **values)


def test_an_article_stands_in_a_law():
    decided = Classification(Purpose.CLAIM, "01", "农村农业", Recurrence.FIRST, article="第四十九条")
    with pytest.raises(Refusal, match="哪一部法律"):
        intake_rules.check_article(decided)
    intake_rules.check_article(replace(decided, statute_code="water"))
