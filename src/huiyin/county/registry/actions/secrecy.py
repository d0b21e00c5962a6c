"""Writers of secrecy: 转为检举控告件, 解除, 指定阅看领导, 回避, 密件登记."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office.models import Unit
from huiyin.county.registry import rules, secrecy
from huiyin.county.registry.models import SEALED_SUMMARY, Petition
from huiyin.county.registry.secrecy_models import Accused, Recusal
from huiyin.county.registry.states import Confidentiality, PetitionerKind, Purpose, Recurrence, State
from huiyin.kernel.refusal import Refusal

from . import matters
from .petitions import Registered, check_not_barred, keep_by, locked, register, save

NUMBER_ONLY_RECUSAL = "密件回避"


@transaction.atomic
def seal(
    *,
    petition_id: int,
    accused: Sequence[secrecy.AccusedEntry],
    keeper: Staff,
    by: Staff,
    at: datetime,
    named_leader: Staff | None = None,
    version: int | None = None,
) -> Petition:
    """转为检举控告件: only the restricted officer, and a leader named on it, know its content now (R22 §30)."""
    petition = locked(petition_id, by=by, version=version)
    secrecy.check_may_seal(by)
    secrecy.check_sealable(State(petition.state), Confidentiality(petition.confidentiality))
    secrecy.check_accused(accused)
    rules.check_may_keep(keeper, Confidentiality.SEALED)
    _check_is_not_accused(keeper, accused)
    _write_accused(petition, accused, by=by, at=at)
    if named_leader is not None:
        _check_may_be_named(petition, named_leader)
    petition.confidentiality, petition.named_leader = Confidentiality.SEALED.value, named_leader
    save(petition, "confidentiality", "named_leader")
    keep_by(petition, keeper, at=at)
    journal.record("petition.sealed", subject=petition, petition_id=petition.pk, by=by, at=at, accused=len(accused))
    return petition


@transaction.atomic
def accuse(*, petition_id: int, accused: Sequence[secrecy.AccusedEntry], by: Staff, at: datetime) -> Petition:
    """补登被检举控告人: more people or units that must never learn of the petition."""
    petition = locked(petition_id, by=by)
    secrecy.check_may_keep_sealed(by)
    rules.check_is_open(State(petition.state))
    if Confidentiality(petition.confidentiality) is not Confidentiality.SEALED:
        raise Refusal("petition.not_sealed", "请先转为检举控告件")
    secrecy.check_accused(accused)
    _check_is_not_accused(petition.keeper, accused)
    _write_accused(petition, accused, by=by, at=at)
    journal.record(
        "petition.accused_added", subject=petition, petition_id=petition.pk, by=by, at=at, accused=len(accused)
    )
    return petition


@transaction.atomic
def unseal(
    *, petition_id: int, reason: str, approver: Staff, by: Staff, at: datetime, version: int | None = None
) -> Petition:
    """解除检举控告件: it turned out to be no accusation; a second person agrees."""
    petition = locked(petition_id, by=by, version=version)
    secrecy.check_may_keep_sealed(by)
    rules.check_is_open(State(petition.state))
    secrecy.check_unsealable(Confidentiality(petition.confidentiality), reason, by_id=by.pk, approver_id=approver.pk)
    rules.check_may_approve(approver)
    check_not_barred(petition, approver)
    petition.confidentiality, petition.named_leader = Confidentiality.ORDINARY.value, None
    save(petition, "confidentiality", "named_leader")
    journal.record(
        "petition.unsealed",
        subject=petition,
        petition_id=petition.pk,
        by=by,
        at=at,
        reason=reason.strip(),
        approver=approver.name,
    )
    return petition


@transaction.atomic
def name_leader(*, petition_id: int, leader: Staff, by: Staff, at: datetime) -> Petition:
    """指定阅看领导: this leader, and no other, may read the sealed item."""
    petition = locked(petition_id, by=by)
    secrecy.check_may_keep_sealed(by)
    rules.check_is_open(State(petition.state))
    _check_may_be_named(petition, leader)
    petition.named_leader = leader
    save(petition, "named_leader")
    journal.record("petition.leader_named", subject=petition, petition_id=petition.pk, by=by, at=at, leader=leader.name)
    return petition


@transaction.atomic
def recuse(
    *, petition_id: int, staff: Staff, reason: str, by: Staff, at: datetime, keeper: Staff | None = None
) -> Recusal:
    """回避: a person related to the matter may not receive, instruct, handle or see it any more.

    It holds for every petition of the matter, old and later joined, and for both parts of a split letter; whatever of
    these the person keeps is kept by another from now on.
    """
    petition = locked(petition_id, by=by)
    secrecy.check_may_recuse(by)
    rules.check_is_open(State(petition.state))
    if Recusal.objects.filter(petition__matter=petition.matter_id, staff=staff).exists():
        raise Refusal("recusal.done_already", "已经登记过回避")
    kept = matters.kept_by(staff, matters.of(petition))
    secrecy.check_recusal(reason, is_keeper=bool(kept), keeper_id=keeper.pk if keeper else None, staff_id=staff.pk)
    if keeper is not None:
        for one in kept:
            keep_by(petition if one.pk == petition.pk else one, keeper, at=at)
    recusal = Recusal.objects.create(
        petition=petition, staff=staff, reason=reason.strip(), decided_at=at, decided_by=by
    )
    journal.record(
        "petition.recused",
        subject=recusal,
        petition_id=petition.pk,
        by=by,
        at=at,
        person=staff.name,
        reason=recusal.reason,
        keeper=petition.keeper.name,
    )
    return recusal


@transaction.atomic
def take_number_only(*, receipt_id: int, by: Staff, at: datetime, hidden_from: Sequence[Staff] = ()) -> Registered:
    """密件登记: number, time, handler and flag, and no content at all; it goes sealed upward in five working days.

    Whoever stands accused and works in this office is hidden from it by recusal: the item names nobody.
    """
    secrecy.check_may_keep_sealed(by)
    secrecy.check_not_about_oneself(by.pk, [person.pk for person in hidden_from])
    bare = rules.Registration(
        summary=SEALED_SUMMARY,
        petitioner_kind=PetitionerKind.ANONYMOUS,
        confidentiality=Confidentiality.NUMBER_ONLY,
    )
    done = register(receipt_id=receipt_id, registration=bare, by=by, at=at)
    petition = done.petition
    petition.read_at, petition.read_by, petition.reader_name = at, by, by.name
    petition.purpose, petition.recurrence = Purpose.ACCUSATION.value, Recurrence.FIRST.value
    petition.category_code, petition.category_path = secrecy.NUMBER_ONLY_CATEGORY, secrecy.NUMBER_ONLY_PATH
    petition.classified_at, petition.classified_by = at, by
    fields = ("read_at", "read_by", "reader_name", "purpose", "recurrence", "category_code", "category_path")
    save(petition, *fields, "classified_at", "classified_by")
    Recusal.objects.bulk_create(
        Recusal(petition=petition, staff=person, reason=NUMBER_ONLY_RECUSAL, decided_at=at, decided_by=by)
        for person in hidden_from
    )
    journal.record(
        "petition.kept_by_number", subject=petition, petition_id=petition.pk, by=by, at=at, state=petition.state
    )
    return done


def keep_away(petition: Petition, *, whoever_of: Petition) -> None:
    """Keep whoever stays away from a petition away from the one that came of it, too: part of its split or reopening.

    It is part of the act that makes the new petition, which records it.
    """
    Recusal.objects.bulk_create(
        Recusal(
            petition=petition,
            staff_id=row.staff_id,
            reason=row.reason,
            decided_at=row.decided_at,
            decided_by_id=row.decided_by_id,
        )
        for row in whoever_of.recusals.order_by("pk")
    )


def stay_accused(petition: Petition, *, whoever_of: Petition) -> None:
    """Write whoever stands accused in a petition down on the one that takes its matter up again."""
    Accused.objects.bulk_create(
        Accused(
            petition=petition,
            name=row.name,
            post=row.post,
            unit_id=row.unit_id,
            staff_id=row.staff_id,
            added_at=row.added_at,
            added_by_id=row.added_by_id,
        )
        for row in whoever_of.accused.order_by("pk")
    )


def _check_is_not_accused(keeper: Staff, accused: Sequence[secrecy.AccusedEntry]) -> None:
    if any(entry.staff_id == keeper.pk for entry in accused):
        raise Refusal("petition.keeper_is_accused", "被检举控告的人不能经办本件，请指定他人")


def _check_may_be_named(petition: Petition, leader: Staff) -> None:
    secrecy.check_named_leader(
        leader,
        is_accused=petition.accused.filter(staff=leader).exists(),
        is_recused=Recusal.objects.filter(petition__matter__in=matters.of(petition), staff=leader).exists(),
    )


def _write_accused(petition: Petition, accused: Sequence[secrecy.AccusedEntry], *, by: Staff, at: datetime) -> None:
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[entry.unit_code for entry in accused])}
    known = set(Staff.objects.filter(pk__in=[entry.staff_id for entry in accused]).values_list("pk", flat=True))
    secrecy.check_accused_are_known(accused, units=units, staff_ids=known)
    Accused.objects.bulk_create(
        Accused(
            petition=petition,
            name=entry.name.strip(),
            post=entry.post.strip(),
            unit=units.get(entry.unit_code),
            staff_id=entry.staff_id,
            added_at=at,
            added_by=by,
        )
        for entry in accused
    )
