"""Writers of a team: 增加成员, 回避."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office.models import Unit
from huiyin.county.supervision.activity_models import Activity, TeamMember
from huiyin.county.supervision.inspected import inspected
from huiyin.county.supervision.rules import activities as rules
from huiyin.county.supervision.rules.activities import MemberEntry
from huiyin.county.supervision.states import ActivityKind, ActivityState, TeamRole
from huiyin.kernel.refusal import Refusal

from . import activities


@transaction.atomic
def add_member(*, activity_id: int, entry: MemberEntry, by: Staff, at: datetime) -> TeamMember:
    """增加成员: whoever declared the former posts and has nothing to recuse for."""
    activity = activities.locked(activity_id)
    rules.check_may_keep_activities(by)
    rules.check_takes_members(ActivityState(activity.state))
    staff, unit = _staff_of(entry), _unit_of(entry)
    _check(activity, entry, staff)
    member = TeamMember.objects.create(
        activity=activity,
        name=entry.name.strip(),
        staff=staff,
        role=entry.role.value,
        basis=entry.basis.value,
        post=entry.post.strip(),
        organ=entry.organ.strip(),
        unit=unit,
        former_posts=entry.former_posts.strip(),
        former_units=sorted(entry.former_units),
        fairness_words=entry.fairness_words.strip(),
        added_at=at,
        added_by=by,
    )
    journal.record(
        "activity.member_added",
        subject=activity,
        by=by,
        at=at,
        number=activity.number,
        member=member.name,
        member_id=member.pk,
        role=member.role,
        role_label=entry.role.label,
        former_posts=member.former_posts,
    )
    return member


def _check(activity: Activity, entry: MemberEntry, staff: Staff | None) -> None:
    """Refuse whoever is or was in the team, and whoever must recuse."""
    rows = list(activity.members.values_list("name", "organ", "role", "staff_id", "recused_at"))
    gone = [row for row in rows if row[4] is not None]
    rules.check_not_recused(
        entry,
        recused={(name, organ) for name, organ, *_ in gone},
        recused_staff={staff_id for *_, staff_id, _at in gone if staff_id is not None},
    )
    rules.check_not_in_team(entry, present={(name, organ) for name, organ, *_ in rows})
    has_leader = any(role == TeamRole.LEADER.value and at is None for _, _, role, _, at in rows)
    rules.check_one_leader(entry.role, has_leader=has_leader)
    rules.check_member(
        entry,
        kind=ActivityKind(activity.kind),
        inspected=inspected(list(activity.units.values_list("unit__code", flat=True))),
        staff_unit=staff.unit_code if staff else "",
    )


def _staff_of(entry: MemberEntry) -> Staff | None:
    if entry.staff_id is None:
        return None
    found = Staff.objects.filter(pk=entry.staff_id, is_active=True).first()
    if found is None:
        raise Refusal("account.unknown", "没有这个账号")
    return found


def _unit_of(entry: MemberEntry) -> Unit | None:
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=[entry.unit_code, *entry.former_units])}
    if ({entry.unit_code} - {""} | set(entry.former_units)) - set(known):
        raise Refusal("unit.unknown", "没有这个单位")
    return known.get(entry.unit_code)


@transaction.atomic
def recuse(*, member_id: int, reason: str, by: Staff, at: datetime) -> TeamMember:
    """回避: the member leaves the team and cannot come back to this activity; the row stays with the reason."""
    found = TeamMember.objects.filter(pk=member_id).values_list("activity_id", flat=True).first()
    if found is None:
        raise Refusal("activity.unknown_member", "没有这位成员")
    activity = activities.locked(found)
    member = TeamMember.objects.select_for_update(of=("self",)).get(pk=member_id)
    rules.check_may_keep_activities(by)
    rules.check_takes_members(ActivityState(activity.state))
    rules.check_recusal(reason, is_recused=member.recused_at is not None)
    member.recusal_reason, member.recused_at, member.recused_by = reason.strip(), at, by
    member.save(update_fields=["recusal_reason", "recused_at", "recused_by"])
    journal.record(
        "activity.member_recused",
        subject=activity,
        by=by,
        at=at,
        number=activity.number,
        member=member.name,
        member_id=member.pk,
        reason=member.recusal_reason,
    )
    return member
