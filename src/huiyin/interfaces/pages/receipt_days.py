"""更正收件日期: the page, and what the page of a petition tells of it."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.county.registry.actions import receipt_days
from huiyin.county.registry.queries.receipts import is_open_to, listed_receipts
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.rules import REGISTRARS
from huiyin.county.registry.web_rules import may_open_sealed
from huiyin.interfaces.components.links import Crumb
from huiyin.interfaces.components.petitions import Fact
from huiyin.interfaces.components.words import day_words, moment_words

from .access import needs, staff_of
from .office_form import OfficeForm, answered
from .receipt_day_forms import ReceiptDayForm
from .steps.kinds import person


@needs(REGISTRARS)
@require_http_methods(["GET", "POST"])
def receipt_day(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """更正收件日期: one form on a page of its own."""
    by, at = staff_of(request), timezone.now()
    receipt = listed_receipts(by).filter(pk=receipt_id).first()
    if receipt is None or not is_open_to(receipt, by) or (receipt.is_sealed and not may_open_sealed(by)):
        raise Http404
    form = ReceiptDayForm(request.POST or None, by=by, initial={"received_on": receipt.received_on})
    words = OfficeForm(
        title=f"更正收件日期　{receipt.number}",
        lead=f"原登记{day_words(receipt.received_on)}。两个日期都保留，正在计算的期限随之重算",
        submit="更正",
        back_href=_back(receipt),
        crumbs=(Crumb(label="收件", href=reverse("receipts")),),
    )

    def act() -> int:
        values = form.cleaned_data
        approver = person(values["approver"]) if values["approver"] else None
        row = receipt_days.correct(
            receipt_id=receipt.pk,
            received_on=values["received_on"],
            reason=values["reason"],
            approver=approver,
            by=by,
            at=at,
        )
        return row.pk

    sent = {name: str(request.POST.get(name, "")) for name in form.fields}
    return answered(request, form, words, act=act, sent=sent)


def _back(receipt: Receipt) -> str:
    first = receipt.petitions.order_by("pk").first()
    return reverse("petition", args=[first.pk]) if first else reverse("register", args=[receipt.pk])


def corrections_of(receipt: Receipt) -> Iterator[Fact]:
    """Yield each correction with both days, the reason and the people."""
    for row in receipt.corrections.select_related("corrected_by", "approved_by").order_by("pk"):
        people = [row.corrected_by.name] + ([f"{row.approved_by.name}批准"] if row.approved_by else [])
        days = f"原登记{day_words(row.received_on_before)}，更正为{day_words(row.received_on)}"
        value = f"{days}\n{row.reason}　{'，'.join(people)}"
        yield Fact(label=f"更正收件日期　{moment_words(row.corrected_at)}", value=value, wide=True)
