"""查询: number and code, and for a short while afterwards the petitioner's own page: answers, papers, evaluation."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.county.document.models import Document
from huiyin.county.document.rules import file_name
from huiyin.county.document.states import DocumentKind
from huiyin.county.registry import files
from huiyin.county.registry.actions import supplements
from huiyin.county.registry.files import digest_of
from huiyin.county.registry.models import Petition
from huiyin.county.reply.actions import evaluations, reading
from huiyin.county.reply.states import Satisfaction
from huiyin.documents import writing
from huiyin.interfaces import submissions
from huiyin.interfaces.pages.access import open_to_all
from huiyin.interfaces.pages.documents import PDF, handed_out
from huiyin.kernel.refusal import Refusal

from . import session
from .forms import OwnEvaluationForm, StatusForm, SupplementForm, sent_files
from .progress import Progress, told_of
from .question import NUMBER_LIMIT, Found, asked_for

UNPROCESSABLE = 422
OVER = "查询已超过15分钟，请重新输入编号和查询码"


@dataclass(frozen=True, slots=True)
class StatusScreen:
    """The query page: what was asked, and where it is sent."""

    form: StatusForm
    action: str
    note: str


@dataclass(frozen=True, slots=True)
class OwnScreen:
    """The petitioner's own page of one petition, and the form of the evaluation where it is asked."""

    progress: Progress
    evaluation: OwnEvaluationForm | None
    supplement_href: str


@dataclass(frozen=True, slots=True)
class SupplementScreen:
    """The page on which something is added."""

    number: str
    form: forms.Form
    action: str
    back_href: str


@open_to_all
@never_cache
@sensitive_post_parameters("number", "code")
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """查询: the state of one petition; an unknown number and a wrong code get the same answer."""
    if request.method != "POST":
        given = {"number": request.GET.get("number", "")[:NUMBER_LIMIT]}
        note = OVER if request.GET.get("over") == "1" else ""
        screen = StatusScreen(form=StatusForm(initial=given), action=request.path, note=note)
        return render(request, "portal_status.html", {"screen": screen})
    form, at = StatusForm(request.POST), timezone.now()
    found = _asked(request, form, at) if form.is_valid() else None
    if found is None:
        screen = StatusScreen(form=form, action=request.path, note="")
        return render(request, "portal_status.html", {"screen": screen}, status=UNPROCESSABLE)
    response = _own_page(request, found)
    session.begin(response, found)
    return response


def _asked(request: HttpRequest, form: StatusForm, at: datetime) -> Found | None:
    try:
        return asked_for(
            number=form.cleaned_data["number"],
            code=form.cleaned_data["code"],
            source=request.META.get("REMOTE_ADDR", ""),
            at=at,
        )
    except Refusal as refusal:
        form.add_error(None, refusal.words)
        return None


def _own_page(
    request: HttpRequest, found: Found, form: OwnEvaluationForm | None = None, *, code: int = 200
) -> HttpResponse:
    progress = told_of(found)
    screen = OwnScreen(
        progress=progress,
        evaluation=(form or OwnEvaluationForm()) if progress.may_evaluate else None,
        supplement_href=reverse("own_supplement") if progress.may_supplement else "",
    )
    return render(request, "portal_own.html", {"screen": screen}, status=code)


def _over() -> HttpResponse:
    response = redirect(f"{reverse('status')}?over=1")
    session.end(response)
    return response


@open_to_all
@never_cache
@require_safe
def own_petition(request: HttpRequest) -> HttpResponse:
    """本件: what the code opened, for fifteen minutes on this browser."""
    found = session.own(request)
    return _own_page(request, found) if found else _over()


@open_to_all
@never_cache
@require_POST
def own_leave(request: HttpRequest) -> HttpResponse:
    """结束查询: forget the petition on this browser, such as a shared one."""
    del request
    response = redirect("status")
    session.end(response)
    return response


