"""The journal of one county: append-only, chained, and the truth from which the rows follow."""

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One event: what happened, to what, by whom, when, with plain values and no foreign key."""

    number = models.PositiveBigIntegerField(unique=True)
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    petition_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=60)
    values = models.JSONField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "county_journal_entry"
        indexes = [
            models.Index(name="entries_of_a_petition", fields=["petition_id", "number"]),
            models.Index(name="entries_of_a_subject", fields=["subject", "subject_id", "number"]),
        ]

    def __str__(self) -> str:
        """Return number and event."""
        return f"{self.number} {self.event}"


class ChainHead(models.Model):
    """The last link: the one row that whoever appends must hold."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "county_journal_head"
        constraints = [models.CheckConstraint(name="a_county_has_one_chain", condition=Q(id=1))]

    def __str__(self) -> str:
        """Return the number of the last entry."""
        return str(self.number)


class Submission(models.Model):
    """A form or API call that was carried out: the same key again gets the same answer."""

    key = models.CharField(max_length=80, unique=True)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "county_submission"

    def __str__(self) -> str:
        """Return the key."""
        return self.key


class JobDone(models.Model):
    """The inbox: a message whose effect stands, written in the same transaction as the effect."""

    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "county_job_done"

    def __str__(self) -> str:
        """Return the key of the message."""
        return self.key
