"""Forms of 审议意见: the opinion itself, the unit's answer, what the committee makes of it, and what follows."""

import re
from datetime import date

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.opinion_models import Opinion, OpinionItem
from huiyin.county.supervision.opinion_states import (
    WANTS_ANSWER,
    FollowUpKind,
    ItemKind,
    ItemResult,
    ResponseDecision,
)
from huiyin.county.supervision.queries.findings import list_of
from huiyin.county.supervision.rules.opinions import ItemEntry, OpinionEntry
from huiyin.county.supervision.rules.responses import (
    RATING_RULE,
    FollowUpEntry,
    ItemAnswer,
    RatingEntry,
    ResponseEntry,
    ReviewEntry,
)
from huiyin.kernel.refusal import Refusal

from .activities_forms import units
from .receipt_forms import day_input
from .topic_proposals_forms import offer

LONG, SHORT = {"rows": 6}, {"rows": 3}
DAY = re.compile(r"[｜|]\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\s*$")
LINES = "每行一条；要设期限的，在行末写竖线和日期，例如：公开水费标准｜2026-10-31"
WANTED = sorted(kind.value for kind in WANTS_ANSWER)


def item_of(line: str, kind: ItemKind) -> ItemEntry:
    """Return one item from the line that was written, with its day where it names one."""
    found = DAY.search(line)
    if found is None:
        return ItemEntry(kind, line.strip())
    try:
        day = date.fromisoformat(found[1])
    except ValueError as error:
        raise Refusal("opinion.bad_day", f"“{found[1]}”不是日期") from error
    return ItemEntry(kind, line[: found.start()].strip(), day)


def line_of(item: OpinionItem) -> str:
    """Return an item as the form shows it."""
    return f"{item.text}｜{item.due_on}" if item.due_on else item.text


class OpinionForm(forms.Form):
    """审议意见."""

    unit = forms.ChoiceField(label="研究处理的单位")
    overall = forms.CharField(label="总体评价", max_length=4000, widget=forms.Textarea(attrs=SHORT))
    problems = forms.CharField(label="主要问题", max_length=10000, widget=forms.Textarea(attrs=LONG), help_text=LINES)
    suggestions = forms.CharField(
        label="改进建议", max_length=10000, widget=forms.Textarea(attrs=LONG), help_text=LINES
    )
    answer_asked_on = forms.DateField(
        label="会议指定的反馈日期", required=False, widget=day_input(), help_text="没有指定的留空，按规则为三个月"
    )

    def __init__(self, *sent: object, activity: Activity, besides: Opinion | None = None, **options: object) -> None:
        """Offer the units, those of the activity first; of a draft that is changed only its own."""
        super().__init__(*sent, **options)  # type: ignore[arg-type]  # Django's own loose signature
        if besides is not None:
            offer(self, "unit", [(besides.unit.code, besides.unit.name)])
            return
        own = set(activity.units.values_list("unit__code", flat=True))
        offer(self, "unit", sorted(units(), key=lambda unit: unit[0] not in own))

    def entry(self) -> OpinionEntry:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        parts = (("problems", ItemKind.PROBLEM), ("suggestions", ItemKind.SUGGESTION))
        items = [ItemEntry(ItemKind.OVERALL, " ".join(values["overall"].split()))]
        for name, kind in parts:
            items += [item_of(line, kind) for line in values[name].splitlines() if line.strip()]
        return OpinionEntry(values["unit"], tuple(items), values["answer_asked_on"])


def blank_of(activity: Activity) -> dict[str, object]:
    """Return what a new opinion begins with: what the report says, and the findings of the list."""
    report = activity.reports.order_by("-version").first()
    return {
        "overall": report.evaluation if report else "",
        "problems": "\n".join(" ".join(line.fact.split()) for line in list_of(activity.pk)),
        "suggestions": report.suggestions if report else "",
    }


def of_opinion(row: Opinion) -> dict[str, object]:
    """Return what a draft says now, for the form that changes it."""
    items = list(row.items.order_by("position"))

    def lines(kind: ItemKind) -> str:
        return "\n".join(line_of(item) for item in items if item.kind == kind.value)

    return {
        "unit": row.unit.code,
        "overall": lines(ItemKind.OVERALL),
        "problems": lines(ItemKind.PROBLEM),
        "suggestions": lines(ItemKind.SUGGESTION),
        "answer_asked_on": row.answer_asked_on,
    }


