"""承办单位: who petitions are given to, and who signs in for them. The administrator keeps the list."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import OFFICE_ROLES, UNIT_ROLES, Role
from huiyin.county.office.actions import units as actions
from huiyin.county.office.models import Unit
from huiyin.county.office.rules import may_keep_units
from huiyin.county.office.states import Branch
from huiyin.interfaces import open_work
from huiyin.interfaces.components.links import Button, ButtonForm, Crumb, Tabs
from huiyin.interfaces.components.petitions import Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .office_form import OfficeForm, answered
from .office_tabs import office_tabs
from .unit_forms import NewUnitForm, UnitForm

KEEPERS = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class UnitsScreen:
    """The list of units."""

    tabs: Tabs
    new: Button | None
    table: DataTable


@dataclass(frozen=True, slots=True)
class UnitScreen:
    """One unit: its facts and its accounts."""

    title: str
    crumbs: tuple[Crumb, ...]
    badge: StateBadge
    facts: Facts
    accounts: DataTable
    buttons: tuple[Button | ButtonForm, ...]


@needs(OFFICE_ROLES)
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """承办单位: by branch, with superior, telephone and how many people sign in for each."""
    counted: dict[str, int] = {}
    for code in Staff.objects.filter(is_active=True).exclude(unit_code="").values_list("unit_code", flat=True):
        counted[code] = counted.get(code, 0) + 1
    order = list(Branch)
    rows = sorted(
        Unit.objects.select_related("superior").order_by("name"),
        key=lambda unit: (not unit.is_active, order.index(Branch(unit.branch))),
    )
    table = DataTable(
        caption="承办单位",
        columns=(
            Column(label="单位"),
            Column(label="所属", width="fit"),
            Column(label="上级单位", phone="hide"),
            Column(label="电话", width="fit"),
            Column(label="账号", width="fit", align="end"),
            Column(label="状态", width="fit"),
        ),
        rows=tuple(_row(unit, counted.get(unit.code, 0)) for unit in rows),
        empty=EmptyState(title="还没有承办单位"),
    )
    may_keep = may_keep_units(staff_of(request))
    new = Button(label="新增单位", href=reverse("unit_new"), kind="primary", icon="plus") if may_keep else None
    return render(request, "units.html", {"screen": UnitsScreen(tabs=office_tabs("units"), new=new, table=table)})


def _row(unit: Unit, accounts: int) -> Row:
    return Row(
        href=reverse("unit", args=[unit.pk]),
        cells=(
            Cell(text=unit.name),
            Cell(text=Branch(unit.branch).label),
            Cell(text=unit.superior.name if unit.superior else ""),
            Cell(text=unit.phone),
            Cell(text=str(accounts)),
            Cell(component=_badge(unit)),
        ),
    )


def _badge(unit: Unit) -> StateBadge:
    return StateBadge(label="在用", tone="good") if unit.is_active else StateBadge(label="已停用")


@needs(OFFICE_ROLES)
@require_safe
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit and who signs in for it."""
    by, one = staff_of(request), _found(unit_id)
    may_keep = may_keep_units(by)
    subordinates = one.subordinates.filter(is_active=True).order_by("name")
    screen = UnitScreen(
        title=one.name,
        crumbs=(Crumb(label="承办单位", href=reverse("units")),),
        badge=_badge(one),
        facts=Facts(
            items=(
                Fact(label="代码", value=one.code),
                Fact(label="所属", value=Branch(one.branch).label),
                Fact(label="上级单位", value=one.superior.name if one.superior else ""),
                Fact(label="电话", value=one.phone),
                Fact(label="常用承办人", value="、".join(one.handlers), wide=True),
                Fact(label="下级单位", value="、".join(below.name for below in subordinates), wide=True),
            )
        ),
        accounts=_accounts(one, may_keep=may_keep),
        buttons=_buttons(one) if may_keep else (),
    )
    return render(request, "unit.html", {"screen": screen})


