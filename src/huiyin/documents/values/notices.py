"""Notices to the petitioner: 受理告知书, 引导告知书, 不予受理告知书, 不再受理告知书."""

from collections.abc import Iterator

from huiyin.county.assignment.models import Assignment, Disposition
from huiyin.county.registry import clocks
from huiyin.county.registry.models import Petition
from huiyin.county.reply.models import Reply
from huiyin.documents.sheets import Form, Paper, Sheet, Text, paragraphs
from huiyin.kernel.calendar import show_day
from huiyin.kernel.clocks import Clock

from .letterhead import called, came_by, claims_of, contact_of, day_of, numbered, office, sentence, unit_line

HOW_TO_ASK = "你可以凭信访编号、查询码和登记电话的后四位，在县人大常委会信访查询页面或者到我办查询办理情况。"
HOW_TO_TURN_THERE = (
    "你可以携带身份证明和有关材料，按照法律规定的程序，采用书面形式向该机关提出；有法定期限的，请在期限内提出。"
)
FORMER_STAYS = "此前已经作出的处理（复查、复核）意见仍然有效。你对其中内容有疑问的，可以到我办或者原办理单位了解。"


def opening(petition: Petition) -> str:
    """Return the sentence that says what came, and when."""
    return (
        f"你于{day_of(petition.received_on)}通过{came_by(petition)}提出的信访事项（信访编号：{petition.number}）收悉。"
    )


def receipt_notice(petition: Petition, reply: Reply | None = None) -> Paper:
    """受理告知书: that it was received, which way it takes, until when, and how to ask (R22 §23)."""
    sheet = Sheet(
        form=Form.LETTER,
        organ=office(),
        title="信访事项受理告知书",
        number=reply.number if reply is not None else "",
        addressee=called(petition),
        blocks=(
            Text(opening(petition)),
            Text(f"反映的主要诉求：{numbered(claims_of(petition))}"),
            *route(petition),
            *(paragraphs(reply.text) if reply is not None else ()),
            Text(HOW_TO_ASK),
            Text("特此告知。"),
        ),
        signer=office(),
        signed_on=day_of(reply.replied_at if reply is not None else petition.registered_at),
        after=(contact_of(petition.registered_by),),
    )
    return Paper(sheets=(sheet,))


def route(petition: Petition) -> Iterator[Text]:
    """Yield where the petition went and until when it is finished; before that, until when it is decided."""
    given = list(petition.assignments.select_related("unit").order_by("id"))
    for assignment in given:
        yield Text(way_of(assignment))
    if not given:
        due = petition.deadlines.filter(clock=Clock.DISPOSITION.value, superseded_at=None).order_by("-id").first()
        if due is not None:
            yield Text(f"我办已经登记接收，将在{show_day(due.due_on)}前决定处理方式并告知你。")


def way_of(assignment: Assignment) -> str:
    """Return the sentence that names the unit, and the day where a result is due."""
    unit = unit_line(assignment.unit)
    if assignment.due_on:
        return f"该事项已交{unit}办理，办理期限至{show_day(assignment.due_on)}，办理结果将书面答复你。"
    return f"该事项已转送{unit}依法处理，由该单位直接答复你。"


def guidance_notice(disposition: Disposition, reply: Reply | None = None) -> Paper:
    """引导告知书: which organ is competent, on what basis, and how to turn to it."""
    blocks = (
        Text(
            f"经审查，{disposition.reason.rstrip('。')}，不属于我机关职权范围。"
            if disposition.reason
            else "经审查，不属于我机关职权范围。"
        ),
        Text(f"根据{disposition.basis}，请你向有权处理的机关提出：{disposition.competent_organ}。"),
        procedure_of(disposition),
    )
    return notice(disposition, title="信访事项引导告知书", blocks=blocks, reply=reply)


def not_accepted_notice(disposition: Disposition, reply: Reply | None = None) -> Paper:
    """不予受理告知书: that the law gives another route, and which: litigation, arbitration, reconsideration."""
    organ = disposition.competent_organ or "依法有权受理的机关"
    blocks = (
        Text(
            f"经审查，该事项应当通过诉讼、仲裁、行政复议等法定途径解决。根据{disposition.basis}，我办不予受理。"
            + (f"理由：{disposition.reason.rstrip('。')}。" if disposition.reason else "")
        ),
        Text(f"请你依照法定程序向{organ}提出。"),
        procedure_of(disposition),
    )
    return notice(disposition, title="信访事项不予受理告知书", blocks=blocks, reply=reply)


def not_reaccepted_notice(disposition: Disposition, reply: Reply | None = None) -> Paper:
    """不再受理告知书: that the matter was concluded before, and that the former answer stands."""
    blocks = (
        Text(
            f"经审查，{disposition.reason.rstrip('。')}。根据{disposition.basis}，对你以同一事实和理由再次提出的同一信访事项，"
            "我办不再受理。"
        ),
        *former(disposition),
        Text(FORMER_STAYS),
        Text("如有新的事实、理由或者证据，可以书面提出，我办将依法审查。"),
    )
    return notice(disposition, title="信访事项不再受理告知书", blocks=blocks, reply=reply)


def procedure_of(disposition: Disposition) -> Text:
    """Return how to turn to the competent organ: as the office wrote it, else as the law has it for any."""
    return Text(sentence(f"办理程序：{disposition.procedure}") if disposition.procedure else HOW_TO_TURN_THERE)


def former(disposition: Disposition) -> Iterator[Text]:
    """Yield the petition and the opinion with which the matter was concluded, where they are on record."""
    if disposition.concluded is not None:
        closed = disposition.concluded.closed_at
        ended = f"，已于{day_of(closed)}办结" if closed else ""
        yield Text(f"同一事项此前的信访编号：{disposition.concluded.number}{ended}。")
    if disposition.conclusion:
        yield Text(sentence(f"已有的处理（复查、复核）意见：{disposition.conclusion}"))


def notice(disposition: Disposition, *, title: str, blocks: tuple[Text, ...], reply: Reply | None) -> Paper:
    """Return a notice on what ends here; the office's own words stand after the grounds."""
    petition = disposition.petition
    sheet = Sheet(
        form=Form.LETTER,
        organ=office(),
        title=title,
        number=reply.number if reply is not None else "",
        addressee=called(petition),
        blocks=(
            Text(opening(petition)),
            *blocks,
            *(paragraphs(reply.text) if reply is not None else ()),
            Text("特此告知。"),
        ),
        signer=office(),
        signed_on=day_of(reply.replied_at if reply is not None else disposition.decided_at),
        after=(contact_of(disposition.decided_by),),
    )
    return Paper(sheets=(sheet,))


def remedy_of(petition: Petition) -> str:
    """Return how the petitioner may ask for a re-examination, where the rule set knows one."""
    ruleset = clocks.rules_of(petition)
    if not ruleset.has(Clock.RE_EXAMINATION_ASK):
        return ""
    step = ruleset.step(Clock.RE_EXAMINATION_ASK)
    return (
        f"如对办理单位作出的处理意见不服，可以自收到书面答复之日起{step.length}内，请求其上一级机关、单位复查"
        f"（{ruleset.cite(step)}）。"
    )
