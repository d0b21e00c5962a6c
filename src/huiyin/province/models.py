"""The tables of the province's own schema."""

from django.db import models

from huiyin.accounts.models import Staff


class Note(models.Model):
    """A note that the province keeps beside a county's numbers of one period."""

    county = models.CharField(max_length=48)
    first_on = models.DateField()
    last_on = models.DateField()
    text = models.CharField(max_length=500)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "province_note"

    def __str__(self) -> str:
        """Return the text."""
        return self.text
