"""Which page opens for whom: the access matrix of the office's pages."""

from typing import Any

import pytest

from huiyin.county.registry.states import State
from huiyin.kernel.tenant import Tenant

EVERYBODY = (
    "clerk", "head", "leader", "group_head", "restricted", "mail_room", "auditor", "administrator", "unit_clerk",
    "unit_head",
)  # fmt: skip
READERS = frozenset({"clerk", "head", "leader", "group_head", "restricted", "auditor"})
UNITS = frozenset({"unit_clerk", "unit_head"})
OFFICE = frozenset(EVERYBODY) - UNITS
KEEPERS = frozenset({"clerk", "head"})
ADMINISTRATOR = frozenset({"administrator"})
PAGES = {
    "/petitions/": READERS,
    "/petitions/export.xlsx": READERS,
    "/assignments/": READERS | UNITS,
    "/promises/": READERS,
    "/promises/M1/missing": READERS,
    "/analysis/": READERS,
    "/analysis/timely_reply/": READERS,
    "/periods/": READERS,
    "/periods/2025-12/": READERS,
    "/reports/": READERS,
    "/reports/2025-12/": READERS,
    "/reports/2025-12/priorities/new": KEEPERS,
    "/supervision/": READERS,
    "/supervision/proposals/": READERS,
    "/supervision/proposals/new": KEEPERS,
    "/supervision/meetings/": READERS,
    "/supervision/meetings/new": KEEPERS | {"leader", "group_head"},
    "/supervision/plans/": READERS,
    "/supervision/plans/new": KEEPERS,
    "/supervision/activities/": READERS,
    "/supervision/activities/new": KEEPERS,
    "/supervision/opinions/": READERS | UNITS,
    "/supervision/effects/": READERS,
    "/supervision/petitions/?by=tag&key=irrigation_fee&first=2026-01-01&last=2026-03-31": READERS,
    "/portal/opinions/": frozenset(EVERYBODY),
    "/portal/plan/": frozenset(EVERYBODY),
    "/help/": frozenset(EVERYBODY),
    "/portal/": frozenset(EVERYBODY),
    "/portal/status/": frozenset(EVERYBODY),
    "/portal/petition/": frozenset(EVERYBODY),
    "/portal/questions/": frozenset(EVERYBODY),
    "/office/contact": KEEPERS,
    "/analysis/hotspots/": READERS,
    "/analysis/hotspots/rule": frozenset({"head"}),
    "/analysis/units/": READERS,
    "/recommendations/": READERS | UNITS,
    "/recommendations/new": KEEPERS,
    "/notifications/": frozenset(EVERYBODY),
    "/account/": frozenset(EVERYBODY),
    "/account/password": frozenset(EVERYBODY),
    "/staff/": ADMINISTRATOR,
    "/staff/new": ADMINISTRATOR,
    "/office/": OFFICE,
    "/office/leading-group/new": KEEPERS,
    "/office/units/": OFFICE,
    "/office/units/new": ADMINISTRATOR,
    "/office/trainings/": OFFICE,
    "/office/trainings/new": KEEPERS,
    "/office/hearings/": OFFICE,
    "/office/hearings/new": KEEPERS,
    "/office/regulations/": OFFICE,
    "/office/regulations/new": KEEPERS,
    "/imports/": frozenset({"clerk", "head", "restricted"}),
    "/calendar/": frozenset(EVERYBODY) - UNITS,
    "/calendar/rules": frozenset(EVERYBODY) - UNITS,
}


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_for_its_roles_and_no_others(path: str, role: str, people: Any, browser: Any) -> None:
    answer = browser(getattr(people, role)).get(path)
    assert answer.status_code == (200 if role in PAGES[path] else 403)


@pytest.mark.parametrize("path", sorted(path for path in PAGES if not path.startswith("/portal/")))
def test_whoever_is_not_signed_in_signs_in_first(path: str, browser: Any) -> None:
    answer = browser().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize(
    ("role", "goes_to"), [(None, "/portal/"), ("unit_clerk", "/assignments/"), ("unit_head", "/assignments/")]
)
def test_the_first_page_leads_each_to_their_own(role: str | None, goes_to: str, people: Any, browser: Any) -> None:
    answer = browser(getattr(people, role) if role else None).get("/")
    assert (answer.status_code, answer["Location"]) == (302, goes_to)


@pytest.mark.parametrize("role", [role for role in EVERYBODY if role not in UNITS])
def test_the_day_opens_for_everyone_in_the_office(role: str, people: Any, browser: Any, a_petition: Any) -> None:
    a_petition(summary="要求公示水费")
    answer = browser(getattr(people, role)).get("/")
    assert answer.status_code == 200
    assert ("要求公示水费" in answer.content.decode()) is (role in READERS)


def test_a_unit_sees_its_own_assignment_and_no_other(people: Any, browser: Any, a_petition: Any) -> None:
    given = a_petition(State.ASSIGNED).assignments.get()
    assert browser(people.unit_clerk).get(f"/assignments/{given.pk}/").status_code == 200
    for path in ("", "sign", "report"):
        assert browser(people.other_unit_clerk).get(f"/assignments/{given.pk}/{path}").status_code == 404
    assert given.number not in browser(people.other_unit_clerk).get("/assignments/").content.decode()


def test_a_number_that_nobody_has_is_not_there(people: Any, browser: Any) -> None:
    assert browser(people.unit_clerk).get("/assignments/999999/").status_code == 404
    assert browser(people.clerk).get("/promises/M9/missing").status_code == 404


def test_another_countys_assignment_is_not_there(
    people: Any, browser: Any, a_petition: Any, other_county: Tenant
) -> None:
    given = a_petition(State.ASSIGNED).assignments.get()
    stranger = browser(people.clerk)
    answer = stranger.client.get(f"/assignments/{given.pk}/", HTTP_HOST=other_county.domain)
    assert answer.status_code in {302, 404}
    assert given.number not in answer.content.decode()
