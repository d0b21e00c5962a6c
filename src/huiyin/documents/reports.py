"""Writing 信访情况分析报告: of a locked version, once as long as nothing in it changes, and kept as it was printed."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from huiyin.accounts.models import Staff
from huiyin.county.document import actions
from huiyin.county.document.models import Document
from huiyin.county.document.rules import hash_of
from huiyin.county.document.states import DocumentKind
from huiyin.county.reporting import rules
from huiyin.county.reporting.contents import Contents
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries.reports import contents_of
from huiyin.county.reporting.states import PeriodState
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period

from .sheets import TEMPLATE
from .typefaces import typefaces
from .values.analysis_report import analysis_report
from .wanted import subject_of
from .writing import pdf_of

KIND = DocumentKind.ANALYSIS_REPORT


@transaction.atomic
def write_report(*, period: Period, by: Staff, at: datetime) -> Document:
    """撰写分析报告: freeze what a locked version and its moment tell; while nothing changed it is the one written last.

    A proposal added later makes another report under another number; the earlier one stays as it was.
    """
    rules.check_may_write_report(by)
    row = ReportedPeriod.objects.select_for_update(of=("self",)).of(period).standing().first()
    rules.check_reportable(PeriodState(row.state) if row is not None else None, label=period.label)
    assert row is not None
    contents, subject = contents_of(row), subject_of(row)
    last = reports_of(row.pk).last()
    if last is not None and last.values_hash == hash_of(values_of(contents, on=local_day(last.written_at))):
        return last
    document = actions.write(
        kind=KIND,
        petition_id=None,
        values=values_of(contents, on=local_day(at)),
        template=TEMPLATE,
        subject=subject,
        by=by,
        at=at,
    )
    return actions.keep_print(document_id=document.pk, pdf=pdf_of(document), fonts=typefaces().words, by=by, at=at)


def values_of(contents: Contents, *, on: date) -> dict[str, object]:
    """Return a report as the frozen values it is kept in."""
    return analysis_report(contents, on=on).as_values()


def reports_of(*version_ids: int) -> QuerySet[Document]:
    """Return the valid reports of these versions in the order in which they were written."""
    rows = Document.objects.valid().of_kind(KIND).filter(subject="reportedperiod", subject_id__in=version_ids)
    return rows.order_by("pk")
