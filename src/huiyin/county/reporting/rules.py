"""Rules of closing a period, as functions of values (DOMAIN §7): two people, a version that never changes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.analysis.rules import Excluded, Missing
from huiyin.county.analysis.states import ExcludedBecause
from huiyin.county.registry.states import Channel
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period, month, month_of, quarter, year
from huiyin.kernel.refusal import Refusal

from .states import MOVES, STANDING, GapStep, PeriodKind, PeriodState

READERS = (Role.CLERK, Role.HEAD, Role.LEADER, Role.GROUP_HEAD, Role.RESTRICTED, Role.AUDITOR)
WRITTEN_YEAR = re.compile(r"[0-9]{4}")
WRITTEN_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")
MONTHS_IN_QUARTER = 3
SHORTEST_REASON = 2
LONGEST_REASON = 300
LONGEST_PRIORITY = 1000


def check_may_see_periods(by: Person) -> None:
    """Refuse whoever is not shown how the office closes its periods."""
    check_has_role(by, *READERS, act="查看结账与报送")


def check_may_prepare(by: Person) -> None:
    """Refuse whoever does not reconcile the office's numbers: 核对 is the clerk's."""
    check_has_role(by, Role.CLERK, act="核对结账")


def check_may_approve(by: Person) -> None:
    """Refuse whoever does not approve what is reported: 审定 is the head's."""
    check_has_role(by, Role.HEAD, act="审定结账")


def check_may_reopen(by: Person) -> None:
    """Refuse whoever may not open what was reported: 重新打开 is the head's, as 审定 was."""
    check_has_role(by, Role.HEAD, act="重新打开已锁定的期间")


def check_may_give_up(by: Person) -> None:
    """Refuse whoever may not drop a reconciliation that waits for its approval."""
    check_has_role(by, Role.CLERK, Role.HEAD, act="放弃核对")


def check_may_write_report(by: Person) -> None:
    """Refuse whoever does not write the office's analysis reports and the proposals in them."""
    check_has_role(by, Role.CLERK, Role.HEAD, act="撰写分析报告")


may_see_periods = may(check_may_see_periods)
may_write_report = may(check_may_write_report)
may_prepare = may(check_may_prepare)
may_approve = may(check_may_approve)
may_reopen = may(check_may_reopen)
may_give_up = may(check_may_give_up)


