"""承办单位: added, changed, taken out of use and back; the code stays for ever."""

from datetime import UTC, datetime

import pytest

from huiyin.accounts.models import Staff
from huiyin.county.journal.models import Entry
from huiyin.county.office.actions import units
from huiyin.county.office.models import Unit
from huiyin.county.office.rules import UnitEntry
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
FORESTRY = UnitEntry(
    "县林业和草原局", "government", superior_code="government", phone="0199-5550130", handlers=("林森",)
)


def nothing_open(_unit: Unit) -> int:
    return 0


def refusal_of(act, **values: object) -> str:
    with pytest.raises(Refusal) as refused:
        act(**values, at=AT)
    return refused.value.code


def test_a_unit_is_added_with_its_superior_and_its_usual_handlers(people):
    unit = units.add(code="forestry", entry=FORESTRY, by=people.administrator, at=AT)
    unit.refresh_from_db()
    assert unit.superior == Unit.objects.get(code="government")
    assert (unit.handlers, unit.is_active) == (["林森"], True)
    assert Entry.objects.get(event="unit.added").values["name"] == "县林业和草原局"


@pytest.mark.parametrize(
    ("code", "entry", "refused"),
    [
        ("water", FORESTRY, "unit.code_taken"),
        ("Forestry", FORESTRY, "unit.bad_code"),
        ("forestry", UnitEntry("县水务局", "government"), "unit.name_taken"),
        ("forestry", UnitEntry("县林草局", "government", superior_code="nowhere"), "unit.superior_unknown"),
        ("forestry", UnitEntry("", "government"), "unit.no_name"),
    ],
)
def test_a_unit_that_cannot_be_is_refused(people, code, entry, refused):
    assert refusal_of(units.add, code=code, entry=entry, by=people.administrator) == refused


@pytest.mark.parametrize("role", ["clerk", "head", "unit_head"])
def test_nobody_but_the_administrator_keeps_units(people, role):
    by = getattr(people, role)
    water = Unit.objects.get(code="water")
    assert refusal_of(units.add, code="forestry", entry=FORESTRY, by=by) == "permission.role_missing"
    assert refusal_of(units.change, unit_id=water.pk, entry=FORESTRY, by=by) == "permission.role_missing"
    values = {"unit_id": water.pk, "still_open": nothing_open, "by": by}
    assert refusal_of(units.deactivate, **values) == "permission.role_missing"


def test_a_change_keeps_both_values(people):
    water = Unit.objects.get(code="water")
    entry = UnitEntry("县水利局", "government", "government", "0199-5550111", ("何立群",))
    assert units.change(unit_id=water.pk, entry=entry, by=people.administrator, at=AT).name == "县水利局"
    told = Entry.objects.get(event="unit.changed")
    assert (told.values["before"], told.values["fields"]) == ({"name": "县水务局"}, {"name": "县水利局"})


def test_no_unit_is_put_below_its_own_subordinate(people):
    water = Unit.objects.get(code="water")
    for code in ("irrigation_station", "water"):
        entry = UnitEntry("县水务局", "government", superior_code=code)
        assert refusal_of(units.change, unit_id=water.pk, entry=entry, by=people.administrator) == "unit.circle"


def test_a_unit_with_work_below_it_or_people_stays(people):
    by = people.administrator
    court, water = Unit.objects.get(code="court"), Unit.objects.get(code="water")
    assert (
        refusal_of(units.deactivate, unit_id=court.pk, still_open=lambda _unit: 2, by=by) == "unit.has_open_assignments"
    )
    assert refusal_of(units.deactivate, unit_id=water.pk, still_open=nothing_open, by=by) == "unit.has_subordinates"
    agriculture = Unit.objects.get(code="agriculture")
    values = {"unit_id": agriculture.pk, "still_open": nothing_open, "by": by}
    assert refusal_of(units.deactivate, **values) == "unit.has_accounts"
    Staff.objects.filter(unit_code="agriculture").update(is_active=False)
    assert units.deactivate(**values, at=AT).is_active is False


def test_a_unit_leaves_and_comes_back(people):
    court, by = Unit.objects.get(code="court"), people.administrator
    units.deactivate(unit_id=court.pk, still_open=nothing_open, by=by, at=AT)
    assert refusal_of(units.deactivate, unit_id=court.pk, still_open=nothing_open, by=by) == "unit.is_inactive"
    assert units.reactivate(unit_id=court.pk, by=by, at=AT).is_active
    assert refusal_of(units.reactivate, unit_id=court.pk, by=by) == "unit.is_active"
    assert [entry.event for entry in Entry.objects.filter(subject="unit").order_by("number")] == [
        "unit.deactivated",
        "unit.reactivated",
    ]


def test_a_unit_that_is_not_there_is_unknown(people):
    assert refusal_of(units.reactivate, unit_id=987654321, by=people.administrator) == "unit.unknown"
