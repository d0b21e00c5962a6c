"""A topic's whole story on one page, and the petitions behind each of its numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.county.registry.models import Petition
from huiyin.county.supervision.opinion_states import OpinionState
from huiyin.county.supervision.queries import topics as queries
from huiyin.county.supervision.queries.effects import Topic
from huiyin.county.supervision.queries.evidence import label_of
from huiyin.county.supervision.queries.topics import Chapter, Story
from huiyin.county.supervision.rules import effects as effect_rules
from huiyin.county.supervision.states import ActivityKind, Decision, Dimension, ProposalState
from huiyin.interfaces.components.links import Crumb, Step, Steps
from huiyin.interfaces.components.numbers import ChartWithTable, Series, Stat, StatStrip
from huiyin.interfaces.components.petitions import PrintHeader, Timeline, TimelineEntry
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal

from .access import OFFICE_READERS, needs, staff_of
from .activities_badge import badge_of as activity_badge
from .effects import NO_CAUSE, petitions_href
from .findings import findings_table
from .opinions_sections import opinions_table
from .paging import pagination_of
from .petition_lines import COLUMNS, line_of, with_parts
from .receipt_forms import day_input
from .section import Section
from .topic_proposals import found

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class TopicScreen:
    """One topic at a glance: its stations, its months, then every chapter in its order."""

    title: str
    number: str
    lead: str
    crumbs: tuple[Crumb, ...]
    stations: Steps
    numbers: StatStrip
    chart: ChartWithTable
    months: DataTable
    sections: tuple[Section, ...]
    header: PrintHeader


@dataclass(frozen=True, slots=True)
class PetitionsScreen:
    """The petitions of one topic in one span."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    table: DataTable


@needs(OFFICE_READERS)
@require_safe
def topic_story(request: HttpRequest, topic_id: int) -> HttpResponse:
    """一个议题的来龙去脉."""
    by, at = staff_of(request), timezone.now()
    told = queries.story(found(topic_id), at=at)
    row, today = told.proposal, local_day(at)
    screen = TopicScreen(
        title=row.title,
        number=row.number,
        lead=f"{told.topic.dimension.label}“{told.topic.label}”：从来信来访到监督，再到以后的信访。{NO_CAUSE}",
        crumbs=(
            Crumb(label="议题建议", href=reverse("topic_proposals")),
            Crumb(label=row.number, href=reverse("topic_proposal", args=[row.pk])),
        ),
        stations=Steps(label="经过", items=tuple(stations_of(told))),
        numbers=numbers_of(told),
        chart=chart_of(told, as_of=day_words(today)),
        months=months_table(told),
        sections=tuple(sections_of(told, today=today)),
        header=PrintHeader(office=tenant.current().name, title=f"议题：{row.title}", printed_by=by.name, printed_at=at),
    )
    return render(request, "topic_story.html", {"screen": screen})


def stations_of(told: Story) -> Iterator[Step]:
    """Yield the stations of the way, each with its day."""
    row = told.proposal
    yield Step(label="议题建议", state="done", when=day_words(local_day(row.written_at)), who=row.written_by.name)
    state = ProposalState(row.state)
    decided = told.decisions[-1] if told.decisions else None
    yield Step(
        label="主任会议",
        state="done" if decided else "todo",
        when=day_words(decided.meeting.held_on) if decided else "",
        who=Decision(decided.decision).label if decided else "",
    )
    if state is ProposalState.DECLINED:
        return
    activities = [one.activity for one in told.chapters]
    yield _station(
        "监督活动", [local_day(one.begun_at) for one in activities if one.begun_at], is_begun=bool(activities)
    )
    reports = [one.report for one in told.chapters if one.report]
    yield _station("报告", [local_day(one.approved_at) for one in reports if one.approved_at], is_begun=bool(reports))
    opinions = [one for chapter in told.chapters for one in chapter.opinions]
    yield _station("审议意见", [local_day(one.sent_at) for one in opinions if one.sent_at], is_begun=bool(opinions))
    accepted = [one for one in opinions if one.state == OpinionState.ACCEPTED.value]
    answered = [one for one in opinions if one.responses.exists()]
    days = [
        day for one in answered for day in one.responses.order_by("-round").values_list("answered_on", flat=True)[:1]
    ]
    yield _station("研究处理情况", days if len(accepted) == len(opinions) else [], is_begun=bool(answered))
    records = [one.record for chapter in told.chapters for one in chapter.standings if one.record]
    yield _station(
        "成效", [local_day(one.concluded_at) for one in records], is_begun=any(c.standings for c in told.chapters)
    )


