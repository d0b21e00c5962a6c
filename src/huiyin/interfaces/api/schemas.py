"""What goes in and out of the API: strict shapes, words of the domain, no field that nobody asked for."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Self

from ninja import Schema
from pydantic import ConfigDict, Field, model_validator

from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.states import Outcome, ReturnReason
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.states import (
    Addressee,
    Channel,
    Confidentiality,
    Jurisdiction,
    Origin,
    PetitionerKind,
    Purpose,
    Recurrence,
    Relation,
)
from huiyin.county.reply.states import Method, ReplyKind, Satisfaction
from huiyin.kernel.deadlines import Due
from huiyin.kernel.text import mask_address, mask_phone

Short = Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(max_length=60)]


class In(Schema):
    """A request body: an unknown field is refused, and so is a sign that no database column takes."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="after")
    def _holds_no_nul(self) -> Self:
        if holds_nul(self.model_dump()):
            raise ValueError("含有不能保存的字符（NUL）")
        return self


def holds_nul(value: object) -> bool:
    """Return whether a value, or one inside it, has the one sign that the database cannot keep."""
    if isinstance(value, Mapping):
        return any(map(holds_nul, (*value.keys(), *value.values())))
    if isinstance(value, list | tuple):
        return any(map(holds_nul, value))
    return isinstance(value, str) and "\x00" in value


class ReceiptIn(In):
    """收件."""

    channel: Channel
    received_on: date
    sender: Name = ""
    head_count: Annotated[int, Field(ge=1, le=9999)] = 1
    origin: Origin = Origin.DIRECT
    postmarked_on: date | None = None
    note: Short = ""
    addressed_to: Addressee | None = None
    recipient: Annotated[str, Field(max_length=40)] = ""
    mail_number: Annotated[str, Field(max_length=30)] = ""
    caller_phone: Annotated[str, Field(max_length=30)] = ""
    representatives: list[Annotated[str, Field(max_length=80)]] = []
    origin_name: Annotated[str, Field(max_length=80)] = ""
    origin_number: Name = ""
    origin_due_on: date | None = None
    origin_words: Short = ""


class RepresentativeIn(In):
    """代表."""

    name: Name
    phone: Annotated[str, Field(max_length=20)] = ""


class RegistrationIn(In):
    """登记."""

    summary: str
    petitioner_kind: PetitionerKind = PetitionerKind.NAMED
    name: Name = ""
    identity_number: Annotated[str, Field(max_length=24)] = ""
    phone: Annotated[str, Field(max_length=30)] = ""
    address: Short = ""
    content: str = ""
    place: Annotated[str, Field(max_length=80)] = ""
    head_count: int = 1
    signer_count: Annotated[int, Field(ge=0, le=99999)] = 0
    representatives: list[RepresentativeIn] = []
    claims: list[str] = []
    signers: list[Name] = []
    relation: Relation = Relation.NEW
    earlier_id: int | None = None
    is_split: bool = False
    confidentiality: Confidentiality = Confidentiality.ORDINARY


class ReadingIn(In):
    """阅信/接谈."""

    note: str
    reader_name: Annotated[str, Field(max_length=40)] = ""
    read_by_leader: bool = False


class ClassificationIn(In):
    """归类: the class by its code; a repeat names the earlier petition."""

    purpose: Purpose
    category_code: Annotated[str, Field(max_length=20)]
    recurrence: Recurrence
    repeats_id: int | None = None
    tags: list[str] = []
    statute_code: Annotated[str, Field(max_length=40)] = ""
    article: Annotated[str, Field(max_length=40)] = ""
    jurisdiction: Jurisdiction = Jurisdiction.COUNTY
    is_litigation: bool = False
    wants_leader: bool = False


class SigningIn(In):
    """签收."""

    handler_name: Annotated[str, Field(max_length=40)]
    handler_phone: Annotated[str, Field(max_length=20)]


class ClaimAnswerIn(In):
    """What a report says to one claim."""

    claim_id: int
    outcome: Outcome
    words: Annotated[str, Field(max_length=500)] = ""


