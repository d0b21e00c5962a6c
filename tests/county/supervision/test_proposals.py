"""议题建议: written on frozen evidence, approved by a second person, decided by the directors' meeting."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.document.rules import hash_of
from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import petitions, secrecy
from huiyin.county.supervision.actions import meetings, proposals
from huiyin.county.supervision.models import TopicProposal
from huiyin.county.supervision.queries import evidence, standing
from huiyin.county.supervision.rules.proposals import DecisionEntry, MeetingEntry
from huiyin.county.supervision.states import Decision, Dimension, ProposalState, TopicSource

from .conftest import moment, refusal_of, water_topic

IN_APRIL = moment(4, 1)


def test_a_topic_stands_on_what_was_counted_that_day_and_has_its_number(desk):
    desk.five_letters()
    topic = proposals.write(entry=water_topic(), by=desk.people.clerk, at=IN_APRIL)
    now = topic.evidence["now"]
    assert topic.number == "青人议〔2026〕1号"
    assert (now["matters"], now["first"], now["petitions"], now["people"]) == (5, 5, 5, 5)
    assert (topic.key_label, topic.is_of_hotspot, topic.state) == ("农业水费", True, "draft")
    assert topic.evidence_hash == hash_of(topic.evidence)
    told = Entry.objects.filter(subject="topicproposal").get()
    assert (told.event, told.values["matters"], told.values["evidence_hash"]) == (
        "topic_proposal.written",
        5,
        topic.evidence_hash,
    )


def test_frozen_evidence_stays_as_it_was_when_the_register_goes_on(desk):
    first = desk.five_letters()[0]
    topic = desk.topic(ProposalState.SUBMITTED)
    before = evidence.shown(topic, by=desk.people.clerk)
    desk.letter("后来人", 30)
    petitions.void(
        petition_id=first.pk, reason="重复登记", approver=desk.people.head, by=desk.people.clerk, at=moment(4, 5)
    )
    after = evidence.shown(TopicProposal.objects.get(pk=topic.pk), by=desk.people.clerk)
    assert after == before
    assert (after.now["matters"], len(after.lines), after.is_intact) == (5, 5, True)


def test_evidence_that_somebody_changed_does_not_bear_its_seal(desk):
    desk.five_letters()
    topic = desk.topic()
    topic.evidence["now"]["matters"] = 50
    assert not evidence.shown(topic, by=desk.people.clerk).is_intact


def test_what_is_sealed_is_in_the_numbers_and_in_no_list(desk):
    desk.five_letters()
    sealed = desk.letter("匿名反映人", 9, sealed=True, summary="反映站长")
    topic = desk.topic()
    now = topic.evidence["now"]
    assert (now["matters"], now["sealed"], len(now["numbers"])) == (6, 1, 5)
    assert sealed.number not in str(topic.evidence)
    assert sealed.pk not in now["petition_ids"]


def test_a_number_that_a_reader_may_not_see_is_counted_and_not_named(desk):
    first = desk.five_letters()[0]
    topic = desk.topic()
    leader, head = desk.people.leader, desk.people.head
    secrecy.recuse(petition_id=first.pk, staff=leader, reason="亲属", by=head, at=moment(4, 2))
    told = evidence.shown(topic, by=desk.people.leader)
    assert (told.withheld, first.number in {line.number for line in told.lines}) == (1, False)
    assert evidence.shown(topic, by=desk.people.clerk).withheld == 0


def test_a_topic_can_stand_on_petitions_that_were_chosen(desk):
    chosen = desk.five_letters()[:2]
    entry = water_topic(numbers=tuple(one.number for one in chosen))
    topic = proposals.write(entry=entry, by=desk.people.clerk, at=IN_APRIL)
    assert (topic.evidence["now"]["matters"], topic.evidence["is_chosen"], topic.is_of_hotspot) == (2, True, False)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"numbers": ("青人信〔2026〕99号",)}, "topic_proposal.unknown_petition"),
        ({"key": "no_such_tag"}, "hotspot.unknown"),
        ({"key": "no_such_tag", "source": TopicSource.DEPUTIES}, "topic_proposal.unknown_key"),
        ({"statute_code": "no_such_law"}, "statute.unknown_code"),
        ({"reason": " "}, "topic_proposal.missing"),
    ],
)
def test_a_topic_without_its_grounds_is_refused(desk, changed, code):
    desk.letter("马大山")
    assert refusal_of(proposals.write, entry=water_topic(**changed), by=desk.people.clerk, at=IN_APRIL) == code
    assert not TopicProposal.objects.exists()


def test_a_sealed_petition_cannot_be_chosen_even_by_whoever_may_read_it(desk):
    sealed = desk.letter("匿名反映人", sealed=True)
    entry = water_topic(numbers=(sealed.number,))
    code = refusal_of(proposals.write, entry=entry, by=desk.people.clerk, at=IN_APRIL)
    assert code == "topic_proposal.unknown_petition"


def test_a_petition_outside_the_window_is_no_evidence(desk):
    late = desk.letter("马大山", 20)
    entry = water_topic(numbers=(late.number,), window_last_on=date(2026, 3, 19))
    assert (
        refusal_of(proposals.write, entry=entry, by=desk.people.clerk, at=IN_APRIL) == "topic_proposal.outside_window"
    )


def test_a_topic_that_deputies_brought_up_may_stand_on_no_petition(desk):
    entry = water_topic(source=TopicSource.DEPUTIES)
    topic = proposals.write(entry=entry, by=desk.people.clerk, at=IN_APRIL)
    assert (topic.evidence["now"]["matters"], topic.key_label) == (0, "农业水费")


@pytest.mark.parametrize(
    ("dimension", "key", "label"),
    [
        (Dimension.CATEGORY, "0110", "农村农业/"),
        (Dimension.TAG, "irrigation_fee", "农业水费"),
    ],
)
def test_a_topic_is_called_by_its_name(desk, dimension, key, label):
    desk.five_letters()
    topic = desk.topic(entry=water_topic(dimension=dimension, key=key))
    assert topic.key_label.startswith(label)


def test_a_year_before_that_was_not_kept_is_not_shown_as_nothing(desk):
    desk.five_letters()
    topic = desk.topic()
    assert topic.evidence["verdict"] == "no_past"
    assert evidence.shown(topic, by=desk.people.clerk).past == {}


@pytest.mark.parametrize(
    ("articles", "kept"),
    [(("49",), ["第四十九条"]), (("第49条", "第五十五条"), ["第四十九条", "第五十五条"]), ((), [])],
)
def test_articles_are_kept_as_papers_write_them(desk, articles, kept):
    desk.five_letters()
    assert desk.topic(entry=water_topic(articles=articles)).articles == kept


def test_a_draft_is_written_anew_with_evidence_of_that_day(desk):
    desk.five_letters()
    topic = desk.topic()
    desk.letter("后来人", 30)
    again = proposals.rewrite(
        proposal_id=topic.pk, entry=water_topic(title="农业水费公开"), by=desk.people.clerk, at=moment(4, 2)
    )
    assert (again.title, again.evidence["now"]["matters"], again.evidence_at) == ("农业水费公开", 6, moment(4, 2))


def test_once_submitted_neither_words_nor_evidence_change(desk):
    desk.five_letters()
    topic = desk.topic(ProposalState.SUBMITTED)
    values = {"proposal_id": topic.pk, "entry": water_topic(), "by": desk.people.clerk, "at": moment(4, 3)}
    assert refusal_of(proposals.rewrite, **values) == "topic_proposal.not_a_draft"
    sent = {"proposal_id": topic.pk, "by": desk.people.head, "at": moment(4, 3)}
    assert refusal_of(proposals.send_back, words=" ", **sent) == "topic_proposal.words_missing"
    assert proposals.send_back(words="请补充依据", **sent).state == "draft"
    assert proposals.rewrite(**values).state == "draft"


def test_nobody_approves_what_they_have_written_themselves(desk):
    desk.five_letters()
    head = desk.people.head
    topic = proposals.write(entry=water_topic(), by=head, at=IN_APRIL)
    proposals.submit(proposal_id=topic.pk, by=head, at=moment(4, 2))
    act = {"proposal_id": topic.pk, "by": head, "at": moment(4, 3)}
    assert refusal_of(proposals.approve, **act) == "topic_proposal.needs_second_person"
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicProposal.objects.filter(pk=topic.pk).update(approved_by=head, approved_at=moment(4, 3))


@pytest.mark.parametrize("role", ["leader", "auditor", "mail_room", "restricted", "unit_head", "administrator"])
def test_clerk_and_head_propose_topics_and_nobody_else(desk, role):
    by = getattr(desk.people, role)
    assert refusal_of(proposals.write, entry=water_topic(), by=by, at=IN_APRIL) == "permission.role_missing"


@pytest.mark.parametrize(
    ("decision", "state", "decided_on"),
    [
        (Decision.ADOPT, "adopted", date(2026, 4, 20)),
        (Decision.NEXT_TIME, "waiting", None),
        (Decision.TO_COMMITTEE, "in_committee", None),
        (Decision.DECLINE, "declined", date(2026, 4, 20)),
    ],
    ids=["列入", "下次", "转专委会", "不列入"],
)
def test_the_directors_decide_and_the_topic_goes_where_they_say(desk, decision, state, decided_on):
    desk.five_letters()
    topic = desk.topic(ProposalState.WAITING)
    desk.decide(topic, decision)
    topic.refresh_from_db()
    assert (topic.state, topic.decided_on) == (state, decided_on)
    assert (topic in standing.before_directors()) is (state == "waiting")


def test_what_was_put_off_is_decided_by_the_next_meeting_and_not_by_the_same(desk):
    desk.five_letters()
    topic = desk.topic(ProposalState.WAITING)
    desk.decide(topic, Decision.NEXT_TIME)
    values = {"proposal_id": topic.pk, "entry": DecisionEntry(Decision.ADOPT), "by": desk.people.leader}
    code = refusal_of(meetings.decide, meeting_id=desk.meeting().pk, at=moment(4, 21), **values)
    assert code == "directors_meeting.decided_already"
    later = desk.meeting(42, date(2026, 5, 18))
    meetings.decide(meeting_id=later.pk, at=moment(5, 18, 18), **values)
    topic.refresh_from_db()
    assert (topic.state, topic.decisions.count()) == ("adopted", 2)


def test_what_the_committee_has_studied_comes_before_the_directors_again(desk):
    desk.five_letters()
    topic = desk.topic(ProposalState.IN_COMMITTEE)
    again = proposals.put_again(proposal_id=topic.pk, words="建议列入", by=desk.people.head, at=moment(5, 6))
    assert (again.state, again.committee_words) == ("waiting", "建议列入")


@pytest.mark.parametrize(
    ("held_on", "at", "code"),
    [
        (date(2026, 4, 2), moment(4, 20), "directors_meeting.before_the_topic"),
        (date(2026, 4, 3), moment(4, 20), None),
        (date(2026, 4, 20), moment(4, 19), "directors_meeting.still_to_come"),
        (date(2026, 4, 20), moment(4, 20), None),
    ],
    ids=["会在提请之前", "提请当天", "会还没有开", "开会当天"],
)
def test_a_meeting_decides_what_lay_before_it_and_not_before_it_was_held(desk, held_on, at, code):
    desk.five_letters()
    topic = desk.topic(ProposalState.WAITING)
    held = desk.meeting(41, held_on)
    values = {
        "meeting_id": held.pk,
        "proposal_id": topic.pk,
        "entry": DecisionEntry(Decision.ADOPT),
        "by": desk.people.head,
        "at": at,
    }
    if code is None:
        assert meetings.decide(**values).decision == "adopt"
    else:
        assert refusal_of(meetings.decide, **values) == code


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (DecisionEntry(Decision.DECLINE, " "), "directors_meeting.reason_missing"),
        (DecisionEntry(Decision.TO_COMMITTEE, "先研究"), "directors_meeting.committee_missing"),
        (DecisionEntry(Decision.ADOPT, "", "法制委员会"), "directors_meeting.committee_unwanted"),
    ],
)
def test_a_decision_says_why_and_whither(desk, entry, code):
    desk.five_letters()
    topic = desk.topic(ProposalState.WAITING)
    values = {"meeting_id": desk.meeting().pk, "proposal_id": topic.pk, "by": desk.people.head, "at": moment(4, 20, 18)}
    assert refusal_of(meetings.decide, entry=entry, **values) == code


def test_the_clerk_writes_the_meeting_down_and_does_not_decide(desk):
    desk.five_letters()
    topic = desk.topic(ProposalState.WAITING)
    values = {"meeting_id": desk.meeting().pk, "proposal_id": topic.pk, "entry": DecisionEntry(Decision.ADOPT)}
    code = refusal_of(meetings.decide, **values, by=desk.people.clerk, at=moment(4, 20, 18))
    assert code == "permission.role_missing"


def test_a_meeting_is_corrected_but_keeps_its_day_once_it_decided(desk):
    desk.five_letters()
    topic, held = desk.topic(ProposalState.WAITING), desk.meeting()
    entry = MeetingEntry(42, date(2026, 4, 21), "秦岳", "研究议题建议")
    values = {"meeting_id": held.pk, "by": desk.people.clerk, "at": moment(4, 21)}
    assert meetings.correct(entry=entry, **values).ordinal == 42
    held.refresh_from_db()
    desk.decide(topic, Decision.ADOPT, held)
    entry = MeetingEntry(42, date(2026, 4, 20), "秦岳", "研究议题建议")
    assert refusal_of(meetings.correct, entry=entry, **values) == "directors_meeting.day_stands"
