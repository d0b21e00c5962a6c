"""三项建议: what was recommended to whom, what became of it; drafting, deciding and answering. A unit sees its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.oversight import recommendation_rules as rules
from huiyin.county.oversight.actions import recommendations as actions
from huiyin.county.oversight.querysets import RecommendationQuerySet
from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.oversight.states import Adoption, RecommendationKind, RecommendationState
from huiyin.county.registry.models import Petition
from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.links import Button, Chip, Chips, Crumb
from huiyin.interfaces.components.petitions import DueBadge, Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from . import recommendation_forms as f
from .access import READERS_AND_UNITS, needs, staff_of
from .office_form import OfficeForm, answered
from .paging import pagination_of

PAGE_SIZE = 50
WRITERS = frozenset({Role.CLERK, Role.HEAD})
DECIDERS = frozenset({Role.HEAD, Role.LEADER, Role.GROUP_HEAD})
ANSWERERS = WRITERS | frozenset({Role.UNIT_CLERK, Role.UNIT_HEAD})
TONES: dict[RecommendationState, Tone] = {
    RecommendationState.DRAFTED: "warn",
    RecommendationState.SENT_BACK: "bad",
    RecommendationState.MADE: "info",
    RecommendationState.ANSWERED: "good",
}
CHOICES = {"": "全部", "waiting": "待批准", "unanswered": "待反馈", "overdue": "逾期未反馈", "answered": "已反馈"}


@dataclass(frozen=True, slots=True)
class RecommendationsScreen:
    """The recommendations a person may see."""

    lead: str
    new: Button | None
    chips: Chips
    narrow: f.RecommendationFilterForm | None
    chosen: str
    action: str
    table: DataTable


@dataclass(frozen=True, slots=True)
class RecommendationScreen:
    """One recommendation: its words, what is due on it, what came of it, the petitions behind it."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    badge: StateBadge
    buttons: tuple[Button, ...]
    facts: Facts
    petitions: DataTable | None
    papers: DataTable


@needs(READERS_AND_UNITS)
@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """三项建议: the newest first."""
    by, today = staff_of(request), local_day(timezone.now())
    chosen, unit = request.GET.get("when", ""), request.GET.get("unit", "")
    every = Recommendation.objects.visible_to(by)
    of_unit = every.filter(unit__code=unit) if unit and not by.is_of_unit else every
    rows = _when(of_unit, chosen, today).select_related("unit").order_by("-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    screen = RecommendationsScreen(
        lead="信访办公室向本单位提出的建议，请在期限内书面反馈采纳情况。"
        if by.is_of_unit
        else "改进工作、完善政策、追究责任的建议：一人拟写，另一人批准，单位书面反馈采纳情况。",
        new=Button(label="拟写建议", href=reverse("recommendation_new"), kind="primary", icon="plus")
        if rules.may_draft(by)
        else None,
        chips=_chips(of_unit, chosen, unit, today, by),
        narrow=None if by.is_of_unit else f.RecommendationFilterForm(request.GET),
        chosen=chosen,
        action=request.path,
        table=DataTable(
            id="recommendations",
            caption="三项建议",
            columns=(
                Column(label="文号", width="fit"),
                Column(label="种类", width="fit"),
                Column(label="事由", width="wide"),
                Column(label="单位", width="fit"),
                Column(label="反馈期限", width="fit"),
                Column(label="状态", width="fit"),
                Column(label="采纳", width="fit", phone="hide"),
            ),
            rows=tuple(_row(row, today) for row in page.object_list),
            empty=EmptyState(title="没有建议"),
            pagination=pagination_of(request, page),
        ),
    )
    return render(request, "recommendations.html", {"screen": screen})


def _when(rows: RecommendationQuerySet, chosen: str, today: date) -> RecommendationQuerySet:
    if chosen == "waiting":
        return rows.filter(state=RecommendationState.DRAFTED.value)
    if chosen == "unanswered":
        return rows.unanswered()
    if chosen == "overdue":
        return rows.overdue(today=today)
    if chosen == "answered":
        return rows.filter(state=RecommendationState.ANSWERED.value)
    return rows


def _chips(rows: RecommendationQuerySet, chosen: str, unit: str, today: date, by: Staff) -> Chips:
    of_unit = f"&unit={unit}" if unit else ""
    offered = {code: label for code, label in CHOICES.items() if not (by.is_of_unit and code == "waiting")}
    return Chips(
        label="范围",
        items=tuple(
            Chip(
                label=label,
                href=f"?when={code}{of_unit}",
                active=code == chosen,
                count=_when(rows, code, today).count(),
            )
            for code, label in offered.items()
        ),
    )


