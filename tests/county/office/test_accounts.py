"""账号: who opens, changes, closes and resets what, and what that ends."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.hashers import check_password

from huiyin.accounts import actions as accounts
from huiyin.accounts.models import ApiToken, Staff
from huiyin.accounts.roles import Role
from huiyin.county.journal.models import Entry
from huiyin.county.office.actions import accounts as office
from huiyin.county.office.actions import own_account
from huiyin.county.office.actions.accounts import AccountEntry
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
PASSWORD = "only-for-tests-2026"
CLERK = AccountEntry(name="赵文清", roles=frozenset({Role.CLERK}), title="信访办科员", phone="0199-5550120")
NOWHERE = AccountEntry(name="江小满", roles=frozenset({Role.UNIT_CLERK}), unit_code="nowhere")


def nothing_open(_staff: Staff) -> int:
    return 0


def refusal_of(act, **values: object) -> str:
    with pytest.raises(Refusal) as refused:
        act(**values, at=AT)
    return refused.value.code


@pytest.fixture
def second(people):
    """A second administrator, who has a password."""
    entry = AccountEntry(name="郑明", roles=frozenset({Role.ADMINISTRATOR}))
    opened = office.open_account(username="zheng", entry=entry, by=people.administrator, at=AT)
    return accounts.use_setup_token(secret=opened.setup_token, password=PASSWORD, at=AT)


def test_an_account_is_opened_without_a_password_and_its_person_chooses_one(people):
    opened = office.open_account(username="zhao", entry=CLERK, by=people.administrator, at=AT)
    staff = Staff.objects.get(username="zhao")
    assert (staff.name, staff.role_set, staff.unit_code) == ("赵文清", frozenset({Role.CLERK}), "")
    assert not staff.has_usable_password()
    told = Entry.objects.get(event="account.opened")
    assert (told.subject_id, told.by_id, told.values["roles"]) == (staff.pk, people.administrator.pk, "信访专干")
    assert opened.setup_token not in str(told.values)
    accounts.use_setup_token(secret=opened.setup_token, password=PASSWORD, at=AT)
    staff.refresh_from_db()
    assert check_password(PASSWORD, staff.password)


@pytest.mark.parametrize("role", ["clerk", "head", "restricted", "unit_head", "leader"])
def test_nobody_but_the_administrator_opens_accounts(people, role):
    by = getattr(people, role)
    assert refusal_of(office.open_account, username="zhao", entry=CLERK, by=by) == "permission.role_missing"
    assert not Staff.objects.filter(username="zhao").exists()


@pytest.mark.parametrize(
    ("username", "entry", "refused"),
    [
        ("ma", CLERK, "account.name_taken"),
        ("Zhao", CLERK, "account.bad_username"),
        ("jiang", NOWHERE, "account.unit_unknown"),
        ("jiang", AccountEntry(name=" ", roles=frozenset({Role.CLERK})), "office.missing"),
    ],
)
def test_an_account_that_cannot_be_is_refused(people, username, entry, refused):
    assert refusal_of(office.open_account, username=username, entry=entry, by=people.administrator) == refused


def test_a_person_gets_another_role_and_both_are_written_down(people):
    entry = AccountEntry(name="马会计", roles=frozenset({Role.CLERK, Role.RESTRICTED}))
    changed = office.change(
        staff_id=people.clerk.pk, entry=entry, answers_for=nothing_open, by=people.administrator, at=AT
    )
    assert changed.role_set == {Role.CLERK, Role.RESTRICTED}
    told = Entry.objects.get(event="account.changed")
    assert told.values["before"] == {"roles": ["clerk"]}
    assert told.values["fields"] == {"roles": ["clerk", "restricted"]}


def test_what_changes_nothing_is_no_event(people):
    entry = AccountEntry(name="马会计", roles=frozenset({Role.CLERK}))
    values = {"staff_id": people.clerk.pk, "entry": entry, "answers_for": nothing_open, "by": people.administrator}
    assert refusal_of(office.change, **values) == "office.unchanged"
    assert not Entry.objects.filter(event="account.changed").exists()


def test_nobody_changes_their_own_roles_but_anybody_their_own_telephone(people, second):
    own = {"staff_id": second.pk, "answers_for": nothing_open, "by": second}
    entry = AccountEntry(name="郑明", roles=frozenset({Role.CLERK}))
    assert refusal_of(office.change, entry=entry, **own) == "account.own"
    entry = AccountEntry(name="郑明", roles=frozenset({Role.ADMINISTRATOR}), phone="0199-5550121")
    assert office.change(entry=entry, **own, at=AT).phone == "0199-5550121"


@pytest.mark.parametrize("act", [office.enable, office.disable])
def test_nobody_closes_or_opens_their_own_account(people, second, act):
    values = {"answers_for": nothing_open} if act is office.disable else {}
    assert refusal_of(act, staff_id=second.pk, by=second, **values) == "account.own"


def test_of_two_administrators_one_can_go_and_the_last_cannot(people, second):
    office.disable(staff_id=people.administrator.pk, answers_for=nothing_open, by=second, at=AT)
    values = {"staff_id": second.pk, "answers_for": nothing_open, "by": people.administrator}
    assert refusal_of(office.disable, **values) == "account.no_longer_administrator"
    second.refresh_from_db()
    assert second.is_active


def test_an_administrator_who_was_closed_meanwhile_does_nothing_any_more(people, second):
    office.disable(staff_id=second.pk, answers_for=nothing_open, by=people.administrator, at=AT)
    values = {"staff_id": people.clerk.pk, "by": second}  # as the other request still has it, active
    assert refusal_of(office.sign_out, **values) == "account.no_longer_administrator"


def test_whoever_answers_for_petitions_is_not_let_go(people):
    values = {"staff_id": people.clerk.pk, "answers_for": lambda _staff: 3, "by": people.administrator}
    assert refusal_of(office.disable, **values) == "account.answers_for_petitions"
    entry = AccountEntry(name="马会计", roles=frozenset({Role.AUDITOR}))
    assert refusal_of(office.change, entry=entry, **values) == "account.answers_for_petitions"
    entry = AccountEntry(name="马会计", roles=frozenset({Role.CLERK, Role.RESTRICTED}))
    assert office.change(entry=entry, **values, at=AT).role_set == {Role.CLERK, Role.RESTRICTED}


def test_a_closed_account_ends_at_once_and_its_tokens_do_not_come_back(people):
    secret = own_account.issue_token(name="报表", by=people.clerk, at=AT).secret
    before = people.clerk.get_session_auth_hash()
    office.disable(staff_id=people.clerk.pk, answers_for=nothing_open, by=people.administrator, at=AT)
    assert accounts.staff_of_token(secret) is None
    clerk = Staff.objects.get(pk=people.clerk.pk)
    assert (clerk.is_active, clerk.get_session_auth_hash() == before) == (False, False)
    again = {"staff_id": clerk.pk, "answers_for": nothing_open, "by": people.administrator}
    assert refusal_of(office.disable, **again) == "account.is_disabled"
    office.enable(staff_id=clerk.pk, by=people.administrator, at=AT)
    clerk.refresh_from_db()
    assert clerk.is_active
    assert check_password(PASSWORD, clerk.password)
    assert accounts.staff_of_token(secret) is None


def test_a_units_account_comes_back_only_where_its_unit_is(people):
    office.disable(staff_id=people.unit_clerk.pk, answers_for=nothing_open, by=people.administrator, at=AT)
    Staff.objects.filter(pk=people.unit_clerk.pk).update(unit_code="gone")
    values = {"staff_id": people.unit_clerk.pk, "by": people.administrator}
    assert refusal_of(office.enable, **values) == "account.unit_unknown"


def test_a_password_is_reset_by_a_new_one_time_token_and_the_old_one_opens_nothing(people):
    first = office.reset_password(staff_id=people.clerk.pk, by=people.administrator, at=AT)
    second = office.reset_password(staff_id=people.clerk.pk, by=people.administrator, at=AT)
    assert not Staff.objects.get(pk=people.clerk.pk).has_usable_password()
    with pytest.raises(Refusal):
        accounts.use_setup_token(secret=first.setup_token, password="another-one-2026", at=AT)
    accounts.use_setup_token(secret=second.setup_token, password="another-one-2026", at=AT + timedelta(days=7))
    assert check_password("another-one-2026", Staff.objects.get(pk=people.clerk.pk).password)
    assert Entry.objects.filter(event="account.password_reset").count() == 2


def test_a_closed_account_gets_no_new_password(people):
    Staff.objects.filter(pk=people.clerk.pk).update(is_active=False)
    values = {"staff_id": people.clerk.pk, "by": people.administrator}
    assert refusal_of(office.reset_password, **values) == "account.is_disabled"


def test_signing_a_person_out_ends_sessions_and_tokens_and_leaves_the_password(people):
    secret = own_account.issue_token(name="报表", by=people.clerk, at=AT).secret
    before = people.clerk.get_session_auth_hash()
    office.sign_out(staff_id=people.clerk.pk, by=people.administrator, at=AT)
    clerk = Staff.objects.get(pk=people.clerk.pk)
    assert clerk.get_session_auth_hash() != before
    assert check_password(PASSWORD, clerk.password)
    assert accounts.staff_of_token(secret) is None


def test_an_account_that_nobody_has_is_unknown(people):
    assert refusal_of(office.sign_out, staff_id=987654321, by=people.administrator) == "account.unknown"


def test_a_person_changes_their_own_password_knowing_the_present_one(people):
    own_account.change_password(current=PASSWORD, password="another-one-2026", by=people.unit_clerk, at=AT)
    assert check_password("another-one-2026", Staff.objects.get(pk=people.unit_clerk.pk).password)
    told = Entry.objects.get(event="account.password_changed")
    assert "another-one-2026" not in str(told.values)


@pytest.mark.parametrize(
    ("current", "password", "refused"),
    [
        ("wrong", "another-one-2026", "account.wrong_password"),
        (PASSWORD, PASSWORD, "account.same_password"),
        (PASSWORD, "short", "account.weak_password"),
        (PASSWORD, "20262026202620", "account.weak_password"),
    ],
)
def test_a_password_that_does_not_do_is_refused(people, current, password, refused):
    values = {"current": current, "password": password, "by": people.clerk}
    assert refusal_of(own_account.change_password, **values) == refused


def test_a_token_for_programs_is_shown_once_and_revoked_by_its_person_only(people):
    issued = own_account.issue_token(name=" 报表 ", by=people.clerk, at=AT)
    assert accounts.staff_of_token(issued.secret) == people.clerk
    assert issued.secret not in issued.token.digest
    assert refusal_of(own_account.issue_token, name="报表", by=people.clerk) == "token.known"
    assert refusal_of(own_account.revoke_token, token_id=issued.token.pk, by=people.head) == "token.unknown"
    own_account.revoke_token(token_id=issued.token.pk, by=people.clerk, at=AT)
    assert accounts.staff_of_token(issued.secret) is None
    assert refusal_of(own_account.revoke_token, token_id=issued.token.pk, by=people.clerk) == "token.is_revoked"
    assert own_account.issue_token(name="报表", by=people.clerk, at=AT).token.pk != issued.token.pk


def test_five_tokens_are_enough(people):
    for number in range(5):
        own_account.issue_token(name=f"程序{number}", by=people.clerk, at=AT)
    assert refusal_of(own_account.issue_token, name="第六个", by=people.clerk) == "token.too_many"
    assert ApiToken.objects.filter(staff=people.clerk).count() == 5
