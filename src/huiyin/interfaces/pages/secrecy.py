"""密件登记, and the block of a petition's page that tells who stays away from it."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.registry.actions import secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.receipts import listed_receipts
from huiyin.county.registry.secrecy_models import Recusal
from huiyin.county.registry.states import Confidentiality
from huiyin.interfaces import submissions
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .assignment_screen import FormScreen
from .secrecy_forms import NumberOnlyForm
from .section import Section

UNPROCESSABLE = 422


@needs({Role.RESTRICTED})
@require_http_methods(["GET", "POST"])
def number_only(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """密件登记: keep number, time and handler of a receipt, and nothing of what it says."""
    by, at = staff_of(request), timezone.now()
    receipt = get_object_or_404(listed_receipts(by), pk=receipt_id)
    form = NumberOnlyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = [int(pk) for pk in form.cleaned_data["hidden_from"]]

        def act() -> dict[str, str | int | None]:
            people = list(Staff.objects.filter(pk__in=chosen))
            done = secrecy.take_number_only(receipt_id=receipt.pk, hidden_from=people, by=by, at=at)
            return {"petition": done.petition.pk}

        try:
            key = request.POST.get("form_token", "")
            answer = submissions.once(key=key, sent=[receipt.pk, "密件", chosen], at=at, act=act)
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            return redirect("petition", answer["petition"])
    screen = FormScreen(
        title=f"密件登记　收件 {receipt.number}",
        lead="只登记编号、时间、经办人和密件标记，不登记任何内容；五个工作日内密封移送上级",
        form=form,
        action=request.path,
        submit="登记密件",
        back_href=reverse("receipts"),
    )
    return render(request, "assignment_form.html", {"screen": screen}, status=UNPROCESSABLE if form.errors else 200)


def section_of(petition: Petition, by: Staff, today: date) -> Section | None:
    """回避与保密: who is accused, who was named to read it, who stays away and why."""
    del today
    facts = []
    if petition.confidentiality != Confidentiality.ORDINARY.value:
        facts.append(Fact(label="密级标记", value=Confidentiality(petition.confidentiality).label))
    if petition.named_leader is not None:
        facts.append(Fact(label="指定阅看的领导", value=petition.named_leader.name))
    accused = [_line(row.name, row.post) for row in petition.accused.order_by("pk")]
    if accused and _may_know_accused(petition, by):
        facts.append(Fact(label="被检举控告的人或单位", value="\n".join(accused), wide=True))
    recused = list(_recused(petition))
    if recused:
        facts.append(Fact(label="回避", value="\n".join(recused), wide=True))
    return Section("回避与保密", (Facts(items=tuple(facts)),)) if facts else None


def _recused(petition: Petition) -> Iterator[str]:
    """Yield whoever stays away from the matter, each once."""
    rows = Recusal.objects.filter(petition__matter=petition.matter_id).select_related("staff").order_by("pk")
    by_staff = {row.staff_id: _line(row.staff.name, row.reason) for row in rows}
    yield from by_staff.values()


def _line(*parts: str) -> str:
    return "　".join(part for part in parts if part)


def _may_know_accused(petition: Petition, by: Staff) -> bool:
    return Role.RESTRICTED in by.role_set or petition.named_leader_id == by.pk
