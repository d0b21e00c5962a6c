"""Forms of the yearly plan."""

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.supervision.models import DirectorsMeeting, PlanItem, SupervisionPlan, TopicProposal
from huiyin.county.supervision.queries import standing
from huiyin.county.supervision.rules.plans import ItemEntry
from huiyin.county.supervision.states import ActivityKind, TopicSource

from .topic_proposals_forms import articles_of, offer, statutes

NO_TOPIC = ("", "不是来自议题建议")


class BeginForm(forms.Form):
    """编制年度计划."""

    year = forms.IntegerField(label="年度", min_value=2007, max_value=2199)
    change_words = forms.CharField(
        label="调整原因",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="这一年已有公布的计划时填写；从已公布的一版开始调整",
    )


class ItemForm(forms.Form):
    """计划项目."""

    proposal = forms.ChoiceField(label="议题建议", required=False, help_text="主任会议决定列入的")
    title = forms.CharField(label="项目名称", max_length=120, help_text="例如：《水法》实施情况执法检查")
    kind = forms.ChoiceField(label="监督方式", choices=ActivityKind.choices(), widget=forms.RadioSelect)
    source = forms.ChoiceField(label="来源", choices=TopicSource.choices(), initial=TopicSource.PETITIONS.value)
    statute = forms.ChoiceField(label="关联法律", required=False)
    articles = forms.CharField(label="条款", required=False, max_length=300, help_text="多条用顿号隔开")
    organiser = forms.CharField(label="组织实施单位", max_length=60)
    timing = forms.CharField(label="时间安排", max_length=100, help_text="例如：6月")
    note = forms.CharField(label="备注", required=False, max_length=500)

    def __init__(self, *args: object, year: int, besides: PlanItem | None = None, **options: object) -> None:
        """Offer the adopted topics that no plan has, with the one that this item has already."""
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own loose signature
        rows = list(standing.to_be_planned(year=year))
        if besides is not None and besides.proposal is not None:
            rows.append(besides.proposal)
        offer(self, "proposal", [NO_TOPIC, *((str(one.pk), f"{one.number}　{one.title}") for one in rows)])
        offer(self, "statute", statutes())

    def entry(self) -> ItemEntry:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        return ItemEntry(
            title=values["title"],
            kind=ActivityKind(values["kind"]),
            source=TopicSource(values["source"]),
            organiser=values["organiser"],
            timing=values["timing"],
            proposal_id=int(values["proposal"]) if values["proposal"] else None,
            statute_code=values["statute"],
            articles=articles_of(values["articles"]),
            note=values["note"],
        )


def of_topic(row: TopicProposal) -> dict[str, object]:
    """Return what an item begins with that comes from a topic."""
    kind = ActivityKind(row.instrument)
    return {
        "proposal": str(row.pk),
        "title": f"{row.title}{kind.label}",
        "kind": row.instrument,
        "source": row.source,
        "statute": row.statute_code,
        "articles": "、".join(row.articles),
        "organiser": row.organiser,
        "timing": row.timing,
    }


def of_item(row: PlanItem) -> dict[str, object]:
    """Return what an item says now, for the form that changes it."""
    return {
        "proposal": str(row.proposal_id or ""),
        "title": row.title,
        "kind": row.kind,
        "source": row.source,
        "statute": row.statute_code,
        "articles": "、".join(row.articles),
        "organiser": row.organiser,
        "timing": row.timing,
        "note": row.note,
    }


class PublishForm(forms.Form):
    """公布年度计划: by which directors' meeting it was passed."""

    meeting = forms.ChoiceField(label="通过计划的主任会议")

    def __init__(self, *sent: object, row: SupervisionPlan, by: Staff, prefix: str) -> None:
        """Offer the latest meetings."""
        super().__init__(*sent, prefix=prefix)  # type: ignore[arg-type, misc]  # Django's own loose signature
        del row, by
        latest = DirectorsMeeting.objects.order_by("-held_on", "-pk")[:20]
        offer(self, "meeting", [(one.pk, f"{one}（{one.held_on}）") for one in latest])
