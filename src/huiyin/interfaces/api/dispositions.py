"""处理决定 by API: 拟办, 交办, 转送, 直接办理, 引导告知, 不再受理, 存查, 并入, 密封移送, 拆分, 会办, 撤回."""

from dataclasses import fields

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from huiyin.county.assignment.actions import assignments, dispositions, new_evidence, proposals, splits
from huiyin.county.assignment.models import Assignment
from huiyin.kernel.refusal import Refusal

from .access import caller, version_of
from .disposition_schemas import (
    AssignmentIn,
    AssignmentReasonIn,
    DispositionIn,
    JoinIn,
    NewEvidenceIn,
    ProposalIn,
    ProposalWordsIn,
    SealedTransferIn,
    SplitIn,
)
from .petitions import colleague, done
from .schemas import Done
from .writes import carried_out

router = Router(tags=["处理决定"])
proposal_router = Router(tags=["处理决定"])
assignment_router = Router(tags=["处理决定"])


def given(row: Assignment) -> Done:
    """Return an assignment as a call answers it."""
    return Done(id=row.pk, number=row.number, state=row.state)


@router.post("/{int:petition_id}/assign", response=Done, summary="交办")
def assign(request: HttpRequest, petition_id: int, body: AssignmentIn) -> Done:
    """交办/转送/直接办理; answers the lead's assignment."""
    by, at, version = caller(request), timezone.now(), version_of(request)

    def act() -> Done:
        what = body.taken()
        values = {one.name: getattr(what, one.name) for one in fields(what)}
        approver_id = values.pop("due_approver_id")
        approver = colleague(approver_id) if approver_id else None
        return given(
            dispositions.assign(
                petition_id=petition_id, kind=body.kind, **values, due_approver=approver, version=version, by=by, at=at
            )
        )

    return carried_out(request, body, at, act)


@router.post("/{int:petition_id}/decide", response=Done, summary="引导告知、不再受理、存查、并入")
def decide(request: HttpRequest, petition_id: int, body: DispositionIn) -> Done:
    """Decide what ends here, with a second person."""
    by, at, version = caller(request), timezone.now(), version_of(request)

    def act() -> Done:
        what = body.taken()
        values = {one.name: getattr(what, one.name) for one in fields(what)}
        row = dispositions.decide_here(
            petition_id=petition_id,
            kind=body.kind,
            **values,
            approver=colleague(body.approver_id),
            version=version,
            by=by,
            at=at,
        )
        return done(row.petition)

    return carried_out(request, body, at, act)


@router.post("/{int:petition_id}/transfer-sealed", response=Done, summary="密封移送")
def transfer_sealed(request: HttpRequest, petition_id: int, body: SealedTransferIn) -> Done:
    """密封移送 to the supervision commission or upward; answers the letter."""
    by, at, version = caller(request), timezone.now(), version_of(request)

    def act() -> Done:
        values = dict(body)
        approver_id = values.pop("approver_id")
        approver = colleague(approver_id) if approver_id else None
        row = dispositions.transfer_sealed(
            petition_id=petition_id, **values, approver=approver, version=version, by=by, at=at
        )
        return given(row)

    return carried_out(request, body, at, act)


@router.post("/{int:petition_id}/split", response=Done, summary="拆分混合信件")
def split(request: HttpRequest, petition_id: int, body: SplitIn) -> Done:
    """拆分; answers the sealed part."""
    by, at, version = caller(request), timezone.now(), version_of(request)

    def act() -> Done:
        checker = colleague(body.checked_by_id)
        return done(
            splits.split(petition_id=petition_id, entry=body.taken(), checked_by=checker, version=version, by=by, at=at)
        )

    return carried_out(request, body, at, act)


@router.post("/{int:petition_id}/propose", response=Done, summary="拟办")
def propose(request: HttpRequest, petition_id: int, body: ProposalIn) -> Done:
    """拟办: put a disposition before a head or leader; answers the proposal."""
    by, at, version = caller(request), timezone.now(), version_of(request)

    def act() -> Done:
        told = body.giving or body.ending
        if told is None or (body.giving and body.ending):
            raise Refusal("proposal.incomplete", "拟办须给出 giving 或 ending 之一")
        row = proposals.propose(
            petition_id=petition_id, kind=body.kind, what=told.taken(), version=version, by=by, at=at
        )
        return Done(id=row.pk, state=row.state)

    return carried_out(request, body, at, act)


@router.post("/{int:petition_id}/co-handlers", response=Done, summary="增加会办单位")
def join(request: HttpRequest, petition_id: int, body: JoinIn) -> Done:
    """增加会办; answers the further unit's assignment."""
    by, at, version = caller(request), timezone.now(), version_of(request)

    def act() -> Done:
        approver = colleague(body.due_approver_id) if body.due_approver_id else None
        return given(
            assignments.add_co_handler(
                petition_id=petition_id,
                co_handler=body.taken(),
                due_on=body.due_on,
                due_approver=approver,
                redaction_confirmed=body.redaction_confirmed,
                sent_by=body.sent_by,
                version=version,
                by=by,
                at=at,
            )
        )

    return carried_out(request, body, at, act)


@router.post("/{int:petition_id}/new-evidence", response=Done, summary="转交新证据")
def pass_evidence_on(request: HttpRequest, petition_id: int, body: NewEvidenceIn) -> Done:
    """转交新证据: what this repeat brought, to the units of its main petition; answers what was passed on."""
    by, at, version = caller(request), timezone.now(), version_of(request)

    def act() -> Done:
        row = new_evidence.pass_on(petition_id=petition_id, **dict(body), version=version, by=by, at=at)
        return Done(id=row.pk)

    return carried_out(request, body, at, act)


@proposal_router.post("/{int:proposal_id}/approve", response=Done, summary="批准办理")
def approve(request: HttpRequest, proposal_id: int, body: ProposalWordsIn) -> Done:
    """批准办理: the proposal is carried out at once."""
    by, at, version = caller(request), timezone.now(), version_of(request)

    def act() -> Done:
        row = proposals.approve(proposal_id=proposal_id, words=body.words, version=version, by=by, at=at)
        return Done(id=row.pk, state=row.state)

    return carried_out(request, body, at, act)


@proposal_router.post("/{int:proposal_id}/send-back", response=Done, summary="退回重拟")
def send_back(request: HttpRequest, proposal_id: int, body: ProposalWordsIn) -> Done:
    """退回重拟."""
    by, at, version = caller(request), timezone.now(), version_of(request)

    def act() -> Done:
        row = proposals.send_back(proposal_id=proposal_id, words=body.words, version=version, by=by, at=at)
        return Done(id=row.pk, state=row.state)

    return carried_out(request, body, at, act)


@assignment_router.post("/{int:assignment_id}/withdraw", response=Done, summary="撤回")
def withdraw(request: HttpRequest, assignment_id: int, body: AssignmentReasonIn) -> Done:
    """撤回."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return given(assignments.withdraw(assignment_id=assignment_id, reason=body.reason, by=by, at=at))

    return carried_out(request, body, at, act)


@assignment_router.post("/{int:assignment_id}/lead", response=Done, summary="改定主办")
def change_lead(request: HttpRequest, assignment_id: int, body: AssignmentReasonIn) -> Done:
    """改定主办: this co-handling unit takes the lead."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return given(assignments.change_lead(assignment_id=assignment_id, reason=body.reason, by=by, at=at))

    return carried_out(request, body, at, act)
