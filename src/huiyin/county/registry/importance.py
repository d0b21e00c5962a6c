"""Importance: which petitions a head or leader decides, verifies and closes (DOMAIN §4, 已拟办). Rules of values."""

from typing import Protocol

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role

from .states import Confidentiality, Origin, Purpose

FROM_ABOVE = frozenset({Origin.LEADER.value, Origin.SUPERIOR.value})


class Weighed(Protocol):
    """What of a petition decides whether it is important, as its row keeps it."""

    is_urgent: bool
    is_group: bool
    wants_leader: bool
    origin: str
    purpose: str
    confidentiality: str
    source_number: str | None
    named_leader_id: int | None


def is_from_above(petition: Weighed) -> bool:
    """Whether a leader or a superior organ handed it in."""
    return petition.origin in FROM_ABOVE


def is_important(petition: Weighed) -> bool:
    """Whether a petition is 重要信访件: urgent, a group visit, from above, an accusation, or wanted by a classifier."""
    is_accusation = petition.purpose == Purpose.ACCUSATION.value or is_sealed(petition)
    return petition.is_urgent or petition.is_group or petition.wants_leader or is_from_above(petition) or is_accusation


def is_sealed(petition: Weighed) -> bool:
    """Whether only the restricted officer and a leader named on it may see it."""
    return petition.confidentiality != Confidentiality.ORDINARY.value


def check_may_settle(by: Person, petition: Weighed, *, act: str) -> None:
    """Refuse to verify or close what is important to whoever is no leader.

    What was taken over from an old ledger was settled then. Of a sealed item with no leader named on it nobody but the
    restricted officer knows.
    """
    if petition.source_number is not None or not is_important(petition):
        return
    if is_sealed(petition) and petition.named_leader_id is None:
        check_has_role(by, Role.RESTRICTED, act=act)
    else:
        check_has_role(by, Role.LEADER, Role.GROUP_HEAD, act=f"重要信访件{act}")


may_settle = may(check_may_settle)
