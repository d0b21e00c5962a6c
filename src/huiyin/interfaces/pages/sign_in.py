"""Signing in, signing out, and the first administrator's password by a one-time token."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.accounts import actions
from huiyin.accounts.models import Staff
from huiyin.kernel import tenant
from huiyin.kernel.refusal import Refusal

from .access import open_to_all

PASSWORD_HELP = "至少10个字符，不能全是数字，不能是常见密码"  # noqa: S105  # words, not a password


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label="用户名", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label="密码", max_length=128, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class ActivationForm(forms.Form):
    """The one-time token and the password chosen with it."""

    token = forms.CharField(label="激活码", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    password = forms.CharField(
        label="新密码",
        max_length=128,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@dataclass(frozen=True, slots=True)
class SignInScreen:
    """What the page for signing in shows."""

    office: str
    form: forms.Form
    action: str
    notice: str


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """登录: show the form, check the password, keep count of failures."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        staff = _recognised(request, form)
        if staff is not None:
            login(request, staff, backend="huiyin.accounts.backend.StaffBackend")
            return redirect(_next(request))
    screen = SignInScreen(
        office=tenant.current().name, form=form, action=request.get_full_path(), notice=_notice(request)
    )
    return render(request, "sign_in.html", {"screen": screen}, status=422 if form.errors else 200)


def _recognised(request: HttpRequest, form: SignInForm) -> Staff | None:
    username, source, at = form.cleaned_data["username"], request.META.get("REMOTE_ADDR"), timezone.now()
    try:
        actions.check_not_locked(username=username, source=source, at=at)
    except Refusal as refusal:
        form.add_error(None, refusal.words)
        return None
    staff = authenticate(request, username=username, password=form.cleaned_data["password"])
    if isinstance(staff, Staff):
        actions.forget_failures(username=username)
        return staff
    actions.note_failure(username=username, source=source, at=at)
    form.add_error(None, "用户名或密码不正确")
    return None


def _next(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "/"


def _notice(request: HttpRequest) -> str:
    return "请先登录，登录后回到刚才的页面。" if request.GET.get("next", "/") != "/" else ""


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """退出: end the session."""
    logout(request)
    return redirect(reverse("sign_in"))


@open_to_all
@never_cache
@sensitive_post_parameters("password", "token")
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """激活: the first administrator chooses a password with the one-time token."""
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            staff = actions.use_setup_token(
                secret=values["token"].strip(), password=values["password"], at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, f"密码已设置，请用用户名 {staff.username} 登录")
            return redirect(reverse("sign_in"))
    screen = SignInScreen(office=tenant.current().name, form=form, action=request.path, notice="")
    return render(request, "activate.html", {"screen": screen}, status=422 if form.errors else 200)
