"""Which papers follow an event of supervision: 议题建议书, 年度监督工作计划, 方案."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from huiyin.county.document.states import DocumentKind
from huiyin.county.journal.models import Entry
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.models import SupervisionPlan, TopicProposal

from .values import supervision
from .wanted import Wanted, subject_of


def of_topic_proposal(entry: Entry) -> Iterator[Wanted]:
    """Yield 议题建议书 of a proposal that goes before the directors."""
    row = TopicProposal.objects.select_related("written_by", "approved_by").get(pk=entry.subject_id)
    subject = subject_of(row)
    paper = partial(supervision.topic_proposal, row)
    yield Wanted(DocumentKind.TOPIC_PROPOSAL, None, paper, subject, number=row.number, replaces=(subject,))


def of_plan(entry: Entry) -> Iterator[Wanted]:
    """Yield 年度监督工作计划 of a version that is published; those of earlier versions stay as they were."""
    row = SupervisionPlan.objects.select_related("meeting").get(pk=entry.subject_id)
    yield Wanted(DocumentKind.SUPERVISION_PLAN, None, partial(supervision.supervision_plan, row), subject_of(row))


def of_scheme(entry: Entry) -> Iterator[Wanted]:
    """Yield the scheme of an activity; one approved again stands for the one before."""
    row = Activity.objects.select_related("plan_item__plan", "part_of", "approved_by").get(pk=entry.subject_id)
    subject = subject_of(row)
    paper = partial(supervision.scheme, row)
    yield Wanted(DocumentKind.INSPECTION_PLAN, None, paper, subject, number=row.number, replaces=(subject,))


SUPERVISION_PAPERS: Mapping[str, Callable[[Entry], Iterator[Wanted]]] = {
    "topic_proposal.approved": of_topic_proposal,
    "supervision_plan.published": of_plan,
    "activity.approved": of_scheme,
}
