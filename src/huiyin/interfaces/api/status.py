"""查询 by API: the petitioner's own calls by number and query code, without an account, as on the portal."""

from typing import Annotated, Self

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Base64Bytes, Field

from huiyin.county.registry.actions import supplements
from huiyin.county.registry.files import digest_of
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Elsewhere, Purpose
from huiyin.county.registry.web_rules import CONTENT_LIMIT, FILES_LIMIT, SentFile, WebEntry
from huiyin.county.reply.actions import reading
from huiyin.county.reply.states import Satisfaction
from huiyin.interfaces import submissions
from huiyin.interfaces.pages.documents import PDF
from huiyin.interfaces.portal.progress import Progress, told_of
from huiyin.interfaces.portal.question import CODE_LIMIT, NUMBER_LIMIT, Found, asked_for
from huiyin.interfaces.portal.source import mark_of
from huiyin.interfaces.portal.status import evaluated, paper_answer
from huiyin.interfaces.portal.web import taken_once
from huiyin.kernel.refusal import Refusal

from .documents import binary
from .schemas import In, Name, Short

router = Router(tags=["群众查询"])
web_router = Router(tags=["网上信访"])


class QuestionIn(In):
    """What a petitioner has in hand: the number, or the phone's last four digits, and the query code."""

    number: Annotated[str, Field(min_length=1, max_length=NUMBER_LIMIT)]
    code: Annotated[str, Field(min_length=1, max_length=CODE_LIMIT)]


class FileIn(In):
    """One file in base64."""

    name: Annotated[str, Field(max_length=120)]
    data: Base64Bytes


class EvaluationIn(QuestionIn):
    """满意度评价 by the petitioner."""

    satisfaction: Satisfaction
    reason: Annotated[str, Field(max_length=300)] = ""


class SupplementIn(QuestionIn):
    """补充材料."""

    words: Annotated[str, Field(max_length=CONTENT_LIMIT)] = ""
    files: Annotated[list[FileIn], Field(max_length=FILES_LIMIT)] = []


class WebPetitionIn(In):
    """网上信访: what the form of the portal asks."""

    content: Annotated[str, Field(min_length=1, max_length=CONTENT_LIMIT)]
    name: Name = ""
    identity_number: Annotated[str, Field(max_length=24)] = ""
    phone: Annotated[str, Field(max_length=30)] = ""
    address: Short = ""
    place: Annotated[str, Field(max_length=80)] = ""
    purpose: Purpose = Purpose.CLAIM
    summary: Annotated[str, Field(max_length=500)] = ""
    claims: list[Annotated[str, Field(max_length=500)]] = []
    elsewhere: Elsewhere = Elsewhere.NONE
    elsewhere_words: Short = ""
    is_accusation: bool = False
    has_consented: bool
    files: Annotated[list[FileIn], Field(max_length=FILES_LIMIT)] = []

    def entry(self) -> WebEntry:
        """Return it as the rules take it; what accuses is an accusation, whatever purpose was named."""
        values = self.model_dump(exclude={"files", "claims", "is_accusation", "purpose"})
        is_accusation = self.is_accusation or self.purpose is Purpose.ACCUSATION
        purpose = Purpose.ACCUSATION if is_accusation else self.purpose
        return WebEntry(**values, claims=tuple(self.claims), purpose=purpose, is_accusation=is_accusation)


class StepOut(Schema):
    """One station of the way: done, now or todo."""

    label: str
    state: str


class FactOut(Schema):
    """A moment with its words."""

    label: str
    value: str


class AnswerOut(Schema):
    """One answer given to the petitioner; its text once it was delivered, or opened."""

    id: int
    heading: str
    text: str
    delivered: str


class PaperOut(Schema):
    """One paper addressed to the petitioner."""

    id: int
    label: str
    number: str
    day: str


class StatusOut(Schema):
    """How the petition stands, in the words of the portal; of a sealed one only that it arrived."""

    number: str
    words: str
    steps: list[StepOut]
    facts: list[FactOut]
    answers: list[AnswerOut]
    papers: list[PaperOut]
    evaluation: str
    reopening: str
    supplements: list[str]
    may_evaluate: bool
    may_supplement: bool

    @classmethod
    def of(cls, progress: Progress) -> Self:
        """Return what the portal would show."""
        return cls(
            number=progress.number,
            words=progress.words,
            steps=[StepOut(label=one.label, state=one.state) for one in progress.steps.items] if progress.steps else [],
            facts=[FactOut(label=one.label, value=one.value) for one in progress.facts.items],
            answers=[
                AnswerOut(id=one.pk, heading=one.heading, text=one.text, delivered=one.delivered)
                for one in progress.answers
            ],
            papers=[PaperOut(id=one.pk, label=one.label, number=one.number, day=one.day) for one in progress.papers],
            evaluation=progress.evaluation,
            reopening=progress.reopening,
            supplements=list(progress.supplements),
            may_evaluate=progress.may_evaluate,
            may_supplement=progress.may_supplement,
        )


