"""机关事务 by API: leading group, trainings, yearly hearings, regulations."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Query, Router, Schema, UploadedFile
from pydantic import Field

from huiyin.accounts.permissions import check_has_role
from huiyin.accounts.roles import OFFICE_ROLES
from huiyin.county.office.actions import hearings, leading_group, regulations, trainings
from huiyin.county.office.actions.hearings import HearingEntry
from huiyin.county.office.actions.regulations import RegulationEntry, StoredFile
from huiyin.county.office.actions.trainings import TrainingEntry
from huiyin.county.office.models import Hearing, LeadingGroupMember, Regulation, Training
from huiyin.county.office.rules import Term, check_may_keep_office
from huiyin.county.office.states import HeardBy, RegulationKind
from huiyin.interfaces.regulation_files import read, stored, written
from huiyin.kernel.refusal import Refusal

from .access import caller
from .schemas import Done, In, Name
from .writes import carried_out

router = Router(tags=["机关事务"])
PAGE_LIMIT = 200
Limit = Annotated[int, Query(ge=1, le=PAGE_LIMIT)]
Offset = Annotated[int, Query(ge=0)]


class MemberIn(In):
    """任职."""

    name: Annotated[str, Field(max_length=40)]
    title: Name
    duty: Annotated[str, Field(max_length=40)]
    from_on: date
    until_on: date | None = None


class EndIn(In):
    """任期结束."""

    until_on: date


class TrainingIn(In):
    """培训."""

    held_on: date
    topic: Annotated[str, Field(max_length=100)]
    teacher: Name
    participants: Annotated[str, Field(max_length=300)]
    head_count: Annotated[int, Field(ge=1, le=99999)]
    place: Annotated[str, Field(max_length=80)] = ""
    note: Annotated[str, Field(max_length=300)] = ""

    def entry(self) -> TrainingEntry:
        """Return the body as the act takes it."""
        return TrainingEntry(**dict(self))


class HearingIn(In):
    """年度听取."""

    heard_on: date
    heard_by: HeardBy
    meeting: Annotated[str, Field(max_length=80)]
    resolution: Annotated[str, Field(max_length=1000)]

    def entry(self) -> HearingEntry:
        """Return the body as the act takes it."""
        return HearingEntry(self.heard_on, self.heard_by.value, self.meeting, self.resolution)


class RegulationIn(In):
    """制度; ``file`` is what uploading a file answered."""

    title: Annotated[str, Field(max_length=120)]
    kind: RegulationKind
    issued_on: date
    number: Name = ""
    issuer: Annotated[str, Field(max_length=80)] = ""
    in_force_until: date | None = None
    text: Annotated[str, Field(max_length=100_000)] = ""
    file: Annotated[str, Field(max_length=1000)] = ""

    def entry(self) -> RegulationEntry:
        """Return the body as the act takes it."""
        values = {name: value for name, value in dict(self).items() if name != "file"}
        return RegulationEntry(**{**values, "kind": self.kind.value})

    def stored_file(self) -> StoredFile | None:
        """Return the file that was uploaded before, or None."""
        return read(self.file) if self.file else None


class MemberOut(Schema):
    """A member with the term."""

    id: int
    name: str
    title: str
    duty: str
    from_on: date
    until_on: date | None


class TrainingOut(Schema):
    """One class."""

    id: int
    held_on: date
    topic: str
    teacher: str
    participants: str
    head_count: int
    place: str
    note: str


class HearingOut(Schema):
    """One hearing."""

    id: int
    heard_on: date
    heard_by: str
    meeting: str
    resolution: str


class RegulationLine(Schema):
    """One regulation as the list shows it."""

    id: int
    title: str
    kind: str
    number: str
    issuer: str
    issued_on: date
    in_force_until: date | None
    file_name: str
    sha256: str


class RegulationOut(RegulationLine):
    """One regulation with its text."""

    text: str


class FileOut(Schema):
    """A file that was kept: what a regulation names it by, for a day."""

    file: str
    media_type: str
    size: int


def check_reads(request: HttpRequest) -> None:
    """Refuse whoever does not work in the office."""
    check_has_role(caller(request), *sorted(OFFICE_ROLES), act="查看机关事务")


@router.get("/leading-group", response=list[MemberOut], summary="领导小组")
def members(request: HttpRequest) -> list[LeadingGroupMember]:
    """Return every term, past ones too."""
    check_reads(request)
    return list(LeadingGroupMember.objects.order_by("from_on", "pk"))


@router.post("/leading-group", response=Done, summary="任职")
def add_member(request: HttpRequest, body: MemberIn) -> Done:
    """任职."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        term = Term(body.name, body.duty, body.from_on, body.until_on)
        return Done(id=leading_group.add(title=body.title, term=term, by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/leading-group/{int:member_id}/end", response=Done, summary="任期结束")
def end_term(request: HttpRequest, member_id: int, body: EndIn) -> Done:
    """任期结束."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=leading_group.end(member_id=member_id, until_on=body.until_on, by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.get("/trainings", response=list[TrainingOut], summary="培训")
def find_trainings(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> list[Training]:
    """Return the classes, the latest first."""
    check_reads(request)
    return list(Training.objects.order_by("-held_on", "-pk")[offset : offset + limit])


@router.post("/trainings", response=Done, summary="登记培训")
def record_training(request: HttpRequest, body: TrainingIn) -> Done:
    """登记培训."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=trainings.record(entry=body.entry(), by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/trainings/{int:training_id}/correct", response=Done, summary="更正培训")
def correct_training(request: HttpRequest, training_id: int, body: TrainingIn) -> Done:
    """更正培训."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=trainings.correct(training_id=training_id, entry=body.entry(), by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.get("/hearings", response=list[HearingOut], summary="年度听取")
def find_hearings(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> list[Hearing]:
    """Return the hearings, the latest first."""
    check_reads(request)
    return list(Hearing.objects.order_by("-heard_on", "-pk")[offset : offset + limit])


@router.post("/hearings", response=Done, summary="登记年度听取")
def record_hearing(request: HttpRequest, body: HearingIn) -> Done:
    """登记年度听取."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=hearings.record(entry=body.entry(), by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/hearings/{int:hearing_id}/correct", response=Done, summary="更正年度听取")
