"""The office's own affairs as tables: who may, which roles go together, terms, units, the yearly hearing."""

from dataclasses import dataclass
from datetime import date

import pytest

from huiyin.accounts.roles import OFFICE_ROLES, PROVINCE_ROLES, UNIT_ROLES, Role
from huiyin.county.office import rules
from huiyin.county.office.rules import Term, UnitEntry
from huiyin.kernel.refusal import Refusal


@dataclass(frozen=True)
class Somebody:
    role_set: frozenset[Role]


def code_of(act, *args: object, **values: object) -> str:
    try:
        act(*args, **values)
    except Refusal as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize("role", sorted(Role))
def test_accounts_and_units_are_kept_by_the_administrator_alone(role):
    by = Somebody(frozenset({role}))
    assert rules.may_keep_accounts(by) is rules.may_keep_units(by) is (role is Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", sorted(Role))
def test_the_offices_records_are_kept_by_clerk_and_head(role):
    assert rules.may_keep_office(Somebody(frozenset({role}))) is (role in {Role.CLERK, Role.HEAD})


@pytest.mark.parametrize(
    ("username", "good"),
    [
        ("ma", True),
        ("ma.kuaiji-2", True),
        ("m", False),
        ("Ma", False),
        ("2ma", False),
        ("马会计", False),
        ("a" * 40, True),
        ("a" * 41, False),
        ("ma kuaiji", False),
    ],
)
def test_a_name_to_sign_in_with_can_be_typed_on_every_keyboard(username, good):
    assert (code_of(rules.check_username, username) == "") is good


@pytest.mark.parametrize(
    ("roles", "unit_code", "refused"),
    [
        ({Role.CLERK}, "", ""),
        ({Role.CLERK, Role.RESTRICTED}, "", ""),
        ({Role.UNIT_CLERK}, "water", ""),
        ({Role.UNIT_CLERK, Role.UNIT_HEAD}, "water", ""),
        ({Role.ADMINISTRATOR}, "", ""),
        (set(), "", "account.no_role"),
        ({Role.UNIT_CLERK}, "", "account.unit_missing"),
        ({Role.CLERK}, "water", "account.unit_without_role"),
        ({Role.CLERK, Role.UNIT_CLERK}, "water", "account.mixed_roles"),
        ({Role.ADMINISTRATOR, Role.CLERK}, "", "account.administrator_alone"),
        ({Role.ADMINISTRATOR, Role.MAIL_ROOM}, "", "account.administrator_alone"),
        ({Role.PROVINCE_VIEWER}, "", "account.province_role"),
    ],
)
def test_which_roles_one_person_holds_together(roles, unit_code, refused):
    assert code_of(rules.check_roles, frozenset(roles), unit_code=unit_code) == refused


@pytest.mark.parametrize("role", sorted(OFFICE_ROLES | UNIT_ROLES | PROVINCE_ROLES))
def test_every_role_of_a_county_can_be_held_alone(role):
    unit = "water" if role in UNIT_ROLES else ""
    refused = code_of(rules.check_roles, frozenset({role}), unit_code=unit)
    assert refused == ("account.province_role" if role in PROVINCE_ROLES else "")


def test_nobody_changes_their_own_roles():
    assert code_of(rules.check_not_own_account, 7, 7) == "account.own"
    assert code_of(rules.check_not_own_account, 7, 8) == ""


@pytest.mark.parametrize(("there", "leaving", "refused"), [([1], 1, True), ([1, 2], 1, False), ([1], 9, False)])
def test_the_last_administrator_stays(there, leaving, refused):
    found = code_of(rules.check_administrator_remains, there, leaving=leaving)
    assert found == ("account.last_administrator" if refused else "")


@pytest.mark.parametrize(("count", "refused"), [(0, ""), (1, "account.answers_for_petitions")])
def test_whoever_answers_for_petitions_hands_them_over_first(count, refused):
    assert code_of(rules.check_handed_over, count, name="马会计") == refused


@pytest.mark.parametrize(
    ("entry", "refused"),
    [
        (UnitEntry("县水务局", "government", handlers=("何立群",)), ""),
        (UnitEntry("  ", "government"), "unit.no_name"),
        (UnitEntry("县水务局", "government", handlers=("何立群", " ")), "unit.nameless_handler"),
        (UnitEntry("县水务局", "government", handlers=("何立群",) * 30), ""),
        (UnitEntry("县水务局", "government", handlers=("何立群",) * 31), "unit.too_many_handlers"),
    ],
)
def test_a_unit_has_a_name_and_handlers_that_are_somebody(entry, refused):
    assert code_of(rules.check_unit, entry) == refused


@pytest.mark.parametrize(
    ("code", "good"), [("water", True), ("w2_x", True), ("w", False), ("Water", False), ("水", False)]
)
def test_a_units_code_can_stand_in_an_address(code, good):
    assert (code_of(rules.check_unit_code, code) == "") is good


@pytest.mark.parametrize(
    ("superiors", "refused"),
    [(["government"], ""), ([], ""), (["water"], "unit.circle"), (["station", "water"], "unit.circle")],
)
def test_no_unit_stands_above_itself(superiors, refused):
    assert code_of(rules.check_superior, "water", superiors) == refused


@pytest.mark.parametrize(
    ("open_assignments", "subordinates", "accounts", "refused"),
    [
        (0, 0, 0, ""),
        (1, 0, 0, "unit.has_open_assignments"),
        (0, 1, 0, "unit.has_subordinates"),
        (0, 0, 1, "unit.has_accounts"),
    ],
)
def test_a_unit_goes_only_when_nothing_hangs_on_it(open_assignments, subordinates, accounts, refused):
    found = code_of(
        rules.check_unit_may_go, open_assignments=open_assignments, subordinates=subordinates, accounts=accounts
    )
    assert found == refused


HEAD = Term("秦岳", "组长", date(2022, 1, 10), date(2026, 1, 9))


@pytest.mark.parametrize(
    ("term", "refused"),
    [
        (Term("李明远", "组长", date(2026, 1, 9), None), "leading_group.two_heads"),  # the last day is still served
        (Term("李明远", "组长", date(2026, 1, 10), None), ""),
        (Term("李明远", "组长", date(2021, 1, 1), date(2022, 1, 9)), ""),
        (Term("李明远", "组长", date(2021, 1, 1), date(2022, 1, 10)), "leading_group.two_heads"),
        (Term("李明远", "组长", date(2021, 1, 1), None), "leading_group.two_heads"),
        (Term("李明远", "副组长", date(2023, 1, 1), None), ""),
        (Term("秦岳", "组长", date(2023, 1, 1), None), "leading_group.two_heads"),
        (Term("李明远", "组长", date(2026, 2, 2), date(2026, 2, 1)), "leading_group.ends_before"),
        (Term("李明远", "组长", date(2026, 2, 2), date(2026, 2, 2)), ""),
    ],
)
def test_there_is_one_group_head_at_a_time(term, refused):
    assert code_of(rules.check_term, term, [HEAD], only_one="组长") == refused


def test_several_members_serve_together_and_nobody_twice():
    deputy = Term("李明远", "副组长", date(2022, 1, 10), None)
    assert code_of(rules.check_term, Term("周正", "副组长", date(2023, 1, 1), None), [deputy], only_one="组长") == ""
    again = Term("李明远", "副组长", date(2023, 1, 1), None)
    assert code_of(rules.check_term, again, [deputy], only_one="组长") == "leading_group.known"


@pytest.mark.parametrize(
    ("on", "refused"),
    [
        (date(2026, 3, 2), ""),
        (date(2026, 3, 3), "office.in_the_future"),
        (date(1979, 7, 1), ""),
        (date(1979, 6, 30), "office.too_early"),
    ],
)
def test_what_is_recorded_has_happened(on, refused):
    assert code_of(rules.check_happened, on, today=date(2026, 3, 2), what="培训") == refused


def test_what_was_left_empty_is_named():
    with pytest.raises(Refusal) as refused:
        rules.check_filled(("主题", "条例"), ("授课人", " "), ("参训范围", ""))
    assert refused.value.words == "请填写授课人、参训范围"


@pytest.mark.parametrize(("count", "refused"), [(1, ""), (0, "training.nobody"), (-3, "training.nobody")])
def test_somebody_came_to_a_class(count, refused):
    assert code_of(rules.check_head_count, count) == refused


@pytest.mark.parametrize(
    ("text", "has_file", "refused"),
    [("第一条", False, ""), ("", True, ""), (" \n", False, "regulation.nothing_to_read")],
)
def test_a_regulation_can_be_read(text, has_file, refused):
    assert code_of(rules.check_readable, text=text, has_file=has_file) == refused


@pytest.mark.parametrize(
    ("until", "refused"),
    [(None, ""), (date(2026, 3, 2), ""), (date(2026, 3, 1), "regulation.ends_before")],
)
def test_a_regulation_ends_after_it_was_issued(until, refused):
    assert code_of(rules.check_in_force_until, date(2026, 3, 2), until) == refused


@pytest.mark.parametrize(
    ("heard_on", "today", "missing"),
    [
        ([], date(2026, 9, 30), False),
        ([], date(2026, 10, 1), True),
        ([], date(2026, 12, 31), True),
        ([], date(2027, 1, 1), False),
        ([date(2026, 1, 1)], date(2026, 10, 1), False),
        ([date(2026, 10, 1)], date(2026, 10, 1), False),
        ([date(2025, 12, 31)], date(2026, 10, 1), True),
    ],
)
def test_the_years_hearing_is_missed_from_october_on(heard_on, today, missing):
    assert rules.is_hearing_missing(heard_on, today=today) is missing


@pytest.mark.parametrize(
    ("phone", "is_taken"),
    [("", True), ("0199-5550100", True), ("0199-5550100、5550101", True), ("办公室 5550100", False), ("1" * 41, False)],
)
def test_a_published_phone_is_numbers_and_nothing_else(phone: str, is_taken: bool) -> None:
    if is_taken:
        rules.check_published_phone(phone)
        return
    with pytest.raises(Refusal) as told:
        rules.check_published_phone(phone)
    assert told.value.code == "contact.bad_phone"
