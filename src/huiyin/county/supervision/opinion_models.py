"""审议意见 and what became of it: its items, the unit's answers, how the members rated them, what followed."""

from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together
from huiyin.county.office.models import Unit

from .activity_models import Activity
from .finding_models import Finding, InspectionReport
from .opinion_querysets import OpinionQuerySet
from .opinion_states import (
    WITH_UNIT,
    FollowUpKind,
    ItemKind,
    ItemResult,
    OpinionState,
    ResponseDecision,
)

CODES_WITH_UNIT = sorted(state.value for state in WITH_UNIT)


class Opinion(models.Model):
    """审议意见: what a session told one unit to look into and to answer, by which day and why that day."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="opinions")
    report = models.ForeignKey(
        InspectionReport, on_delete=models.PROTECT, null=True, blank=True, related_name="opinions"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="opinions")
    state = models.CharField(max_length=10, choices=OpinionState.choices())
    number = models.CharField(max_length=60, blank=True)
    session = models.CharField(max_length=80)
    session_on = models.DateField()
    answer_asked_on = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    send_due_on = models.DateField(null=True, blank=True)
    send_due = models.JSONField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due = models.JSONField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OpinionQuerySet.as_manager()

    class Meta:
        db_table = "county_opinion"
        constraints = [
            models.UniqueConstraint(name="an_opinion_number_is_given_once", fields=["number"], condition=~Q(number="")),
            models.UniqueConstraint(name="one_opinion_per_activity_and_unit", fields=["activity", "unit"]),
            models.CheckConstraint(
                name="an_opinion_is_approved_by_another_person",
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")),
            ),
            models.CheckConstraint(
                name="an_opinion_with_a_unit_has_number_and_due_date",
                condition=~Q(state__in=CODES_WITH_UNIT)
                | (~Q(number="") & Q(sent_at__isnull=False, received_on__isnull=False, due_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_an_accepted_answer_is_published",
                condition=Q(published_at=None) | Q(state=OpinionState.ACCEPTED.value),
            ),
            set_together("approved_at", "approved_by", name="an_opinion_approved_at_and_by_are_set_together"),
            set_together("sent_at", "sent_by", name="an_opinion_sent_at_and_by_are_set_together"),
            set_together("published_at", "published_by", name="an_opinion_published_at_and_by_are_set_together"),
        ]
        indexes = [models.Index(name="opinions_of_a_unit", fields=["unit", "state"])]

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class OpinionItem(models.Model):
    """审议意见的一条: an overall view, a problem or a suggestion; ``due_on`` where the session set its own day."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ItemKind.choices())
    text = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_opinion_item"
        constraints = [
            models.UniqueConstraint(name="items_of_an_opinion_are_counted", fields=["opinion", "position"]),
            models.CheckConstraint(name="an_item_of_an_opinion_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        """Return its place."""
        return f"第{self.position}条"


class Response(models.Model):
    """研究处理情况: one answer of the unit, and what the committee made of it."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="responses")
    round = models.PositiveSmallIntegerField()
    words = models.TextField()
    signed_by = models.CharField(max_length=40)
    answered_on = models.DateField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=ResponseDecision.choices(), blank=True)
    decision_words = models.CharField(max_length=1000, blank=True)
    return_due_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_response"
        constraints = [
            models.UniqueConstraint(name="answers_to_an_opinion_are_counted", fields=["opinion", "round"]),
            models.CheckConstraint(
                name="a_response_says_something_and_is_signed", condition=~Q(words="") & ~Q(signed_by="")
            ),
            models.CheckConstraint(
                name="a_returned_response_has_reason_and_new_date",
                condition=~Q(decision=ResponseDecision.RETURNED.value)
                | (Q(return_due_on__isnull=False) & ~Q(decision_words="")),
            ),
            models.CheckConstraint(
                name="a_decision_on_a_response_has_who_and_when",
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
            ),
            set_together("decided_at", "decided_by", name="a_response_decided_at_and_by_are_set_together"),
        ]

    def __str__(self) -> str:
        """Return the round."""
        return f"第{self.round}次反馈"


class ResponseItem(models.Model):
    """逐条办理情况: what was done about one item, and how far."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(OpinionItem, on_delete=models.PROTECT, related_name="answers")
    result = models.CharField(max_length=10, choices=ItemResult.choices())
    words = models.TextField()

    class Meta:
        db_table = "county_response_item"
        constraints = [
            models.UniqueConstraint(name="an_item_is_answered_once_in_a_round", fields=["response", "item"]),
            models.CheckConstraint(name="an_answer_to_an_item_says_something", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        """Return the keys."""
        return f"{self.response_id} {self.item_id}"


class Rating(models.Model):
    """满意度测评: how the members voted on an answer; the result follows from the counts and is stored nowhere."""

    response = models.OneToOneField(Response, on_delete=models.PROTECT, related_name="rating")
    session = models.CharField(max_length=80)
    rated_on = models.DateField()
    members = models.PositiveSmallIntegerField()
    satisfied = models.PositiveSmallIntegerField()
    mostly = models.PositiveSmallIntegerField()
    dissatisfied = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_response_rating"
        constraints = [
            models.CheckConstraint(
                name="no_more_votes_than_members",
                condition=Q(members__gte=F("satisfied") + F("mostly") + F("dissatisfied")) & Q(members__gte=1),
            ),
        ]

    def __str__(self) -> str:
        """Return the session."""
        return self.session


class FollowUp(models.Model):
    """跟踪: a check, a resolution or an inquiry after the answer, and what came of it (JD24 §37, §47)."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(max_length=20, choices=FollowUpKind.choices())
    held_on = models.DateField()
    words = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_opinion_follow_up"
        constraints = [
            models.CheckConstraint(name="a_follow_up_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="a_follow_up_concluded_has_its_outcome",
                condition=Q(concluded_at=None, outcome="") | (Q(concluded_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="a_resolution_sets_a_day",
                condition=~Q(kind=FollowUpKind.RESOLUTION.value) | Q(due_on__isnull=False),
            ),
            set_together("concluded_at", "concluded_by", name="a_follow_up_concluded_at_and_by_are_set_together"),
        ]

    def __str__(self) -> str:
        """Return the kind."""
        return FollowUpKind(self.kind).label
