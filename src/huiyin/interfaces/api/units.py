"""承办单位 by API."""

from typing import Annotated, Self

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from huiyin.accounts.permissions import check_has_role
from huiyin.accounts.roles import OFFICE_ROLES
from huiyin.county.office.actions import units
from huiyin.county.office.models import Unit
from huiyin.county.office.rules import UnitEntry
from huiyin.county.office.states import Branch
from huiyin.interfaces import open_work

from .access import caller
from .schemas import Done, In, Name
from .writes import carried_out

router = Router(tags=["单位"])


class UnitIn(In):
    """变更单位."""

    name: Name
    branch: Branch
    superior_code: Annotated[str, Field(max_length=40)] = ""
    phone: Annotated[str, Field(max_length=20)] = ""
    handlers: list[Annotated[str, Field(max_length=40)]] = []

    def entry(self) -> UnitEntry:
        """Return the body as the act takes it."""
        return UnitEntry(self.name, self.branch.value, self.superior_code, self.phone, tuple(self.handlers))


class NewUnitIn(UnitIn):
    """新增单位."""

    code: Annotated[str, Field(max_length=40)]


class UnitOut(Schema):
    """One unit."""

    id: int
    code: str
    name: str
    branch: str
    superior_code: str
    phone: str
    handlers: list[str]
    is_active: bool

    @classmethod
    def of(cls, row: Unit) -> Self:
        """Return a unit with its superior's code."""
        return cls(
            id=row.pk,
            code=row.code,
            name=row.name,
            branch=row.branch,
            superior_code=row.superior.code if row.superior else "",
            phone=row.phone,
            handlers=row.handlers,
            is_active=row.is_active,
        )


@router.get("/", response=list[UnitOut], summary="单位")
def find(request: HttpRequest) -> list[UnitOut]:
    """Return every unit, in use or not."""
    check_has_role(caller(request), *sorted(OFFICE_ROLES), act="查看单位")
    rows = Unit.objects.select_related("superior").order_by("-is_active", "name")
    return [UnitOut.of(row) for row in rows]


@router.post("/", response=Done, summary="新增单位")
def add(request: HttpRequest, body: NewUnitIn) -> Done:
    """新增单位."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=units.add(code=body.code, entry=body.entry(), by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/{int:unit_id}/change", response=Done, summary="变更单位")
def change(request: HttpRequest, unit_id: int, body: UnitIn) -> Done:
    """变更单位."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=units.change(unit_id=unit_id, entry=body.entry(), by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/{int:unit_id}/deactivate", response=Done, summary="停用单位")
def deactivate(request: HttpRequest, unit_id: int) -> Done:
    """停用单位."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=units.deactivate(unit_id=unit_id, still_open=open_work.still_open, by=by, at=at).pk)

    return carried_out(request, None, at, act)


@router.post("/{int:unit_id}/reactivate", response=Done, summary="启用单位")
def reactivate(request: HttpRequest, unit_id: int) -> Done:
    """启用单位."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=units.reactivate(unit_id=unit_id, by=by, at=at).pk)

    return carried_out(request, None, at, act)
