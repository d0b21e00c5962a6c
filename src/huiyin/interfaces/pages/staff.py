"""账号: the county's administrator opens, changes, closes and resets them, and sees no petition."""

from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import ApiToken, Staff
from huiyin.accounts.roles import UNIT_ROLES, Role
from huiyin.county.office.actions import accounts
from huiyin.county.office.actions.accounts import Opened
from huiyin.county.office.models import Unit
from huiyin.interfaces import open_work
from huiyin.interfaces.components.links import Button, ButtonForm, Chip, Chips, Crumb
from huiyin.interfaces.components.petitions import CodeBox, Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .office_form import OfficeForm, OfficeFormScreen, answered, carried_out
from .paging import pagination_of
from .staff_forms import AccountForm, NewAccountForm

PAGE_SIZE = 50
UNPROCESSABLE = 422
KEEPERS = frozenset({Role.ADMINISTRATOR})
SHOWN_ONCE = "激活码只显示这一次。请当面或电话告诉本人；七天内有效，用后作废"
GROUPS = (("", "全部"), ("office", "信访办"), ("units", "承办单位"), ("closed", "已停用"))


@dataclass(frozen=True, slots=True)
class StaffScreen:
    """The list of accounts."""

    lead: str
    new: Button
    chips: Chips
    action: str
    query: str
    group: str
    reset_href: str
    table: DataTable


