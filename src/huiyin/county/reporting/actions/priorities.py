"""Writers of the proposals for the work ahead: 提出建议, 撤下建议."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality
from huiyin.county.reporting import rules
from huiyin.county.reporting.models import Priority
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal


@transaction.atomic
def add(*, period: Period, words: str, petition_numbers: tuple[str, ...], by: Staff, at: datetime) -> Priority:
    """提出建议: write one paragraph on the work ahead, with the petitions of the office that it stands on."""
    rules.check_may_write_report(by)
    rules.check_period(period)
    rules.check_priority(words, petition_numbers, citable=_citable(petition_numbers, by))
    row = Priority.objects.create(
        first_on=period.first,
        last_on=period.last,
        words=words.strip(),
        petition_numbers=list(petition_numbers),
        added_at=at,
        added_by=by,
    )
    journal.record(
        "priority.added",
        subject=row,
        by=by,
        at=at,
        label=period.label,
        first_on=period.first,
        last_on=period.last,
        words=row.words,
        petition_numbers=row.petition_numbers,
    )
    return row


def _citable(numbers: tuple[str, ...], by: Staff) -> frozenset[str]:
    """Return which of the numbers may stand in a report: ordinary petitions that count and that the writer may see."""
    rows = Petition.objects.visible_to(by).counted().filter(confidentiality=Confidentiality.ORDINARY.value)
    return frozenset(rows.filter(number__in=numbers).values_list("number", flat=True))


@transaction.atomic
def remove(*, priority_id: int, by: Staff, at: datetime) -> Priority:
    """撤下建议: take a paragraph out of the reports to come; those that were written keep it."""
    row = Priority.objects.select_for_update(of=("self",)).filter(pk=priority_id).first()
    if row is None:
        raise Refusal("priority.unknown", "没有这条建议")
    rules.check_may_write_report(by)
    rules.check_removable(is_removed=row.removed_at is not None)
    row.removed_at, row.removed_by = at, by
    row.save(update_fields=["removed_at", "removed_by"])
    journal.record(
        "priority.removed", subject=row, by=by, at=at, label=Period(row.first_on, row.last_on).label, words=row.words
    )
    return row
