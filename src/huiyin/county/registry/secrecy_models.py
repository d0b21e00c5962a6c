"""Whom a petition is kept from: the accused, and those of the office who stay away."""

from django.db import models
from django.db.models import Q

from huiyin.accounts.models import Staff
from huiyin.county.office.models import Unit

from .models import Petition


class Accused(models.Model):
    """被检举控告人: a person or unit that must never learn of the petition (R22 §30)."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="accused")
    name = models.CharField(max_length=60)
    post = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_accused"
        constraints = [models.CheckConstraint(name="the_accused_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        """Return the key: the name of an accused stands in no log."""
        return str(self.pk)


class Recusal(models.Model):
    """回避: a person of the office who may not receive, instruct, handle or see the petition."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="recusals")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_recusal"
        constraints = [
            models.UniqueConstraint(name="one_recusal_per_petition_and_person", fields=["petition", "staff"]),
            models.CheckConstraint(name="a_recusal_has_its_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        """Return the key."""
        return str(self.pk)
