"""议题建议: the list, a new one, and the page of one with its frozen evidence and every step it can take."""

from collections.abc import Iterable
from datetime import date, datetime

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.supervision.actions import proposals as actions
from huiyin.county.supervision.models import TopicProposal
from huiyin.county.supervision.queries import evidence
from huiyin.county.supervision.rules.proposals import may_approve_topic, may_propose
from huiyin.county.supervision.states import ActivityKind, Decision, ProposalState, TopicSource
from huiyin.county.supervision.statutes import cited
from huiyin.interfaces.components.contract import Component, Tone
from huiyin.interfaces.components.links import Button, Chip, Chips, Crumb, Pagination
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.periods import Period

from .access import OFFICE_READERS, needs, staff_of
from .office_form import OfficeForm
from .paging import pagination_of
from .section import Section
from .supervision_page import (
    ListScreen,
    NoForm,
    RecordScreen,
    Step,
    made_new,
    plain,
    shown,
    steps_of,
    taken,
)
from .supervision_papers import papers_of
from .supervision_tabs import supervision_tabs
from .topic_proposals_forms import ProposalForm, WordsForm, blank_of, initial_of

PAGE_SIZE = 50
WRITERS = frozenset({Role.CLERK, Role.HEAD})
TONES: dict[ProposalState, Tone] = {
    ProposalState.DRAFT: "plain",
    ProposalState.SUBMITTED: "warn",
    ProposalState.WAITING: "info",
    ProposalState.ADOPTED: "good",
    ProposalState.IN_COMMITTEE: "info",
    ProposalState.DECLINED: "plain",
}


def badge_of(row: TopicProposal) -> StateBadge:
    """Return where a proposal stands."""
    state = ProposalState(row.state)
    return StateBadge(label=state.label, tone=TONES[state])


def topics_table(
    rows: Iterable[TopicProposal], *, caption: str, empty: str, pagination: Pagination | None = None
) -> DataTable:
    """Return proposals as a table."""
    return DataTable(
        caption=caption,
        columns=(
            Column(label="编号", width="fit"),
            Column(label="题目", width="wide"),
            Column(label="建议方式", width="fit"),
            Column(label="事项", width="fit", align="end"),
            Column(label="状态", width="fit"),
        ),
        rows=tuple(
            Row(
                href=reverse("topic_proposal", args=[row.pk]),
                cells=(
                    Cell(text=row.number, sub=day_words(local_day(row.written_at))),
                    Cell(text=row.title, sub=f"{row.key_label}　{window_of(row)}"),
                    Cell(text=ActivityKind(row.instrument).label),
                    Cell(text=str(row.evidence["now"]["matters"])),
                    Cell(component=badge_of(row)),
                ),
            )
            for row in rows
        ),
        empty=EmptyState(title=empty),
        pagination=pagination,
    )


def window_of(row: TopicProposal) -> str:
    """Return the window of a proposal's evidence in words."""
    return Period(row.window_first_on, row.window_last_on).label


@needs(OFFICE_READERS)
@require_safe
def topic_proposals(request: HttpRequest) -> HttpResponse:
    """议题建议: the latest first, by state."""
    asked = request.GET.get("state", "")
    rows = TopicProposal.objects.order_by("-pk")
    if asked in set(ProposalState):
        rows = rows.filter(state=asked)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    table = topics_table(
        page.object_list,
        caption="议题建议",
        empty="没有这样的议题建议",
        pagination=pagination_of(request, page, unit="项"),
    )
    may = may_propose(staff_of(request))
    new = Button(label="起草议题建议", href=reverse("topic_proposal_new"), kind="primary", icon="plus") if may else None
    href = reverse("topic_proposals")
    items = [Chip(label="全部", href=href, active=asked not in set(ProposalState))]
    items += [
        Chip(label=one.label, href=f"{href}?state={one.value}", active=asked == one.value) for one in ProposalState
    ]
    screen = ListScreen(
        title="议题建议",
        lead="把信访集中反映的问题提请主任会议研究。证据在起草时固定，以后可以原样查看。",
        tabs=supervision_tabs("topic_proposals"),
        new=new,
        chips=Chips(label="状态", items=tuple(items)),
        tables=(("议题建议", table),),
    )
    return render(request, "supervision_list.html", {"screen": screen})


@needs(WRITERS)
@require_http_methods(["GET", "POST"])
def topic_proposal_new(request: HttpRequest) -> HttpResponse:
    """起草议题建议: opened from a hotspot, it begins with that hotspot and its window."""
    by, at = staff_of(request), timezone.now()
    today = local_day(at)
    begin = blank_of(request.GET.dict(), window=Period(date(today.year, 1, 1), today))
    form = ProposalForm(request.POST or None, initial=begin)

    def act() -> int:
        return actions.write(entry=form.entry(), by=by, at=at).pk

    return made_new(request, form, _words("起草议题建议"), act=act, route="topic_proposal")


