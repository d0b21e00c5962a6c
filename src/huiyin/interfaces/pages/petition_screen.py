"""What the page of one petition shows: its way, its facts, its dates, its evidence, and the next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import Q, QuerySet
from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.states import AssignmentState, DispositionKind, Outcome
from huiyin.county.journal.models import Entry
from huiyin.county.journal.sentences import SENTENCES
from huiyin.county.registry.models import Attachment as StoredFile
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.queries.receipts import is_open_to
from huiyin.county.registry.queries.withheld import numbers_withheld, shown_number, shown_values, split_at
from huiyin.county.registry.states import (
    AttachmentKind,
    Channel,
    Confidentiality,
    Jurisdiction,
    Origin,
    PetitionerKind,
    Purpose,
    Recurrence,
    State,
)
from huiyin.county.reply.states import Method, ReplyKind, Satisfaction
from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.links import Step, Steps
from huiyin.interfaces.components.petitions import (
    Attachment,
    AttachmentList,
    DueBadge,
    Fact,
    Facts,
    PersonLine,
    StateBadge,
    Timeline,
    TimelineEntry,
)
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.deadlines import Due
from huiyin.kernel.text import mask_address, mask_id_number, mask_phone
from huiyin.platform.statutes.models import Statute

TONES: dict[State, Tone] = {
    State.REGISTERED: "warn",
    State.RETURNED: "bad",
    State.REPORTED: "warn",
    State.REPLIED: "good",
    State.CLOSED: "good",
    State.DISPUTED: "warn",
    State.ARCHIVED: "good",
    State.VOIDED: "bad",
}
WAY = ("登记", "阅信接谈", "归类", "处理", "办理反馈", "答复", "办结")
REACHED = {
    State.REGISTERED: 0,
    State.READ: 1,
    State.CLASSIFIED: 2,
    State.PROPOSED: 2,
    State.ASSIGNED: 3,
    State.DISPUTED: 3,
    State.INTERNAL: 3,
    State.TRANSFERRED_SEALED: 4,
    State.REFERRED: 3,
    State.GUIDED: 4,
    State.NOT_REACCEPTED: 4,
    State.FILED: 5,
    State.MERGED: 5,
    State.IN_PROGRESS: 3,
    State.REPORTED: 3,
    State.RETURNED: 3,
    State.VERIFIED: 4,
    State.REPLIED: 5,
    State.CLOSED: 6,
    State.ARCHIVED: 6,
    State.VOIDED: 0,
}


@dataclass(frozen=True, slots=True)
class AssignmentCard:
    """One unit's part of a petition."""

    heading: str
    badge: StateBadge
    facts: Facts
    due: DueBadge | None


@dataclass(frozen=True, slots=True)
class ReplyCard:
    """One answer with its deliveries."""

    heading: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class PetitionScreen:
    """Everything on the page of one petition but the form of the next step."""

    number: str
    summary: str
    state: StateBadge
    steps: Steps
    person: PersonLine
    facts: Facts
    dues: tuple[DueBadge, ...]
    assignments: tuple[AssignmentCard, ...]
    replies: tuple[ReplyCard, ...]
    attachments: AttachmentList
    timeline: Timeline


def screen_of(petition: Petition, *, by: Staff, today: date, revealed: bool = False) -> PetitionScreen:
    """Return the screen of a petition that the reader may see."""
    state = State(petition.state)
    entries = list(_entries_of(petition, by))
    withheld, until = numbers_withheld(by), split_at(petition, by=by)
    return PetitionScreen(
        number=petition.number,
        summary=petition.summary,
        state=StateBadge(label=state.label, tone=TONES.get(state, "info")),
        steps=_steps(state),
        person=person_of(petition, revealed=revealed),
        facts=_facts(petition, withheld),
        dues=dues_of(petition.deadlines.filter(superseded_at=None).order_by("due_on", "id"), today=today),
        assignments=tuple(
            _assignment(row, today) for row in petition.assignments.order_by("id").select_related("unit")
        ),
        replies=tuple(_replies(petition)),
        attachments=attachments_of(petition, by=by),
        timeline=Timeline(
            label="办理时间线", entries=tuple(entry_of(entry, withheld=withheld, until=until) for entry in entries)
        ),
    )


def _entries_of(petition: Petition, by: Staff) -> QuerySet[Entry]:
    """Return what was written of a petition, with the corrections of a receipt that the reader may know wholly."""
    if not is_open_to(petition.receipt, by):
        return Entry.objects.filter(petition_id=petition.pk).order_by("number")
    corrected = Q(event="receipt.corrected", subject="receipt", subject_id=petition.receipt_id)
    return Entry.objects.filter(Q(petition_id=petition.pk) | corrected).order_by("number")