def correct_hearing(request: HttpRequest, hearing_id: int, body: HearingIn) -> Done:
    """更正年度听取."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=hearings.correct(hearing_id=hearing_id, entry=body.entry(), by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.get("/regulations", response=list[RegulationLine], summary="制度汇编")
def find_regulations(request: HttpRequest, q: str = "", limit: Limit = 50, offset: Offset = 0) -> list[Regulation]:
    """Return the regulations that contain every word, the latest first."""
    check_reads(request)
    rows = Regulation.objects.matching(q).defer("text", "grams", "searchable").order_by("-issued_on", "-pk")
    return list(rows[offset : offset + limit])


@router.get("/regulations/{int:regulation_id}", response=RegulationOut, summary="一部制度")
def one_regulation(request: HttpRequest, regulation_id: int) -> Regulation:
    """Return one regulation with its text."""
    check_reads(request)
    row = Regulation.objects.filter(pk=regulation_id).first()
    if row is None:
        raise Refusal("regulation.unknown", "没有这部制度")
    return row


@router.post("/regulations/files", response=FileOut, summary="上传制度文件")
def upload(request: HttpRequest, file: File[UploadedFile]) -> FileOut:
    """Keep a file by its content; the same content twice is one file, so no key is needed."""
    check_may_keep_office(caller(request))
    found = stored(file.read(), name=file.name or "")
    return FileOut(file=written(found), media_type=found.media_type, size=found.size)


@router.post("/regulations", response=Done, summary="收入制度汇编")
def add_regulation(request: HttpRequest, body: RegulationIn) -> Done:
    """收入制度汇编."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=regulations.add(entry=body.entry(), file=body.stored_file(), by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/regulations/{int:regulation_id}/correct", response=Done, summary="更正制度")
def correct_regulation(request: HttpRequest, regulation_id: int, body: RegulationIn) -> Done:
    """更正制度; without a file the one there is stays."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = regulations.correct(
            regulation_id=regulation_id, entry=body.entry(), file=body.stored_file(), by=by, at=at
        )
        return Done(id=row.pk)

    return carried_out(request, body, at, act)