def _station(label: str, days: list[date], *, is_begun: bool) -> Step:
    if days:
        return Step(label=label, state="done", when=day_words(max(days)))
    return Step(label=label, state="now" if is_begun else "todo")


def numbers_of(told: Story) -> StatStrip:
    """Return the numbers that a reader wants first."""
    opinions = [one for chapter in told.chapters for one in chapter.opinions]
    now = told.proposal.evidence["now"]
    window = Period(told.proposal.window_first_on, told.proposal.window_last_on)
    answered = sum(one.responses.exists() for one in opinions)
    return StatStrip(
        label="一览",
        items=(
            Stat(
                label=f"提出时的信访事项（{window.label}）",
                value=now["matters"],
                href=petitions_href(told.topic, window),
            ),
            Stat(label="监督活动", value=len(told.chapters), unit="项"),
            Stat(label="查出问题", value=sum(len(one.findings) for one in told.chapters), unit="条"),
            Stat(label="审议意见已反馈", part=answered, whole=len(opinions), unit="份"),
        ),
    )


def chart_of(told: Story, *, as_of: str) -> ChartWithTable:
    """Return the petitions by month, with what happened in each."""
    happened: dict[date, list[str]] = {one.period.first: [] for one in told.months}
    for day, words in events_of(told):
        if day.replace(day=1) in happened:
            happened[day.replace(day=1)].append(words)
    return ChartWithTable(
        id="topic-months",
        title="逐月信访",
        kind="bar",
        categories=tuple(f"{one.period.first:%Y-%m}" for one in told.months),
        category_label="月份",
        category_notes=tuple("、".join(happened[one.period.first]) for one in told.months),
        series=(
            Series(name="信访件次", values=tuple(one.petitions for one in told.months)),
            Series(name="初次事项", values=tuple(one.first_matters for one in told.months)),
        ),
        note="检举控告件只计数",
        as_of=as_of,
    )


def events_of(told: Story) -> Iterator[tuple[date, str]]:
    """Yield what happened on which day, for the months."""
    yield local_day(told.proposal.written_at), "提出议题建议"
    for decision in told.decisions:
        yield decision.meeting.held_on, f"主任会议{Decision(decision.decision).label}"
    for chapter in told.chapters:
        if chapter.activity.begun_at:
            yield local_day(chapter.activity.begun_at), f"{ActivityKind(chapter.activity.kind).label}开始"
        if chapter.activity.session_on:
            yield chapter.activity.session_on, "常委会审议"
        for opinion in chapter.opinions:
            if opinion.sent_at:
                yield local_day(opinion.sent_at), "送交审议意见"
            for answered_on in opinion.responses.order_by("round").values_list("answered_on", flat=True):
                yield answered_on, "反馈研究处理情况"


def months_table(told: Story) -> DataTable:
    """Return the months as a list from which each opens its petitions."""
    return DataTable(
        caption="逐月信访，点开是信访件",
        columns=(
            Column(label="月份", width="fit"),
            Column(label="信访件次", align="end"),
            Column(label="初次信访事项", align="end"),
        ),
        rows=tuple(
            Row(
                href=petitions_href(told.topic, one.period),
                cells=(
                    Cell(text=f"{one.period.first:%Y-%m}"),
                    Cell(text=str(one.petitions)),
                    Cell(text=str(one.first_matters)),
                ),
            )
            for one in told.months
            if one.petitions
        ),
        empty=EmptyState(title="这些月份没有这类信访"),
    )


def sections_of(told: Story, *, today: date) -> Iterator[Section]:
    """Yield the chapters: decisions, then each activity with its findings, opinions and what came after."""
    decisions = tuple(
        TimelineEntry(
            who=str(one.meeting),
            when=one.recorded_at,
            what=f"{day_words(one.meeting.held_on)} {Decision(one.decision).label}",
            note=one.reason,
        )
        for one in told.decisions
    )
    if decisions:
        yield Section("主任会议决定", (Timeline(label="主任会议决定", entries=decisions),))
    for item in told.items:
        words = f"{item.plan.year}年度监督工作计划第{item.code}项"
        yield Section("年度计划", (_plan_table(words, item.title, item.timing),))
    for chapter in told.chapters:
        yield from _of_chapter(chapter, today=today)


