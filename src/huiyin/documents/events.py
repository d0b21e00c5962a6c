"""Which papers follow an event: the one table from what happened to what is written of it."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from huiyin.county.assignment.models import Assignment, Disposition
from huiyin.county.assignment.states import AssignmentState, DispositionKind
from huiyin.county.assignment.unit_models import Extension, Objection
from huiyin.county.document.actions import Subject
from huiyin.county.document.states import DocumentKind
from huiyin.county.journal.models import Entry
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.oversight.states import Level
from huiyin.county.reception.models import Instruction, Reception
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Jurisdiction
from huiyin.county.reply.models import Delivery, Reply
from huiyin.county.reply.states import ReplyKind

from .opinion_papers import OPINION_PAPERS
from .sheets import Paper
from .supervision_papers import SUPERVISION_PAPERS
from .values import extensions, letters, notices, oversight, receptions, recommendations, replies, reports
from .wanted import Wanted, subject_of

Notice = Callable[[Disposition, Reply | None], Paper]

LETTER_KINDS: Mapping[DispositionKind, DocumentKind] = {
    DispositionKind.ASSIGNMENT: DocumentKind.ASSIGNMENT_LETTER,
    DispositionKind.INTERNAL: DocumentKind.ASSIGNMENT_LETTER,
    DispositionKind.REFERRAL: DocumentKind.REFERRAL_LETTER,
    DispositionKind.SEALED_TRANSFER: DocumentKind.SEALED_TRANSFER_LETTER,
}
STEP_KINDS: Mapping[Level, DocumentKind] = {
    Level.REMINDER: DocumentKind.REMINDER,
    Level.LETTER: DocumentKind.OVERSIGHT_LETTER,
    Level.INTERVIEW: DocumentKind.OVERSIGHT_LETTER,
}
NOTICES: Mapping[DocumentKind, Notice] = {
    DocumentKind.GUIDANCE_NOTICE: notices.guidance_notice,
    DocumentKind.NOT_ACCEPTED_NOTICE: notices.not_accepted_notice,
    DocumentKind.NOT_REACCEPTED_NOTICE: notices.not_reaccepted_notice,
}
NOTICE_OF_REPLY: Mapping[ReplyKind, DispositionKind] = {
    ReplyKind.GUIDANCE: DispositionKind.GUIDANCE,
    ReplyKind.NOT_REACCEPTED: DispositionKind.NOT_REACCEPTED,
}


def of_assignment(entry: Entry) -> Iterator[Wanted]:
    """Yield 交办函, 转送函 or 移送函 of an assignment, and the 摘抄件 that goes with a new one.

    A co-handler that becomes the lead gets its letter anew, in the place of the one before; what was taken back
    before this was done gets none.
    """
    row = Assignment.objects.select_related("petition__petitioner", "unit", "issued_by").get(pk=entry.subject_id)
    if row.state == AssignmentState.WITHDRAWN.value:
        return
    kind, subject = DispositionKind(row.kind), subject_of(row, unit_code=row.unit.code)
    letter = partial(letters.LETTERS[kind], row)
    yield Wanted(LETTER_KINDS[kind], row.petition, letter, subject, number=row.number, replaces=(subject,))
    is_new = entry.event == "assignment.issued"
    if is_new and row.petition.excerpt and kind is not DispositionKind.SEALED_TRANSFER:
        yield Wanted(DocumentKind.EXCERPT, row.petition, partial(letters.excerpt, row), subject)


def of_disposition(entry: Entry) -> Iterator[Wanted]:
    """Yield the notice of what ends here; what is filed or merged tells nobody."""
    rows = Disposition.objects.filter(petition_id=entry.subject_id, decided_at=entry.at)
    disposition = rows.select_related("petition__petitioner", "decided_by", "concluded").order_by("id").last()
    kind = notice_kind(disposition) if disposition is not None else None
    if disposition is not None and kind is not None:
        yield Wanted(kind, disposition.petition, partial(NOTICES[kind], disposition, None), subject_of(disposition))


def notice_kind(disposition: Disposition) -> DocumentKind | None:
    """Return which notice tells of a disposition: what the law gives another route is not accepted."""
    if disposition.kind == DispositionKind.NOT_REACCEPTED.value:
        return DocumentKind.NOT_REACCEPTED_NOTICE
    if disposition.kind != DispositionKind.GUIDANCE.value:
        return None
    petition = disposition.petition
    if petition.is_litigation or petition.jurisdiction == Jurisdiction.OTHER_ROUTE.value:
        return DocumentKind.NOT_ACCEPTED_NOTICE
    return DocumentKind.GUIDANCE_NOTICE


def of_reply(entry: Entry) -> Iterator[Wanted]:
    """Yield 答复函, or the notice that the reply is; the latter stands for the one written at the disposition."""
    row = Reply.objects.select_related("petition__petitioner", "petition__registered_by", "replied_by").get(
        pk=entry.subject_id
    )
    kind = ReplyKind(row.kind)
    if kind is ReplyKind.RECEIPT:
        told = partial(notices.receipt_notice, row.petition, row)
        yield Wanted(DocumentKind.RECEIPT_NOTICE, row.petition, told, subject_of(row), number=row.number)
        return
    wanted = NOTICE_OF_REPLY.get(kind)
    disposition = _standing(row.petition, wanted) if wanted else None
    notice = notice_kind(disposition) if disposition is not None else None
    if disposition is None or notice is None:
        yield Wanted(
            DocumentKind.REPLY_LETTER,
            row.petition,
            partial(replies.reply_letter, row),
            subject_of(row),
            number=row.number,
        )
        return
    yield Wanted(
        notice,
        row.petition,
        partial(NOTICES[notice], disposition, row),
        subject_of(row),
        number=row.number,
        replaces=(subject_of(disposition),),
    )


def _standing(petition: Petition, kind: DispositionKind) -> Disposition | None:
    """Return the disposition of this kind that was not withdrawn."""
    rows = petition.dispositions.filter(kind=kind.value, withdrawn_at=None)
    return rows.select_related("petition__petitioner", "decided_by", "concluded").order_by("id").last()


def of_delivery(entry: Entry) -> Iterator[Wanted]:
    """Yield 送达回证."""
    row = Delivery.objects.select_related("reply__petition__petitioner", "attachment", "recorded_by").get(
        pk=entry.subject_id
    )
    yield Wanted(
        DocumentKind.DELIVERY_RECORD, row.reply.petition, partial(replies.delivery_record, row), subject_of(row)
    )


def of_extension(entry: Entry) -> Iterator[Wanted]:
    """Yield 延期告知书 of an approved extension."""
    row = Extension.objects.select_related("assignment__petition__petitioner", "assignment__unit").get(
        pk=entry.subject_id
    )
    petition = row.assignment.petition
    told = partial(extensions.extension_notice, row)
    yield Wanted(DocumentKind.EXTENSION_NOTICE, petition, told, subject_of(row, unit_code=row.assignment.unit.code))


def of_report(entry: Entry) -> Iterator[Wanted]:
    """Yield 办结报告 when a unit reported, 退回单 when the office sends the report back."""
    assignment = Assignment.objects.select_related("petition__petitioner", "unit").get(pk=entry.subject_id)
    row = assignment.reports.select_related("reported_by", "returned_by").get(round=entry.values["round"])
    row.assignment = assignment
    subject = subject_of(row, unit_code=assignment.unit.code)
    if entry.event == "assignment.reported":
        yield Wanted(
            DocumentKind.CONCLUSION_REPORT, assignment.petition, partial(reports.conclusion_report, row), subject
        )
    else:
        yield Wanted(DocumentKind.RETURN_SLIP, assignment.petition, partial(reports.return_slip, row), subject)


def of_instruction(entry: Entry) -> Iterator[Wanted]:
    """Yield 领导批示单; the one written once it is carried out stands for the one before."""
    row = Instruction.objects.select_related("petition__petitioner", "put_by", "wanted_unit", "assignment__unit").get(
        pk=entry.subject_id
    )
    subject = subject_of(row)
    yield Wanted(
        DocumentKind.INSTRUCTION_SHEET,
        row.petition,
        partial(receptions.instruction_sheet, row),
        subject,
        number=row.number or "",
        replaces=(subject,),
    )


def of_reception(entry: Entry) -> Iterator[Wanted]:
    """Yield 来访接谈笔录: to be read back and signed, and again with its petition once the visit is registered."""
    row = Reception.objects.select_related("petition__petitioner", "day", "interviewed_by").get(pk=entry.subject_id)
    if row.lines.exists():
        subject = subject_of(row)
        yield Wanted(
            DocumentKind.INTERVIEW_RECORD,
            row.petition,
            partial(receptions.interview_record, row),
            subject,
            number=row.petition.number if row.petition else "",
            replaces=(subject,),
        )


def of_oversight(entry: Entry) -> Iterator[Wanted]:
    """Yield 催办通知 or 督办函; what goes to the directors' meeting is no letter to the unit."""
    row = Oversight.objects.select_related("petition", "assignment__unit", "issued_by", "repeat").get(
        pk=entry.subject_id
    )
    kind = STEP_KINDS.get(Level(row.level))
    if kind is not None:
        yield Wanted(
            kind,
            row.petition,
            partial(oversight.oversight_letter, row),
            subject_of(row, unit_code=row.assignment.unit.code),
            number=row.number,
        )


