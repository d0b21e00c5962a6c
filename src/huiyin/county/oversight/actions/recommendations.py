"""Writers of recommendations: 拟写, 批准提出, 退回, 反馈采纳情况."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import notifications
from huiyin.county.office.models import Unit
from huiyin.county.office.states import NotificationKind
from huiyin.county.oversight import recommendation_rules as rules
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.recommendation_models import Recommendation, RecommendationPetition
from huiyin.county.oversight.recommendation_rules import AnswerEntry, RecommendationEntry
from huiyin.county.oversight.states import Instrument, Level, RecommendationKind, RecommendationState
from huiyin.county.registry import numbers
from huiyin.county.registry.actions.petitions import check_not_barred
from huiyin.county.registry.models import Petition
from huiyin.county.registry.querysets import open_to_unit
from huiyin.county.registry.states import Confidentiality
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

SERIES = "建议"
PLACE = "/recommendations/"


@transaction.atomic
def draft(
    *,
    unit_code: str,
    entry: RecommendationEntry,
    petition_numbers: Sequence[str] = (),
    oversight_id: int | None = None,
    by: Staff,
    at: datetime,
) -> Recommendation:
    """拟写建议: to one unit, on petitions that it may know of, or carrying out a step of oversight."""
    rules.check_may_draft(by)
    rules.check_entry(entry, at=at)
    unit = Unit.objects.filter(code=unit_code, is_active=True).first()
    if unit is None:
        raise Refusal("unit.unknown", "没有这个单位，或已停用")
    step = _step_of(oversight_id, entry.kind, unit, by=by) if oversight_id is not None else None
    petitions = _petitions_of(petition_numbers, unit, by=by)
    values = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(entry).items()}
    state = RecommendationState.DRAFTED.value
    columns = values | {"kind": entry.kind.value, "state": state}
    row = Recommendation.objects.create(**columns, unit=unit, oversight=step, drafted_at=at, drafted_by=by)
    RecommendationPetition.objects.bulk_create(
        RecommendationPetition(recommendation=row, petition=petition) for petition in petitions
    )
    _tell(row, Staff.objects.holding(*rules.MAKERS[entry.kind]), f"待批准：{entry.kind.label}，{unit.name}", at, by=by)
    journal.record(
        "recommendation.drafted",
        subject=row,
        by=by,
        at=at,
        kind_label=entry.kind.label,
        unit_name=unit.name,
        petitions=[petition.number for petition in petitions],
        fields={**values, "state": row.state, "unit_id": unit.pk, "oversight_id": oversight_id},
    )
    return row


def _step_of(oversight_id: int, kind: RecommendationKind, unit: Unit, *, by: Staff) -> Oversight:
    step = Oversight.objects.visible_to(by).select_related("assignment").filter(pk=oversight_id).first()
    if step is None:
        raise Refusal("oversight.unknown", "没有这项督办，或您无权办理")
    instrument = Instrument(step.instrument) if step.instrument else None
    rules.check_step(Level(step.level), instrument, kind, is_same_unit=step.assignment.unit_id == unit.pk)
    if Recommendation.objects.standing().filter(oversight=step).exists():
        raise Refusal("recommendation.step_taken", f"{step.number}的建议已经拟写")
    return step


def _petitions_of(written: Sequence[str], unit: Unit, *, by: Staff) -> list[Petition]:
    """Return the petitions that were named, each once; refuse an unknown one and one the unit must not learn of."""
    wanted = list(dict.fromkeys(number.strip() for number in written if number.strip()))
    rows = Petition.objects.visible_to(by).counted().filter(number__in=wanted).order_by("pk")
    found = list(rows.defer("grams", "searchable", "content"))
    unknown = [number for number in wanted if number not in {row.number for row in found}]
    if unknown:
        raise Refusal("recommendation.petition_unknown", f"没有这些信访件，或您无权查看：{'、'.join(unknown)}")
    keys = [row.pk for row in found]
    known = set(Petition.objects.filter(open_to_unit(unit.code), pk__in=keys).values_list("pk", flat=True))
    for row in found:
        rules.check_linked(row.number, Confidentiality(row.confidentiality), is_open_to_unit=row.pk in known)
    return found


@transaction.atomic
def make(*, recommendation_id: int, by: Staff, at: datetime) -> Recommendation:
    """批准提出: a second person approves the draft; it gets its number and goes to the unit."""
    row = _locked(recommendation_id, by=by)
    kind = RecommendationKind(row.kind)
    rules.check_may_decide(by, kind)
    rules.check_state(RecommendationState(row.state), RecommendationState.DRAFTED, act="批准")
    rules.check_second_person(drafter_id=row.drafted_by_id, by_id=by.pk)
    if row.due_on <= local_day(at):
        raise Refusal("recommendation.due_over", "反馈期限已过，请退回重拟")
    for link in row.links.select_related("petition"):
        check_not_barred(link.petition, by)
        is_open = Petition.objects.filter(open_to_unit(row.unit.code), pk=link.petition_id).exists()
        confidentiality = Confidentiality(link.petition.confidentiality)
        rules.check_linked(link.petition.number, confidentiality, is_open_to_unit=is_open)
    row.number = numbers.take(SERIES, at=at).text
    row.state, row.made_at, row.made_by = RecommendationState.MADE.value, at, by
    row.save(update_fields=["number", "state", "made_at", "made_by"])
    words = f"{kind.label}：{row.number}，请于 {row.due_on:%Y-%m-%d} 前书面反馈采纳情况"
    _tell(row, Staff.objects.of_unit(row.unit.code), words, at)
    journal.record(
        "recommendation.made",
        subject=row,
        by=by,
        at=at,
        kind_label=kind.label,
        unit_name=row.unit.name,
        number=row.number,
        due_on=row.due_on,
        fields={"number": row.number, "state": row.state, "made_at": at, "made_by_id": by.pk},
    )
    return row


@transaction.atomic
def send_back(*, recommendation_id: int, words: str, by: Staff, at: datetime) -> Recommendation:
    """退回: the draft is not made, with the reason; it stays on record and another may be drafted."""
    row = _locked(recommendation_id, by=by)
    kind = RecommendationKind(row.kind)
    rules.check_may_decide(by, kind)
    rules.check_state(RecommendationState(row.state), RecommendationState.DRAFTED, act="退回")
    rules.check_second_person(drafter_id=row.drafted_by_id, by_id=by.pk)
    rules.check_send_back(words)
    row.state, row.send_back_words = RecommendationState.SENT_BACK.value, words.strip()
    row.sent_back_at, row.sent_back_by = at, by
    row.save(update_fields=["state", "send_back_words", "sent_back_at", "sent_back_by"])
    _tell(row, [row.drafted_by], f"{kind.label}退回：{row.unit.name}", at)
    journal.record(
        "recommendation.sent_back",
        subject=row,
        by=by,
        at=at,
        kind_label=kind.label,
        unit_name=row.unit.name,
        words=row.send_back_words,
        fields={
            "state": row.state,
            "send_back_words": row.send_back_words,
            "sent_back_at": at,
            "sent_back_by_id": by.pk,
        },
    )
    return row


@transaction.atomic
def answer(*, recommendation_id: int, entry: AnswerEntry, by: Staff, at: datetime) -> Recommendation:
    """反馈采纳情况: the unit answers on its own screen, or the office takes down what came on paper (R22 §40)."""
    row = _locked(recommendation_id, by=by)
    rules.check_may_answer(by)
    rules.check_state(RecommendationState(row.state), RecommendationState.MADE, act="反馈")
    assert row.made_at is not None
    rules.check_answer(entry, made_on=local_day(row.made_at), at=at)
    row.state, row.adoption, row.answer = RecommendationState.ANSWERED.value, entry.adoption.value, entry.answer.strip()
    row.answered_on, row.answered_at, row.answered_by = entry.answered_on, at, by
    changed = ("state", "adoption", "answer", "answered_on", "answered_at", "answered_by_id")
    row.save(update_fields=list(changed))
    if by.is_of_unit:
        _tell(row, [row.drafted_by], f"{row.unit.name}反馈{row.number}：{entry.adoption.label}", at)
    journal.record(
        "recommendation.answered",
        subject=row,
        by=by,
        at=at,
        unit_name=row.unit.name,
        number=row.number,
        adoption_label=entry.adoption.label,
        answer=row.answer,
        fields={name: getattr(row, name) for name in changed},
    )
    return row


def _locked(recommendation_id: int, *, by: Staff) -> Recommendation:
    """Lock a recommendation that this person may see; another unit's and a made-up one look alike."""
    if not Recommendation.objects.visible_to(by).filter(pk=recommendation_id).exists():
        raise Refusal("recommendation.unknown", "没有这份建议，或您无权查看")
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("unit", "drafted_by")
    return rows.get(pk=recommendation_id)


def _tell(row: Recommendation, people: Iterable[Staff], words: str, at: datetime, *, by: Staff | None = None) -> None:
    """Tell people of it, without the one who acts and whoever may not see it."""
    to = [one for one in people if one != by and Recommendation.objects.visible_to(one).filter(pk=row.pk).exists()]
    notifications.notify(
        key=f"recommendation:{row.pk}:{row.state}",
        to=to,
        kind=NotificationKind.OVERSIGHT,
        words=words,
        at=at,
        href=f"{PLACE}{row.pk}/",
    )