class WebReceiptOut(Schema):
    """What the petitioner keeps; the code is answered to the same call only."""

    number: str
    query_code: str


def _asked(request: HttpRequest, body: QuestionIn) -> Found:
    """Return what belongs to number and code; what fails is counted per source, whichever call it came with."""
    source = request.META.get("REMOTE_ADDR", "")
    return asked_for(number=body.number, code=body.code, source=source, at=timezone.now())


def _registered(request: HttpRequest, body: QuestionIn) -> Petition:
    petition = _asked(request, body).petition
    if petition is None:
        raise Refusal("status.not_registered", "还没有登记，登记以后才能办理这一项")
    return petition


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        raise Refusal("submission.key_missing", "请在 Idempotency-Key 头中给出本次提交的唯一标识（16至80个字符）")
    return key


def _told(petition: Petition, response: HttpResponse) -> StatusOut:
    response["Cache-Control"] = "no-store"
    petition = Petition.objects.select_related("petitioner").get(pk=petition.pk)
    return StatusOut.of(told_of(Found(petition=petition)))


def _sent(files: list[FileIn]) -> tuple[SentFile, ...]:
    return tuple(SentFile(name=one.name, data=one.data) for one in files)


@router.post("/", response=StatusOut, auth=None, summary="凭编号和查询码查询")
def ask(request: HttpRequest, response: HttpResponse, body: QuestionIn) -> StatusOut:
    """查询: an unknown number and a wrong code get the same answer; after five failures the source waits."""
    found = _asked(request, body)
    response["Cache-Control"] = "no-store"
    return StatusOut.of(told_of(found))


@router.post("/evaluate", response=StatusOut, auth=None, summary="信访人评价")
def evaluate(request: HttpRequest, response: HttpResponse, body: EvaluationIn) -> StatusOut:
    """满意度评价: once per closing; dissatisfaction says why and asks the office to take the matter up again."""
    key, petition = _key(request), _registered(request, body)
    evaluated(petition, body.satisfaction, body.reason, key=key)
    return _told(petition, response)


@router.post("/supplement", response=StatusOut, auth=None, summary="信访人补充材料")
def supplement(request: HttpRequest, response: HttpResponse, body: SupplementIn) -> StatusOut:
    """补充材料: words and files while the petition is open."""
    key, petition, at, sent = _key(request), _registered(request, body), timezone.now(), _sent(body.files)

    def act() -> dict[str, str | int | None]:
        return {"supplement": supplements.give(petition_id=petition.pk, words=body.words, sent=sent, at=at).pk}

    told = ["supplement", petition.pk, body.words, [digest_of(file.data) for file in sent]]
    submissions.once(key=key, sent=told, at=at, act=act)
    return _told(petition, response)


@router.post("/replies/{int:reply_id}/open", response=StatusOut, auth=None, summary="信访人打开答复")
def open_reply(request: HttpRequest, response: HttpResponse, reply_id: int, body: QuestionIn) -> StatusOut:
    """打开答复: the first time is the read receipt; opened again it stays that one, so no key is needed."""
    petition = _registered(request, body)
    reading.open_on_page(reply_id=reply_id, petition_id=petition.pk, at=timezone.now())
    return _told(petition, response)


@router.post("/papers/{int:document_id}", auth=None, summary="信访人下载文书", openapi_extra=binary(PDF))
def paper(request: HttpRequest, document_id: int, body: QuestionIn) -> HttpResponse:
    """Return a paper addressed to the petitioner as PDF."""
    return paper_answer(_asked(request, body), document_id)


@web_router.post("/", response=WebReceiptOut, auth=None, summary="网上信访")
def submit(request: HttpRequest, response: HttpResponse, body: WebPetitionIn) -> WebReceiptOut:
    """网上信访: number and query code; under the same key the same ones."""
    key, source = _key(request), mark_of(request, what="web", at=timezone.now())
    receipt, code = taken_once(body.entry(), _sent(body.files), key=key, source=source)
    response["Cache-Control"] = "no-store"
    return WebReceiptOut(number=receipt.number, query_code=code)
