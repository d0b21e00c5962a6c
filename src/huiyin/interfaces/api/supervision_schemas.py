"""What goes in and out of the API of topics, meetings and plans."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from huiyin.county.supervision.models import DirectorsMeeting, TopicProposal
from huiyin.county.supervision.rules.plans import ItemEntry
from huiyin.county.supervision.rules.proposals import DecisionEntry, MeetingEntry, ProposalEntry
from huiyin.county.supervision.states import (
    ActivityKind,
    Decision,
    Dimension,
    PlanState,
    ProposalState,
    TopicSource,
)

from .schemas import In

Title = Annotated[str, Field(min_length=1, max_length=120)]
Organ = Annotated[str, Field(min_length=1, max_length=60)]
Timing = Annotated[str, Field(min_length=1, max_length=100)]
Articles = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=30)]
Numbers = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=500)]


class ProposalIn(In):
    """议题建议; without ``numbers`` it stands on everything of its window."""

    title: Title
    dimension: Dimension
    key: Annotated[str, Field(min_length=1, max_length=80)]
    window_first_on: date
    window_last_on: date
    source: TopicSource
    instrument: ActivityKind
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    focus: Annotated[str, Field(min_length=1, max_length=1000)]
    timing: Timing
    organiser: Organ
    statute_code: Annotated[str, Field(max_length=40)] = ""
    articles: Articles = []
    numbers: Numbers = []

    def entry(self) -> ProposalEntry:
        """Return the body as the act takes it."""
        values = dict(self)
        return ProposalEntry(**{**values, "articles": tuple(self.articles), "numbers": tuple(self.numbers)})


class WordsIn(In):
    """What must be explained."""

    words: Annotated[str, Field(min_length=1, max_length=500)]


class MeetingIn(In):
    """主任会议."""

    ordinal: Annotated[int, Field(ge=1, le=999)]
    held_on: date
    chair: Annotated[str, Field(min_length=1, max_length=40)]
    agenda: Annotated[str, Field(min_length=1, max_length=2000)]

    def entry(self) -> MeetingEntry:
        """Return the body as the act takes it."""
        return MeetingEntry(**dict(self))


class DecisionIn(In):
    """What the meeting decided on one proposal."""

    proposal_id: int
    decision: Decision
    reason: Annotated[str, Field(max_length=1000)] = ""
    committee: Annotated[str, Field(max_length=60)] = ""

    def entry(self) -> DecisionEntry:
        """Return the body as the act takes it."""
        return DecisionEntry(self.decision, self.reason, self.committee)


class PlanIn(In):
    """编制年度计划."""

    year: Annotated[int, Field(ge=2007, le=2199)]
    change_words: Annotated[str, Field(max_length=500)] = ""


class ItemIn(In):
    """计划项目."""

    title: Title
    kind: ActivityKind
    source: TopicSource
    organiser: Organ
    timing: Timing
    proposal_id: int | None = None
    statute_code: Annotated[str, Field(max_length=40)] = ""
    articles: Articles = []
    note: Annotated[str, Field(max_length=500)] = ""

    def entry(self) -> ItemEntry:
        """Return the body as the act takes it."""
        return ItemEntry(**{**dict(self), "articles": tuple(self.articles)})


class PublishIn(In):
    """公布年度计划: the meeting that passed it."""

    meeting_id: int


class ProposalLine(Schema):
    """One proposal as the list shows it."""

    id: int
    number: str
    title: str
    state: ProposalState
    dimension: Dimension
    key: str
    label: str
    instrument: ActivityKind
    matters: int

    @classmethod
    def of(cls, row: TopicProposal) -> "ProposalLine":
        """Return the line of a row."""
        return cls(
            id=row.pk,
            number=row.number,
            title=row.title,
            state=ProposalState(row.state),
            dimension=Dimension(row.dimension),
            key=row.key,
            label=row.key_label,
            instrument=ActivityKind(row.instrument),
            matters=row.evidence["now"]["matters"],
        )


class EvidenceLine(Schema):
    """One petition of the evidence."""

    petition_id: int
    number: str


class EvidenceOut(Schema):
    """The frozen numbers, their seal, and the petitions that the caller may see."""

    at: datetime
    first_on: date
    last_on: date
    matters: int
    first_matters: int
    petitions: int
    people: int
    group_visits: int
    sealed: int
    sentence: str
    lines: list[EvidenceLine]
    withheld: int
    sha256: str
    intact: bool


class ProposalOut(ProposalLine):
    """One proposal with its words and its evidence."""

    source: TopicSource
    statute_code: str
    articles: list[str]
    reason: str
    focus: str
    timing: str
    organiser: str
    sent_back_words: str
    committee_words: str
    decided_on: date | None
    evidence: EvidenceOut


class DecisionOut(Schema):
    """One decision."""

    proposal_id: int
    decision: Decision
    reason: str
    committee: str


class MeetingOut(Schema):
    """One directors' meeting with what it decided."""

    id: int
    ordinal: int
    held_on: date
    chair: str
    agenda: str
    decisions: list[DecisionOut]

    @classmethod
    def of(cls, row: DirectorsMeeting) -> "MeetingOut":
        """Return the meeting of a row."""
        decided = [
            DecisionOut(
                proposal_id=one.proposal_id, decision=Decision(one.decision), reason=one.reason, committee=one.committee
            )
            for one in row.decisions.all()
        ]
        return cls(
            id=row.pk,
            ordinal=row.ordinal,
            held_on=row.held_on,
            chair=row.chair,
            agenda=row.agenda,
            decisions=decided,
        )


class ItemOut(Schema):
    """One item of a plan with the activity that carries it out."""

    id: int
    code: int
    title: str
    kind: ActivityKind
    source: TopicSource
    proposal_id: int | None
    statute_code: str
    articles: list[str]
    organiser: str
    timing: str
    note: str
    activity_id: int | None
    activity_state: str


class PlanLine(Schema):
    """One version of a year's plan."""

    id: int
    year: int
    version: int
    state: PlanState
    change_words: str
    published_at: datetime | None


class PlanOut(PlanLine):
    """One version with its items."""

    items: list[ItemOut]


class WaitingOut(Schema):
    """What waits for whose next step."""

    to_submit: int
    to_approve: int
    before_directors: int
    in_committee: int
    to_plan: int
    schemes: int
    under_way: int
    to_report: int
