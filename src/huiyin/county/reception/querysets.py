"""Questions about instructions, bookings and receptions; the petition's visibility decides for all of them."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q, QuerySet

from huiyin.accounts.roles import Role
from huiyin.county.registry.models import Petition

from .rules import DESK, LEADERS
from .states import WRITTEN, BookingState, InstructionState, ReceptionState

if TYPE_CHECKING:
    from huiyin.accounts.models import Staff

    from .models import Booking, Instruction, Reception  # noqa: F401  # names the models for the type checker

READERS = frozenset({*DESK, *LEADERS, Role.AUDITOR})


class InstructionQuerySet(QuerySet["Instruction"]):
    """What was put before leaders and what they wrote."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep those of petitions this person may see: a recused leader's are gone from his queue.

        What was written on a whole letter before its accusation was split off may speak of it, and is read by the
        restricted officer alone.
        """
        if by.is_of_unit:
            return self.none()
        found = self.filter(petition__in=Petition.objects.visible_to(by).values("pk"))
        if Role.RESTRICTED in by.role_set:
            return found
        whole = self.model.objects.filter(written_at__lt=F("petition__split_into__registered_at"))
        return found.exclude(pk__in=whole.exclude(petition__excerpt="").values("pk"))

    def before(self, leader: "Staff") -> Self:
        """Keep what stands with this leader."""
        return self.filter(leader=leader)

    def unread(self) -> Self:
        """Keep what the leader has neither read nor instructed on."""
        return self.filter(state=InstructionState.PUT.value)

    def to_carry_out(self) -> Self:
        """Keep 待落实批示: written, and not carried out by the office yet."""
        return self.filter(state=InstructionState.TO_CARRY_OUT.value)

    def written(self) -> Self:
        """Keep what a leader wrote words on."""
        return self.filter(state__in=sorted(WRITTEN))


class BookingQuerySet(QuerySet["Booking"]):
    """Bookings, by whether they stand."""

    def standing(self) -> Self:
        """Keep bookings that were not cancelled, neither by the petitioner nor with their day."""
        return self.exclude(state=BookingState.CANCELLED.value)

    def expected(self) -> Self:
        """Keep bookings whose people have not come yet."""
        return self.filter(state=BookingState.BOOKED.value)


class ReceptionQuerySet(QuerySet["Reception"]):
    """Parties that came on a reception day."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep what this person may see: a leader the own days only; once registered, the petition decides.

        What was said by a party whose record was split is read by the restricted officer alone.
        """
        if not by.role_set & READERS:
            return self.none()
        found = self
        if not by.role_set & frozenset({*DESK, Role.AUDITOR}):
            found = self.filter(Q(day__leader=by) | Q(petition__instructions__leader=by)).distinct()
        return found.filter(Q(petition=None) | Q(petition__in=Petition.objects.whole_for(by).values("pk")))

    def of_day(self, on: date) -> Self:
        """Keep the parties of one day."""
        return self.filter(day__on=on)

    def waiting(self) -> Self:
        """Keep who waits to be called."""
        return self.filter(state=ReceptionState.WAITING.value)
