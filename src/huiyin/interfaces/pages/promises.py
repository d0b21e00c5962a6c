"""四个百分之百: the table of a period from evidence, the lists of what is missing, and reporting to the province."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.analysis import actions, queries
from huiyin.county.analysis.models import ReportedPeriod
from huiyin.county.analysis.rules import (
    Excluded,
    Missing,
    Promise,
    PromiseColumn,
    check_reportable,
    may_report_period,
)
from huiyin.county.analysis.states import ExcludedBecause
from huiyin.county.registry.models import Petition
from huiyin.county.registry.querysets import barred_for
from huiyin.county.registry.states import Confidentiality
from huiyin.interfaces import submissions
from huiyin.interfaces.components.links import ButtonForm, Chip, Chips, Crumb, Hidden
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.numbers import PromiseCard
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period, month
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics.indicators import PROMISES, ChannelGroup

from .access import OFFICE_READERS, needs, staff_of
from .paging import pagination_of
from .period_choice import PeriodChoice, SpanForm, is_month, period_choice
from .promise_cards import missing_href, promise_cards

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class PromisesScreen:
    """The page of the four promises."""

    lead: str
    choices: tuple[Chips, ...]
    form: SpanForm
    action: str
    alerts: tuple[Alert, ...]
    cards: tuple[PromiseCard, ...]
    table: DataTable
    meanings: Facts
    excluded: DataTable
    versions: DataTable
    report: ButtonForm | None
    report_note: str


@dataclass(frozen=True, slots=True)
class MissingScreen:
    """The list of what one promise lacks."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    sentence: str
    groups: Chips
    table: DataTable


@needs(OFFICE_READERS)
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """四个百分之百 of a period, as of a moment."""
    by, now = staff_of(request), timezone.now()
    choice = period_choice(request.GET, now=now)
    table = queries.promises(choice.period, at=choice.at)
    screen = PromisesScreen(
        lead=f"{choice.period.label}收件，数据截至 {moment_words(choice.at)}",
        choices=choice.chips(today=local_day(now)),
        form=choice.form,
        action=request.path,
        alerts=tuple(_alerts(choice)),
        cards=promise_cards(table.first, query=choice.query),
        table=_table(table.columns, choice),
        meanings=Facts(
            columns=1,
            items=tuple(Fact(label=f"{one.code}　{one.label}", value=one.sentence) for one in PROMISES),
        ),
        excluded=_excluded(_known(table.excluded, by)),
        versions=_versions(choice.period),
        report=_report_button(choice, by),
        report_note=_report_note(choice, by),
    )
    return render(request, "promises.html", {"screen": screen})


def _alerts(choice: PeriodChoice) -> Iterable[Alert]:
    if choice.fault:
        yield Alert(kind="warn", title="期间没有采用，显示的是今年", words=choice.fault)
    if choice.is_past:
        yield Alert(
            words=f"这是 {moment_words(choice.at)} 的数字，此后的办理不计在内。",
            href=reverse("promises"),
            href_label="看现在",
        )


def _table(columns: Iterable[PromiseColumn], choice: PeriodChoice) -> DataTable:
    return DataTable(
        caption="各渠道四个百分之百",
        phone="scroll",
        columns=(
            Column(label="渠道", width="fit"),
            Column(label="收件", align="end", width="fit"),
            *(Column(label=f"{one.code} {one.label}", align="end") for one in PROMISES),
        ),
        rows=tuple(
            Row(
                tone="info" if column.group is ChannelGroup.OWN else "plain",
                cells=(
                    Cell(text=column.group.label),
                    Cell(text=str(column.received)),
                    *(_number(promise, column.group, choice) for promise in column.promises),
                ),
            )
            for column in columns
        ),
    )


def _number(promise: Promise, group: ChannelGroup, choice: PeriodChoice) -> Cell:
    return Cell(
        text=promise.percent,
        sub=f"{promise.part} / {promise.whole}",
        href=missing_href(promise, query=f"{choice.query}&group={group.value}"),
    )


def _known(rows: Sequence[Excluded], by: Staff) -> Iterable[Excluded]:
    """Yield what stands under the table as far as this person may know it: of a sealed number its kind alone."""
    voided = [one.number for one in rows if one.because is ExcludedBecause.VOIDED]
    listed = set(Petition.objects.listed_for(by).filter(number__in=voided).values_list("number", flat=True))
    shown = set(Petition.objects.visible_to(by).filter(number__in=voided).values_list("number", flat=True))
    for one in rows:
        if one.because is not ExcludedBecause.VOIDED or one.number in shown:
            yield one
        elif one.number in listed:
            yield replace(one, reason=Confidentiality.SEALED.label)


def _excluded(rows: Iterable[Excluded]) -> DataTable:
    return DataTable(
        caption="未计入分母的收件和编号",
        columns=(
            Column(label="编号", width="fit"),
            Column(label="原因", width="fit"),
            Column(label="形式", width="fit"),
            Column(label="说明", width="wide"),
            Column(label="提出", width="fit"),
            Column(label="复核或批准", width="fit"),
            Column(label="时间", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=tuple(
                    Cell(text=text)
                    for text in (
                        one.number,
                        one.because.label,
                        one.channel.label,
                        one.reason,
                        one.by,
                        one.seconded_by,
                        moment_words(one.at),
                    )
                )
            )
            for one in rows
        ),
        empty=EmptyState(title="没有不计入的收件", words="两人确认的非信访件和作废的编号会列在这里。"),
    )


