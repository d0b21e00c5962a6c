"""Forms of secrecy and recusal."""

from typing import Any

from django import forms

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import READS_PETITIONS, UNIT_ROLES, Role
from huiyin.county.office.models import Unit
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import REGISTRARS
from huiyin.county.registry.secrecy import AccusedEntry

from .petition_forms import approvers, text_area

Choices = list[tuple[str, str]]
LEADERS = (Role.LEADER, Role.GROUP_HEAD)


def people(*roles: Role, nobody: str = "请选择") -> Choices:
    """Return the active people with one of the roles, as choices."""
    found = Staff.objects.filter(roles__overlap=[role.value for role in roles], is_active=True).order_by("pk")
    return [("", nobody), *((str(one.pk), f"{one.name}（{one.title or one.role_labels}）") for one in found)]


class AccusedForm(forms.Form):
    """被检举控告人: one line for each."""

    accused = forms.CharField(
        label="被检举控告的人或单位",
        widget=text_area(3),
        help_text="一行一个：姓名或单位名称，职务（可不填），用逗号隔开；写出本县单位或本机关人员的全称即自动对应",
    )

    def entries(self) -> tuple[AccusedEntry, ...]:
        """Return the lines as the rules take them, matched with the units and people of this office by name."""
        units = dict(Unit.objects.values_list("name", "code"))
        staff = dict(
            Staff.objects.exclude(roles__overlap=[role.value for role in UNIT_ROLES]).values_list("name", "pk")
        )
        lines = (line for line in self.cleaned_data["accused"].splitlines() if line.strip())
        return tuple(_entry(line, units=units, staff=staff) for line in lines)


def _entry(line: str, *, units: dict[str, str], staff: dict[str, int]) -> AccusedEntry:
    name, _, post = (part.strip() for part in line.replace("，", ",").partition(","))
    unit = units.get(name) or next((code for title, code in units.items() if title in post), "")
    return AccusedEntry(name=name, post=post, unit_code=unit, staff_id=staff.get(name))


class SealForm(AccusedForm):
    """转为检举控告件."""

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the restricted officers as keepers and the leaders who may be named."""
        del by, petition
        super().__init__(*args, **options)
        self.fields["keeper"] = forms.ChoiceField(label="由谁经办", choices=people(Role.RESTRICTED))
        leaders = people(*LEADERS, nobody="不指定")
        self.fields["leader"] = forms.ChoiceField(label="指定阅看的领导", choices=leaders, required=False)


class UnsealForm(forms.Form):
    """解除检举控告件."""

    reason = forms.CharField(label="原因", max_length=200)

    def __init__(self, *args: Any, by: Staff, **options: Any) -> None:
        """Offer who can be the second person."""
        super().__init__(*args, **options)
        self.fields["approver"] = forms.ChoiceField(label="批准人", choices=approvers(besides=by))


class NameLeaderForm(forms.Form):
    """指定阅看领导."""

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the leaders."""
        del by, petition
        super().__init__(*args, **options)
        self.fields["leader"] = forms.ChoiceField(label="领导", choices=people(*LEADERS))


class RecuseForm(forms.Form):
    """回避."""

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer everybody who reads petitions, and who could take over."""
        del petition
        super().__init__(*args, **options)
        self.fields["staff"] = forms.ChoiceField(label="回避的人", choices=people(*READS_PETITIONS), initial=str(by.pk))
        self.fields["reason"] = forms.CharField(
            label="原因", max_length=200, help_text="例如：与信访人是亲属；曾任被反映单位负责人"
        )
        self.fields["keeper"] = forms.ChoiceField(
            label="接手经办的人",
            choices=people(*REGISTRARS, nobody="不变"),
            required=False,
            help_text="回避的人正在经办本件时须填",
        )


class HandOverForm(forms.Form):
    """移交经办人."""

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer who else works on petitions."""
        del by
        super().__init__(*args, **options)
        others = [choice for choice in people(*REGISTRARS) if choice[0] != str(petition.keeper_id)]
        self.fields["keeper"] = forms.ChoiceField(label="移交给", choices=others)


class NumberOnlyForm(forms.Form):
    """密件登记: nothing but from whom it is hidden."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer everybody who reads petitions."""
        super().__init__(*args, **options)
        self.fields["hidden_from"] = forms.MultipleChoiceField(
            label="对谁隐藏",
            choices=people(*READS_PETITIONS)[1:],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="被反映的人在本机关工作的，勾选后其账号看不到本件，也看不到件数",
        )
