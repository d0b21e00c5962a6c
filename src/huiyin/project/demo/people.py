"""People: one sign-in per role for the demonstration, so that every screen can be seen by whom it is meant for."""

from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.accounts.roles import Role
from huiyin.project.demo.office import Office

UNIT = "water"
CLERK = "clerk"
# Who takes in the ledger: its accusations are for nobody else.
IMPORTER = "restricted"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One account of the demonstration."""

    username: str
    name: str
    role: Role
    title: str
    unit_code: str = ""


def of_county(office: Office) -> Iterator[SignIn]:
    """Yield the office's people, with the names that the county's file tells."""
    leaders = office.leaders or ("常主任",)
    unit = office.unit(UNIT)
    handlers = (*unit.handlers, "经办员", "负责人")
    yield SignIn(CLERK, office.registrars[0], Role.CLERK, "信访办公室科员")
    yield SignIn("head", leaders[-1], Role.HEAD, "法制委员会主任委员")
    yield SignIn("leader", leaders[min(1, len(leaders) - 1)], Role.LEADER, "县人大常委会副主任")
    yield SignIn("grouphead", leaders[0], Role.GROUP_HEAD, "县人大常委会主任")
    yield SignIn("restricted", "沈默言", Role.RESTRICTED, "保密专人")
    yield SignIn("mailroom", "常收", Role.MAIL_ROOM, "收发员")
    yield SignIn("auditor", "郭明察", Role.AUDITOR, "县内只读")
    yield SignIn("unitclerk", handlers[0], Role.UNIT_CLERK, f"{unit.name}经办人", unit.code)
    yield SignIn("unithead", handlers[1], Role.UNIT_HEAD, f"{unit.name}负责人", unit.code)


def of_province() -> Iterator[SignIn]:
    """Yield the board's people."""
    yield SignIn("viewer", "曲览", Role.PROVINCE_VIEWER, "省级查看")
    yield SignIn("analyst", "傅析", Role.PROVINCE_ANALYST, "省级分析")
