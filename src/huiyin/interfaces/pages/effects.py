"""成效: the list of activities whose answer was accepted, and the page of one with its windows side by side."""

from datetime import date, datetime

from django import forms
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.county.supervision.actions import effects as actions
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.effect_models import EffectRecord
from huiyin.county.supervision.opinion_models import Opinion
from huiyin.county.supervision.opinion_states import OpinionState
from huiyin.county.supervision.queries import effects as queries
from huiyin.county.supervision.queries.effects import Standing, Topic
from huiyin.county.supervision.rules import effects as rules
from huiyin.county.supervision.rules.effects import COUNTED, may_conclude
from huiyin.county.supervision.states import ActivityKind, Dimension
from huiyin.interfaces.components.contract import Component, Tone
from huiyin.interfaces.components.links import Button, Crumb
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.periods import Period
from huiyin.kernel.windows import Change

from .access import OFFICE_READERS, needs, staff_of
from .activities_badge import badge_of
from .paging import pagination_of
from .section import Section
from .supervision_page import ListScreen, RecordScreen, Step, steps_of, taken
from .supervision_tabs import supervision_tabs
from .topic_proposals_forms import offer

PAGE_SIZE = 50
NO_CAUSE = "只作前后对照，不说明原因。"
TONES: dict[Change, Tone] = {Change.FEWER: "good", Change.MORE: "bad"}


class EffectForm(forms.Form):
    """登记成效: which topic and which length."""

    which = forms.ChoiceField(label="对比范围和期限")

    def __init__(self, *sent: object, row: Activity, by: Staff, prefix: str) -> None:
        """Offer every window that is over and was not concluded."""
        super().__init__(*sent, prefix=prefix)  # type: ignore[arg-type, misc]  # Django's own loose signature
        del by
        waiting = queries.to_conclude(row, today=local_day(timezone.now()))
        offer(self, "which", [(code_of(topic, months), f"{topic.label}　{months}个月") for topic, months in waiting])

    def asked(self) -> tuple[Dimension, str, int]:
        """Return what was chosen."""
        dimension, months, key = str(self.cleaned_data["which"]).split(":", 2)
        return Dimension(dimension), key, int(months)


def code_of(topic: Topic, months: int) -> str:
    """Return a topic and a length as the form names them."""
    return f"{topic.dimension.value}:{months}:{topic.key}"


def concluded(row: Activity, form: EffectForm, by: Staff, at: datetime) -> EffectRecord:
    """Carry out what the form asks for."""
    dimension, key, months = form.asked()
    return actions.conclude(activity_id=row.pk, dimension=dimension, key=key, months=months, by=by, at=at)


def is_measurable(row: Activity) -> bool:
    """Whether an answer was accepted, so that there is something to count from."""
    return row.opinions.filter(state=OpinionState.ACCEPTED.value).exists()


STEPS: dict[str, Step[Activity]] = {
    "conclude": Step(
        title="登记成效",
        submit="登记",
        form=EffectForm,
        offered=lambda row, by: may_conclude(by) and bool(queries.to_conclude(row, today=local_day(timezone.now()))),
        act=lambda sent: concluded(sent.row, sent.form, sent.by, sent.at),
        done="成效已登记",
        lead="登记时再统计一次并固定数字，以后不再改动。期限届满的才能登记。",
    ),
}


@needs(OFFICE_READERS)
@require_safe
def effects(request: HttpRequest) -> HttpResponse:
    """成效: the activities whose answer was accepted, the latest first, with what was concluded on each."""
    accepted = Opinion.objects.filter(activity=OuterRef("pk"), state=OpinionState.ACCEPTED.value)
    rows = Activity.objects.filter(Exists(accepted)).prefetch_related("effects").order_by("-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    table = DataTable(
        caption="成效",
        columns=(
            Column(label="活动", width="wide"),
            Column(label="方式", width="fit"),
            Column(label="已登记的成效", width="wide"),
            Column(label="状态", width="fit"),
        ),
        rows=tuple(
            Row(
                href=reverse("effect", args=[row.pk]),
                cells=(
                    Cell(text=row.title, sub=row.number),
                    Cell(text=ActivityKind(row.kind).label),
                    Cell(text="；".join(record_words(one) for one in row.effects.all()) or "还没有登记"),
                    Cell(component=badge_of(row)),
                ),
            )
            for row in page.object_list
        ),
        empty=EmptyState(title="还没有可以对比的活动", words="审议意见的研究处理情况审查认可以后，才对比成效。"),
        pagination=pagination_of(request, page, unit="项"),
    )
    screen = ListScreen(
        title="成效",
        lead=f"活动开始前和研究处理情况认可后，同样长的期限内，同一类信访各有多少。{NO_CAUSE}",
        tabs=supervision_tabs("effects"),
        new=None,
        tables=(("成效", table),),
    )
    return render(request, "supervision_list.html", {"screen": screen})


def record_words(record: EffectRecord) -> str:
    """Return a record in one line: the numbers beside each other."""
    after, before = record.after["first_matters"], record.before["first_matters"]
    return f"{record.key_label}{record.months}个月：之后{after}件，之前{before}件"


