"""What keeps a promise: from the evidence of a receipt to part, whole and the list of what is missing (DOMAIN §7)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import groupby

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.assignment.states import LAWFUL_EXCEPTIONS
from huiyin.county.registry.states import Channel, Confidentiality
from huiyin.kernel.calendar import SHANGHAI, local_day
from huiyin.kernel.percent import percent_words
from huiyin.kernel.periods import Period, year_before
from huiyin.platform.statistics.indicators import (
    ANSWERED,
    ANSWERED_OF_ANSWERABLE,
    ASSIGNED,
    DISPOSED,
    PROMISES,
    READ,
    REGISTERED,
    ChannelGroup,
    FigureEntry,
    Indicator,
)

from .evidence import Evidence, ReceiptEvidence
from .states import ExcludedBecause

END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Missing:
    """One line of a list of what is missing: numbers only, what lacks, and who has to see to it."""

    receipt_id: int
    receipt_number: str
    petition_id: int | None
    petition_number: str
    channel: Channel
    received_on: date
    confidentiality: Confidentiality
    what: str
    owner: str

    @property
    def number(self) -> str:
        """Return the number it is known by: the petition's, or the receipt's while there is none."""
        return self.petition_number or self.receipt_number


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of one group of channels: numerator, denominator and the list of what is missing."""

    indicator: Indicator
    part: int
    whole: int
    missing: tuple[Missing, ...] = field(default=(), repr=False)

    @property
    def code(self) -> str:
        """Return the indicator's code, M1 to M4x."""
        return self.indicator.code

    @property
    def lacking(self) -> int:
        """Return how many receipts do not fulfil it."""
        return self.whole - self.part

    @property
    def is_kept(self) -> bool:
        """Whether the promise is kept for every receipt, of which there is at least one."""
        return self.part == self.whole > 0

    @property
    def percent(self) -> str:
        """Return the percentage as it is printed beside part and whole."""
        return percent_words(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class PromiseColumn:
    """The promises of one channel, or of channels that are added up and say so."""

    group: ChannelGroup
    promises: tuple[Promise, ...]

    @property
    def received(self) -> int:
        """Return the denominator: the receipts of this column."""
        return self.promise(REGISTERED.code).whole

    def promise(self, code: str) -> Promise:
        """Return one promise by its code, M1 to M4x."""
        return next(promise for promise in self.promises if promise.code == code)


@dataclass(frozen=True, slots=True)
class Excluded:
    """One line under the table: what was left out, why, and by which two people."""

    because: ExcludedBecause
    number: str
    channel: Channel
    reason: str
    by: str
    seconded_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PromiseTable:
    """四个百分之百 of a period as they stood at an instant."""

    period: Period
    at: datetime
    columns: tuple[PromiseColumn, ...]
    excluded: tuple[Excluded, ...] = ()

    @property
    def first(self) -> PromiseColumn:
        """Return the column that stands first: the office's own promise where it was asked for."""
        return self.columns[0]

    def column(self, group: ChannelGroup) -> PromiseColumn:
        """Return the promises of one group of channels."""
        return next(column for column in self.columns if column.group is group)

    def figures(self) -> tuple[FigureEntry, ...]:
        """Return part and whole of every promise and single channel, as a period reports them."""
        return tuple(
            FigureEntry(promise.code, column.group.value, promise.part, promise.whole)
            for column in self.columns
            if len(column.group.channels) == 1
            for promise in column.promises
        )


def check_may_see_promises(by: Person) -> None:
    """Refuse whoever is not shown the office's promises."""
    roles = (Role.CLERK, Role.HEAD, Role.LEADER, Role.GROUP_HEAD, Role.RESTRICTED, Role.AUDITOR)
    check_has_role(by, *roles, act="查看四个百分之百")


may_see_promises = may(check_may_see_promises)


def same_moment_last_year(at: datetime) -> datetime:
    """Return with which instant of the year before a number is compared: the end of the same day.

    What was still under way then is compared with what is still under way now.
    """
    return datetime.combine(year_before(local_day(at)), END_OF_DAY, SHANGHAI)


Lack = Callable[[Evidence], tuple[str, str]]
KEPT = ("", "")


def lack_of_registration(evidence: Evidence) -> tuple[str, str]:
    """Return what M1 lacks and who has to see to it; two empty words when it is kept."""
    faults = [
        "" if evidence.is_complete else "登记要素不全",
        "" if evidence.has_original else evidence.original.label,
        "" if evidence.is_retrievable else "检索不到",
    ]
    words = "；".join(filter(None, faults))
    return (words, evidence.registrar) if words else KEPT


def lack_of_reading(evidence: Evidence) -> tuple[str, str]:
    """Return what M2 lacks and who has to see to it."""
    if not evidence.reader:
        return "无人阅信或接谈", evidence.registrar
    if not evidence.is_classified:
        return "尚未归类", evidence.reader
    return KEPT


def lack_of_unit_and_person(evidence: Evidence) -> tuple[str, str]:
    """Return what M3a lacks and who has to see to it."""
    if evidence.has_unit_and_person:
        return KEPT
    owner = _last_of_the_office(evidence)
    if evidence.is_merged:
        return "主件尚未落实到单位和个人", owner
    if evidence.disposition in LAWFUL_EXCEPTIONS:
        return f"{evidence.disposition.label}，未交办到单位和个人", owner
    return ("尚未作出处理决定" if evidence.disposition is None else "未落实到单位和个人"), owner


def lack_of_disposition(evidence: Evidence) -> tuple[str, str]:
    """Return what M3b lacks and who has to see to it."""
    if evidence.is_lawful_exception:
        return KEPT
    words, owner = lack_of_unit_and_person(evidence)
    if evidence.disposition in LAWFUL_EXCEPTIONS:
        return f"{evidence.disposition.label}缺依据、审批人或经办人", owner
    return words, owner


def lack_of_answer(evidence: Evidence) -> tuple[str, str]:
    """Return what M4 lacks and who has to see to it: the unit while the petition is with it."""
    if evidence.is_answered:
        return KEPT
    if evidence.is_with_unit:
        return "承办单位尚未办结", f"{evidence.unit}·{evidence.handler}"
    owner = evidence.decider or _last_of_the_office(evidence)
    if evidence.attempt_failed:
        return "送达未成功，已有记录", owner
    return ("已答复，尚无送达凭证" if evidence.is_replied else "尚未答复"), owner


def lack_of_possible_answer(evidence: Evidence) -> tuple[str, str]:
    """Return what M4x lacks: as M4, without those who cannot lawfully be answered."""
    return KEPT if evidence.is_unanswerable else lack_of_answer(evidence)


def _last_of_the_office(evidence: Evidence) -> str:
    return evidence.decider or evidence.classifier or evidence.reader or evidence.registrar


LACKS: Mapping[str, Lack] = {
    REGISTERED.code: lack_of_registration,
    READ.code: lack_of_reading,
    ASSIGNED.code: lack_of_unit_and_person,
    DISPOSED.code: lack_of_disposition,
    ANSWERED.code: lack_of_answer,
    ANSWERED_OF_ANSWERABLE.code: lack_of_possible_answer,
}


def counts(receipt: ReceiptEvidence, indicator: Indicator) -> bool:
    """Whether a receipt is in the denominator: always, but for M4x when none of its petitions can be answered."""
    if indicator is not ANSWERED_OF_ANSWERABLE or not receipt.petitions:
        return True
    return not all(evidence.is_unanswerable for evidence in receipt.petitions)


def missing_of(receipt: ReceiptEvidence, indicator: Indicator) -> tuple[Missing, ...]:
    """Return what a receipt lacks for a promise; it fulfils one only when all of its petitions do."""
    if not receipt.petitions:
        return (_line(receipt, None, "尚未登记", receipt.taken_by),)
    lines: list[Missing] = []
    for evidence in receipt.petitions:
        what, owner = LACKS[indicator.code](evidence)
        if what:
            lines.append(_line(receipt, evidence, what, owner))
    return tuple(lines)


def kept_by(receipt: ReceiptEvidence) -> Iterator[tuple[str, bool]]:
    """Yield each promise that a receipt counts for, and whether it is kept."""
    for indicator in PROMISES:
        if counts(receipt, indicator):
            yield indicator.code, not missing_of(receipt, indicator)


def _line(receipt: ReceiptEvidence, evidence: Evidence | None, what: str, owner: str) -> Missing:
    return Missing(
        receipt_id=receipt.receipt_id,
        receipt_number=receipt.number,
        petition_id=evidence.petition_id if evidence else None,
        petition_number=evidence.number if evidence else "",
        channel=receipt.channel,
        received_on=receipt.received_on,
        confidentiality=evidence.confidentiality if evidence else Confidentiality.ORDINARY,
        what=what,
        owner=owner,
    )


def promise_of(receipts: Iterable[ReceiptEvidence], indicator: Indicator) -> Promise:
    """Return part, whole and what is missing of one promise over the receipts."""
    part = whole = 0
    missing: list[Missing] = []
    for receipt in receipts:
        if not counts(receipt, indicator):
            continue
        lines = missing_of(receipt, indicator)
        whole += 1
        part += not lines
        missing.extend(lines)
    return Promise(indicator=indicator, part=part, whole=whole, missing=tuple(missing))


def _place_of(line: Missing) -> tuple[date, int, str]:
    return (line.received_on, line.receipt_id, line.petition_number)


def added(group: ChannelGroup, columns: Mapping[str, PromiseColumn]) -> PromiseColumn:
    """Return the promises of channels that are added up."""
    promises: list[Promise] = []
    for place, indicator in enumerate(PROMISES):
        parts = [columns[channel].promises[place] for channel in group.channels]
        lines = sorted((line for promise in parts for line in promise.missing), key=_place_of)
        promises.append(
            Promise(
                indicator=indicator,
                part=sum(promise.part for promise in parts),
                whole=sum(promise.whole for promise in parts),
                missing=tuple(lines),
            )
        )
    return PromiseColumn(group=group, promises=tuple(promises))


def columns_of(receipts: Iterable[ReceiptEvidence], channels: frozenset[Channel]) -> tuple[PromiseColumn, ...]:
    """Return a column per channel that was asked for, before them the office's own promise, after them all channels."""
    by_channel = {
        channel: tuple(group)
        for channel, group in groupby(sorted(receipts, key=lambda receipt: receipt.channel), lambda one: one.channel)
    }
    single = {
        channel.value: PromiseColumn(
            group=ChannelGroup(channel.value),
            promises=tuple(promise_of(by_channel.get(channel, ()), indicator) for indicator in PROMISES),
        )
        for channel in Channel
        if channel in channels
    }
    groups = [group for group in ChannelGroup if set(group.channels) <= set(single)]
    return tuple(single[group.value] if group.value in single else added(group, single) for group in groups)


def without_secret(receipts: Iterable[ReceiptEvidence], secret: frozenset[int]) -> tuple[ReceiptEvidence, ...]:
    """Return the receipts without these petitions, and without those that became nothing else (DOMAIN §6)."""
    if not secret:
        return tuple(receipts)
    left = []
    for receipt in receipts:
        known = tuple(one for one in receipt.petitions if one.petition_id not in secret)
        if known or not receipt.petitions:
            left.append(replace(receipt, petitions=known))
    return tuple(left)


def without_lists(table: PromiseTable) -> PromiseTable:
    """Return the numbers of a table without the lists behind them."""
    columns = (
        replace(column, promises=tuple(replace(promise, missing=()) for promise in column.promises))
        for column in table.columns
    )
    return replace(table, columns=tuple(columns), excluded=())
