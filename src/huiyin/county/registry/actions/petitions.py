"""Writers of petitions: 登记, 阅信接谈, 归类, 查看, 作废."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import blind_index, clocks, drafts, holding, intake_rules, numbers, rules, secrecy, standing
from huiyin.county.registry.citations import with_citation
from huiyin.county.registry.models import (
    Petition,
    RuleSetSnapshot,
)
from huiyin.county.registry.queries.barred import unknown
from huiyin.county.registry.query_codes import digest_of_code, key_of_code
from huiyin.county.registry.states import Channel, Confidentiality, Recurrence, Relation, State
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.text import grams
from huiyin.platform.directory import rulesets

from . import matters, registration_parts, repeats, web
from .receipts import locked_receipt

SERIES = {Channel.LETTER: "信", Channel.WALK_IN: "访", Channel.PHONE: "电", Channel.WEB: "网"}
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12
FIRST_CLOCKS = {
    Confidentiality.ORDINARY: (Clock.CLASSIFY, Clock.DISPOSITION),
    Confidentiality.SEALED: (Clock.CLASSIFY, Clock.DISPOSITION),
    Confidentiality.NUMBER_ONLY: (Clock.SEALED_TRANSFER,),
}


@dataclass(frozen=True, slots=True)
class Registered:
    """A new petition with the query code, which is shown once and stored as its digest."""

    petition: Petition
    query_code: str


@transaction.atomic
def register(
    *, receipt_id: int, registration: rules.Registration, by: Staff, at: datetime, query_code: str = ""
) -> Registered:
    """登记: make a petition of a receipt, give it its number, and start its clocks.

    The query code is made here unless the interface derives it from the submission it repeats.
    """
    receipt = locked_receipt(receipt_id, by=by)
    channel = Channel(receipt.channel)
    ruleset = rulesets.in_force(tenant.current().ruleset, received_on=receipt.received_on)
    rules.check_may_register(by)
    rules.check_may_register_as(by, registration.confidentiality)
    web.check_may_open(receipt, by=by)
    secrecy.check_number_only_is_bare(
        registration.confidentiality,
        registration.name,
        registration.identity_number,
        registration.phone,
        registration.address,
        registration.content,
        registration.place,
        registration.claims,
        registration.representatives,
        registration.signers,
    )
    rules.check_registration(registration, channel=channel, ruleset=ruleset, today=local_day(at))
    intake_rules.check_signers(registration.signers, signer_count=registration.signer_count, channel=channel)
    intake_rules.check_relation(registration)
    intake_rules.check_urgent_before_registration(
        is_urgent=receipt.is_urgent, is_reported=receipt.urgent_reported_at is not None
    )
    of_receipt = holding.parts_of(receipt, Petition)
    stored = Petition.objects.counted().filter(receipt=receipt)
    is_registered = stored.exists() if of_receipt is None else bool(of_receipt)
    intake_rules.check_registered_once(is_registered=is_registered, is_split=registration.is_split)
    earlier = repeats.earlier_of(registration, by=by)
    if receipt.not_petition_seconded_by_id is not None:
        raise Refusal("receipt.is_no_petition", "已确认为非信访件，不能登记")
    number = numbers.take(SERIES[channel], at=at)
    code = query_code or "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    petition = Petition(
        receipt=receipt,
        matter=earlier.matter if earlier else registration_parts.new_matter(registration, at=at),
        petitioner=registration_parts.petitioner_of(registration),
        number=number.text,
        year=number.year,
        series=number.series,
        number_value=number.value,
        state=State.REGISTERED.value,
        channel=channel.value,
        origin=receipt.origin,
        received_on=receipt.received_on,
        source_number=registration.source_number or None,
        summary=registration.summary.strip(),
        content=registration.content.strip(),
        place=registration.place.strip(),
        head_count=registration.head_count,
        signer_count=registration.signer_count,
        is_group=rules.is_group(channel, registration.head_count, ruleset),
        is_joint=rules.is_joint(channel, registration.signer_count),
        is_urgent=receipt.is_urgent,
        confidentiality=registration.confidentiality.value,
        recurrence=Recurrence.REPEAT.value if registration.relation is Relation.REPEAT else "",
        repeats=earlier if registration.relation is Relation.REPEAT else None,
        keeper=by,
        owner_name=by.name,
        next_due_on=local_day(at),
        query_code_digest=digest_of_code(number.text, code),
        query_code_key=key_of_code(code),
        ruleset=holding.once(lambda: registration_parts.snapshot_of(ruleset), RuleSetSnapshot, ruleset.code),
        registered_at=at,
        registered_by=by,
    )
    petition.searchable = registration_parts.searchable_of(petition, registration)
    petition.grams = grams(petition.searchable)
    petition.person_keys = blind_index.keys_of(registration_parts.people_of(registration))
    petition.save(force_insert=True)
    if registration.confidentiality is not Confidentiality.NUMBER_ONLY:
        holding.keep(petition, by=by, is_new=True)
    registration_parts.write_parts(petition, registration)
    for clock in FIRST_CLOCKS[registration.confidentiality]:
        clocks.start(petition, clock, start_on=receipt.received_on, at=at)
    standing.settle(petition, at=at)
    if of_receipt is None:
        drafts.drop(receipt)
    if receipt.taken_by_id is None and not registration.is_split:
        web.hand_over(receipt, petition, by=by, at=at)
    holding.made(petition, of=receipt)
    journal.record(
        "petition.registered",
        subject=petition,
        petition_id=petition.pk,
        by=by,
        at=at,
        number=petition.number,
        receipt=receipt.number,
        state=petition.state,
        channel=channel.value,
        head_count=petition.head_count,
        confidentiality=petition.confidentiality,
        ruleset=ruleset.code,
        relation=registration.relation.value,
        earlier_id=earlier.pk if earlier else None,
        is_split=registration.is_split,
    )
    repeats.remind(petition=petition, by=by, at=at)
    return Registered(petition=petition, query_code=code)


def locked(petition_id: int, *, by: Staff, version: int | None = None) -> Petition:
    """Lock a petition that this person may see, and refuse when it was edited since it was shown."""
    petition = holding.held_row(Petition, petition_id, by=by) or (
        Petition.objects.visible_to(by)
        .select_for_update(of=("self",))
        .filter(pk=petition_id)
        .select_related("ruleset")
        .defer("grams", "searchable", "ruleset__values")
        .first()
    )
    if petition is None:
        raise unknown(petition_id, by=by)
    rules.check_version(version, petition.version)
    holding.keep(petition, by=by)
    return petition


def check_not_barred(petition: Petition, approver: Staff) -> None:
    """Refuse as second person whoever stays away from the petition or stands accused in it (DOMAIN §6)."""
    if not Petition.objects.listed_for(approver).filter(pk=petition.pk).exists():
        raise Refusal("disposition.approver_barred", "该人员不能审批本件，请另选审批人")


def move(petition: Petition, then: State, *fields: str, at: datetime) -> None:
    """Move a locked petition to a state its own state allows; the responsibility follows, and the edit is counted."""
    rules.check_move(State(petition.state), then)
    repeats.check_no_second_assignment(petition, then)
    petition.state = then.value
    save(petition, "state", *standing.follow(petition), *fields)
    clocks.meet(petition, Clock.NEXT_STEP, at=at)


def save(petition: Petition, *fields: str) -> None:
    """Write the fields of a locked petition and count the edit."""
    petition.version += 1
    holding.save(petition, ["version", *fields])


@transaction.atomic
def read(
    *,
    petition_id: int,
    note: str,
    by: Staff,
    at: datetime,
    reader_name: str = "",
    read_by_leader: bool = False,
    version: int | None = None,
) -> Petition:
    """阅信/接谈: write down who read the letter or received the visitors, and what came of it."""
    petition = locked(petition_id, by=by, version=version)
    rules.check_may_read(by)
    rules.check_reading_note(note)
    kinds = petition.attachments.values_list("kind", flat=True)
    rules.check_original_present(Channel(petition.channel), kinds, taken_over=petition.source_number is not None)
    petition.reading_note, petition.read_at, petition.read_by = note.strip(), at, by
    petition.reader_name = reader_name.strip() or by.name
    petition.read_by_leader = read_by_leader
    move(petition, State.READ, "reading_note", "read_at", "read_by", "reader_name", "read_by_leader", at=at)
    standing.settle(petition, at=at)
    journal.record(
        "petition.read",
        subject=petition,
        petition_id=petition.pk,
        by=by,
        at=at,
        state=petition.state,
        reader=petition.reader_name,
        by_leader=read_by_leader,
        note=petition.reading_note if petition.confidentiality == Confidentiality.ORDINARY.value else "",
    )
    return petition


@transaction.atomic
def classify(
    *,
    petition_id: int,
    classification: rules.Classification,
    by: Staff,
    at: datetime,
    version: int | None = None,
) -> Petition:
    """归类: decide purpose, class and whether it was here before; the clock of classification is met."""
    petition = locked(petition_id, by=by, version=version)
    rules.check_may_classify(by)
    rules.check_still_to_be_decided(State(petition.state))
    rules.check_classification(classification, own_id=petition.pk)
    classification = with_citation(classification, on=local_day(at))
    is_new_repeat = petition.repeats_id is None
    if classification.recurrence is Recurrence.REPEAT:
        earlier = Petition.objects.visible_to(by).counted().filter(pk=classification.repeats_id or 0).first()
        if earlier is None:
            raise Refusal("petition.repeated_unknown", "没有找到被重复的信访件")
        matters.join(petition, earlier.matter, by=by, at=at)
        petition.repeats = earlier
    else:
        petition.repeats = None
    petition.purpose = classification.purpose.value
    petition.category_code = classification.category_code
    petition.category_path = classification.category_path
    petition.recurrence = classification.recurrence.value
    petition.tags = list(classification.tags)
    petition.statute_code = classification.statute_code
    petition.article = classification.article
    petition.jurisdiction = classification.jurisdiction.value
    petition.is_litigation, petition.wants_leader = classification.is_litigation, classification.wants_leader
    petition.classified_at, petition.classified_by = at, by
    move(
        petition,
        State.CLASSIFIED,
        "matter",
        "repeats",
        "purpose",
        "category_code",
        "category_path",
        "recurrence",
        "tags",
        "statute_code",
        "article",
        "jurisdiction",
        "is_litigation",
        "wants_leader",
        "classified_at",
        "classified_by",
        at=at,
    )
    clocks.meet(petition, Clock.CLASSIFY, at=at)
    standing.settle(petition, at=at)
    journal.record(
        "petition.classified",
        subject=petition,
        petition_id=petition.pk,
        by=by,
        at=at,
        state=petition.state,
        **asdict(classification),
    )
    if is_new_repeat:
        repeats.remind(petition=petition, by=by, at=at)
    return petition


@transaction.atomic
def reveal(*, petition_id: int, reason: str, by: Staff, at: datetime) -> None:
    """查看完整信息: write down who read identity number, phone and address unmasked, and why."""
    petition = locked(petition_id, by=by)
    rules.check_reveal(reason)
    journal.record("petition.revealed", subject=petition, petition_id=petition.pk, by=by, at=at, reason=reason.strip())


def keep_by(petition: Petition, keeper: Staff, *, at: datetime) -> None:
    """Let another person of the office answer for a locked petition; it is part of the act that records it."""
    rules.check_may_keep(keeper, Confidentiality(petition.confidentiality))
    if not Petition.objects.visible_to(keeper).filter(pk=petition.pk).exists():
        raise Refusal("petition.keeper_may_not_see", "该人员不能经办本件，请另选")
    petition.keeper = keeper
    save(petition, "keeper", *standing.follow(petition))
    standing.settle(petition, at=at)


@transaction.atomic
def hand_over(*, petition_id: int, keeper: Staff, by: Staff, at: datetime) -> Petition:
    """移交: another person of the office answers for the petition from now on."""
    petition = locked(petition_id, by=by)
    rules.check_may_register(by)
    rules.check_is_open(State(petition.state))
    keep_by(petition, keeper, at=at)
    journal.record("petition.handed_over", subject=petition, petition_id=petition.pk, by=by, at=at, keeper=keeper.name)
    return petition


@transaction.atomic
def void(*, petition_id: int, reason: str, approver: Staff, by: Staff, at: datetime) -> Petition:
    """作废: take a petition out of the count with a reason and a second person; its number is never given again."""
    petition = locked(petition_id, by=by)
    rules.check_may_register(by)
    rules.check_may_approve(approver)
    rules.check_void(reason, by_id=by.pk, approver_id=approver.pk)
    check_not_barred(petition, approver)
    petition.voided_at, petition.voided_by, petition.void_approved_by = at, by, approver
    petition.void_reason = reason.strip()
    move(petition, State.VOIDED, "voided_at", "voided_by", "void_approved_by", "void_reason", at=at)
    clocks.stop_all(petition, at=at)
    journal.record(
        "petition.voided",
        subject=petition,
        petition_id=petition.pk,
        by=by,
        at=at,
        state=petition.state,
        reason=petition.void_reason,
        approver=approver.name,
    )
    return petition
