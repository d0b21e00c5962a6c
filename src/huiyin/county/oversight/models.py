"""督办: every step the office took towards a unit, and which warnings went out."""

from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.constraints import set_together
from huiyin.county.registry.models import Deadline, Petition

from .querysets import OversightQuerySet
from .states import NEEDS_APPROVAL, Instrument, Level, Manner, Trigger


class Oversight(models.Model):
    """督办: one step on one assignment, with its number, its cause and what came of it."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="oversight")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="oversight")
    level = models.CharField(max_length=20, choices=Level.choices())
    trigger = models.CharField(max_length=20, choices=Trigger.choices())
    number = models.CharField(max_length=60, unique=True)
    words = models.CharField(max_length=1000)
    due_on = models.DateField(null=True, blank=True)
    manner = models.CharField(max_length=12, choices=Manner.choices(), blank=True)
    held_on = models.DateField(null=True, blank=True)
    attendees = models.CharField(max_length=300, blank=True)
    instrument = models.CharField(max_length=20, choices=Instrument.choices(), blank=True)
    repeat = models.ForeignKey(Petition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=1000, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OversightQuerySet.as_manager()

    class Meta:
        db_table = "county_oversight"
        constraints = [
            models.CheckConstraint(name="a_step_of_oversight_says_why", condition=~Q(words="")),
            models.CheckConstraint(
                name="what_counts_against_a_unit_is_approved_by_another_person",
                condition=~Q(level__in=sorted(level.value for level in NEEDS_APPROVAL))
                | (Q(approved_by__isnull=False, issued_by__isnull=False) & ~Q(approved_by=F("issued_by"))),
            ),
            models.CheckConstraint(
                name="only_a_repeat_reminds_by_itself",
                condition=Q(issued_by__isnull=False) | Q(level=Level.REMINDER.value, repeat__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_reminder_per_repeat", fields=["assignment", "repeat"], condition=Q(repeat__isnull=False)
            ),
            set_together("concluded_at", "concluded_by"),
        ]
        indexes = [models.Index(name="oversight_of_an_assignment", fields=["assignment", "id"])]

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class Warned(models.Model):
    """预警 (D0): this clock was pointed out at this distance from its end."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="warnings")
    mark = models.PositiveSmallIntegerField()
    warned_at = models.DateTimeField()

    class Meta:
        db_table = "county_warned"
        constraints = [models.UniqueConstraint(name="one_warning_per_clock_and_mark", fields=["deadline", "mark"])]

    def __str__(self) -> str:
        """Return the mark."""
        return f"{self.deadline_id} T-{self.mark}"
