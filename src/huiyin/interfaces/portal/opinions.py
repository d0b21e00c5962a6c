"""审议意见 and 研究处理情况, published: what the standing committee asked and what the unit did (JD24 §17, §37)."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.county.supervision.opinion_models import Opinion, Rating
from huiyin.interfaces.components.contract import Component
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words
from huiyin.interfaces.pages.access import open_to_all
from huiyin.interfaces.pages.opinions_sections import follow_ups_section, items_section, rating_words
from huiyin.interfaces.pages.paging import pagination_of
from huiyin.interfaces.pages.section import Section
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class OpinionsScreen:
    """What was published, the latest first."""

    office: str
    table: DataTable


@dataclass(frozen=True, slots=True)
class OpinionScreen:
    """One published opinion with the answer that was accepted."""

    office: str
    title: str
    number: str
    sections: tuple[Section, ...]


@open_to_all
@require_safe
def opinions(request: HttpRequest) -> HttpResponse:
    """审议意见公开: the latest first."""
    rows = Opinion.objects.published().select_related("unit", "activity").order_by("-published_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    table = DataTable(
        caption="公开的审议意见",
        columns=(
            Column(label="文号", width="fit"),
            Column(label="内容", width="wide"),
            Column(label="单位", width="fit"),
            Column(label="公开日期", width="fit"),
        ),
        rows=tuple(
            Row(
                href=reverse("portal_opinion", args=[row.pk]),
                cells=(
                    Cell(text=row.number),
                    Cell(text=row.activity.title, sub=row.session),
                    Cell(text=row.unit.name),
                    Cell(text=day_words(local_day(row.published_at)) if row.published_at else ""),
                ),
            )
            for row in page.object_list
        ),
        empty=EmptyState(title="还没有公开的审议意见", words="研究处理情况审查认可以后在这里公开。"),
        pagination=pagination_of(request, page, unit="份"),
    )
    return render(request, "portal_opinions.html", {"screen": OpinionsScreen(tenant.current().name, table)})


@open_to_all
@require_safe
def opinion(request: HttpRequest, opinion_id: int) -> HttpResponse:
    """审议意见公开: one, with what the unit did about each item; what is not published is not there."""
    row = Opinion.objects.published().select_related("unit", "activity", "report").filter(pk=opinion_id).first()
    if row is None:
        raise Http404
    sections = (_head(row), _report(row), items_section(row), _answer(row), follow_ups_section(row))
    screen = OpinionScreen(
        office=tenant.current().name,
        title=row.activity.title,
        number=row.number,
        sections=tuple(one for one in sections if one is not None),
    )
    return render(request, "portal_opinion.html", {"screen": screen})


def _head(row: Opinion) -> Section:
    facts = (
        Fact(label="审议的会议", value=f"{row.session}　{day_words(row.session_on)}"),
        Fact(label="研究处理单位", value=row.unit.name),
    )
    return Section("基本情况", (Facts(items=facts),))


def _report(row: Opinion) -> Section | None:
    """Return the report that the session deliberated on: its own words, without the list of findings."""
    report = row.report
    if report is None:
        return None
    facts = [
        Fact(label="实施情况评价", value=report.evaluation, wide=True),
        Fact(label="存在的问题", value=report.problems, wide=True),
        Fact(label="改进建议", value=report.suggestions, wide=True),
    ]
    if report.law_suggestions:
        facts.append(Fact(label="修改法律法规的建议", value=report.law_suggestions, wide=True))
    return Section("检查报告", (Facts(items=tuple(facts)),))


def _answer(row: Opinion) -> Section | None:
    last = row.responses.order_by("-round").first()
    if last is None:
        return None
    facts = [
        Fact(label="反馈日期", value=day_words(last.answered_on)),
        Fact(label="签发", value=last.signed_by),
        Fact(label="总体情况", value=last.words, wide=True),
    ]
    rating = Rating.objects.filter(response=last).first()
    if rating is not None:
        facts.append(Fact(label="满意度测评", value=rating_words(rating), wide=True))
    parts: tuple[Component, ...] = (Facts(items=tuple(facts)),)
    return Section("研究处理情况", parts)
