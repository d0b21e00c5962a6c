"""我的账号: a person's own password and tokens for programs."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import ApiToken, Staff
from huiyin.accounts.roles import OFFICE_ROLES, UNIT_ROLES
from huiyin.county.office.actions import own_account
from huiyin.county.office.actions.own_account import Issued
from huiyin.county.office.models import Unit
from huiyin.interfaces import guesses
from huiyin.interfaces.components.links import ButtonForm, Crumb
from huiyin.interfaces.components.petitions import CodeBox, Fact, Facts
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .office_form import OfficeForm, OfficeFormScreen, carried_out
from .staff_forms import PasswordForm, TokenForm

UNPROCESSABLE = 422
EVERYBODY_HERE = OFFICE_ROLES | UNIT_ROLES


@dataclass(frozen=True, slots=True)
class OwnAccountScreen:
    """A person's own account."""

    facts: Facts
    password_href: str
    tokens: DataTable
    form: forms.Form
    form_action: str
    made: CodeBox | None
    was_shown: bool


@needs(EVERYBODY_HERE)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """我的账号: who one is here, and which programs work in one's name."""
    return _page(request, TokenForm())


def _page(
    request: HttpRequest, form: forms.Form, *, made: Issued | None = None, was_shown: bool = False
) -> HttpResponse:
    by = staff_of(request)
    note = "只显示这一次，请存入程序的设置；丢失了就撤销，另建一个"
    screen = OwnAccountScreen(
        facts=_facts(by),
        password_href=reverse("own_password"),
        tokens=_tokens(by),
        form=form,
        form_action=reverse("own_token_new"),
        made=CodeBox(label=f"令牌　{made.token.name}", value=made.secret, note=note) if made else None,
        was_shown=was_shown,
    )
    return render(request, "own_account.html", {"screen": screen}, status=UNPROCESSABLE if form.errors else 200)


def _facts(by: Staff) -> Facts:
    unit = Unit.objects.filter(code=by.unit_code).first()
    return Facts(
        items=(
            Fact(label="姓名", value=by.name),
            Fact(label="用户名", value=by.username),
            Fact(label="角色", value=by.role_labels),
            Fact(label="单位", value=unit.name if unit else "信访办"),
            Fact(label="职务", value=by.title),
            Fact(label="电话", value=by.phone),
        )
    )


def _tokens(by: Staff) -> DataTable:
    rows = ApiToken.objects.filter(staff=by, revoked_at=None).order_by("-created_at", "-pk")
    return DataTable(
        caption="有效的令牌",
        columns=(Column(label="用途"), Column(label="新建", width="fit"), Column(label="撤销", width="fit")),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=token.name),
                    Cell(text=moment_words(token.created_at)),
                    Cell(
                        component=ButtonForm(
                            label="撤销",
                            kind="danger",
                            action=reverse("own_token_revoke", args=[token.pk]),
                            confirm=f"使用令牌“{token.name}”的程序会立即停下。确定撤销吗？",
                        )
                    ),
                )
            )
            for token in rows
        ),
        empty=EmptyState(title="没有令牌", words="只有自己的程序要读写数据时才需要令牌。"),
    )


@needs(EVERYBODY_HERE)
@never_cache
@sensitive_post_parameters("current", "password", "again")
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """修改密码: this session goes on, the others end."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values, by, at = form.cleaned_data, staff_of(request), timezone.now()
        try:
            with guesses.counted(by=by, source=request.META.get("REMOTE_ADDR"), at=at):
                changed = own_account.change_password(
                    current=values["current"], password=values["password"], by=by, at=at
                )
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            update_session_auth_hash(request, changed)
            messages.success(request, "密码已修改，其他地方的登录已经失效")
            return redirect("own_account")
    words = OfficeForm(
        title="修改密码",
        submit="修改",
        back_href=reverse("own_account"),
        crumbs=(Crumb(label="我的账号", href=reverse("own_account")),),
    )
    screen = OfficeFormScreen(words=words, form=form, action=request.path)
    return render(request, "office_form.html", {"screen": screen}, status=UNPROCESSABLE if form.errors else 200)


@needs(EVERYBODY_HERE)
@never_cache
@require_POST
def own_token_new(request: HttpRequest) -> HttpResponse:
    """新建令牌: shown on this answer and never again."""
    by, at, form = staff_of(request), timezone.now(), TokenForm(request.POST)
    made: list[Issued] = []

    def act() -> int:
        made.append(own_account.issue_token(name=form.cleaned_data["name"], by=by, at=at))
        return made[0].token.pk

    if not form.is_valid():
        return _page(request, form)
    try:
        carried_out(request, act=act, sent={"act": "token", **form.cleaned_data})
    except Refusal as refusal:
        form.add_error(None, refusal.words)
        return _page(request, form)
    return _page(request, TokenForm(), made=made[0] if made else None, was_shown=not made)


@needs(EVERYBODY_HERE)
@require_POST
def own_token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """撤销令牌."""
    own_account.revoke_token(token_id=token_id, by=staff_of(request), at=timezone.now())
    return redirect("own_account")
