"""网上信访: the form, and the receipt that the petitioner prints; what is sent twice is taken once."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huiyin.county.registry.actions import web
from huiyin.county.registry.files import digest_of
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.web_rules import SentFile, WebEntry
from huiyin.interfaces import submissions
from huiyin.interfaces.components.petitions import CodeBox
from huiyin.interfaces.pages.access import open_to_all
from huiyin.kernel import tenant
from huiyin.kernel.calendar import show_day
from huiyin.kernel.refusal import Refusal

from .forms import WebPetitionForm, sent_files
from .source import mark_of

UNPROCESSABLE, TOO_MANY = 422, 429
QR_SCALE = 5


@dataclass(frozen=True, slots=True)
class WebFormScreen:
    """The page on which a petition is written."""

    form: WebPetitionForm
    action: str


@dataclass(frozen=True, slots=True)
class WebReceiptScreen:
    """What the petitioner keeps: number, code, and the way to the answer as a picture for the phone."""

    office: str
    received: str
    words: str
    number: CodeBox
    code: CodeBox
    picture: str
    address: str
    status_href: str


@open_to_all
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def web_petition(request: HttpRequest) -> HttpResponse:
    """网上信访: three short parts; nothing is kept before it is sent, and nothing half of it after."""
    form, status = WebPetitionForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                return _received(request, form)
            except Refusal as refusal:
                form.add_error(None, refusal.words)
                status = TOO_MANY if refusal.code == "web.too_many_today" else UNPROCESSABLE
    screen = WebFormScreen(form=form, action=request.path)
    return render(request, "portal_web.html", {"screen": screen}, status=status)


def _received(request: HttpRequest, form: WebPetitionForm) -> HttpResponse:
    if form.cleaned_data["homepage"]:
        raise Refusal("web.not_a_person", "没有提交成功，请重新填写；看不见的栏目请不要填")
    key, at = request.POST.get("form_token", ""), timezone.now()
    entry, files = form.entry(), sent_files(form.cleaned_data["evidence"])
    receipt, code = taken_once(entry, files, key=key, source=mark_of(request, what="web", at=at))
    return render(request, "portal_web_receipt.html", {"screen": _receipt_screen(request, receipt, code)})


def taken_once(entry: WebEntry, files: Sequence[SentFile], *, key: str, source: str) -> tuple[Receipt, str]:
    """Take a petition once under its key and return the receipt with its code, the same ones every time."""
    at, code = timezone.now(), submissions.query_code_of(f"web:{key}")

    def act() -> dict[str, str | int | None]:
        return {"receipt": web.submit(entry=entry, sent=files, code=code, source=source, at=at).pk}

    sent = ["web", entry, [digest_of(file.data) for file in files]]
    answer = submissions.once(key=key, sent=sent, at=at, act=act)
    return Receipt.objects.get(pk=answer["receipt"] or 0), code


def _receipt_screen(request: HttpRequest, receipt: Receipt, code: str) -> WebReceiptScreen:
    way = f"{reverse('status')}?number={quote(receipt.number)}"
    address = request.build_absolute_uri(reverse("status"))
    picture = segno.make(request.build_absolute_uri(way), error="m")
    return WebReceiptScreen(
        office=tenant.current().name,
        received=show_day(receipt.received_on),
        words=(
            "您反映的情况由保密专人拆看、登记，不转给被检举控告的人和单位。"
            if receipt.is_sealed
            else "信访办公室登记后会给出信访件编号；您用收件号或编号都能查询。"
        ),
        number=CodeBox(label="收件号", value=receipt.number),
        code=CodeBox(label="查询码", value=code, note="只显示这一次，请抄下、拍照或打印；不要告诉别人"),
        picture=picture.svg_data_uri(scale=QR_SCALE, border=2),
        address=address,
        status_href=way,
    )
