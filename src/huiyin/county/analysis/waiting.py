"""What waits for somebody: how many petitions stand before each next step, and which ones."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.states import REPORTS_BACK, AssignmentState
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.querysets import PetitionQuerySet, awaiting_review
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import State
from huiyin.county.reply.models import Delivery
from huiyin.county.reply.states import FINAL
from huiyin.kernel.words import Word

SOON = timedelta(days=7)


class Waiting(Word):
    """待办: the next step that a petition waits for."""

    READ = "read", "待阅信接谈"
    CLASSIFY = "classify", "待归类"
    REVIEW = "review", "归类待复核"
    ASSIGN = "assign", "待处理交办"
    REPLY = "reply", "待答复"
    DELIVER = "deliver", "待送达"
    CLOSE = "close", "待办结"


class UnitWaiting(Word):
    """待办: the next step that an assignment waits for."""

    SIGN = "sign", "待签收"
    REPORT = "report", "待反馈"
    VERIFY = "verify", "待审核"
    RECTIFY = "rectify", "待补正"


# 交办和直接办理要等承办单位反馈，这里只列轮到信访办的状态。
STATES = {
    Waiting.READ: (State.REGISTERED,),
    Waiting.CLASSIFY: (State.READ,),
    Waiting.ASSIGN: (State.CLASSIFIED,),
    Waiting.REPLY: (State.VERIFIED, State.REFERRED, State.GUIDED, State.NOT_REACCEPTED),
    Waiting.DELIVER: (State.REPLIED,),
    Waiting.CLOSE: (State.REPLIED, State.FILED, State.MERGED),
}
UNIT_STATES = {
    UnitWaiting.SIGN: AssignmentState.ISSUED,
    UnitWaiting.REPORT: AssignmentState.SIGNED,
    UnitWaiting.VERIFY: AssignmentState.REPORTED,
    UnitWaiting.RECTIFY: AssignmentState.RETURNED,
}


@dataclass(frozen=True, slots=True)
class Day:
    """今日: every number of one person's day."""

    due_today: int
    due_soon: int
    overdue: int
    receipts: int
    petitions: dict[Waiting, int]
    assignments: dict[UnitWaiting, int]


def condition_of(waiting: Waiting) -> Q:
    """Return which petitions wait for this step; an answered one waits for its delivery, then for its closing."""
    if waiting is Waiting.REVIEW:
        return awaiting_review()
    states = Q(state__in=[state.value for state in STATES[waiting]])
    delivered = Exists(
        Delivery.objects.filter(reply__petition=OuterRef("pk"), reply__kind__in=[kind.value for kind in FINAL])
    )
    if waiting is Waiting.DELIVER:
        return states & ~Q(delivered)
    if waiting is Waiting.CLOSE:
        return states & (~Q(state=State.REPLIED.value) | Q(delivered))
    return states


def unit_condition_of(waiting: UnitWaiting) -> Q:
    """Return which assignments wait for this step; what is referred asks for no signature and no report."""
    return Q(state=UNIT_STATES[waiting].value, kind__in=sorted(kind.value for kind in REPORTS_BACK))


def unregistered() -> "Q":
    """Return which receipts nobody has registered, or marked by two people as no petition."""
    return Q(petitions=None, not_petition_seconded_by=None)


def overdue_petitions(petitions: PetitionQuerySet, *, today: date) -> PetitionQuerySet:
    """Keep the petitions with a clock that ran out."""
    return petitions.filter(Exists(Deadline.objects.overdue(today=today).filter(petition=OuterRef("pk"))))


def due_petitions(petitions: PetitionQuerySet, *, today: date, last: date) -> PetitionQuerySet:
    """Keep the petitions with a clock that ends from today to the given day."""
    return petitions.filter(Exists(Deadline.objects.due_by(last, today=today).filter(petition=OuterRef("pk"))))


def day_of(by: Staff, *, today: date) -> Day:
    """Return what this person's day holds: what is due, what is late, what waits."""
    petitions = Petition.objects.visible_to(by)
    waiting = petitions.aggregate(**{one.value: Count("pk", filter=condition_of(one)) for one in Waiting})
    assignments = Assignment.objects.visible_to(by).aggregate(
        **{one.value: Count("pk", filter=unit_condition_of(one)) for one in UnitWaiting}
    )
    return Day(
        due_today=due_petitions(petitions, today=today, last=today).count(),
        due_soon=due_petitions(petitions, today=today, last=today + SOON).count(),
        overdue=overdue_petitions(petitions, today=today).count(),
        receipts=Receipt.objects.filter(unregistered()).count(),
        petitions={one: waiting[one.value] for one in Waiting},
        assignments={one: assignments[one.value] for one in UnitWaiting},
    )


def most_urgent(by: Staff, *, limit: int) -> list[Deadline]:
    """Return the clocks that end first, of the petitions this person may see."""
    running = Deadline.objects.visible_to(by).running().select_related("petition", "unit")
    return list(running.order_by("due_on", "pk")[:limit])
