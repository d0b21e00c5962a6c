"""回音: replies, their delivery with proof, and what the petitioner thinks of them."""

from django.db import models
from django.db.models import Q

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Attachment, Petition

from .states import Method, ReplyKind, Satisfaction


class Reply(models.Model):
    """答复: what is told to the petitioner, by the office or by a unit."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=16, choices=ReplyKind.choices())
    number = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    replied_at = models.DateTimeField()
    replied_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    signed_by_unit = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "county_reply"
        constraints = [models.CheckConstraint(name="a_reply_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        """Return the kind."""
        return ReplyKind(self.kind).label


class Delivery(models.Model):
    """送达: when and how a reply reached the petitioner, with the proof, or why it could not."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="deliveries")
    method = models.CharField(max_length=12, choices=Method.choices())
    delivered_at = models.DateTimeField()
    recipient = models.CharField(max_length=60, blank=True)
    proof = models.CharField(max_length=300)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_delivery"
        constraints = [models.CheckConstraint(name="a_delivery_has_its_proof", condition=~Q(proof=""))]

    def __str__(self) -> str:
        """Return the method."""
        return Method(self.method).label


class Evaluation(models.Model):
    """满意度评价: asked once per closing, by the office or the petitioner's page."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="evaluations")
    satisfaction = models.CharField(max_length=16, choices=Satisfaction.choices())
    reason = models.CharField(max_length=300, blank=True)
    evaluated_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_evaluation"
        constraints = [
            models.UniqueConstraint(name="one_evaluation_per_petition", fields=["petition"]),
            models.CheckConstraint(
                name="dissatisfaction_has_a_reason",
                condition=~Q(satisfaction=Satisfaction.DISSATISFIED.value) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        """Return the word."""
        return Satisfaction(self.satisfaction).label
