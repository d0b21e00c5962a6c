"""What the page of one instruction shows: the petition as a leader reads it, the words, and what came of them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.reception import queries, rules
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.states import InstructionState, PutReason
from huiyin.county.registry.models import Attachment, Petition
from huiyin.county.registry.queries.withheld import split_at
from huiyin.county.registry.states import AttachmentKind, Channel, Purpose, State
from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import DueBadge, Fact, Facts, PersonLine, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.calendar import local_day, show_day

from .petition_screen import TONES, person_of
from .steps.kinds import StepForm

BADGES: dict[InstructionState, Tone] = {
    InstructionState.PUT: "warn",
    InstructionState.READ: "plain",
    InstructionState.TO_CARRY_OUT: "warn",
    InstructionState.CARRIED_OUT: "good",
    InstructionState.WITHDRAWN: "plain",
}
SHOWN_INLINE = frozenset({"image/png", "image/jpeg"})


@dataclass(frozen=True, slots=True)
class Scan:
    """One page of the original as it stands on the screen, or the way to it where a browser shows it apart."""

    name: str
    href: str
    is_picture: bool


@dataclass(frozen=True, slots=True)
class InstructionScreen:
    """The page of one instruction."""

    title: str
    number: str
    badge: StateBadge
    lead: str
    notice: Alert | None
    words: Facts | None
    steps: tuple[StepForm, ...]
    facts: Facts
    person: PersonLine
    scans: tuple[Scan, ...]
    earlier: DataTable | None
    came_of: Facts | None
    due: DueBadge | None
    petition_href: str
    queue_href: str
    queue_label: str


def screen_of(row: Instruction, *, by: Staff, at: datetime, steps: tuple[StepForm, ...]) -> InstructionScreen:
    """Return the page of an instruction whose petition the reader may see."""
    petition, today = row.petition, local_day(at)
    state, is_leader = InstructionState(row.state), rules.may_instruct(by)
    return InstructionScreen(
        title=petition.summary,
        number=petition.number,
        badge=StateBadge(label=state.label, tone=BADGES[state]),
        lead=_lead(row, by=by),
        notice=_notice(row, state, is_leader=is_leader),
        words=_words(row) if row.words else None,
        steps=steps,
        facts=_facts(petition),
        person=_person(petition),
        scans=tuple(_scan(one) for one in _originals(petition, by)),
        earlier=_earlier(petition, by),
        came_of=_came_of(row),
        due=DueBadge(label="下一期限", due_on=petition.next_due_on, today=today) if petition.next_due_on else None,
        petition_href=reverse("petition", args=[petition.pk]),
        queue_href=reverse("leaders" if is_leader else "instructions"),
        queue_label="我的阅批" if is_leader else "领导批示",
    )


def _lead(row: Instruction, *, by: Staff) -> str:
    if row.put_at is None:
        return f"{row.leader_name}的批示，{moment_words(row.written_at) if row.written_at else ''}"
    reason = PutReason(row.reason).label
    note = f"：{said}" if (said := note_of(row, by=by)) else ""
    return f"{moment_words(row.put_at)} 送{row.leader_name}阅批（{reason}）{note}"


def note_of(row: Instruction, *, by: Staff) -> str:
    """Return what the office wrote to the leader, unless of a letter whose accusation was split off since."""
    until = split_at(row.petition, by=by)
    return "" if until is not None and row.put_at is not None and row.put_at < until else row.note


def _notice(row: Instruction, state: InstructionState, *, is_leader: bool) -> Alert | None:
    if row.petition.is_litigation and state is InstructionState.PUT:
        return Alert(words="本件涉法涉诉，不就案件实体作批示，只能选择依法处理的去向。", kind="warn")
    if is_leader or state is not InstructionState.TO_CARRY_OUT:
        return None
    if State(row.petition.state) in {State.REGISTERED, State.READ}:
        return Alert(
            words="本件还没有归类，归类后可在这里按批示交办。",
            kind="info",
            href=reverse("petition", args=[row.petition_id]),
            href_label="去归类",
        )
    return None


def _words(row: Instruction) -> Facts:
    taken_down = row.written_by is not None and row.leader_id != row.written_by_id
    items = [
        Fact(label="批示编号", value=row.number or ""),
        Fact(label="批示人", value=f"{row.leader_name}{'（信访办代录）' if taken_down else ''}"),
        Fact(label="批示内容", value=row.words, wide=True),
    ]
    if row.wanted_unit:
        items.append(Fact(label="建议承办单位", value=row.wanted_unit.name))
    if row.due_on:
        items.append(Fact(label="要求办结日期", value=show_day(row.due_on)))
    return Facts(items=tuple(items))


def _came_of(row: Instruction) -> Facts | None:
    if row.carried_out_at is None:
        return None
    petition, given = row.petition, row.assignment
    items = [Fact(label="落实", value=f"{moment_words(row.carried_out_at)}　{row.carried_out_by}")]
    if given is not None:
        items += [
            Fact(label="交办", value=f"{given.unit.name}（{given.handler_name}）　{given.number}"),
            Fact(label="交办状态", value=given.get_state_display()),
        ]
    if row.outcome:
        items.append(Fact(label="落实情况", value=row.outcome, wide=True))
    items += [
        Fact(label="信访件状态", value=State(petition.state).label),
        Fact(label="现由谁负责", value=queries.owner_of(petition)),
    ]
    return Facts(items=tuple(items))


def _facts(petition: Petition) -> Facts:
    claims = "\n".join(f"{claim.position}. {claim.text}" for claim in petition.claims.order_by("position"))
    flags = [
        ("重大紧急", petition.is_urgent),
        ("涉法涉诉", petition.is_litigation),
        ("集体访", petition.is_group),
        ("联名信", petition.is_joint),
    ]
    pairs = [
        ("形式", Channel(petition.channel).label),
        ("收到", show_day(petition.received_on)),
        ("人数", f"{petition.head_count}人" if petition.head_count > 1 else ""),
        ("问题属地", petition.place),
        ("信访目的", Purpose(petition.purpose).label if petition.purpose else ""),
        ("内容分类", petition.category_path),
        ("标记", "、".join(label for label, is_set in flags if is_set)),
        ("状态", State(petition.state).label),
        ("现由谁负责", queries.owner_of(petition)),
    ]
    items = [Fact(label=label, value=value) for label, value in pairs if value]
    if petition.reading_note:
        items.append(Fact(label=f"阅信意见（{petition.reader_name}）", value=petition.reading_note, wide=True))
    items.append(Fact(label="诉求点", value=claims, wide=True))
    if petition.content:
        items.append(Fact(label="正文摘录", value=petition.content, wide=True))
    return Facts(items=tuple(items))


def _person(petition: Petition) -> PersonLine:
    """Return the petitioner masked; the full line is read on the petition's own page, with its reason."""
    masked = person_of(petition)
    return PersonLine(
        name=masked.name, role=masked.role, phone=masked.phone, identity=masked.identity, address=masked.address
    )