def kind_of(period: Period) -> PeriodKind | None:
    """Return whether a period is a whole month, quarter or year, or None."""
    if period == month_of(period.first):
        return PeriodKind.MONTH
    if period == year(period.first.year):
        return PeriodKind.YEAR
    is_quarter = period == quarter(period.first.year, (period.first.month - 1) // MONTHS_IN_QUARTER + 1)
    return PeriodKind.QUARTER if is_quarter else None


def written(period: Period) -> str:
    """Return a period as addresses write it: ``2026-03``, ``2026-Q1``, ``2026``."""
    kind = kind_of(period)
    if kind is PeriodKind.MONTH:
        return f"{period.first:%Y-%m}"
    if kind is PeriodKind.QUARTER:
        return f"{period.first.year}-Q{period.last.month // MONTHS_IN_QUARTER}"
    return str(period.first.year)


def period_written(text: str) -> Period:
    """Return the month, quarter or year that an address writes."""
    if WRITTEN_YEAR.fullmatch(text):
        return year(int(text))
    found = WRITTEN_QUARTER.fullmatch(text)
    return quarter(int(found[1]), int(found[2])) if found else month(text)


def check_closable(period: Period, *, at: datetime) -> None:
    """Refuse to close what is no month, quarter or year, or is not over yet; the day after its last it may be."""
    check_period(period)
    if period.last >= local_day(at):
        raise Refusal("period.not_over", f"{period.label}尚未结束，不能核对结账")


is_closable = may(check_closable)


def check_period(period: Period) -> None:
    """Refuse what is no month, quarter or year."""
    if kind_of(period) is None:
        raise Refusal("period.not_reportable", "只能结整月、整季或整年的账")


def check_removable(*, is_removed: bool) -> None:
    """Refuse to take out what was taken out."""
    if is_removed:
        raise Refusal("priority.removed_already", "这条建议已经撤下")


def check_preparable(standing: PeriodState | None, *, label: str, version: int) -> None:
    """Refuse to reconcile a period while a version of it waits for approval or is locked."""
    if standing is PeriodState.PREPARED:
        raise Refusal("period.prepared_already", f"{label}第{version}版已经核对，等待审定；要重新核对，先放弃这一版")
    if standing is PeriodState.LOCKED:
        raise Refusal("period.locked", f"{label}第{version}版已审定锁定；要改数字，先由负责人重新打开")


def is_standing(state: PeriodState) -> bool:
    """Whether a version in this state keeps the period from being reconciled again."""
    return state in STANDING


def check_move(now: PeriodState, then: PeriodState) -> None:
    """Refuse a step that a version in this state does not take."""
    if then not in MOVES[now]:
        raise Refusal("period.bad_move", f"{now.label}的版本不能转为{then.label}")


def check_second_person(*, approver_id: int, preparer_id: int) -> None:
    """Refuse the approval of whoever reconciled the numbers: a period is closed by two people."""
    if approver_id == preparer_id:
        raise Refusal("period.same_person", "核对和审定须由两个人办理，您已核对这一版")


def check_reportable(state: PeriodState | None, *, label: str) -> None:
    """Refuse a report on numbers that two people have not signed: it is written of a locked period."""
    if state is not PeriodState.LOCKED:
        raise Refusal("report.period_not_locked", f"{label}还没有审定锁定，先核对、审定，再写分析报告")


def check_priority(words: str, numbers: Sequence[str], *, citable: frozenset[str]) -> None:
    """Refuse a proposal that says nothing, stands on nothing, or on what must not be named in a report.

    A sealed item is refused in the same words as one that there is not (《信访工作条例》第三十条).
    """
    if not words.strip() or len(words) > LONGEST_PRIORITY:
        raise Refusal("priority.words_missing", f"请写明建议（{LONGEST_PRIORITY}字以内）")
    if not numbers:
        raise Refusal("priority.numbers_missing", "请写明依据哪些信访件（编号）")
    unknown = [number for number in numbers if number not in citable]
    if unknown:
        words = f"没有可以引用的信访件“{unknown[0]}”；检举控告件和密件不能引用"
        raise Refusal("priority.unknown_petition", words)


def numbers_written(text: str) -> tuple[str, ...]:
    """Return the petition numbers of a line as people write it: by spaces, commas or 、, each once."""
    return tuple(dict.fromkeys(part for part in re.split(r"[\s,，、;；]+", text) if part))


def check_reason(reason: str, *, act: str) -> None:
    """Refuse an act that leaves a trace without saying why."""
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise Refusal("period.reason_missing", f"{act}须写明原因（{SHORTEST_REASON}至{LONGEST_REASON}个字）")


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap of a reconciliation: which receipt or petition lacks which step, what exactly, and who owns it."""

    step: GapStep
    receipt_id: int
    receipt_number: str
    petition_id: int | None
    petition_number: str
    channel: Channel
    received_on: date
    what: str
    owner: str

    @property
    def number(self) -> str:
        """Return the number it is known by: the petition's, or the receipt's while there is none."""
        return self.petition_number or self.receipt_number

    def as_values(self) -> dict[str, object]:
        """Return the gap as JSON keeps it."""
        return {
            "step": self.step.value,
            "receipt_id": self.receipt_id,
            "receipt_number": self.receipt_number,
            "petition_id": self.petition_id,
            "petition_number": self.petition_number,
            "channel": self.channel.value,
            "received_on": self.received_on.isoformat(),
            "what": self.what,
            "owner": self.owner,
        }

    @classmethod
    def from_values(cls, values: Mapping[str, object]) -> Self:
        """Read back what ``as_values`` wrote."""
        petition = values["petition_id"]
        return cls(
            step=GapStep(str(values["step"])),
            receipt_id=int(str(values["receipt_id"])),
            receipt_number=str(values["receipt_number"]),
            petition_id=None if petition is None else int(str(petition)),
            petition_number=str(values["petition_number"]),
            channel=Channel(str(values["channel"])),
            received_on=date.fromisoformat(str(values["received_on"])),
            what=str(values["what"]),
            owner=str(values["owner"]),
        )


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """对账: the gaps of a period's receipts at one moment, and what was left out of the denominator."""

    gaps: tuple[Gap, ...]
    excluded: tuple[Excluded, ...]

    def as_values(self) -> dict[str, list[dict[str, object]]]:
        """Return both lists as JSON keeps them."""
        return {
            "gaps": [gap.as_values() for gap in self.gaps],
            "excluded": [
                {
                    "because": one.because.value,
                    "number": one.number,
                    "channel": one.channel.value,
                    "reason": one.reason,
                    "by": one.by,
                    "seconded_by": one.seconded_by,
                    "at": one.at.isoformat(),
                }
                for one in self.excluded
            ],
        }

    @classmethod
    def from_values(cls, values: Mapping[str, list[dict[str, object]]]) -> Self:
        """Read back what ``as_values`` wrote."""
        return cls(
            gaps=tuple(Gap.from_values(one) for one in values["gaps"]),
            excluded=tuple(
                Excluded(
                    because=ExcludedBecause(str(one["because"])),
                    number=str(one["number"]),
                    channel=Channel(str(one["channel"])),
                    reason=str(one["reason"]),
                    by=str(one["by"]),
                    seconded_by=str(one["seconded_by"]),
                    at=datetime.fromisoformat(str(one["at"])),
                )
                for one in values["excluded"]
            ),
        )


def gaps_of(missing: Mapping[GapStep, Iterable[Missing]]) -> tuple[Gap, ...]:
    """Return the gaps: of each receipt or petition the first step it lacks, because the later ones wait for that one.

    A registered petition whose original or search is amiss keeps that gap beside its next step: it is mended apart.
    """
    found: list[Gap] = []
    halted: set[tuple[int, int | None]] = set()
    for step in GapStep:
        for line in missing.get(step, ()):
            place = (line.receipt_id, line.petition_id)
            if place in halted:
                continue
            found.append(_gap(step, line))
            if step is not GapStep.REGISTER or line.petition_id is None:
                halted.add(place)
    return tuple(found)


def _gap(step: GapStep, line: Missing) -> Gap:
    return Gap(
        step=step,
        receipt_id=line.receipt_id,
        receipt_number=line.receipt_number,
        petition_id=line.petition_id,
        petition_number=line.petition_number,
        channel=line.channel,
        received_on=line.received_on,
        what=line.what,
        owner=line.owner,
    )