def _accounts(one: Unit, *, may_keep: bool) -> DataTable:
    rows = Staff.objects.filter(unit_code=one.code, roles__overlap=sorted(UNIT_ROLES)).order_by("-is_active", "pk")
    return DataTable(
        caption="本单位的账号",
        columns=(Column(label="姓名"), Column(label="角色"), Column(label="电话"), Column(label="状态", width="fit")),
        rows=tuple(
            Row(
                href=reverse("staff_account", args=[person.pk]) if may_keep else "",
                cells=(
                    Cell(text=person.name, sub=person.title),
                    Cell(text=person.role_labels),
                    Cell(text=person.phone),
                    Cell(text="在用" if person.is_active else "已停用"),
                ),
            )
            for person in rows
        ),
        empty=EmptyState(title="没有账号", words="没有账号的单位，由信访办凭纸质回执代录签收和反馈。"),
    )


def _buttons(one: Unit) -> tuple[Button | ButtonForm, ...]:
    change = Button(label="变更", href=reverse("unit_change", args=[one.pk]))
    if not one.is_active:
        return (ButtonForm(label="启用", action=reverse("unit_reactivate", args=[one.pk])), change)
    leave = ButtonForm(
        label="停用",
        kind="danger",
        action=reverse("unit_deactivate", args=[one.pk]),
        confirm=f"停用后不能再向{one.name}交办，已办的都保留。确定停用吗？",
    )
    account = Button(label="为本单位开户", href=f"{reverse('staff_new')}?unit={one.code}", kind="primary", icon="plus")
    return (leave, change, account)


def _found(unit_id: int) -> Unit:
    one = Unit.objects.select_related("superior").filter(pk=unit_id).first()
    if one is None:
        raise Refusal("unit.unknown", "没有这个单位")
    return one


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def unit_new(request: HttpRequest) -> HttpResponse:
    """新增单位."""
    by, at, form = staff_of(request), timezone.now(), NewUnitForm(request.POST or None)
    words = OfficeForm(
        title="新增单位",
        submit="新增",
        back_href=reverse("units"),
        crumbs=(Crumb(label="承办单位", href=reverse("units")),),
    )

    def act() -> int:
        return actions.add(code=form.cleaned_data["code"], entry=form.entry(), by=by, at=at).pk

    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, words, act=act, sent=sent)


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def unit_change(request: HttpRequest, unit_id: int) -> HttpResponse:
    """变更单位."""
    by, at, one = staff_of(request), timezone.now(), _found(unit_id)
    initial = {
        "name": one.name,
        "branch": one.branch,
        "superior_code": one.superior.code if one.superior else "",
        "phone": one.phone,
        "handlers": "\n".join(one.handlers),
    }
    form = UnitForm(request.POST or None, initial=initial, kept=one)
    home = reverse("unit", args=[one.pk])
    words = OfficeForm(
        title=f"变更　{one.name}",
        submit="保存",
        back_href=home,
        crumbs=(Crumb(label="承办单位", href=reverse("units")), Crumb(label=one.name, href=home)),
        lead=f"代码 {one.code}",
    )

    def act() -> int:
        return actions.change(unit_id=one.pk, entry=form.entry(), by=by, at=at).pk

    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, words, act=act, sent=sent)


@needs(KEEPERS)
@require_POST
def unit_deactivate(request: HttpRequest, unit_id: int) -> HttpResponse:
    """停用单位."""
    actions.deactivate(unit_id=unit_id, still_open=open_work.still_open, by=staff_of(request), at=timezone.now())
    return redirect("unit", unit_id)


@needs(KEEPERS)
@require_POST
def unit_reactivate(request: HttpRequest, unit_id: int) -> HttpResponse:
    """启用单位."""
    actions.reactivate(unit_id=unit_id, by=staff_of(request), at=timezone.now())
    return redirect("unit", unit_id)
