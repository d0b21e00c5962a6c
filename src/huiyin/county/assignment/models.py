"""What the office decided for a petition, and what the units made of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together
from huiyin.county.office.models import Unit
from huiyin.county.reception.models import Instruction
from huiyin.county.registry.models import Claim, Petition

from .querysets import AssignmentQuerySet
from .states import (
    FINISHED,
    TO_A_UNIT,
    AssignmentState,
    DispatchMethod,
    DispositionKind,
    Outcome,
    ProposalState,
    ReturnReason,
)


class Disposition(models.Model):
    """处理决定: what was decided, on what basis, by whom, approved by whom, and who answers for it."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="dispositions")
    kind = models.CharField(max_length=16, choices=DispositionKind.choices())
    reason = models.CharField(max_length=500, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey(
        Petition, on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed_dispositions"
    )
    competent_organ = models.CharField(max_length=80, blank=True)
    procedure = models.CharField(max_length=200, blank=True)
    concluded = models.ForeignKey(Petition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    conclusion = models.CharField(max_length=200, blank=True)
    second_note = models.CharField(max_length=500, blank=True)
    instruction = models.ForeignKey(Instruction, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_disposition"
        constraints = [
            models.UniqueConstraint(
                name="one_standing_disposition_per_petition", fields=["petition"], condition=Q(withdrawn_at=None)
            ),
            set_together("withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                name="approved_at_and_by_are_set_together",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="what_ends_here_is_approved_by_a_second_person",
                condition=Q(kind__in=sorted(kind.value for kind in TO_A_UNIT))
                | Q(kind=DispositionKind.MERGED.value)
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("decided_by")) & ~Q(basis="")),
            ),
            models.CheckConstraint(
                name="a_merge_names_the_main_petition",
                condition=(Q(kind=DispositionKind.MERGED.value) & Q(merged_into__isnull=False))
                | (~Q(kind=DispositionKind.MERGED.value) & Q(merged_into=None)),
            ),
        ]

    def __str__(self) -> str:
        """Return what was decided."""
        return DispositionKind(self.kind).label


class Proposal(models.Model):
    """拟办: a disposition that a clerk proposes and a head or leader decides."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=16, choices=DispositionKind.choices())
    state = models.CharField(max_length=12, choices=ProposalState.choices())
    reason = models.CharField(max_length=500)
    basis = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    details = models.JSONField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_proposal"
        constraints = [
            models.UniqueConstraint(
                name="one_pending_proposal_per_petition",
                fields=["petition"],
                condition=Q(state=ProposalState.PENDING.value),
            ),
            models.CheckConstraint(name="a_proposal_has_reason_and_basis", condition=~Q(reason="") & ~Q(basis="")),
            models.CheckConstraint(
                name="a_proposal_is_decided_at_a_moment_by_somebody",
                condition=Q(state=ProposalState.PENDING.value, decided_at=None, decided_by=None)
                | (~Q(state=ProposalState.PENDING.value) & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_proposal_is_decided_by_another_person",
                condition=~Q(state__in=[ProposalState.CARRIED_OUT.value, ProposalState.SENT_BACK.value])
                | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="a_proposal_sent_back_says_why",
                condition=~Q(state=ProposalState.SENT_BACK.value) | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        """Return what is proposed."""
        return DispositionKind(self.kind).label


class Assignment(models.Model):
    """交办件: what one unit was given, with the person who answers for it and the day it is due."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="assignments")
    kind = models.CharField(max_length=16, choices=DispositionKind.choices())
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    is_lead = models.BooleanField(default=True)
    is_simple = models.BooleanField(default=False)
    number = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=12, choices=AssignmentState.choices())
    version = models.PositiveIntegerField(default=1)
    instruction = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True, blank=True)
    handler_name = models.CharField(max_length=40)
    handler_phone = models.CharField(max_length=20, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dispatch_method = models.CharField(max_length=12, choices=DispatchMethod.choices(), blank=True)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    dispatched_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    deemed_received_on = models.DateField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdraw_reason = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        db_table = "county_assignment"
        constraints = [
            models.UniqueConstraint(
                name="one_open_assignment_per_petition_and_unit",
                fields=["petition", "unit"],
                condition=~Q(state__in=sorted(state.value for state in FINISHED)),
            ),
            models.UniqueConstraint(
                name="one_lead_per_petition",
                fields=["petition"],
                condition=Q(is_lead=True) & ~Q(state=AssignmentState.WITHDRAWN.value),
            ),
            models.CheckConstraint(name="an_assignment_names_a_person", condition=~Q(handler_name="")),
            set_together("redacted_at", "redacted_by"),
            models.CheckConstraint(
                name="a_dispatched_letter_tells_when_how_and_by_whom",
                condition=Q(dispatched_at=None, dispatched_by=None, dispatch_method="")
                | (Q(dispatched_at__isnull=False, dispatched_by__isnull=False) & ~Q(dispatch_method="")),
            ),
            models.CheckConstraint(
                name="a_withdrawn_assignment_tells_when_by_whom_and_why",
                condition=Q(
                    state=AssignmentState.WITHDRAWN.value, withdrawn_at__isnull=False, withdrawn_by__isnull=False
                )
                & ~Q(withdraw_reason="")
                | ~Q(state=AssignmentState.WITHDRAWN.value)
                & Q(withdrawn_at=None, withdrawn_by=None, withdraw_reason=""),
            ),
            models.CheckConstraint(
                name="signed_at_and_by_are_set_together",
                condition=Q(signed_at=None, signed_by=None) | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="reported_at_and_by_are_set_together",
                condition=Q(reported_at=None, reported_by=None)
                | Q(reported_at__isnull=False, reported_by__isnull=False),
            ),
            models.CheckConstraint(
                name="verified_at_and_by_are_set_together",
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
            ),
        ]
        indexes = [models.Index(name="assignments_of_a_unit", fields=["unit", "state", "due_on", "id"])]

    def __str__(self) -> str:
        """Return the letter number."""
        return self.number


class Report(models.Model):
    """办结报告 (反馈): what the unit says it found and did; a returned report stays on record."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reports")
    round = models.PositiveSmallIntegerField()
    facts = models.TextField()
    basis = models.CharField(max_length=500)
    measures = models.TextField(blank=True)
    handler_name = models.CharField(max_length=40)
    head_name = models.CharField(max_length=40, blank=True)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    return_reasons = ArrayField(
        models.CharField(max_length=20, choices=ReturnReason.choices()), default=list, blank=True
    )
    return_words = models.CharField(max_length=500, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_report"
        constraints = [
            models.UniqueConstraint(name="reports_are_counted", fields=["assignment", "round"]),
            models.CheckConstraint(name="a_report_names_its_handler", condition=~Q(handler_name="")),
            models.CheckConstraint(
                name="returned_at_and_by_are_set_together",
                condition=Q(returned_at=None, returned_by=None)
                | Q(returned_at__isnull=False, returned_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return which report it is."""
        return f"{self.assignment_id} 第{self.round}次反馈"


class ClaimOutcome(models.Model):
    """What one report says to one claim."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="outcomes")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=16, choices=Outcome.choices())
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "county_claim_outcome"
        constraints = [models.UniqueConstraint(name="one_outcome_per_report_and_claim", fields=["report", "claim"])]

    def __str__(self) -> str:
        """Return the outcome."""
        return Outcome(self.outcome).label