def _plan_table(words: str, title: str, timing: str) -> DataTable:
    return DataTable(
        caption="年度计划",
        columns=(Column(label="计划"), Column(label="项目", width="wide"), Column(label="时间", width="fit")),
        rows=(Row(cells=(Cell(text=words), Cell(text=title), Cell(text=timing))),),
    )


def _of_chapter(chapter: Chapter, *, today: date) -> Iterator[Section]:
    row = chapter.activity
    table = DataTable(
        caption="监督活动",
        columns=(
            Column(label="活动", width="wide"),
            Column(label="时间", width="fit"),
            Column(label="状态", width="fit"),
        ),
        rows=(
            Row(
                href=reverse("activity", args=[row.pk]),
                cells=(
                    Cell(text=row.title, sub=row.number),
                    Cell(text=day_words(row.starts_on), sub=f"至 {day_words(row.ends_on)}"),
                    Cell(component=activity_badge(row)),
                ),
            ),
        ),
    )
    yield Section(ActivityKind(row.kind).label, (table,))
    if chapter.findings:
        yield Section("查出的问题", (findings_table(chapter.findings),))
    if chapter.opinions:
        yield Section("审议意见和反馈", (opinions_table(chapter.opinions, today=today, empty="没有审议意见"),))
    if chapter.standings:
        yield Section("以后的信访", (_after_table(chapter),), lead=NO_CAUSE)


def _after_table(chapter: Chapter) -> DataTable:
    rows = []
    for one in chapter.standings:
        words = effect_rules.sentence(one.effect) if one.effect else f"{day_words(one.windows.complete_on)} 起可以对比"
        read = (effect_rules.reading(one.effect), effect_rules.share_reading(one.effect)) if one.effect else ()
        sub = "；".join(told for told in read if told)
        mark = "已登记" if one.record else ("未登记" if one.effect else "期限未满")
        rows.append(
            Row(
                href=reverse("effect", args=[chapter.activity.pk]),
                cells=(
                    Cell(text=one.topic.label, sub=one.topic.dimension.label),
                    Cell(text=f"{one.months}个月"),
                    Cell(text=words, sub=sub),
                    Cell(text=mark),
                ),
            )
        )
    return DataTable(
        caption="之前和之后",
        columns=(
            Column(label="范围", width="fit"),
            Column(label="期限", width="fit"),
            Column(label="数字", width="wide"),
            Column(label="登记", width="fit"),
        ),
        rows=tuple(rows),
    )


class SpanForm(forms.Form):
    """Which petitions an address asks for."""

    by = forms.ChoiceField(choices=Dimension.choices())
    key = forms.CharField(max_length=80)
    first = forms.DateField(widget=day_input())
    last = forms.DateField(widget=day_input())


@needs(OFFICE_READERS)
@require_safe
def topic_petitions(request: HttpRequest) -> HttpResponse:
    """List the petitions behind a number: those this person may see; the others are counted."""
    by, at, form = staff_of(request), timezone.now(), SpanForm(request.GET)
    if not form.is_valid():
        raise Refusal("effect.bad_span", "地址中的范围或日期不正确")
    asked = form.cleaned_data
    dimension, span = Dimension(asked["by"]), Period(asked["first"], asked["last"])
    topic = Topic(dimension, asked["key"], label_of(dimension, asked["key"]))
    keys, total = queries.petitions_between(topic, span, by=by, at=at)
    rows = with_parts(Petition.objects.filter(pk__in=keys).by_day(), by=by)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    withheld = f"，其中{total - len(keys)}件您无权查看" if total > len(keys) else ""
    screen = PetitionsScreen(
        title=f"{topic.label}　{span.label}",
        lead=f"共{total}件次{withheld}。",
        crumbs=(Crumb(label="监督", href=reverse("supervision")),),
        table=DataTable(
            caption="信访件",
            columns=tuple(Column(label=label, width="wide" if label == "概况" else "fit") for label in COLUMNS),
            rows=tuple(line_of(one).row(today=local_day(at)) for one in page.object_list),
            empty=EmptyState(title="没有您可以查看的信访件"),
            pagination=pagination_of(request, page, unit="件"),
        ),
    )
    return render(request, "topic_petitions.html", {"screen": screen})
