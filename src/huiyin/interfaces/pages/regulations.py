"""制度汇编: the office's library of laws, documents and its own rules, searched by any words of them."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.roles import OFFICE_ROLES, Role
from huiyin.county.office.actions import regulations as actions
from huiyin.county.office.actions.regulations import StoredFile
from huiyin.county.office.models import Regulation
from huiyin.county.office.rules import may_keep_office
from huiyin.county.office.states import RegulationKind
from huiyin.county.registry import files
from huiyin.interfaces.components.links import Button, Chip, Chips, Crumb, Tabs
from huiyin.interfaces.components.petitions import Attachment, AttachmentList, Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words
from huiyin.interfaces.regulation_files import stored
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .office_form import OfficeForm, answered
from .office_forms import RegulationForm
from .office_tabs import office_tabs
from .paging import pagination_of

PAGE_SIZE = 30
KEEPERS = frozenset({Role.CLERK, Role.HEAD})
FIELDS = ("title", "kind", "number", "issuer", "issued_on", "in_force_until", "text")


@dataclass(frozen=True, slots=True)
class RegulationsScreen:
    """The library, or what of it was searched for."""

    tabs: Tabs
    new: Button | None
    chips: Chips
    action: str
    query: str
    kind: str
    reset_href: str
    result: str
    table: DataTable


@dataclass(frozen=True, slots=True)
class RegulationScreen:
    """One regulation to be read."""

    title: str
    crumbs: tuple[Crumb, ...]
    badge: StateBadge
    change: Button | None
    facts: Facts
    text: str
    file: AttachmentList | None


@needs(OFFICE_ROLES)
@require_safe
def regulations(request: HttpRequest) -> HttpResponse:
    """制度汇编: by words and kind, the latest first."""
    query, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    today, may_keep = local_day(timezone.now()), may_keep_office(staff_of(request))
    rows = Regulation.objects.matching(query).defer("text", "grams", "searchable")
    if kind in set(RegulationKind):
        rows = rows.filter(kind=kind)
    page = Paginator(rows.order_by("-issued_on", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    screen = RegulationsScreen(
        tabs=office_tabs("regulations"),
        new=Button(label="收入", href=reverse("regulation_new"), kind="primary", icon="plus") if may_keep else None,
        chips=_chips(kind, query),
        action=request.path,
        query=query,
        kind=kind,
        reset_href=request.path if query else "",
        result=f"找到 {page.paginator.count} 部" if query else "",
        table=DataTable(
            id="regulations",
            caption="制度汇编",
            columns=(
                Column(label="名称", width="wide"),
                Column(label="类别", width="fit"),
                Column(label="文号", width="fit"),
                Column(label="印发机关", phone="hide"),
                Column(label="印发日期", width="fit"),
                Column(label="效力", width="fit"),
            ),
            rows=tuple(_row(one, today=today) for one in page.object_list),
            empty=EmptyState(title="没有符合条件的制度" if query or kind else "还没有收入制度"),
            pagination=pagination_of(request, page, unit="部"),
        ),
    )
    return render(request, "regulations.html", {"screen": screen})


def _chips(kind: str, query: str) -> Chips:
    def href(code: str) -> str:
        asked = {name: value for name, value in (("kind", code), ("q", query)) if value}
        return f"{reverse('regulations')}?{urlencode(asked)}"

    items = [Chip(label="全部", href=href(""), active=kind not in set(RegulationKind))]
    items += [Chip(label=one.label, href=href(one.value), active=kind == one.value) for one in RegulationKind]
    return Chips(label="类别", items=tuple(items))


def _row(one: Regulation, *, today: date) -> Row:
    return Row(
        href=reverse("regulation", args=[one.pk]),
        cells=(
            Cell(text=one.title),
            Cell(text=RegulationKind(one.kind).label),
            Cell(text=one.number),
            Cell(text=one.issuer),
            Cell(text=day_words(one.issued_on)),
            Cell(component=_badge(one, today=today)),
        ),
    )


def _badge(one: Regulation, *, today: date) -> StateBadge:
    if one.in_force_until is not None and one.in_force_until < today:
        return StateBadge(label="已失效")
    return StateBadge(label="有效", tone="good")


@needs(OFFICE_ROLES)
@require_safe
def regulation(request: HttpRequest, regulation_id: int) -> HttpResponse:
    """One regulation: its facts, its text, its file."""
    one = _found(regulation_id)
    may_keep = may_keep_office(staff_of(request))
    screen = RegulationScreen(
        title=one.title,
        crumbs=(Crumb(label="制度汇编", href=reverse("regulations")),),
        badge=_badge(one, today=local_day(timezone.now())),
        change=Button(label="更正", href=reverse("regulation_correct", args=[one.pk])) if may_keep else None,
        facts=Facts(
            items=(
                Fact(label="类别", value=RegulationKind(one.kind).label),
                Fact(label="文号", value=one.number),
                Fact(label="印发机关", value=one.issuer),
                Fact(label="印发日期", value=day_words(one.issued_on)),
                Fact(label="有效至", value=day_words(one.in_force_until) if one.in_force_until else "长期有效"),
                Fact(label="收入", value=one.recorded_by.name),
            )
        ),
        text=one.text,
        file=_file(one),
    )
    return render(request, "regulation.html", {"screen": screen})


def _file(one: Regulation) -> AttachmentList | None:
    if not one.sha256:
        return None
    href = reverse("regulation_file", args=[one.pk])
    item = Attachment(name=one.file_name, href=href, size=one.size, sha256=one.sha256)
    return AttachmentList(label="文件", items=(item,))


def _found(regulation_id: int) -> Regulation:
    one = Regulation.objects.select_related("recorded_by").filter(pk=regulation_id).first()
    if one is None:
        raise Refusal("regulation.unknown", "没有这部制度")
    return one


@needs(OFFICE_ROLES)
@require_safe
def regulation_file(request: HttpRequest, regulation_id: int) -> HttpResponseBase:
    """Hand out the file of a regulation, as a download that runs nothing."""
    del request
    one = _found(regulation_id)
    if not one.sha256 or not files.path_of(one.sha256).is_file():
        raise Http404
    response = FileResponse(
        files.path_of(one.sha256).open("rb"),
        as_attachment=True,
        filename=one.file_name,
        content_type=one.media_type,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def regulation_new(request: HttpRequest) -> HttpResponse:
    """收入制度汇编."""
    by, at = staff_of(request), timezone.now()
    form = RegulationForm(request.POST or None, request.FILES or None)
    data = _data_of(form)

    def act() -> int:
        return actions.add(entry=form.entry(), file=_file_of(form, data), by=by, at=at).pk

    return answered(request, form, _words("收入制度汇编"), act=act, sent=_sent(form, data))


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def regulation_correct(request: HttpRequest, regulation_id: int) -> HttpResponse:
    """更正制度: without a new file the one there is stays."""
    by, at, one = staff_of(request), timezone.now(), _found(regulation_id)
    initial = {name: getattr(one, name) for name in FIELDS}
    form = RegulationForm(request.POST or None, request.FILES or None, initial=initial)
    data = _data_of(form)

    def act() -> int:
        file = _file_of(form, data)
        return actions.correct(regulation_id=one.pk, entry=form.entry(), file=file, by=by, at=at).pk

    words = _words(f"更正　{one.title}", lead=f"现有文件：{one.file_name}，不上传新文件就保留。" if one.sha256 else "")
    return answered(request, form, words, act=act, sent=_sent(form, data))


def _data_of(form: RegulationForm) -> bytes:
    file = form.cleaned_data.get("file") if form.is_bound and form.is_valid() else None
    return bytes(file.read()) if file else b""


def _file_of(form: RegulationForm, data: bytes) -> StoredFile | None:
    return stored(data, name=form.cleaned_data["file"].name) if data else None


def _sent(form: RegulationForm, data: bytes) -> dict[str, object]:
    if not form.is_bound or not form.is_valid():
        return {}
    return {**form.cleaned_data, "file": files.digest_of(data) if data else ""}


def _words(title: str, *, lead: str = "") -> OfficeForm:
    home = reverse("regulations")
    crumbs = (Crumb(label="制度汇编", href=home),)
    return OfficeForm(title=title, submit="保存", back_href=home, crumbs=crumbs, lead=lead)
