"""并入: the echo of what was merged is the last main petition's reply, however long the chain (DOMAIN §4, M4)."""

from datetime import date, datetime
from typing import Any

import pytest

from huiyin.county.analysis import queries
from huiyin.county.assignment.queries.main_petitions import merged_into
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.registry.actions import petitions, repeats
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Recurrence
from huiyin.county.reply.actions import archives, replies
from huiyin.county.reply.states import Method, ReplyKind, Retention
from huiyin.kernel.periods import Period
from huiyin.platform.statistics.indicators import ChannelGroup

from .conftest import moment, refused

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def merge(desk: Any, petition: Petition, main: Petition) -> None:
    desk.decide(petition, DispositionKind.MERGED, merged_into_id=main.pk)
    petition.refresh_from_db()


def answered(desk: Any, main: Petition) -> None:
    """Have it reported, verified, replied to and delivered on 4 April."""
    given, by = main.assignments.get(), desk.people.clerk
    desk.sign(given)
    desk.report(given)
    desk.verify(given)
    pk = main.pk
    reply = replies.reply(petition_id=pk, kind=ReplyKind.OUTCOME, text="已经退还。", by=by, at=moment(4, 3))
    told: dict[str, Any] = {"method": Method.POST, "proof": "挂号信XA0001", "delivered_at": moment(4, 4)}
    replies.deliver(reply_id=reply.pk, **told, by=by, at=moment(4, 4))


def m4(at: datetime) -> tuple[int, int]:
    promise = queries.promises(MARCH, at=at).column(ChannelGroup.ALL).promise("M4")
    return promise.part, promise.whole


@pytest.fixture
def chain(desk: Any) -> tuple[Petition, Petition, Petition]:
    """Three letters: the first was merged into the second, and then the second into the third, which a unit has."""
    first, second, third = desk.classified(), desk.classified(), desk.classified()
    desk.assign(third)
    merge(desk, first, second)
    merge(desk, second, third)
    return first, second, third


def test_the_last_main_petition_answers_the_whole_chain(desk: Any, chain: Any) -> None:
    first, second, third = chain
    assert (merged_into(first), merged_into(second), merged_into(third)) == (third, third, None)
    answered(desk, third)
    assert m4(moment(4, 3, 18)) == (0, 3)
    assert m4(moment(4, 5)) == (3, 3)


def test_it_stays_answered_when_the_main_one_is_closed_and_archived(desk: Any, people: Any, chain: Any) -> None:
    answered(desk, chain[2])
    pk, by = chain[2].pk, people.head
    replies.close(petition_id=pk, by=by, at=moment(4, 6))
    told: dict[str, Any] = {"file_number": "2026-永-001", "retention": Retention.PERMANENT, "pages": 9}
    archives.archive(petition_id=pk, **told, by=by, at=moment(4, 7))
    for one in chain[:2]:
        replies.close(petition_id=one.pk, by=by, at=moment(4, 8))
    assert m4(moment(4, 9)) == (3, 3)


def test_a_void_main_one_answers_nobody(desk: Any, people: Any) -> None:
    joined, main = desk.classified(), desk.classified()
    merge(desk, joined, main)
    petitions.void(petition_id=main.pk, reason="误登", approver=people.leader, by=people.clerk, at=moment(3, 5))
    assert m4(moment(4, 9)) == (0, 1)


@pytest.mark.parametrize("is_closed", [False, True], ids=["已并入", "并入后办结"])
def test_nothing_is_merged_into_what_was_merged_itself(
    desk: Any, people: Any, is_closed: bool
) -> None:  # a column of the table
    joined, main, further = desk.classified(), desk.classified(), desk.classified()
    merge(desk, joined, main)
    if is_closed:
        replies.close(petition_id=joined.pk, by=people.head, at=moment(3, 5))
    assert refused(lambda: merge(desk, further, joined)) == "disposition.main_petition_is_merged"
    assert refused(lambda: merge(desk, main, joined)) == "disposition.main_petition_is_merged"
    merge(desk, further, main)


def test_nothing_is_merged_into_what_was_closed_before(desk: Any, people: Any) -> None:
    main, late = desk.classified(), desk.classified()
    desk.assign(main)
    answered(desk, main)
    replies.close(petition_id=main.pk, by=people.head, at=moment(4, 6))
    assert refused(lambda: merge(desk, late, main)) == "disposition.main_petition_ended"


def test_a_repeat_of_what_was_merged_finds_the_petition_that_a_unit_works_on(desk: Any, chain: Any) -> None:
    first, _, third = chain
    again = desk.classified(about={"recurrence": Recurrence.REPEAT, "repeats_id": first.pk})
    assert repeats.main_in_handling(again) == third
    assert refused(lambda: desk.assign(again)) == "petition.repeat_in_handling"
