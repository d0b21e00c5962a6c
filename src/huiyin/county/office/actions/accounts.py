"""Writers of the office's accounts: 开户, 变更, 停用, 启用, 重置密码, 收回登录. All by the county's administrator."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from huiyin.accounts import actions as accounts
from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.journal import actions as journal
from huiyin.county.office import rules
from huiyin.county.office.changes import take_over
from huiyin.county.office.models import Unit
from huiyin.kernel.refusal import Refusal

# How many open petitions a person answers for: asked of the register, which stands above the office.
AnswersFor = Callable[[Staff], int]


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """An account as the administrator fills it in."""

    name: str
    roles: frozenset[Role]
    title: str = ""
    phone: str = ""
    unit_code: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """An account with its one-time token, which is shown once and kept as its digest."""

    staff: Staff
    setup_token: str


@transaction.atomic
def open_account(*, username: str, entry: AccountEntry, by: Staff, at: datetime) -> Opened:
    """开户: create an account that cannot sign in until its person chooses a password with the one-time token."""
    rules.check_may_keep_accounts(by)
    rules.check_username(username)
    _check_entry(entry, unit_code_before=None)
    staff = accounts.open_account(
        username=username,
        name=entry.name.strip(),
        title=entry.title.strip(),
        phone=entry.phone.strip(),
        roles=entry.roles,
        unit_code=entry.unit_code,
        at=at,
    )
    token = accounts.issue_setup_token(staff=staff, at=at)
    journal.record(
        "account.opened",
        subject=staff,
        by=by,
        at=at,
        name=staff.name,
        roles=staff.role_labels,
        fields={**_values(staff), "username": username, "is_active": True},
    )
    return Opened(staff, token)


@transaction.atomic
def change(*, staff_id: int, entry: AccountEntry, answers_for: AnswersFor, by: Staff, at: datetime) -> Staff:
    """变更账号: another name, title, phone, role or unit; nobody changes their own roles."""
    staff, administrators = _locked(staff_id, by=by)
    _check_entry(entry, unit_code_before=staff.unit_code)
    if entry.roles != staff.role_set or entry.unit_code != staff.unit_code:
        rules.check_not_own_account(by.pk, staff.pk)
    if Role.ADMINISTRATOR not in entry.roles:
        _check_administrator_remains(staff, administrators)
    if staff.role_set - entry.roles:
        rules.check_handed_over(answers_for(staff), name=staff.name)
    changed = take_over(
        staff,
        name=entry.name.strip(),
        title=entry.title.strip(),
        phone=entry.phone.strip(),
        roles=sorted(role.value for role in entry.roles),
        unit_code=entry.unit_code,
    )
    staff.save(update_fields=changed.fields)
    journal.record(
        "account.changed",
        subject=staff,
        by=by,
        at=at,
        name=staff.name,
        roles=staff.role_labels,
        before=changed.before,
        fields=changed.after,
    )
    return staff


@transaction.atomic
def disable(*, staff_id: int, answers_for: AnswersFor, by: Staff, at: datetime) -> Staff:
    """停用账号: end what the account can do, at once; what it did stays as it was."""
    staff, administrators = _locked(staff_id, by=by)
    rules.check_not_own_account(by.pk, staff.pk)
    _check_administrator_remains(staff, administrators)
    rules.check_handed_over(answers_for(staff), name=staff.name)
    if not staff.is_active:
        raise Refusal("account.is_disabled", "账号已经停用")
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    accounts.revoke_access(staff=staff, at=at)
    journal.record("account.disabled", subject=staff, by=by, at=at, name=staff.name, fields={"is_active": False})
    return staff


@transaction.atomic
def enable(*, staff_id: int, by: Staff, at: datetime) -> Staff:
    """启用账号: let the person in again, with the password they had; a unit's person only where the unit is there."""
    staff, _ = _locked(staff_id, by=by)
    rules.check_not_own_account(by.pk, staff.pk)
    if staff.is_active:
        raise Refusal("account.is_enabled", "账号没有停用")
    if staff.unit_code:
        _check_unit_is_there(staff.unit_code)
    staff.is_active = True
    staff.save(update_fields=["is_active"])
    journal.record("account.enabled", subject=staff, by=by, at=at, name=staff.name, fields={"is_active": True})
    return staff


@transaction.atomic
def reset_password(*, staff_id: int, by: Staff, at: datetime) -> Opened:
    """重置密码: take the password away and issue a one-time token with which the person chooses another."""
    staff, _ = _locked(staff_id, by=by)
    if not staff.is_active:
        raise Refusal("account.is_disabled", "账号已经停用，请先启用")
    accounts.revoke_access(staff=staff, at=at)
    token = accounts.renew_setup_token(staff=staff, at=at)
    journal.record("account.password_reset", subject=staff, by=by, at=at, name=staff.name)
    return Opened(staff, token)


@transaction.atomic
def sign_out(*, staff_id: int, by: Staff, at: datetime) -> Staff:
    """收回登录: end the person's sessions and revoke their tokens; they sign in anew with their password."""
    staff, _ = _locked(staff_id, by=by)
    accounts.revoke_access(staff=staff, at=at)
    journal.record("account.signed_out", subject=staff, by=by, at=at, name=staff.name)
    return staff


def _locked(staff_id: int, *, by: Staff) -> tuple[Staff, list[int]]:
    """Return the account and the ids of the active administrators, all of them held until the transaction ends."""
    rules.check_may_keep_accounts(by)
    rows = {
        row.pk: row
        for row in Staff.objects.select_for_update()
        .filter(Q(pk=staff_id) | Q(roles__contains=[Role.ADMINISTRATOR.value]))
        .order_by("pk")
    }
    administrators = [row.pk for row in rows.values() if row.is_active and Role.ADMINISTRATOR in row.role_set]
    if by.pk not in administrators:
        raise Refusal("account.no_longer_administrator", "您的账号已停用或不再是县管理员")
    if staff_id not in rows:
        raise Refusal("account.unknown", "没有这个账号")
    return rows[staff_id], administrators


def _check_administrator_remains(staff: Staff, administrators: list[int]) -> None:
    if staff.pk in administrators:
        rules.check_administrator_remains(administrators, leaving=staff.pk)


def _check_entry(entry: AccountEntry, *, unit_code_before: str | None) -> None:
    rules.check_filled(("姓名", entry.name))
    rules.check_roles(entry.roles, unit_code=entry.unit_code)
    if entry.unit_code and entry.unit_code != unit_code_before:
        _check_unit_is_there(entry.unit_code)


def _check_unit_is_there(code: str) -> None:
    if not Unit.objects.filter(code=code, is_active=True).exists():
        raise Refusal("account.unit_unknown", "没有这个单位，或单位已停用")


def _values(staff: Staff) -> dict[str, object]:
    return {
        "name": staff.name,
        "title": staff.title,
        "phone": staff.phone,
        "roles": staff.roles,
        "unit_code": staff.unit_code,
    }
