"""承办单位评价: every unit of a period beside the others, one unit with what is behind its numbers, its dossier."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.county.analysis import scorecards
from huiyin.county.analysis.scorecard_rules import SENTENCES, Board, Compared, Item, Measure, Scorecard, Standing
from huiyin.county.assignment.states import ObjectionState
from huiyin.county.document.models import Document
from huiyin.county.document.rules import may_write
from huiyin.county.document.states import DocumentKind
from huiyin.county.office.models import Unit
from huiyin.county.registry.models import Petition
from huiyin.documents.dossiers import write_dossier
from huiyin.interfaces import submissions
from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.links import ButtonForm, Chips, Crumb, Hidden, Tabs
from huiyin.interfaces.components.numbers import Stat, StatStrip
from huiyin.interfaces.components.petitions import Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.percent import percent_words

from .access import OFFICE_READERS, needs, staff_of
from .analysis_tabs import analysis_tabs
from .period_choice import PeriodChoice, SpanForm, period_choice

TONES: dict[Standing, Tone] = {Standing.BETTER: "good", Standing.WORSE: "warn"}
# In a narrow column; the page says above it that what is too few is not compared.
BRIEFLY: dict[Standing, str] = {Standing.TOO_FEW: "太少"}
DOSSIERS_SHOWN = 10
PERIOD_NAMES = ("year", "quarter", "month", "first", "last", "at")


@dataclass(frozen=True, slots=True)
class UnitScoresScreen:
    """Every unit of a period."""

    lead: str
    tabs: Tabs
    choices: tuple[Chips, ...]
    form: SpanForm
    action: str
    fault: str
    table: DataTable
    meanings: Facts


@dataclass(frozen=True, slots=True)
class ItemList:
    """What stands behind one number."""

    title: str
    table: DataTable


@dataclass(frozen=True, slots=True)
class UnitScoreScreen:
    """One unit of a period."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    choices: tuple[Chips, ...]
    write: ButtonForm | None
    strip: StatStrip
    shares: DataTable
    lists: tuple[ItemList, ...]
    dossiers: DataTable
    recommendations_href: str


@needs(OFFICE_READERS)
@require_safe
def unit_scores(request: HttpRequest) -> HttpResponse:
    """承办单位评价 of a period, as of a moment; the units stand in their own order and have no rank."""
    now = timezone.now()
    choice = period_choice(request.GET, now=now)
    found = scorecards.board(choice.period, at=choice.at)
    screen = UnitScoresScreen(
        lead=f"{choice.period.label}；数据截至 {moment_words(choice.at)}。不含检举控告件；不排名，数量太少的不比较。",
        tabs=analysis_tabs("unit_scores"),
        choices=choice.chips(today=local_day(now)),
        form=choice.form,
        action=request.path,
        fault=choice.fault,
        table=_table(found, choice),
        meanings=Facts(columns=1, items=tuple(Fact(label=one.label, value=SENTENCES[one]) for one in Measure)),
    )
    return render(request, "unit_scores.html", {"screen": screen})


def _table(found: Board, choice: PeriodChoice) -> DataTable:
    rows = [_row(found, card, choice) for card in found.cards]
    if found.cards:
        rows.append(_total(found))
    return DataTable(
        id="units",
        caption="承办单位",
        phone="scroll",
        columns=(
            Column(label="单位", width="fit"),
            Column(label="交办转送", align="end", width="fit"),
            *(Column(label=measure.label, align="end") for measure in Measure),
            Column(label="催办", align="end", width="fit"),
            Column(label="督办函及以上", align="end", width="fit"),
            Column(label="现有逾期", align="end", width="fit"),
        ),
        rows=tuple(rows),
        empty=EmptyState(title="本期没有交办件", words="换一个期间看看。"),
    )


