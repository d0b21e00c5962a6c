"""成效: what was counted before an activity and after its answer was accepted, as it stood when that was concluded."""

from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff

from .activity_models import Activity
from .opinion_models import Opinion
from .states import Dimension

MONTHS = (3, 6, 12)


class EffectRecord(models.Model):
    """成效记录: two equal windows, the same numbers in both, the whole county beside them; never counted anew."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="effects")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="+")
    dimension = models.CharField(max_length=12, choices=Dimension.choices())
    key = models.CharField(max_length=80)
    key_label = models.CharField(max_length=120)
    months = models.PositiveSmallIntegerField()
    before_first_on = models.DateField()
    before_last_on = models.DateField()
    after_first_on = models.DateField()
    after_last_on = models.DateField()
    before = models.JSONField()
    after = models.JSONField()
    all_before = models.JSONField()
    all_after = models.JSONField()
    change = models.CharField(max_length=8)
    concluded_at = models.DateTimeField()
    concluded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_effect_record"
        constraints = [
            models.UniqueConstraint(
                name="an_effect_is_recorded_once", fields=["activity", "dimension", "key", "months"]
            ),
            models.CheckConstraint(name="an_effect_has_equal_windows", condition=Q(months__in=MONTHS)),
            models.CheckConstraint(
                name="windows_of_an_effect_do_not_meet", condition=Q(before_last_on__lt=F("after_first_on"))
            ),
        ]

    def __str__(self) -> str:
        """Return what was counted."""
        return f"{self.key_label} {self.months}个月"
