"""账号 by API: the administrator's acts on accounts, and each person's own password and tokens."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from huiyin.accounts.models import ApiToken, Staff
from huiyin.accounts.roles import Role
from huiyin.county.office.actions import accounts, own_account
from huiyin.county.office.actions.accounts import AccountEntry
from huiyin.county.office.rules import check_may_keep_accounts
from huiyin.interfaces import guesses, open_work

from .access import caller
from .schemas import Done, In, Name
from .writes import carried_out

router = Router(tags=["账号"])
own = Router(tags=["我的账号"])


class AccountIn(In):
    """变更账号."""

    name: Annotated[str, Field(max_length=40)]
    roles: list[Role]
    title: Name = ""
    phone: Annotated[str, Field(max_length=20)] = ""
    unit_code: Annotated[str, Field(max_length=40)] = ""

    def entry(self) -> AccountEntry:
        """Return the body as the act takes it."""
        return AccountEntry(
            name=self.name, roles=frozenset(self.roles), title=self.title, phone=self.phone, unit_code=self.unit_code
        )


class NewAccountIn(AccountIn):
    """开户."""

    username: Annotated[str, Field(max_length=40)]


class PasswordIn(In):
    """修改密码."""

    current: Annotated[str, Field(max_length=128)]
    password: Annotated[str, Field(max_length=128)]


class TokenIn(In):
    """新建令牌."""

    name: Name


class AccountOut(Schema):
    """One account; nothing of its password."""

    id: int
    username: str
    name: str
    title: str
    phone: str
    roles: list[str]
    unit_code: str
    is_active: bool


class SecretOut(Schema):
    """A row with its secret; the same call again answers without it, for it is kept as its digest only."""

    id: int
    secret: str = ""


class TokenOut(Schema):
    """One token for programs."""

    id: int
    name: str
    created_at: datetime


@router.get("/", response=list[AccountOut], summary="账号")
def find(request: HttpRequest) -> list[Staff]:
    """Return every account of the office and of its units."""
    check_may_keep_accounts(caller(request))
    return list(Staff.objects.order_by("-is_active", "unit_code", "pk"))


@router.post("/", response=SecretOut, summary="开户")
def open_account(request: HttpRequest, body: NewAccountIn) -> SecretOut:
    """开户; answers the one-time token, once."""
    by, at, made = caller(request), timezone.now(), list[str]()

    def act() -> Done:
        opened = accounts.open_account(username=body.username, entry=body.entry(), by=by, at=at)
        made.append(opened.setup_token)
        return Done(id=opened.staff.pk)

    return SecretOut(id=carried_out(request, body, at, act).id, secret="".join(made))


@router.post("/{int:staff_id}/change", response=Done, summary="变更账号")
def change(request: HttpRequest, staff_id: int, body: AccountIn) -> Done:
    """变更账号."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = accounts.change(staff_id=staff_id, entry=body.entry(), answers_for=open_work.answers_for, by=by, at=at)
        return Done(id=row.pk)

    return carried_out(request, body, at, act)


@router.post("/{int:staff_id}/reset", response=SecretOut, summary="重置密码")
def reset(request: HttpRequest, staff_id: int) -> SecretOut:
    """重置密码; answers the one-time token, once."""
    by, at, made = caller(request), timezone.now(), list[str]()

    def act() -> Done:
        opened = accounts.reset_password(staff_id=staff_id, by=by, at=at)
        made.append(opened.setup_token)
        return Done(id=opened.staff.pk)

    return SecretOut(id=carried_out(request, None, at, act).id, secret="".join(made))


def _done(request: HttpRequest, act: Callable[[Staff, datetime], Staff]) -> Done:
    by, at = caller(request), timezone.now()
    return carried_out(request, None, at, lambda: Done(id=act(by, at).pk))


@router.post("/{int:staff_id}/disable", response=Done, summary="停用账号")
def disable(request: HttpRequest, staff_id: int) -> Done:
    """停用账号."""
    asked = open_work.answers_for
    return _done(request, lambda by, at: accounts.disable(staff_id=staff_id, answers_for=asked, by=by, at=at))


@router.post("/{int:staff_id}/enable", response=Done, summary="启用账号")
def enable(request: HttpRequest, staff_id: int) -> Done:
    """启用账号."""
    return _done(request, lambda by, at: accounts.enable(staff_id=staff_id, by=by, at=at))


@router.post("/{int:staff_id}/sign-out", response=Done, summary="收回登录")
def sign_out(request: HttpRequest, staff_id: int) -> Done:
    """收回登录."""
    return _done(request, lambda by, at: accounts.sign_out(staff_id=staff_id, by=by, at=at))


@own.get("/", response=AccountOut, summary="我的账号")
def mine(request: HttpRequest) -> Staff:
    """Return the caller's own account."""
    return caller(request)


@own.post("/password", response=Done, summary="修改密码")
def change_password(request: HttpRequest, body: PasswordIn) -> Done:
    """修改密码: every session ends, tokens stay."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = own_account.change_password(current=body.current, password=body.password, by=by, at=at)
        return Done(id=row.pk)

    with guesses.counted(by=by, source=request.META.get("REMOTE_ADDR"), at=at):
        return carried_out(request, None, at, act)  # without the body: no fast hash of a password is kept


@own.get("/tokens", response=list[TokenOut], summary="令牌")
def tokens(request: HttpRequest) -> list[ApiToken]:
    """Return the caller's tokens that are not revoked."""
    return list(ApiToken.objects.filter(staff=caller(request), revoked_at=None).order_by("-created_at", "-pk"))


@own.post("/tokens", response=SecretOut, summary="新建令牌")
def issue_token(request: HttpRequest, body: TokenIn) -> SecretOut:
    """新建令牌; answers the secret, once."""
    by, at, made = caller(request), timezone.now(), list[str]()

    def act() -> Done:
        issued = own_account.issue_token(name=body.name, by=by, at=at)
        made.append(issued.secret)
        return Done(id=issued.token.pk)

    return SecretOut(id=carried_out(request, body, at, act).id, secret="".join(made))


@own.post("/tokens/{int:token_id}/revoke", response=Done, summary="撤销令牌")
def revoke_token(request: HttpRequest, token_id: int) -> Done:
    """撤销令牌."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=own_account.revoke_token(token_id=token_id, by=by, at=at).pk)

    return carried_out(request, None, at, act)
