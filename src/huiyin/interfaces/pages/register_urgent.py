"""重大紧急: the calls before the registration, each written down (R22 §25)."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.county.registry.actions import urgency
from huiyin.county.registry.queries.receipts import listed_receipts
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.rules import RECEIVERS
from huiyin.county.registry.states import UrgentReceiver
from huiyin.interfaces import submissions
from huiyin.interfaces.components.contract import Component
from huiyin.interfaces.components.petitions import Facts
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .receipt_forms import UrgentMarkForm, UrgentReportForm, report_initial
from .receipt_section import facts_of
from .receipts import register_badge


@dataclass(frozen=True, slots=True)
class UrgentScreen:
    """The urgent report of one receipt."""

    lead: str
    facts: Facts
    due: Component
    missing: str
    finished: str
    is_urgent: bool
    mark: forms.Form
    mark_href: str
    report: forms.Form
    report_href: str
    finish_href: str
    register_href: str


@needs(RECEIVERS)
@require_safe
def urgent(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """重大紧急报告: who was told already and who is still to be told."""
    return _page(request, _found(request, receipt_id))


@needs(RECEIVERS)
@require_POST
def urgent_mark(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """标记重大紧急."""
    receipt, form = _found(request, receipt_id), UrgentMarkForm(request.POST)
    if not form.is_valid():
        return _page(request, receipt, mark=form, status=422)
    reason, at = form.cleaned_data["reason"], timezone.now()
    urgency.mark_urgent(receipt_id=receipt_id, reason=reason, by=staff_of(request), at=at)
    messages.success(request, "已标记重大紧急，请立即电话报告")
    return redirect(reverse("urgent", args=[receipt_id]))


@needs(RECEIVERS)
@require_POST
def urgent_report(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """记录紧急报告: one call; the same form sent twice is one call."""
    receipt, by, at = _found(request, receipt_id), staff_of(request), timezone.now()
    form = UrgentReportForm(request.POST)
    if not form.is_valid():
        return _page(request, receipt, report=form, status=422)

    def act() -> dict[str, str | int | None]:
        return {"report": urgency.report_urgent(receipt_id=receipt_id, entry=form.entry(), by=by, at=at).pk}

    try:
        submissions.once(key=request.POST.get("form_token", ""), sent=[receipt_id, form.cleaned_data], at=at, act=act)
    except Refusal as refusal:
        form.add_error(None, refusal.words)
        return _page(request, receipt, report=form, status=409)
    messages.success(request, "已记下这次报告")
    return redirect(reverse("urgent", args=[receipt_id]))


@needs(RECEIVERS)
@require_POST
def urgent_finish(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """完成报告: the duty leader was told; now it is registered."""
    _found(request, receipt_id)
    urgency.finish_urgent(receipt_id=receipt_id, by=staff_of(request), at=timezone.now())
    messages.success(request, "报告已完成，请登记")
    return redirect(reverse("urgent", args=[receipt_id]))


def _found(request: HttpRequest, receipt_id: int) -> Receipt:
    return get_object_or_404(listed_receipts(staff_of(request)).filter(petitions=None), pk=receipt_id)


def _page(
    request: HttpRequest,
    receipt: Receipt,
    *,
    mark: forms.Form | None = None,
    report: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.localtime()
    told = set(receipt.urgent_reports.values_list("to", flat=True))
    missing = "、".join(one.label for one in UrgentReceiver if one.value not in told)
    reported_at = receipt.urgent_reported_at
    screen = UrgentScreen(
        lead=f"收件号 {receipt.number}，{receipt.sender or '未写姓名'}；先电话报告并逐次记录，再登记。",
        facts=facts_of(receipt),
        due=register_badge(receipt, today=local_day(now)),
        missing=missing,
        finished=f"{moment_words(reported_at)}完成报告" if reported_at else "",
        is_urgent=receipt.is_urgent,
        mark=mark or UrgentMarkForm(),
        mark_href=reverse("urgent_mark", args=[receipt.pk]),
        report=report or UrgentReportForm(initial=report_initial(now)),
        report_href=reverse("urgent_report", args=[receipt.pk]),
        finish_href=reverse("urgent_finish", args=[receipt.pk]),
        register_href=reverse("register", args=[receipt.pk]),
    )
    return render(request, "urgent.html", {"screen": screen}, status=status)