class ReportIn(In):
    """反馈."""

    facts: str
    basis: Annotated[str, Field(max_length=500)]
    measures: str = ""
    handler_name: Annotated[str, Field(max_length=40)]
    answers: list[ClaimAnswerIn]
    head_name: Annotated[str, Field(max_length=40)] = ""


class ReturnIn(In):
    """退回."""

    reasons: list[ReturnReason]
    words: Annotated[str, Field(max_length=500)]


class ReplyIn(In):
    """答复."""

    kind: ReplyKind = ReplyKind.OUTCOME
    text: str


class DeliveryIn(In):
    """送达."""

    method: Method
    delivered_at: datetime
    proof: Annotated[str, Field(max_length=300)]
    recipient: Name = ""


class EvaluationIn(In):
    """满意度评价."""

    satisfaction: Satisfaction
    reason: Annotated[str, Field(max_length=300)] = ""


class VoidIn(In):
    """作废."""

    reason: Short
    approver_id: int


class DueOut(Schema):
    """One clock: the same date and explanation as on screen and on paper."""

    clock: str
    label: str
    due_on: date
    provisional: bool
    met_at: datetime | None
    explanation: list[str]

    @classmethod
    def of(cls, row: Deadline) -> Self:
        """Return a stored clock."""
        due = Due.from_values(row.explanation)
        return cls(
            clock=row.clock,
            label=due.clock.label,
            due_on=row.due_on,
            provisional=row.provisional,
            met_at=row.met_at,
            explanation=list(due.explain()),
        )


class Done(Schema):
    """What a carried-out call answers, and answers again when it is repeated."""

    id: int
    number: str = ""
    state: str = ""
    query_code: str = ""


class AssignmentOut(Schema):
    """交办件."""

    id: int
    number: str
    kind: str
    unit: str
    handler: str
    state: str
    due_on: date | None

    @classmethod
    def of(cls, row: Assignment) -> Self:
        """Return an assignment with its unit's name."""
        return cls(
            id=row.pk,
            number=row.number,
            kind=row.kind,
            unit=row.unit.name,
            handler=row.handler_name,
            state=row.state,
            due_on=row.due_on,
        )


class ClaimOut(Schema):
    """诉求点."""

    id: int
    position: int
    text: str


class PetitionOut(Schema):
    """信访件 for whoever may see it; phone and address are masked as on screen."""

    id: int
    number: str
    version: int
    state: str
    state_label: str
    channel: str
    received_on: date
    petitioner: str
    phone: str
    address: str
    place: str
    summary: str
    purpose: str
    category: str
    recurrence: str
    claims: list[ClaimOut]
    deadlines: list[DueOut]
    assignments: list[AssignmentOut]

    @classmethod
    def of(cls, row: Petition) -> Self:
        """Return a petition with its clocks and assignments."""
        return cls(
            id=row.pk,
            number=row.number,
            version=row.version,
            state=row.state,
            state_label=str(row.get_state_display()),
            channel=row.channel,
            received_on=row.received_on,
            petitioner=str(row.petitioner),
            phone=mask_phone(row.petitioner.phone) if row.petitioner.phone else "",
            address=mask_address(row.petitioner.address) if row.petitioner.address else "",
            place=row.place,
            summary=row.summary,
            purpose=row.purpose,
            category=row.category_path,
            recurrence=row.recurrence,
            claims=[
                ClaimOut(id=claim.pk, position=claim.position, text=claim.text)
                for claim in row.claims.order_by("position")
            ],
            deadlines=[DueOut.of(one) for one in row.deadlines.filter(superseded_at=None).order_by("due_on", "id")],
            assignments=[AssignmentOut.of(one) for one in row.assignments.select_related("unit").order_by("id")],
        )


class PetitionLine(Schema):
    """One line of the list; of a sealed item the number only, all the rest is empty."""

    id: int | None = None
    number: str
    state: str = ""
    channel: str = ""
    received_on: date | None = None
    summary: str


class PetitionPage(Schema):
    """A page of the list."""

    total: int
    items: list[PetitionLine]


class AttachmentOut(Schema):
    """附件."""

    id: int
    sha256: str
    size: int
    media_type: str
