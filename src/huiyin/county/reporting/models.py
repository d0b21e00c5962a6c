"""结账与报送: the versions of each period's numbers, and what the office proposes for the work ahead."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together
from huiyin.kernel.periods import Period

from .querysets import PriorityQuerySet, ReportedPeriodQuerySet
from .states import REPORTED, STANDING, PeriodState

EVER_APPROVED = sorted(state.value for state in REPORTED)


class ReportedPeriod(models.Model):
    """结账: one version of one period: its numbers as of the moment of reconciliation, and how far it went.

    ``figures``, ``cells`` and ``reconciliation`` are frozen; ``numbers_hash`` is their SHA-256, which the journal tells
    as well. A version that was given up leaves its number to the next one.
    """

    first_on = models.DateField()
    last_on = models.DateField()
    version = models.PositiveIntegerField()
    key = models.UUIDField(unique=True)
    state = models.CharField(max_length=12, choices=PeriodState.choices())
    figures = models.JSONField()
    cells = models.JSONField()
    reconciliation = models.JSONField()
    numbers_hash = models.CharField(max_length=64)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_up_at = models.DateTimeField(null=True, blank=True)
    given_up_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    objects = ReportedPeriodQuerySet.as_manager()

    class Meta:
        db_table = "county_reported_period"
        constraints = [
            models.UniqueConstraint(
                name="one_version_of_a_reported_period",
                fields=["first_on", "last_on", "version"],
                condition=~Q(state=PeriodState.GIVEN_UP.value),
            ),
            models.UniqueConstraint(
                name="one_standing_version_of_a_period",
                fields=["first_on", "last_on"],
                condition=Q(state__in=sorted(state.value for state in STANDING)),
            ),
            set_together("approved_at", "approved_by", name="a_period_approved_at_and_by_are_set_together"),
            set_together("reopened_at", "reopened_by"),
            set_together("given_up_at", "given_up_by"),
            models.CheckConstraint(
                name="what_is_locked_was_approved_by_another_person",
                condition=Q(approved_by=None) & ~Q(state__in=EVER_APPROVED)
                | Q(state__in=EVER_APPROVED, approved_by__isnull=False) & ~Q(approved_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="what_was_reopened_or_given_up_says_why",
                condition=Q(reopened_at=None, given_up_at=None, reason="")
                | Q(reopened_at__isnull=False, given_up_at=None) & ~Q(reason="")
                | Q(reopened_at=None, given_up_at__isnull=False) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        """Return period and version."""
        return f"{self.first_on}–{self.last_on} v{self.version}"

    @property
    def period(self) -> Period:
        """Return the days it is about."""
        return Period(self.first_on, self.last_on)


class Priority(models.Model):
    """下一步工作建议: what the office proposes for the work ahead, with the petitions it stands on, by number.

    A paragraph is not edited: a correction takes the old one out and adds a new one.
    """

    first_on = models.DateField()
    last_on = models.DateField()
    words = models.CharField(max_length=1000)
    petition_numbers = ArrayField(models.CharField(max_length=60), default=list)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = PriorityQuerySet.as_manager()

    class Meta:
        db_table = "county_priority"
        constraints = [
            models.CheckConstraint(name="a_proposal_for_the_work_ahead_says_what", condition=~Q(words="")),
            set_together("removed_at", "removed_by"),
        ]
        indexes = [models.Index(name="priorities_of_a_period", fields=["first_on", "last_on", "id"])]

    def __str__(self) -> str:
        """Return the first words."""
        return self.words[:20]