@dataclass(frozen=True, slots=True)
class AccountScreen:
    """One account and what can be done with it."""

    title: str
    crumbs: tuple[Crumb, ...]
    badge: StateBadge
    facts: Facts
    change: Button
    buttons: tuple[ButtonForm, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class TokenScreen:
    """A one-time token on the only page that ever shows it."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    username: CodeBox
    token: CodeBox | None
    address: str
    account: Button


@needs(KEEPERS)
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """账号: all of them, by name, by whether they are of the office or of a unit."""
    query, group = request.GET.get("q", "").strip(), request.GET.get("group", "")
    page = Paginator(_narrowed(query, group).order_by("-is_active", "unit_code", "pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    units = dict(Unit.objects.order_by("code").values_list("code", "name"))
    screen = StaffScreen(
        lead="县管理员开户、调整角色和停用账号；账号停用后保留，不删除。",
        new=Button(label="开户", href=reverse("staff_new"), kind="primary", icon="plus"),
        chips=_chips(group),
        action=request.path,
        query=query,
        group=group,
        reset_href=request.path if query else "",
        table=DataTable(
            caption="账号",
            columns=(
                Column(label="姓名"),
                Column(label="用户名", width="fit"),
                Column(label="角色"),
                Column(label="单位"),
                Column(label="电话", width="fit", phone="hide"),
                Column(label="最近登录", width="fit", phone="hide"),
                Column(label="状态", width="fit"),
            ),
            rows=tuple(_row(one, units) for one in page.object_list),
            empty=EmptyState(title="没有符合条件的账号"),
            pagination=pagination_of(request, page, unit="个"),
        ),
    )
    return render(request, "staff.html", {"screen": screen})


def _narrowed(query: str, group: str) -> "QuerySet[Staff]":
    rows = Staff.objects.all()
    if query:
        units = Unit.objects.filter(name__icontains=query).values("code")
        rows = rows.filter(Q(name__icontains=query) | Q(username__icontains=query) | Q(unit_code__in=units))
    if group == "closed":
        return rows.filter(is_active=False)
    of_units = Q(roles__overlap=sorted(UNIT_ROLES))
    return rows.filter(of_units) if group == "units" else rows.exclude(of_units) if group == "office" else rows


def _chips(group: str) -> Chips:
    items = (
        Chip(label=label, href=f"{reverse('staff')}?group={code}" if code else reverse("staff"), active=group == code)
        for code, label in GROUPS
    )
    return Chips(label="范围", items=tuple(items))


def _row(one: Staff, units: dict[str, str]) -> Row:
    return Row(
        href=reverse("staff_account", args=[one.pk]),
        cells=(
            Cell(text=one.name, sub=one.title),
            Cell(text=one.username),
            Cell(text=one.role_labels),
            Cell(text=units.get(one.unit_code, one.unit_code)),
            Cell(text=one.phone),
            Cell(text=moment_words(one.last_login) if one.last_login else ""),
            Cell(component=_badge(one)),
        ),
    )


def _badge(one: Staff) -> StateBadge:
    if not one.is_active:
        return StateBadge(label="已停用")
    return (
        StateBadge(label="在用", tone="good") if one.has_usable_password() else StateBadge(label="待激活", tone="warn")
    )


@needs(KEEPERS)
@require_safe
def staff_account(request: HttpRequest, staff_id: int) -> HttpResponse:
    """One account: who it is, and what the administrator can do with it."""
    one = _found(staff_id)
    unit = Unit.objects.filter(code=one.unit_code).first()
    tokens = ApiToken.objects.filter(staff=one, revoked_at=None).count()
    is_own = one.pk == staff_of(request).pk
    screen = AccountScreen(
        title=one.name,
        crumbs=(Crumb(label="账号", href=reverse("staff")),),
        badge=_badge(one),
        facts=Facts(
            items=(
                Fact(label="用户名", value=one.username),
                Fact(label="角色", value=one.role_labels),
                Fact(label="单位", value=unit.name if unit else "信访办"),
                Fact(label="职务", value=one.title),
                Fact(label="电话", value=one.phone),
                Fact(label="开户", value=moment_words(one.created_at)),
                Fact(label="最近登录", value=moment_words(one.last_login) if one.last_login else ""),
                Fact(label="有效令牌", value=f"{tokens} 个"),
            )
        ),
        change=Button(label="变更", href=reverse("staff_change", args=[one.pk]), kind="primary"),
        buttons=() if is_own else _buttons(one),
        is_own=is_own,
    )
    return render(request, "staff_account.html", {"screen": screen})


def _buttons(one: Staff) -> tuple[ButtonForm, ...]:
    if not one.is_active:
        return (ButtonForm(label="启用", action=reverse("staff_enable", args=[one.pk])),)
    return (
        ButtonForm(
            label="重置密码",
            action=reverse("staff_reset", args=[one.pk]),
            confirm=f"原密码立即失效，{one.name}须用新的激活码重设密码。确定重置吗？",
        ),
        ButtonForm(
            label="收回登录",
            action=reverse("staff_sign_out", args=[one.pk]),
            confirm=f"{one.name}在各处的登录和令牌立即失效，须重新登录。确定收回吗？",
        ),
        ButtonForm(
            label="停用",
            kind="danger",
            action=reverse("staff_disable", args=[one.pk]),
            confirm=f"停用后{one.name}不能登录，已办的事都保留。确定停用吗？",
        ),
    )


def _found(staff_id: int) -> Staff:
    one = Staff.objects.filter(pk=staff_id).first()
    if one is None:
        raise Refusal("account.unknown", "没有这个账号")
    return one


@needs(KEEPERS)
@never_cache
@require_http_methods(["GET", "POST"])
def staff_new(request: HttpRequest) -> HttpResponse:
    """开户: open an account and show its one-time token, once."""
    by, at = staff_of(request), timezone.now()
    form = NewAccountForm(request.POST or None, initial=_initial(request))
    made: list[Opened] = []

    def act() -> int:
        opened = accounts.open_account(username=form.cleaned_data["username"], entry=form.entry(), by=by, at=at)
        made.append(opened)
        return opened.staff.pk

    if request.method == "POST" and form.is_valid():
        try:
            row = carried_out(request, act=act, sent={"act": "open", **form.cleaned_data})
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            return _token_page(request, _found(row), made, title="已开户")
    words = OfficeForm(
        title="开户",
        submit="开户",
        back_href=reverse("staff"),
        crumbs=(Crumb(label="账号", href=reverse("staff")),),
        note="开户后显示一次激活码，由本人自己设密码",
    )
    return _form_page(request, words, form)


def _initial(request: HttpRequest) -> dict[str, object]:
    unit = request.GET.get("unit", "")
    return {"unit_code": unit, "roles": [Role.UNIT_CLERK.value]} if unit else {}


def _form_page(request: HttpRequest, words: OfficeForm, form: forms.Form) -> HttpResponse:
    screen = OfficeFormScreen(words=words, form=form, action=request.path)
    return render(request, "office_form.html", {"screen": screen}, status=UNPROCESSABLE if form.errors else 200)


def _token_page(request: HttpRequest, one: Staff, made: list[Opened], *, title: str) -> HttpResponse:
    screen = TokenScreen(
        title=title,
        lead=f"{one.name}　{one.role_labels}",
        crumbs=(Crumb(label="账号", href=reverse("staff")),),
        username=CodeBox(label="用户名", value=one.username),
        token=CodeBox(label="激活码", value=made[0].setup_token, note=SHOWN_ONCE) if made else None,
        address=request.build_absolute_uri(reverse("activate")),
        account=Button(label="返回账号", href=reverse("staff_account", args=[one.pk])),
    )
    return render(request, "staff_token.html", {"screen": screen})


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def staff_change(request: HttpRequest, staff_id: int) -> HttpResponse:
    """变更账号: name, title, telephone, roles, unit."""
    by, at, one = staff_of(request), timezone.now(), _found(staff_id)
    initial = {name: getattr(one, name) for name in ("name", "title", "phone", "roles", "unit_code")}
    form = AccountForm(request.POST or None, initial=initial, kept_unit=one.unit_code)
    home = reverse("staff_account", args=[one.pk])

    def act() -> int:
        return accounts.change(staff_id=one.pk, entry=form.entry(), answers_for=open_work.answers_for, by=by, at=at).pk

    words = OfficeForm(
        title=f"变更　{one.name}",
        submit="保存",
        back_href=home,
        crumbs=(Crumb(label="账号", href=reverse("staff")), Crumb(label=one.name, href=home)),
        lead=f"用户名 {one.username}",
    )
    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, words, act=act, sent=sent)


@needs(KEEPERS)
@never_cache
@require_POST
def staff_reset(request: HttpRequest, staff_id: int) -> HttpResponse:
    """重置密码: a new one-time token, shown once."""
    by, at, one = staff_of(request), timezone.now(), _found(staff_id)
    made: list[Opened] = []

    def act() -> int:
        opened = accounts.reset_password(staff_id=one.pk, by=by, at=at)
        made.append(opened)
        return opened.staff.pk

    carried_out(request, act=act, sent={"act": "reset", "staff": one.pk})
    return _token_page(request, one, made, title="密码已重置")


@needs(KEEPERS)
@require_POST
def staff_disable(request: HttpRequest, staff_id: int) -> HttpResponse:
    """停用账号."""
    accounts.disable(staff_id=staff_id, answers_for=open_work.answers_for, by=staff_of(request), at=timezone.now())
    return redirect("staff_account", staff_id)


@needs(KEEPERS)
@require_POST
def staff_enable(request: HttpRequest, staff_id: int) -> HttpResponse:
    """启用账号."""
    accounts.enable(staff_id=staff_id, by=staff_of(request), at=timezone.now())
    return redirect("staff_account", staff_id)


@needs(KEEPERS)
@require_POST
def staff_sign_out(request: HttpRequest, staff_id: int) -> HttpResponse:
    """收回登录: end a person's sessions and tokens."""
    accounts.sign_out(staff_id=staff_id, by=staff_of(request), at=timezone.now())
    return redirect("staff_account", staff_id)
