"""What one row of a ledger says, and everything that is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.assignment.states import TO_A_UNIT, DispositionKind
from huiyin.county.office.states import Branch
from huiyin.county.registry.rules import SUMMARY_LIMIT, RepresentativeEntry, check_representatives, is_group
from huiyin.county.registry.states import Channel, Confidentiality, PetitionerKind, Purpose
from huiyin.county.reply.states import Method, Satisfaction
from huiyin.kernel.calendar import show_day
from huiyin.kernel.identity import read_identity_number, read_phone
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import RuleSet
from huiyin.platform.categories.national import deepest

from . import cells as reading
from .headings import Field

Value = TypeVar("Value")
SHOWN = 40
LIMITS = {
    Field.SOURCE_NUMBER: 60, Field.NAME: 60, Field.ADDRESS: 200, Field.PLACE: 80, Field.REGISTRAR: 40,
    Field.LEADER: 40, Field.HANDLER: 40, Field.BASIS: 200, Field.PROOF: 300, Field.DISSATISFACTION: 300,
    Field.UNIT: 60, Field.HANDLER_PHONE: 20,
}  # fmt: skip
DAYS_IN_ORDER = (
    Field.RECEIVED_ON,
    Field.REGISTERED_ON,
    Field.ASSIGNED_ON,
    Field.SIGNED_ON,
    Field.REPORTED_ON,
    Field.REPLIED_ON,
    Field.CLOSED_ON,
)
SEALED_SUMMARY = Confidentiality.SEALED.label
IMPORTERS = (Role.CLERK, Role.HEAD, Role.RESTRICTED)


def check_may_import(by: Person) -> None:
    """Refuse whoever does not take in ledgers: it is registering, many times over."""
    check_has_role(by, *IMPORTERS, act="导入台账")


may_import = may(check_may_import)


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """承办单位 as the office's own list has it."""

    code: str
    name: str
    branch: Branch
    phone: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What a row is compared with: the office's units and approvers, the national classes, the rule sets."""

    units: Mapping[str, KnownUnit]
    classes: Mapping[tuple[str, ...], str]
    approvers: Mapping[str, int]
    ruleset_of: Callable[[date], RuleSet]
    may_take_accusations: bool = True


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row of a ledger whose values can all be right."""

    source_number: str
    received_on: date
    registered_on: date
    channel: Channel
    summary: str
    content: str
    petitioner_kind: PetitionerKind
    name: str
    identity_number: str
    phone: str
    address: str
    place: str
    people: int
    representatives: tuple[RepresentativeEntry, ...]
    purpose: Purpose | None
    category_code: str
    category_path: str
    is_first: bool | None
    registrar: str
    leader: str
    department: str
    disposition: DispositionKind | None
    unit: KnownUnit | None
    organ: str
    handler: str
    handler_phone: str
    basis: str
    approver_id: int | None
    due_on: date | None
    assigned_on: date | None
    signed_on: date | None
    reported_on: date | None
    outcome: str
    replied_on: date | None
    method: Method | None
    proof: str
    closed_on: date | None
    is_solved: bool
    satisfaction: Satisfaction | None
    dissatisfaction: str

    @property
    def confidentiality(self) -> Confidentiality:
        """An accusation is sealed from the moment it is taken in (R22 §30)."""
        return Confidentiality.SEALED if self.purpose is Purpose.ACCUSATION else Confidentiality.ORDINARY

    @property
    def signer_count(self) -> int:
        """How many signed a letter; visitors are counted, not signers."""
        return self.people if self.channel is not Channel.WALK_IN and self.people > 1 else 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a row: the row, or all reasons against it; hints are for the clerk to look at."""

    row: LedgerRow | None
    reasons: tuple[str, ...]
    hints: tuple[str, ...]
    source_number: str
    summary: str