def of_recommendation(entry: Entry) -> Iterator[Wanted]:
    """Yield 三项建议书 to the unit; it names none of the petitions that it stands on."""
    row = Recommendation.objects.select_related("unit", "drafted_by", "oversight").get(pk=entry.subject_id)
    subject = subject_of(row, unit_code=row.unit.code)
    paper = partial(recommendations.recommendation_letter, row)
    yield Wanted(DocumentKind.RECOMMENDATION, None, paper, subject, number=row.number)


def taken_back(entry: Entry) -> Subject | None:
    """Return the assignment that an event took back from its unit, or None where the unit keeps it."""
    if entry.subject == "objection":
        row = Objection.objects.select_related("assignment").get(pk=entry.subject_id).assignment
    else:
        row = Assignment.objects.get(pk=entry.subject_id)
    return subject_of(row) if row.state == AssignmentState.WITHDRAWN.value else None


# After these the letters of an assignment hold no more, and its unit finds them no more.
VOIDS: Mapping[str, str] = {
    "assignment.withdrawn": "交办已撤回",
    "objection.upheld": "异议成立，交办已撤回",
    "objection.adjudicated": "经裁定，交办已撤回",
}
PAPERS: Mapping[str, Callable[[Entry], Iterator[Wanted]]] = {
    "assignment.issued": of_assignment,
    "assignment.lead_changed": of_assignment,
    "assignment.reported": of_report,
    "assignment.returned": of_report,
    "extension.approved": of_extension,
    "petition.disposed": of_disposition,
    "reply.written": of_reply,
    "reply.delivered": of_delivery,
    "oversight.issued": of_oversight,
    "recommendation.made": of_recommendation,
    "instruction.written": of_instruction,
    "instruction.recorded": of_instruction,
    "instruction.carried_out": of_instruction,
    "reception.interviewed": of_reception,
    "reception.registered": of_reception,
    **SUPERVISION_PAPERS,
    **OPINION_PAPERS,
}
