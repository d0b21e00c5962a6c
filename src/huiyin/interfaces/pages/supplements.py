"""What came from the petitioner by the page, on the page of the petition: the words as sent, and what was added."""

from collections.abc import Iterator
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from huiyin.accounts.models import Staff
from huiyin.county.registry.actions import supplements
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality, Elsewhere
from huiyin.county.registry.web_models import Supplement, WebSubmission
from huiyin.county.registry.web_rules import may_open_sealed, may_pass_on
from huiyin.interfaces import submissions
from huiyin.interfaces.components.contract import Component
from huiyin.interfaces.components.links import ButtonForm
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.interfaces.components.words import moment_words

from .access import OFFICE_READERS, needs, staff_of
from .section import Section


def sent_section(petition: Petition, by: Staff, today: date) -> Section | None:
    """网上提交的原文: as it was written; where an accusation was split off, for the restricted officer alone."""
    del today
    sent = WebSubmission.objects.filter(receipt=petition.receipt_id, emptied_at=None).first()
    if sent is None or (_has_accusation(petition) and not may_open_sealed(by)):
        return None
    elsewhere = Elsewhere(sent.elsewhere)
    facts = [
        Fact(label="一句话概括", value=sent.summary, wide=True),
        Fact(label="发生了什么事", value=sent.content, wide=True),
        Fact(label="要求怎样解决", value="\n".join(sent.claims), wide=True),
        Fact(label="事情发生在", value=sent.place),
        Fact(label="此前处理", value=f"{elsewhere.label}　{sent.elsewhere_words}".strip()),
    ]
    return Section("网上提交的原文", (Facts(items=tuple(fact for fact in facts if fact.value)),))


def _has_accusation(petition: Petition) -> bool:
    of_receipt = Petition.objects.filter(receipt=petition.receipt_id)
    return of_receipt.exclude(confidentiality=Confidentiality.ORDINARY.value).exists()


def section_of(petition: Petition, by: Staff, today: date) -> Section | None:
    """补充材料: what the petitioner added, and the button that lets the unit see it."""
    del today
    rows = list(petition.supplements.select_related("passed_on_by").order_by("pk"))
    parts = tuple(part for row in rows for part in _parts(row, petition, by))
    return Section("信访人补充的材料", parts, lead="附件见“附件”；转交以后承办单位才看得到") if parts else None


def _parts(row: Supplement, petition: Petition, by: Staff) -> Iterator[Component]:
    facts = [Fact(label="补充时间", value=moment_words(row.given_at))]
    if row.file_count:
        facts.append(Fact(label="附件", value=f"{row.file_count}个"))
    if row.words:
        facts.append(Fact(label="说明", value=row.words, wide=True))
    if row.passed_on_at and row.passed_on_by:
        facts.append(Fact(label="已转承办单位", value=f"{moment_words(row.passed_on_at)}　{row.passed_on_by.name}"))
    yield Facts(items=tuple(facts))
    is_ordinary = petition.confidentiality == Confidentiality.ORDINARY.value
    if row.passed_on_at is None and petition.owner_unit_id is not None and is_ordinary and may_pass_on(by):
        yield ButtonForm(label="转交承办单位", action=reverse("supplement_pass_on", args=[row.pk]))


def passed_on_facts(petition: Petition) -> list[Fact]:
    """Return what the office passed on to the unit, for the unit's page."""
    rows = petition.supplements.exclude(passed_on_at=None).order_by("pk")
    return [
        Fact(
            label=f"补充材料　{moment_words(row.given_at)}",
            value="　".join(part for part in (row.words, f"附件{row.file_count}个" if row.file_count else "") if part),
            wide=True,
        )
        for row in rows
    ]


@needs(OFFICE_READERS)
@require_POST
def supplement_pass_on(request: HttpRequest, supplement_id: int) -> HttpResponse:
    """转交补充材料."""
    by, at = staff_of(request), timezone.now()

    def act() -> dict[str, str | int | None]:
        row = supplements.pass_on(supplement_id=supplement_id, by=by, at=at)
        return {"petition": row.petition_id}

    sent = ["pass_on", supplement_id, by.pk]
    answer = submissions.once(key=request.POST.get("form_token", ""), sent=sent, at=at, act=act)
    messages.success(request, "补充材料已转交承办单位")
    return redirect("petition", answer["petition"])