class Reader:
    """Reads the cells of one row and gathers every reason against it, not only the first."""

    def __init__(self, cells: Mapping[Field, str], *, reference: Reference, today: date) -> None:
        """Begin with nothing said."""
        self.cells = cells
        self.reference = reference
        self.today = today
        self.reasons: list[str] = []
        self.hints: list[str] = []

    def text(self, field: Field) -> str:
        """Return a text; what an export hid is left out, what is too long is refused."""
        written = self.cells.get(field, "").strip()
        if reading.is_nothing(written):
            return ""
        if reading.is_masked(written):
            self.hints.append(f"“{field.label}”已隐去部分内容，未导入")
            return ""
        limit = LIMITS.get(field)
        if limit is not None and len(written) > limit:
            self.reasons.append(f"“{field.label}”超过{limit}字")
        return written

    def value(self, field: Field, read: Callable[[str], Value]) -> Value | None:
        """Return what the cell means, None where it is empty; a refusal names column and value."""
        written = self.cells.get(field, "").strip()
        if not written or (read is not reading.read_flag and reading.is_nothing(written)):
            return None
        if reading.is_masked(written):
            self.hints.append(f"“{field.label}”已隐去部分内容，未导入")
            return None
        try:
            return read(written)
        except Refusal as refusal:
            self.reasons.append(f"“{field.label}”列的“{written[:SHOWN]}”：{refusal.words}")
            return None

    def day(self, field: Field) -> date | None:
        """Return a day that is not in the future."""
        day = self.value(field, reading.read_day)
        if day is not None and day > self.today:
            self.reasons.append(f"“{field.label}”{show_day(day)}晚于今天{show_day(self.today)}")
            return None
        return day

    def days(self) -> dict[Field, date | None]:
        """Return the days of the course, each no earlier than the ones before it."""
        days = {field: self.day(field) for field in DAYS_IN_ORDER}
        given = [(field, day) for field, day in days.items() if day is not None]
        for (before, first), (after, second) in pairwise(given):
            if second < first:
                self.reasons.append(f"“{after.label}”{show_day(second)}早于“{before.label}”{show_day(first)}")
        return days

    def due_on(self, days: Mapping[Field, date | None]) -> date | None:
        """Return 限办时间; one that lies before the receipt is refused, one already over when assigned is left out."""
        due_on, received_on, assigned_on = (
            self.value(Field.DUE_ON, reading.read_day),
            days[Field.RECEIVED_ON],
            days[Field.ASSIGNED_ON],
        )
        if due_on is None or received_on is None:
            return None
        if due_on < received_on:
            self.reasons.append(f"“限办时间”{show_day(due_on)}早于“信访日期”{show_day(received_on)}")
        elif assigned_on is not None and due_on <= assigned_on:
            self.hints.append("“限办时间”不晚于“交办日期”，期限按规定计算")
            return None
        return due_on

    def category(self) -> tuple[str, str]:
        """Return code and path of the deepest known class; an unknown first level is refused."""
        names = self.value(Field.CATEGORY, reading.read_class)
        if not names:
            return "", ""
        found = deepest(self.reference.classes, names)
        if found is None:
            self.reasons.append(f"“内容分类”列的“{'/'.join(names)[:SHOWN]}”：没有名为“{names[0]}”的一级分类")
            return "", ""
        code, path = found
        if len(path) < len(names):
            self.hints.append(f"没有“{'/'.join(names)}”这一分类，归入“{'/'.join(path)}”")
        return code, "/".join(path)

    def unit(self, written: str) -> KnownUnit | None:
        """Return the unit by its name, or by the one name of which it is the end; an unknown one is refused."""
        if not written:
            return None
        units = self.reference.units
        if written in units:
            return units[written]
        close = {unit.code: unit for name, unit in units.items() if name.endswith(written) or written.endswith(name)}
        if len(close) != 1:
            self.reasons.append(f"没有名为“{written}”的承办单位，请先在“单位”中添加，或改为已有单位的名称")
            return None
        unit = next(iter(close.values()))
        self.hints.append(f"承办单位“{written}”按“{unit.name}”导入")
        return unit

    def disposition(self, written: str) -> DispositionKind | None:
        """Return 处理方式: as written, else as the state tells it, else by the unit that was given it."""
        kind = self.value(Field.DISPOSITION, reading.read_disposition)
        kind = kind or reading.kind_of_status(self.cells.get(Field.STATUS, ""))
        if kind is not None or not written:
            return kind
        unit = self.reference.units.get(written)
        in_house = unit is not None and unit.branch is Branch.CONGRESS
        return DispositionKind.INTERNAL if in_house else DispositionKind.ASSIGNMENT

    def petitioner(self) -> tuple[PetitionerKind, str]:
        """Return who wrote or came, as far as the ledger knows."""
        written = reading.plain(self.cells.get(Field.NAME, ""))
        if written in reading.ILLEGIBLE:
            return PetitionerKind.ILLEGIBLE, ""
        name = "" if written in reading.NAMELESS else self.text(Field.NAME)
        return (PetitionerKind.NAMED, name) if name else (PetitionerKind.ANONYMOUS, "")

    def approver(self) -> int | None:
        """Return the account of 审批人, who must be one that may approve."""
        name = self.text(Field.APPROVER)
        if name and name not in self.reference.approvers:
            self.hints.append(f"审批人“{name}”没有可以审批的账号")
        return self.reference.approvers.get(name)

    def identity_number(self) -> str:
        """Return 证件号码 in its 18 digits."""
        found = self.value(Field.IDENTITY_NUMBER, lambda text: read_identity_number(text, today=self.today).number)
        return found or ""

    def required(self, field: Field, found: object) -> None:
        """Refuse a row without a value that every petition has."""
        written = self.cells.get(field, "").strip()
        if not found and reading.is_nothing(written):
            self.reasons.append(f"没有填写“{field.label}”")


