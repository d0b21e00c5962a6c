"""What stands around a receipt before it is a petition, and the names under a joint letter."""

from django.db import models
from django.db.models import Q

from huiyin.accounts.models import Staff

from .models import Petition
from .receipt_models import Receipt
from .states import UrgentReceiver


class UrgentReport(models.Model):
    """重大紧急报告: one call before registration: who was told, by whom, when, with which words (R22 §25)."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="urgent_reports")
    to = models.CharField(max_length=20, choices=UrgentReceiver.choices())
    person = models.CharField(max_length=40)
    phone = models.CharField(max_length=20)
    words = models.CharField(max_length=500)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_urgent_report"
        constraints = [
            models.CheckConstraint(
                name="an_urgent_report_says_to_whom_and_what", condition=~Q(person="") & ~Q(phone="") & ~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        """Return who was told."""
        return UrgentReceiver(self.to).label


class Draft(models.Model):
    """草稿: what one person has typed of a registration that is not sent yet; one per receipt and person."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="drafts")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "county_draft"
        constraints = [
            models.UniqueConstraint(name="one_draft_per_receipt_and_person", fields=["receipt", "staff"]),
        ]

    def __str__(self) -> str:
        """Return the key: what is typed stands in no log."""
        return str(self.pk)


class JointSigner(models.Model):
    """联名人: one of the names under a joint letter, as far as the office wrote them down."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="joint_signers")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=60)

    class Meta:
        db_table = "county_joint_signer"
        constraints = [
            models.UniqueConstraint(name="joint_signers_are_counted", fields=["petition", "position"]),
            models.CheckConstraint(name="a_joint_signer_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        """Return the key: a signer's name stands in no log."""
        return str(self.pk)
