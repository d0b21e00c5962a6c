"""监督活动: an inspection, deliberation, field visit and so on, its team, its units, and what was handed to it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together
from huiyin.county.office.models import Unit
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt

from .models import PlanItem
from .states import ActivityKind, ActivityState, MemberBasis, Method, TeamRole


class Activity(models.Model):
    """监督活动: from its scheme to its end; what it finds, and what becomes of that, hangs on it.

    ``plan_item`` is the item of the plan's version in force when it was prepared; what is not in the plan names its
    ``ground``. ``part_of`` is the deliberation, inquiry or appraisal that a field visit belongs to; ``session`` is the
    standing committee's meeting that deliberated.
    """

    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=ActivityKind.choices())
    state = models.CharField(max_length=12, choices=ActivityState.choices())
    title = models.CharField(max_length=120)
    plan_item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, null=True, blank=True, related_name="activities")
    ground = models.CharField(max_length=500, blank=True)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    statute_code = models.CharField(max_length=40, blank=True)
    articles = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    organiser = models.CharField(max_length=60)
    aim = models.CharField(max_length=1000)
    focus = models.CharField(max_length=2000)
    methods = ArrayField(models.CharField(max_length=16, choices=Method.choices()), default=list)
    agenda = models.CharField(max_length=2000)
    starts_on = models.DateField()
    ends_on = models.DateField()
    resolution = models.CharField(max_length=300, blank=True)
    resolved_on = models.DateField(null=True, blank=True)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    sent_back_words = models.CharField(max_length=500, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    session = models.CharField(max_length=80, blank=True)
    session_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_activity"
        constraints = [
            models.CheckConstraint(name="an_activity_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="an_activity_is_planned_or_grounded", condition=Q(plan_item__isnull=False) | ~Q(ground="")
            ),
            models.CheckConstraint(
                name="only_a_field_visit_is_part_of_another",
                condition=Q(part_of=None) | Q(kind=ActivityKind.FIELD_VISIT.value),
            ),
            models.CheckConstraint(
                name="a_scheme_is_approved_by_another_person",
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="a_resolution_has_its_day",
                condition=Q(resolution="", resolved_on=None) | (~Q(resolution="") & Q(resolved_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_session_on_an_activity_has_its_day",
                condition=Q(session="", session_on=None) | (~Q(session="") & Q(session_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="what_ended_says_what_came_of_it",
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
            set_together("approved_at", "approved_by", name="a_scheme_approved_at_and_by_are_set_together"),
            set_together("begun_at", "begun_by"),
            set_together("finished_at", "finished_by"),
            set_together("ended_at", "ended_by"),
        ]
        indexes = [models.Index(name="activities_by_state", fields=["state", "id"])]

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class ActivityUnit(models.Model):
    """受检单位: a unit that an activity is about."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_activity_unit"
        constraints = [
            models.UniqueConstraint(name="a_unit_is_inspected_once_in_an_activity", fields=["activity", "unit"])
        ]

    def __str__(self) -> str:
        """Return the keys."""
        return f"{self.activity_id} {self.unit_id}"


class TeamMember(models.Model):
    """检查组成员: who goes, in which role, from where, and which former posts were declared.

    ``organ`` is where the person works now; ``unit`` is that organ where it is one of the units on record.
    ``former_posts`` is the declaration in words (“无” where there is none), ``former_units`` the codes of those units.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=40)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=16, choices=TeamRole.choices())
    basis = models.CharField(max_length=20, choices=MemberBasis.choices())
    post = models.CharField(max_length=80)
    organ = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    former_posts = models.CharField(max_length=300)
    former_units = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    fairness_words = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    recusal_reason = models.CharField(max_length=300, blank=True)
    recused_at = models.DateTimeField(null=True, blank=True)
    recused_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_team_member"
        constraints = [
            models.UniqueConstraint(name="a_person_is_in_a_team_once", fields=["activity", "name", "organ"]),
            models.UniqueConstraint(
                name="one_leader_of_a_team",
                fields=["activity"],
                condition=Q(role=TeamRole.LEADER.value, recused_at=None),
            ),
            models.CheckConstraint(
                name="a_team_member_declares_former_posts", condition=~Q(former_posts="") & ~Q(name="")
            ),
            models.CheckConstraint(
                name="a_team_member_recused_has_the_reason",
                condition=Q(recused_at=None, recusal_reason="") | (Q(recused_at__isnull=False) & ~Q(recusal_reason="")),
            ),
            set_together("recused_at", "recused_by"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ActivityLetter(models.Model):
    """随行来信: what somebody handed to a team on the way; the office took it in as a receipt, its day kept."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="letters")
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="activity_letter")
    handed_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "county_activity_letter"
        constraints = [
            models.CheckConstraint(name="a_letter_of_a_team_names_who_handed_it_in", condition=~Q(handed_by=""))
        ]

    def __str__(self) -> str:
        """Return the keys."""
        return f"{self.activity_id} {self.receipt_id}"


class ActivityPetition(models.Model):
    """关联信访件: an ordinary petition that an activity looks into; outward it is only “事项” with its ``position``."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="petitions")
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="activities")
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    unlinked_at = models.DateTimeField(null=True, blank=True)
    unlinked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "county_activity_petition"
        constraints = [
            models.UniqueConstraint(name="linked_petitions_are_counted", fields=["activity", "position"]),
            models.UniqueConstraint(
                name="a_petition_is_linked_once_to_an_activity",
                fields=["activity", "petition"],
                condition=Q(unlinked_at=None),
            ),
            models.CheckConstraint(name="a_link_to_an_activity_has_its_reason", condition=~Q(reason="")),
            set_together("unlinked_at", "unlinked_by"),
        ]

    def __str__(self) -> str:
        """Return the words that stand for the petition outside the office."""
        return f"事项{self.position}"