def read_row(cells: Mapping[Field, str], *, reference: Reference, today: date) -> Reading:
    """Read one row: its values, or every reason why it cannot be taken in."""
    reader = Reader(cells, reference=reference, today=today)
    source_number = reader.text(Field.SOURCE_NUMBER)
    summary = reader.text(Field.SUMMARY)
    purpose = reader.value(Field.PURPOSE, reading.read_purpose)
    is_sealed = purpose is Purpose.ACCUSATION
    shown = SEALED_SUMMARY if is_sealed else summary[:SHOWN]
    if is_sealed and not reference.may_take_accusations:
        reasons: tuple[str, ...] = ("检举控告件须由保密专人导入",)
        return Reading(None, reasons, (), source_number, shown)
    row = values_of(reader, source_number=source_number, summary=summary, purpose=purpose)
    if row is not None:
        check_people(reader, row)
    reasons = tuple(reader.reasons)
    return Reading(None if reasons else row, reasons, tuple(dict.fromkeys(reader.hints)), source_number, shown)


def values_of(reader: Reader, *, source_number: str, summary: str, purpose: Purpose | None) -> LedgerRow | None:
    """Return the row's values; None where one is missing without which there is no petition."""
    days = reader.days()
    received_on, channel = days[Field.RECEIVED_ON], reader.value(Field.CHANNEL, reading.read_channel)
    kind, name = reader.petitioner()
    organ = reader.text(Field.UNIT)
    disposition = reader.disposition(organ)
    category_code, category_path = reader.category()
    texts = texts_of(reader, summary)
    people = reader.value(Field.PEOPLE, reading.read_count) or 1
    names = reader.value(Field.REPRESENTATIVES, reading.read_names) or ()
    unit = reader.unit(organ) if disposition is None or disposition in TO_A_UNIT else None
    is_first, is_solved = (reader.value(field, reading.read_flag) for field in (Field.IS_FIRST, Field.IS_SOLVED))
    due_on, approver_id = reader.due_on(days), reader.approver()
    method = reader.value(Field.REPLY_METHOD, reading.read_method)
    satisfaction = reader.value(Field.SATISFACTION, reading.read_satisfaction)
    for field, found in (
        (Field.SOURCE_NUMBER, source_number),
        (Field.RECEIVED_ON, received_on),
        (Field.CHANNEL, channel),
        (Field.SUMMARY, summary),
    ):
        reader.required(field, found)
    if received_on is None or channel is None:
        return None
    return LedgerRow(
        received_on=received_on,
        registered_on=days[Field.REGISTERED_ON] or received_on,
        channel=channel,
        petitioner_kind=kind,
        name=name,
        people=people,
        representatives=tuple(RepresentativeEntry(name=one) for one in names),
        purpose=purpose,
        category_code=category_code,
        category_path=category_path,
        is_first=is_first,
        disposition=disposition,
        unit=unit,
        organ=organ,
        approver_id=approver_id,
        due_on=due_on,
        assigned_on=days[Field.ASSIGNED_ON],
        signed_on=days[Field.SIGNED_ON],
        reported_on=days[Field.REPORTED_ON],
        replied_on=days[Field.REPLIED_ON],
        method=method,
        closed_on=days[Field.CLOSED_ON],
        is_solved=bool(is_solved) or days[Field.CLOSED_ON] is not None,
        satisfaction=satisfaction,
        source_number=source_number,
        **texts,
    )


def texts_of(reader: Reader, summary: str) -> dict[str, str]:
    """Return the row's plain texts; a summary that is too long is cut, and kept whole as the content."""
    is_long = len(summary) > SUMMARY_LIMIT
    return {
        "summary": f"{summary[: SUMMARY_LIMIT - 2]}……" if is_long else summary,
        "content": summary if is_long else "",
        "identity_number": reader.identity_number(),
        "phone": reader.value(Field.PHONE, read_phone) or "",
        "address": reader.text(Field.ADDRESS),
        "place": reader.text(Field.PLACE),
        "registrar": reader.text(Field.REGISTRAR),
        "leader": reader.text(Field.LEADER),
        "department": reader.text(Field.DEPARTMENT),
        "handler": reader.text(Field.HANDLER),
        "handler_phone": reader.text(Field.HANDLER_PHONE),
        "basis": reader.text(Field.BASIS),
        "outcome": reader.text(Field.OUTCOME),
        "proof": reader.text(Field.PROOF),
        "dissatisfaction": reader.text(Field.DISSATISFACTION),
    }


def check_people(reader: Reader, row: LedgerRow) -> None:
    """Refuse more representatives than the rules of the day allowed; hint at a group that is none."""
    try:
        ruleset = reader.reference.ruleset_of(row.received_on)
        if row.representatives and row.channel is not Channel.WALK_IN:
            raise Refusal("petition.representatives_without_visit", "只有来访才登记代表；联名信请填联名人数")
        check_representatives(row.representatives, head_count=row.people, ruleset=ruleset)
    except Refusal as refusal:
        reader.reasons.append(refusal.words)
        return
    if reading.plain(reader.cells.get(Field.GATHERING, "")) == "集体访" and not is_group(
        row.channel, row.people, ruleset
    ):
        reader.hints.append(f"记为集体访，但人数不足{ruleset.group_visit.from_people}人或不是来访，不计入集体访")
