"""What the office is shown of a report before it accepts it: the report with everything that stands around it."""

from huiyin.county.assignment.models import Assignment, Report
from huiyin.county.assignment.rules.report_checks import Answered, Check, Earlier, Read, checks_of, text_of
from huiyin.county.assignment.states import Outcome
from huiyin.county.assignment.unit_models import Notice
from huiyin.county.registry.models import Deadline
from huiyin.county.registry.states import AttachmentKind
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock

COMPARED = 30
LIMITS = [Clock.REPORT.value, Clock.SIMPLE_REPLY.value, Clock.RECTIFICATION.value]


def checks_of_latest(assignment: Assignment) -> tuple[Check, ...]:
    """Return what asks for a second look in the newest report of an assignment; nothing where there is none."""
    report = assignment.reports.order_by("-round").prefetch_related("outcomes__claim").first()
    return () if report is None else checks_of(_read(assignment, report))


def _read(assignment: Assignment, report: Report) -> Read:
    petition = assignment.petition
    kinds = set(
        petition.attachments.filter(
            kind__in=[AttachmentKind.REPLY.value, AttachmentKind.PROOF.value], added_at__gte=assignment.issued_at
        ).values_list("kind", flat=True)
    )
    return Read(
        facts=report.facts,
        measures=report.measures,
        answers=tuple(
            Answered(one.claim.position, Outcome(one.outcome), one.words)
            for one in sorted(report.outcomes.all(), key=lambda one: one.claim.position)
        ),
        claims=tuple(petition.claims.order_by("position").values_list("position", flat=True)),
        is_lead=assignment.is_lead,
        has_reply=AttachmentKind.REPLY.value in kinds,
        has_proof=AttachmentKind.PROOF.value in kinds,
        was_told=Notice.objects.filter(assignment=assignment).exists(),
        days_late=_days_late(assignment, report),
        returned=assignment.reports.filter(returned_at__isnull=False).count(),
        earlier=_earlier(assignment),
    )


def _days_late(assignment: Assignment, report: Report) -> int:
    """Return by how many days the newest report missed the limit that it met; the last day is in time."""
    met = Deadline.objects.filter(
        petition=assignment.petition, unit=assignment.unit, clock__in=LIMITS, met_at=report.reported_at
    ).order_by("-due_on")
    found = met.first()
    return 0 if found is None else max(0, (local_day(report.reported_at) - found.due_on).days)


def _earlier(assignment: Assignment) -> tuple[Earlier, ...]:
    """Return the unit's last reports for other petitions, the newest first, each assignment once."""
    rows = (
        Report.objects.filter(assignment__unit=assignment.unit)
        .exclude(assignment__petition=assignment.petition)
        .select_related("assignment")
        .prefetch_related("outcomes")
        .order_by("-reported_at", "-pk")[:COMPARED]
    )
    newest: dict[int, Earlier] = {}
    for row in rows:
        words = (one.words for one in sorted(row.outcomes.all(), key=lambda one: one.pk))
        newest.setdefault(row.assignment_id, Earlier(row.assignment.number, text_of(row.facts, row.measures, words)))
    return tuple(newest.values())
