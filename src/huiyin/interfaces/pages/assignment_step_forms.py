"""Forms of the steps after a decision: 审批拟办, 会办, 改定主办, 撤回, 回执, 审核, 退回, and 拆分 before it."""

from typing import Any

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.assignment.queries.choices import Choice, assignments_in, pending_proposal, units_for
from huiyin.county.assignment.rules.dispositions import CoHandler
from huiyin.county.assignment.rules.splits import SplitEntry
from huiyin.county.assignment.states import AssignmentState, DispatchMethod, DispositionKind, ReturnReason
from huiyin.county.office.models import Unit
from huiyin.county.registry.models import Petition
from huiyin.county.registry.secrecy import AccusedEntry

from .disposition_forms import LINES, chosen_from
from .petition_forms import approvers, text_area
from .receipt_forms import day_input

WORKING = (AssignmentState.ISSUED, AssignmentState.SIGNED)


class ApproveForm(forms.Form):
    """批准办理."""

    words = forms.CharField(label="审批意见", required=False, max_length=500, widget=text_area(LINES))

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Ask for the second reader's own note where the petition is to be filed."""
        del by
        super().__init__(*args, **options)
        proposal = pending_proposal(petition)
        if proposal is not None and proposal.kind == DispositionKind.FILED.value:
            self.fields["words"].label = "第二人阅信意见"
            self.fields["words"].required = True


class SendBackForm(forms.Form):
    """退回重拟."""

    words = forms.CharField(label="退回意见", max_length=500, widget=text_area(LINES))


class AssignmentChoiceForm(forms.Form):
    """A step about one of a petition's assignments."""

    assignment = forms.ChoiceField(label="承办单位")

    def choose_from(self, choices: tuple[Choice, ...]) -> None:
        """Offer the assignments; where there is but one, it is chosen."""
        field = self.fields["assignment"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, one.label) for one in choices]


class WithdrawForm(AssignmentChoiceForm):
    """撤回."""

    reason = forms.CharField(label="撤回原因", max_length=200)

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer what is not reported on yet."""
        del by
        super().__init__(*args, **options)
        self.choose_from(assignments_in(petition, *WORKING))


class LeadForm(AssignmentChoiceForm):
    """改定主办."""

    reason = forms.CharField(label="改定原因", max_length=200)

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the units that handle it with the lead."""
        del by
        super().__init__(*args, **options)
        self.choose_from(assignments_in(petition, *WORKING, leads=False))


class VerifyForm(AssignmentChoiceForm):
    """审核通过."""

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the reports that wait."""
        del by
        super().__init__(*args, **options)
        self.choose_from(assignments_in(petition, AssignmentState.REPORTED))


class ReturnForm(VerifyForm):
    """退回补正."""

    reasons = forms.MultipleChoiceField(
        label="退回原因", choices=ReturnReason.choices(), widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(label="需要补正的内容", max_length=500, widget=text_area(LINES))


class SlipForm(forms.Form):
    """移送回执."""

    handler_name = forms.CharField(label="签收人", max_length=40, help_text="照回执填写")


class JoinForm(forms.Form):
    """增加会办."""

    unit = forms.ChoiceField(label="会办单位")
    handler_name = forms.CharField(label="承办人", max_length=40)
    handler_phone = forms.CharField(label="承办人电话", max_length=20, required=False)
    instruction = forms.CharField(label="办理要求", required=False, max_length=500, widget=text_area(LINES))
    due_on = forms.DateField(label="函上载明的期限", required=False, widget=day_input(), help_text="留空按规则计算")
    due_approver = forms.ChoiceField(label="延后期限的审批人", required=False)
    sent_by = forms.ChoiceField(
        label="发送方式",
        choices=DispatchMethod.choices(),
        initial=DispatchMethod.SYSTEM.value,
        widget=forms.RadioSelect,
    )
    redaction_confirmed = forms.BooleanField(label="已核对：概况、诉求和附件已脱敏，不含检举控告内容")

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the units that may be given it."""
        super().__init__(*args, **options)
        unit, approver = self.fields["unit"], self.fields["due_approver"]
        assert isinstance(unit, forms.ChoiceField)
        assert isinstance(approver, forms.ChoiceField)
        unit.choices = chosen_from(units_for(petition, DispositionKind.ASSIGNMENT))
        approver.choices = approvers(besides=by)

    def co_handler(self) -> CoHandler:
        """Return the further unit as the rules take it."""
        values = self.cleaned_data
        return CoHandler(values["unit"], values["handler_name"], values["handler_phone"], values["instruction"])


class SplitForm(forms.Form):
    """拆分混合信件: the claim without the accusation, and the accusation."""

    summary = forms.CharField(label="诉求部分的概况", max_length=500, help_text="不得出现被检举控告的人或单位")
    claims = forms.CharField(label="诉求点", required=False, widget=text_area(LINES), help_text="一行一个；留空即概况")
    excerpt = forms.CharField(label="摘抄件", widget=text_area(4), help_text="只摘诉求，承办单位看到的就是这一份")
    accusation = forms.CharField(label="检举控告部分的概况", max_length=500, help_text="只有保密专人可见")
    accused_name = forms.CharField(label="被检举控告的人或单位", max_length=60)
    accused_post = forms.CharField(label="职务", max_length=60, required=False)
    accused_unit = forms.ChoiceField(label="所在单位", required=False)
    accused_staff = forms.ChoiceField(label="是本机关人员的", required=False)
    checked_by = forms.ChoiceField(label="核对人", help_text="与原件核对摘抄件的第二人")

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer units, people of this office, and who can check the excerpt."""
        del petition
        super().__init__(*args, **options)
        units = Unit.objects.order_by("branch", "name").values_list("code", "name")
        staff = Staff.objects.filter(unit_code="", is_active=True).order_by("pk").values_list("pk", "name")
        self._offer("accused_unit", [("", "不在本县单位"), *units])
        self._offer("accused_staff", [("", "不是"), *((str(pk), name) for pk, name in staff)])
        self._offer("checked_by", approvers(besides=by))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def entry(self) -> SplitEntry:
        """Return the split as the rules take it."""
        values = self.cleaned_data
        accused = AccusedEntry(
            name=values["accused_name"],
            post=values["accused_post"],
            unit_code=values["accused_unit"],
            staff_id=int(values["accused_staff"]) if values["accused_staff"] else None,
        )
        return SplitEntry(
            summary=values["summary"],
            excerpt=values["excerpt"],
            accusation=values["accusation"],
            accused=(accused,),
            claims=tuple(values["claims"].splitlines()),
        )
