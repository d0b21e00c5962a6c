"""How petitioners reach the office, as its own people published it."""

from django.db import models
from django.db.models import Q

from huiyin.accounts.models import Staff


class Contact(models.Model):
    """公布的联系方式: one row; what was left empty is shown nowhere."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    address = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_contact"
        constraints = [models.CheckConstraint(name="an_office_publishes_one_contact", condition=Q(id=1))]

    def __str__(self) -> str:
        """Return the address."""
        return self.address
