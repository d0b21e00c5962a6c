"""群众来信来访: what a petitioner reads without an account: how to write, what we can do, what is often asked."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from huiyin.county.office.models import ReceptionDay
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.pages.access import open_to_all
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day, show_day, show_weekday
from huiyin.kernel.rulesets import RuleSet
from huiyin.platform.directory import rulesets

NEXT_RECEPTIONS = 6
LARGE = "large"
LARGE_LIFE = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class PortalScreen:
    """The petitioners' first page."""

    office: str
    representatives: int
    receptions: DataTable


@dataclass(frozen=True, slots=True)
class QuestionsScreen:
    """Frequent questions."""

    office: str
    representatives: int


@open_to_all
@require_safe
def portal(request: HttpRequest) -> HttpResponse:
    """群众来信来访: how to write, what the office can do, when leaders receive, and where to ask for the state."""
    today = local_day(timezone.now())
    screen = PortalScreen(
        office=tenant.current().name,
        representatives=_rules(today).representatives.at_most,
        receptions=_receptions(today),
    )
    return render(request, "portal.html", {"screen": screen})


@open_to_all
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """常见问题."""
    today = local_day(timezone.now())
    screen = QuestionsScreen(office=tenant.current().name, representatives=_rules(today).representatives.at_most)
    return render(request, "portal_questions.html", {"screen": screen})


def _rules(today: date) -> RuleSet:
    return rulesets.in_force(tenant.current().ruleset, received_on=today)


@open_to_all
@require_POST
def large(request: HttpRequest) -> HttpResponse:
    """大字版: remember on this browser whether pages are shown large; it says nothing about a person."""
    back = request.POST.get("back", "")
    is_own = back.startswith("/portal/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = redirect(back if is_own else reverse("portal"))
    if request.POST.get("on") == "1":
        response.set_cookie(LARGE, "1", max_age=LARGE_LIFE, secure=settings.SECURE_TLS, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(LARGE)
    return response


def _receptions(today: date) -> DataTable:
    days = ReceptionDay.objects.filter(on__gte=today, cancelled_at=None).order_by("on", "pk")[:NEXT_RECEPTIONS]
    return DataTable(
        caption="领导接待日",
        columns=(Column(label="日期", width="fit"), Column(label="接待领导", width="fit"), Column(label="地点")),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=f"{show_day(day.on)}（{show_weekday(day.on)}）"),
                    Cell(text=day.leader_name),
                    Cell(text=day.place),
                )
            )
            for day in days
        ),
        empty=EmptyState(title="近期的接待日尚未公布", words="工作时间可以到信访办公室来访。"),
    )
