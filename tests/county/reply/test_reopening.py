"""评价之后: dissatisfaction asks to take the matter up again, the office decides, the file is put away."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import Channel, State
from huiyin.county.reply.actions import archives, evaluations
from huiyin.county.reply.models import Archive, ReopenRequest
from huiyin.county.reply.rules import evaluation_standing
from huiyin.county.reply.states import EvaluationStanding, ReopenGround, ReopenState, Retention, Satisfaction
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def a_closed_one(people) -> Petition:
    receipt = receipts.take_receipt(
        channel=Channel.PHONE, received_on=date(2026, 3, 2), sender="马长根", by=people.clerk, at=AT
    )
    petition = petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(
            summary="反映水费重复收取", name="马长根", phone="13912340001", claims=("退费", "公开")
        ),
        by=people.clerk,
        at=AT,
    ).petition
    Petition.objects.filter(pk=petition.pk).update(
        state=State.CLOSED.value, owner_name="", next_due_on=None, closed_at=AT, closed_by=people.clerk
    )
    return petition


@pytest.fixture
def closed(people) -> Petition:
    return a_closed_one(people)


def test_dissatisfaction_opens_a_request_that_the_office_decides(closed, people):
    evaluations.evaluate_own(petition_id=closed.pk, satisfaction=Satisfaction.DISSATISFIED, reason="只退了一半", at=AT)
    request = ReopenRequest.objects.get()
    assert (request.state, request.ground, request.asked_by) == ("asked", "dissatisfied", None)
    assert Entry.objects.get(event="petition.evaluated").by_name == "信访人"
    agreed = evaluations.agree_to_reopen(request_id=request.pk, decision="确有未退部分", by=people.clerk, at=AT)
    reopened = agreed.reopened_as
    assert reopened is not None
    assert (reopened.reopened_from, reopened.matter, reopened.channel) == (closed, closed.matter, "web")
    assert (reopened.state, reopened.keeper, reopened.content) == ("registered", people.clerk, "只退了一半")
    assert list(reopened.claims.order_by("position").values_list("text", flat=True)) == ["退费", "公开"]
    with pytest.raises(Refusal, match="不能再次决定"):
        evaluations.refuse_to_reopen(request_id=request.pk, decision="不", by=people.clerk, at=AT)


@pytest.mark.parametrize("satisfaction", [Satisfaction.SATISFIED, Satisfaction.MOSTLY])
def test_whoever_is_satisfied_asks_for_nothing_and_is_asked_once(closed, people, satisfaction):
    evaluations.evaluate(petition_id=closed.pk, satisfaction=satisfaction, by=people.clerk, at=AT)
    assert not ReopenRequest.objects.exists()
    with pytest.raises(Refusal, match="已经评价过"):
        evaluations.evaluate_own(petition_id=closed.pk, satisfaction=satisfaction, at=AT)


def test_new_facts_are_written_down_and_may_be_refused_with_reasons(closed, people):
    with pytest.raises(Refusal, match="请写明"):
        evaluations.ask_reopening(
            petition_id=closed.pk, ground=ReopenGround.NEW_FACTS, words=" ", by=people.clerk, at=AT
        )
    request = evaluations.ask_reopening(
        petition_id=closed.pk, ground=ReopenGround.NEW_FACTS, words="找到缴费票据", by=people.clerk, at=AT
    )
    with pytest.raises(Refusal, match="已有一项申请"):
        evaluations.ask_reopening(
            petition_id=closed.pk, ground=ReopenGround.NEW_FACTS, words="再次", by=people.clerk, at=AT
        )
    with pytest.raises(Refusal, match="决定是否重新办理需要由"):
        evaluations.refuse_to_reopen(request_id=request.pk, decision="不必", by=people.leader, at=AT)
    with pytest.raises(Refusal, match="决定的理由"):
        evaluations.refuse_to_reopen(request_id=request.pk, decision="", by=people.head, at=AT)
    evaluations.refuse_to_reopen(request_id=request.pk, decision="票据已在原答复中核对", by=people.head, at=AT)
    request.refresh_from_db()
    assert (request.state, request.reopened_as) == (ReopenState.REFUSED.value, None)


def test_dissatisfaction_is_voiced_by_an_evaluation_and_not_written_down_for_somebody(closed, people):
    with pytest.raises(Refusal, match="请记满意度评价"):
        evaluations.ask_reopening(
            petition_id=closed.pk, ground=ReopenGround.DISSATISFIED, words="不满意", by=people.clerk, at=AT
        )


def test_dissatisfaction_while_a_request_waits_is_recorded_and_asks_no_second_time(closed, people):
    waiting = evaluations.ask_reopening(
        petition_id=closed.pk, ground=ReopenGround.NEW_FACTS, words="找到票据", by=people.clerk, at=AT
    )
    evaluations.evaluate_own(petition_id=closed.pk, satisfaction=Satisfaction.DISSATISFIED, reason="没退", at=AT)
    assert closed.evaluations.get().satisfaction == Satisfaction.DISSATISFIED.value
    assert ReopenRequest.objects.get() == waiting


def test_what_is_still_handled_is_not_reopened(closed, people):
    Petition.objects.filter(pk=closed.pk).update(
        state=State.READ.value, owner_name="马会计", next_due_on=date(2026, 3, 9)
    )
    with pytest.raises(Refusal, match="还在办理"):
        evaluations.ask_reopening(
            petition_id=closed.pk, ground=ReopenGround.NEW_FACTS, words="找到票据", by=people.clerk, at=AT
        )
    with pytest.raises(Refusal, match="答复之后才能评价"):
        evaluations.evaluate_own(petition_id=closed.pk, satisfaction=Satisfaction.SATISFIED, at=AT)


def test_the_database_knows_that_what_was_agreed_to_was_reopened(closed, people):
    request = evaluations.ask_reopening(
        petition_id=closed.pk, ground=ReopenGround.NEW_FACTS, words="找到票据", by=people.clerk, at=AT
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        ReopenRequest.objects.filter(pk=request.pk).update(
            state=ReopenState.AGREED.value, decided_at=AT, decided_by=people.clerk
        )


def test_a_closed_file_is_put_away_with_number_pages_retention_and_manifest(closed, people):
    with pytest.raises(Refusal, match="请填写档号"):
        archives.archive(
            petition_id=closed.pk, file_number="", retention=Retention.TEN_YEARS, pages=3, by=people.clerk, at=AT
        )
    row = archives.archive(
        petition_id=closed.pk,
        file_number="XF-2026-001",
        retention=Retention.THIRTY_YEARS,
        pages=12,
        by=people.clerk,
        at=AT,
    )
    closed.refresh_from_db()
    assert (closed.state, len(row.manifest)) == (State.ARCHIVED.value, 64)
    with pytest.raises(Refusal, match="不能转为已归档"):
        archives.archive(
            petition_id=closed.pk,
            file_number="XF-2026-002",
            retention=Retention.TEN_YEARS,
            pages=1,
            by=people.clerk,
            at=AT,
        )
    assert Archive.objects.count() == 1


def test_a_file_number_is_given_once(closed, people):
    other = a_closed_one(people)
    put_away = {
        "file_number": "XF-2026-001",
        "retention": Retention.TEN_YEARS,
        "pages": 3,
        "by": people.clerk,
        "at": AT,
    }
    archives.archive(petition_id=closed.pk, **put_away)
    with pytest.raises(Refusal, match="已有案卷使用这个档号"):
        archives.archive(petition_id=other.pk, **put_away)


@pytest.mark.parametrize(
    ("closed_on", "is_evaluated", "standing"),
    [
        (date(2026, 3, 1), True, EvaluationStanding.DONE),
        (date(2026, 3, 1), False, EvaluationStanding.ASKED),  # 31 March is the thirtieth day
        (date(2026, 2, 28), False, EvaluationStanding.OVER),
        (None, False, EvaluationStanding.ASKED),
    ],
)
def test_after_thirty_days_the_question_counts_as_not_answered(closed_on, is_evaluated, standing):
    today = date(2026, 3, 31)
    assert evaluation_standing(closed_on=closed_on, evaluated=is_evaluated, today=today) is standing
