"""What this county reported to the province."""

from django.db import models

from huiyin.accounts.models import Staff


class ReportedPeriod(models.Model):
    """报送: one version of one period's numbers, as sent."""

    first_on = models.DateField()
    last_on = models.DateField()
    version = models.PositiveIntegerField()
    key = models.UUIDField(unique=True)
    figures = models.JSONField()
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_reported_period"
        constraints = [
            models.UniqueConstraint(name="one_version_of_a_reported_period", fields=["first_on", "last_on", "version"]),
        ]

    def __str__(self) -> str:
        """Return period and version."""
        return f"{self.first_on}–{self.last_on} v{self.version}"
