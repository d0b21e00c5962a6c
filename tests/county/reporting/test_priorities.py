"""工作建议: a paragraph stands on petitions of the office, and on nothing sealed."""

import pytest

from huiyin.county.journal.models import Entry
from huiyin.county.registry.states import Confidentiality
from huiyin.county.reporting import rules
from huiyin.county.reporting.actions import priorities
from huiyin.county.reporting.models import Priority
from huiyin.county.reporting.queries.reports import proposed_of
from huiyin.kernel.periods import Period, year
from huiyin.kernel.refusal import Refusal

from .conftest import MARCH, Desk, moment

WORDS = "把农业水费收缴列入明年执法检查"


def added(desk: Desk, *numbers: str, role: str = "clerk", words: str = WORDS) -> Priority:
    return priorities.add(
        period=MARCH, words=words, petition_numbers=numbers, by=getattr(desk.people, role), at=moment(4, 3)
    )


def test_a_proposal_is_kept_with_the_petitions_it_stands_on(desk: Desk):
    letter = desk.registered(desk.receipt(2))
    row = added(desk, letter.number)
    (line,) = proposed_of(MARCH)
    assert (line.words, line.petition_numbers, line.written_by) == (WORDS, (letter.number,), "马会计")
    entry = Entry.objects.get(event="priority.added")
    assert (entry.subject_id, entry.values["petition_numbers"]) == (row.pk, [letter.number])
    assert proposed_of(year(2026)) == ()


@pytest.mark.parametrize(
    ("numbers", "words", "code"),
    [
        ((), WORDS, "priority.numbers_missing"),
        (("青人信〔2026〕9号",), WORDS, "priority.unknown_petition"),
        (("一号",), " ", "priority.words_missing"),
        (("一号",), "水" * 1001, "priority.words_missing"),
    ],
    ids=["没有依据", "没有这件", "没有内容", "太长"],
)
def test_what_stands_on_nothing_is_refused(desk: Desk, numbers, words, code):
    with pytest.raises(Refusal) as refused:
        added(desk, *numbers, words=words)
    assert refused.value.code == code
    assert not Priority.objects.exists()


def test_a_sealed_item_is_refused_as_one_that_there_is_not(desk: Desk):
    sealed = desk.registered(desk.receipt(2), confidentiality=Confidentiality.SEALED, summary="反映站长")
    sentences = []
    for number in (sealed.number, "青人信〔2026〕99号"):
        with pytest.raises(Refusal) as refused:
            added(desk, number)
        sentences.append(refused.value.words.replace(number, "某号"))
    assert sentences[0] == sentences[1]


@pytest.mark.parametrize("role", ["leader", "restricted", "auditor", "mail_room", "unit_head", "administrator"])
def test_others_propose_nothing(desk: Desk, role: str):
    letter = desk.registered(desk.receipt(2))
    with pytest.raises(Refusal) as refused:
        added(desk, letter.number, role=role)
    assert refused.value.code == "permission.role_missing"


def test_what_is_taken_out_stays_on_record_and_is_taken_out_once(desk: Desk):
    row = added(desk, desk.registered(desk.receipt(2)).number)
    priorities.remove(priority_id=row.pk, by=desk.people.head, at=moment(4, 4))
    assert proposed_of(MARCH) == ()
    assert Entry.objects.filter(event="priority.removed", subject_id=row.pk).count() == 1
    with pytest.raises(Refusal, match="已经撤下"):
        priorities.remove(priority_id=row.pk, by=desk.people.head, at=moment(4, 5))
    with pytest.raises(Refusal, match="没有这条建议"):
        priorities.remove(priority_id=987654321, by=desk.people.head, at=moment(4, 5))


def test_a_proposal_is_of_a_month_a_quarter_or_a_year(desk: Desk):
    with pytest.raises(Refusal, match="整月"):
        rules.check_period(Period(MARCH.first, moment(3, 20).date()))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("一号", ("一号",)),
        (" 一号、二号，三号; 四号\n一号 ", ("一号", "二号", "三号", "四号")),
        ("　", ()),
    ],
)
def test_numbers_are_read_as_people_write_them(text, numbers):
    assert rules.numbers_written(text) == numbers
