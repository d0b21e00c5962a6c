"""信访情况分析报告: the reports that were written, and what the next one tells, each number leading to its list."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.accounts.models import Staff
from huiyin.county.document.models import Document
from huiyin.county.reporting import rules
from huiyin.county.reporting.contents import Contents
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries.reports import contents_of, proposed_of
from huiyin.documents.reports import reports_of
from huiyin.documents.values.analysis_report import ahead, basis_words
from huiyin.interfaces.components.contract import Component
from huiyin.interfaces.components.links import Button, ButtonForm, Crumb, Tabs
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.periods import Period

from .access import OFFICE_READERS, needs, staff_of
from .analysis_tabs import analysis_tabs
from .paging import pagination_of
from .periods import period_of
from .reports_tables import Chapter, chapters_of, proposed_table

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ReportsScreen:
    """The locked periods with the report of each."""

    tabs: Tabs
    table: DataTable


@dataclass(frozen=True, slots=True)
class ReportScreen:
    """One period's report: what it tells, what was written, what the office proposes."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    acts: tuple[Component, ...]
    alerts: tuple[Alert, ...]
    papers: DataTable
    chapters: tuple[Chapter, ...]
    ahead: str
    proposed: DataTable
    add: Button | None
    removals: tuple[ButtonForm, ...]


@needs(OFFICE_READERS)
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """分析报告: every locked month, quarter and year, the newest first, with what was written of it."""
    rules.check_may_see_periods(staff_of(request))
    rows = ReportedPeriod.objects.locked().defer("figures", "cells", "reconciliation").order_by("-last_on", "-first_on")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    written = {paper.subject_id: paper for paper in reports_of(*(row.pk for row in page.object_list)).defer("values")}
    screen = ReportsScreen(
        tabs=analysis_tabs("reports"),
        table=DataTable(
            caption="可以撰写报告的期间",
            columns=(
                Column(label="期间"),
                Column(label="版本", width="fit"),
                Column(label="报告", width="fit"),
                Column(label="打印", width="fit"),
                Column(label="编辑", width="fit"),
            ),
            rows=tuple(_line(row, written.get(row.pk)) for row in page.object_list),
            empty=EmptyState(
                title="还没有审定锁定的期间", words="分析报告按审定锁定的数字撰写：先到“结账与报送”核对、审定。"
            ),
            pagination=pagination_of(request, page, unit="个"),
        ),
    )
    return render(request, "reports.html", {"screen": screen})


def _line(row: ReportedPeriod, paper: Document | None) -> Row:
    return Row(
        href=reverse("report", args=[rules.written(row.period)]),
        cells=(
            Cell(text=row.period.label),
            Cell(text=f"第{row.version}版"),
            Cell(text=paper.number, sub=moment_words(paper.written_at)) if paper else Cell(text="未写"),
            Cell(text="PDF", href=reverse("document_pdf", args=[paper.pk])) if paper else Cell(),
            Cell(text="Word", href=reverse("document_word", args=[paper.pk])) if paper else Cell(),
        ),
    )


@needs(OFFICE_READERS)
@require_safe
def report(request: HttpRequest, written: str) -> HttpResponse:
    """One period's report as it would be written now, and the ones that were."""
    by, of = staff_of(request), period_of(written)
    rules.check_may_see_periods(by)
    row = ReportedPeriod.objects.of(of).locked().first()
    contents = contents_of(row) if row is not None else None
    proposed = contents.proposed if contents is not None else proposed_of(of)
    may_write = rules.may_write_report(by)
    screen = ReportScreen(
        title=f"{of.label}信访情况分析报告",
        lead=basis_words(contents.basis) if contents is not None else "",
        crumbs=(Crumb(label="分析报告", href=reverse("reports")),),
        acts=tuple(_acts(of, contents, by)),
        alerts=tuple(_alerts(of, contents)),
        papers=_papers(of),
        chapters=chapters_of(contents) if contents is not None else (),
        ahead=ahead(of),
        proposed=proposed_table(proposed),
        add=Button(label="写一条建议", href=reverse("priority_new", args=[written]), icon="plus")
        if may_write
        else None,
        removals=tuple(
            ButtonForm(
                label=f"撤下第{place}条",
                action=reverse("priority_remove", args=[one.pk]),
                kind="quiet",
                confirm="撤下后不再写入以后的报告，已写的报告不变。确定撤下吗？",
            )
            for place, one in enumerate(proposed, start=1)
            if may_write
        ),
    )
    return render(request, "report.html", {"screen": screen})


def _acts(of: Period, contents: Contents | None, by: Staff) -> Iterator[Component]:
    if contents is not None and rules.may_write_report(by):
        yield ButtonForm(
            label="制作报告",
            action=reverse("report_write", args=[rules.written(of)]),
            kind="primary",
            icon="file",
            confirm="按下面的内容编号成文，成文后不再改动。确定制作吗？",
        )
    yield Button(label="结账与报送", href=reverse("period", args=[rules.written(of)]), icon="lock")


def _alerts(of: Period, contents: Contents | None) -> Iterator[Alert]:
    if contents is None:
        words = f"{of.label}还没有审定锁定。报告只写两个人核对、审定过的数字；建议可以先写。"
        yield Alert(kind="warn", words=words, href=reverse("period", args=[rules.written(of)]), href_label="去结账")


def _papers(of: Period) -> DataTable:
    versions = dict(ReportedPeriod.objects.of(of).values_list("pk", "version"))
    rows = reports_of(*versions).select_related("written_by").defer("values")
    return DataTable(
        caption="已制作的报告",
        columns=(
            Column(label="文号", width="fit"),
            Column(label="所用版本", width="fit"),
            Column(label="制作"),
            Column(label="打印", width="fit"),
            Column(label="编辑", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=paper.number),
                    Cell(text=f"第{versions[paper.subject_id or 0]}版"),
                    Cell(text=moment_words(paper.written_at), sub=paper.written_by.name if paper.written_by else ""),
                    Cell(text="PDF", href=reverse("document_pdf", args=[paper.pk])),
                    Cell(text="Word", href=reverse("document_word", args=[paper.pk])),
                )
            )
            for paper in rows
        ),
        empty=EmptyState(title="还没有制作报告"),
    )
