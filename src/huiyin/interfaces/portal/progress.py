"""How a petition stands, told to whoever wrote it: no handler, no other petitioner, nothing of the office's own."""

from dataclasses import dataclass

from huiyin.county.assignment.states import AssignmentState
from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import ENDED, Confidentiality, State
from huiyin.county.registry.web_models import WebSubmission
from huiyin.county.reply.models import Reply
from huiyin.county.reply.rules import ANSWERED
from huiyin.county.reply.states import Method, ReopenState, ReplyKind, Satisfaction
from huiyin.interfaces.components.links import Step, Steps
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.refusal import Refusal

from .question import Found

WAY = ("登记", "阅办", "交办", "办理", "答复")
RECEIVED_WORDS = "已经收到，信访办公室正在登记。"
NO_PETITION_WORDS = "您提交的内容经两人核对，不作为信访件登记；有疑问请与信访办公室联系。"
REPLY_SUBJECT = "reply"
SEALED_WORDS = "您反映的情况已经收到，由专人按规定办理。"
# 每个状态在办理过程中走到第几步，以及对信访人怎样说。
PLAIN: dict[State, tuple[int, str]] = {
    State.REGISTERED: (1, "您的来信来访已经登记，正在等待阅办。"),
    State.READ: (2, "已有工作人员阅看，正在分析归类。"),
    State.CLASSIFIED: (2, "已经归类，正在研究交由哪个单位办理。"),
    State.PROPOSED: (2, "已经归类，正在研究交由哪个单位办理。"),
    State.ASSIGNED: (3, "已经交办，正在等待承办单位签收。"),
    State.REFERRED: (3, "已经转送有权处理的单位。"),
    State.INTERNAL: (3, "由本机关直接办理。"),
    State.IN_PROGRESS: (3, "承办单位已经签收，正在办理。"),
    State.REPORTED: (4, "承办单位已经反馈结果，信访办公室正在审核。"),
    State.RETURNED: (3, "信访办公室认为办理结果不够清楚，已要求承办单位补正。"),
    State.VERIFIED: (4, "办理结果已经审核，正在准备答复。"),
    State.TRANSFERRED_SEALED: (3, SEALED_WORDS),
    State.DISPUTED: (3, "承办单位对职责分工有不同意见，信访办公室正在确定由谁办理，办理时间不受影响。"),
    State.GUIDED: (4, "这件事依法由其他机关处理，正在书面告知您去哪里反映。"),
    State.NOT_REACCEPTED: (4, "这件事已有结论，不再重复受理，正在书面告知您。"),
    State.FILED: (4, "已经阅看并存查。"),
    State.MERGED: (4, "与您以前反映的事项合并办理，请用原编号查询。"),
    State.REPLIED: (5, "已经答复。"),
    State.CLOSED: (5, "已经办结。"),
    State.ARCHIVED: (5, "已经办结归档。"),
    State.VOIDED: (0, "这个编号已经作废，请与信访办公室联系。"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer given to the petitioner; its text is shown once it was delivered, or opened here."""

    pk: int
    heading: str
    text: str
    delivered: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper addressed to the petitioner."""

    pk: int
    label: str
    number: str
    day: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What the query page tells."""

    number: str
    words: str
    steps: Steps | None
    facts: Facts
    answers: tuple[Answer, ...] = ()
    papers: tuple[PaperLine, ...] = ()
    evaluation: str = ""
    reopening: str = ""
    supplements: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    may_evaluate: bool = False
    may_supplement: bool = False


def told_of(found: Found) -> Progress:
    """Return what the page tells of a petition, or of what still waits for its registration."""
    if found.petition is not None:
        return progress_of(found.petition)
    if found.submission is None:
        raise Refusal("status.no_such_pair", "编号或查询码不正确，请核对后再试")
    return _waiting(found.submission)


def _waiting(submission: WebSubmission) -> Progress:
    receipt = submission.receipt
    is_petition = receipt.not_petition_seconded_by_id is None
    return Progress(
        number=receipt.number,
        words=RECEIVED_WORDS if is_petition else NO_PETITION_WORDS,
        steps=_steps(0) if is_petition and not receipt.is_sealed else None,
        facts=Facts(items=(Fact(label="收到", value=show_day(receipt.received_on)),)),
    )


def progress_of(petition: Petition) -> Progress:
    """Return how the petition stands; of a sealed one only that it arrived, and what was answered."""
    is_sealed = petition.confidentiality != Confidentiality.ORDINARY.value
    state = State(petition.state)
    reached, words = PLAIN[state]
    replies = list(petition.replies.order_by("pk").prefetch_related("deliveries")) if _has(petition, "replies") else []
    evaluation = petition.evaluations.order_by("pk").first() if _has(petition, "evaluations") else None
    return Progress(
        number=petition.number,
        words=SEALED_WORDS if is_sealed else words,
        steps=None if is_sealed or not reached else _steps(reached),
        facts=_facts(petition, is_sealed=is_sealed),
        answers=tuple(_answer(reply) for reply in replies),
        papers=() if is_sealed or not _has(petition, "papers") else _papers(petition, replies),
        evaluation=Satisfaction(evaluation.satisfaction).label if evaluation else "",
        reopening=_reopening(petition) if _has(petition, "reopenings") else "",
        supplements=_supplements(petition) if _has(petition, "supplements") else (),
        others=() if is_sealed or not _has(petition, "others") else _others(petition),
        may_evaluate=_may_evaluate(petition, state) and evaluation is None and all(map(_is_delivered, replies)),
        may_supplement=state not in ENDED,
    )


def _has(petition: Petition, what: str) -> bool:
    """Whether there is any of it, as the question for the petition told; one found in another way is asked."""
    return bool(getattr(petition, f"has_{what}", True))


def _may_evaluate(petition: Petition, state: State) -> bool:
    return state in ANSWERED and petition.source_number is None


def _is_delivered(reply: Reply) -> bool:
    """Whether the petitioner knows the answer: what has not been opened is not judged."""
    return bool(reply.deliveries.all())


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
    if not is_sealed and _has(petition, "assignments"):
        standing = petition.assignments.exclude(state=AssignmentState.WITHDRAWN.value)
        given = standing.select_related("unit").order_by("pk").first()
        if given is not None:
            moments.append(("交办", show_day(local_day(given.issued_at))))
            moments.append(("承办单位", given.unit.name))
        if given is not None and given.due_on is not None:
            moments.append(("承办单位应于此日前反馈", show_day(given.due_on)))
    if petition.closed_at is not None and not is_sealed:
        moments.append(("办结", show_day(local_day(petition.closed_at))))
    return Facts(items=tuple(Fact(label=label, value=value) for label, value in moments))


def _answer(reply: Reply) -> Answer:
    deliveries = list(reply.deliveries.all())
    delivered = [
        f"{Method(delivery.method).label}，{show_day(local_day(delivery.delivered_at))}" for delivery in deliveries
    ]
    return Answer(
        pk=reply.pk,
        heading=f"{ReplyKind(reply.kind).label}　{show_day(local_day(reply.replied_at))}",
        text=reply.text if deliveries else "",
        delivered="；".join(delivered),
    )


def _papers(petition: Petition, replies: list[Reply]) -> tuple[PaperLine, ...]:
    """Return the papers addressed to the petitioner; that of an answer once the answer was opened."""
    closed = {reply.pk for reply in replies if not reply.deliveries.all()}
    rows = Document.objects.addressed_to_petitioner().filter(petition=petition).defer("values").order_by("pk")
    return tuple(
        PaperLine(
            pk=row.pk,
            label=DocumentKind(row.kind).label,
            number=row.number,
            day=show_day(local_day(row.written_at)),
        )
        for row in rows
        if row.subject != REPLY_SUBJECT or row.subject_id not in closed
    )


def _reopening(petition: Petition) -> str:
    request = petition.reopen_requests.select_related("reopened_as").order_by("-pk").first()
    if request is None:
        return ""
    if request.state == ReopenState.ASKED.value:
        return "您的意见已送信访办公室，由信访办公室决定是否重新办理，结果会在这里告知。"
    if request.reopened_as is not None:
        return f"已经重新办理，新编号 {request.reopened_as.number}，新的查询码请向信访办公室索取。"
    return f"不重新办理。{request.decision}"


def _supplements(petition: Petition) -> tuple[str, ...]:
    rows = petition.supplements.order_by("pk")
    return tuple(
        f"{show_day(local_day(row.given_at))}　{f'附件{row.file_count}个　' if row.file_count else ''}"
        f"{'已转承办单位' if row.passed_on_at else '信访办公室已收到'}"
        for row in rows
    )


def _others(petition: Petition) -> tuple[str, ...]:
    """Return the other petitions that came of the same page form; a sealed part is not among them."""
    rows = Petition.objects.counted().filter(receipt=petition.receipt_id, receipt__taken_by=None)
    rows = rows.filter(confidentiality=Confidentiality.ORDINARY.value).exclude(pk=petition.pk)
    return tuple(rows.order_by("pk").values_list("number", flat=True))
