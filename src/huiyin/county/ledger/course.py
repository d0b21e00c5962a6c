"""The course of a row: which acts of the office its evidence proves, in order, and where the evidence ends."""

from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.county.assignment.states import REPORTS_BACK, TO_A_UNIT, DispositionKind
from huiyin.county.office.states import Branch
from huiyin.county.registry.states import Confidentiality
from huiyin.county.reply.states import Method

from .rules import LedgerRow
from .states import Step

ENDS_WITHOUT_ANSWER = frozenset({DispositionKind.FILED, DispositionKind.MERGED})


@dataclass(frozen=True, slots=True)
class Course:
    """The acts that a row proves, and what was missing for the next one although the ledger tells of later ones."""

    steps: tuple[Step, ...]
    hint: str = ""


def course_of(row: LedgerRow) -> Course:
    """Return the acts from registration on, each proved by the row; never one further (DOMAIN §4)."""
    steps, hint = [Step.REGISTER], ""
    for step, missing in requirements(row):
        if missing:
            hint = f"{missing}，只导入到“{steps[-1].label}”" if tells_of_more(row, step) else ""
            break
        steps.append(step)
    if row.satisfaction is not None and Step.REPLY in steps:
        steps.append(Step.EVALUATE)
    return Course(steps=tuple(steps), hint=hint)


def requirements(row: LedgerRow) -> Iterator[tuple[Step, str]]:
    """Yield each act of the row's way with what it lacks; nothing where it is proved."""
    yield Step.READ, "" if row.leader or row.registrar else "没有登记人或接访、阅批领导"
    yield Step.CLASSIFY, lacking_class(row)
    yield Step.DISPOSE, lacking_unit(row) if row.disposition in TO_A_UNIT else lacking_decision(row)
    if row.disposition in REPORTS_BACK:
        yield Step.SIGN, "" if row.signed_on or row.reported_on else "没有签收日期或反馈日期"
        yield Step.REPORT, lacking_report(row)
        yield Step.VERIFY, "" if row.replied_on or row.is_solved else "没有答复日期"
    if row.disposition not in ENDS_WITHOUT_ANSWER:
        yield Step.REPLY, "" if row.replied_on else "没有答复日期"
        yield Step.DELIVER, lacking_delivery(row)
    yield Step.CLOSE, "" if row.is_solved else "没有标明办结"


def lacking_class(row: LedgerRow) -> str:
    """Return what a classification lacks."""
    if row.purpose is None:
        return "没有信访目的"
    return "" if row.category_code else "没有内容分类"


def lacking_unit(row: LedgerRow) -> str:
    """Return what lacks for a letter to a unit: the responsibility is a unit's and a person's, since a day."""
    if row.disposition is DispositionKind.SEALED_TRANSFER:
        return "移送须由保密专人另行办理"
    if row.unit is None:
        return "没有承办单位"
    is_sealed = row.confidentiality is not Confidentiality.ORDINARY
    if is_sealed and row.unit.branch is not Branch.SUPERVISION_COMMISSION:
        return "检举控告件不交一般单位，须由保密专人移送"
    if row.disposition is DispositionKind.INTERNAL and row.unit.branch is not Branch.CONGRESS:
        return "直接办理的承办单位不是本机关工作机构"
    if not row.handler:
        return "没有承办人"
    return "" if row.assigned_on else "没有交办日期"


def lacking_decision(row: LedgerRow) -> str:
    """Return what lacks for a decision that ends here: its day, basis and second person."""
    if row.disposition is None:
        return "没有承办单位或处理方式"
    if row.assigned_on is None:
        return "没有处理日期"
    if row.disposition is DispositionKind.MERGED:
        return "" if row.is_first is False else "没有指明并入哪一件"
    needs_organ = row.disposition is DispositionKind.GUIDANCE
    lacking = {
        "没有处理依据": not row.basis,
        "没有审批人": row.approver_id is None,
        "没有有权处理的机关": needs_organ and not row.organ,
    }
    return next((words for words, is_lacking in lacking.items() if is_lacking), "")


def lacking_report(row: LedgerRow) -> str:
    """Return what a unit's report lacks."""
    if row.reported_on is None:
        return "没有反馈日期"
    return "" if row.outcome else "没有办理结果"


def lacking_delivery(row: LedgerRow) -> str:
    """Return what the delivery of an answer lacks."""
    if row.method is None:
        return "没有答复方式"
    if row.method is Method.IMPOSSIBLE and row.name and not ("次" in row.proof or "退" in row.proof):
        return "实名信访无法送达，没有写明尝试送达的情况"
    return "" if row.proof else "没有送达凭证"


def tells_of_more(row: LedgerRow, step: Step) -> bool:
    """Whether the row tells of this act or of a later one, though not enough of it."""
    told = {
        Step.DISPOSE: row.organ or row.assigned_on,
        Step.SIGN: row.signed_on,
        Step.REPORT: row.reported_on or row.outcome,
        Step.REPLY: row.replied_on,
        Step.DELIVER: row.method or row.proof or (row.replied_on and row.is_solved),
        Step.CLOSE: row.is_solved,
        Step.EVALUATE: row.satisfaction,
    }
    order = tuple(Step)
    return any(evidence for act, evidence in told.items() if order.index(act) >= order.index(step))
