"""The language of the stories can say that something is wrong."""

import pytest

from huiyin.county.registry.states import Channel, State
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

from .language import Days, on, play
from .office import Office


def test_tales_are_played_together_in_the_order_of_their_days(office: Office) -> None:
    heard: list[str] = []

    def told(name: str, *days: int) -> Days:
        for day in days:
            yield on(3, day)
            heard.append(f"{name}{office.today.day}")

    play(office, [lambda _: told("a", 2, 9), lambda _: told("b", 3, 3, 10), lambda _: told("c", 2)])
    assert heard == ["a2", "c2", "b3", "b3", "a9", "b10"]


def test_a_tale_that_goes_back_is_found_out(office: Office) -> None:
    def told(_office: Office) -> Days:
        yield on(3, 9)
        yield on(3, 2)

    with pytest.raises(AssertionError, match="does not go back"):
        play(office, [told])


def test_what_is_done_was_not_refused(office: Office) -> None:
    with pytest.raises(pytest.fail.Exception):
        office.refuses("请填写", lambda: office.receives(Channel.LETTER))


def test_a_refusal_that_leaves_something_behind_is_found_out(office: Office) -> None:
    def half_done() -> None:
        office.receives(Channel.LETTER)
        raise Refusal("receipt.unknown", "没有这份收件")

    with pytest.raises(AssertionError):
        office.refuses("没有这份收件", half_done)


def test_a_refusal_in_other_words_is_found_out(office: Office) -> None:
    letter = office.letter("马长根", "反映水费重复收取")
    with pytest.raises(AssertionError):
        office.refuses("请选择内容分类", lambda: letter.read(" "))


def test_a_wrong_state_date_person_or_line_is_found_out(office: Office) -> None:
    letter = office.letter("马长根", "反映水费重复收取")
    letter.due(Clock.CLASSIFY, on(1, 7), "3个工作日")
    letter.went(State.REGISTERED)
    for wrong in (
        lambda: letter.went(State.READ),
        lambda: letter.due(Clock.CLASSIFY, on(1, 8), "3个工作日"),
        lambda: letter.due(Clock.CLASSIFY, on(1, 7), "顺延"),
        lambda: letter.stands_with("县水务局", "马会计", Clock.CLASSIFY, on(1, 7)),
        lambda: letter.seen_by(office.people.unit_clerk),
        lambda: letter.hidden_from(office.people.head),
        lambda: letter.told(office.people.head, "请签收"),
        lambda: letter.tells("办结"),
    ):
        with pytest.raises(AssertionError):
            wrong()