@needs(WRITERS)
@require_http_methods(["GET", "POST"])
def topic_proposal_rewrite(request: HttpRequest, topic_id: int) -> HttpResponse:
    """修改议题建议: the evidence is counted anew."""
    by, at, row = staff_of(request), timezone.now(), found(topic_id)
    form = ProposalForm(request.POST or None, initial=initial_of(row, by=by))

    def act() -> int:
        return actions.rewrite(proposal_id=row.pk, entry=form.entry(), by=by, at=at).pk

    return made_new(request, form, _words(f"修改　{row.number}"), act=act, route="topic_proposal")


def _words(title: str) -> OfficeForm:
    home = reverse("topic_proposals")
    return OfficeForm(
        title=title,
        submit="保存",
        back_href=home,
        crumbs=(Crumb(label="议题建议", href=home),),
        lead="保存时按此刻的登记情况统计并固定证据；检举控告件只计数，不列编号。",
    )


def found(topic_id: int) -> TopicProposal:
    """Return a proposal, or nothing is there."""
    row = TopicProposal.objects.select_related("written_by", "submitted_by", "approved_by").filter(pk=topic_id).first()
    if row is None:
        raise Http404
    return row


def in_state(*states: ProposalState) -> set[str]:
    """Return the codes of states."""
    return {state.value for state in states}


STEPS: dict[str, Step[TopicProposal]] = {
    "submit": Step(
        title="提交",
        submit="提交",
        form=plain(NoForm),
        offered=lambda row, by: row.state in in_state(ProposalState.DRAFT) and may_propose(by),
        act=lambda sent: actions.submit(proposal_id=sent.row.pk, by=sent.by, at=sent.at),
        done="已提交，待负责人批准",
        lead="提交后内容和证据不再改动，由负责人批准提请主任会议。",
        folded=False,
    ),
    "approve": Step(
        title="批准提请主任会议",
        submit="批准",
        form=plain(NoForm),
        offered=lambda row, by: row.state in in_state(ProposalState.SUBMITTED) and may_approve_topic(by),
        act=lambda sent: actions.approve(proposal_id=sent.row.pk, by=sent.by, at=sent.at),
        done="已批准，待主任会议决定",
        folded=False,
    ),
    "send-back": Step(
        title="退回修改",
        submit="退回",
        form=plain(WordsForm),
        offered=lambda row, by: row.state in in_state(ProposalState.SUBMITTED) and may_approve_topic(by),
        act=lambda sent: actions.send_back(
            proposal_id=sent.row.pk, words=sent.form.cleaned_data["words"], by=sent.by, at=sent.at
        ),
        done="已退回",
        kind="secondary",
    ),
    "put-again": Step(
        title="再次提请主任会议",
        submit="提请",
        form=plain(WordsForm),
        offered=lambda row, by: row.state in in_state(ProposalState.IN_COMMITTEE) and may_approve_topic(by),
        act=lambda sent: actions.put_again(
            proposal_id=sent.row.pk, words=sent.form.cleaned_data["words"], by=sent.by, at=sent.at
        ),
        done="已再次提请",
        lead="写明专门委员会的研究意见。",
    ),
}


@needs(OFFICE_READERS)
@require_safe
def topic_proposal(request: HttpRequest, topic_id: int) -> HttpResponse:
    """议题建议: one with its evidence, its decisions and what can be done now."""
    return _page(request, found(topic_id), None, 200)


@needs(OFFICE_READERS)
@require_POST
def topic_proposal_step(request: HttpRequest, topic_id: int, name: str) -> HttpResponse:
    """办理一步."""
    home = reverse("topic_proposal", args=[topic_id])
    return taken(request, STEPS, name, found(topic_id), page=_page, home=home)


def _page(
    request: HttpRequest, row: TopicProposal, refused: tuple[str, forms.Form] | None, status: int
) -> HttpResponse:
    by = staff_of(request)
    is_draft = row.state == ProposalState.DRAFT.value
    change = Button(label="修改", href=reverse("topic_proposal_rewrite", args=[row.pk]))
    story = Button(label="议题全程", href=reverse("topic_story", args=[row.pk]), icon="chart")
    screen = RecordScreen(
        title=row.title,
        number=row.number,
        lead="",
        badge=badge_of(row),
        crumbs=(
            Crumb(label="监督", href=reverse("supervision")),
            Crumb(label="议题建议", href=reverse("topic_proposals")),
        ),
        buttons=(change, story) if is_draft and may_propose(by) else (story,),
        alerts=(Alert(words=f"退回修改：{row.sent_back_words}", kind="warn"),) if row.sent_back_words else (),
        steps=steps_of(STEPS, row, by, route="topic_proposal_step", refused=refused),
        sections=shown((content_of(row), evidence_section(row, by), decisions_of(row), papers_of(row, by))),
    )
    return render(request, "supervision_record.html", {"screen": screen}, status=status)


