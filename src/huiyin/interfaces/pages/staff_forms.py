"""Forms of accounts: 开户, 变更; and of a person's own: 密码, 令牌."""

from collections.abc import Iterator
from typing import Any

from django import forms

from huiyin.accounts.roles import OFFICE_ROLES, UNIT_ROLES, Role
from huiyin.county.office.actions.accounts import AccountEntry
from huiyin.county.office.models import Unit

from .sign_in import PASSWORD_HELP

ROLES = [(role.value, role.label) for role in Role if role in OFFICE_ROLES | UNIT_ROLES]


def unit_choices(*, kept: str = "") -> Iterator[tuple[str, str]]:
    """Yield the units in use, and the one that is chosen already; none of them is the office itself."""
    yield "", "信访办（不选单位）"
    rows = Unit.objects.order_by("name").values_list("code", "name", "is_active")
    yield from ((code, name) for code, name, is_active in rows if is_active or code == kept)


class AccountForm(forms.Form):
    """变更账号: who it is, what they do, for which unit."""

    name = forms.CharField(label="姓名", max_length=40)
    title = forms.CharField(label="职务", max_length=60, required=False)
    phone = forms.CharField(label="办公电话", max_length=20, required=False)
    roles = forms.MultipleChoiceField(
        label="角色",
        choices=ROLES,
        widget=forms.CheckboxSelectMultiple,
        help_text="县管理员不看信访件内容，不兼其他角色；承办单位的账号不兼信访办的角色",
    )
    unit_code = forms.ChoiceField(label="所属单位", required=False, help_text="承办单位的账号须选单位")

    def __init__(self, *args: Any, kept_unit: str = "", **options: Any) -> None:
        """Offer the units in use."""
        super().__init__(*args, **options)
        self.fields["unit_code"].choices = list(unit_choices(kept=kept_unit))  # type: ignore[attr-defined]  # a ChoiceField

    def entry(self) -> AccountEntry:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        return AccountEntry(
            name=values["name"],
            roles=frozenset(Role(code) for code in values["roles"]),
            title=values["title"],
            phone=values["phone"],
            unit_code=values["unit_code"],
        )


class NewAccountForm(AccountForm):
    """开户: with the name to sign in with, which stays for ever."""

    username = forms.CharField(
        label="用户名",
        max_length=40,
        help_text="小写字母开头，可含数字、点、短横和下划线；以后不能改",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("username", "name", "title", "phone", "roles", "unit_code")


class PasswordForm(forms.Form):
    """修改密码: the present one and the next one, twice."""

    current = forms.CharField(
        label="现在的密码",
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label="新密码",
        max_length=128,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一次新密码",
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        values = super().clean() or {}
        if values.get("password") and values.get("again") and values["password"] != values["again"]:
            self.add_error("again", "两次输入的新密码不同")
        return values


class TokenForm(forms.Form):
    """新建令牌: what it is for."""

    name = forms.CharField(
        label="用途",
        max_length=60,
        help_text="例如：月报程序。持有令牌的程序能做您的账号能做的事，不用时请撤销",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