class SendForm(forms.Form):
    """送交."""

    received_on = forms.DateField(label="单位收到日期", widget=day_input(), help_text="反馈期限从这天的次日起算")


class AnswerForm(forms.Form):
    """研究处理情况: one pair of fields for each item that wants an answer."""

    words = forms.CharField(label="总体情况", max_length=4000, widget=forms.Textarea(attrs=LONG))
    answered_on = forms.DateField(label="反馈日期", widget=day_input())
    signed_by = forms.CharField(label="签发的单位负责人", max_length=40)

    def __init__(self, *sent: object, row: Opinion, by: Staff, prefix: str) -> None:
        """Ask for what was done about each problem and each suggestion."""
        super().__init__(*sent, prefix=prefix)  # type: ignore[arg-type, misc]  # Django's own loose signature
        del by
        self.wanted = list(row.items.filter(kind__in=WANTED).order_by("position"))
        for item in self.wanted:
            self.fields[f"words_{item.pk}"] = forms.CharField(
                label=f"第{item.position}条办理情况",
                help_text=item.text,
                max_length=4000,
                widget=forms.Textarea(attrs=SHORT),
            )
            self.fields[f"result_{item.pk}"] = forms.ChoiceField(
                label=f"第{item.position}条进度", choices=ItemResult.choices(), widget=forms.RadioSelect
            )

    def entry(self) -> ResponseEntry:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        items = tuple(
            ItemAnswer(item.pk, ItemResult(values[f"result_{item.pk}"]), values[f"words_{item.pk}"])
            for item in self.wanted
        )
        return ResponseEntry(values["words"], values["signed_by"], values["answered_on"], items)


class ReviewForm(forms.Form):
    """审查."""

    decision = forms.ChoiceField(label="审查意见", choices=ResponseDecision.choices(), widget=forms.RadioSelect)
    words = forms.CharField(
        label="说明", required=False, max_length=1000, widget=forms.Textarea(attrs=SHORT), help_text="退回须写明原因"
    )
    return_due_on = forms.DateField(label="新的期限", required=False, widget=day_input(), help_text="退回时填写")

    def entry(self) -> ReviewEntry:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        return ReviewEntry(ResponseDecision(values["decision"]), values["words"], values["return_due_on"])


class RatingForm(forms.Form):
    """满意度测评: counts only; the result follows from the rule."""

    session = forms.CharField(label="常委会会议", max_length=80, help_text="例如：第三十五次会议")
    rated_on = forms.DateField(label="测评日期", widget=day_input())
    members = forms.IntegerField(label="组成人员人数", min_value=1, max_value=999)
    satisfied = forms.IntegerField(label="满意票", min_value=0, max_value=999)
    mostly = forms.IntegerField(label="基本满意票", min_value=0, max_value=999)
    dissatisfied = forms.IntegerField(label="不满意票", min_value=0, max_value=999, help_text=RATING_RULE)

    def entry(self) -> RatingEntry:
        """Return what was filled in, as the act takes it."""
        return RatingEntry(**self.cleaned_data)


class FollowUpForm(forms.Form):
    """跟踪监督."""

    kind = forms.ChoiceField(label="方式", choices=FollowUpKind.choices(), widget=forms.RadioSelect)
    held_on = forms.DateField(label="日期", widget=day_input())
    words = forms.CharField(label="内容", max_length=4000, widget=forms.Textarea(attrs=LONG))
    due_on = forms.DateField(label="报告执行情况的期限", required=False, widget=day_input(), help_text="决议必填")

    def entry(self) -> FollowUpEntry:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        return FollowUpEntry(FollowUpKind(values["kind"]), values["held_on"], values["words"], values["due_on"])


class OutcomeForm(forms.Form):
    """了结跟踪监督."""

    follow_up = forms.ChoiceField(label="哪一项")
    outcome = forms.CharField(label="结果", max_length=4000, widget=forms.Textarea(attrs=LONG))

    def __init__(self, *sent: object, row: Opinion, by: Staff, prefix: str) -> None:
        """Offer what is not concluded."""
        super().__init__(*sent, prefix=prefix)  # type: ignore[arg-type, misc]  # Django's own loose signature
        del by
        waiting = row.follow_ups.filter(concluded_at=None).order_by("pk")
        offer(self, "follow_up", [(str(one.pk), f"{one.held_on} {one}") for one in waiting])
