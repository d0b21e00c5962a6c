"""三项建议: drafted by one, made by another, answered by the unit; the journal gives the rows."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.journal.actions import plain
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.office.replay import replay
from huiyin.county.oversight import answers
from huiyin.county.oversight.actions import recommendations as actions
from huiyin.county.oversight.actions import steps
from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.oversight.recommendation_rules import BASIS, AnswerEntry, RecommendationEntry
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import Adoption, Instrument, Level, Manner, RecommendationKind, Trigger
from huiyin.county.registry.actions import secrecy
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.kernel.refusal import Refusal

from .conftest import moment

WORK = RecommendationKind.IMPROVE_WORK
ENTRY = RecommendationEntry(
    kind=WORK,
    subject="农业水费收缴公开",
    facts="三个村的水费没有公示。",
    words="全部灌区按季公示水费。",
    basis=BASIS[WORK],
    due_on=date(2026, 6, 30),
)
DONE = AnswerEntry(Adoption.YES, "六月二十五日前全部公示", date(2026, 6, 20))


def draft(people: Any, **values: Any) -> Recommendation:
    asked = {"unit_code": "water", "entry": ENTRY, "by": people.clerk, "at": moment(6, 1), **values}
    return actions.draft(**asked)


def made(people: Any, **values: Any) -> Recommendation:
    row = draft(people, **values)
    return actions.make(recommendation_id=row.pk, by=people.head, at=moment(6, 2))


def refused(act, **values: Any) -> str:
    with pytest.raises(Refusal) as raised:
        act(**values)
    return raised.value.code


def test_drafted_made_by_another_and_answered_by_the_unit(people, assignment):
    row = draft(people, petition_numbers=[assignment.petition.number])
    assert (row.state, row.number) == ("drafted", "")
    assert not Recommendation.objects.visible_to(people.unit_clerk).exists()
    row = actions.make(recommendation_id=row.pk, by=people.head, at=moment(6, 2))
    assert (row.state, row.number) == ("made", "青人建议〔2026〕1号")
    assert Recommendation.objects.visible_to(people.unit_clerk).get() == row
    assert not Recommendation.objects.visible_to(people.other_unit_clerk).exists()
    row = actions.answer(recommendation_id=row.pk, entry=DONE, by=people.unit_clerk, at=moment(6, 20))
    assert (row.state, row.adoption, row.answered_on) == ("answered", "yes", date(2026, 6, 20))
    told = [entry.event for entry in Entry.objects.filter(subject="recommendation").order_by("number")]
    assert told == ["recommendation.drafted", "recommendation.made", "recommendation.answered"]
    fields = replay(Entry.objects.order_by("number"))["recommendation", row.pk]
    row.refresh_from_db()
    assert {name: plain(getattr(row, name)) for name in fields} == fields
    assert {"made_at", "answered_at", "adoption", "number", "facts"} <= set(fields)


def test_each_is_told_to_whom_it_concerns_and_to_nobody_else(people):
    row = made(people)
    told = {
        (one.to_staff.username, one.words) for one in Notification.objects.filter(href=f"/recommendations/{row.pk}/")
    }
    asked = "待批准：改进工作建议，县水务局"
    given = "改进工作建议：青人建议〔2026〕1号，请于 2026-06-30 前书面反馈采纳情况"
    assert told == {("wang", asked), ("li", asked), ("qin", asked), ("he", given), ("shui", given)}


def test_the_office_takes_down_what_came_on_paper(people):
    row = made(people)
    later = replace(DONE, answered_on=date(2026, 6, 15))
    row = actions.answer(recommendation_id=row.pk, entry=later, by=people.clerk, at=moment(6, 18))
    assert (row.answered_on, row.answered_by) == (date(2026, 6, 15), people.clerk)
    assert refused(actions.answer, recommendation_id=row.pk, entry=DONE, by=people.clerk, at=moment(6, 20)) == (
        "recommendation.bad_move"
    )


def test_what_was_sent_back_says_why_and_is_drafted_again(people):
    row = draft(people)
    acting: dict[str, Any] = {"recommendation_id": row.pk, "at": moment(6, 2)}
    assert refused(actions.send_back, words=" ", by=people.head, **acting) == "recommendation.words_missing"
    row = actions.send_back(words="事实不够具体", by=people.head, **acting)
    assert (row.state, row.send_back_words, row.number) == ("sent_back", "事实不够具体", "")
    assert refused(actions.make, by=people.head, **acting) == "recommendation.bad_move"
    fields = replay(Entry.objects.order_by("number"))["recommendation", row.pk]
    row.refresh_from_db()
    assert {name: plain(getattr(row, name)) for name in fields} == fields
    assert made(people).number == "青人建议〔2026〕1号"


def test_the_drafter_and_the_wrong_role_decide_nothing(people):
    own = draft(people, by=people.head)
    blame = draft(people, entry=replace(ENTRY, kind=RecommendationKind.ACCOUNTABILITY))
    assert refused(actions.make, recommendation_id=own.pk, by=people.head, at=moment(6, 2)) == (
        "recommendation.needs_second_person"
    )
    for row, by in ((own, people.clerk), (blame, people.head), (own, people.auditor)):
        assert refused(actions.make, recommendation_id=row.pk, by=by, at=moment(6, 2)) == "permission.role_missing"
    assert refused(actions.make, recommendation_id=own.pk, by=people.unit_head, at=moment(6, 2)) == (
        "recommendation.unknown"
    )
    assert actions.make(recommendation_id=blame.pk, by=people.leader, at=moment(6, 2)).number


def test_a_draft_whose_day_is_over_is_not_made(people):
    row = draft(people)
    assert (
        refused(actions.make, recommendation_id=row.pk, by=people.head, at=moment(6, 30)) == "recommendation.due_over"
    )


def test_no_recommendation_stands_on_what_the_unit_must_not_know(people, registered):
    number = registered.number
    assert refused(draft, people=people, petition_numbers=["信没有这件"]) == "recommendation.petition_unknown"
    assert refused(draft, people=people, unit_code="nobody") == "unit.unknown"
    row = draft(people, petition_numbers=[number, number])
    assert row.links.count() == 1
    secrecy.seal(
        petition_id=registered.pk,
        accused=(AccusedEntry(name="高站长"),),
        keeper=people.restricted,
        by=people.clerk,
        at=moment(6, 1, 12),
    )
    assert refused(actions.make, recommendation_id=row.pk, by=people.head, at=moment(6, 2)) == (
        "recommendation.petition_closed"
    )
    assert refused(draft, people=people, petition_numbers=[number]) == "recommendation.petition_unknown"


def test_whoever_stays_away_from_a_petition_does_not_see_what_stands_on_it(people, assignment):
    row = draft(people, petition_numbers=[assignment.petition.number])
    secrecy.recuse(
        petition_id=assignment.petition_id, staff=people.head, reason="原任职单位", by=people.clerk, at=moment(6, 1, 12)
    )
    assert not Recommendation.objects.visible_to(people.head).exists()
    assert refused(actions.make, recommendation_id=row.pk, by=people.head, at=moment(6, 2)) == "recommendation.unknown"


def test_a_step_that_decided_for_a_recommendation_is_carried_out_once(people, assignment):
    def step(level: Level, **values: Any) -> int:
        entry = OversightEntry(level, Trigger.SHIRKING, "久拖不办", **values)
        approver = None if level is Level.REMINDER else people.leader
        return steps.issue(
            assignment_id=assignment.pk, entry=entry, approver=approver, by=people.clerk, at=moment(5, 20)
        ).pk

    letter = step(Level.LETTER, due_on=date(2026, 6, 1))
    day = {"held_on": date(2026, 5, 18)}
    step(Level.INTERVIEW, manner=Manner.TALK, attendees="水局长", due_on=date(2026, 6, 1), **day)
    step(Level.DIRECTORS_MEETING, **day)
    decided = step(Level.INSTRUMENT, instrument=Instrument.IMPROVE_WORK)
    assert refused(draft, people=people, oversight_id=letter) == "recommendation.other_instrument"
    assert refused(draft, people=people, oversight_id=decided, unit_code="agriculture") == "recommendation.other_unit"
    row = draft(people, oversight_id=decided)
    assert refused(draft, people=people, oversight_id=decided) == "recommendation.step_taken"
    actions.send_back(recommendation_id=row.pk, words="重写", by=people.head, at=moment(6, 2))
    assert draft(people, oversight_id=decided).oversight_id == decided


def test_the_database_knows_the_second_person_and_the_whole_answer(people):
    row = made(people)
    for wrong in ({"made_by": people.clerk}, {"adoption": "yes"}, {"number": ""}, {"answered_at": moment(6, 3)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.parametrize(
    ("day", "told"),
    [(26, set()), (27, {"he", "shui"}), (30, {"he", "shui"})],
    ids=["前四天", "前三天", "最后一天"],
)
def test_an_answer_is_asked_for_before_its_last_day(people, day, told):
    made(people)
    before = Notification.objects.count()
    answers.remind(at=moment(6, day), place="/recommendations/")
    answers.remind(at=moment(6, day, 12), place="/recommendations/")
    new = Notification.objects.order_by("pk")[before:]
    assert {one.to_staff.username for one in new} == told
    assert len(new) == len(told)


def test_an_answer_that_is_over_is_told_to_the_office_too_and_an_answered_one_to_nobody(people):
    row = made(people)
    assert answers.remind(at=moment(7, 1), place="/recommendations/") == 3
    last = Notification.objects.order_by("-pk").first()
    assert last is not None
    assert last.words == "青人建议〔2026〕1号：已于2026年6月30日到期，尚未反馈采纳情况"
    actions.answer(recommendation_id=row.pk, entry=DONE, by=people.unit_head, at=moment(7, 2))
    assert answers.remind(at=moment(7, 3), place="/recommendations/") == 0
