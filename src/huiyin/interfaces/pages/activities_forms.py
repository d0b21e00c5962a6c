"""Forms of activities: the scheme, the team, what a team brought home, what it looks into."""

from collections.abc import Iterable

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.office.models import Unit
from huiyin.county.registry.states import Channel
from huiyin.county.supervision.actions.letters import LetterEntry
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.models import PlanItem
from huiyin.county.supervision.queries import standing
from huiyin.county.supervision.rules.activities import MemberEntry, SchemeEntry
from huiyin.county.supervision.states import (
    ENDED,
    MAY_CARRY_FIELD_VISIT,
    ActivityKind,
    MemberBasis,
    Method,
    TeamRole,
)

from .receipt_forms import SCAN_HELP, day_input
from .topic_proposals_forms import articles_of, offer, statutes

NONE = ("", "—")
TEXT = {"rows": 4}


def units() -> list[tuple[str, str]]:
    """Return the units in use."""
    return list(Unit.objects.filter(is_active=True).order_by("pk").values_list("code", "name"))


class SchemeForm(forms.Form):
    """监督活动方案."""

    kind = forms.ChoiceField(label="监督方式", choices=ActivityKind.choices(), widget=forms.RadioSelect)
    item = forms.ChoiceField(label="年度计划项目", required=False, help_text="计划内的活动选择；计划外的写依据")
    ground = forms.CharField(
        label="计划外活动的依据", required=False, max_length=500, help_text="例如：第四十一次主任会议决定"
    )
    part_of = forms.ChoiceField(label="结合哪一项活动", required=False, help_text="视察可以结合专题审议等一并进行")
    title = forms.CharField(label="名称", max_length=120, help_text="例如：《水法》实施情况执法检查")
    organiser = forms.CharField(label="组织实施单位", max_length=60, help_text="专门委员会或工作机构")
    statute = forms.ChoiceField(label="关联法律", required=False, help_text="执法检查必选")
    articles = forms.CharField(label="条款", required=False, max_length=300, help_text="多条用顿号隔开")
    aim = forms.CharField(label="目的", max_length=1000, widget=forms.Textarea(attrs=TEXT))
    focus = forms.CharField(label="重点内容", max_length=2000, widget=forms.Textarea(attrs=TEXT))
    units = forms.MultipleChoiceField(label="受检（听取）单位", widget=forms.CheckboxSelectMultiple)
    methods = forms.MultipleChoiceField(label="活动方式", choices=Method.choices(), widget=forms.CheckboxSelectMultiple)
    starts_on = forms.DateField(label="开始日期", widget=day_input())
    ends_on = forms.DateField(label="结束日期", widget=day_input())
    agenda = forms.CharField(label="日程安排", max_length=2000, widget=forms.Textarea(attrs=TEXT))

    def __init__(self, *args: object, year: int, besides: Activity | None = None, **options: object) -> None:
        """Offer what the plan still holds, what carries a field visit, the laws and the units."""
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own loose signature
        items = list(standing.open_items(year=year))
        if besides is not None and besides.plan_item is not None:
            items.append(besides.plan_item)
        offer(self, "item", [NONE, *((str(one.pk), f"{one.title}（{one.timing}）") for one in items)])
        offer(self, "part_of", [NONE, *carriers(besides)])
        offer(self, "statute", statutes())
        offer(self, "units", units())
        if besides is not None:
            offer(self, "kind", [(besides.kind, ActivityKind(besides.kind).label)])

    def entry(self) -> SchemeEntry:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        return SchemeEntry(
            kind=ActivityKind(values["kind"]),
            title=values["title"],
            organiser=values["organiser"],
            aim=values["aim"],
            focus=values["focus"],
            methods=tuple(Method(code) for code in values["methods"]),
            agenda=values["agenda"],
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            unit_codes=tuple(values["units"]),
            plan_item_id=_number(values["item"]),
            ground=values["ground"],
            part_of_id=_number(values["part_of"]),
            statute_code=values["statute"],
            articles=articles_of(values["articles"]),
        )


def _number(written: str) -> int | None:
    return int(written) if written else None


def carriers(besides: Activity | None) -> Iterable[tuple[str, str]]:
    """Return the open activities that a field visit may be part of."""
    kinds, ended = [kind.value for kind in MAY_CARRY_FIELD_VISIT], [state.value for state in ENDED]
    rows = Activity.objects.filter(kind__in=kinds).exclude(state__in=ended)
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return [(str(one.pk), f"{one.number}　{one.title}") for one in rows.order_by("-pk")]


def of_item(item: PlanItem) -> dict[str, object]:
    """Return what a scheme begins with that carries an item of the plan out."""
    return {
        "item": str(item.pk),
        "kind": item.kind,
        "title": item.title,
        "organiser": item.organiser,
        "statute": item.statute_code,
        "articles": "、".join(item.articles),
        "focus": item.proposal.focus if item.proposal else "",
        "aim": item.proposal.reason if item.proposal else "",
    }


def of_activity(row: Activity) -> dict[str, object]:
    """Return what a scheme says now, for the form that changes it."""
    return {
        "kind": row.kind,
        "item": str(row.plan_item_id or ""),
        "ground": row.ground,
        "part_of": str(row.part_of_id or ""),
        "title": row.title,
        "organiser": row.organiser,
        "statute": row.statute_code,
        "articles": "、".join(row.articles),
        "aim": row.aim,
        "focus": row.focus,
        "units": list(row.units.values_list("unit__code", flat=True)),
        "methods": row.methods,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "agenda": row.agenda,
    }


