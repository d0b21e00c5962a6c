"""问题清单 and 执法检查报告: what an activity found, on which matters it rests, and what was reported of it."""

from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together
from huiyin.county.office.models import Unit
from huiyin.county.registry.models import Matter

from .activity_models import Activity
from .models import DirectorsMeeting
from .opinion_states import ReportState, Severity


class Finding(models.Model):
    """问题: one fact that an activity found, the law it offends and the unit that answers for it."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="findings")
    position = models.PositiveSmallIntegerField()
    fact = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    severity = models.CharField(max_length=8, choices=Severity.choices())
    statute_code = models.CharField(max_length=40, blank=True)
    article = models.CharField(max_length=60, blank=True)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    view_asked_at = models.DateTimeField(null=True, blank=True)
    view_asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    view = models.TextField(blank=True)
    view_known_at = models.DateTimeField(null=True, blank=True)
    view_known_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawal_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "county_finding"
        constraints = [
            models.UniqueConstraint(
                name="findings_are_counted", fields=["activity", "position"], deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(name="a_finding_states_a_fact", condition=~Q(fact="")),
            models.CheckConstraint(
                name="an_article_of_a_finding_is_of_a_law", condition=Q(article="") | ~Q(statute_code="")
            ),
            models.CheckConstraint(
                name="a_view_on_a_finding_was_asked_for",
                condition=Q(view="", view_known_at=None)
                | (~Q(view="") & Q(view_known_at__isnull=False, view_asked_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_finding_taken_back_says_why",
                condition=Q(withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
            ),
            set_together("view_asked_at", "view_asked_by"),
            set_together("view_known_at", "view_known_by"),
            set_together("withdrawn_at", "withdrawn_by", name="a_finding_withdrawn_at_and_by_are_set_together"),
        ]

    def __str__(self) -> str:
        """Return its place on the list."""
        return f"问题{self.position}"


class FindingMatter(models.Model):
    """关联信访事项: a matter behind a finding, for the office; outward only how many, of which class, from where."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="matters")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    category_code = models.CharField(max_length=20, blank=True)
    category_path = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=80, blank=True)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    unlinked_at = models.DateTimeField(null=True, blank=True)
    unlinked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_finding_matter"
        constraints = [
            models.UniqueConstraint(
                name="a_matter_is_linked_to_a_finding_once",
                fields=["finding", "matter"],
                condition=Q(unlinked_at=None),
            ),
            set_together("unlinked_at", "unlinked_by", name="a_matter_unlinked_at_and_by_are_set_together"),
        ]

    def __str__(self) -> str:
        """Return the keys."""
        return f"{self.finding_id} {self.matter_id}"


class InspectionReport(models.Model):
    """执法检查报告: one version; ``findings`` are those on the list when it was written, as they stood then."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="reports")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=ReportState.choices())
    evaluation = models.TextField()
    problems = models.TextField()
    suggestions = models.TextField()
    law_suggestions = models.TextField(blank=True)
    findings = models.JSONField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(DirectorsMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    session = models.CharField(max_length=80, blank=True)
    session_on = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_inspection_report"
        constraints = [
            models.UniqueConstraint(name="versions_of_a_report_are_counted", fields=["activity", "version"]),
            models.UniqueConstraint(
                name="one_version_of_a_report_is_in_hand",
                fields=["activity"],
                condition=~Q(state=ReportState.REPLACED.value),
            ),
            models.CheckConstraint(
                name="a_report_has_the_parts_of_the_law",
                condition=~Q(evaluation="") & ~Q(problems="") & ~Q(suggestions=""),
            ),
            models.CheckConstraint(
                name="a_report_is_approved_by_another_person",
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")),
            ),
            models.CheckConstraint(
                name="a_report_comes_before_a_session_by_a_meeting",
                condition=Q(submitted_at=None, meeting=None, session="", session_on=None)
                | (Q(submitted_at__isnull=False, meeting__isnull=False, session_on__isnull=False) & ~Q(session="")),
            ),
            set_together("approved_at", "approved_by", name="a_report_approved_at_and_by_are_set_together"),
            set_together("submitted_at", "submitted_by", name="a_report_submitted_at_and_by_are_set_together"),
        ]

    def __str__(self) -> str:
        """Return the version."""
        return f"第{self.version}稿"
