"""监督活动 by API: scheme, team, course, what a team brought home, what it looks into; each act one call."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from huiyin.county.supervision.actions import activities, letters, teams
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.queries import standing
from huiyin.county.supervision.states import ActivityKind, ActivityState, Method
from huiyin.kernel.refusal import Refusal

from .access import caller, office_reader
from .activities_schemas import (
    ActivityLine,
    ActivityOut,
    LetterIn,
    LetterOut,
    LinkIn,
    LinkOut,
    MemberIn,
    MemberOut,
    OutcomeIn,
    RecusalIn,
    ResolutionIn,
    SchemeIn,
    SessionIn,
)
from .schemas import Done
from .supervision import READING, Limit, Offset
from .supervision_schemas import WordsIn
from .writes import carried_out

router = Router(tags=["监督活动"])


@router.get("/", response=list[ActivityLine], summary="监督活动")
def find(
    request: HttpRequest,
    kind: ActivityKind | None = None,
    state: ActivityState | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> list[ActivityLine]:
    """Return the activities, the latest first."""
    office_reader(request, act=READING)
    rows = standing.activities_with_units()
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if state is not None:
        rows = rows.filter(state=state.value)
    return [ActivityLine.of(row) for row in rows[offset : offset + limit]]


@router.get("/{int:activity_id}", response=ActivityOut, summary="一项监督活动")
def one(request: HttpRequest, activity_id: int) -> ActivityOut:
    """Return one activity; what is linked as far as the caller may see it."""
    by = office_reader(request, act=READING)
    row = standing.activities_with_units().filter(pk=activity_id).first()
    if row is None:
        raise Refusal("activity.unknown", "没有这项监督活动")
    links = [
        LinkOut(
            id=link.pk, petition_id=link.petition_id, number=link.petition.number, outside=str(link), reason=link.reason
        )
        for link in standing.links_of(row, by=by)
    ]
    brought = [
        LetterOut(
            id=one.letter.pk,
            receipt_number=one.letter.receipt.number,
            received_on=one.letter.receipt.received_on,
            handed_by=one.letter.handed_by,
            petitions=[petition.number for petition in one.petitions],
        )
        for one in standing.letters_of(row, by=by)
    ]
    return ActivityOut(
        **dict(ActivityLine.of(row)),
        aim=row.aim,
        focus=row.focus,
        methods=[Method(method) for method in row.methods],
        agenda=row.agenda,
        ground=row.ground,
        plan_item_id=row.plan_item_id,
        part_of_id=row.part_of_id,
        statute_code=row.statute_code,
        articles=row.articles,
        resolution=row.resolution,
        session=row.session,
        outcome=row.outcome,
        begun_at=row.begun_at,
        finished_at=row.finished_at,
        ended_at=row.ended_at,
        members=[MemberOut.from_orm(member) for member in row.members.order_by("pk")],
        links=links,
        letters=brought,
    )


def told_of(row: Activity) -> Done:
    """Return what an act on an activity answers."""
    return Done(id=row.pk, number=row.number, state=row.state)


@router.post("/", response=Done, summary="制定方案")
def prepare(request: HttpRequest, body: SchemeIn) -> Done:
    """制定方案."""
    by, at = caller(request), timezone.now()
    return carried_out(request, body, at, lambda: told_of(activities.prepare(entry=body.entry(), by=by, at=at)))


@router.post("/{int:activity_id}/change", response=Done, summary="修改方案")
def change(request: HttpRequest, activity_id: int, body: SchemeIn) -> Done:
    """修改方案."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return told_of(activities.change(activity_id=activity_id, entry=body.entry(), by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:activity_id}/resolution", response=Done, summary="登记常委会决议")
