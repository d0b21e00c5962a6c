"""制作报告, 写建议, 撤下建议: each once per form, and back to the report."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.accounts.roles import Role
from huiyin.county.document.models import Document
from huiyin.county.reporting import rules
from huiyin.county.reporting.actions import priorities
from huiyin.county.reporting.models import Priority
from huiyin.documents.reports import write_report
from huiyin.documents.values.analysis_report import ahead
from huiyin.interfaces.components.links import Crumb
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .office_form import OfficeForm, answered, carried_out
from .periods import period_of

WRITERS = frozenset({Role.CLERK, Role.HEAD})


class PriorityForm(forms.Form):
    """One paragraph on the work ahead."""

    words = forms.CharField(
        label="建议",
        max_length=rules.LONGEST_PRIORITY,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写进分析报告，例如：把农业水费收缴列入明年执法检查",
    )
    numbers = forms.CharField(
        label="依据的信访件编号",
        max_length=1000,
        help_text="一件或多件，用空格或顿号隔开；检举控告件和密件不能引用",
    )


@needs(WRITERS)
@require_POST
def report_write(request: HttpRequest, written: str) -> HttpResponse:
    """制作报告: freeze what the page shows under a number."""
    by, at, of = staff_of(request), timezone.now(), period_of(written)
    key = carried_out(
        request,
        act=lambda: write_report(period=of, by=by, at=at).pk,
        sent={"address": request.path},
    )
    number = Document.objects.values_list("number", flat=True).get(pk=key)
    messages.success(request, f"{of.label}信访情况分析报告已制作，文号 {number}。")
    return redirect("report", written)


@needs(WRITERS)
@require_http_methods(["GET", "POST"])
def priority_new(request: HttpRequest, written: str) -> HttpResponse:
    """写建议: a paragraph and the petitions it stands on."""
    by, at, of = staff_of(request), timezone.now(), period_of(written)
    form = PriorityForm(request.POST or None)
    back = reverse("report", args=[written])
    words = OfficeForm(
        title=ahead(of),
        submit="写入",
        back_href=back,
        crumbs=(Crumb(label=f"{of.label}分析报告", href=back),),
        lead="写入以后不能改；要改的撤下重写。",
    )

    def act() -> int:
        told = rules.numbers_written(form.cleaned_data["numbers"])
        return priorities.add(period=of, words=form.cleaned_data["words"], petition_numbers=told, by=by, at=at).pk

    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, words, act=act, sent=sent)


@needs(WRITERS)
@require_POST
def priority_remove(request: HttpRequest, priority_id: int) -> HttpResponse:
    """撤下建议: it goes into no further report."""
    by, at = staff_of(request), timezone.now()
    row = Priority.objects.filter(pk=priority_id).first()
    if row is None:
        raise Refusal("priority.unknown", "没有这条建议")
    carried_out(
        request,
        act=lambda: priorities.remove(priority_id=priority_id, by=by, at=at).pk,
        sent={"address": request.path},
    )
    messages.success(request, "已撤下。")
    return redirect("report", rules.written(Period(row.first_on, row.last_on)))
