"""信访件 by API: read, find, and every step of the office."""

from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Query, Router, UploadedFile

from huiyin.accounts.models import Staff
from huiyin.county.registry.actions import attachments, petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification
from huiyin.county.registry.states import AttachmentKind, Confidentiality, State
from huiyin.county.reply.actions import evaluations, replies
from huiyin.kernel.refusal import Refusal
from huiyin.platform.categories.queries import path_of_code

from .access import caller, reader, version_of
from .schemas import (
    AttachmentOut,
    ClassificationIn,
    Done,
    EvaluationIn,
    PetitionLine,
    PetitionOut,
    PetitionPage,
    ReadingIn,
    ReplyIn,
    VoidIn,
)
from .writes import carried_out

router = Router(tags=["信访件"])
PAGE_LIMIT = 200


@router.get("/", response=PetitionPage, summary="查找信访件")
def find(
    request: HttpRequest,
    q: str = "",
    state: State | None = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> PetitionPage:
    """Return petitions, newest first; any condition looks only at what the caller may read."""
    by = reader(request, act="查找信访件")
    is_narrowed = bool(q) or state is not None
    rows = Petition.objects.visible_to(by).matching(q) if is_narrowed else Petition.objects.listed_for(by)
    if state is not None:
        rows = rows.filter(state=state.value)
    page = list(rows.by_day()[offset : offset + limit])
    open_ones = Petition.objects.visible_to(by).filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True)
    shown = set(open_ones)
    return PetitionPage(total=rows.count(), items=[line_of(row, is_shown=row.pk in shown) for row in page])


def line_of(row: Petition, *, is_shown: bool) -> PetitionLine:
    """Return one line; of an item that is sealed to the caller the number and what it is called, nothing else."""
    if not is_shown:
        return PetitionLine(number=row.number, summary=Confidentiality.SEALED.label)
    kind = Confidentiality(row.confidentiality)
    return PetitionLine(
        id=row.pk,
        number=row.number,
        state=row.state,
        channel=row.channel,
        received_on=row.received_on,
        summary=row.summary if kind is Confidentiality.ORDINARY else kind.label,
    )


def found(by: Staff, petition_id: int) -> Petition:
    """Return a petition the caller may see, or refuse as if there were none."""
    row = Petition.objects.visible_to(by).select_related("petitioner").filter(pk=petition_id).first()
    if row is None:
        raise Refusal("petition.unknown", "没有这件信访件，或您无权查看")
    return row


@router.get("/{int:petition_id}", response=PetitionOut, summary="一件信访件")
def one(request: HttpRequest, petition_id: int) -> PetitionOut:
    """Return one petition with claims, clocks and assignments."""
    return PetitionOut.of(found(caller(request), petition_id))


@router.post("/{int:petition_id}/attachments", response=AttachmentOut, summary="上传附件")
def attach(request: HttpRequest, petition_id: int, kind: AttachmentKind, file: File[UploadedFile]) -> AttachmentOut:
    """上传附件: the same content twice is one attachment, so no key is needed."""
    row = attachments.attach(
        petition_id=petition_id,
        kind=kind,
        name=file.name or kind.label,
        data=file.read(),
        by=caller(request),
        at=timezone.now(),
    )
    return AttachmentOut(id=row.pk, sha256=row.sha256, size=row.size, media_type=row.media_type)


def done(row: Petition) -> Done:
    """Return where a petition stands after a step."""
    return Done(id=row.pk, number=row.number, state=row.state)


@router.post("/{int:petition_id}/read", response=Done, summary="阅信接谈")
def read(request: HttpRequest, petition_id: int, body: ReadingIn) -> Done:
    """阅信/接谈."""
    by, at, version = caller(request), timezone.now(), version_of(request)

    def act() -> Done:
        return done(petitions.read(petition_id=petition_id, **dict(body), version=version, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:petition_id}/classify", response=Done, summary="归类")
def classify(request: HttpRequest, petition_id: int, body: ClassificationIn) -> Done:
    """归类."""
    by, at, version = caller(request), timezone.now(), version_of(request)

    def act() -> Done:
        values = {**dict(body), "tags": tuple(body.tags), "category_path": path_of_code(body.category_code)}
        classification = Classification(**values)
        row = petitions.classify(petition_id=petition_id, classification=classification, version=version, by=by, at=at)
        return done(row)

    return carried_out(request, body, at, act)


def colleague(pk: int) -> Staff:
    """Return the account that was named as the second person."""
    staff = Staff.objects.filter(pk=pk, is_active=True).first()
    if staff is None:
        raise Refusal("petition.approver_missing", "没有这位审批人")
    return staff


@router.post("/{int:petition_id}/reply", response=Done, summary="答复")
def write_reply(request: HttpRequest, petition_id: int, body: ReplyIn) -> Done:
    """答复; answers the reply."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = replies.reply(petition_id=petition_id, **dict(body), by=by, at=at)
        return Done(id=row.pk, number=row.number, state=row.petition.state)

    return carried_out(request, body, at, act)


@router.post("/{int:petition_id}/close", response=Done, summary="办结")
def close(request: HttpRequest, petition_id: int) -> Done:
    """办结."""
    by, at, version = caller(request), timezone.now(), version_of(request)
    return carried_out(
        request, None, at, lambda: done(replies.close(petition_id=petition_id, version=version, by=by, at=at))
    )


@router.post("/{int:petition_id}/evaluate", response=Done, summary="满意度评价")
def evaluate(request: HttpRequest, petition_id: int, body: EvaluationIn) -> Done:
    """满意度评价."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=evaluations.evaluate(petition_id=petition_id, **dict(body), by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/{int:petition_id}/void", response=Done, summary="作废")
def void(request: HttpRequest, petition_id: int, body: VoidIn) -> Done:
    """作废."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        approver = colleague(body.approver_id)
        return done(petitions.void(petition_id=petition_id, reason=body.reason, approver=approver, by=by, at=at))

    return carried_out(request, body, at, act)
