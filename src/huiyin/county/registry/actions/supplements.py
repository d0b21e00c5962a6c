"""Writers of supplements: 补充材料 by the petitioner, and passing them on to the unit."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import notifications
from huiyin.county.office.states import NotificationKind
from huiyin.county.registry import web_rules
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality, State
from huiyin.county.registry.web_models import Supplement
from huiyin.county.registry.web_rules import SentFile
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from . import web
from .petitions import locked


@transaction.atomic
def give(*, petition_id: int, words: str, sent: Sequence[SentFile], at: datetime) -> Supplement:
    """补充材料: the petitioner, known by the query code, adds words and files while the petition is open."""
    petition = Petition.objects.select_for_update(of=("self",)).get(pk=petition_id)
    given_today = sum(local_day(moment) == local_day(at) for moment in _moments(petition))
    web_rules.check_supplement(words, files=len(sent), state=State(petition.state), given_today=given_today)
    stored = web.stored_files(sent, web_rules.check_files(sent))
    supplement = Supplement.objects.create(petition=petition, words=words.strip(), file_count=len(stored), given_at=at)
    web.attach_to(supplement, stored, at=at)
    journal.record(
        "supplement.given",
        subject=supplement,
        petition_id=petition.pk,
        by=None,
        by_name=journal.PETITIONER,
        at=at,
        files=len(stored),
    )
    notifications.notify(
        key=f"supplement:{supplement.pk}",
        to=[petition.keeper],
        kind=NotificationKind.FROM_PETITIONER,
        words=f"信访人对 {petition.number} 补充了材料",
        at=at,
        petition_id=petition.pk,
        href=f"/petitions/{petition.pk}/",
    )
    return supplement


def _moments(petition: Petition) -> list[datetime]:
    return list(petition.supplements.values_list("given_at", flat=True))


@transaction.atomic
def pass_on(*, supplement_id: int, by: Staff, at: datetime) -> Supplement:
    """转交补充材料: let the unit that has the petition see what was added; the office reads it first."""
    petition_id = Supplement.objects.filter(pk=supplement_id).values_list("petition_id", flat=True).first()
    if petition_id is None:
        raise Refusal("supplement.unknown", "没有这份补充材料")
    petition = locked(petition_id, by=by)
    supplement = Supplement.objects.select_for_update(of=("self",)).get(pk=supplement_id)
    web_rules.check_may_pass_on(by)
    unit = petition.owner_unit
    web_rules.check_passing_on(
        is_passed_on=supplement.passed_on_at is not None,
        confidentiality=Confidentiality(petition.confidentiality),
        is_with_unit=unit is not None,
    )
    supplement.passed_on_at, supplement.passed_on_by = at, by
    supplement.save(update_fields=["passed_on_at", "passed_on_by"])
    supplement.attachments.filter(is_kept_back=False).update(is_for_unit=True)
    journal.record("supplement.passed_on", subject=supplement, petition_id=petition.pk, by=by, at=at)
    people = Staff.objects.of_unit(unit.code if unit else "")
    notifications.notify(
        key=f"supplement:{supplement.pk}:passed_on",
        to=[one for one in people if Petition.objects.visible_to(one).filter(pk=petition.pk).exists()],
        kind=NotificationKind.FROM_PETITIONER,
        words=f"信访办公室转来 {petition.number} 的补充材料",
        at=at,
        petition_id=petition.pk,
        href="/assignments/",
    )
    return supplement