def _row(found: Board, card: Scorecard, choice: PeriodChoice) -> Row:
    every = sum(len(items) for items in card.steps.values())
    return Row(
        href=f"{reverse('unit_score', args=[card.unit_code])}?{choice.query}",
        cells=(
            Cell(text=card.unit_name),
            Cell(text=str(len(card.given))),
            *(_share(one) for one in found.of_unit(card.unit_code)),
            Cell(text=str(every - card.grave_steps)),
            Cell(text=str(card.grave_steps)),
            Cell(text=str(len(card.overdue))),
        ),
    )


def _share(one: Compared) -> Cell:
    if one.standing is Standing.NOTHING:
        return Cell(text="—")
    told = "" if one.standing is Standing.ALIKE else f"；{BRIEFLY.get(one.standing, one.standing.label)}"
    return Cell(text=one.share.percent, sub=f"{one.share.part} / {one.share.whole}{told}")


def _total(found: Board) -> Row:
    totals = [found.total(measure) for measure in Measure]
    grave = sum(card.grave_steps for card in found.cards)
    every = sum(len(items) for card in found.cards for items in card.steps.values())
    return Row(
        tone="info",
        cells=(
            Cell(text="全部单位"),
            Cell(text=str(sum(len(card.given) for card in found.cards))),
            *(Cell(text=percent_words(part, whole), sub=f"{part} / {whole}") for part, whole in totals),
            Cell(text=str(every - grave)),
            Cell(text=str(grave)),
            Cell(text=str(sum(len(card.overdue) for card in found.cards))),
        ),
    )


@needs(OFFICE_READERS)
@require_safe
def unit_score(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: its shares beside the others', and the petitions behind each number that the reader may see."""
    by, now = staff_of(request), timezone.now()
    choice = period_choice(request.GET, now=now)
    board, card = scorecards.scorecard(code, choice.period, at=choice.at)
    known = Petition.objects.visible_to(by).filter(pk__in=card.petition_ids).values_list("pk", flat=True)
    screen = UnitScoreScreen(
        title=f"{card.unit_name}：办理情况",
        lead=f"{choice.period.label}；数据截至 {moment_words(choice.at)}。不含检举控告件。",
        crumbs=(Crumb(label="承办单位", href=f"{reverse('unit_scores')}?{choice.query}"),),
        choices=choice.chips(today=local_day(now)),
        write=_write_button(request, code, choice, by),
        strip=_strip(card),
        shares=_shares(board, card),
        lists=tuple(_lists(card, set(known))),
        dossiers=_dossiers(code, by),
        recommendations_href=f"{reverse('recommendations')}?unit={code}",
    )
    return render(request, "unit_score.html", {"screen": screen})


def _write_button(request: HttpRequest, code: str, choice: PeriodChoice, by: Staff) -> ButtonForm | None:
    if not may_write(by):
        return None
    asked = {name: request.GET[name] for name in PERIOD_NAMES if request.GET.get(name)}
    if not set(asked) - {"at"}:
        asked["year"] = str(choice.period.first.year)
    return ButtonForm(
        label="制作评议材料",
        action=reverse("unit_dossier", args=[code]),
        kind="primary",
        icon="file",
        hidden=tuple(Hidden(name=name, value=value) for name, value in asked.items()),
    )


def _strip(card: Scorecard) -> StatStrip:
    objections = {state: len(card.objections[state.value]) for state in ObjectionState}
    return StatStrip(
        label="办理情况",
        items=(
            Stat(label="交办转送", value=len(card.given)),
            *(Stat(label=level.label, value=len(items), unit="次") for level, items in card.steps.items() if items),
            *(
                Stat(label=f"异议（{state.label}）", value=count, unit="次")
                for state, count in objections.items()
                if count
            ),
            Stat(label="现有逾期", value=len(card.overdue), tone="bad"),
        ),
    )


def _shares(board: Board, card: Scorecard) -> DataTable:
    return DataTable(
        caption="各项指标",
        columns=(
            Column(label="指标"),
            Column(label="本单位", align="end", width="fit"),
            Column(label="95%区间", align="end", width="fit", phone="hide"),
            Column(label="其他单位", align="end", width="fit"),
            Column(label="比较", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.share.measure.label, sub=SENTENCES[one.share.measure]),
                    Cell(text=one.share.percent, sub=f"{one.share.part} / {one.share.whole}"),
                    Cell(text=one.share.interval_words),
                    Cell(text=one.others_percent, sub=f"{one.others_part} / {one.others_whole}"),
                    Cell(component=StateBadge(label=one.standing.label, tone=TONES.get(one.standing, "plain"))),
                )
            )
            for one in board.of_unit(card.unit_code)
        ),
    )


