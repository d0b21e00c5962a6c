"""保密与回避 by API: seal, name the leader, recuse, hand over, keep a 密件 by its number."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from huiyin.accounts.models import Staff
from huiyin.county.registry.actions import petitions, secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.secrecy import AccusedEntry

from .access import caller, version_of
from .petitions import colleague
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["保密与回避"])


class AccusedIn(In):
    """被检举控告人."""

    name: str = Field(min_length=1, max_length=60)
    post: str = Field(default="", max_length=60)
    unit_code: str = Field(default="", max_length=40)
    staff_id: int | None = None

    def entry(self) -> AccusedEntry:
        """Return the accused as the rules take one."""
        return AccusedEntry(self.name, self.post, self.unit_code, self.staff_id)


class AccusedListIn(In):
    """补登被检举控告人."""

    accused: list[AccusedIn] = Field(min_length=1, max_length=50)

    def entries(self) -> list[AccusedEntry]:
        """Return them as the rules take them."""
        return [one.entry() for one in self.accused]


class SealIn(AccusedListIn):
    """转为检举控告件."""

    keeper_id: int
    leader_id: int | None = None


class UnsealIn(In):
    """解除检举控告件."""

    reason: str = Field(min_length=1, max_length=200)
    approver_id: int


class LeaderIn(In):
    """指定阅看领导."""

    leader_id: int


class RecusalIn(In):
    """回避."""

    staff_id: int
    reason: str = Field(min_length=1, max_length=200)
    keeper_id: int | None = None


class KeeperIn(In):
    """移交."""

    keeper_id: int


class RevealIn(In):
    """查看完整信息."""

    reason: str = Field(min_length=1, max_length=80)


class PersonOut(Schema):
    """The petitioner in full, once the reading was recorded; a unit is told whom to answer, no identity number."""

    name: str
    phone: str
    identity_number: str
    address: str


class NumberOnlyIn(In):
    """密件登记."""

    hidden_from: list[int] = Field(default=[], max_length=50)


def _done(row: Petition) -> Done:
    return Done(id=row.pk, number=row.number, state=row.state)


def _now(request: HttpRequest) -> tuple[Staff, datetime]:
    return caller(request), timezone.now()


@router.post("/petitions/{int:petition_id}/seal", response=Done, summary="转为检举控告件")
def seal(request: HttpRequest, petition_id: int, body: SealIn) -> Done:
    """转为检举控告件."""
    by, at = _now(request)
    version = version_of(request)

    def act() -> Done:
        row = secrecy.seal(
            petition_id=petition_id,
            accused=body.entries(),
            keeper=colleague(body.keeper_id),
            named_leader=colleague(body.leader_id) if body.leader_id else None,
            version=version,
            by=by,
            at=at,
        )
        return _done(row)

    return carried_out(request, body, at, act)


@router.post("/petitions/{int:petition_id}/unseal", response=Done, summary="解除检举控告件")
def unseal(request: HttpRequest, petition_id: int, body: UnsealIn) -> Done:
    """解除检举控告件."""
    by, at = _now(request)
    version, approver = version_of(request), colleague(body.approver_id)

    def act() -> Done:
        return _done(
            secrecy.unseal(
                petition_id=petition_id, reason=body.reason, approver=approver, version=version, by=by, at=at
            )
        )

    return carried_out(request, body, at, act)


@router.post("/petitions/{int:petition_id}/accused", response=Done, summary="补登被检举控告人")
def accuse(request: HttpRequest, petition_id: int, body: AccusedListIn) -> Done:
    """补登被检举控告人."""
    by, at = _now(request)

    def act() -> Done:
        return _done(secrecy.accuse(petition_id=petition_id, accused=body.entries(), by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/petitions/{int:petition_id}/named-leader", response=Done, summary="指定阅看领导")
def name_leader(request: HttpRequest, petition_id: int, body: LeaderIn) -> Done:
    """指定阅看领导."""
    by, at = _now(request)

    def act() -> Done:
        leader = colleague(body.leader_id)
        return _done(secrecy.name_leader(petition_id=petition_id, leader=leader, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/petitions/{int:petition_id}/recusals", response=Done, summary="登记回避")
def recuse(request: HttpRequest, petition_id: int, body: RecusalIn) -> Done:
    """回避."""
    by, at = _now(request)

    def act() -> Done:
        row = secrecy.recuse(
            petition_id=petition_id,
            staff=colleague(body.staff_id),
            reason=body.reason,
            keeper=colleague(body.keeper_id) if body.keeper_id else None,
            by=by,
            at=at,
        )
        return _done(row.petition)

    return carried_out(request, body, at, act)


@router.post("/petitions/{int:petition_id}/keeper", response=Done, summary="移交经办人")
def hand_over(request: HttpRequest, petition_id: int, body: KeeperIn) -> Done:
    """移交."""
    by, at = _now(request)

    def act() -> Done:
        return _done(petitions.hand_over(petition_id=petition_id, keeper=colleague(body.keeper_id), by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/petitions/{int:petition_id}/reveal", response=PersonOut, summary="查看完整信息")
def reveal(request: HttpRequest, petition_id: int, body: RevealIn) -> PersonOut:
    """查看完整信息: every reading is recorded, so it takes no key."""
    by, at = _now(request)
    petitions.reveal(petition_id=petition_id, reason=body.reason, by=by, at=at)
    person = Petition.objects.visible_to(by).select_related("petitioner").get(pk=petition_id).petitioner
    return PersonOut(
        name=person.name,
        phone=person.phone,
        identity_number="" if by.is_of_unit else person.identity_number,
        address=person.address,
    )


@router.post("/receipts/{int:receipt_id}/number-only", response=Done, summary="密件登记")
def number_only(request: HttpRequest, receipt_id: int, body: NumberOnlyIn) -> Done:
    """密件登记: number, time, handler and flag, and no content at all."""
    by, at = _now(request)

    def act() -> Done:
        hidden = list(Staff.objects.filter(pk__in=body.hidden_from))
        return _done(secrecy.take_number_only(receipt_id=receipt_id, hidden_from=hidden, by=by, at=at).petition)

    return carried_out(request, body, at, act)
