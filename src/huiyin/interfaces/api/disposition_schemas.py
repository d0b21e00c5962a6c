"""What goes into the calls of dispositions: letters to units, what ends here, proposals, splits."""

from dataclasses import fields
from datetime import date
from typing import Annotated

from pydantic import Field

from huiyin.county.assignment.rules.dispositions import CoHandler, Ending, Giving
from huiyin.county.assignment.rules.splits import SplitEntry
from huiyin.county.assignment.states import DispatchMethod, DispositionKind
from huiyin.county.registry.secrecy import AccusedEntry

from .schemas import In, Short

Code = Annotated[str, Field(max_length=40)]
Person = Annotated[str, Field(max_length=40)]
Phone = Annotated[str, Field(max_length=20)]
Words = Annotated[str, Field(max_length=500)]


class CoHandlerIn(In):
    """会办."""

    unit_code: Code
    handler_name: Person
    handler_phone: Phone = ""
    instruction: Words = ""

    def taken(self) -> CoHandler:
        """Return the further unit as the rules take it."""
        return CoHandler(**dict(self))


class GivingIn(In):
    """A letter to a unit: to whom, until when, what is asked, how it goes out."""

    unit_code: Code
    handler_name: Person
    handler_phone: Phone = ""
    instruction: Words = ""
    reason: Words = ""
    basis: Short = ""
    procedure: Short = ""
    due_on: date | None = None
    due_approver_id: int | None = None
    is_simple: bool = False
    is_refusal_likely: bool = False
    redaction_confirmed: bool = False
    sent_by: DispatchMethod = DispatchMethod.SYSTEM
    co_handlers: Annotated[list[CoHandlerIn], Field(max_length=20)] = []
    attachment_ids: Annotated[list[int], Field(max_length=100)] = []
    instruction_id: int | None = None

    def taken(self) -> Giving:
        """Return the letter as the rules take it."""
        names = {one.name for one in fields(Giving)} - {"co_handlers", "attachment_ids"}
        return Giving(
            **{name: getattr(self, name) for name in names},
            co_handlers=tuple(one.taken() for one in self.co_handlers),
            attachment_ids=tuple(self.attachment_ids),
        )


class AssignmentIn(GivingIn):
    """交办/转送/直接办理."""

    kind: DispositionKind = DispositionKind.ASSIGNMENT


class EndingIn(In):
    """What ends here: why, on what basis, and where else the matter stands or goes."""

    reason: Words
    basis: Short = ""
    competent_organ: Annotated[str, Field(max_length=80)] = ""
    procedure: Short = ""
    merged_into_id: int | None = None
    concluded_id: int | None = None
    conclusion: Short = ""
    second_note: Words = ""
    instruction_id: int | None = None

    def taken(self) -> Ending:
        """Return the decision as the rules take it."""
        return Ending(**{one.name: getattr(self, one.name) for one in fields(Ending)})


class DispositionIn(EndingIn):
    """引导告知/不再受理/存查/并入: with the second person."""

    kind: DispositionKind
    approver_id: int


class SealedTransferIn(In):
    """密封移送."""

    unit_code: Code
    handler_name: Person
    sent_by: DispatchMethod = DispatchMethod.CONFIDENTIAL
    reason: Words = ""
    basis: Short = ""
    approver_id: int | None = None
    instruction_id: int | None = None


class ProposalIn(In):
    """拟办: the kind with its letter or its ending."""

    kind: DispositionKind
    giving: GivingIn | None = None
    ending: EndingIn | None = None


class ProposalWordsIn(In):
    """审批意见."""

    words: Words = ""


class AssignmentReasonIn(In):
    """原因."""

    reason: Short


class JoinIn(CoHandlerIn):
    """增加会办."""

    due_on: date | None = None
    due_approver_id: int | None = None
    redaction_confirmed: bool = False
    sent_by: DispatchMethod = DispatchMethod.SYSTEM

    def taken(self) -> CoHandler:
        """Return the further unit as the rules take it."""
        return CoHandler(self.unit_code, self.handler_name, self.handler_phone, self.instruction)


class NewEvidenceIn(In):
    """转交新证据: the facts and files of the repeat that its main petition's units may see."""

    words: Annotated[str, Field(max_length=1000)] = ""
    attachment_ids: Annotated[list[int], Field(max_length=100)] = []
    redaction_confirmed: bool = False


class SplitAccusedIn(In):
    """被检举控告人."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    post: Annotated[str, Field(max_length=60)] = ""
    unit_code: Code = ""
    staff_id: int | None = None


class SplitIn(In):
    """拆分混合信件."""

    summary: Words
    excerpt: str
    accusation: Words
    accused: Annotated[list[SplitAccusedIn], Field(min_length=1, max_length=50)]
    claims: list[Words] = []
    checked_by_id: int

    def taken(self) -> SplitEntry:
        """Return the split as the rules take it."""
        return SplitEntry(
            summary=self.summary,
            excerpt=self.excerpt,
            accusation=self.accusation,
            accused=tuple(AccusedEntry(one.name, one.post, one.unit_code, one.staff_id) for one in self.accused),
            claims=tuple(self.claims),
        )