def _versions(period: Period) -> DataTable:
    rows = ReportedPeriod.objects.filter(first_on__gte=period.first, last_on__lte=period.last)
    return DataTable(
        caption="已报送的版本",
        columns=(
            Column(label="期间"),
            Column(label="版本", width="fit"),
            Column(label="报送时间", width="fit"),
            Column(label="报送人", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=Period(row.first_on, row.last_on).label),
                    Cell(text=f"第{row.version}版"),
                    Cell(text=moment_words(row.reported_at)),
                    Cell(text=row.reported_by.name),
                )
            )
            for row in rows.select_related("reported_by").order_by("-first_on", "-version")
        ),
        empty=EmptyState(title="本期还没有报送"),
    )


def _report_button(choice: PeriodChoice, by: Staff) -> ButtonForm | None:
    if not may_report_period(by) or not is_month(choice.period) or _not_reportable(choice):
        return None
    return ButtonForm(
        label=f"报送{choice.period.label}",
        action=reverse("promise_report"),
        kind="primary",
        icon="upload",
        hidden=(Hidden(name="month", value=f"{choice.period.first:%Y-%m}"),),
        confirm="只报送分子和分母，不含任何姓名、内容和编号；报送后如有变化，须再报一个新版本。确定报送吗？",
    )


def _not_reportable(choice: PeriodChoice) -> str:
    try:
        check_reportable(choice.period, at=timezone.now())
    except Refusal as refusal:
        return refusal.words
    return ""


def _report_note(choice: PeriodChoice, by: Staff) -> str:
    if not may_report_period(by):
        return ""
    if not is_month(choice.period):
        return "选择一个月份后可以报送。"
    return _not_reportable(choice)


@needs((Role.CLERK, Role.HEAD))
@require_POST
def promise_report(request: HttpRequest) -> HttpResponse:
    """报送: fix a month's numbers as a version and send them to the province."""
    by, at, key = staff_of(request), timezone.now(), request.POST.get("form_token", "")
    period = month(request.POST.get("month", ""))

    def act() -> dict[str, str | int | None]:
        reported = actions.report_period(period=period, by=by, at=at)
        return {"version": reported.version}

    answer = submissions.once(key=key, sent={"month": str(period.first)}, at=at, act=act)
    messages.success(request, f"{period.label}已报送，第{answer['version']}版。")
    return redirect(f"{reverse('promises')}?month={period.first:%Y-%m}")


@needs(OFFICE_READERS)
@require_safe
def promise_missing(request: HttpRequest, code: str) -> HttpResponse:
    """缺漏清单: what one promise lacks in one group of channels, each with its owner."""
    by, now = staff_of(request), timezone.now()
    choice = period_choice(request.GET, now=now)
    table = queries.promises(choice.period, at=choice.at)
    group = request.GET.get("group", ChannelGroup.OWN.value)
    if group not in set(ChannelGroup) or code not in {one.code for one in PROMISES}:
        raise Http404
    column = table.column(ChannelGroup(group))
    promise = column.promise(code)
    barred = set(Petition.objects.filter(barred_for(by)).values_list("pk", flat=True))
    missing = [line for line in promise.missing if line.petition_id not in barred]
    page = Paginator(missing, PAGE_SIZE).get_page(request.GET.get("page"))
    columns = ("编号", "收件日期", "形式", "缺什么", "责任人")
    screen = MissingScreen(
        title=f"{promise.indicator.label}：缺 {promise.lacking} 件",
        lead=f"{choice.period.label} · {column.group.label} · {promise.part} / {promise.whole} · {promise.percent}",
        crumbs=(Crumb(label="四个百分之百", href=f"{reverse('promises')}?{choice.query}"),),
        sentence=promise.indicator.sentence,
        groups=Chips(
            label="渠道",
            items=tuple(
                Chip(
                    label=one.group.label,
                    href=f"?{choice.query}&group={one.group.value}",
                    active=one.group is column.group,
                    count=one.promise(code).lacking,
                )
                for one in table.columns
            ),
        ),
        table=DataTable(
            caption="缺漏清单",
            columns=tuple(Column(label=label, width="wide" if label == "缺什么" else "normal") for label in columns),
            rows=tuple(_missing_row(line, by) for line in page.object_list),
            empty=EmptyState(title="没有缺漏", words="这一项全部做到。"),
            pagination=pagination_of(request, page),
        ),
    )
    return render(request, "promise_missing.html", {"screen": screen})


def _missing_row(line: Missing, by: Staff) -> Row:
    is_sealed = line.confidentiality is not Confidentiality.ORDINARY
    if is_sealed and Role.RESTRICTED not in by.role_set:
        texts = (line.number, "", "", Confidentiality.SEALED.label, "")
        return Row(cells=tuple(Cell(text=text) for text in texts))
    href = reverse("register", args=[line.receipt_id])
    if line.petition_id is not None:
        href = reverse("petition", args=[line.petition_id])
    return Row(
        href=href,
        cells=tuple(
            Cell(text=text)
            for text in (line.number, day_words(line.received_on), line.channel.label, line.what, line.owner)
        ),
    )