def _steps(state: State) -> Steps:
    reached = REACHED[state]

    def standing(position: int) -> Literal["done", "now", "todo"]:
        if position <= reached:
            return "done"
        return "now" if position == reached + 1 and state is not State.VOIDED else "todo"

    items = tuple(Step(label=label, state=standing(position)) for position, label in enumerate(WAY))
    return Steps(label="办理进程", items=items)


def person_of(petition: Petition, *, revealed: bool = False) -> PersonLine:
    """Return the petitioner in one line, masked unless the reader asked and was recorded."""
    person = petition.petitioner
    kind = PetitionerKind(person.kind)
    name = person.name or kind.label
    role = "主访人" if petition.channel == Channel.WALK_IN.value else "信访人"
    if revealed:
        return PersonLine(
            name=name,
            role=role,
            phone=person.phone,
            identity=person.identity_number,
            address=person.address,
            unmasked=True,
        )
    known = bool(person.phone or person.identity_number or person.address)
    return PersonLine(
        name=name,
        role=role,
        phone=mask_phone(person.phone) if person.phone else "",
        identity=mask_id_number(person.identity_number) if person.identity_number else "",
        address=mask_address(person.address) if person.address else "",
        reveal_href=reverse("petition_reveal", args=[petition.pk]) if known else "",
    )


def _facts(petition: Petition, withheld: frozenset[str]) -> Facts:
    claims = "\n".join(f"{claim.position}. {claim.text}" for claim in petition.claims.order_by("position"))
    people = "、".join(person.name for person in petition.representatives.order_by("position"))
    pairs = [
        ("信访形式", Channel(petition.channel).label),
        ("来源", Origin(petition.origin).label),
        ("现责任人", _owner(petition)),
        ("收件日期", day_words(petition.received_on)),
        ("登记", f"{moment_words(petition.registered_at)}　{petition.registered_by.name}"),
        ("问题属地", petition.place),
        ("人数", f"{petition.head_count}人{'（集体访）' if petition.is_group else ''}"),
        ("联名", f"{petition.signer_count}人" if petition.is_joint else ""),
        ("来访代表", people),
        ("信访目的", Purpose(petition.purpose).label if petition.purpose else ""),
        ("内容分类", petition.category_path),
        ("管辖", Jurisdiction(petition.jurisdiction).label if petition.jurisdiction else ""),
        ("关联法律", _law(petition)),
        ("归类复核", _review(petition)),
        ("初次或重复", _recurrence(petition, withheld)),
        ("标记", _flags(petition)),
    ]
    items = [Fact(label=label, value=value) for label, value in pairs if value]
    if petition.confidentiality != Confidentiality.ORDINARY.value and petition.reading_note:
        items.append(Fact(label="阅信意见", value=petition.reading_note, wide=True))
    items.append(Fact(label="诉求点", value=claims, wide=True))
    if petition.content:
        items.append(Fact(label="正文摘录", value=petition.content, wide=True))
    return Facts(items=tuple(items), columns=3)


def _owner(petition: Petition) -> str:
    unit = petition.owner_unit.name if petition.owner_unit else ""
    return "　".join(part for part in (unit, petition.owner_name) if part)


def _law(petition: Petition) -> str:
    if not petition.statute_code:
        return ""
    titles = Statute.objects.filter(code=petition.statute_code).values_list("title", flat=True)
    return f"{titles.first() or petition.statute_code}{petition.article}"


def _review(petition: Petition) -> str:
    at, by = petition.classification_reviewed_at, petition.classification_reviewed_by
    return f"{moment_words(at)}　{by.name}" if at and by else ""


def _recurrence(petition: Petition, withheld: frozenset[str]) -> str:
    if not petition.recurrence:
        return ""
    label = Recurrence(petition.recurrence).label
    return f"{label}（{shown_number(petition.repeats.number, withheld)}）" if petition.repeats else label


def _flags(petition: Petition) -> str:
    flags = [
        ("重大紧急", petition.is_urgent),
        ("涉法涉诉", petition.is_litigation),
        ("须报领导决定", petition.wants_leader),
        (Confidentiality.SEALED.label, petition.confidentiality == Confidentiality.SEALED.value),
    ]
    return "、".join(label for label, is_set in flags if is_set)


def dues_of(deadlines: Iterable[Deadline], *, today: date) -> tuple[DueBadge, ...]:
    """Return the clocks as badges that explain themselves."""
    return tuple(_due(row, today) for row in deadlines)


