"""What arrived before anything was registered, and the counters that give numbers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff

from .states import (
    Addressee,
    Channel,
    Origin,
)

TAKEN_BY_THE_PAGE = "网上提交"


class Counter(models.Model):
    """The last number given in one series of one year; it moves only with the row that takes the number."""

    series = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()

    class Meta:
        db_table = "county_counter"
        constraints = [models.UniqueConstraint(name="one_counter_per_series_and_year", fields=["series", "year"])]

    def __str__(self) -> str:
        """Return series, year and value."""
        return f"{self.series} {self.year} {self.value}"


class Receipt(models.Model):
    """收件: what arrived, before registration; the independent denominator of every promise."""

    year = models.PositiveSmallIntegerField()
    number_value = models.PositiveIntegerField()
    number = models.CharField(max_length=60, unique=True)
    channel = models.CharField(max_length=12, choices=Channel.choices())
    origin = models.CharField(max_length=20, choices=Origin.choices(), default=Origin.DIRECT.value)
    received_on = models.DateField()
    postmarked_on = models.DateField(null=True, blank=True)
    sender = models.CharField(max_length=60, blank=True)
    head_count = models.PositiveIntegerField(default=1)
    note = models.CharField(max_length=200, blank=True)
    addressed_to = models.CharField(max_length=12, choices=Addressee.choices(), blank=True)
    recipient = models.CharField(max_length=40, blank=True)
    mail_number = models.CharField(max_length=30, blank=True)
    caller_phone = models.CharField(max_length=20, blank=True)
    representatives = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    origin_name = models.CharField(max_length=80, blank=True)
    origin_number = models.CharField(max_length=60, blank=True)
    origin_due_on = models.DateField(null=True, blank=True)
    origin_words = models.CharField(max_length=200, blank=True)
    envelope_sha256 = models.CharField(max_length=64, blank=True)
    envelope_media_type = models.CharField(max_length=80, blank=True)
    register_due_on = models.DateField(null=True, blank=True)
    register_due = models.JSONField(default=dict)
    is_urgent = models.BooleanField(default=False)
    urgent_reported_at = models.DateTimeField(null=True, blank=True)
    urgent_reported_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_sealed = models.BooleanField(default=False)
    not_petition_reason = models.CharField(max_length=200, blank=True)
    not_petition_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    not_petition_seconded_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    not_petition_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "county_receipt"
        constraints = [
            models.UniqueConstraint(name="a_receipt_number_is_given_once", fields=["year", "number_value"]),
            models.CheckConstraint(name="somebody_came", condition=Q(head_count__gte=1)),
            models.CheckConstraint(
                name="only_what_came_by_the_page_was_taken_by_nobody",
                condition=Q(taken_by__isnull=False) | Q(channel=Channel.WEB.value),
            ),
            models.CheckConstraint(
                name="a_sealed_receipt_tells_nobody",
                condition=Q(is_sealed=False) | Q(sender="", note="", caller_phone=""),
            ),
            models.CheckConstraint(
                name="what_was_handed_in_names_who_handed_it_in",
                condition=Q(origin=Origin.DIRECT.value, origin_name="", origin_due_on=None)
                | (~Q(origin=Origin.DIRECT.value) & ~Q(origin_name="")),
            ),
            models.CheckConstraint(
                name="only_what_is_urgent_was_reported_as_urgent",
                condition=Q(urgent_reported_at=None, urgent_reported_by=None)
                | Q(is_urgent=True, urgent_reported_at__isnull=False, urgent_reported_by__isnull=False),
            ),
            models.CheckConstraint(
                name="not_petition_takes_two_different_people",
                condition=Q(not_petition_at=None, not_petition_by=None, not_petition_seconded_by=None)
                | (
                    Q(not_petition_at__isnull=False, not_petition_by__isnull=False)
                    & (Q(not_petition_seconded_by=None) | ~Q(not_petition_seconded_by=F("not_petition_by")))
                ),
            ),
        ]
        indexes = [
            models.Index(name="receipts_by_day", fields=["received_on", "id"]),
            models.Index(name="receipts_by_urgency", fields=["register_due_on", "id"]),
        ]

    def __str__(self) -> str:
        """Return the receipt number."""
        return self.number

    @property
    def taker_name(self) -> str:
        """Return who took it in; what came by the petitioners' page was taken by nobody."""
        return self.taken_by.name if self.taken_by else TAKEN_BY_THE_PAGE


class ReceiptCorrection(models.Model):
    """更正: the day of a receipt as it stood and as it stands since, why, and who agreed."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="corrections")
    received_on_before = models.DateField()
    received_on = models.DateField()
    reason = models.CharField(max_length=200)
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_receipt_correction"
        constraints = [
            models.CheckConstraint(name="a_correction_has_its_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="a_receipt_moves_back_only_with_a_second_person",
                condition=Q(received_on__gt=F("received_on_before"))
                | Q(received_on__lt=F("received_on_before"), approved_by__isnull=False)
                & ~Q(approved_by=F("corrected_by")),
            ),
        ]

    def __str__(self) -> str:
        """Return both days."""
        return f"{self.received_on_before} → {self.received_on}"
