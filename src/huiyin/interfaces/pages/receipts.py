"""收件 and 登记: from an envelope or a visitor to a number, a query code and due dates."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import OFFICE_ROLES, Role
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition, Receipt
from huiyin.county.registry.rules import NEEDED_ORIGINAL, may_approve, may_register
from huiyin.county.registry.states import AttachmentKind, Channel, Origin
from huiyin.interfaces import submissions
from huiyin.interfaces.components.links import Chip, Chips
from huiyin.interfaces.components.petitions import CodeBox, DueBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.kernel.calendar import local_day
from huiyin.kernel.deadlines import Due
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .paging import pagination_of
from .receipt_forms import ReceiptForm, RegistrationForm, receipt_initial

PAGE_SIZE = 50
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


@dataclass(frozen=True, slots=True)
class RegisteredScreen:
    """What is shown after a registration: number, code, dates."""

    number: CodeBox
    code: CodeBox
    dues: tuple[DueBadge, ...]
    href: str


@needs(COUNTER)
@require_safe
def receipt_list(request: HttpRequest) -> HttpResponse:
    """收件: what arrived, newest first; what waits for registration stands out."""
    waiting = request.GET.get("waiting") == "1"
    rows = Receipt.objects.order_by("-received_on", "-id").select_related("taken_by").prefetch_related("petitions")
    unregistered = Receipt.objects.filter(petitions=None, not_petition_seconded_by=None)
    if waiting:
        rows = rows.filter(petitions=None, not_petition_seconded_by=None)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    by = staff_of(request)
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
        rows=tuple(_row(receipt, by) for receipt in page.object_list),
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


def _row(receipt: Receipt, by: Staff) -> Row:
    petitions = list(receipt.petitions.all())
    if petitions:
        state = "、".join(petition.number for petition in petitions)
    elif receipt.not_petition_seconded_by_id:
        state = "非信访件"
    elif receipt.not_petition_by_id:
        state = "非信访件，待复核"
    else:
        state = "待登记"
    return Row(
        cells=(
            Cell(text=receipt.number),
            Cell(text=f"{receipt.received_on:%Y-%m-%d}"),
            Cell(text=Channel(receipt.channel).label, sub=_origin(receipt)),
            Cell(text=receipt.sender),
            Cell(text=str(receipt.head_count)),
            Cell(text=receipt.taken_by.name),
            Cell(text=state),
        ),
        href=_href(receipt, petitions, by),
        tone="warn" if state == "待登记" else "plain",
    )


def _origin(receipt: Receipt) -> str:
    origin = Origin(receipt.origin)
    return "" if origin is Origin.DIRECT else origin.label


def _href(receipt: Receipt, petitions: list[Petition], by: Staff) -> str:
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
    form = ReceiptForm(request.POST or None, initial=receipt_initial(local_day(at)))
    if request.method == "POST" and form.is_valid():
        try:
            answer = submissions.once(
                key=request.POST.get("form_token", ""),
                sent=form.cleaned_data,
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
        by=by,
        at=at,
    )


def _after_receipt(by: Staff, receipt_id: object) -> str:
    return reverse("register", args=[receipt_id]) if may_register(by) else reverse("receipts")


@needs(COUNTER)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """登记: make a petition of a receipt and show its number, query code and due dates."""
    by = staff_of(request)
    receipt = get_object_or_404(Receipt, pk=receipt_id)
    initial = {"name": receipt.sender, "head_count": receipt.head_count}
    form = RegistrationForm(request.POST or None, request.FILES or None, by=by, receipt=receipt, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return _registered(request, receipt, form)
        except Refusal as refusal:
            form.add_error(None, refusal.words)
    screen = FormScreen(
        title=f"登记{Channel(receipt.channel).label}",
        lead=f"收件号 {receipt.number}，{receipt.received_on:%Y-%m-%d} 收到，经手 {receipt.taken_by.name}",
        form=form,
        action=request.path,
        submit="登记",
    )
    context = {"screen": screen, "receipt": receipt, "may_second": may_approve(by)}
    return render(request, "register.html", context, status=422 if form.errors else 200)


def _registered(request: HttpRequest, receipt: Receipt, form: RegistrationForm) -> HttpResponse:
    by, at, key = staff_of(request), timezone.now(), request.POST.get("form_token", "")
    code = submissions.query_code_of(key)
    scan = form.cleaned_data["scan"]
    data: bytes = scan.read() if scan else b""
    registration = form.registration()

    def act() -> dict[str, str | int | None]:
        done = petitions.register(receipt_id=receipt.pk, registration=registration, by=by, at=at, query_code=code)
        if data:
            kind = NEEDED_ORIGINAL.get(Channel(receipt.channel), AttachmentKind.OTHER)
            attachments.attach(petition_id=done.petition.pk, kind=kind, name=scan.name, data=data, by=by, at=at)
        return {"petition": done.petition.pk}

    sent = {**form.cleaned_data, "scan": len(data)}
    answer = submissions.once(key=key, sent=sent, at=at, act=act)
    petition = Petition.objects.get(pk=answer["petition"] or 0)
    today = local_day(at)
    screen = RegisteredScreen(
        number=CodeBox(label="信访件编号", value=petition.number),
        code=CodeBox(label="查询码", value=code, note="只显示这一次，请抄给信访人；凭编号和查询码可在网上查询办理情况"),
        dues=tuple(
            DueBadge(
                label=due.clock.label,
                due_on=due.due_on,
                today=today,
                provisional=due.provisional,
                explanation=due.explain(),
            )
            for due in (Due.from_values(row.explanation) for row in petition.deadlines.order_by("due_on", "id"))
        ),
        href=reverse("petition", args=[petition.pk]),
    )
    return render(request, "registered.html", {"screen": screen})


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
