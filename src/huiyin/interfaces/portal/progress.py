"""How a petition stands, told to whoever wrote it: no handler, no other petitioner, nothing of the office's own."""

from dataclasses import dataclass

from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality, State
from huiyin.county.reply.models import Reply
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.interfaces.components.links import Step, Steps
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.kernel.calendar import local_day, show_day

WAY = ("登记", "阅办", "交办", "办理", "答复")
# 每个状态在办理过程中走到第几步，以及对信访人怎样说。
PLAIN: dict[State, tuple[int, str]] = {
    State.REGISTERED: (1, "您的来信来访已经登记，正在等待阅办。"),
    State.READ: (2, "已有工作人员阅看，正在分析归类。"),
    State.CLASSIFIED: (2, "已经归类，正在研究交由哪个单位办理。"),
    State.ASSIGNED: (3, "已经交办，正在等待承办单位签收。"),
    State.REFERRED: (3, "已经转送有权处理的单位。"),
    State.INTERNAL: (3, "由本机关直接办理。"),
    State.IN_PROGRESS: (3, "承办单位已经签收，正在办理。"),
    State.REPORTED: (4, "承办单位已经反馈结果，信访办公室正在审核。"),
    State.RETURNED: (3, "信访办公室认为办理结果不够清楚，已要求承办单位补正。"),
    State.VERIFIED: (4, "办理结果已经审核，正在准备答复。"),
    State.GUIDED: (4, "这件事依法由其他机关处理，正在书面告知您去哪里反映。"),
    State.NOT_REACCEPTED: (4, "这件事已有结论，不再重复受理，正在书面告知您。"),
    State.FILED: (4, "已经阅看并存查。"),
    State.MERGED: (4, "与您以前反映的事项合并办理，请用原编号查询。"),
    State.REPLIED: (5, "已经答复。"),
    State.CLOSED: (5, "已经办结。"),
    State.VOIDED: (0, "这个编号已经作废，请与信访办公室联系。"),
}
SEALED_WORDS = "您反映的情况已经收到，由专人按规定办理。"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer given to the petitioner."""

    heading: str
    text: str
    delivered: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What the query page tells."""

    number: str
    words: str
    steps: Steps | None
    facts: Facts
    answers: tuple[Answer, ...]


def progress_of(petition: Petition) -> Progress:
    """Return how the petition stands; of a sealed one only that it arrived, and what was answered."""
    is_sealed = petition.confidentiality != Confidentiality.ORDINARY.value
    reached, words = PLAIN[State(petition.state)]
    replies = petition.replies.order_by("pk").prefetch_related("deliveries")
    return Progress(
        number=petition.number,
        words=SEALED_WORDS if is_sealed else words,
        steps=None if is_sealed or not reached else _steps(reached),
        facts=_facts(petition, is_sealed=is_sealed),
        answers=tuple(_answer(reply) for reply in replies),
    )


def _steps(reached: int) -> Steps:
    return Steps(
        label="办理过程",
        items=tuple(
            Step(label=label, state="done" if place < reached else "now" if place == reached else "todo")
            for place, label in enumerate(WAY)
        ),
    )


def _facts(petition: Petition, *, is_sealed: bool) -> Facts:
    moments = [("收到", show_day(petition.received_on)), ("登记", show_day(local_day(petition.registered_at)))]
    if not is_sealed:
        given = petition.assignments.order_by("pk").first()
        if given is not None:
            moments.append(("交办", show_day(local_day(given.issued_at))))
        if given is not None and given.due_on is not None:
            moments.append(("承办单位应于此日前反馈", show_day(given.due_on)))
        if petition.closed_at is not None:
            moments.append(("办结", show_day(local_day(petition.closed_at))))
    return Facts(items=tuple(Fact(label=label, value=value) for label, value in moments))


def _answer(reply: Reply) -> Answer:
    delivered = [
        f"{Method(delivery.method).label}，{show_day(local_day(delivery.delivered_at))}"
        for delivery in reply.deliveries.all()
    ]
    return Answer(
        heading=f"{ReplyKind(reply.kind).label}　{show_day(local_day(reply.replied_at))}",
        text=reply.text,
        delivered="；".join(delivered),
    )
