"""Writers of accounts: tokens, passwords, failures and the lock."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from huiyin.accounts.models import ApiToken, SetupToken, SignInFailure, Staff
from huiyin.accounts.roles import Role
from huiyin.kernel.refusal import Refusal

SETUP_TOKEN_LIFE = timedelta(days=7)
FAILURES_BEFORE_LOCK = 5
LOCK = timedelta(minutes=15)


def digest(secret: str) -> str:
    """Return what is stored of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def check_password_is_good(password: str, staff: Staff) -> None:
    """Refuse a password that the profile does not allow, in the words of the profile."""
    try:
        validate_password(password, user=staff)
    except ValidationError as error:
        raise Refusal("account.weak_password", "；".join(error.messages)) from error


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    roles: frozenset[Role],
    at: datetime,
    password: str | None = None,
    title: str = "",
    phone: str = "",
    unit_code: str = "",
) -> Staff:
    """开户: create an account; without a password it cannot sign in until a setup token is used."""
    if Staff.objects.filter(username=username).exists():
        raise Refusal("account.name_taken", f"用户名{username}已被使用")
    staff = Staff(
        username=username,
        name=name,
        title=title,
        phone=phone,
        roles=sorted(role.value for role in roles),
        unit_code=unit_code,
        created_at=at,
        password=make_password(password),
    )
    staff.save(force_insert=True)
    return staff


@transaction.atomic
def issue_setup_token(*, staff: Staff, at: datetime) -> str:
    """Issue the one-time token for setting a password and return it; only its digest is kept."""
    secret = secrets.token_urlsafe(24)
    SetupToken.objects.create(staff=staff, digest=digest(secret), expires_at=at + SETUP_TOKEN_LIFE)
    return secret


@transaction.atomic
def use_setup_token(*, secret: str, password: str, at: datetime) -> Staff:
    """Set the password by a one-time token; the token is used up."""
    token = SetupToken.objects.select_for_update().filter(digest=digest(secret)).first()
    if token is None or token.used_at is not None or token.expires_at < at:
        raise Refusal("account.bad_setup_token", "激活码无效或已过期")
    staff = Staff.objects.select_for_update().get(pk=token.staff_id)
    check_password_is_good(password, staff)
    staff.password = make_password(password)
    staff.save(update_fields=["password"])
    token.used_at = at
    token.save(update_fields=["used_at"])
    return staff


@transaction.atomic
def renew_setup_token(*, staff: Staff, at: datetime) -> str:
    """Take the password and every open one-time token away and return a new token: the person starts again."""
    SetupToken.objects.filter(staff=staff, used_at=None).update(used_at=at)
    staff.password = make_password(None)
    staff.save(update_fields=["password"])
    return issue_setup_token(staff=staff, at=at)


@transaction.atomic
def change_password(*, staff: Staff, current: str, password: str) -> Staff:
    """Set another password for whoever knows the present one; sessions elsewhere end with it."""
    if not check_password(current, staff.password):
        raise Refusal("account.wrong_password", "现在的密码不正确")
    if current == password:
        raise Refusal("account.same_password", "新密码与现在的密码相同")
    check_password_is_good(password, staff)
    staff.password = make_password(password)
    staff.save(update_fields=["password"])
    return staff


@transaction.atomic
def revoke_access(*, staff: Staff, at: datetime) -> Staff:
    """End every session of an account and revoke its tokens for programs and its one-time tokens."""
    staff.session_round += 1
    staff.save(update_fields=["session_round"])
    ApiToken.objects.filter(staff=staff, revoked_at=None).update(revoked_at=at)
    SetupToken.objects.filter(staff=staff, used_at=None).update(used_at=at)
    return staff


@transaction.atomic
def issue_api_token(*, staff: Staff, name: str, at: datetime) -> str:
    """Issue a token for programs and return it; only its digest is kept."""
    secret = f"hy_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(staff=staff, name=name, digest=digest(secret), created_at=at)
    return secret


def staff_of_token(secret: str) -> Staff | None:
    """Return the active account of a token that is not revoked."""
    token = (
        ApiToken.objects.select_related("staff")
        .filter(digest=digest(secret), revoked_at=None, staff__is_active=True)
        .first()
    )
    return token.staff if token else None


def check_not_locked(*, username: str, source: str | None, at: datetime) -> None:
    """Refuse while too many attempts failed lately, for this name or from this address."""
    since = at - LOCK
    failures = SignInFailure.objects.filter(at__gte=since)
    too_many = failures.filter(username=username).count() >= FAILURES_BEFORE_LOCK
    if not too_many and source:
        too_many = failures.filter(source=source).count() >= FAILURES_BEFORE_LOCK * 4
    if too_many:
        raise Refusal("account.locked", "登录失败次数过多，请15分钟后再试")


def note_failure(*, username: str, source: str | None, at: datetime) -> None:
    """Write down a failed attempt."""
    SignInFailure.objects.create(username=username[:40], source=source, at=at)


def forget_failures(*, username: str) -> None:
    """Forget the failed attempts of a name after it signed in."""
    SignInFailure.objects.filter(username=username).delete()
