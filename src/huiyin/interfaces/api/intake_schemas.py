"""What goes in and out of the API around a registration: urgent reports, drafts, similar petitions, classes."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import AwareDatetime, Field

from huiyin.county.registry.states import PetitionerKind, UrgentReceiver

from .schemas import ClassificationIn, In, Name, RepresentativeIn, Short


class UrgentMarkIn(In):
    """标记重大紧急."""

    reason: Short


class ReceiptDayIn(In):
    """更正收件日期."""

    received_on: date
    reason: Short
    approver_id: int | None = None


class UrgentReportIn(In):
    """记录紧急报告."""

    to: UrgentReceiver
    person: Annotated[str, Field(max_length=40)]
    phone: Annotated[str, Field(max_length=20)]
    words: Annotated[str, Field(max_length=500)]
    reported_at: AwareDatetime


class ReviewIn(In):
    """复核归类: nothing to agree; a whole classification to change it."""

    classification: ClassificationIn | None = None


class DraftIn(In):
    """草稿: the fields of a registration as they stand."""

    values: dict[Annotated[str, Field(max_length=40)], str]
    is_split: bool = False


class DraftOut(Schema):
    """草稿, and when it was kept; no moment where nothing is."""

    values: dict[str, str]
    saved_at: datetime | None


class TypedIn(In):
    """What is known of a petition before it is registered."""

    name: Name = ""
    phone: Annotated[str, Field(max_length=30)] = ""
    identity_number: Annotated[str, Field(max_length=24)] = ""
    representatives: list[RepresentativeIn] = []
    signers: list[Name] = []
    place: Annotated[str, Field(max_length=80)] = ""
    summary: Annotated[str, Field(max_length=500)] = ""
    accused: list[Name] = []
    petitioner_kind: PetitionerKind = PetitionerKind.NAMED


class SimilarOut(Schema):
    """An earlier petition that may be the same matter, and why."""

    petition_id: int
    number: str
    state: str
    summary: str
    received_on: date
    unit: str
    score: float
    reasons: list[str]


class CategoryOut(Schema):
    """内容分类."""

    code: str
    path: str


class ClassSuggestionOut(Schema):
    """The class that the office would most likely decide: how certain, and of how many decisions."""

    code: str
    path: str
    certainty: float
    learned_from: int
    checked: int
    right: int
    is_enough: bool
    words: str
