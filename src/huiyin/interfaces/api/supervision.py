"""监督 by API: topic proposals, directors' meetings, the yearly plan; each act one call."""

from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from huiyin.county.supervision.actions import meetings, plans, proposals
from huiyin.county.supervision.models import SupervisionPlan, TopicProposal
from huiyin.county.supervision.queries import evidence, standing
from huiyin.county.supervision.states import (
    ActivityKind,
    PlanState,
    ProposalState,
    TopicSource,
)
from huiyin.kernel.refusal import Refusal

from .access import caller, office_reader
from .schemas import Done
from .supervision_schemas import (
    DecisionIn,
    EvidenceLine,
    EvidenceOut,
    ItemIn,
    ItemOut,
    MeetingIn,
    MeetingOut,
    PlanIn,
    PlanLine,
    PlanOut,
    ProposalIn,
    ProposalLine,
    ProposalOut,
    PublishIn,
    WaitingOut,
    WordsIn,
)
from .writes import carried_out

router = Router(tags=["监督"])
PAGE_LIMIT = 200
Limit = Annotated[int, Query(ge=1, le=PAGE_LIMIT)]
Offset = Annotated[int, Query(ge=0)]
READING = "查看监督"


@router.get("/waiting", response=WaitingOut, summary="等待办理")
def waiting(request: HttpRequest, year: Annotated[int, Query(ge=2007, le=2199)]) -> standing.Waiting:
    """Return what waits, and for what."""
    office_reader(request, act=READING)
    return standing.waiting(year=year)


@router.get("/proposals", response=list[ProposalLine], summary="议题建议")
def find_proposals(
    request: HttpRequest, state: ProposalState | None = None, limit: Limit = 50, offset: Offset = 0
) -> list[ProposalLine]:
    """Return the proposals, the latest first."""
    office_reader(request, act=READING)
    rows = TopicProposal.objects.order_by("-pk")
    if state is not None:
        rows = rows.filter(state=state.value)
    return [ProposalLine.of(row) for row in rows[offset : offset + limit]]


@router.get("/proposals/{int:topic_id}", response=ProposalOut, summary="一项议题建议")
def one_proposal(request: HttpRequest, topic_id: int) -> ProposalOut:
    """Return one proposal with its evidence as it was frozen."""
    by = office_reader(request, act=READING)
    row = TopicProposal.objects.filter(pk=topic_id).first()
    if row is None:
        raise Refusal("topic_proposal.unknown", "没有这项议题建议")
    told = evidence.shown(row, by=by)
    numbers = EvidenceOut(
        at=row.evidence_at,
        first_on=row.window_first_on,
        last_on=row.window_last_on,
        matters=told.now["matters"],
        first_matters=told.now["first"],
        petitions=told.now["petitions"],
        people=told.now["people"],
        group_visits=told.now["group_visits"],
        sealed=told.now["sealed"],
        sentence=told.sentence,
        lines=[EvidenceLine(petition_id=line.petition_id, number=line.number) for line in told.lines],
        withheld=told.withheld,
        sha256=told.hash,
        intact=told.is_intact,
    )
    return ProposalOut(
        **dict(ProposalLine.of(row)),
        source=TopicSource(row.source),
        statute_code=row.statute_code,
        articles=row.articles,
        reason=row.reason,
        focus=row.focus,
        timing=row.timing,
        organiser=row.organiser,
        sent_back_words=row.sent_back_words,
        committee_words=row.committee_words,
        decided_on=row.decided_on,
        evidence=numbers,
    )


def told_of(row: TopicProposal) -> Done:
    """Return what an act on a proposal answers."""
    return Done(id=row.pk, number=row.number, state=row.state)


@router.post("/proposals", response=Done, summary="起草议题建议")
def write(request: HttpRequest, body: ProposalIn) -> Done:
    """起草议题建议: its evidence is counted now and frozen."""
    by, at = caller(request), timezone.now()
    return carried_out(request, body, at, lambda: told_of(proposals.write(entry=body.entry(), by=by, at=at)))


@router.post("/proposals/{int:topic_id}/rewrite", response=Done, summary="修改议题建议")
def rewrite(request: HttpRequest, topic_id: int, body: ProposalIn) -> Done:
    """修改议题建议: its evidence is counted anew."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return told_of(proposals.rewrite(proposal_id=topic_id, entry=body.entry(), by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/proposals/{int:topic_id}/submit", response=Done, summary="提交议题建议")
def submit(request: HttpRequest, topic_id: int) -> Done:
    """提交议题建议."""
    by, at = caller(request), timezone.now()
    return carried_out(request, None, at, lambda: told_of(proposals.submit(proposal_id=topic_id, by=by, at=at)))


@router.post("/proposals/{int:topic_id}/approve", response=Done, summary="批准提请")
def approve(request: HttpRequest, topic_id: int) -> Done:
    """批准提请主任会议."""
    by, at = caller(request), timezone.now()
    return carried_out(request, None, at, lambda: told_of(proposals.approve(proposal_id=topic_id, by=by, at=at)))


@router.post("/proposals/{int:topic_id}/send-back", response=Done, summary="退回议题建议")
def send_back(request: HttpRequest, topic_id: int, body: WordsIn) -> Done:
    """退回修改."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return told_of(proposals.send_back(proposal_id=topic_id, words=body.words, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/proposals/{int:topic_id}/put-again", response=Done, summary="再次提请")
