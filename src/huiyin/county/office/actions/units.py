"""Writers of units: 新增, 变更, 停用, 启用. All by the county's administrator."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import rules
from huiyin.county.office.changes import take_over
from huiyin.county.office.models import Unit
from huiyin.county.office.rules import UnitEntry
from huiyin.county.office.states import Branch
from huiyin.kernel.refusal import Refusal

# How many assignments a unit still has to finish: asked of the assignments, which stand above the office.
StillOpen = Callable[[Unit], int]


@transaction.atomic
def add(*, code: str, entry: UnitEntry, by: Staff, at: datetime) -> Unit:
    """新增单位: an organ that petitions can be given to."""
    rules.check_may_keep_units(by)
    rules.check_unit_code(code)
    rules.check_unit(entry)
    _check_name_is_free(entry.name.strip(), besides=None)
    if Unit.objects.filter(code=code).exists():
        raise Refusal("unit.code_taken", f"单位代码{code}已被使用")
    unit = Unit.objects.create(code=code, **_values(entry))
    journal.record("unit.added", subject=unit, by=by, at=at, name=unit.name, fields={**_values(entry), "code": code})
    return unit


@transaction.atomic
def change(*, unit_id: int, entry: UnitEntry, by: Staff, at: datetime) -> Unit:
    """变更单位: another name, branch, superior, phone or other usual handlers; its code stays for ever."""
    unit = _locked(unit_id, by=by)
    rules.check_unit(entry)
    _check_name_is_free(entry.name.strip(), besides=unit)
    values = _values(entry)
    superior = _superior(entry.superior_code)
    if superior is not None:
        rules.check_superior(unit.code, _upwards(superior))
    changed = take_over(unit, **values)
    unit.save(update_fields=changed.fields)
    journal.record(
        "unit.changed", subject=unit, by=by, at=at, name=unit.name, before=changed.before, fields=changed.after
    )
    return unit


@transaction.atomic
def deactivate(*, unit_id: int, still_open: StillOpen, by: Staff, at: datetime) -> Unit:
    """停用单位: nothing is given to it any more; what it did stays under its name."""
    unit = _locked(unit_id, by=by)
    if not unit.is_active:
        raise Refusal("unit.is_inactive", "单位已经停用")
    rules.check_unit_may_go(
        open_assignments=still_open(unit),
        subordinates=unit.subordinates.filter(is_active=True).count(),
        accounts=Staff.objects.of_unit(unit.code).count(),
    )
    unit.is_active = False
    unit.save(update_fields=["is_active"])
    journal.record("unit.deactivated", subject=unit, by=by, at=at, name=unit.name, fields={"is_active": False})
    return unit


@transaction.atomic
def reactivate(*, unit_id: int, by: Staff, at: datetime) -> Unit:
    """启用单位: petitions can be given to it again."""
    unit = _locked(unit_id, by=by)
    if unit.is_active:
        raise Refusal("unit.is_active", "单位没有停用")
    unit.is_active = True
    unit.save(update_fields=["is_active"])
    journal.record("unit.reactivated", subject=unit, by=by, at=at, name=unit.name, fields={"is_active": True})
    return unit


def _locked(unit_id: int, *, by: Staff) -> Unit:
    rules.check_may_keep_units(by)
    unit = Unit.objects.select_for_update(of=("self",)).filter(pk=unit_id).first()
    if unit is None:
        raise Refusal("unit.unknown", "没有这个单位")
    return unit


def _check_name_is_free(name: str, *, besides: Unit | None) -> None:
    same = Unit.objects.filter(name=name)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise Refusal("unit.name_taken", f"已有单位“{name}”")


def _superior(code: str) -> Unit | None:
    if not code:
        return None
    superior = Unit.objects.filter(code=code, is_active=True).first()
    if superior is None:
        raise Refusal("unit.superior_unknown", "没有这个上级单位，或已停用")
    return superior


def _upwards(unit: Unit | None) -> Iterator[str]:
    while unit is not None:
        yield unit.code
        unit = unit.superior


def _values(entry: UnitEntry) -> dict[str, object]:
    superior = _superior(entry.superior_code)
    return {
        "name": entry.name.strip(),
        "branch": Branch(entry.branch).value,
        "superior_id": superior.pk if superior else None,
        "phone": entry.phone.strip(),
        "handlers": [handler.strip() for handler in entry.handlers],
    }
