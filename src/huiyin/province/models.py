"""What the province published: releases, of which each stands as it is for ever."""

from django.db import models
from django.db.models import F, Q

from huiyin.kernel.periods import Period
from huiyin.platform.statistics.breakdowns import Kind
from huiyin.platform.statistics.crosstab import Level


class Release(models.Model):
    """发布: one version of one table of one period, with ＊ where a count would single people out.

    ``counties`` is who stands in it, ``submissions`` the reported versions it was made from, ``table`` what is shown:
    counts above zero, ``null`` for ＊. ``audit`` is what the auditor said when it was made.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices())
    first_on = models.DateField()
    last_on = models.DateField()
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    as_of = models.DateTimeField()
    threshold = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=12, choices=Level.choices())
    counties = models.JSONField()
    submissions = models.JSONField()
    table = models.JSONField()
    audit = models.JSONField()

    class Meta:
        db_table = "province_release"
        constraints = [
            models.UniqueConstraint(
                name="one_release_per_kind_period_and_version", fields=["kind", "first_on", "last_on", "version"]
            ),
            models.CheckConstraint(name="a_release_ends_after_it_begins", condition=Q(last_on__gte=F("first_on"))),
            models.CheckConstraint(
                name="the_threshold_of_a_release_is_3_to_11", condition=Q(threshold__gte=3, threshold__lte=11)
            ),
        ]

    def __str__(self) -> str:
        """Return kind, period and version."""
        return f"{self.kind} {self.first_on}–{self.last_on} v{self.version}"

    @property
    def period(self) -> Period:
        """Return the days it is about."""
        return Period(self.first_on, self.last_on)
