"""Attempts on an instruction that are refused and stand in the journal all the same (DOMAIN §4)."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from huiyin.accounts.models import Staff
from huiyin.county.reception.actions import instructions
from huiyin.county.reception.rules import JOURNALED
from huiyin.kernel.refusal import Refusal

Answer = TypeVar("Answer")


def tried(act: Callable[[], Answer], *, petition_id: int, by: Staff, at: datetime) -> Answer:
    """Carry an act out; where it is refused for recusal or on the merits of a case, write the attempt down."""
    try:
        return act()
    except Refusal as refusal:
        if refusal.code in JOURNALED:
            instructions.note_refusal(petition_id=petition_id, refusal=refusal, by=by, at=at)
        raise