@open_to_all
@never_cache
@require_POST
def own_reply(request: HttpRequest, reply_id: int) -> HttpResponse:
    """打开答复: the first time is the read receipt; another petition's answer is not there."""
    found = session.own(request)
    if found.petition is None:
        return _over()
    reading.open_on_page(reply_id=reply_id, petition_id=found.petition.pk, at=timezone.now())
    return redirect("own_petition")


@open_to_all
@never_cache
@sensitive_post_parameters("reason")
@require_POST
def own_evaluate(request: HttpRequest) -> HttpResponse:
    """评价: once per closing; dissatisfaction says why, and the office decides whether to take the matter up again."""
    found, form = session.own(request), OwnEvaluationForm(request.POST)
    if found.petition is None:
        return _over()
    if form.is_valid():
        try:
            evaluated(
                found.petition,
                Satisfaction(form.cleaned_data["satisfaction"]),
                form.cleaned_data["reason"],
                key=request.POST.get("form_token", ""),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            return redirect("own_petition")
    return _own_page(request, found, form, code=UNPROCESSABLE)


def evaluated(petition: Petition, satisfaction: Satisfaction, reason: str, *, key: str) -> None:
    """Evaluate once under the key of the form or of the call."""
    at = timezone.now()

    def act() -> dict[str, str | int | None]:
        row = evaluations.evaluate_own(petition_id=petition.pk, satisfaction=satisfaction, reason=reason, at=at)
        return {"evaluation": row.pk}

    submissions.once(key=key, sent=["evaluate", petition.pk, satisfaction.value, reason], at=at, act=act)


@open_to_all
@never_cache
@sensitive_post_parameters("words")
@require_http_methods(["GET", "POST"])
def own_supplement(request: HttpRequest) -> HttpResponse:
    """补充材料: words and files while the petition is open; the office reads them first."""
    found, code = session.own(request), 200
    if found.petition is None:
        return _over()
    form = SupplementForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        code = UNPROCESSABLE
        if form.is_valid():
            try:
                _supplemented(found.petition, form, key=request.POST.get("form_token", ""))
            except Refusal as refusal:
                form.add_error(None, refusal.words)
            else:
                return redirect("own_petition")
    screen = SupplementScreen(
        number=found.petition.number, form=form, action=request.path, back_href=reverse("own_petition")
    )
    return render(request, "portal_supplement.html", {"screen": screen}, status=code)


def _supplemented(petition: Petition, form: SupplementForm, *, key: str) -> None:
    at, words = timezone.now(), form.cleaned_data["words"]
    sent = sent_files(form.cleaned_data["evidence"])

    def act() -> dict[str, str | int | None]:
        return {"supplement": supplements.give(petition_id=petition.pk, words=words, sent=sent, at=at).pk}

    told = ["supplement", petition.pk, words, [digest_of(file.data) for file in sent]]
    submissions.once(key=key, sent=told, at=at, act=act)


@open_to_all
@never_cache
@require_safe
def own_paper(request: HttpRequest, document_id: int) -> HttpResponse:
    """文书: a paper addressed to the petitioner, as the PDF that was kept; only those their own page lists."""
    found = session.own(request)
    return paper_answer(found, document_id) if found.petition is not None else _over()


def paper_answer(found: Found, document_id: int) -> HttpResponse:
    """Return a paper that the petitioner's own page lists; any other looks like one that there is not."""
    listed = {line.pk for line in told_of(found).papers}
    document = Document.objects.filter(pk=document_id).first() if document_id in listed else None
    if document is None:
        raise Refusal("document.unknown", "没有这份文书，或您无权查看")
    is_kept = document.pdf_sha256 and files.is_intact(document.pdf_sha256)
    data = files.path_of(document.pdf_sha256).read_bytes() if is_kept else writing.pdf_of(document)
    return handed_out(data, name=file_name(DocumentKind(document.kind), document.number, ending="pdf"), media_type=PDF)