def content_of(row: TopicProposal) -> Section:
    """Return what is proposed, and by whom."""
    items = [
        Fact(label="建议方式", value=ActivityKind(row.instrument).label),
        Fact(label="建议时间", value=row.timing),
        Fact(label="组织实施", value=row.organiser),
        Fact(label="关联法律", value=cited(row.statute_code, row.articles) or "不涉及"),
        Fact(label="议题来源", value=TopicSource(row.source).label, wide=True),
        Fact(label="理由", value=row.reason, wide=True),
        Fact(label="重点内容", value=row.focus, wide=True),
        Fact(label="起草", value=_who(row.written_by, row.written_at)),
        Fact(label="批准提请", value=_who(row.approved_by, row.approved_at)),
    ]
    if row.committee_words:
        items.append(Fact(label="专委会研究意见", value=row.committee_words, wide=True))
    return Section("建议内容", (Facts(items=tuple(items)),))


def _who(person: Staff | None, at: datetime | None) -> str:
    return f"{person.name}　{moment_words(at)}" if person is not None and at is not None else "—"


def evidence_section(row: TopicProposal, by: Staff) -> Section:
    """Return the evidence as it was frozen, with its seal, and the petitions that this reader may open."""
    told = evidence.shown(row, by=by)
    facts = [
        Fact(
            label="统计范围", value=f"{row.key_label}　{window_of(row)}" + ("（所列信访件）" if told.is_chosen else "")
        ),
        Fact(label="统计截至", value=moment_words(row.evidence_at)),
        Fact(label="信访事项", value=f"{told.now['matters']}件，首次反映{told.now['first']}件"),
        Fact(label="信访件次", value=f"{told.now['petitions']}件次，其中检举控告件{told.now['sealed']}件次"),
        Fact(label="涉及人数", value=f"{told.now['people']}人，集体访{told.now['group_visits']}批"),
        Fact(label="上年同期事项", value=f"{told.past['matters']}件" if told.past else "登记不全，不比较"),
    ]
    if told.sentence:
        facts.append(Fact(label="数据判断", value=told.sentence, wide=True))
    if told.rule:
        facts.append(Fact(label="热点标准", value=told.rule, wide=True))
    facts.append(Fact(label="校验值", value=told.hash, wide=True))
    parts: list[Component] = [Facts(items=tuple(facts)), _lines(told)]
    if not told.is_intact:
        parts.insert(0, Alert(words="证据与校验值不一致，可能被改动，请报告县管理员。", kind="bad"))
    lead = "起草时固定，登记情况以后怎样变化都不改动" + ("；校验一致" if told.is_intact else "")
    return Section("证据", tuple(parts), lead=lead)


def _lines(told: evidence.Shown) -> DataTable:
    rows = tuple(
        Row(href=reverse("petition", args=[line.petition_id]), cells=(Cell(text=line.number),)) for line in told.lines
    )
    withheld = f"另有{told.withheld}件您无权查看" if told.withheld else ""
    return DataTable(
        caption=f"所依据的信访件　{withheld}".strip(),
        caption_visible=True,
        columns=(Column(label="编号"),),
        rows=rows,
        empty=EmptyState(title="没有可以列出的信访件", words=withheld),
    )


def decisions_of(row: TopicProposal) -> Section | None:
    """Return what the directors' meetings decided, or nothing where none has spoken."""
    decided = list(row.decisions.select_related("meeting", "recorded_by").order_by("pk"))
    if not decided:
        return None
    table = DataTable(
        caption="主任会议决定",
        columns=(
            Column(label="会议", width="fit"),
            Column(label="决定", width="fit"),
            Column(label="理由", width="wide"),
            Column(label="登记", width="fit", phone="hide"),
        ),
        rows=tuple(
            Row(
                href=reverse("directors_meeting", args=[one.meeting_id]),
                cells=(
                    Cell(text=str(one.meeting), sub=show_day(one.meeting.held_on)),
                    Cell(text=Decision(one.decision).label, sub=one.committee),
                    Cell(text=one.reason or "—"),
                    Cell(text=one.recorded_by.name),
                ),
            )
            for one in decided
        ),
    )
    return Section("主任会议决定", (table,))
