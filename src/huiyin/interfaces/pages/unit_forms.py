"""Forms of units."""

from typing import Any

from django import forms

from huiyin.county.office.models import Unit
from huiyin.county.office.rules import UnitEntry
from huiyin.county.office.states import Branch


class UnitForm(forms.Form):
    """变更单位: name, branch, superior, telephone, usual handlers one to a line."""

    name = forms.CharField(label="单位名称", max_length=60)
    branch = forms.ChoiceField(label="所属", choices=Branch.choices())
    superior_code = forms.ChoiceField(
        label="上级单位", required=False, help_text="被检举单位的下级也不能承办，请如实选择"
    )
    phone = forms.CharField(label="联系电话", max_length=20, required=False)
    handlers = forms.CharField(
        label="常用承办人",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="每行一人，交办时可直接选用",
    )

    def __init__(self, *args: Any, kept: Unit | None = None, **options: Any) -> None:
        """Offer every unit in use as the superior, and the one it has."""
        super().__init__(*args, **options)
        superior_id = kept.superior_id if kept else None
        rows = Unit.objects.order_by("name").values_list("pk", "code", "name", "is_active")
        chosen = [(code, name) for pk, code, name, is_active in rows if is_active or pk == superior_id]
        own = kept.code if kept else ""
        choices = [("", "没有"), *((code, name) for code, name in chosen if code != own)]
        self.fields["superior_code"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def entry(self) -> UnitEntry:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        return UnitEntry(
            name=values["name"],
            branch=values["branch"],
            superior_code=values["superior_code"],
            phone=values["phone"],
            handlers=tuple(line.strip() for line in values["handlers"].splitlines() if line.strip()),
        )


class NewUnitForm(UnitForm):
    """新增单位: with the code that stays for ever."""

    code = forms.CharField(
        label="单位代码",
        max_length=40,
        help_text="小写字母开头，可含数字和下划线，例如 water；以后不能改",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("code", "name", "branch", "superior_code", "phone", "handlers")
