"""The block of a petition's page that tells what was proposed, what was decided, and how the letters went out."""

from collections.abc import Iterator
from datetime import date

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Disposition, Proposal
from huiyin.county.assignment.states import AssignmentState, DispatchMethod, DispositionKind, ProposalState
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.withheld import numbers_withheld, shown_number
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.interfaces.components.words import moment_words

from .section import Section


def section_of(petition: Petition, by: Staff, today: date) -> Section | None:
    """拟办与处理决定: every proposal and decision, with its reason, its basis and its people."""
    del today
    withheld = numbers_withheld(by)
    facts = [*_split(petition, withheld), *_proposals(petition), *_dispositions(petition, withheld)]
    facts += _letters(petition)
    return Section("拟办与处理决定", (Facts(items=tuple(facts)),)) if facts else None


def _split(petition: Petition, withheld: frozenset[str]) -> Iterator[Fact]:
    if petition.excerpt:
        yield Fact(label="摘抄件（承办单位所见）", value=petition.excerpt, wide=True)
    if petition.split_from is not None:
        yield Fact(label="拆分自", value=shown_number(petition.split_from.number, withheld))
    numbers = petition.split_into.order_by("pk").values_list("number", flat=True)
    parts = "、".join(shown_number(number, withheld) for number in numbers)
    if parts:
        yield Fact(label="拆分出的检举控告件", value=parts)


def _proposals(petition: Petition) -> Iterator[Fact]:
    rows = petition.proposals.select_related("unit", "proposed_by", "decided_by").order_by("pk")
    for row in rows:
        yield Fact(label=f"拟办　{moment_words(row.proposed_at)}", value="\n".join(_proposed(row)), wide=True)


def _proposed(row: Proposal) -> Iterator[str]:
    unit = f"　{row.unit.name}" if row.unit else ""
    yield f"{DispositionKind(row.kind).label}{unit}　{row.proposed_by.name}拟"
    yield f"理由：{row.reason}"
    yield f"依据：{row.basis}"
    state = ProposalState(row.state)
    if row.decided_by is None:
        yield state.label
    else:
        words = f"：{row.words}" if row.words else ""
        yield f"{state.label}　{row.decided_by.name}{words}"


def _dispositions(petition: Petition, withheld: frozenset[str]) -> Iterator[Fact]:
    rows = petition.dispositions.select_related("decided_by", "approved_by", "merged_into", "concluded", "instruction")
    for row in rows.order_by("pk"):
        yield Fact(
            label=f"处理决定　{moment_words(row.decided_at)}", value="\n".join(_decided(row, withheld)), wide=True
        )


def _decided(row: Disposition, withheld: frozenset[str]) -> Iterator[str]:
    approver = f"，{row.approved_by.name}审批" if row.approved_by and row.approved_by_id != row.decided_by_id else ""
    withdrawn = "　已撤回" if row.withdrawn_at else ""
    yield f"{DispositionKind(row.kind).label}　{row.decided_by.name}{approver}{withdrawn}"
    pairs = [
        ("理由", row.reason),
        ("依据", row.basis),
        ("有权处理的机关", row.competent_organ),
        ("程序", row.procedure),
        ("原件", shown_number(row.concluded.number, withheld) if row.concluded else ""),
        ("终结意见", row.conclusion),
        ("第二人阅信意见", row.second_note),
        ("并入", shown_number(row.merged_into.number, withheld) if row.merged_into else ""),
        ("领导批示", row.instruction.number or "" if row.instruction else ""),
    ]
    for label, value in pairs:
        if value:
            yield f"{label}：{value}"


def _letters(petition: Petition) -> Iterator[Fact]:
    rows = petition.assignments.exclude(dispatched_at=None).select_related("unit", "dispatched_by", "redacted_by")
    for row in rows.order_by("pk"):
        assert row.dispatched_at is not None
        assert row.dispatched_by is not None
        method = DispatchMethod(row.dispatch_method).label
        lines = [f"{moment_words(row.dispatched_at)}　{method}　{row.dispatched_by.name}　发{row.unit.name}"]
        if row.redacted_by is not None:
            lines.append(f"脱敏确认：{row.redacted_by.name}")
        if row.is_simple:
            lines.append("简易办理")
        if row.state == AssignmentState.WITHDRAWN.value:
            lines.append(f"已撤回：{row.withdraw_reason}")
        yield Fact(label=f"发文　{row.number}", value="\n".join(lines), wide=True)