def _row(row: Recommendation, today: date) -> Row:
    return Row(
        href=reverse("recommendation", args=[row.pk]),
        cells=(
            Cell(text=row.number or "—"),
            Cell(text=RecommendationKind(row.kind).label),
            Cell(text=row.subject),
            Cell(text=row.unit.name),
            Cell(component=_due(row, today)),
            Cell(component=_badge(row)),
            Cell(text=Adoption(row.adoption).label if row.adoption else ""),
        ),
    )


def _due(row: Recommendation, today: date) -> DueBadge:
    return DueBadge(due_on=row.due_on, today=today, done_on=row.answered_on)


def _badge(row: Recommendation) -> StateBadge:
    state = RecommendationState(row.state)
    return StateBadge(label=state.label, tone=TONES[state])


def _found(recommendation_id: int, by: Staff) -> Recommendation:
    rows = Recommendation.objects.visible_to(by).filter(pk=recommendation_id)
    row = rows.select_related("unit", "drafted_by", "made_by", "sent_back_by", "answered_by", "oversight").first()
    if row is None:
        raise Refusal("recommendation.unknown", "没有这份建议，或您无权查看")
    return row


@needs(READERS_AND_UNITS)
@require_safe
def recommendation(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """One recommendation."""
    by, today = staff_of(request), local_day(timezone.now())
    row = _found(recommendation_id, by)
    kind = RecommendationKind(row.kind)
    screen = RecommendationScreen(
        title=f"{kind.label}：{row.subject}",
        lead=row.number or "尚未编号",
        crumbs=(Crumb(label="三项建议", href=reverse("recommendations")),),
        badge=_badge(row),
        buttons=tuple(_buttons(row, by)),
        facts=Facts(columns=2, items=tuple(_facts(row, by, today))),
        petitions=None if by.is_of_unit else _petitions(row, by),
        papers=_papers(row, by),
    )
    return render(request, "recommendation.html", {"screen": screen})


def _buttons(row: Recommendation, by: Staff) -> Iterator[Button]:
    state = RecommendationState(row.state)
    is_mine = row.drafted_by_id == by.pk
    if state is RecommendationState.DRAFTED and rules.may_decide(by, RecommendationKind(row.kind)) and not is_mine:
        yield Button(label="批准提出", href=reverse("recommendation_make", args=[row.pk]), kind="primary", icon="check")
        yield Button(label="退回重拟", href=reverse("recommendation_send_back", args=[row.pk]))
    if state is RecommendationState.SENT_BACK and rules.may_draft(by):
        href = f"{reverse('recommendation_new')}?again={row.pk}"
        yield Button(label="据此重拟", href=href, kind="primary", icon="plus")
    if state is RecommendationState.MADE and rules.may_answer(by):
        label = "反馈采纳情况" if by.is_of_unit else "登记单位的书面反馈"
        yield Button(label=label, href=reverse("recommendation_answer", args=[row.pk]), kind="primary", icon="check")


def _facts(row: Recommendation, by: Staff, today: date) -> Iterator[Fact]:
    yield Fact(label="单位", value=row.unit.name)
    yield Fact(label="反馈期限", component=_due(row, today))
    yield Fact(label="事实", value=row.facts, wide=True)
    yield Fact(label="建议内容", value=row.words, wide=True)
    yield Fact(label="依据", value=row.basis)
    if row.oversight is not None and not by.is_of_unit:
        yield Fact(label="督办决定", value=row.oversight.number)
    if not by.is_of_unit:
        yield Fact(label="拟写", value=f"{row.drafted_by.name}　{moment_words(row.drafted_at)}")
    if row.made_at and row.made_by:
        yield Fact(label="批准提出", value=f"{row.made_by.name}　{moment_words(row.made_at)}")
    if row.sent_back_at and row.sent_back_by:
        yield Fact(label="退回", value=f"{row.sent_back_by.name}　{moment_words(row.sent_back_at)}")
        yield Fact(label="退回理由", value=row.send_back_words, wide=True)
    if row.answered_on and row.answered_by:
        yield Fact(label="采纳情况", value=Adoption(row.adoption).label)
        recorded = "" if row.answered_by.is_of_unit else f"（{row.answered_by.name}登记）"
        yield Fact(label="反馈日期", value=f"{day_words(row.answered_on)}{recorded}")
        yield Fact(label="措施或理由", value=row.answer, wide=True)


def _petitions(row: Recommendation, by: Staff) -> DataTable:
    linked = Petition.objects.visible_to(by).filter(recommendation_links__recommendation=row).by_day()
    return DataTable(
        caption="所依据的信访件",
        columns=(
            Column(label="编号", width="fit"),
            Column(label="收件日期", width="fit"),
            Column(label="概况", width="wide"),
        ),
        rows=tuple(
            Row(
                href=reverse("petition", args=[one.pk]),
                cells=(Cell(text=one.number), Cell(text=day_words(one.received_on)), Cell(text=one.summary)),
            )
            for one in linked.defer("grams", "searchable", "content")
        ),
        empty=EmptyState(title="没有列出信访件"),
    )


def _papers(row: Recommendation, by: Staff) -> DataTable:
    papers = Document.objects.visible_to(by).of_kind(DocumentKind.RECOMMENDATION)
    found = papers.filter(subject="recommendation", subject_id=row.pk).defer("values").order_by("pk")
    return DataTable(
        caption="建议书",
        columns=(Column(label="文号"), Column(label="打印", width="fit"), Column(label="编辑", width="fit")),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.number),
                    Cell(text="PDF", href=reverse("document_pdf", args=[one.pk])),
                    Cell(text="Word", href=reverse("document_word", args=[one.pk])),
                )
            )
            for one in found
        ),
        empty=EmptyState(title="批准提出后自动制作建议书"),
    )