def resolution(request: HttpRequest, activity_id: int, body: ResolutionIn) -> Done:
    """登记常委会决议."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return told_of(activities.record_resolution(activity_id=activity_id, by=by, at=at, **dict(body)))

    return carried_out(request, body, at, act)


@router.post("/{int:activity_id}/members", response=Done, summary="增加组成人员")
def add_member(request: HttpRequest, activity_id: int, body: MemberIn) -> Done:
    """增加组成人员; answers the member."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=teams.add_member(activity_id=activity_id, entry=body.entry(), by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/members/{int:member_id}/recuse", response=Done, summary="成员回避")
def recuse(request: HttpRequest, member_id: int, body: RecusalIn) -> Done:
    """成员回避."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=teams.recuse(member_id=member_id, reason=body.reason, by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/{int:activity_id}/approve", response=Done, summary="批准方案")
def approve(request: HttpRequest, activity_id: int) -> Done:
    """批准方案."""
    by, at = caller(request), timezone.now()
    return carried_out(request, None, at, lambda: told_of(activities.approve(activity_id=activity_id, by=by, at=at)))


@router.post("/{int:activity_id}/send-back", response=Done, summary="退回修改方案")
def send_back(request: HttpRequest, activity_id: int, body: WordsIn) -> Done:
    """退回修改方案."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return told_of(activities.revise(activity_id=activity_id, words=body.words, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:activity_id}/begin", response=Done, summary="开始")
def begin(request: HttpRequest, activity_id: int) -> Done:
    """开始."""
    by, at = caller(request), timezone.now()
    return carried_out(request, None, at, lambda: told_of(activities.begin(activity_id=activity_id, by=by, at=at)))


@router.post("/{int:activity_id}/finish", response=Done, summary="结束检查调研")
def finish(request: HttpRequest, activity_id: int) -> Done:
    """结束检查调研."""
    by, at = caller(request), timezone.now()
    return carried_out(request, None, at, lambda: told_of(activities.finish(activity_id=activity_id, by=by, at=at)))


@router.post("/{int:activity_id}/deliberate", response=Done, summary="登记审议")
def deliberate(request: HttpRequest, activity_id: int, body: SessionIn) -> Done:
    """登记常委会会议审议."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return told_of(activities.deliberate(activity_id=activity_id, by=by, at=at, **dict(body)))

    return carried_out(request, body, at, act)


@router.post("/{int:activity_id}/conclude", response=Done, summary="办结活动")
def conclude(request: HttpRequest, activity_id: int, body: OutcomeIn) -> Done:
    """办结."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return told_of(activities.conclude(activity_id=activity_id, outcome=body.outcome, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:activity_id}/cancel", response=Done, summary="取消活动")
def cancel(request: HttpRequest, activity_id: int, body: WordsIn) -> Done:
    """取消活动."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return told_of(activities.cancel(activity_id=activity_id, reason=body.words, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:activity_id}/letters", response=Done, summary="登记随行来信")
def take_letter(request: HttpRequest, activity_id: int, body: LetterIn) -> Done:
    """登记随行来信; answers the receipt, which is registered like any other."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        receipt = letters.take_letter(activity_id=activity_id, entry=body.entry(), by=by, at=at).receipt
        return Done(id=receipt.pk, number=receipt.number)

    return carried_out(request, body, at, act)


@router.post("/{int:activity_id}/petitions", response=Done, summary="关联信访件")
def link(request: HttpRequest, activity_id: int, body: LinkIn) -> Done:
    """关联信访件; answers the link."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = letters.link(activity_id=activity_id, petition_id=body.petition_id, reason=body.reason, by=by, at=at)
        return Done(id=row.pk)

    return carried_out(request, body, at, act)


@router.post("/links/{int:activity_link_id}/unlink", response=Done, summary="解除关联")
def unlink(request: HttpRequest, activity_link_id: int) -> Done:
    """解除关联."""
    by, at = caller(request), timezone.now()
    return carried_out(request, None, at, lambda: Done(id=letters.unlink(link_id=activity_link_id, by=by, at=at).pk))