def found(activity_id: int) -> Activity:
    """Return an activity with its topic, or nothing is there."""
    row = Activity.objects.select_related("plan_item__proposal").filter(pk=activity_id).first()
    if row is None:
        raise Http404
    return row


@needs(OFFICE_READERS)
@require_safe
def effect(request: HttpRequest, activity_id: int) -> HttpResponse:
    """成效: of one activity."""
    return _page(request, found(activity_id), None, 200)


@needs(OFFICE_READERS)
@require_POST
def effect_step(request: HttpRequest, activity_id: int, name: str) -> HttpResponse:
    """办理一步."""
    home = reverse("effect", args=[activity_id])
    return taken(request, STEPS, name, found(activity_id), page=_page, home=home)


def _page(request: HttpRequest, row: Activity, refused: tuple[str, forms.Form] | None, status: int) -> HttpResponse:
    standings = queries.standings(row, at=timezone.now())
    alert = Alert(kind="info", words="研究处理情况审查认可以后，才对比成效。")
    screen = RecordScreen(
        title=f"成效：{row.title}",
        number=row.number,
        lead=NO_CAUSE,
        badge=badge_of(row),
        crumbs=(
            Crumb(label="成效", href=reverse("effects")),
            Crumb(label=row.title, href=reverse("activity", args=[row.pk])),
        ),
        buttons=(),
        alerts=() if standings else (alert,),
        steps=steps_of(STEPS, row, staff_of(request), route="effect_step", refused=refused),
        sections=effect_sections(standings),
    )
    return render(request, "supervision_record.html", {"screen": screen}, status=status)


def effect_sections(standings: tuple[Standing, ...]) -> tuple[Section, ...]:
    """Return a block for each topic, its windows one below the other."""
    topics = dict.fromkeys(one.topic for one in standings)
    return tuple(
        Section(
            f"{topic.label}（{topic.dimension.label}）",
            tuple(part for one in standings if one.topic == topic for part in parts_of(one)),
        )
        for topic in topics
    )


def parts_of(one: Standing) -> tuple[Component, ...]:
    """Return one length of one topic: its numbers and what they can tell, or when they will be there."""
    if one.effect is None:
        until, ready = show_day(one.windows.after.last), show_day(one.windows.complete_on)
        words = f"{one.months}个月：之后的期限到{until}届满，{ready}起可以对比。"
        return (Alert(kind="info", words=words),)
    effect = one.effect
    before, after = one.windows.before, one.windows.after
    marks = f"{moment_words(one.record.concluded_at)}登记，数字已固定" if one.record else "未登记，按现在的登记情况统计"
    badge = StateBadge(label=effect.change.label, tone=TONES.get(effect.change, "plain"))
    told = "。".join(words for words in (rules.reading(effect), rules.share_reading(effect)) if words)
    facts = (
        Fact(label="期间", value=f"{span_words('之前', before)}；{span_words('之后', after)}", wide=True),
        Fact(label="初次信访事项", component=badge),
        Fact(label="登记", value=marks),
        Fact(label="数字", value=rules.sentence(effect), wide=True),
        Fact(label="能说明什么", value=f"{told}。", wide=True),
    )
    return (_table(one), Facts(items=facts))


def _table(one: Standing) -> DataTable:
    effect, windows = one.effect, one.windows
    assert effect is not None
    before, after = windows.before, windows.after
    placed = (
        ("之前", effect.before, petitions_href(one.topic, before)),
        ("之后", effect.after, petitions_href(one.topic, after)),
        ("全县之前", effect.all_before, every_href(before)),
        ("全县之后", effect.all_after, every_href(after)),
    )
    return DataTable(
        caption=f"{one.months}个月对比",
        caption_visible=True,
        columns=(
            Column(label="统计项"),
            *(Column(label=words, align="end") for words, _, _ in placed),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=label),
                    *(Cell(text=f"{getattr(counts, name)}{unit}", href=href) for _, counts, href in placed),
                )
            )
            for name, label, unit in COUNTED
        ),
    )


def span_words(words: str, span: Period) -> str:
    """Return a window with its days."""
    return f"{words} {day_words(span.first)} 至 {day_words(span.last)}（{span.days}天）"


def every_href(span: Period) -> str:
    """Return where all petitions of a span are listed, for whoever may see them."""
    return f"{reverse('petitions')}?{urlencode({'first': span.first.isoformat(), 'last': span.last.isoformat()})}"


def petitions_href(topic: Topic, span: Period) -> str:
    """Return where the petitions of a topic in a span are listed, for whoever may see them."""
    asked = {
        "by": topic.dimension.value,
        "key": topic.key,
        "first": span.first.isoformat(),
        "last": span.last.isoformat(),
    }
    return f"{reverse('topic_petitions')}?{urlencode(asked)}"


def effects_section(row: Activity, by: Staff, today: date) -> Section | None:
    """成效 on the activity's page: the way to it once an answer was accepted, and what was concluded."""
    del by, today
    if not is_measurable(row):
        return None
    records = "；".join(record_words(one) for one in row.effects.order_by("pk")) or "还没有登记"
    button = Button(label="成效对比", href=reverse("effect", args=[row.pk]), icon="chart")
    return Section("成效", (Facts(items=(Fact(label="已登记", value=records, wide=True),)), button), lead=NO_CAUSE)
