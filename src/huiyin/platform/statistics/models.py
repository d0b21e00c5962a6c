"""Numbers that counties pushed: the only thing of theirs that the province can read."""

from django.db import models
from django.db.models import F, Q


class Submission(models.Model):
    """One period of one county as reported: a version that is never changed."""

    key = models.UUIDField(unique=True)
    county = models.CharField(max_length=48)
    gb_code = models.CharField(max_length=6)
    county_name = models.CharField(max_length=60)
    first_on = models.DateField()
    last_on = models.DateField()
    version = models.PositiveIntegerField()
    data_as_of = models.DateTimeField()
    submitted_at = models.DateTimeField()

    class Meta:
        db_table = "platform_submission"
        constraints = [
            models.UniqueConstraint(
                name="one_submission_per_county_period_and_version", fields=["county", "first_on", "last_on", "version"]
            ),
            models.CheckConstraint(name="period_ends_after_it_begins", condition=Q(last_on__gte=F("first_on"))),
            models.CheckConstraint(name="versions_count_from_one", condition=Q(version__gte=1)),
        ]
        indexes = [models.Index(name="submissions_by_period", fields=["first_on", "last_on"])]

    def __str__(self) -> str:
        """Return county, period and version."""
        return f"{self.county} {self.first_on}–{self.last_on} v{self.version}"


class Figure(models.Model):
    """One number of a submission: part and whole, never a percentage."""

    submission_key = models.UUIDField()
    county = models.CharField(max_length=48)
    indicator = models.CharField(max_length=40)
    channel = models.CharField(max_length=16)
    part = models.PositiveIntegerField()
    whole = models.PositiveIntegerField()

    class Meta:
        db_table = "platform_figure"
        constraints = [
            models.UniqueConstraint(
                name="one_figure_per_submission_indicator_and_channel",
                fields=["submission_key", "indicator", "channel"],
            ),
            models.CheckConstraint(name="a_part_is_no_greater_than_its_whole", condition=Q(part__lte=F("whole"))),
        ]

    def __str__(self) -> str:
        """Return the indicator with part and whole."""
        return f"{self.indicator} {self.part}/{self.whole}"


class Cell(models.Model):
    """One number of a submission in its finest division, by purpose and national class; it never leaves as it is."""

    submission_key = models.UUIDField()
    county = models.CharField(max_length=48)
    indicator = models.CharField(max_length=40)
    channel = models.CharField(max_length=16)
    purpose = models.CharField(max_length=16, blank=True)
    category = models.CharField(max_length=2, blank=True)
    part = models.PositiveIntegerField()
    whole = models.PositiveIntegerField()

    class Meta:
        db_table = "platform_cell"
        constraints = [
            models.UniqueConstraint(
                name="one_cell_per_submission_indicator_channel_purpose_and_class",
                fields=["submission_key", "indicator", "channel", "purpose", "category"],
            ),
            models.CheckConstraint(name="a_cells_part_is_no_greater_than_its_whole", condition=Q(part__lte=F("whole"))),
        ]

    def __str__(self) -> str:
        """Return the indicator with purpose, class, part and whole."""
        return f"{self.indicator} {self.purpose} {self.category} {self.part}/{self.whole}"
