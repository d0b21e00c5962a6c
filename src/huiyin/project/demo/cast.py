"""Cast: who acts in the living year, found by role, so that it is told with whatever names the office has."""

from dataclasses import dataclass
from typing import Self

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.project.demo.people import UNIT


@dataclass(frozen=True, slots=True)
class Cast:
    """One person per part."""

    clerk: Staff
    head: Staff
    leader: Staff
    group_head: Staff
    restricted: Staff
    mail_room: Staff
    unit_clerk: Staff
    unit_head: Staff
    administrator: Staff

    @classmethod
    def of_office(cls) -> Self:
        """Return the people of the office entered: of each role whoever has held it longest."""
        return cls(
            clerk=_holding(Role.CLERK),
            head=_holding(Role.HEAD),
            leader=_holding(Role.LEADER),
            group_head=_holding(Role.GROUP_HEAD),
            restricted=_holding(Role.RESTRICTED),
            mail_room=_holding(Role.MAIL_ROOM),
            unit_clerk=_of_unit(Role.UNIT_CLERK),
            unit_head=_of_unit(Role.UNIT_HEAD),
            administrator=_holding(Role.ADMINISTRATOR),
        )

    def clerk_of(self, unit_code: str) -> Staff:
        """Return who acts for a unit: its own clerk, or the office for one that has no account."""
        return self.unit_clerk if unit_code == UNIT else self.clerk

    def head_of(self, unit_code: str) -> Staff:
        """Return who reports for a unit: its own head, or the office for one that has no account."""
        return self.unit_head if unit_code == UNIT else self.clerk


def _holding(role: Role) -> Staff:
    return Staff.objects.holding(role).order_by("pk")[:1].get()


def _of_unit(role: Role) -> Staff:
    return Staff.objects.of_unit(UNIT).filter(roles__contains=[role.value]).order_by("pk")[:1].get()
