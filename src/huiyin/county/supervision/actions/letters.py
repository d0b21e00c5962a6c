"""Writers of what an activity and the register have to do with each other: 随行来信, 关联, 解除关联."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry.actions import receipts
from huiyin.county.registry.intake_rules import ReceiptDetails
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Channel, Confidentiality, Origin
from huiyin.county.supervision.activity_models import ActivityLetter, ActivityPetition
from huiyin.county.supervision.rules import activities as rules
from huiyin.county.supervision.states import ActivityKind, ActivityState
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from . import activities

WORDS_LIMIT = 200


@dataclass(frozen=True, slots=True)
class LetterEntry:
    """随行来信 as the team hands it in: how it came, on which day, by whom, from whom."""

    channel: Channel
    received_on: date
    handed_by: str
    sender: str = ""
    head_count: int = 1
    note: str = ""


@transaction.atomic
def take_letter(*, activity_id: int, entry: LetterEntry, by: Staff, at: datetime, scan: bytes = b"") -> ActivityLetter:
    """登记随行来信: the office takes it in, with the activity as its source and the day on which the team got it.

    No member of the team handles it; every deadline runs from the letter's own day of receipt (DOMAIN §4).
    """
    activity = activities.locked(activity_id)
    rules.check_letter(
        ActivityState(activity.state),
        received_on=entry.received_on,
        begun_on=local_day(activity.begun_at) if activity.begun_at else None,
        handed_by=entry.handed_by,
        is_member=activity.members.filter(staff=by, recused_at=None).exists(),
    )
    receipt = receipts.take_receipt(
        channel=entry.channel,
        received_on=entry.received_on,
        origin=Origin.INSPECTION_TEAM,
        sender=entry.sender,
        head_count=entry.head_count,
        note=entry.note,
        details=ReceiptDetails(
            origin_name=entry.handed_by,
            origin_number=activity.number,
            origin_words=f"{ActivityKind(activity.kind).label}：{activity.title}"[:WORDS_LIMIT],
        ),
        envelope=scan,
        by=by,
        at=at,
    )
    letter = ActivityLetter.objects.create(
        activity=activity, receipt=receipt, handed_by=entry.handed_by.strip(), recorded_at=at, recorded_by=by
    )
    journal.record(
        "activity.letter_taken",
        subject=activity,
        by=by,
        at=at,
        number=activity.number,
        receipt=receipt.number,
        receipt_id=receipt.pk,
        received_on=receipt.received_on,
        handed_by=letter.handed_by,
    )
    return letter


@transaction.atomic
def link(*, activity_id: int, petition_id: int, reason: str, by: Staff, at: datetime) -> ActivityPetition:
    """关联信访件: an ordinary one that the activity looks into; it goes on its own way as before."""
    activity = activities.locked(activity_id)
    rules.check_may_keep_activities(by)
    rules.check_is_open(ActivityState(activity.state))
    petition = Petition.objects.listed_for(by).counted().filter(pk=petition_id).first()
    if petition is None:
        raise Refusal("petition.unknown", "没有这件信访件，或您无权查看")
    rules.check_link(is_ordinary=petition.confidentiality == Confidentiality.ORDINARY.value, reason=reason)
    if activity.petitions.filter(petition=petition, unlinked_at=None).exists():
        raise Refusal("activity.petition_known", "这件信访件已经关联到本项活动")
    last = activity.petitions.aggregate(last=Max("position"))["last"] or 0
    row = ActivityPetition.objects.create(
        activity=activity,
        petition=petition,
        position=last + 1,
        reason=reason.strip(),
        linked_at=at,
        linked_by=by,
    )
    journal.record(
        "activity.petition_linked",
        subject=activity,
        petition_id=petition.pk,
        by=by,
        at=at,
        number=activity.number,
        title=activity.title,
        position=row.position,
        reason=row.reason,
    )
    return row


@transaction.atomic
def unlink(*, link_id: int, by: Staff, at: datetime) -> ActivityPetition:
    """解除关联: the place that the petition had is not given again."""
    found = ActivityPetition.objects.filter(pk=link_id, petition__in=Petition.objects.listed_for(by)).first()
    if found is None:
        raise Refusal("activity.unknown_link", "没有这项关联")
    activity = activities.locked(found.activity_id)
    row = ActivityPetition.objects.select_for_update(of=("self",)).get(pk=link_id)
    rules.check_may_keep_activities(by)
    rules.check_is_open(ActivityState(activity.state))
    if row.unlinked_at is not None:
        raise Refusal("activity.unlinked_already", "已经解除关联")
    row.unlinked_at, row.unlinked_by = at, by
    row.save(update_fields=["unlinked_at", "unlinked_by"])
    journal.record(
        "activity.petition_unlinked",
        subject=activity,
        petition_id=row.petition_id,
        by=by,
        at=at,
        number=activity.number,
        title=activity.title,
        position=row.position,
    )
    return row
