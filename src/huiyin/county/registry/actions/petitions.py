"""Writers of petitions: 登记, 阅信接谈, 归类, 查看, 作废."""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import clocks, holding, numbers, rules
from huiyin.county.registry.models import (
    Claim,
    Matter,
    Petition,
    Petitioner,
    Representative,
    RuleSetSnapshot,
)
from huiyin.county.registry.states import Channel, Confidentiality, Recurrence, State
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.identity import read_phone
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import RuleSet
from huiyin.kernel.text import grams, normalise
from huiyin.platform.directory import rulesets

from .receipts import locked_receipt

SERIES = {Channel.LETTER: "信", Channel.WALK_IN: "访", Channel.PHONE: "电", Channel.WEB: "网"}
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Registered:
    """A new petition with the query code, which is shown once and stored as its digest."""

    petition: Petition
    query_code: str


def digest_of_code(number: str, code: str) -> str:
    """Return what is stored of a query code: bound to its petition's number."""
    return hashlib.sha256(f"{number}:{code.strip().upper()}".encode()).hexdigest()


@transaction.atomic
def register(
    *, receipt_id: int, registration: rules.Registration, by: Staff, at: datetime, query_code: str = ""
) -> Registered:
    """登记: make a petition of a receipt, give it its number, and start its clocks.

    The query code is made here unless the interface derives it from the submission it repeats.
    """
    receipt = locked_receipt(receipt_id)
    channel = Channel(receipt.channel)
    ruleset = rulesets.in_force(tenant.current().ruleset, received_on=receipt.received_on)
    rules.check_may_register(by)
    rules.check_may_register_as(by, registration.confidentiality)
    rules.check_registration(registration, channel=channel, ruleset=ruleset, today=local_day(at))
    if receipt.not_petition_seconded_by_id is not None:
        raise Refusal("receipt.is_no_petition", "已确认为非信访件，不能登记")
    number = numbers.take(SERIES[channel], at=at)
    code = query_code or "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    petition = Petition(
        receipt=receipt,
        matter=Matter.objects.create(title=registration.summary.strip()[:200], opened_at=at),
        petitioner=_petitioner_of(registration),
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
        is_urgent=registration.is_urgent,
        confidentiality=registration.confidentiality.value,
        query_code_digest=digest_of_code(number.text, code),
        ruleset=_snapshot_of(ruleset),
        registered_at=at,
        registered_by=by,
    )
    petition.searchable = _searchable(petition, registration)
    petition.grams = grams(petition.searchable)
    petition.save(force_insert=True)
    _write_parts(petition, registration)
    if registration.confidentiality is not Confidentiality.NUMBER_ONLY:
        holding.keep(petition, by=by)
    for clock in (Clock.CLASSIFY, Clock.DISPOSITION):
        clocks.start(petition, clock, start_on=receipt.received_on, at=at)
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
    )
    return Registered(petition=petition, query_code=code)


def _petitioner_of(registration: rules.Registration) -> Petitioner:
    return Petitioner.objects.create(
        kind=registration.petitioner_kind.value,
        name=registration.name.strip(),
        identity_number=registration.identity_number.strip().upper(),
        phone=read_phone(registration.phone) if registration.phone else "",
        address=registration.address.strip(),
    )


def _snapshot_of(ruleset: RuleSet) -> RuleSetSnapshot:
    values = ruleset.as_values()
    digest = hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    snapshot, _ = RuleSetSnapshot.objects.get_or_create(
        digest=digest, defaults={"code": ruleset.code, "title": ruleset.title, "values": values}
    )
    return snapshot


def _searchable(petition: Petition, registration: rules.Registration) -> str:
    names = [registration.name, *(person.name for person in registration.representatives)]
    parts = [
        petition.number,
        petition.source_number or "",
        petition.receipt.number,
        *names,
        petition.place,
        petition.summary,
        petition.content,
    ]
    return normalise("|".join(part for part in parts if part))


def _write_parts(petition: Petition, registration: rules.Registration) -> None:
    people = enumerate(registration.representatives, start=1)
    Representative.objects.bulk_create(
        Representative(petition=petition, position=position, name=person.name.strip(), phone=person.phone.strip())
        for position, person in people
    )
    texts = [text.strip() for text in registration.claims if text.strip()] or [petition.summary]
    Claim.objects.bulk_create(
        Claim(petition=petition, position=position, text=text) for position, text in enumerate(texts, start=1)
    )


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
        raise Refusal("petition.unknown", "没有这件信访件，或您无权查看")
    rules.check_version(version, petition.version)
    holding.keep(petition, by=by)
    return petition


def move(petition: Petition, then: State, *fields: str) -> None:
    """Move a locked petition to a state its own state allows, and count the edit."""
    rules.check_move(State(petition.state), then)
    petition.state = then.value
    save(petition, "state", *fields)


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
    move(petition, State.READ, "reading_note", "read_at", "read_by", "reader_name", "read_by_leader")
    journal.record(
        "petition.read",
        subject=petition,
        petition_id=petition.pk,
        by=by,
        at=at,
        state=petition.state,
        reader=petition.reader_name,
        by_leader=read_by_leader,
        note=petition.reading_note,
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
    rules.check_classification(classification, own_id=petition.pk)
    if classification.recurrence is Recurrence.REPEAT:
        earlier = Petition.objects.visible_to(by).counted().filter(pk=classification.repeats_id or 0).first()
        if earlier is None:
            raise Refusal("petition.repeated_unknown", "没有找到被重复的信访件")
        petition.matter = earlier.matter
        petition.repeats = earlier
    petition.purpose = classification.purpose.value
    petition.category_code = classification.category_code
    petition.category_path = classification.category_path
    petition.recurrence = classification.recurrence.value
    petition.tags = list(classification.tags)
    petition.statute_code = classification.statute_code
    petition.is_litigation = classification.is_litigation
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
        "is_litigation",
        "classified_at",
        "classified_by",
    )
    clocks.meet(petition, Clock.CLASSIFY, at=at)
    values = asdict(classification)
    journal.record(
        "petition.classified",
        subject=petition,
        petition_id=petition.pk,
        by=by,
        at=at,
        state=petition.state,
        **{**values, "purpose": petition.purpose, "recurrence": petition.recurrence},
    )
    return petition


@transaction.atomic
def reveal(*, petition_id: int, by: Staff, at: datetime) -> None:
    """查看完整信息: write down that somebody read identity number, phone and address unmasked."""
    petition = locked(petition_id, by=by)
    journal.record("petition.revealed", subject=petition, petition_id=petition.pk, by=by, at=at)


@transaction.atomic
def void(*, petition_id: int, reason: str, approver: Staff, by: Staff, at: datetime) -> Petition:
    """作废: take a petition out of the count with a reason and a second person; its number is never given again."""
    petition = locked(petition_id, by=by)
    rules.check_may_register(by)
    rules.check_may_approve(approver)
    rules.check_void(reason, by_id=by.pk, approver_id=approver.pk)
    petition.voided_at, petition.voided_by, petition.void_approved_by = at, by, approver
    petition.void_reason = reason.strip()
    move(petition, State.VOIDED, "voided_at", "voided_by", "void_approved_by", "void_reason")
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
