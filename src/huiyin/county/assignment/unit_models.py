"""What units do on the way besides signing and reporting: objections, notices, progress, extensions, drafts."""

from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together
from huiyin.county.office.models import Unit
from huiyin.county.registry.models import Petition

from .models import Assignment
from .querysets import ExtensionQuerySet, ObjectionQuerySet
from .rules.objections import ADJUDICATED_FROM
from .states import AssignmentState, ExtensionState, ObjectionState, TellingMethod


class Objection(models.Model):
    """异议: a unit says that the matter is not its own, and what was decided about it."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="objections")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="objections")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ObjectionState.choices())
    reasons = models.CharField(max_length=1000)
    competent = models.CharField(max_length=80, blank=True)
    stood = models.CharField(max_length=12, choices=AssignmentState.choices())
    petition_stood = models.CharField(max_length=20)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    adjudicator = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    named_at = models.DateTimeField(null=True, blank=True)
    named_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_to = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        db_table = "county_objection"
        constraints = [
            models.UniqueConstraint(name="objections_to_a_petition_are_counted", fields=["petition", "round"]),
            models.UniqueConstraint(
                name="one_pending_objection_per_assignment",
                fields=["assignment"],
                condition=Q(state=ObjectionState.PENDING.value),
            ),
            models.CheckConstraint(name="an_objection_has_its_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(
                name="an_objection_is_decided_at_a_moment_by_somebody_in_words",
                condition=Q(state=ObjectionState.PENDING.value, decided_at=None, decided_by=None, words="")
                | (
                    ~Q(state=ObjectionState.PENDING.value)
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(words="")
                ),
            ),
            models.CheckConstraint(
                name="a_further_objection_is_decided_by_the_named_adjudicator",
                condition=Q(round__lt=ADJUDICATED_FROM)
                | Q(state=ObjectionState.PENDING.value)
                | Q(adjudicator__isnull=False, decided_by=F("adjudicator")),
            ),
            models.CheckConstraint(
                name="an_adjudicator_is_named_at_a_moment_by_somebody",
                condition=Q(adjudicator=None, named_at=None, named_by=None)
                | Q(adjudicator__isnull=False, named_at__isnull=False, named_by__isnull=False),
            ),
            models.CheckConstraint(
                name="only_an_objection_that_is_upheld_gives_the_matter_on",
                condition=Q(given_to=None) | Q(state=ObjectionState.UPHELD.value),
            ),
        ]

    def __str__(self) -> str:
        """Return which objection it is."""
        return f"{self.assignment_id} 第{self.round}次异议"


class Notice(models.Model):
    """承办单位告知: when, how and what the lead told the petitioner of receipt and route."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="notice")
    told_at = models.DateTimeField()
    method = models.CharField(max_length=12, choices=TellingMethod.choices())
    words = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_notice"
        constraints = [
            models.CheckConstraint(name="a_notice_says_what_was_told", condition=~Q(words="")),
            models.CheckConstraint(
                name="a_notice_is_recorded_after_it_was_given", condition=Q(told_at__lte=F("recorded_at"))
            ),
        ]

    def __str__(self) -> str:
        """Return how it was told."""
        return TellingMethod(self.method).label


class Progress(models.Model):
    """进展: what a unit reports while it works."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="progress")
    round = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=1000)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_progress"
        constraints = [
            models.UniqueConstraint(name="progress_is_counted", fields=["assignment", "round"]),
            models.CheckConstraint(name="progress_says_something", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"{self.assignment_id} 第{self.round}次进展"


class Extension(models.Model):
    """延期: more time, asked before the last day, approved or not, and what the petitioner was told of it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="extensions")
    state = models.CharField(max_length=10, choices=ExtensionState.choices())
    amount = models.PositiveSmallIntegerField()
    time_unit = models.CharField(max_length=12)
    reason = models.CharField(max_length=500)
    due_on_before = models.DateField()
    due_on_after = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    approver_name = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    told_method = models.CharField(max_length=12, choices=TellingMethod.choices(), blank=True)
    told_words = models.CharField(max_length=500, blank=True)
    told_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        db_table = "county_extension"
        constraints = [
            models.UniqueConstraint(
                name="one_pending_extension_per_assignment",
                fields=["assignment"],
                condition=Q(state=ExtensionState.PENDING.value),
            ),
            models.CheckConstraint(
                name="an_extension_adds_time_for_a_reason", condition=Q(amount__gte=1) & ~Q(reason="")
            ),
            models.CheckConstraint(
                name="an_extension_is_decided_at_a_moment_by_somebody",
                condition=Q(state=ExtensionState.PENDING.value, decided_at=None, decided_by=None)
                | (~Q(state=ExtensionState.PENDING.value) & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_approved_extension_names_its_approver_and_its_day",
                condition=(Q(state=ExtensionState.APPROVED.value, due_on_after__isnull=False) & ~Q(approver_name=""))
                | (~Q(state=ExtensionState.APPROVED.value) & Q(due_on_after=None, told_at=None)),
            ),
            models.CheckConstraint(
                name="an_extension_that_is_refused_says_why",
                condition=~Q(state=ExtensionState.REFUSED.value) | ~Q(words=""),
            ),
            set_together("told_at", "told_by"),
        ]

    def __str__(self) -> str:
        """Return the state."""
        return ExtensionState(self.state).label


class ReportDraft(models.Model):
    """反馈草稿: what a unit's clerk has written for the unit's head, who reports."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="draft")
    values = models.JSONField()
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_report_draft"

    def __str__(self) -> str:
        """Return the key: a draft's text stands in no log."""
        return str(self.pk)
