"""核对, 审定并锁定, 重新打开, 放弃: each once per form, and back to the period."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.reporting import rules
from huiyin.county.reporting.actions import periods as actions
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries import periods as queries
from huiyin.interfaces.components.links import Crumb

from .access import needs, staff_of
from .office_form import OfficeForm, answered, carried_out
from .periods import period_of

Ending = Callable[..., ReportedPeriod]


class ReasonForm(forms.Form):
    """Why a period is opened again, or a reconciliation dropped."""

    reason = forms.CharField(
        label="原因",
        max_length=rules.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会留在记录里，例如：补登2件来信",
    )


@needs((Role.CLERK,))
@require_POST
def period_prepare(request: HttpRequest, written: str) -> HttpResponse:
    """核对: freeze the numbers and the gaps as they are now."""
    by, at, of = staff_of(request), timezone.now(), period_of(written)
    carried_out(
        request,
        act=lambda: actions.prepare(period=of, by=by, at=at).pk,
        sent={"address": request.path},
    )
    messages.success(request, f"{of.label}已核对，等待负责人审定。")
    return redirect("period", written)


@needs((Role.HEAD,))
@require_POST
def period_approve(request: HttpRequest, version_id: int) -> HttpResponse:
    """审定并锁定: the numbers go to the province as this version."""
    by, at = staff_of(request), timezone.now()
    carried_out(
        request,
        act=lambda: actions.approve(period_id=version_id, by=by, at=at).pk,
        sent={"address": request.path},
    )
    row = queries.version_of(version_id)
    messages.success(request, f"{row.period.label}第{row.version}版已审定锁定，随即报送省级。")
    return redirect("period", rules.written(row.period))


@needs((Role.HEAD,))
@require_http_methods(["GET", "POST"])
def period_reopen(request: HttpRequest, version_id: int) -> HttpResponse:
    """重新打开: the version stays as it was reported; the next reconciliation makes another one."""
    lead = "这一版已经报送，保持不变；重新核对、审定后，以新的一版报送省级。"
    return _ended(request, version_id, actions.reopen, title="重新打开", lead=lead)


@needs((Role.CLERK, Role.HEAD))
@require_http_methods(["GET", "POST"])
def period_give_up(request: HttpRequest, version_id: int) -> HttpResponse:
    """放弃核对: nothing was reported; it can be reconciled again."""
    return _ended(
        request, version_id, actions.give_up, title="放弃这一版的核对", lead="这一版没有报送，放弃后可以重新核对。"
    )


def _ended(request: HttpRequest, version_id: int, act: Ending, *, title: str, lead: str) -> HttpResponse:
    by, at, form = staff_of(request), timezone.now(), ReasonForm(request.POST or None)
    row = queries.version_of(version_id)
    back = reverse("period", args=[rules.written(row.period)])
    words = OfficeForm(
        title=f"{row.period.label}：{title}",
        submit=title,
        back_href=back,
        crumbs=(Crumb(label=f"{row.period.label}结账", href=back),),
        lead=lead,
    )
    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, words, act=lambda: _done(act, form, row.pk, by, at), sent=sent)


def _done(act: Ending, form: ReasonForm, version_id: int, by: Staff, at: datetime) -> int:
    return int(act(period_id=version_id, reason=form.cleaned_data["reason"], by=by, at=at).pk)
