"""Forms of topic proposals and of what the directors decide on them."""

from collections.abc import Sequence
from datetime import date

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.analysis import hotspots
from huiyin.county.analysis.hotspot_states import HotspotKind
from huiyin.county.supervision.models import DirectorsMeeting, TopicProposal
from huiyin.county.supervision.queries import evidence, standing
from huiyin.county.supervision.rules.proposals import DecisionEntry, MeetingEntry, ProposalEntry
from huiyin.county.supervision.states import ActivityKind, Decision, Dimension, TopicSource
from huiyin.kernel.periods import Period
from huiyin.platform.statutes.models import Statute

from .receipt_forms import day_input, lines_of

NO_STATUTE = ("", "不涉及")
SEPARATORS = str.maketrans({"，": "、", ",": "、", " ": "、", "；": "、"})
# The hotspots gather petitions by the second level of the classes.
CATEGORY_DIGITS = hotspots.CATEGORY_DIGITS
TEXT = {"rows": 4}


def offer(form: forms.Form, name: str, choices: Sequence[tuple[object, object]]) -> None:
    """Offer what can be chosen now in a field of a form."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def statutes() -> list[tuple[str, str]]:
    """Return the laws that can be chosen, and none."""
    return [NO_STATUTE, *Statute.objects.order_by("title").values_list("code", "title")]


def topics() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a topic can be about, by what its petitions have in common."""
    labels = hotspots.names_of().labels
    found = []
    for dimension in (Dimension.TAG, Dimension.CATEGORY, Dimension.PLACE, Dimension.UNIT):
        names = labels[HotspotKind(dimension.value)]
        if dimension is Dimension.CATEGORY:
            names = {code: name for code, name in names.items() if len(code) == CATEGORY_DIGITS}
        found.append((dimension.label, [(f"{dimension.value}:{code}", name) for code, name in names.items()]))
    return found


def articles_of(text: str) -> tuple[str, ...]:
    """Return the articles that were written one after the other: 第四十九条、第五十五条."""
    return tuple(one for one in text.translate(SEPARATORS).split("、") if one)


class ProposalForm(forms.Form):
    """议题建议."""

    title = forms.CharField(label="题目", max_length=120, help_text="例如：农业水费收缴")
    topic = forms.ChoiceField(label="专题", help_text="按哪一类信访统计，与“热点”一致")
    first = forms.DateField(label="统计期间自", widget=day_input())
    last = forms.DateField(label="统计期间至", widget=day_input())
    numbers = forms.CharField(
        label="只列这些信访件",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一个编号；不填就统计该期间这一专题的全部信访件",
    )
    source = forms.ChoiceField(
        label="议题来源", choices=TopicSource.choices(), initial=TopicSource.PETITIONS.value, help_text="监督法第十二条"
    )
    instrument = forms.ChoiceField(label="建议的监督方式", choices=ActivityKind.choices(), widget=forms.RadioSelect)
    statute = forms.ChoiceField(label="关联法律", required=False, help_text="建议执法检查的必选")
    articles = forms.CharField(label="条款", required=False, max_length=300, help_text="多条用顿号隔开")
    reason = forms.CharField(label="理由", max_length=2000, widget=forms.Textarea(attrs=TEXT))
    focus = forms.CharField(label="重点内容", max_length=1000, widget=forms.Textarea(attrs=TEXT))
    timing = forms.CharField(label="建议时间", max_length=100, help_text="例如：6月")
    organiser = forms.CharField(label="组织实施单位", max_length=60, help_text="专门委员会或工作机构")

    def __init__(self, *args: object, **options: object) -> None:
        """Offer the topics and the laws that there are."""
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own loose signature
        offer(self, "topic", topics())
        offer(self, "statute", statutes())

    def entry(self) -> ProposalEntry:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        dimension, _, key = values["topic"].partition(":")
        return ProposalEntry(
            title=values["title"],
            dimension=Dimension(dimension),
            key=key,
            window_first_on=values["first"],
            window_last_on=values["last"],
            source=TopicSource(values["source"]),
            instrument=ActivityKind(values["instrument"]),
            reason=values["reason"],
            focus=values["focus"],
            timing=values["timing"],
            organiser=values["organiser"],
            statute_code=values["statute"],
            articles=articles_of(values["articles"]),
            numbers=lines_of(values["numbers"]),
        )


def initial_of(row: TopicProposal, *, by: Staff) -> dict[str, object]:
    """Return what a draft says now, for the form that changes it; of chosen petitions those that its writer may see."""
    told = evidence.shown(row, by=by)
    chosen = [line.number for line in told.lines] if told.is_chosen else []
    return {
        "title": row.title,
        "topic": f"{row.dimension}:{row.key}",
        "first": row.window_first_on,
        "last": row.window_last_on,
        "numbers": "\n".join(chosen),
        "source": row.source,
        "instrument": row.instrument,
        "statute": row.statute_code,
        "articles": "、".join(row.articles),
        "reason": row.reason,
        "focus": row.focus,
        "timing": row.timing,
        "organiser": row.organiser,
    }


def blank_of(asked: dict[str, str], *, window: Period) -> dict[str, object]:
    """Return what a new proposal begins with: the hotspot and the window it was opened from, else this year's."""
    first, last = day_of(asked.get("first", "")), day_of(asked.get("last", ""))
    return {"topic": asked.get("topic", ""), "first": first or window.first, "last": last or window.last}


class WordsForm(forms.Form):
    """A step that must be explained."""

    words = forms.CharField(label="说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class MeetingForm(forms.Form):
    """主任会议."""

    ordinal = forms.IntegerField(label="第几次", min_value=1, max_value=999)
    held_on = forms.DateField(label="日期", widget=day_input())
    chair = forms.CharField(label="主持人", max_length=40)
    agenda = forms.CharField(label="议程", max_length=2000, widget=forms.Textarea(attrs=TEXT))

    def entry(self) -> MeetingEntry:
        """Return what was filled in, as the act takes it."""
        return MeetingEntry(**self.cleaned_data)


class DecisionForm(forms.Form):
    """主任会议对一项议题建议的决定."""

    proposal = forms.ChoiceField(label="议题建议")
    decision = forms.ChoiceField(label="决定", choices=Decision.choices(), widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="除“列入”外必填",
    )
    committee = forms.CharField(label="专门委员会", required=False, max_length=60, help_text="转专委会的填写")

    def __init__(self, *sent: object, row: DirectorsMeeting, by: Staff, prefix: str) -> None:
        """Offer the proposals that lay before this meeting."""
        super().__init__(*sent, prefix=prefix)  # type: ignore[arg-type, misc]  # Django's own loose signature
        del by
        offer(self, "proposal", before(row))

    def entry(self) -> DecisionEntry:
        """Return what was decided, as the act takes it."""
        values = self.cleaned_data
        return DecisionEntry(Decision(values["decision"]), values["reason"], values["committee"])


def before(meeting: DirectorsMeeting) -> list[tuple[int, str]]:
    """Return the proposals on which a meeting can still decide."""
    waiting = standing.before_directors().exclude(decisions__meeting=meeting)
    return [(one.pk, f"{one.number}　{one.title}") for one in waiting]


def day_of(text: str) -> date | None:
    """Return a day from an address, or None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
