"""三项建议: what the office recommends to a unit, on which petitions it stands, and what the unit made of it."""

from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together
from huiyin.county.office.models import Unit
from huiyin.county.registry.models import Petition

from .models import Oversight
from .querysets import RecommendationQuerySet
from .states import Adoption, RecommendationKind, RecommendationState

DRAFTED, SENT_BACK = RecommendationState.DRAFTED.value, RecommendationState.SENT_BACK.value
MADE, ANSWERED = RecommendationState.MADE.value, RecommendationState.ANSWERED.value


class Recommendation(models.Model):
    """建议: facts, words, basis and day for the answer; made by a second person, answered by the unit."""

    kind = models.CharField(max_length=16, choices=RecommendationKind.choices())
    state = models.CharField(max_length=10, choices=RecommendationState.choices())
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="recommendations")
    oversight = models.ForeignKey(
        Oversight, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    number = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=100)
    facts = models.TextField()
    words = models.TextField()
    basis = models.CharField(max_length=300)
    due_on = models.DateField()
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    send_back_words = models.CharField(max_length=500, blank=True)
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    adoption = models.CharField(max_length=8, choices=Adoption.choices(), blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        db_table = "county_recommendation"
        constraints = [
            models.UniqueConstraint(
                name="a_recommendation_number_is_given_once", fields=["number"], condition=~Q(number="")
            ),
            models.UniqueConstraint(
                name="a_step_is_carried_out_by_one_recommendation",
                fields=["oversight"],
                condition=Q(oversight__isnull=False) & ~Q(state=SENT_BACK),
            ),
            models.CheckConstraint(
                name="a_recommendation_says_what_it_stands_on",
                condition=~Q(subject="") & ~Q(facts="") & ~Q(words="") & ~Q(basis=""),
            ),
            models.CheckConstraint(
                name="a_recommendation_is_made_by_another_person",
                condition=Q(state__in=[DRAFTED, SENT_BACK], number="", made_at=None, made_by=None)
                | (
                    Q(state__in=[MADE, ANSWERED], made_at__isnull=False, made_by__isnull=False)
                    & ~Q(number="")
                    & ~Q(made_by=F("drafted_by"))
                ),
            ),
            models.CheckConstraint(
                name="a_recommendation_sent_back_says_why",
                condition=Q(state=SENT_BACK, sent_back_at__isnull=False) & ~Q(send_back_words="")
                | ~Q(state=SENT_BACK) & Q(sent_back_at=None, send_back_words=""),
            ),
            set_together("sent_back_at", "sent_back_by"),
            set_together("answered_at", "answered_by"),
            models.CheckConstraint(
                name="an_answered_recommendation_says_what_was_adopted",
                condition=Q(state=ANSWERED, answered_at__isnull=False, answered_on__isnull=False)
                & ~Q(adoption="")
                & ~Q(answer="")
                | ~Q(state=ANSWERED) & Q(answered_at=None, answered_on=None, adoption="", answer=""),
            ),
        ]
        indexes = [models.Index(name="recommendations_of_a_unit", fields=["unit", "state", "id"])]

    def __str__(self) -> str:
        """Return the number, or what it is about before it has one."""
        return self.number or self.subject


class RecommendationPetition(models.Model):
    """建议所依据的信访件: one petition that a recommendation stands on; its paper names none of them."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="links")
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="recommendation_links")

    class Meta:
        db_table = "county_recommendation_petition"
        constraints = [
            models.UniqueConstraint(
                name="a_petition_is_linked_once_to_a_recommendation", fields=["recommendation", "petition"]
            )
        ]

    def __str__(self) -> str:
        """Return both keys."""
        return f"{self.recommendation_id} {self.petition_id}"
