"""登记: from a receipt to a number, a query code and due dates; a letter of several matters is registered again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.accounts.models import Staff
from huiyin.county.registry import drafts
from huiyin.county.registry.actions import attachments, petitions, web
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.receipts import is_open_to, listed_receipts, next_waiting
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.rules import NEEDED_ORIGINAL, may_approve, may_register
from huiyin.county.registry.secrecy import may_keep_sealed
from huiyin.county.registry.states import AttachmentKind, Channel
from huiyin.interfaces import submissions
from huiyin.interfaces.components.contract import Component
from huiyin.interfaces.components.petitions import CodeBox, DueBadge, Facts
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.deadlines import Due
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .receipt_section import facts_of
from .receipts import COUNTER, register_badge
from .register_forms import RegistrationForm, initial_of


@dataclass(frozen=True, slots=True)
class RegisterScreen:
    """The page of a registration: what is known of the receipt, the form, and where its helpers answer."""

    title: str
    lead: str
    form: forms.Form
    action: str
    facts: Facts
    due: Component
    draft_href: str
    similar_href: str
    urgent_href: str
    urgent_label: str
    day_href: str
    number_only_href: str
    restored: str
    fresh_href: str
    is_split: bool
    may_second: bool
    not_petition_href: str
    not_petition_reason: str
    is_marked_not_petition: bool


@dataclass(frozen=True, slots=True)
class RegisteredScreen:
    """What is shown after a registration: number, code, dates, and what comes next."""

    number: CodeBox
    code: CodeBox
    dues: tuple[DueBadge, ...]
    href: str
    again_href: str
    next_href: str
    next_label: str


@needs(COUNTER)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """登记: make a petition of a receipt and show its number, query code and due dates."""
    by, is_split = staff_of(request), request.GET.get("again") == "1"
    receipt = get_object_or_404(listed_receipts(by), pk=receipt_id)
    if not is_open_to(receipt, by):
        raise Http404
    web.check_may_open(receipt, by=by)
    draft = None if request.method == "POST" or "fresh" in request.GET else drafts.of(receipt_id=receipt_id, by=by)
    initial = initial_of(receipt, _first(receipt, by) if is_split else None)
    kept: Mapping[str, object] = draft.values if draft else {}
    form = RegistrationForm(
        request.POST or None, request.FILES or None, by=by, receipt=receipt, initial={**initial, **kept}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _registered(request, receipt, form, is_split=is_split)
            except Refusal as refusal:
                form.add_error(None, refusal.words)
    restored = f"已恢复{moment_words(draft.saved_at)}自动保存的内容" if draft else ""
    today = local_day(timezone.now())
    screen = _screen(request, receipt, form, is_split=is_split, restored=restored, today=today)
    return render(request, "register.html", {"screen": screen}, status=status)


def _first(receipt: Receipt, by: Staff) -> Petition | None:
    """Return the first petition of a receipt, where this person may see it."""
    return Petition.objects.visible_to(by).filter(receipt=receipt).select_related("petitioner").order_by("pk").first()


def _screen(
    request: HttpRequest, receipt: Receipt, form: RegistrationForm, *, is_split: bool, restored: str, today: date
) -> RegisterScreen:
    query = "?again=1" if is_split else ""
    channel = Channel(receipt.channel).label
    return RegisterScreen(
        title=f"再登记一件（{channel}拆分）" if is_split else f"登记{channel}",
        lead=f"收件号 {receipt.number}，{receipt.received_on:%Y-%m-%d} 收到，经手 {receipt.taker_name}",
        form=form,
        action=f"{request.path}{query}",
        facts=facts_of(receipt, columns=2),
        due=register_badge(receipt, today=today),
        draft_href=f"{reverse('draft', args=[receipt.pk])}{query}",
        similar_href=reverse("similar", args=[receipt.pk]),
        urgent_href=reverse("urgent", args=[receipt.pk]),
        urgent_label="重大紧急报告" if receipt.is_urgent else "重大紧急？先报告",
        day_href=reverse("receipt_day", args=[receipt.pk]),
        number_only_href=reverse("number_only", args=[receipt.pk]) if may_keep_sealed(staff_of(request)) else "",
        restored=restored,
        fresh_href=f"{request.path}?fresh=1{'&again=1' if is_split else ''}",
        is_split=is_split,
        may_second=may_approve(staff_of(request)),
        not_petition_href=reverse("not_petition", args=[receipt.pk]),
        not_petition_reason=receipt.not_petition_reason,
        is_marked_not_petition=receipt.not_petition_by_id is not None,
    )


def _registered(request: HttpRequest, receipt: Receipt, form: RegistrationForm, *, is_split: bool) -> HttpResponse:
    by, at, key = staff_of(request), timezone.now(), request.POST.get("form_token", "")
    code = submissions.query_code_of(key)
    scan = form.cleaned_data["scan"]
    data: bytes = scan.read() if scan else b""
    registration = form.registration(by=by, is_split=is_split)
    first = _first(receipt, by) if is_split else None

    def act() -> dict[str, str | int | None]:
        done = petitions.register(receipt_id=receipt.pk, registration=registration, by=by, at=at, query_code=code)
        kind = NEEDED_ORIGINAL.get(Channel(receipt.channel), AttachmentKind.OTHER)
        if data:
            attachments.attach(petition_id=done.petition.pk, kind=kind, name=scan.name, data=data, by=by, at=at)
        elif first is not None and first.attachments.filter(kind=kind.value).exists():
            attachments.share_original(petition_id=done.petition.pk, source_id=first.pk, kind=kind, by=by, at=at)
        return {"petition": done.petition.pk}

    sent = {**form.cleaned_data, "scan": len(data), "is_split": is_split}
    answer = submissions.once(key=key, sent=sent, at=at, act=act)
    petition = Petition.objects.get(pk=answer["petition"] or 0)
    screen = _registered_screen(petition, receipt, code=code, by=by, at=at)
    return render(request, "registered.html", {"screen": screen})


def _code_box(receipt: Receipt, code: str) -> CodeBox:
    """Return the code to hand to the petitioner; whoever sent it by the page has one that goes on."""
    if receipt.taken_by_id is None:
        note = f"网上提交时已给；凭收件号 {receipt.number} 和原查询码查询"
        return CodeBox(label="查询码", value="信访人已有", note=note)
    return CodeBox(label="查询码", value=code, note="只显示这一次，请抄给信访人；凭编号和查询码可在网上查询办理情况")


def _registered_screen(petition: Petition, receipt: Receipt, *, code: str, by: Staff, at: datetime) -> RegisteredScreen:
    today = local_day(at)
    after = next_waiting(by, after=receipt.pk) if may_register(by) else None
    return RegisteredScreen(
        number=CodeBox(label="信访件编号", value=petition.number),
        code=_code_box(receipt, code),
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
        again_href=f"{reverse('register', args=[receipt.pk])}?again=1",
        next_href=reverse("register", args=[after.pk]) if after else "",
        next_label=f"登记下一件：{after.number}" if after else "",
    )
