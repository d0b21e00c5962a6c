"""来访接谈笔录 and 领导批示单."""

from huiyin.county.reception.models import Instruction, Reception
from huiyin.county.reception.states import InstructionState, LegalRoute, PutReason, ReceptionState
from huiyin.documents.sheets import Facts, Form, Paper, Sheet, Signing, Text
from huiyin.kernel.calendar import local_day
from huiyin.kernel.text import mask_phone

from .letterhead import came_by, claims_of, day_of, numbered, office, person_of

BY_THE_OFFICE = frozenset({ReceptionState.HANDED_OVER, ReceptionState.RECEIVED_BY_OFFICE})
READ_BACK = "以上笔录已向我宣读（我已阅读），与我所述一致。"


def interview_record(reception: Reception) -> Paper:
    """来访接谈笔录: who came, who received them, question and answer, what was promised, read back and signed."""
    people = "、".join(reception.representatives)
    petition = reception.petition
    lines = tuple(
        Text(words)
        for line in reception.lines.order_by("position")
        for words in (f"问：{line.question}", *(f"答：{part}" for part in line.answer.splitlines() if part.strip()))
    )
    taken = reception.interviewed_by
    sheet = Sheet(
        form=Form.RECORD,
        organ=office(),
        title="来访接谈笔录",
        number=petition.number if petition else "",
        blocks=(
            Facts(
                rows=(
                    (
                        ("接谈日期", day_of(reception.interviewed_at or reception.signed_in_at)),
                        ("接谈地点", reception.day.place),
                    ),
                    (("接待人", receiver_of(reception)), ("记录人", taken.name if taken else "—")),
                    (("来访人", reception.name), ("联系电话", mask_phone(reception.phone) if reception.phone else "—")),
                    (("来访人数", f"{reception.head_count}人"), ("代表", people or "—")),
                    (("反映事项", reception.subject),),
                )
            ),
            *lines,
            *((Text(f"接待人意见：{reception.promised}"),) if reception.promised else ()),
            Text(READ_BACK),
            *((Text(f"签名：{reception.signed_by}"),) if reception.signed_by else ()),
            Signing(labels=("来访人（代表）签名", "接待人签名", "记录人签名", "日期")),
        ),
    )
    return Paper(sheets=(sheet,))


def receiver_of(reception: Reception) -> str:
    """Return who received the party: the leader of the day, or whom he handed it over to."""
    taken = reception.interviewed_by
    if ReceptionState(reception.state) in BY_THE_OFFICE and taken is not None:
        return taken.name
    return reception.day.leader_name


def instruction_sheet(instruction: Instruction) -> Paper:
    """领导批示单: what was put before the leader, what he wrote, by which day, and what the office made of it."""
    petition = instruction.petition
    put = instruction.put_by
    route = f"{LegalRoute(instruction.route).label}。" if instruction.route else ""
    sheet = Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="领导批示单",
        number=instruction.number or "",
        blocks=(
            Facts(
                rows=(
                    (
                        ("信访编号", petition.number),
                        ("来信来访", f"{came_by(petition)}　{day_of(petition.received_on)}"),
                    ),
                    (("信访人", person_of(petition)), ("人数", f"{petition.head_count}人")),
                    (("反映的问题", petition.summary),),
                    (("诉求", numbered(claims_of(petition))),),
                    (
                        ("送阅理由", PutReason(instruction.reason).label if instruction.reason else "—"),
                        ("送阅", f"{put.name}　{day_of(instruction.put_at)}" if put and instruction.put_at else "—"),
                    ),
                    (("拟办说明", instruction.note or "—"),),
                    (
                        (
                            "领导批示",
                            f"{route}{instruction.words}\n\n{instruction.leader_name}　{written_on(instruction)}",
                        ),
                    ),
                    (
                        ("批示单位", instruction.wanted_unit.name if instruction.wanted_unit else "—"),
                        ("要求时限", day_of(instruction.due_on) if instruction.due_on else "—"),
                    ),
                    (("落实情况", carried_out(instruction)),),
                )
            ),
            Signing(labels=("经办人", "日期")),
        ),
    )
    return Paper(sheets=(sheet,))


def written_on(instruction: Instruction) -> str:
    """Return the day of the writing."""
    return day_of(instruction.written_at) if instruction.written_at else ""


def carried_out(instruction: Instruction) -> str:
    """Return what came of it: the letter that went out, or the outcome in words."""
    if instruction.state != InstructionState.CARRIED_OUT.value or instruction.carried_out_at is None:
        return InstructionState(instruction.state).label
    day = local_day(instruction.carried_out_at).isoformat()
    if instruction.assignment is not None:
        return f"{day}　已交办（{instruction.assignment.number}，{instruction.assignment.unit.name}）"
    return f"{day}　{instruction.outcome}"
