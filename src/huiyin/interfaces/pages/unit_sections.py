"""Blocks of a unit's page of one assignment, and of the petition's page for the office: what passed between them."""

from collections.abc import Iterator

from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.states import AssignmentState, ExtensionState, ObjectionState, TellingMethod
from huiyin.county.assignment.unit_models import Extension, Notice, Objection
from huiyin.county.document.queries import papers_of
from huiyin.county.oversight import queries as oversight
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.states import Level, Trigger
from huiyin.county.registry.models import Attachment
from huiyin.county.registry.states import AttachmentKind
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import Attachment as AttachmentLine
from huiyin.interfaces.components.petitions import AttachmentList, Fact, Facts
from huiyin.interfaces.components.tables import DataTable, EmptyState
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import show_day
from huiyin.kernel.clocks import TimeUnit

from .documents import COLUMNS, row_of
from .section import Section

OFFICE = "信访办公室"


def alerts_of(given: Assignment) -> Iterator[Alert]:
    """Yield what everybody who opens the assignment should know first."""
    if given.deemed_received_on is not None and given.signed_at is None:
        words = (
            f"没有按期签收，已于{show_day(given.deemed_received_on)}视为收到，各项期限照常计算；仍须签收并写明承办人。"
        )
        yield Alert(kind="warn", title="视为收到", words=words)
    if given.state == AssignmentState.DISPUTED.value:
        yield Alert(kind="info", title="异议正在处理", words="处理期间各项期限照常计算。")
    for row in given.extensions.all():
        if row.state == ExtensionState.PENDING.value:
            length = f"{row.amount}{TimeUnit(row.time_unit).label}"
            yield Alert(kind="info", title="延期申请待批准", words=f"申请延长{length}：{row.reason}")


def dealings_of(given: Assignment) -> Iterator[Fact]:
    """Yield objections, notice, progress and extensions of one assignment in their order."""
    for objection in given.objections.select_related("given_to", "adjudicator", "decided_by").order_by("round"):
        yield from _objection(objection)
    notice = Notice.objects.filter(assignment=given).first()
    if notice is not None:
        told = f"{moment_words(notice.told_at)}　{TellingMethod(notice.method).label}\n{notice.words}"
        yield Fact(label="告知信访人", value=told, wide=True)
    for progress in given.progress.order_by("round"):
        label = f"第{progress.round}次进展　{moment_words(progress.recorded_at)}"
        yield Fact(label=label, value=progress.words, wide=True)
    for extension in given.extensions.order_by("pk"):
        yield _extension(extension)


def _objection(row: Objection) -> Iterator[Fact]:
    competent = f"\n认为应由{row.competent}办理" if row.competent else ""
    label = f"第{row.round}次异议　{moment_words(row.raised_at)}"
    yield Fact(label=label, value=f"{row.reasons}{competent}", wide=True)
    if row.decided_at is not None:
        yield Fact(label=f"处理结果：{ObjectionState(row.state).label}", value=row.words, wide=True)


def _extension(row: Extension) -> Fact:
    length = f"{row.amount}{TimeUnit(row.time_unit).label}"
    state = ExtensionState(row.state)
    parts = [f"申请延长{length}，{state.label}", row.reason, row.words]
    if row.due_on_after is not None:
        parts.append(f"{row.approver_name}批准，{show_day(row.due_on_before)}改为{show_day(row.due_on_after)}")
    if row.told_at is not None:
        parts.append(f"{moment_words(row.told_at)}{TellingMethod(row.told_method).label}告知信访人")
    return Fact(label=f"延期　{moment_words(row.asked_at)}", value="\n".join(part for part in parts if part), wide=True)


def sections_of(given: Assignment, *, by: Staff) -> Iterator[Section]:
    """Yield the blocks of a unit's page: what it did, letters of oversight, papers to it, its own files."""
    dealings = tuple(dealings_of(given))
    if dealings:
        yield Section("办理记录", (Facts(items=dealings),))
    steps = [
        Facts(items=tuple(_step(row)))
        for row in oversight.steps_of(given.petition, by=by)
        if row.assignment_id == given.pk
    ]
    if steps:
        yield Section("督办", tuple(steps))
    lines = papers_of(given.petition_id, by=by)
    if lines:
        table = DataTable(
            caption="发给本单位的文书",
            columns=COLUMNS,
            rows=tuple(row_of(line) for line in lines),
            empty=EmptyState(title="还没有文书"),
        )
        yield Section("文书", (table,))
    yield Section("附件", (files_of(given, by=by),), lead="信访办公室转来的材料和本单位上传的材料")


def _step(row: Oversight) -> Iterator[Fact]:
    yield Fact(label=Level(row.level).label, value=row.number)
    yield Fact(label="发出", value=moment_words(row.issued_at))
    yield Fact(label="情形", value=Trigger(row.trigger).label)
    if row.due_on:
        yield Fact(label="期限", value=day_words(row.due_on))
    yield Fact(label="事由和要求", value=row.words, wide=True)
    if row.concluded_at:
        yield Fact(label="督办结果", value=row.outcome, wide=True)


def files_of(given: Assignment, *, by: Staff) -> AttachmentList:
    """Return the files of the petition that this person may open."""
    rows = Attachment.objects.visible_to(by).filter(petition=given.petition_id).select_related("added_by")
    return AttachmentList(
        label="附件",
        items=tuple(
            AttachmentLine(
                name=row.name,
                href=reverse("attachment", args=[row.pk]),
                size=row.size,
                kind=AttachmentKind(row.kind).label,
                added_by=row.added_by.name if row.added_by and row.added_by.unit_code == by.unit_code else OFFICE,
                added_at=row.added_at,
                sha256=row.sha256,
            )
            for row in rows.order_by("pk")
        ),
        empty="没有附件",
    )
