"""导出台账: petitions as a ledger in the headings that an import reads, with no more than a screen shows."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment, Disposition, Report
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Channel, Confidentiality, PetitionerKind, Purpose, Recurrence, State
from huiyin.county.reply.models import Delivery, Evaluation, Reply
from huiyin.county.reply.states import FINAL, Method, Satisfaction
from huiyin.kernel.calendar import local_day
from huiyin.kernel.text import mask_address, mask_id_number, mask_phone

from .exports import write_sheet
from .headings import HEADINGS, Field

CHUNK = 1000
Values = Mapping[Field, str]


def export(petitions: QuerySet[Petition], *, by: Staff) -> bytes:
    """导出台账: return the petitions, in their order, as an .xlsx that can be imported again."""
    return write_sheet(name="信访台账", headings=HEADINGS, rows=ledger_rows(petitions, by=by))


def ledger_rows(petitions: QuerySet[Petition], *, by: Staff) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the petitions under HEADINGS; of what this person may not see, the number and its kind."""
    shown = Petition.objects.visible_to(by).filter(pk=OuterRef("pk"))
    answers = Reply.objects.filter(kind__in=[kind.value for kind in FINAL]).order_by("-pk")
    found = (
        petitions.annotate(is_shown=Exists(shown))
        .select_related("petitioner", "registered_by")
        .defer("grams", "searchable")
        .prefetch_related(
            "representatives",
            Prefetch("dispositions", queryset=Disposition.objects.select_related("approved_by").order_by("pk")),
            Prefetch("assignments", queryset=Assignment.objects.standing().select_related("unit")),
            Prefetch("assignments__reports", queryset=Report.objects.order_by("-round")),
            Prefetch("replies", queryset=answers),
            Prefetch("replies__deliveries", queryset=Delivery.objects.order_by("-pk")),
            Prefetch("evaluations", queryset=Evaluation.objects.order_by("pk")),
        )
    )
    for petition in found.iterator(chunk_size=CHUNK):
        values = values_of(petition) if petition.is_shown else sealed_values(petition)
        yield tuple(values.get(field, "") for field in Field)


def sealed_values(petition: Petition) -> Values:
    """Return what the ledger says of an item that stays closed."""
    return {Field.SOURCE_NUMBER: petition.number, Field.SUMMARY: Confidentiality.SEALED.label}


def values_of(petition: Petition) -> Values:
    """Return what the ledger says of a petition."""
    return {**about_the_petitioner(petition), **about_the_item(petition), **about_the_course(petition)}


def about_the_petitioner(petition: Petition) -> Values:
    """Return who came or wrote, masked as screens mask it."""
    person = petition.petitioner
    kind = PetitionerKind(person.kind)
    representatives = sorted(petition.representatives.all(), key=lambda one: one.position)
    return {
        Field.NAME: person.name if kind is PetitionerKind.NAMED else kind.label,
        Field.IDENTITY_NUMBER: mask_id_number(person.identity_number),
        Field.PEOPLE: str(max(petition.head_count, petition.signer_count)),
        Field.REPRESENTATIVES: "、".join(one.name for one in representatives),
        Field.ADDRESS: mask_address(person.address),
        Field.PHONE: mask_phone(person.phone),
    }


def about_the_item(petition: Petition) -> Values:
    """Return what was registered, read and classified."""
    reader = petition.reader_name
    return {
        Field.SOURCE_NUMBER: petition.source_number or petition.number,
        Field.PLACE: petition.place,
        Field.PURPOSE: Purpose(petition.purpose).label if petition.purpose else "",
        Field.CATEGORY: petition.category_path,
        Field.RECEIVED_ON: written(petition.received_on),
        Field.REGISTERED_ON: written(petition.registered_at),
        Field.CHANNEL: Channel(petition.channel).label,
        Field.SUMMARY: petition.content or petition.summary,
        Field.IS_SOLVED: yes_or_no(petition.state == State.CLOSED.value),
        Field.IS_FIRST: yes_or_no(petition.recurrence == Recurrence.FIRST.value) if petition.recurrence else "",
        Field.GATHERING: "集体访" if petition.is_group else "联名信" if petition.is_joint else "否",
        Field.STATUS: State(petition.state).label,
        Field.REGISTRAR: reader if reader and not petition.read_by_leader else petition.registered_by.name,
        Field.LEADER: reader if petition.read_by_leader else "",
    }


def about_the_course(petition: Petition) -> Values:
    """Return what became of the petition."""
    return {**about_the_decision(petition), **about_the_answer(petition)}


def about_the_decision(petition: Petition) -> Values:
    """Return what the office decided, and what the unit made of it."""
    decision = next((one for one in petition.dispositions.all() if one.withdrawn_at is None), None)
    if decision is None:
        return {}
    given = next(iter(petition.assignments.all()), None)
    report = next(iter(given.reports.all()), None) if given else None
    return {
        Field.DISPOSITION: DispositionKind(decision.kind).label,
        Field.BASIS: report.basis if report else decision.basis,
        Field.APPROVER: decision.approved_by.name if decision.approved_by else "",
        Field.ASSIGNED_ON: written(decision.decided_at),
        Field.UNIT: given.unit.name if given else decision.competent_organ,
        Field.HANDLER: given.handler_name if given else "",
        Field.HANDLER_PHONE: given.handler_phone if given else "",
        Field.DUE_ON: written(given.due_on) if given else "",
        Field.SIGNED_ON: written(given.signed_at) if given else "",
        Field.REPORTED_ON: written(report.reported_at) if report else "",
        Field.OUTCOME: report.facts if report else decision.reason,
    }


def about_the_answer(petition: Petition) -> Values:
    """Return how the petitioner was answered, and what came back."""
    answer = next(iter(petition.replies.all()), None)
    delivery = next(iter(answer.deliveries.all()), None) if answer else None
    evaluation = next(iter(petition.evaluations.all()), None)
    return {
        Field.REPLIED_ON: written(answer.replied_at) if answer else "",
        Field.REPLY_METHOD: Method(delivery.method).label if delivery else "",
        Field.PROOF: delivery.proof if delivery else "",
        Field.CLOSED_ON: written(petition.closed_at),
        Field.SATISFACTION: Satisfaction(evaluation.satisfaction).label if evaluation else "",
        Field.DISSATISFACTION: evaluation.reason if evaluation else "",
    }


def written(day: date | datetime | None) -> str:
    """Return a day as the ledger writes it."""
    if day is None:
        return ""
    return (local_day(day) if isinstance(day, datetime) else day).isoformat()


def yes_or_no(answer: bool) -> str:  # noqa: FBT001  # the word for a flag
    """Return 是 or 否."""
    return "是" if answer else "否"
