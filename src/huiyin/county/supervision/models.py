"""From a topic to the yearly plan: proposals, what the directors' meeting decided, the plan and its items."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together

from .states import ActivityKind, Decision, Dimension, PlanState, ProposalState, TopicSource


class TopicProposal(models.Model):
    """议题建议: what the office thinks the standing committee should look into, on which evidence.

    It is about one line of the hotspots (``dimension`` and ``key``) in a window. ``evidence`` is frozen: numbers and
    list as of ``evidence_at``, with the SHA-256 of both; it is never counted anew.
    """

    number = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=12, choices=ProposalState.choices())
    title = models.CharField(max_length=120)
    dimension = models.CharField(max_length=12, choices=Dimension.choices())
    key = models.CharField(max_length=80)
    key_label = models.CharField(max_length=120)
    window_first_on = models.DateField()
    window_last_on = models.DateField()
    source = models.CharField(max_length=12, choices=TopicSource.choices())
    instrument = models.CharField(max_length=20, choices=ActivityKind.choices())
    statute_code = models.CharField(max_length=40, blank=True)
    articles = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    reason = models.CharField(max_length=2000)
    focus = models.CharField(max_length=1000)
    timing = models.CharField(max_length=100)
    organiser = models.CharField(max_length=60)
    is_of_hotspot = models.BooleanField(default=False)
    evidence = models.JSONField()
    evidence_hash = models.CharField(max_length=64)
    evidence_at = models.DateTimeField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_back_words = models.CharField(max_length=500, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    committee_words = models.CharField(max_length=1000, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "county_topic_proposal"
        constraints = [
            models.CheckConstraint(
                name="a_topic_has_title_reason_and_focus", condition=~Q(title="") & ~Q(reason="") & ~Q(focus="")
            ),
            models.CheckConstraint(
                name="a_window_of_evidence_ends_after_it_began",
                condition=Q(window_last_on__gte=F("window_first_on")),
            ),
            models.CheckConstraint(name="evidence_has_its_hash", condition=~Q(evidence_hash="")),
            models.CheckConstraint(
                name="a_topic_is_approved_by_another_person",
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")),
            ),
            models.CheckConstraint(
                name="what_the_directors_decided_has_its_day",
                condition=~Q(state__in=[ProposalState.ADOPTED.value, ProposalState.DECLINED.value])
                | Q(decided_on__isnull=False),
            ),
            set_together("submitted_at", "submitted_by"),
            set_together("approved_at", "approved_by", name="a_topic_approved_at_and_by_are_set_together"),
        ]
        indexes = [models.Index(name="topic_proposals_by_state", fields=["state", "id"])]

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class DirectorsMeeting(models.Model):
    """主任会议: which one, on which day, who chaired it, what was on its agenda."""

    ordinal = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    chair = models.CharField(max_length=40)
    agenda = models.CharField(max_length=2000)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_directors_meeting"
        constraints = [
            models.UniqueConstraint(name="a_directors_meeting_is_recorded_once", fields=["held_on", "ordinal"]),
            models.CheckConstraint(
                name="a_directors_meeting_has_ordinal_chair_and_agenda",
                condition=Q(ordinal__gte=1) & ~Q(chair="") & ~Q(agenda=""),
            ),
        ]

    def __str__(self) -> str:
        """Return which one it was."""
        return f"第{self.ordinal}次主任会议"


class MeetingDecision(models.Model):
    """决定: what one directors' meeting decided on one proposal, and why."""

    meeting = models.ForeignKey(DirectorsMeeting, on_delete=models.PROTECT, related_name="decisions")
    proposal = models.ForeignKey(TopicProposal, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=12, choices=Decision.choices())
    reason = models.CharField(max_length=1000, blank=True)
    committee = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_meeting_decision"
        constraints = [
            models.UniqueConstraint(name="a_meeting_decides_once_on_a_topic", fields=["meeting", "proposal"]),
            models.CheckConstraint(
                name="what_is_not_adopted_has_its_reason", condition=Q(decision=Decision.ADOPT.value) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="a_committee_is_named_where_one_studies_the_topic",
                condition=Q(decision=Decision.TO_COMMITTEE.value) & ~Q(committee="")
                | ~Q(decision=Decision.TO_COMMITTEE.value) & Q(committee=""),
            ),
        ]

    def __str__(self) -> str:
        """Return the decision."""
        return Decision(self.decision).label


class SupervisionPlan(models.Model):
    """年度监督工作计划: one version of one year's plan, passed by a directors' meeting and published (JD24 §63)."""

    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=PlanState.choices())
    change_words = models.CharField(max_length=500, blank=True)
    meeting = models.ForeignKey(DirectorsMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_supervision_plan"
        constraints = [
            models.UniqueConstraint(name="one_version_of_a_years_plan", fields=["year", "version"]),
            models.UniqueConstraint(
                name="one_plan_of_a_year_in_preparation",
                fields=["year"],
                condition=Q(state=PlanState.DRAFT.value),
            ),
            models.UniqueConstraint(
                name="one_plan_of_a_year_in_force",
                fields=["year"],
                condition=Q(state=PlanState.PUBLISHED.value),
            ),
            models.CheckConstraint(
                name="a_published_plan_was_passed_by_a_meeting",
                condition=Q(state=PlanState.DRAFT.value, published_at=None)
                | (~Q(state=PlanState.DRAFT.value) & Q(published_at__isnull=False, meeting__isnull=False)),
            ),
            models.CheckConstraint(name="an_adjusted_plan_says_why", condition=Q(version=1) | ~Q(change_words="")),
            set_together("published_at", "published_by"),
        ]

    def __str__(self) -> str:
        """Return year and version."""
        return f"{self.year}年度监督工作计划（第{self.version}版）"


class PlanItem(models.Model):
    """计划项目: one thing the standing committee will do; ``code`` stays the same in every version of the year."""

    plan = models.ForeignKey(SupervisionPlan, on_delete=models.PROTECT, related_name="items")
    code = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=ActivityKind.choices())
    source = models.CharField(max_length=12, choices=TopicSource.choices())
    proposal = models.ForeignKey(
        TopicProposal, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_items"
    )
    statute_code = models.CharField(max_length=40, blank=True)
    articles = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    organiser = models.CharField(max_length=60)
    timing = models.CharField(max_length=100)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "county_plan_item"
        constraints = [
            models.UniqueConstraint(name="plan_items_are_counted", fields=["plan", "code"]),
            models.UniqueConstraint(
                name="a_topic_enters_a_plan_once",
                fields=["plan", "proposal"],
                condition=Q(proposal__isnull=False),
            ),
            models.CheckConstraint(
                name="a_plan_item_says_what_who_and_when",
                condition=~Q(title="") & ~Q(organiser="") & ~Q(timing=""),
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title
