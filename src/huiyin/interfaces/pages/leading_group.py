"""领导小组: who serves now, who served before, with terms."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.roles import OFFICE_ROLES, Role
from huiyin.county.office.actions import leading_group as actions
from huiyin.county.office.models import LeadingGroupMember
from huiyin.county.office.rules import may_keep_office
from huiyin.interfaces.components.links import Button, Crumb, Tabs
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .office_form import OfficeForm, answered
from .office_forms import EndForm, MemberForm
from .office_tabs import office_tabs

KEEPERS = frozenset({Role.CLERK, Role.HEAD})


@dataclass(frozen=True, slots=True)
class LeadingGroupScreen:
    """The group as it is today and as it was."""

    tabs: Tabs
    new: Button | None
    serving: DataTable
    former: DataTable


@needs(OFFICE_ROLES)
@require_safe
def leading_group(request: HttpRequest) -> HttpResponse:
    """信访工作领导小组: those in office, below them the others."""
    today, may_keep = local_day(timezone.now()), may_keep_office(staff_of(request))
    rows = LeadingGroupMember.objects.order_by("from_on", "pk")
    serving = set(LeadingGroupMember.objects.serving(today=today).values_list("pk", flat=True))
    screen = LeadingGroupScreen(
        tabs=office_tabs("leading_group"),
        new=_new() if may_keep else None,
        serving=_table("在任成员", [one for one in rows if one.pk in serving], may_keep=may_keep),
        former=_table("历任和待任", [one for one in rows if one.pk not in serving], may_keep=may_keep),
    )
    return render(request, "leading_group.html", {"screen": screen})


def _new() -> Button:
    return Button(label="新增成员", href=reverse("leading_group_new"), kind="primary", icon="plus")


def _table(caption: str, rows: list[LeadingGroupMember], *, may_keep: bool) -> DataTable:
    return DataTable(
        caption=caption,
        columns=(
            Column(label="姓名"),
            Column(label="职务"),
            Column(label="组内职责", width="fit"),
            Column(label="任期", width="fit"),
            Column(label="登记", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.name),
                    Cell(text=one.title),
                    Cell(text=one.duty),
                    Cell(text=term_words(one.from_on, one.until_on)),
                    Cell(text="任期结束", href=reverse("leading_group_end", args=[one.pk])) if may_keep else Cell(),
                )
            )
            for one in rows
        ),
        empty=EmptyState(title="没有成员"),
    )


def term_words(from_on: date, until_on: date | None) -> str:
    """Return a term as the tables show it."""
    return f"{day_words(from_on)} 至 {day_words(until_on) if until_on else '今'}"


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def leading_group_new(request: HttpRequest) -> HttpResponse:
    """任职: a new member, or a new term of one."""
    by, at, form = staff_of(request), timezone.now(), MemberForm(request.POST or None)

    def act() -> int:
        return actions.add(title=form.cleaned_data["title"], term=form.term(), by=by, at=at).pk

    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, _words("新增成员", "保存"), act=act, sent=sent)


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def leading_group_end(request: HttpRequest, member_id: int) -> HttpResponse:
    """任期结束: the last day of a term; the member stays in the list of those who served."""
    by, at = staff_of(request), timezone.now()
    member = LeadingGroupMember.objects.filter(pk=member_id).first()
    if member is None:
        raise Refusal("leading_group.unknown", "没有这位成员")
    form = EndForm(request.POST or None, initial={"until_on": member.until_on})

    def act() -> int:
        return actions.end(member_id=member_id, until_on=form.cleaned_data["until_on"], by=by, at=at).pk

    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    lead = f"{member.duty}　{term_words(member.from_on, member.until_on)}"
    return answered(request, form, _words(f"任期结束　{member.name}", "保存", lead=lead), act=act, sent=sent)


def _words(title: str, submit: str, *, lead: str = "") -> OfficeForm:
    home = reverse("leading_group")
    return OfficeForm(
        title=title, submit=submit, back_href=home, crumbs=(Crumb(label="领导小组", href=home),), lead=lead
    )
