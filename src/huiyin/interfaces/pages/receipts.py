"""收件: what arrived, how long it may wait for its registration, and whatever is no petition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import OFFICE_ROLES, Role
from huiyin.county.registry import files
from huiyin.county.registry.actions import receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.receipts import is_open_to, listed_receipts, readable, waiting_receipts
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.rules import may_approve, may_register
from huiyin.county.registry.states import Channel, Origin
from huiyin.county.registry.web_rules import may_open_sealed
from huiyin.interfaces import submissions
from huiyin.interfaces.components.contract import Component
from huiyin.interfaces.components.links import Chip, Chips
from huiyin.interfaces.components.petitions import DueBadge, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.kernel.calendar import local_day
from huiyin.kernel.deadlines import Due
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .paging import pagination_of
from .receipt_forms import ReceiptForm, receipt_initial

PAGE_SIZE = 50
WAITS = "待登记"
COUNTER = OFFICE_ROLES - {Role.ADMINISTRATOR, Role.AUDITOR, Role.GROUP_HEAD}


@dataclass(frozen=True, slots=True)
class ReceiptsScreen:
    """What the page of receipts shows."""

    table: DataTable
    chips: Chips


@dataclass(frozen=True, slots=True)
class FormScreen:
    """A page with one form."""

    title: str
    lead: str
    form: forms.Form
    action: str
    submit: str


@needs(COUNTER)
@require_safe
def receipt_list(request: HttpRequest) -> HttpResponse:
    """收件: what arrived, newest first; what waits for registration stands out."""
    waiting, by, today = request.GET.get("waiting") == "1", staff_of(request), local_day(timezone.now())
    unregistered = waiting_receipts(by)
    rows = unregistered if waiting else listed_receipts(by)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    table = DataTable(
        caption="收件登记簿",
        columns=(
            Column(label="收件号"),
            Column(label="收件日期", width="fit"),
            Column(label="形式", width="fit"),
            Column(label="来信来访人", phone="hide"),
            Column(label="人数", align="end", width="fit", phone="hide"),
            Column(label="经手", width="fit", phone="hide"),
            Column(label="登记"),
        ),
        rows=rows_of(list(page.object_list), by, today=today),
        empty=EmptyState(title="没有收件" if not waiting else "没有待登记的收件"),
        pagination=pagination_of(request, page),
    )
    chips = Chips(
        label="收件范围",
        items=(
            Chip(label="全部", href=reverse("receipts"), active=not waiting),
            Chip(label="待登记", href=f"{reverse('receipts')}?waiting=1", active=waiting, count=unregistered.count()),
        ),
    )
    return render(request, "receipts.html", {"screen": ReceiptsScreen(table=table, chips=chips)})


def rows_of(found: Sequence[Receipt], by: Staff, *, today: date) -> tuple[Row, ...]:
    """Return the receipts as rows; whose petition is sealed to this person tells no name."""
    open_ones = readable(found, by)
    return tuple(_row(receipt, by, open_ones=open_ones, today=today) for receipt in found)


def _row(receipt: Receipt, by: Staff, *, open_ones: set[int], today: date) -> Row:
    petitions = list(receipt.petitions.all())
    is_open = all(petition.pk in open_ones for petition in petitions)
    is_open = is_open and (not receipt.is_sealed or may_open_sealed(by))
    state = _state(receipt, petitions)
    waits = state == WAITS
    due = Cell(component=register_badge(receipt, today=today), sub="重大紧急" if receipt.is_urgent else "")
    return Row(
        cells=(
            Cell(text=receipt.number),
            Cell(text=f"{receipt.received_on:%Y-%m-%d}"),
            Cell(text=Channel(receipt.channel).label, sub=_origin(receipt) if is_open else ""),
            Cell(text=receipt.sender if is_open else "保密"),
            Cell(text=str(receipt.head_count)),
            Cell(text=receipt.taker_name),
            due if waits else Cell(text=state),
        ),
        href=_href(receipt, petitions, by) if is_open else "",
        tone=("bad" if receipt.is_urgent else "warn") if waits else "plain",
    )


def _state(receipt: Receipt, petitions: Sequence[Petition]) -> str:
    if petitions:
        return "、".join(petition.number for petition in petitions)
    if receipt.not_petition_seconded_by_id:
        return "非信访件"
    return "非信访件，待复核" if receipt.not_petition_by_id else WAITS


def register_badge(receipt: Receipt, *, today: date) -> Component:
    """Return by when a receipt must be registered, with the explanation of the day; none was set by some rule sets."""
    if receipt.register_due_on is None:
        return StateBadge(label=WAITS, tone="warn")
    due = Due.from_values(receipt.register_due)
    return DueBadge(label=WAITS, due_on=due.due_on, today=today, provisional=due.provisional, explanation=due.explain())


def _origin(receipt: Receipt) -> str:
    origin = Origin(receipt.origin)
    if origin is Origin.DIRECT:
        return ""
    due = f"，要求{receipt.origin_due_on:%Y-%m-%d}前反馈" if receipt.origin_due_on else ""
    return f"{origin.label} {receipt.origin_name}{due}"


def _href(receipt: Receipt, petitions: Sequence[Petition], by: Staff) -> str:
    if len(petitions) == 1 and may_register(by):
        return reverse("petition", args=[petitions[0].pk])
    if not petitions and (may_register(by) or may_approve(by)):
        return reverse("register", args=[receipt.pk])
    return ""


@needs(COUNTER)
@require_http_methods(["GET", "POST"])
def receipt_new(request: HttpRequest) -> HttpResponse:
    """收件: write one down; whoever may register goes on to it."""
    by, at = staff_of(request), timezone.now()
    form = ReceiptForm(request.POST or None, request.FILES or None, initial=receipt_initial(local_day(at)))
    if request.method == "POST" and form.is_valid():
        try:
            answer = submissions.once(
                key=request.POST.get("form_token", ""),
                sent={**form.cleaned_data, "envelope": bool(form.cleaned_data["envelope"])},
                at=at,
                act=lambda: {"receipt": _take(form, by, at).pk},
            )
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            return redirect(_after_receipt(by, answer["receipt"]))
    screen = FormScreen(
        title="收件",
        lead="先记收件，再登记：收件是件件登记的依据。",
        form=form,
        action=request.path,
        submit="保存并登记" if may_register(by) else "保存",
    )
    return render(request, "receipt_new.html", {"screen": screen}, status=422 if form.errors else 200)


def _take(form: ReceiptForm, by: Staff, at: datetime) -> Receipt:
    values = form.cleaned_data
    return receipts.take_receipt(
        channel=Channel(values["channel"]),
        received_on=values["received_on"],
        sender=values["sender"],
        head_count=values["head_count"],
        postmarked_on=values["postmarked_on"],
        origin=Origin(values["origin"]),
        note=values["note"],
        details=form.details(),
        envelope=values["envelope"].read() if values["envelope"] else b"",
        by=by,
        at=at,
    )


def _after_receipt(by: Staff, receipt_id: object) -> str:
    return reverse("register", args=[receipt_id]) if may_register(by) else reverse("receipts")


@needs(COUNTER)
@require_POST
def not_petition(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """非信访件: mark a receipt, or agree as the second person."""
    by, at = staff_of(request), timezone.now()
    receipt = get_object_or_404(Receipt, pk=receipt_id)
    if receipt.not_petition_by_id is None:
        receipts.mark_not_petition(receipt_id=receipt_id, reason=request.POST.get("reason", ""), by=by, at=at)
    else:
        receipts.second_not_petition(receipt_id=receipt_id, by=by, at=at)
    return redirect(reverse("receipts"))


@needs(COUNTER)
@require_safe
def envelope(request: HttpRequest, receipt_id: int) -> HttpResponseBase:
    """信封扫描: hand out the envelope of a receipt, as a download that runs nothing."""
    by = staff_of(request)
    receipt = get_object_or_404(listed_receipts(by).exclude(envelope_sha256=""), pk=receipt_id)
    path = files.path_of(receipt.envelope_sha256)
    if not is_open_to(receipt, by) or not path.is_file():
        raise Http404
    suffix = receipt.envelope_media_type.rpartition("/")[2]
    name = f"信封-{receipt.number}.{suffix}"
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=receipt.envelope_media_type
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
