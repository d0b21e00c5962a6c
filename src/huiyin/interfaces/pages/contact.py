"""公布联系方式: what the petitioners' pages show of where, when and how the office is reached."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.accounts.roles import Role
from huiyin.county.office.actions import contact as actions
from huiyin.county.office.contact_models import Contact
from huiyin.interfaces.components.links import Crumb

from .access import needs, staff_of
from .office_form import OfficeForm, answered

KEEPERS = frozenset({Role.CLERK, Role.HEAD})
FIELDS = ("address", "phone", "hours")


class ContactForm(forms.Form):
    """公布的联系方式."""

    address = forms.CharField(
        label="来信、来访地址", max_length=120, required=False, help_text="写到门牌、房间，含邮编"
    )
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    hours = forms.CharField(
        label="接待时间", max_length=120, required=False, help_text="例如：工作日上午8:30—11:30，下午2:30—5:00"
    )

    def entry(self) -> actions.ContactEntry:
        """Return what was filled in."""
        return actions.ContactEntry(**self.cleaned_data)


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """公布联系方式."""
    by, at, known = staff_of(request), timezone.now(), Contact.objects.first()
    initial = {name: getattr(known, name) for name in FIELDS} if known else {}
    form = ContactForm(request.POST or None, initial=initial)

    def act() -> int:
        return actions.publish(entry=form.entry(), by=by, at=at).pk

    home = reverse("leading_group")
    words = OfficeForm(
        title="公布的联系方式",
        submit="公布",
        back_href=home,
        crumbs=(Crumb(label="机关事务", href=home),),
        lead="群众来信来访页面照此显示；留空的不显示。",
    )
    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, words, act=act, sent=sent)
