"""热点标准: which thresholds held since when; a change is a new row."""

from django.db import models
from django.db.models import Q

from huiyin.accounts.models import Staff


class HotspotThreshold(models.Model):
    """热点标准: set by the head, with the reason; it holds until the next one."""

    min_matters = models.PositiveSmallIntegerField()
    rise_percent = models.PositiveSmallIntegerField()
    first = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_hotspot_threshold"
        constraints = [
            models.CheckConstraint(name="a_threshold_has_its_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="one_matter_is_no_hotspot", condition=Q(min_matters__gte=2)),
        ]

    def __str__(self) -> str:
        """Return the numbers."""
        return f"{self.min_matters} {self.rise_percent}% {self.first}"
