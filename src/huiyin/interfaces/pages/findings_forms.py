"""Forms of findings and of the report that rests on them."""

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.finding_models import Finding, InspectionReport
from huiyin.county.supervision.models import DirectorsMeeting
from huiyin.county.supervision.opinion_states import Severity
from huiyin.county.supervision.queries import findings as queries
from huiyin.county.supervision.rules.findings import FindingEntry
from huiyin.county.supervision.rules.reports import ReportEntry, Submission

from .activities_forms import units
from .receipt_forms import day_input
from .topic_proposals_forms import offer, statutes

LONG = {"rows": 6}
MEETINGS_OFFERED = 20


class FindingForm(forms.Form):
    """问题."""

    fact = forms.CharField(
        label="问题的事实",
        max_length=4000,
        widget=forms.Textarea(attrs=LONG),
        help_text="写检查组查明的事实；不写信访人的姓名、电话、编号，不照抄来信",
    )
    unit = forms.ChoiceField(label="所涉单位")
    severity = forms.ChoiceField(
        label="程度", choices=Severity.choices(), initial=Severity.SERIOUS.value, widget=forms.RadioSelect
    )
    statute = forms.ChoiceField(label="法律", required=False)
    article = forms.CharField(label="条款", required=False, max_length=60, help_text="例如：第五十五条")

    def __init__(self, *sent: object, activity: Activity, **options: object) -> None:
        """Offer the units, those of the activity first, and the laws."""
        super().__init__(*sent, **options)  # type: ignore[arg-type]  # Django's own loose signature
        own = set(activity.units.values_list("unit__code", flat=True))
        offer(self, "unit", sorted(units(), key=lambda unit: unit[0] not in own))
        offer(self, "statute", statutes())

    def entry(self) -> FindingEntry:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        return FindingEntry(
            fact=values["fact"],
            unit_code=values["unit"],
            severity=Severity(values["severity"]),
            statute_code=values["statute"],
            article=values["article"],
        )


def of_finding(row: Finding) -> dict[str, object]:
    """Return what a finding says now, for the form that changes it."""
    return {
        "fact": row.fact,
        "unit": row.unit.code,
        "severity": row.severity,
        "statute": row.statute_code,
        "article": row.article,
    }


class LinkForm(forms.Form):
    """关联信访事项."""

    number = forms.CharField(label="信访件编号", max_length=60, help_text="填该事项中任一件的编号")


class UnlinkForm(forms.Form):
    """取消关联."""

    matter = forms.ChoiceField(label="信访事项")

    def __init__(self, *sent: object, row: Finding, by: Staff, prefix: str) -> None:
        """Offer the matters behind the finding, as far as this person may see them."""
        super().__init__(*sent, prefix=prefix)  # type: ignore[arg-type, misc]  # Django's own loose signature
        found = queries.matters_of(row.pk, by=by)
        offer(self, "matter", [(str(one.matter_id), matter_words(one)) for one in found])


def matter_words(one: queries.LinkedMatter) -> str:
    """Return a linked matter in one line."""
    numbers = "、".join(number for _, number in one.petitions) or "编号您无权查看"
    return f"{numbers}（{one.category}，{one.place}）"


class PlaceForm(forms.Form):
    """排序: where the finding stands on the list."""

    place = forms.IntegerField(label="排在第几条", min_value=1)


class ViewForm(forms.Form):
    """单位意见."""

    view = forms.CharField(
        label="单位意见", max_length=2000, widget=forms.Textarea(attrs=LONG), help_text="没有意见的写“无意见”"
    )


class WithdrawalForm(forms.Form):
    """去掉问题."""

    reason = forms.CharField(label="去掉的原因", max_length=300)


class ReportForm(forms.Form):
    """检查报告."""

    evaluation = forms.CharField(label="实施情况评价", max_length=10000, widget=forms.Textarea(attrs=LONG))
    problems = forms.CharField(
        label="存在的问题", max_length=10000, widget=forms.Textarea(attrs=LONG), help_text="问题清单自动附在后面"
    )
    suggestions = forms.CharField(label="改进建议", max_length=10000, widget=forms.Textarea(attrs=LONG))
    law_suggestions = forms.CharField(
        label="对法律法规的修改完善建议", required=False, max_length=10000, widget=forms.Textarea(attrs=LONG)
    )

    def entry(self) -> ReportEntry:
        """Return what was filled in, as the act takes it."""
        return ReportEntry(**self.cleaned_data)


class SubmissionForm(forms.Form):
    """提请审议."""

    meeting = forms.ChoiceField(label="决定提请的主任会议")
    session = forms.CharField(label="常委会会议", max_length=80, help_text="例如：第三十二次会议")
    session_on = forms.DateField(label="会议日期", widget=day_input())

    def __init__(self, *sent: object, row: InspectionReport, by: Staff, prefix: str) -> None:
        """Offer the latest directors' meetings."""
        super().__init__(*sent, prefix=prefix)  # type: ignore[arg-type, misc]  # Django's own loose signature
        del row, by
        meetings = DirectorsMeeting.objects.order_by("-held_on", "-pk")[:MEETINGS_OFFERED]
        offer(self, "meeting", [(str(one.pk), f"{one}（{one.held_on}）") for one in meetings])

    def entry(self) -> Submission:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        return Submission(int(values["meeting"]), values["session"], values["session_on"])
