"""文书: papers of the office, each a frozen set of values from which it can be produced again."""

from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition

from .querysets import DocumentQuerySet
from .states import DocumentKind


class Document(models.Model):
    """文书: what was written, from which values, under which number; nothing of it changes afterwards.

    ``subject`` and ``subject_id`` name the row that it was written of, without a foreign key, and ``unit_code`` the
    unit that it is addressed to. ``source_entry_id`` is the event that caused it; a paper asked for has none.
    """

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    kind = models.CharField(max_length=24, choices=DocumentKind.choices())
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    unit_code = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=60, blank=True)
    series = models.CharField(max_length=24, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number_value = models.PositiveIntegerField(null=True, blank=True)
    values = models.JSONField()
    values_hash = models.CharField(max_length=64)
    template = models.CharField(max_length=20)
    source_entry_id = models.BigIntegerField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_fonts = models.CharField(max_length=200, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField(max_length=200, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        db_table = "county_document"
        constraints = [
            models.UniqueConstraint(name="one_event_writes_a_kind_once", fields=["source_entry_id", "kind"]),
            models.UniqueConstraint(name="a_document_number_is_given_once", fields=["series", "year", "number_value"]),
            models.CheckConstraint(
                name="a_number_of_its_own_is_complete",
                condition=Q(series="", year=None, number_value=None)
                | (~Q(series="") & ~Q(number="") & Q(year__isnull=False, number_value__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_voided_document_has_its_reason",
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | (Q(voided_at__isnull=False) & Q(voided_at__gte=F("written_at")) & ~Q(void_reason="")),
            ),
            models.CheckConstraint(
                name="a_kept_print_names_its_fonts",
                condition=Q(pdf_sha256="", pdf_fonts="") | (~Q(pdf_sha256="") & ~Q(pdf_fonts="")),
            ),
        ]
        indexes = [
            models.Index(name="documents_of_a_petition", fields=["petition", "kind", "id"]),
            models.Index(name="documents_of_a_row", fields=["subject", "subject_id"]),
        ]

    def __str__(self) -> str:
        """Return kind and number."""
        return f"{DocumentKind(self.kind).label} {self.number}".strip()