def _originals(petition: Petition, by: Staff) -> list[Attachment]:
    kinds = [AttachmentKind.ORIGINAL.value, AttachmentKind.RECORD.value]
    return list(Attachment.objects.visible_to(by).filter(petition=petition, kind__in=kinds).order_by("pk"))


def _scan(row: Attachment) -> Scan:
    return Scan(name=row.name, href=reverse("attachment", args=[row.pk]), is_picture=row.media_type in SHOWN_INLINE)


def _earlier(petition: Petition, by: Staff) -> DataTable | None:
    rows = (
        Petition.objects.visible_to(by)
        .counted()
        .filter(matter_id=petition.matter_id)
        .exclude(pk=petition.pk)
        .select_related("owner_unit")
        .by_day()
    )
    lines = tuple(
        Row(
            href=reverse("petition", args=[row.pk]),
            cells=(
                Cell(text=row.number),
                Cell(text=row.received_on.isoformat()),
                Cell(text=row.summary),
                Cell(component=StateBadge(label=State(row.state).label, tone=TONES.get(State(row.state), "info"))),
            ),
        )
        for row in rows
    )
    if not lines:
        return None
    labels = (("编号", "fit"), ("收到", "fit"), ("概况", "wide"), ("状态", "fit"))
    return DataTable(
        caption="同一事项的其他信访件",
        columns=tuple(Column(label=label, width=width) for label, width in labels),  # type: ignore[arg-type]  # the widths are the column's own words
        rows=lines,
    )
