"""热点: what petitions concentrate on beside the year before, with what the numbers can tell; one line; the rule."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.analysis import hotspots
from huiyin.county.analysis.hotspot_rules import Hotspot, Tally, may_set_rule
from huiyin.county.analysis.hotspot_states import Ground, HotspotKind, Verdict
from huiyin.county.analysis.hotspot_tables import HotspotTable
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.withheld import secret_from
from huiyin.county.registry.states import Channel, State
from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.links import Button, Chip, Chips, Crumb, Tabs
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.numbers import ChartWithTable, Series, Stat, StatStrip
from huiyin.interfaces.components.petitions import Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import local_day

from .access import OFFICE_READERS, needs, staff_of
from .analysis_tabs import analysis_tabs
from .hotspot_forms import HotspotForm
from .hotspots_rule import MEANINGS
from .paging import pagination_of
from .period_choice import PeriodChoice, period_choice

PAGE_SIZE = 100
DRAWN = 10
TONES: dict[Verdict, Tone] = {
    Verdict.RISE: "bad",
    Verdict.RISE_UNSURE: "warn",
    Verdict.FALL: "good",
}
# Whoever has these roles brings a topic before the directors.
PROPOSERS = frozenset({Role.CLERK, Role.HEAD})


@dataclass(frozen=True, slots=True)
class HotspotsScreen:
    """The table of a window."""

    lead: str
    tabs: Tabs
    rule: Button | None
    choices: tuple[Chips, ...]
    kinds: Chips
    form: HotspotForm
    by: str
    action: str
    alerts: tuple[Alert, ...]
    strip: StatStrip
    chart: ChartWithTable | None
    table: DataTable
    table_lead: str
    note: str
    meanings: Facts


@dataclass(frozen=True, slots=True)
class HotspotScreen:
    """One line with the petitions behind it, as far as the reader may see them."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    badge: StateBadge
    propose: Button | None
    sentence: str
    facts: Facts
    windows: Chips
    table: DataTable
    sealed: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: the period, and what the matters are gathered by and narrowed to."""

    choice: PeriodChoice
    form: HotspotForm

    @property
    def more(self) -> str:
        """Return the part of the address that is not about the period."""
        values = {"by": self.form.kind.value, "place": self.form.scope.place, "unit": self.form.scope.unit}
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def query(self) -> str:
        """Return everything that was asked for, as an address."""
        return "&".join(filter(None, (self.choice.query, self.more)))

    def periods(self, today: date) -> tuple[Chips, ...]:
        """Return the periods to choose from, keeping the rest."""
        return tuple(
            replace(chips, items=tuple(replace(chip, href=f"{chip.href}&{self.more}") for chip in chips.items))
            for chips in self.choice.chips(today=today)
        )

    def kinds(self) -> Chips:
        """Return what the matters can be gathered by, keeping the rest."""
        kept = {"place": self.form.scope.place, "unit": self.form.scope.unit}
        rest = urlencode({name: value for name, value in kept.items() if value})
        return Chips(
            label="归集方式",
            items=tuple(
                Chip(
                    label=kind.label,
                    href="?" + "&".join(filter(None, (self.choice.query, f"by={kind.value}", rest))),
                    active=kind is self.form.kind,
                )
                for kind in HotspotKind
            ),
        )


def asked_of(request: HttpRequest) -> Asked:
    """Return what the address asks for; what there cannot be is left out."""
    form = HotspotForm(request.GET, names=hotspots.names_of())
    form.is_valid()
    return Asked(period_choice(request.GET, now=timezone.now()), form)


@needs(OFFICE_READERS)
@require_safe
def hotspot_list(request: HttpRequest) -> HttpResponse:
    """热点 of a period, as of a moment."""
    by, asked = staff_of(request), asked_of(request)
    choice = asked.choice
    found = hotspots.table(
        choice.period, at=choice.at, by=asked.form.kind, scope=asked.form.scope, secret=secret_from(by)
    )
    screen = HotspotsScreen(
        lead=f"{found.period.label}，对比{found.before.label}；数据截至 {moment_words(choice.at)}",
        tabs=analysis_tabs("hotspots"),
        rule=Button(label="调整热点标准", href=reverse("hotspot_rule"), icon="settings") if may_set_rule(by) else None,
        choices=asked.periods(local_day(timezone.now())),
        kinds=asked.kinds(),
        form=asked.form,
        by=asked.form.kind.value,
        action=request.path,
        alerts=tuple(_alerts(choice)),
        strip=_strip(found),
        chart=_chart(found) if found.lines else None,
        table=_table(found, asked, by),
        table_lead=f"热点标准：{found.rule.words}",
        note=found.note,
        meanings=MEANINGS,
    )
    return render(request, "hotspots.html", {"screen": screen})


def _alerts(choice: PeriodChoice) -> Iterator[Alert]:
    if choice.fault:
        yield Alert(kind="warn", title="期间没有采用，显示的是今年", words=choice.fault)
    if choice.is_past:
        yield Alert(words=f"这是 {moment_words(choice.at)} 的情况，此后的登记和归类不计在内。")


def _strip(found: HotspotTable) -> StatStrip:
    now, past = found.whole, found.whole_past
    return StatStrip(
        label="全部信访事项",
        items=(
            Stat(label="热点", value=len(found.hotspots), unit="项"),
            Stat(label="信访事项", value=now.matters, unit="个", note=f"上年同期 {past.matters}"),
            Stat(label="初次事项", value=now.first, unit="个", note=f"上年同期 {past.first}"),
            Stat(label="信访件", value=now.petitions, note=f"上年同期 {past.petitions}"),
            Stat(label="涉及人数", value=now.people, unit="人", note=f"上年同期 {past.people}"),
            Stat(label="集体访", value=now.group_visits, unit="批", note=f"上年同期 {past.group_visits}"),
        ),
    )


def _chart(found: HotspotTable) -> ChartWithTable:
    drawn = found.lines[:DRAWN]
    return ChartWithTable(
        id="hotspots-chart",
        title=f"{found.kind.label}：信访事项数与上年同期",
        kind="bar",
        unit="个",
        category_label=found.kind.label,
        categories=tuple(line.label for line in drawn),
        series=(
            Series(name="本期", values=tuple(line.now.matters for line in drawn)),
            Series(name="上年同期", values=tuple(line.past.matters for line in drawn)),
        ),
        note=f"列出前{len(drawn)}项；一个信访事项在每一项里只算一次。",
        as_of=moment_words(found.at),
    )


def _table(found: HotspotTable, asked: Asked, by: Staff) -> DataTable:
    proposing = _can_propose(by)
    return DataTable(
        id="hotspots",
        caption=f"{found.period.label}热点",
        columns=(
            Column(label=found.kind.label),
            Column(label="事项", align="end", width="fit"),
            Column(label="上年同期", align="end", width="fit"),
            Column(label="占比", align="end", width="fit"),
            Column(label="信访件", align="end", width="fit", phone="hide"),
            Column(label="人数", align="end", width="fit", phone="hide"),
            Column(label="判断", width="normal"),
            *((Column(label="下一步", width="fit"),) if proposing else ()),
        ),
        rows=tuple(_row(line, asked, proposing=proposing) for line in found.lines),
        empty=EmptyState(title="本期和上年同期都没有归类的信访事项", words="换一个期间或归集方式看看。"),
    )


def _row(line: Hotspot, asked: Asked, *, proposing: bool) -> Row:
    here, before = _line_href(line, asked, "now"), _line_href(line, asked, "past")
    next_step = Cell(text="提出议题建议", href=_propose_href(line)) if line.is_hotspot else Cell()
    return Row(
        tone="warn" if line.is_hotspot else "plain",
        href=here,
        cells=(
            Cell(text=line.label, sub=_why(line)),
            Cell(text=str(line.now.matters), sub=f"初次 {line.now.first}", href=here),
            Cell(text=str(line.past.matters), sub=line.change_words, href=before),
            Cell(text=line.share_words),
            Cell(
                text=str(line.now.petitions), sub=f"集体访 {line.now.group_visits}批" if line.now.group_visits else ""
            ),
            Cell(text=str(line.now.people)),
            Cell(component=_badge(line), sub=_chance(line)),
            *((next_step,) if proposing else ()),
        ),
    )


def _why(line: Hotspot) -> str:
    return "热点：" + "、".join(_ground_words(line, ground) for ground in line.grounds) if line.is_hotspot else ""


def _ground_words(line: Hotspot, ground: Ground) -> str:
    return f"第{line.rank}位" if ground is Ground.AMONG_FIRST else f"增幅达{line.rule.rise_percent}%"


def _badge(line: Hotspot) -> StateBadge:
    return StateBadge(label=line.verdict.label, tone=TONES.get(line.verdict, "plain"))


def _chance(line: Hotspot) -> str:
    if line.verdict in {Verdict.TOO_FEW, Verdict.NO_PAST}:
        return ""
    return f"偶然的可能 {line.chance_words}；上年的{line.interval_words}"


def _line_href(line: Hotspot, asked: Asked, window: str) -> str:
    return f"{reverse('hotspot_line')}?{asked.query}&{urlencode({'key': line.key, 'window': window})}"


def _can_propose(by: Staff) -> bool:
    return bool(by.role_set & PROPOSERS)


def _propose_href(line: Hotspot) -> str:
    span = {"first": line.period.first.isoformat(), "last": line.period.last.isoformat()}
    return f"{reverse('topic_proposal_new')}?{urlencode({'topic': line.key, **span})}"


@needs(OFFICE_READERS)
@require_safe
def hotspot_line(request: HttpRequest) -> HttpResponse:
    """One line: what it says, and the petitions behind one of its windows that the reader may see."""
    by, asked = staff_of(request), asked_of(request)
    choice = asked.choice
    key, scope = request.GET.get("key", ""), asked.form.scope
    line = hotspots.hotspot(key, choice.period, at=choice.at, scope=scope, secret=secret_from(by))
    is_past = request.GET.get("window") == "past"
    shown = line.past if is_past else line.now
    screen = HotspotScreen(
        title=line.label,
        lead=f"{line.kind.label}；{line.period.label}，对比{line.before.label}；数据截至 {moment_words(choice.at)}",
        crumbs=(Crumb(label="热点", href=f"{reverse('hotspots')}?{asked.query}"),),
        badge=_badge(line),
        propose=_propose(line, by),
        sentence=line.sentence,
        facts=_facts(line),
        windows=Chips(
            label="期间",
            items=(
                Chip(label="本期", href=_line_href(line, asked, "now"), active=not is_past, count=line.now.petitions),
                Chip(label="上年同期", href=_line_href(line, asked, "past"), active=is_past, count=line.past.petitions),
            ),
        ),
        table=_petitions(request, shown, by),
        sealed=f"另有检举控告件{shown.sealed}件，只计数，不列出。" if shown.sealed else "",
    )
    return render(request, "hotspot_line.html", {"screen": screen})


def _propose(line: Hotspot, by: Staff) -> Button | None:
    if not _can_propose(by):
        return None
    return Button(label="提出议题建议", href=_propose_href(line), kind="primary", icon="plus")


def _facts(line: Hotspot) -> Facts:
    names = hotspots.names_of().labels[HotspotKind.UNIT]
    upper = line.count_interval.upper
    assert upper is not None
    spread = f"{float(line.count_interval.lower):.1f}至{float(upper):.1f}"
    return Facts(
        columns=2,
        items=(
            Fact(label="信访事项", value=f"{line.now.matters}个（其中初次{line.now.first}个），第{line.rank}位"),
            Fact(label="上年同期", value=f"{line.past.matters}个（{line.change_words}）"),
            Fact(label="占全部事项", value=f"{line.share_words}（{line.now.matters} / {line.whole}）"),
            Fact(label="事项数的95%区间", value=spread),
            Fact(label="信访件", value=f"{line.now.petitions}件（上年同期{line.past.petitions}件）"),
            Fact(label="涉及人数", value=f"{line.now.people}人（上年同期{line.past.people}人）"),
            Fact(label="集体访", value=f"{line.now.group_visits}批（上年同期{line.past.group_visits}批）"),
            Fact(label="承办单位", value="、".join(names.get(code, code) for code in line.now.units)),
            Fact(label="热点标准", value=line.rule.words, wide=True),
        ),
    )


def _petitions(request: HttpRequest, shown: Tally, by: Staff) -> DataTable:
    rows = Petition.objects.visible_to(by).filter(pk__in=shown.petition_ids).by_day()
    page = Paginator(rows.defer("grams", "searchable", "content"), PAGE_SIZE).get_page(request.GET.get("page"))
    return DataTable(
        caption="信访件",
        columns=(
            Column(label="编号", width="fit"),
            Column(label="收件日期", width="fit"),
            Column(label="形式", width="fit", phone="hide"),
            Column(label="概况", width="wide"),
            Column(label="状态", width="fit"),
        ),
        rows=tuple(
            Row(
                href=reverse("petition", args=[row.pk]),
                cells=(
                    Cell(text=row.number),
                    Cell(text=day_words(row.received_on)),
                    Cell(text=Channel(row.channel).label),
                    Cell(text=row.summary),
                    Cell(text=State(row.state).label),
                ),
            )
            for row in page.object_list
        ),
        empty=EmptyState(title="没有可以打开的信访件"),
        pagination=pagination_of(request, page),
    )
