"""回音: replies, their delivery with proof, and what the petitioner thinks of them."""

from django.db import models
from django.db.models import Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together
from huiyin.county.registry.models import Attachment, Petition

from .states import Method, ReopenGround, ReopenState, ReplyKind, Retention, Satisfaction


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
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_delivery"
        constraints = [
            models.CheckConstraint(
                name="only_a_reading_on_the_page_records_itself",
                condition=Q(recorded_by__isnull=False) | Q(method=Method.PAGE.value),
            ),
            models.UniqueConstraint(
                name="one_reading_on_the_page_per_reply", fields=["reply"], condition=Q(recorded_by=None)
            ),
            models.CheckConstraint(name="a_delivery_has_its_proof", condition=~Q(proof="")),
        ]

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


class ReopenRequest(models.Model):
    """申请重新办理: the office decides; when it agrees a new petition takes the matter up (``reopened_from``)."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="reopen_requests")
    evaluation = models.OneToOneField(
        Evaluation, on_delete=models.PROTECT, null=True, blank=True, related_name="reopen_request"
    )
    ground = models.CharField(max_length=16, choices=ReopenGround.choices())
    words = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=ReopenState.choices(), default=ReopenState.ASKED.value)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reopened_as = models.OneToOneField(
        Petition, on_delete=models.PROTECT, null=True, blank=True, related_name="reopen_request"
    )

    class Meta:
        db_table = "county_reopen_request"
        constraints = [
            models.UniqueConstraint(
                name="one_open_request_to_reopen_a_petition",
                fields=["petition"],
                condition=Q(state=ReopenState.ASKED.value),
            ),
            models.CheckConstraint(name="a_request_to_reopen_says_why", condition=~Q(words="")),
            set_together("decided_at", "decided_by"),
            models.CheckConstraint(
                name="what_was_agreed_to_was_reopened",
                condition=Q(state=ReopenState.AGREED.value, reopened_as__isnull=False)
                | (~Q(state=ReopenState.AGREED.value) & Q(reopened_as=None)),
            ),
        ]

    def __str__(self) -> str:
        """Return where it stands."""
        return ReopenState(self.state).label


class Archive(models.Model):
    """归档: the closed file, with its number, page list, retention and the hash of everything in it."""

    petition = models.OneToOneField(Petition, on_delete=models.PROTECT, related_name="archive")
    file_number = models.CharField(max_length=60, unique=True)
    retention = models.CharField(max_length=16, choices=Retention.choices())
    pages = models.PositiveIntegerField()
    contents = models.JSONField()
    manifest = models.CharField(max_length=64)
    archived_at = models.DateTimeField()
    archived_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_archive"
        constraints = [models.CheckConstraint(name="a_file_has_pages", condition=Q(pages__gte=1))]

    def __str__(self) -> str:
        """Return the file number."""
        return self.file_number
