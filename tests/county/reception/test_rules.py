"""The rules about leaders and reception days, as the office would write them down."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from huiyin.accounts.roles import Role
from huiyin.county.reception import rules
from huiyin.county.reception.rules import ArrivalEntry, BookingEntry, DayEntry, Exchange, Place, Wish
from huiyin.county.reception.states import (
    BOOKING_MOVES,
    ENDS_AS,
    INSTRUCTION_MOVES,
    RECEPTION_MOVES,
    BookingState,
    InstructionState,
    LegalRoute,
    PutReason,
    ReceptionState,
)
from huiyin.county.registry.states import Confidentiality, Origin, State
from huiyin.kernel.calendar import Calendar, DayKind
from huiyin.kernel.calendar import DayEntry as CalendarDay
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.words import Word

AT = datetime(2026, 3, 9, 2, tzinfo=UTC)  # a Monday, 10:00 in China
DAY = DayEntry(
    on=date(2026, 3, 10),
    leader_name="秦岳",
    place="一楼接待室",
    from_time=time(9),
    until_time=time(11),
    capacity=4,
)


class Somebody:
    """A person with roles."""

    def __init__(self, *roles: Role) -> None:
        self.role_set = frozenset(roles)


def refused(call: object, *args: object, **values: object) -> str:
    assert callable(call)
    try:
        call(*args, **values)
    except Refusal as refusal:
        return refusal.code if refusal.words else "no words"
    return ""


@pytest.mark.parametrize(
    ("check", "roles"),
    [
        (rules.check_may_put, {Role.CLERK, Role.HEAD, Role.RESTRICTED}),
        (rules.check_may_instruct, {Role.LEADER, Role.GROUP_HEAD}),
        (rules.check_may_record, {Role.CLERK, Role.HEAD, Role.RESTRICTED, Role.LEADER, Role.GROUP_HEAD}),
        (rules.check_may_carry_out, {Role.CLERK, Role.HEAD, Role.RESTRICTED}),
        (rules.check_may_keep_roster, {Role.CLERK, Role.HEAD, Role.RESTRICTED}),
        (rules.check_may_receive, {Role.CLERK, Role.HEAD, Role.RESTRICTED}),
    ],
)
def test_each_act_is_for_its_roles_and_no_others(check: object, roles: set[Role]) -> None:
    assert {role for role in Role if not refused(check, Somebody(role))} == roles


@pytest.mark.parametrize("now", InstructionState)
@pytest.mark.parametrize("then", InstructionState)
def test_an_instruction_moves_only_as_the_table_says(now: InstructionState, then: InstructionState) -> None:
    code = refused(rules.check_instruction_move, now, then)
    assert code == ("" if then in INSTRUCTION_MOVES[now] else "instruction.bad_move")


@pytest.mark.parametrize("now", BookingState)
@pytest.mark.parametrize("then", BookingState)
def test_a_booking_moves_only_as_the_table_says(now: BookingState, then: BookingState) -> None:
    assert refused(rules.check_booking_move, now, then) == ("" if then in BOOKING_MOVES[now] else "booking.bad_move")


@pytest.mark.parametrize("now", ReceptionState)
@pytest.mark.parametrize("then", ReceptionState)
def test_a_party_moves_only_as_the_table_says(now: ReceptionState, then: ReceptionState) -> None:
    code = refused(rules.check_reception_move, now, then)
    assert code == ("" if then in RECEPTION_MOVES[now] else "reception.bad_move")


@pytest.mark.parametrize("moves", [INSTRUCTION_MOVES, BOOKING_MOVES, RECEPTION_MOVES])
def test_every_state_has_its_line_and_every_way_leads_somewhere_known(
    moves: Mapping[Word, frozenset[Word]],
) -> None:
    first = next(iter(moves))
    words = set(type(first))
    assert set(moves) == words
    reached = {then for ways in moves.values() for then in ways}
    assert words - reached <= {first}
    assert any(not ways for ways in moves.values())


@pytest.mark.parametrize(
    ("reason", "facts", "fits"),
    [
        (PutReason.URGENT, {"is_urgent": True}, True),
        (PutReason.URGENT, {}, False),
        (PutReason.GROUP, {"is_group": True}, True),
        (PutReason.GROUP, {}, False),
        (PutReason.SUPERIOR, {"origin": Origin.SUPERIOR}, True),
        (PutReason.SUPERIOR, {"origin": Origin.INSPECTION_TEAM}, True),
        (PutReason.SUPERIOR, {}, False),
        (PutReason.PROPOSAL, {"state": State.CLASSIFIED}, True),
        (PutReason.PROPOSAL, {"state": State.PROPOSED}, True),
        (PutReason.PROPOSAL, {"state": State.REGISTERED}, False),
        (PutReason.IMPORTANT, {}, True),
    ],
)
def test_a_petition_is_put_before_a_leader_for_a_reason_it_bears_out(
    reason: PutReason, facts: dict[str, Any], fits: bool
) -> None:
    plain = {"is_urgent": False, "is_group": False, "origin": Origin.DIRECT, "state": State.READ}
    code = refused(rules.check_put, reason, **{**plain, **facts})
    assert code == ("" if fits else "instruction.reason_does_not_fit")


@pytest.mark.parametrize(
    ("is_sealed", "is_named", "may_see", "code"),
    [
        (False, False, True, ""),
        (False, False, False, "instruction.leader_barred"),  # recused or accused
        (True, True, True, ""),
        (True, False, True, "instruction.not_named"),
        (True, False, False, "instruction.not_named"),
        (True, True, False, "instruction.leader_barred"),
    ],
)
def test_only_who_is_named_and_not_recused_is_given_it(
    is_sealed: bool, is_named: bool, may_see: bool, code: str
) -> None:
    given = {"is_sealed": is_sealed, "is_named": is_named, "may_see": may_see}
    assert refused(rules.check_leader_is_named, **given) == code


@pytest.mark.parametrize(
    ("wish", "is_litigation", "code"),
    [
        (Wish(words="请县水务局核实"), False, ""),
        (Wish(words="请县水务局核实", wanted_unit="water", due_on=date(2026, 3, 10)), False, ""),
        (Wish(words="请核实", due_on=date(2026, 3, 9)), False, "instruction.due_in_the_past"),
        (Wish(words="  "), False, "instruction.words_missing"),
        (Wish(words="核" * 500), False, ""),
        (Wish(words="核" * 501), False, "instruction.words_too_long"),
        (Wish(route=LegalRoute.JUDICIAL), False, "instruction.no_litigation"),
        (Wish(route=LegalRoute.JUDICIAL), True, ""),
        (Wish(route=LegalRoute.GUIDE), True, ""),
        (Wish(words="请法院依法改判"), True, "instruction.on_the_merits"),
        (Wish(words="应予改判", route=LegalRoute.JUDICIAL), True, "instruction.on_the_merits"),
        (Wish(route=LegalRoute.JUDICIAL, due_on=date(2026, 4, 1)), True, "instruction.on_the_merits"),
        (Wish(route=LegalRoute.JUDICIAL, wanted_unit="court"), True, "instruction.on_the_merits"),
        (Wish(), True, "instruction.on_the_merits"),
    ],
)
def test_an_instruction_says_what_to_do_and_of_a_pending_case_only_where_it_goes(
    wish: Wish, is_litigation: bool, code: str
) -> None:
    assert refused(rules.check_wish, wish, is_litigation=is_litigation, at=AT) == code


def test_what_is_refused_on_the_merits_or_by_recusal_stands_in_the_journal() -> None:
    assert {"instruction.on_the_merits", "instruction.barred", "instruction.not_named"} <= rules.JOURNALED


@pytest.mark.parametrize(
    ("has_assignment", "outcome", "code"),
    [(True, "", ""), (False, "已当场解决", ""), (False, " ", "instruction.outcome_missing")],
)
def test_an_instruction_is_carried_out_by_an_assignment_or_by_what_was_done(
    has_assignment: bool, outcome: str, code: str
) -> None:
    assert refused(rules.check_carried_out, has_assignment=has_assignment, outcome=outcome) == code


@pytest.mark.parametrize(
    ("wanted", "printed"),
    [
        (None, None),
        (date(2026, 5, 10), date(2026, 5, 10)),
        (date(2026, 5, 11), None),  # the same day as the rule's: nothing to print
        (date(2026, 6, 30), None),  # a later one does not win
    ],
)
def test_the_leaders_day_goes_on_the_letter_only_when_it_is_earlier(wanted: date | None, printed: date | None) -> None:
    assert rules.printed_due_on(wanted, regular=date(2026, 5, 11)) == printed


@pytest.mark.parametrize(
    ("written_on", "remind_on"),
    [
        (date(2026, 3, 9), date(2026, 3, 12)),  # Monday to Thursday
        (date(2026, 3, 12), date(2026, 3, 17)),  # over a weekend
        (date(2026, 3, 5), date(2026, 3, 9)),  # Sunday the 8th is worked: 6, 8, 9
    ],
)
def test_the_office_is_reminded_after_three_working_days(written_on: date, remind_on: date) -> None:
    made_up = [CalendarDay(date(2026, 3, 8), DayKind.WORK, "春节")]
    assert rules.remind_on(written_on, Calendar.of(made_up, [2026])) == remind_on


def changed(**values: object) -> DayEntry:
    return DayEntry(**{**{name: getattr(DAY, name) for name in DAY.__slots__}, **values})


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (DAY, ""),
        (changed(on=date(2026, 3, 9)), ""),  # today
        (changed(on=date(2026, 3, 8)), "reception_day.in_the_past"),
        (changed(leader_name=" "), "reception_day.incomplete"),
        (changed(place=""), "reception_day.incomplete"),
        (changed(until_time=None), "reception_day.half_a_time"),
        (changed(from_time=None, until_time=None), ""),
        (changed(until_time=time(9)), "reception_day.ends_before_it_begins"),
        (changed(capacity=-1), "reception_day.bad_capacity"),
    ],
)
def test_a_reception_day_says_who_receives_when_and_where(entry: DayEntry, code: str) -> None:
    assert refused(rules.check_day, entry, at=AT) == code


@pytest.mark.parametrize(
    ("entry", "booked", "reason", "code"),
    [
        (changed(place="二楼"), 4, "接待室检修", ""),
        (changed(place="二楼"), 0, "", "reception_day.reason_missing"),
        (changed(on=date(2026, 3, 11)), 0, "开会", ""),
        (changed(on=date(2026, 3, 11)), 1, "开会", "reception_day.has_bookings"),
        (changed(capacity=2), 2, "时间缩短", ""),
        (changed(capacity=2), 3, "时间缩短", "reception_day.capacity_taken"),
    ],
)
def test_a_change_has_its_reason_and_forgets_nobody_who_booked(
    entry: DayEntry, booked: int, reason: str, code: str
) -> None:
    assert refused(rules.check_day_change, DAY, entry, booked=booked, reason=reason) == code


@pytest.mark.parametrize(
    ("entry", "booked", "is_at_desk", "code"),
    [
        (DAY, 3, False, ""),  # the last place
        (DAY, 4, False, "booking.full"),
        (changed(capacity=0), 0, True, "booking.not_offered"),
        (changed(on=date(2026, 3, 9)), 0, False, "booking.too_late"),
        (changed(on=date(2026, 3, 9)), 0, True, ""),
        (changed(on=date(2026, 3, 8)), 0, True, "booking.too_late"),
    ],
)
def test_petitioners_book_until_the_day_before_and_the_desk_until_the_day(
    entry: DayEntry, booked: int, is_at_desk: bool, code: str
) -> None:
    assert refused(rules.check_bookable, entry, booked=booked, is_at_desk=is_at_desk, at=AT) == code


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, ""),
        ({"head_count": 5}, ""),
        ({"head_count": 6}, "booking.too_many_people"),
        ({"head_count": 0}, "booking.too_many_people"),
        ({"name": " "}, "booking.name_missing"),
        ({"phone": ""}, "phone.empty"),
        ({"phone": "139"}, "phone.bad_length"),
        ({"subject": ""}, "booking.subject_missing"),
        ({"subject": "水" * 60}, ""),
        ({"subject": "水" * 61}, "booking.subject_too_long"),
    ],
)
def test_a_booking_says_who_comes_about_what(values: dict[str, Any], code: str) -> None:
    entry = BookingEntry(**{"name": "马大山", "phone": "13912340001", "subject": "水费收缴标准", **values})
    assert refused(rules.check_booking, entry, allowed=5) == code


@pytest.mark.parametrize(("made", "code"), [(0, ""), (2, ""), (3, "booking.too_many")])
def test_one_source_books_three_times_a_day_at_most(made: int, code: str) -> None:
    assert refused(rules.check_source, made) == code


@pytest.mark.parametrize(
    ("entry", "times"),
    [
        (DAY, (time(9), time(9, 30), time(10), time(10, 30))),
        (changed(capacity=3), (time(9), time(9, 40), time(10, 20))),
        (changed(from_time=None, until_time=None), ()),
        (changed(capacity=0), ()),
    ],
)
def test_a_days_window_is_divided_among_its_bookings(entry: DayEntry, times: tuple[time, ...]) -> None:
    assert rules.slot_times(entry) == times


def test_a_booking_gets_the_first_free_time_and_a_cancelled_one_is_free_again() -> None:
    assert rules.free_slot(DAY, {time(9), time(10)}) == time(9, 30)
    assert rules.free_slot(DAY, set()) == time(9)
    assert rules.free_slot(changed(from_time=None, until_time=None), set()) is None


@pytest.mark.parametrize(
    ("values", "on", "code"),
    [
        ({}, date(2026, 3, 9), ""),
        ({}, date(2026, 3, 10), "reception.not_today"),
        ({"name": ""}, date(2026, 3, 9), "reception.name_missing"),
        ({"subject": ""}, date(2026, 3, 9), "reception.subject_missing"),
        ({"head_count": 0}, date(2026, 3, 9), "reception.nobody_came"),
        (
            {"head_count": 1, "representatives": ("甲", "乙")},
            date(2026, 3, 9),
            "reception.more_representatives_than_people",
        ),
        ({"phone": "12"}, date(2026, 3, 9), "phone.bad_length"),
    ],
)
def test_a_party_signs_in_on_its_day_with_name_and_subject(values: dict[str, Any], on: date, code: str) -> None:
    entry = ArrivalEntry(**{"name": "马大山", "subject": "水费", **values})
    assert refused(rules.check_arrival, entry, on=on, at=AT) == code


@pytest.mark.parametrize(
    ("now", "turn"),
    [
        (time(8, 50), ["甲", "丙", "乙", "丁"]),  # nobody's time is there: who signed in first
        (time(9), ["乙", "甲", "丙", "丁"]),  # the booked one at its time
        (time(9, 30), ["乙", "丁", "甲", "丙"]),  # the earlier booked time first
    ],
)
def test_whoever_booked_is_called_at_the_booked_time_and_the_others_as_they_came(now: time, turn: list[str]) -> None:
    waiting = [
        (Place(1, None), "甲"),
        (Place(4, time(9)), "乙"),
        (Place(2, None), "丙"),
        (Place(3, time(9, 30)), "丁"),
    ]
    assert rules.in_turn(waiting, now=now) == turn


@pytest.mark.parametrize(
    ("exchanges", "code"),
    [
        ([Exchange("反映什么事？", "水费收了两次。")], ""),
        ([], "reception.record_empty"),
        ([Exchange("反映什么事？", " ")], "reception.record_empty"),
        ([Exchange("", "水费收了两次。")], "reception.record_empty"),
    ],
)
def test_a_record_has_questions_and_answers(exchanges: list[Exchange], code: str) -> None:
    assert refused(rules.check_interview, exchanges) == code


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, ""),
        ({"exchanges": 0}, "reception.record_missing"),
        ({"was_read_back": False}, "reception.not_read_back"),
        ({"signed_by": " "}, "reception.not_signed"),
        ({"note": ""}, "reception.note_missing"),
    ],
)
def test_a_visit_is_registered_with_its_record_read_back_and_signed(values: dict[str, Any], code: str) -> None:
    signed = {"exchanges": 2, "was_read_back": True, "signed_by": "马大山", "note": "要求退还水费", **values}
    assert refused(rules.check_signed, **signed) == code


@pytest.mark.parametrize("now", ReceptionState)
def test_only_whoever_is_being_received_is_registered(now: ReceptionState) -> None:
    if now in ENDS_AS:
        assert rules.outcome_of(now) is ENDS_AS[now]
    else:
        assert refused(rules.outcome_of, now) == "reception.not_in"


@pytest.mark.parametrize("kind", Confidentiality)
def test_of_a_number_only_item_no_talk_is_written_down(kind: Confidentiality) -> None:
    expected = "reception.number_only" if kind is Confidentiality.NUMBER_ONLY else ""
    assert refused(rules.check_not_number_only, kind) == expected
