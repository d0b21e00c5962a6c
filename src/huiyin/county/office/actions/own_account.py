"""Writers of a person's own account: 修改密码, 程序令牌."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiyin.accounts import actions as accounts
from huiyin.accounts.models import ApiToken, Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import rules
from huiyin.kernel.refusal import Refusal

MOST_TOKENS = 5


@dataclass(frozen=True, slots=True)
class Issued:
    """A token for programs with its secret, which is shown once and kept as its digest."""

    token: ApiToken
    secret: str


@transaction.atomic
def change_password(*, current: str, password: str, by: Staff, at: datetime) -> Staff:
    """修改密码: whoever knows the present password sets another; sessions elsewhere end."""
    staff = Staff.objects.select_for_update().get(pk=by.pk)
    accounts.change_password(staff=staff, current=current, password=password)
    journal.record("account.password_changed", subject=staff, by=by, at=at)
    return staff


@transaction.atomic
def issue_token(*, name: str, by: Staff, at: datetime) -> Issued:
    """新建令牌: let a program work with this account's permissions; the secret is shown once."""
    staff = Staff.objects.select_for_update().get(pk=by.pk)
    rules.check_filled(("令牌用途", name))
    live = ApiToken.objects.filter(staff=staff, revoked_at=None)
    if live.count() >= MOST_TOKENS:
        raise Refusal("token.too_many", f"有效的令牌最多{MOST_TOKENS}个，请先撤销不用的")
    if live.filter(name=name.strip()).exists():
        raise Refusal("token.known", "已有同一用途的令牌，请先撤销或换一个名称")
    secret = accounts.issue_api_token(staff=staff, name=name.strip(), at=at)
    token = ApiToken.objects.get(digest=accounts.digest(secret))
    journal.record("token.issued", subject=token, by=by, at=at, name=token.name)
    return Issued(token, secret)


@transaction.atomic
def revoke_token(*, token_id: int, by: Staff, at: datetime) -> ApiToken:
    """撤销令牌: the program that uses it is shut out at once."""
    token = ApiToken.objects.select_for_update(of=("self",)).filter(pk=token_id, staff=by).first()
    if token is None:
        raise Refusal("token.unknown", "没有这个令牌")
    if token.revoked_at is not None:
        raise Refusal("token.is_revoked", "令牌已经撤销")
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    journal.record("token.revoked", subject=token, by=by, at=at, name=token.name)
    return token
