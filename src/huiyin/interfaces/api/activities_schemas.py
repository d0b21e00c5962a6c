"""What goes in and out of the API of activities."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from huiyin.county.registry.states import Channel
from huiyin.county.supervision.actions.letters import LetterEntry
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.rules.activities import MemberEntry, SchemeEntry
from huiyin.county.supervision.states import ActivityKind, ActivityState, MemberBasis, Method, TeamRole

from .schemas import In
from .supervision_schemas import Articles, Organ, Title

Codes = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=60)]


class SchemeIn(In):
    """方案."""

    kind: ActivityKind
    title: Title
    organiser: Organ
    aim: Annotated[str, Field(min_length=1, max_length=1000)]
    focus: Annotated[str, Field(min_length=1, max_length=2000)]
    methods: Annotated[list[Method], Field(min_length=1, max_length=8)]
    agenda: Annotated[str, Field(min_length=1, max_length=2000)]
    starts_on: date
    ends_on: date
    unit_codes: Codes
    plan_item_id: int | None = None
    ground: Annotated[str, Field(max_length=500)] = ""
    part_of_id: int | None = None
    statute_code: Annotated[str, Field(max_length=40)] = ""
    articles: Articles = []

    def entry(self) -> SchemeEntry:
        """Return the body as the act takes it."""
        lists = {"methods": tuple(self.methods), "unit_codes": tuple(self.unit_codes), "articles": tuple(self.articles)}
        return SchemeEntry(**{**dict(self), **lists})


class MemberIn(In):
    """组成人员."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    role: TeamRole
    basis: MemberBasis
    post: Annotated[str, Field(min_length=1, max_length=80)]
    organ: Organ
    former_posts: Annotated[str, Field(min_length=1, max_length=300)]
    staff_id: int | None = None
    unit_code: Annotated[str, Field(max_length=40)] = ""
    former_units: Codes = []
    fairness_words: Annotated[str, Field(max_length=300)] = ""

    def entry(self) -> MemberEntry:
        """Return the body as the act takes it."""
        return MemberEntry(**{**dict(self), "former_units": tuple(self.former_units)})


class RecusalIn(In):
    """回避."""

    reason: Annotated[str, Field(min_length=1, max_length=300)]


class ResolutionIn(In):
    """常委会决议."""

    resolution: Annotated[str, Field(min_length=1, max_length=300)]
    resolved_on: date


class SessionIn(In):
    """常委会会议."""

    session: Annotated[str, Field(min_length=1, max_length=80)]
    held_on: date


class OutcomeIn(In):
    """办结."""

    outcome: Annotated[str, Field(min_length=1, max_length=2000)]


class LetterIn(In):
    """随行来信."""

    channel: Channel
    received_on: date
    handed_by: Annotated[str, Field(min_length=1, max_length=40)]
    sender: Annotated[str, Field(max_length=60)] = ""
    head_count: Annotated[int, Field(ge=1, le=9999)] = 1
    note: Annotated[str, Field(max_length=200)] = ""

    def entry(self) -> LetterEntry:
        """Return the body as the act takes it."""
        return LetterEntry(**dict(self))


class LinkIn(In):
    """关联信访件."""

    petition_id: int
    reason: Annotated[str, Field(min_length=1, max_length=300)]


class ActivityLine(Schema):
    """One activity as the list shows it."""

    id: int
    number: str
    kind: ActivityKind
    title: str
    state: ActivityState
    organiser: str
    starts_on: date
    ends_on: date
    units: list[str]

    @classmethod
    def of(cls, row: Activity) -> "ActivityLine":
        """Return the line of a row."""
        return cls(
            id=row.pk,
            number=row.number,
            kind=ActivityKind(row.kind),
            title=row.title,
            state=ActivityState(row.state),
            organiser=row.organiser,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            units=[one.unit.code for one in row.units.all()],
        )


class MemberOut(Schema):
    """One member of a team."""

    id: int
    name: str
    role: TeamRole
    basis: MemberBasis
    post: str
    organ: str
    former_posts: str
    recusal_reason: str


class LinkOut(Schema):
    """One linked petition that the caller may see, with the words that stand for it outside."""

    id: int
    petition_id: int
    number: str
    outside: str
    reason: str


class LetterOut(Schema):
    """What the team brought home."""

    id: int
    receipt_number: str
    received_on: date
    handed_by: str
    petitions: list[str]


class ActivityOut(ActivityLine):
    """One activity with its scheme and what hangs on it."""

    aim: str
    focus: str
    methods: list[Method]
    agenda: str
    ground: str
    plan_item_id: int | None
    part_of_id: int | None
    statute_code: str
    articles: list[str]
    resolution: str
    session: str
    outcome: str
    begun_at: datetime | None
    finished_at: datetime | None
    ended_at: datetime | None
    members: list[MemberOut]
    links: list[LinkOut]
    letters: list[LetterOut]
