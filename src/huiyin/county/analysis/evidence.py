"""Evidence: what is on record about a receipt and its petitions at one instant, as plain values."""

from dataclasses import dataclass
from datetime import date

from huiyin.county.assignment.states import LAWFUL_EXCEPTIONS, TO_A_UNIT, DispositionKind
from huiyin.county.registry.states import Channel, Confidentiality

from .states import Original


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is on record about one petition at one instant; nothing in it was set by hand."""

    petition_id: int
    number: str
    confidentiality: Confidentiality
    original: Original
    is_complete: bool
    is_found_by_number: bool
    is_found_by_name: bool
    is_found_by_text: bool
    registrar: str
    reader: str = ""
    is_classified: bool = False
    classifier: str = ""
    disposition: DispositionKind | None = None
    decider: str = ""
    has_basis_and_approver: bool = False
    is_merged: bool = False
    unit: str = ""
    handler: str = ""
    is_with_unit: bool = False
    is_replied: bool = False
    is_answered: bool = False
    attempt_failed: bool = False
    name_known: bool = True
    address_known: bool = True
    contact_known: bool = True

    @property
    def is_unanswerable(self) -> bool:
        """Whether nobody can lawfully be answered: name and address unknown, and no contact or one that failed."""
        unknown = not self.name_known and not self.address_known
        return not self.is_answered and unknown and (not self.contact_known or self.attempt_failed)

    @property
    def is_retrievable(self) -> bool:
        """Whether the register finds it again; of a 密件 there is the number and nothing else to find (R22 §30)."""
        if self.confidentiality is Confidentiality.NUMBER_ONLY:
            return self.is_found_by_number
        return self.is_found_by_number and self.is_found_by_name and self.is_found_by_text

    @property
    def has_original(self) -> bool:
        """Whether the original is there and unchanged; a 密件 is recorded without any content."""
        is_bare = self.confidentiality is Confidentiality.NUMBER_ONLY
        return is_bare or self.original in {Original.INTACT, Original.NOT_NEEDED}

    @property
    def has_unit_and_person(self) -> bool:
        """Whether a unit and a named person answer for it, the main petition's for one that was merged."""
        return self.disposition in TO_A_UNIT and bool(self.unit and self.handler)

    @property
    def is_lawful_exception(self) -> bool:
        """Whether it lawfully went to nobody, with basis, approver and responsible clerk."""
        return self.disposition in LAWFUL_EXCEPTIONS and self.has_basis_and_approver and bool(self.decider)


@dataclass(frozen=True, slots=True)
class ReceiptEvidence:
    """One receipt of the denominator with the petitions it became: none, one, or several when it was split."""

    receipt_id: int
    number: str
    channel: Channel
    received_on: date
    taken_by: str
    petitions: tuple[Evidence, ...] = ()
