"""Which papers follow a report and an opinion of supervision: 执法检查报告, 审议意见书."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from huiyin.county.document.states import DocumentKind
from huiyin.county.journal.models import Entry
from huiyin.county.supervision.finding_models import InspectionReport
from huiyin.county.supervision.opinion_models import Opinion

from .values import opinions
from .wanted import Wanted, subject_of


def of_report(entry: Entry) -> Iterator[Wanted]:
    """Yield the report of an approved version; it stands for the paper of the version before."""
    row = InspectionReport.objects.select_related("activity").get(pk=entry.subject_id)
    earlier = row.activity.reports.filter(version__lt=row.version).order_by("version")
    yield Wanted(
        DocumentKind.INSPECTION_REPORT,
        None,
        partial(opinions.inspection_report, row),
        subject_of(row),
        replaces=tuple(subject_of(one) for one in earlier),
    )


def of_opinion(entry: Entry) -> Iterator[Wanted]:
    """Yield 审议意见书 of an opinion that is sent."""
    row = Opinion.objects.select_related("activity", "unit", "sent_by").get(pk=entry.subject_id)
    subject = subject_of(row, unit_code=row.unit.code)
    yield Wanted(DocumentKind.OPINION, None, partial(opinions.opinion, row), subject, number=row.number)


OPINION_PAPERS: Mapping[str, Callable[[Entry], Iterator[Wanted]]] = {
    "inspection_report.approved": of_report,
    "opinion.sent": of_opinion,
}