@needs(WRITERS)
@require_http_methods(["GET", "POST"])
def recommendation_new(request: HttpRequest) -> HttpResponse:
    """拟写建议: empty, for a unit, for a step of oversight, or after one that was sent back."""
    by, at = staff_of(request), timezone.now()
    form = f.RecommendationForm(request.POST or None, by=by, initial=_initial(request, by))

    def act() -> int:
        return actions.draft(
            unit_code=form.cleaned_data["unit"],
            entry=form.entry(),
            petition_numbers=form.numbers(),
            oversight_id=form.step(),
            by=by,
            at=at,
        ).pk

    return _form(request, form, "拟写三项建议", "提交批准", act, back=reverse("recommendations"))


def _initial(request: HttpRequest, by: Staff) -> dict[str, object]:
    again = request.GET.get("again", "")
    row = Recommendation.objects.visible_to(by).filter(pk=int(again)).first() if again.isdecimal() else None
    if row is None:
        return {name: request.GET.get(name, "") for name in ("unit", "kind", "oversight", "subject")}
    numbers = Petition.objects.visible_to(by).filter(recommendation_links__recommendation=row).order_by("pk")
    return {
        "kind": row.kind,
        "unit": row.unit.code,
        "subject": row.subject,
        "facts": row.facts,
        "words": row.words,
        "basis": row.basis,
        "due_on": row.due_on,
        "petitions": "\n".join(numbers.values_list("number", flat=True)),
        "oversight": row.oversight_id or "",
    }


@needs(DECIDERS)
@require_http_methods(["GET", "POST"])
def recommendation_make(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """批准提出."""
    by, at = staff_of(request), timezone.now()
    row = _found(recommendation_id, by)

    def act() -> int:
        return actions.make(recommendation_id=row.pk, by=by, at=at).pk

    lead = f"批准后编号，建议书送{row.unit.name}，反馈期限 {day_words(row.due_on)}。"
    return _form(request, forms.Form(request.POST or None), "批准提出建议", "批准提出", act, row=row, lead=lead)


@needs(DECIDERS)
@require_http_methods(["GET", "POST"])
def recommendation_send_back(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """退回重拟."""
    by, at = staff_of(request), timezone.now()
    row = _found(recommendation_id, by)
    form = f.SendBackForm(request.POST or None)

    def act() -> int:
        words = form.cleaned_data["words"]
        return actions.send_back(recommendation_id=row.pk, words=words, by=by, at=at).pk

    return _form(request, form, "退回重拟", "退回", act, row=row)


@needs(ANSWERERS)
@require_http_methods(["GET", "POST"])
def recommendation_answer(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """反馈采纳情况: by the unit, or by the office for what came on paper."""
    by, at = staff_of(request), timezone.now()
    row = _found(recommendation_id, by)
    form = f.AnswerForm(request.POST or None, initial={"answered_on": local_day(at)})

    def act() -> int:
        return actions.answer(recommendation_id=row.pk, entry=form.entry(), by=by, at=at).pk

    return _form(request, form, "反馈采纳情况", "提交反馈", act, row=row, lead=f"{row.number}　{row.subject}")


def _form(
    request: HttpRequest,
    form: forms.Form,
    title: str,
    submit: str,
    act: Callable[[], int],
    *,
    row: Recommendation | None = None,
    back: str = "",
    lead: str = "",
) -> HttpResponse:
    home = reverse("recommendation", args=[row.pk]) if row is not None else back
    if not home:
        raise Http404
    words = OfficeForm(
        title=title,
        submit=submit,
        back_href=home,
        crumbs=(Crumb(label="三项建议", href=reverse("recommendations")),),
        lead=lead,
    )
    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, words, act=act, sent=sent)
