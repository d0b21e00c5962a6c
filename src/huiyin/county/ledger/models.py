"""台账导入: every sheet that was taken in, and what became of each row."""

from django.db import models

from huiyin.accounts.models import Staff

from .states import RowFate, RunState


class ImportRun(models.Model):
    """One sheet with its column mapping."""

    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=RunState.choices())
    mapping = models.JSONField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "county_import_run"

    def __str__(self) -> str:
        """Return the sheet's name."""
        return self.name


class ImportRow(models.Model):
    """One row of a sheet: its values as written, its fate and the reasons."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    source_number = models.CharField(max_length=60, blank=True)
    cells = models.JSONField()
    fate = models.CharField(max_length=12, choices=RowFate.choices())
    reasons = models.JSONField(default=list)
    petition_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "county_import_row"
        constraints = [models.UniqueConstraint(name="one_fate_per_run_and_line", fields=["run", "line"])]

    def __str__(self) -> str:
        """Return line and fate."""
        return f"{self.line} {self.fate}"
