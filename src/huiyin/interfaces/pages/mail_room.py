"""收发: a stack of envelopes, one line each: write the sender, press Enter, take the next."""

from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.accounts.models import Staff
from huiyin.county.registry.actions import receipts
from huiyin.county.registry.queries.receipts import listed_receipts
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Channel
from huiyin.interfaces import submissions
from huiyin.interfaces.components.tables import Column, DataTable, EmptyState
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .receipt_forms import EnvelopeForm, envelope_initial
from .receipts import COUNTER, rows_of

SHOWN = 60


@dataclass(frozen=True, slots=True)
class MailRoomScreen:
    """The line for the next envelope and the envelopes of the day."""

    form: forms.Form
    action: str
    table: DataTable
    count: int


@needs(COUNTER)
@require_http_methods(["GET", "POST"])
def mail_room(request: HttpRequest) -> HttpResponse:
    """收发: take one envelope after the other."""
    by, at = staff_of(request), timezone.now()
    today = local_day(at)
    form = EnvelopeForm(request.POST or None, request.FILES or None, initial=envelope_initial(by, today))
    if request.method == "POST" and form.is_valid():
        try:
            _taken(request, form, by=by, at=at)
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            return redirect(reverse("mail_room"))
    screen = _screen(form, by, today=today)
    return render(request, "mail_room.html", {"screen": screen}, status=422 if form.errors else 200)


def _taken(request: HttpRequest, form: EnvelopeForm, *, by: Staff, at: datetime) -> None:
    values = form.cleaned_data
    envelope = values["envelope"].read() if values["envelope"] else b""

    def act() -> dict[str, str | int | None]:
        receipt = receipts.take_receipt(
            channel=Channel.LETTER,
            received_on=values["received_on"],
            sender=values["sender"],
            postmarked_on=values["postmarked_on"],
            details=form.details(),
            envelope=envelope,
            by=by,
            at=at,
        )
        return {"receipt": receipt.pk}

    sent = {**values, "envelope": len(envelope)}
    submissions.once(key=request.POST.get("form_token", ""), sent=sent, at=at, act=act)


def _screen(form: EnvelopeForm, by: Staff, *, today: date) -> MailRoomScreen:
    rows = listed_receipts(by).filter(channel=Channel.LETTER.value, received_on=today).order_by("-pk")
    found: list[Receipt] = list(rows[:SHOWN])
    table = DataTable(
        caption="今天收到的来信",
        columns=(
            Column(label="收件号"),
            Column(label="收件日期", width="fit", phone="hide"),
            Column(label="形式", width="fit", phone="hide"),
            Column(label="寄信人"),
            Column(label="人数", align="end", width="fit", phone="hide"),
            Column(label="经手", width="fit", phone="hide"),
            Column(label="登记"),
        ),
        rows=rows_of(found, by, today=today),
        empty=EmptyState(title="今天还没有收信"),
    )
    return MailRoomScreen(form=form, action=reverse("mail_room"), table=table, count=rows.count())
