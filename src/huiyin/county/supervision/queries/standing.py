"""Where everything stands: what waits for whom, which topics are before the directors, how far the plan has come."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality
from huiyin.county.supervision.activity_models import Activity, ActivityLetter, ActivityPetition
from huiyin.county.supervision.models import DirectorsMeeting, PlanItem, SupervisionPlan, TopicProposal
from huiyin.county.supervision.states import ActivityState, PlanState, ProposalState


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """One item of a plan with the activity that carries it out, if there is one."""

    item: PlanItem
    activity: Activity | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of each wait for somebody's next step."""

    to_submit: int
    to_approve: int
    before_directors: int
    in_committee: int
    to_plan: int
    schemes: int
    under_way: int
    to_report: int


def waiting(*, year: int) -> Waiting:
    """Return what waits, and for what."""
    topics, activities = TopicProposal.objects, Activity.objects

    def proposals_in(state: ProposalState) -> int:
        return topics.filter(state=state.value).count()

    def activities_in(*states: ActivityState) -> int:
        return activities.filter(state__in=[state.value for state in states]).count()

    return Waiting(
        to_submit=proposals_in(ProposalState.DRAFT),
        to_approve=proposals_in(ProposalState.SUBMITTED),
        before_directors=proposals_in(ProposalState.WAITING),
        in_committee=proposals_in(ProposalState.IN_COMMITTEE),
        to_plan=to_be_planned(year=year).count(),
        schemes=activities_in(ActivityState.PREPARING),
        under_way=activities_in(ActivityState.APPROVED, ActivityState.UNDER_WAY),
        to_report=activities_in(ActivityState.FINISHED),
    )


def before_directors() -> QuerySet[TopicProposal]:
    """Return what the next directors' meeting is to decide, the longest waiting first."""
    return TopicProposal.objects.filter(state=ProposalState.WAITING.value).order_by("approved_at", "pk")


def to_be_planned(*, year: int) -> QuerySet[TopicProposal]:
    """Return the adopted topics that no plan has: what was adopted last year may enter this year's."""
    adopted = TopicProposal.objects.filter(
        state=ProposalState.ADOPTED.value, decided_on__year__gte=year - 1, decided_on__year__lte=year
    )
    planned = PlanItem.objects.filter(proposal__isnull=False).values("proposal_id")
    return adopted.exclude(pk__in=planned).order_by("decided_on", "pk")


def plan_of(year: int) -> SupervisionPlan | None:
    """Return the version of a year's plan that is in force."""
    return SupervisionPlan.objects.filter(year=year, state=PlanState.PUBLISHED.value).select_related("meeting").first()


def draft_of(year: int) -> SupervisionPlan | None:
    """Return the version of a year's plan that is in preparation."""
    return SupervisionPlan.objects.filter(year=year, state=PlanState.DRAFT.value).first()


def items_of(plan: SupervisionPlan) -> tuple[ItemStanding, ...]:
    """Return the items of a version in their order, each with what carries it out, under whichever version it began."""
    carried = Activity.objects.filter(plan_item__plan__year=plan.year).exclude(state=ActivityState.CANCELLED.value)
    by_code = {one.plan_item.code: one for one in carried.select_related("plan_item").order_by("pk") if one.plan_item}
    return tuple(
        ItemStanding(item, by_code.get(item.code)) for item in plan.items.select_related("proposal").order_by("code")
    )


def open_items(*, year: int) -> tuple[PlanItem, ...]:
    """Return the items of the plan in force that nothing carries out yet."""
    plan = plan_of(year)
    return tuple(one.item for one in items_of(plan) if one.activity is None) if plan else ()


def meetings_with_decisions() -> QuerySet[DirectorsMeeting]:
    """Return the directors' meetings, the latest first, each with what it decided."""
    return DirectorsMeeting.objects.prefetch_related("decisions__proposal").order_by("-held_on", "-ordinal", "-pk")


def activities_with_units() -> QuerySet[Activity]:
    """Return the activities, the latest first, each with its units."""
    return Activity.objects.prefetch_related("units__unit").order_by("-starts_on", "-pk")


def links_of(activity: Activity, *, by: Staff) -> QuerySet[ActivityPetition]:
    """Return the petitions that an activity is linked with now, as far as this reader may read them.

    What was sealed after it was linked is shown to nobody here.
    """
    ordinary = Petition.objects.visible_to(by).filter(confidentiality=Confidentiality.ORDINARY.value)
    found = activity.petitions.filter(unlinked_at=None, petition__in=ordinary)
    return found.select_related("petition").order_by("position")


@dataclass(frozen=True, slots=True)
class Brought:
    """What a team brought home, and the petitions that it became and one reader may see."""

    letter: ActivityLetter
    petitions: tuple[Petition, ...]


def letters_of(activity: Activity, *, by: Staff) -> tuple[Brought, ...]:
    """Return what a team brought home, as this reader may see it."""
    letters = list(activity.letters.select_related("receipt").order_by("pk"))
    seen = Petition.objects.listed_for(by).filter(receipt__in=[letter.receipt_id for letter in letters])
    by_receipt: dict[int, list[Petition]] = defaultdict(list)
    for petition in seen.only("pk", "number", "receipt_id").order_by("pk"):
        by_receipt[petition.receipt_id].append(petition)
    return tuple(Brought(letter, tuple(by_receipt[letter.receipt_id])) for letter in letters)


def activities_of(petition: Petition) -> tuple[QuerySet[ActivityPetition], QuerySet[ActivityLetter]]:
    """Return the activities that look into a petition, and the one that brought it home."""
    links = petition.activities.filter(unlinked_at=None).select_related("activity").order_by("pk")
    letters = ActivityLetter.objects.filter(receipt=petition.receipt_id).select_related("activity")
    return links, letters