def put_again(request: HttpRequest, topic_id: int, body: WordsIn) -> Done:
    """再次提请主任会议, with what the committee found."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return told_of(proposals.put_again(proposal_id=topic_id, words=body.words, by=by, at=at))

    return carried_out(request, body, at, act)


@router.get("/meetings", response=list[MeetingOut], summary="主任会议")
def find_meetings(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> list[MeetingOut]:
    """Return the directors' meetings with what each decided, the latest first."""
    office_reader(request, act=READING)
    return [MeetingOut.of(row) for row in standing.meetings_with_decisions()[offset : offset + limit]]


@router.post("/meetings", response=Done, summary="登记主任会议")
def record_meeting(request: HttpRequest, body: MeetingIn) -> Done:
    """登记主任会议."""
    by, at = caller(request), timezone.now()
    return carried_out(request, body, at, lambda: Done(id=meetings.record(entry=body.entry(), by=by, at=at).pk))


@router.post("/meetings/{int:meeting_id}/correct", response=Done, summary="更正主任会议")
def correct_meeting(request: HttpRequest, meeting_id: int, body: MeetingIn) -> Done:
    """更正主任会议."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=meetings.correct(meeting_id=meeting_id, entry=body.entry(), by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/meetings/{int:meeting_id}/decisions", response=Done, summary="登记决定")
def decide(request: HttpRequest, meeting_id: int, body: DecisionIn) -> Done:
    """登记主任会议对一项议题建议的决定."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = meetings.decide(meeting_id=meeting_id, proposal_id=body.proposal_id, entry=body.entry(), by=by, at=at)
        return Done(id=row.pk, state=row.decision)

    return carried_out(request, body, at, act)


@router.get("/plans", response=list[PlanLine], summary="年度监督工作计划")
def find_plans(request: HttpRequest, year: int | None = None) -> list[SupervisionPlan]:
    """Return the versions of the plans, the latest first; of one year where it is named."""
    office_reader(request, act=READING)
    rows = SupervisionPlan.objects.order_by("-year", "-version")
    return list(rows.filter(year=year) if year is not None else rows[:PAGE_LIMIT])


@router.get("/plans/{int:plan_id}", response=PlanOut, summary="一版计划")
def one_plan(request: HttpRequest, plan_id: int) -> PlanOut:
    """Return one version with its items and what carries each out."""
    office_reader(request, act=READING)
    row = SupervisionPlan.objects.filter(pk=plan_id).first()
    if row is None:
        raise Refusal("supervision_plan.unknown", "没有这份年度监督工作计划")
    items = [
        ItemOut(
            id=one.item.pk,
            code=one.item.code,
            title=one.item.title,
            kind=ActivityKind(one.item.kind),
            source=TopicSource(one.item.source),
            proposal_id=one.item.proposal_id,
            statute_code=one.item.statute_code,
            articles=one.item.articles,
            organiser=one.item.organiser,
            timing=one.item.timing,
            note=one.item.note,
            activity_id=one.activity.pk if one.activity else None,
            activity_state=one.activity.state if one.activity else "",
        )
        for one in standing.items_of(row)
    ]
    return PlanOut(
        id=row.pk,
        year=row.year,
        version=row.version,
        state=PlanState(row.state),
        change_words=row.change_words,
        published_at=row.published_at,
        items=items,
    )


@router.post("/plans", response=Done, summary="编制计划")
def begin_plan(request: HttpRequest, body: PlanIn) -> Done:
    """编制计划, or its next version."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = plans.begin(year=body.year, change_words=body.change_words, by=by, at=at)
        return Done(id=row.pk, state=row.state)

    return carried_out(request, body, at, act)


@router.post("/plans/{int:plan_id}/items", response=Done, summary="增加项目")
def add_item(request: HttpRequest, plan_id: int, body: ItemIn) -> Done:
    """增加项目."""
    by, at = caller(request), timezone.now()
    return carried_out(
        request, body, at, lambda: Done(id=plans.add_item(plan_id=plan_id, entry=body.entry(), by=by, at=at).pk)
    )


@router.post("/plans/items/{int:item_id}/change", response=Done, summary="修改项目")
def change_item(request: HttpRequest, item_id: int, body: ItemIn) -> Done:
    """修改项目."""
    by, at = caller(request), timezone.now()
    return carried_out(
        request, body, at, lambda: Done(id=plans.change_item(item_id=item_id, entry=body.entry(), by=by, at=at).pk)
    )


@router.post("/plans/items/{int:item_id}/drop", response=Done, summary="删去项目")
def drop_item(request: HttpRequest, item_id: int) -> Done:
    """删去项目; answers the plan."""
    by, at = caller(request), timezone.now()
    return carried_out(request, None, at, lambda: Done(id=plans.drop_item(item_id=item_id, by=by, at=at).pk))


@router.post("/plans/{int:plan_id}/publish", response=Done, summary="公布计划")
def publish(request: HttpRequest, plan_id: int, body: PublishIn) -> Done:
    """公布计划."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = plans.publish(plan_id=plan_id, meeting_id=body.meeting_id, by=by, at=at)
        return Done(id=row.pk, state=row.state)

    return carried_out(request, body, at, act)