def _lists(card: Scorecard, known: set[int]) -> Iterator[ItemList]:
    """Yield what is behind the numbers: of a share, what speaks for or against the unit most shortly."""
    lists: list[tuple[str, Iterable[Item]]] = [("现有逾期", card.overdue)]
    on_time = card.shares[Measure.ON_TIME]
    lists.append(("没有按期反馈", sorted(set(on_time.items) - set(on_time.parts))))
    against = (Measure.RETURNED, Measure.OBJECTION_REFUSED, Measure.REPEATED, Measure.NEAR_COPY)
    lists += [(measure.label, card.shares[measure].parts) for measure in against]
    content = card.shares[Measure.SATISFIED]
    lists.append(("不满意", sorted(set(content.items) - set(content.parts))))
    lists += [(f"督办：{level.label}", items) for level, items in card.steps.items()]
    lists.append(("本期交办、转送", card.given))
    for title, items in lists:
        found = list(items)
        if found:
            yield ItemList(f"{title}（{len(found)}）", _items(title, found, known))


def _items(title: str, items: list[Item], known: set[int]) -> DataTable:
    return DataTable(
        caption=title,
        columns=(
            Column(label="信访编号"),
            Column(label="日期", width="fit"),
            Column(label="文号", phone="hide"),
            Column(label="说明"),
        ),
        rows=tuple(
            Row(
                href=reverse("petition", args=[item.petition_id]) if item.petition_id in known else "",
                cells=(
                    Cell(text=item.petition_number if item.petition_id in known else "（不列编号）"),
                    Cell(text=day_words(item.day)),
                    Cell(text=item.paper if item.petition_id in known else ""),
                    Cell(text=item.note),
                ),
            )
            for item in items
        ),
    )


def _dossiers(code: str, by: Staff) -> DataTable:
    unit = Unit.objects.filter(code=code).values_list("pk", flat=True)
    rows = (
        Document.objects.visible_to(by).of_kind(DocumentKind.UNIT_DOSSIER).filter(subject="unit", subject_id__in=unit)
    )
    found = rows.select_related("written_by").defer("values").order_by("-pk")[:DOSSIERS_SHOWN]
    return DataTable(
        caption="评议材料",
        columns=(
            Column(label="文号"),
            Column(label="制作", width="fit"),
            Column(label="打印", width="fit"),
            Column(label="编辑", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=row.number),
                    Cell(text=moment_words(row.written_at), sub=row.written_by.name if row.written_by else ""),
                    Cell(text="PDF", href=reverse("document_pdf", args=[row.pk])),
                    Cell(text="Word", href=reverse("document_word", args=[row.pk])),
                )
            )
            for row in found
        ),
        empty=EmptyState(title="还没有制作评议材料"),
    )


@needs(OFFICE_READERS)
@require_POST
def unit_dossier(request: HttpRequest, code: str) -> HttpResponse:
    """制作评议材料: freeze the unit's card, once per form, and come back to the unit."""
    by, at = staff_of(request), timezone.now()
    choice = period_choice(request.POST, now=at)
    period = choice.period

    def act() -> dict[str, str | int | None]:
        return {"document": write_dossier(unit_code=code, period=period, as_of=choice.at, by=by, at=at).pk}

    sent = [code, period.first.isoformat(), period.last.isoformat(), choice.query]
    submissions.once(key=request.POST.get("form_token", ""), sent=sent, at=at, act=act)
    messages.success(request, "评议材料已制作")
    return redirect(f"{reverse('unit_score', args=[code])}?{choice.query}")
