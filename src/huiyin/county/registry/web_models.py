"""What petitioners send by the public page: a petition before its registration, and evidence after it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together

from .models import Petition
from .receipt_models import Receipt
from .states import Elsewhere, Purpose


class WebSubmission(models.Model):
    """网上信访: what was filled in on the page, word for word; the clerk registers from it."""

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="web")
    name = models.CharField(max_length=60, blank=True)
    identity_number = models.CharField(max_length=18, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices(), blank=True)
    summary = models.CharField(max_length=500, blank=True)
    content = models.TextField(blank=True)
    claims = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    elsewhere = models.CharField(max_length=12, choices=Elsewhere.choices(), blank=True)
    elsewhere_words = models.CharField(max_length=200, blank=True)
    query_code_digest = models.CharField(max_length=64)
    query_code_key = models.CharField(max_length=64)
    source = models.CharField(max_length=64)
    submitted_on = models.DateField()
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "county_web_submission"
        constraints = [
            models.CheckConstraint(
                name="what_was_sent_stands_until_it_is_emptied",
                condition=(Q(emptied_at=None) & ~Q(content="") & ~Q(summary=""))
                | Q(
                    emptied_at__isnull=False,
                    name="",
                    identity_number="",
                    phone="",
                    address="",
                    place="",
                    summary="",
                    content="",
                    claims=[],
                    elsewhere_words="",
                ),
            ),
        ]
        indexes = [
            models.Index(name="web_by_code", fields=["query_code_key"]),
            models.Index(name="web_by_source_and_day", fields=["source", "submitted_on"]),
        ]

    def __str__(self) -> str:
        """Return the key: what was sent stands in no log."""
        return str(self.pk)


class WebFile(models.Model):
    """A file that came with a submission; at the registration it becomes an attachment of the petition."""

    submission = models.ForeignKey(WebSubmission, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "county_web_file"
        constraints = [
            models.UniqueConstraint(name="files_of_a_submission_are_counted", fields=["submission", "position"]),
            models.UniqueConstraint(name="one_file_per_submission_and_content", fields=["submission", "sha256"]),
        ]

    def __str__(self) -> str:
        """Return the key: a file's name may tell of people."""
        return str(self.pk)


class Supplement(models.Model):
    """补充材料: what the petitioner adds while the petition is open; the unit sees it once the office passed it on."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="supplements")
    words = models.TextField(blank=True)
    file_count = models.PositiveSmallIntegerField(default=0)
    given_at = models.DateTimeField()
    passed_on_at = models.DateTimeField(null=True, blank=True)
    passed_on_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_supplement"
        constraints = [
            models.CheckConstraint(name="a_supplement_adds_something", condition=~Q(words="") | Q(file_count__gte=1)),
            set_together("passed_on_at", "passed_on_by"),
        ]

    def __str__(self) -> str:
        """Return the key."""
        return str(self.pk)