class MemberForm(forms.Form):
    """组成人员."""

    name = forms.CharField(label="姓名", max_length=40)
    role = forms.ChoiceField(
        label="职责", choices=TeamRole.choices(), initial=TeamRole.MEMBER.value, widget=forms.RadioSelect
    )
    basis = forms.ChoiceField(label="身份", choices=MemberBasis.choices())
    organ = forms.CharField(label="所在单位", max_length=60)
    post = forms.CharField(label="职务", max_length=80)
    unit = forms.ChoiceField(label="所在单位在单位名单中", required=False, help_text="是名单中的单位就选上")
    staff = forms.ChoiceField(label="本系统账号", required=False, help_text="有账号的选上；组成人员不办理随行来信")
    former_posts = forms.CharField(label="原任职务申报", max_length=300, help_text="没有的填“无”")
    former_units = forms.MultipleChoiceField(label="曾任职的单位", required=False, widget=forms.CheckboxSelectMultiple)
    fairness_words = forms.CharField(
        label="不影响公正的说明", required=False, max_length=300, help_text="曾在受检单位任职的必填，否则应当回避"
    )

    def __init__(self, *sent: object, row: Activity, by: Staff, prefix: str) -> None:
        """Offer the units and the accounts of the office."""
        super().__init__(*sent, prefix=prefix)  # type: ignore[arg-type, misc]  # Django's own loose signature
        del row, by
        people = Staff.objects.filter(is_active=True, unit_code="").order_by("pk")
        offer(self, "unit", [NONE, *units()])
        offer(self, "former_units", units())
        offer(self, "staff", [NONE, *((str(one.pk), f"{one.name}（{one.role_labels}）") for one in people)])

    def entry(self) -> MemberEntry:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        return MemberEntry(
            name=values["name"],
            role=TeamRole(values["role"]),
            basis=MemberBasis(values["basis"]),
            post=values["post"],
            organ=values["organ"],
            former_posts=values["former_posts"],
            staff_id=_number(values["staff"]),
            unit_code=values["unit"],
            former_units=tuple(values["former_units"]),
            fairness_words=values["fairness_words"],
        )


class RecusalForm(forms.Form):
    """回避."""

    member = forms.ChoiceField(label="成员")
    reason = forms.CharField(label="回避原因", max_length=300)

    def __init__(self, *sent: object, row: Activity, by: Staff, prefix: str) -> None:
        """Offer whoever is in the team."""
        super().__init__(*sent, prefix=prefix)  # type: ignore[arg-type, misc]  # Django's own loose signature
        del by
        members = row.members.filter(recused_at=None).order_by("pk")
        offer(self, "member", [(one.pk, f"{one.name}　{one.organ}{one.post}") for one in members])


class ResolutionForm(forms.Form):
    """常委会决议."""

    resolution = forms.CharField(label="决议名称和文号", max_length=300)
    resolved_on = forms.DateField(label="决议日期", widget=day_input())


class SessionForm(forms.Form):
    """常委会会议审议."""

    session = forms.CharField(label="常委会会议", max_length=80, help_text="例如：第三十二次会议")
    held_on = forms.DateField(label="会议日期", widget=day_input())


class OutcomeForm(forms.Form):
    """办结."""

    outcome = forms.CharField(label="活动结果", max_length=2000, widget=forms.Textarea(attrs=TEXT))


class LetterForm(forms.Form):
    """随行来信来访."""

    channel = forms.ChoiceField(
        label="信访形式", choices=Channel.choices(), initial=Channel.LETTER.value, widget=forms.RadioSelect
    )
    received_on = forms.DateField(label="收到日期", widget=day_input(), help_text="组成人员收到的那天，期限从这天算起")
    handed_by = forms.CharField(label="交来的组成人员", max_length=40)
    sender = forms.CharField(label="来信人或来访人", max_length=60, required=False)
    head_count = forms.IntegerField(label="人数", min_value=1, max_value=9999, initial=1)
    note = forms.CharField(label="备注", max_length=200, required=False)
    scan = forms.FileField(label="信封扫描", required=False, help_text=SCAN_HELP)

    def entry(self) -> LetterEntry:
        """Return what was filled in, as the act takes it; the scan comes beside it."""
        values = self.cleaned_data
        return LetterEntry(
            channel=Channel(values["channel"]),
            received_on=values["received_on"],
            handed_by=values["handed_by"],
            sender=values["sender"],
            head_count=values["head_count"],
            note=values["note"],
        )

    def scanned(self) -> bytes:
        """Return the scan, nothing where there is none."""
        file = self.cleaned_data["scan"]
        return bytes(file.read()) if file else b""


class LinkForm(forms.Form):
    """关联信访件."""

    number = forms.CharField(label="信访件编号", max_length=60)
    reason = forms.CharField(label="关联理由", max_length=300)


class UnlinkForm(forms.Form):
    """解除关联."""

    link = forms.ChoiceField(label="关联的信访件")

    def __init__(self, *sent: object, row: Activity, by: Staff, prefix: str) -> None:
        """Offer what is linked and this person may see."""
        super().__init__(*sent, prefix=prefix)  # type: ignore[arg-type, misc]  # Django's own loose signature
        rows = standing.links_of(row, by=by)
        offer(self, "link", [(one.pk, f"{one}　{one.petition.number}") for one in rows])
