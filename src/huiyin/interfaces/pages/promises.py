"""四个百分之百: the table of a period from evidence, and the lists of what is missing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.analysis import queries
from huiyin.county.analysis.rules import Excluded, Missing, Promise, PromiseColumn
from huiyin.county.analysis.states import ExcludedBecause
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.withheld import secret_from
from huiyin.county.registry.querysets import barred_for
from huiyin.county.registry.states import Confidentiality
from huiyin.county.reporting.rules import kind_of, written
from huiyin.interfaces.components.links import Button, Chip, Chips, Crumb, Tabs
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.numbers import PromiseCard
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period
from huiyin.platform.statistics.indicators import PROMISES, ChannelGroup

from .access import OFFICE_READERS, needs, staff_of
from .analysis_tabs import analysis_tabs
from .paging import pagination_of
from .period_choice import PeriodChoice, SpanForm, period_choice
from .promise_cards import missing_href, promise_cards

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class PromisesScreen:
    """The page of the four promises."""

    lead: str
    tabs: Tabs
    choices: tuple[Chips, ...]
    form: SpanForm
    action: str
    alerts: tuple[Alert, ...]
    cards: tuple[PromiseCard, ...]
    table: DataTable
    meanings: Facts
    excluded: DataTable
    closing: Button | None


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
    table = queries.promises(choice.period, at=choice.at, secret=secret_from(by))
    screen = PromisesScreen(
        lead=f"{choice.period.label}收件，数据截至 {moment_words(choice.at)}",
        tabs=analysis_tabs("promises"),
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
        excluded=excluded_table(known_excluded(table.excluded, by)),
        closing=_closing(choice.period),
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


def known_excluded(rows: Sequence[Excluded], by: Staff) -> Iterable[Excluded]:
    """Yield what stands under the table as far as this person may know it: of a sealed number its kind alone."""
    voided = [one.number for one in rows if one.because is ExcludedBecause.VOIDED]
    listed = set(Petition.objects.listed_for(by).filter(number__in=voided).values_list("number", flat=True))
    shown = set(Petition.objects.visible_to(by).filter(number__in=voided).values_list("number", flat=True))
    for one in rows:
        if one.because is not ExcludedBecause.VOIDED or one.number in shown:
            yield one
        elif one.number in listed:
            yield replace(one, reason=Confidentiality.SEALED.label)


def excluded_table(rows: Iterable[Excluded]) -> DataTable:
    """Return what is left out of the denominator, each with its two people."""
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


def _closing(period: Period) -> Button | None:
    """Return the way to the closing of a month, quarter or year; any other span is not closed."""
    if kind_of(period) is None:
        return None
    return Button(label="结账与报送", href=reverse("period", args=[written(period)]), icon="lock")


@needs(OFFICE_READERS)
@require_safe
def promise_missing(request: HttpRequest, code: str) -> HttpResponse:
    """缺漏清单: what one promise lacks in one group of channels, each with its owner."""
    by, now = staff_of(request), timezone.now()
    choice = period_choice(request.GET, now=now)
    table = queries.promises(choice.period, at=choice.at, secret=secret_from(by))
    group = request.GET.get("group", ChannelGroup.OWN.value)
    if group not in set(ChannelGroup) or code not in {one.code for one in PROMISES}:
        raise Http404
    column = table.column(ChannelGroup(group))
    promise = column.promise(code)
    barred = set(Petition.objects.filter(barred_for(by)).values_list("pk", flat=True))
    missing = _seen(promise, barred)
    page = Paginator(missing, PAGE_SIZE).get_page(request.GET.get("page"))
    columns = ("编号", "收件日期", "形式", "缺什么", "责任人")
    screen = MissingScreen(
        title=f"{promise.indicator.label}：缺 {_lacking(promise, barred)} 件",
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
                    count=_lacking(one.promise(code), barred),
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


def _seen(promise: Promise, barred: Collection[int]) -> list[Missing]:
    """Return the lines of a promise without those of petitions that do not exist for the reader."""
    return [line for line in promise.missing if line.petition_id not in barred]


def _lacking(promise: Promise, barred: Collection[int]) -> int:
    """Return how many receipts lack something that the reader may know of: what is hidden is not counted either."""
    return len({line.receipt_id for line in _seen(promise, barred)})


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
