"""What a repeat brought that the units of the main petition did not know yet."""

from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition


class NewEvidence(models.Model):
    """新证据: facts and files of a repeat, redacted, as the office passed them on to whoever has the main petition."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="new_evidence")
    repeat = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="evidence_passed_on")
    words = models.CharField(max_length=1000, blank=True)
    file_count = models.PositiveSmallIntegerField(default=0)
    passed_on_at = models.DateTimeField()
    passed_on_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_new_evidence"
        constraints = [
            models.CheckConstraint(
                name="new_evidence_says_or_shows_something", condition=~Q(words="") | Q(file_count__gte=1)
            ),
            models.CheckConstraint(name="new_evidence_comes_from_another_petition", condition=~Q(petition=F("repeat"))),
        ]

    def __str__(self) -> str:
        """Return the key: what somebody wrote stands in no log."""
        return str(self.pk)