def _due(row: Deadline, today: date) -> DueBadge:
    due = Due.from_values(row.explanation)
    return DueBadge(
        label=due.clock.label,
        due_on=row.due_on,
        today=today,
        done_on=local_day(row.met_at) if row.met_at else None,
        provisional=row.provisional,
        explanation=due.explain(),
    )


def _assignment(row: Assignment, today: date) -> AssignmentCard:
    state = AssignmentState(row.state)
    facts = [
        Fact(label="文号", value=row.number),
        Fact(label="承办人", value="　".join(part for part in (row.handler_name, row.handler_phone) if part)),
        Fact(label="交办", value=moment_words(row.issued_at)),
    ]
    if row.signed_at:
        facts.append(Fact(label="签收", value=moment_words(row.signed_at)))
    if row.instruction:
        facts.append(Fact(label="办理要求", value=row.instruction, wide=True))
    for report in row.reports.order_by("round").prefetch_related("outcomes__claim"):
        outcomes = "\n".join(
            f"{outcome.claim.position}. {Outcome(outcome.outcome).label}　{outcome.words}"
            for outcome in sorted(report.outcomes.all(), key=lambda one: one.claim.position)
        )
        text = f"{report.facts}\n依据：{report.basis}\n{outcomes}"
        facts.append(Fact(label=f"第{report.round}次反馈　{moment_words(report.reported_at)}", value=text, wide=True))
        if report.returned_at:
            facts.append(Fact(label="退回", value=report.return_words, wide=True))
    due = None
    if row.due_on:
        due = DueBadge(
            label="期限",
            due_on=row.due_on,
            today=today,
            done_on=local_day(row.reported_at) if row.reported_at else None,
        )
    return AssignmentCard(
        heading=f"{DispositionKind(row.kind).label} {row.unit.name}",
        badge=StateBadge(label=state.label, tone="good" if state is AssignmentState.VERIFIED else "info"),
        facts=Facts(items=tuple(facts)),
        due=due,
    )


def _replies(petition: Petition) -> Iterable[ReplyCard]:
    for reply in petition.replies.order_by("id").prefetch_related("deliveries"):
        facts = [
            Fact(label="文号", value=reply.number),
            Fact(label="时间", value=moment_words(reply.replied_at)),
            Fact(label="内容", value=reply.text, wide=True),
        ]
        facts += [
            Fact(
                label=f"送达　{moment_words(delivery.delivered_at)}",
                value=f"{Method(delivery.method).label}　{delivery.recipient}　{delivery.proof}",
                wide=True,
            )
            for delivery in reply.deliveries.all()
        ]
        yield ReplyCard(heading=ReplyKind(reply.kind).label, facts=Facts(items=tuple(facts)))
    for evaluation in petition.evaluations.all():
        words = f"{Satisfaction(evaluation.satisfaction).label}　{evaluation.reason}".strip()
        teller = f"电话回访，{evaluation.recorded_by.name}" if evaluation.recorded_by else "信访人在网上评价"
        told = (Fact(label="评价", value=words), Fact(label=moment_words(evaluation.evaluated_at), value=teller))
        yield ReplyCard(heading="满意度评价", facts=Facts(items=told))


def attachments_of(petition: Petition, *, by: Staff) -> AttachmentList:
    """Return the stored files of a petition that this reader may open, as the page lists them."""
    return AttachmentList(
        label="附件",
        items=tuple(
            Attachment(
                name=row.name,
                href=reverse("attachment", args=[row.pk]),
                size=row.size,
                kind=AttachmentKind(row.kind).label,
                added_by=row.adder_name,
                added_at=row.added_at,
                sha256=row.sha256,
            )
            for row in StoredFile.objects.visible_to(by)
            .filter(petition=petition)
            .order_by("id")
            .select_related("added_by")
        ),
        empty="还没有附件；来信须上传原件扫描，来访须上传签名的笔录",
    )


def entry_of(entry: Entry, *, withheld: frozenset[str], until: datetime | None) -> TimelineEntry:
    """Return one journal entry as the time line says it; what was noted before a split stays with the sealed part."""
    sentence = SENTENCES[entry.event]
    shown = shown_values(entry.values, withheld)
    values = {key: str(value)[:12] if key == "sha256" else value for key, value in shown.items()}
    is_kept_back = until is not None and entry.at < until
    taken_over = "（由旧台账导入）" if "import_run" in values else ""
    return TimelineEntry(
        who=entry.by_name,
        when=entry.at,
        what=f"{sentence.say(values)}{taken_over}",
        phrase=sentence.phrase,
        note=str(values.get(sentence.note) or "") if sentence.note and not is_kept_back else "",
        tone=sentence.tone,
    )
