"""Stories: the petitions of the living year, each with its acts and the working day before today on which each is done.

One petition for every standing that a county office knows, so that each screen has something to show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from huiyin.county.assignment.states import ReturnReason
from huiyin.county.reception.states import PutReason
from huiyin.county.registry.states import Channel, Jurisdiction
from huiyin.county.reply.states import Satisfaction
from huiyin.project.demo import acts, affairs, matters, unit_acts
from huiyin.project.demo.acts import Act, Matter

FOLLOWED = "canal"


@dataclass(frozen=True, slots=True)
class Step:
    """One act, so many working days before today, at this time of day."""

    back: int
    at: time
    act: Act


@dataclass(frozen=True, slots=True)
class Story:
    """One petition: its key among the others, what it is about, and its acts in order."""

    key: str
    matter: Matter
    steps: tuple[Step, ...]


def _steps(*told: tuple[int, int, int, Act]) -> tuple[Step, ...]:
    return tuple(Step(back, time(hour, minute), act) for back, hour, minute, act in told)


def _opened(matter: Matter, back: int, *, classified: Act | None = None) -> tuple[Step, ...]:
    """Return the office's own steps: received, registered and read on one day, classified on the next."""
    has_original = matter.channel in {Channel.LETTER, Channel.WALK_IN}
    scanned = _steps((back, 10, 20, acts.attach_original)) if has_original else ()
    return (
        *_steps((back, 9, 5, acts.receive), (back, 10, 0, acts.register)),
        *scanned,
        *_steps((back, 15, 10, acts.read), (back - 1, 9, 30, classified or acts.classify())),
    )


def _given(matter: Matter, back: int, *, due_ahead: int = 0) -> tuple[Step, ...]:
    """Return the steps up to the telling: assigned on the third day, signed on the fourth, told three days later."""
    return (
        *_opened(matter, back),
        *_steps(
            (back - 2, 14, 0, unit_acts.assign(due_ahead=due_ahead)),
            (back - 3, 10, 40, unit_acts.sign),
            (back - 6, 11, 0, unit_acts.tell),
        ),
    )


def _answered(matter: Matter, told: unit_acts.Told, back: int, *, days: int) -> tuple[Step, ...]:
    """Return the steps up to the report, which comes so many working days after the receipt."""
    return (
        *_given(matter, back),
        *_steps((back - days, 9, 40, unit_acts.attach_reply), (back - days, 10, 30, unit_acts.report(told))),
    )


def _closed(matter: Matter, told: unit_acts.Told, text: str, back: int) -> tuple[Step, ...]:
    """Return the steps up to the closing, twenty-nine working days after the receipt."""
    return (
        *_answered(matter, told, back, days=20),
        *_steps(
            (back - 22, 9, 20, unit_acts.verify),
            (back - 23, 10, 0, unit_acts.reply(text)),
            (back - 26, 16, 0, unit_acts.deliver("挂号信回执，本人签收")),
            (back - 29, 9, 0, unit_acts.close),
        ),
    )


def stories() -> Iterator[Story]:
    """Yield every petition of the living year."""
    yield from _at_the_desk()
    yield from _with_leaders()
    yield from _with_units()
    yield from _coming_back()
    yield from _on_reception_days()


def _at_the_desk() -> Iterator[Story]:
    """Yield what the office has on its own table."""
    yield Story("envelope", matters.ENVELOPE, _steps((0, 8, 50, acts.receive)))
    yield Story("urgent", matters.URGENT, _steps((0, 8, 40, acts.receive), (0, 8, 45, acts.call_urgent)))
    yield Story("page", matters.PAGE, _steps((1, 15, 30, acts.send_by_page), (1, 16, 10, acts.register)))
    yield Story("read", matters.READ, _opened(matters.READ, 1)[:-1])
    yield Story("classified", matters.CLASSIFIED, _opened(matters.CLASSIFIED, 2))
    yield Story(
        "guided",
        matters.GUIDED,
        (
            *_opened(matters.GUIDED, 6, classified=acts.classify(jurisdiction=Jurisdiction.ELSEWHERE)),
            *_steps((2, 10, 0, unit_acts.guide(matters.GUIDED_TO, matters.GUIDED_HOW))),
        ),
    )
    yield Story(
        "repeat",
        matters.REPEAT,
        (
            *_steps(
                (3, 9, 15, acts.receive),
                (3, 10, 5, acts.register_repeat(FOLLOWED)),
                (3, 10, 6, unit_acts.remind_of_repeat),
                (3, 10, 25, acts.attach_original),
                (3, 15, 20, acts.read),
                (2, 9, 45, acts.classify(repeats=FOLLOWED)),
                (2, 10, 15, unit_acts.merge(FOLLOWED)),
            ),
        ),
    )
    yield Story(
        "sealed",
        matters.SEALED,
        _steps(
            (5, 9, 10, acts.receive),
            (5, 11, 0, acts.register_sealed),
            (5, 11, 10, acts.attach_original),
            (5, 16, 0, acts.read),
            (4, 9, 0, acts.classify()),
            (4, 9, 10, acts.name_leader),
        ),
    )
    yield Story(
        "number_only", matters.NUMBER_ONLY, _steps((2, 9, 40, acts.receive), (2, 10, 10, acts.register_number_only))
    )


def _with_leaders() -> Iterator[Story]:
    """Yield what a head or leader has before them, and what a leader wrote."""
    yield Story(
        "proposed",
        matters.PROPOSED,
        (
            *_opened(matters.PROPOSED, 3),
            *_steps(
                (1, 10, 30, unit_acts.propose),
                (1, 11, 30, unit_acts.put_before_group_head(PutReason.GROUP, "集体来访，代表人数符合规定，请阅示")),
            ),
        ),
    )
    yield Story(
        "put",
        matters.PUT,
        (
            *_opened(matters.PUT, 3),
            *_steps((1, 11, 0, unit_acts.put_before_leader(PutReason.SUPERIOR, "上级要求反馈办理结果，请阅示"))),
        ),
    )
    yield Story(
        "to_carry_out",
        matters.TO_CARRY_OUT,
        (
            *_opened(matters.TO_CARRY_OUT, 4, classified=acts.classify(wants_leader=True)),
            *_steps(
                (2, 11, 10, unit_acts.put_before_group_head(PutReason.IMPORTANT, "涉及收费，多个村有反映，请阅示")),
                (1, 17, 10, unit_acts.instruct_as_group_head(matters.TO_CARRY_OUT_WORDS, due_ahead=20)),
            ),
        ),
    )
    yield Story(
        "instructed",
        matters.INSTRUCTED,
        (
            *_opened(matters.INSTRUCTED, 16, classified=acts.classify(wants_leader=True)),
            *_steps(
                (15, 15, 0, acts.review),
                (14, 9, 30, unit_acts.put_before_leader(PutReason.IMPORTANT, "反映问题涉及学生安全，请阅示")),
                (14, 16, 30, unit_acts.instruct(matters.INSTRUCTION, due_ahead=15)),
                (13, 9, 30, unit_acts.assign(due_ahead=15, by_instruction=True)),
                (13, 9, 40, unit_acts.carry_out),
                (12, 10, 0, unit_acts.sign),
                (9, 15, 0, unit_acts.tell),
            ),
        ),
    )


def _with_units() -> Iterator[Story]:
    """Yield what stands with a unit."""
    unsigned = (*_opened(matters.UNSIGNED, 8), *_steps((6, 14, 0, unit_acts.assign())))
    yield Story("unsigned", matters.UNSIGNED, unsigned)
    yield Story(
        FOLLOWED,
        matters.CANAL,
        (
            *_given(matters.CANAL, 24),
            *_steps(
                (9, 10, 0, unit_acts.go_on(matters.CANAL_PROGRESS)),
                (1, 14, 20, acts.supplement(matters.CANAL_SUPPLEMENT)),
            ),
        ),
    )
    yield Story(
        "near",
        matters.NEAR,
        (*_given(matters.NEAR, 15, due_ahead=2), *_steps((1, 16, 40, unit_acts.draft(matters.NEAR_DRAFT)))),
    )
    yield Story(
        "disputed",
        matters.DISPUTED,
        (
            *_opened(matters.DISPUTED, 5),
            *_steps(
                (3, 14, 0, unit_acts.assign()),
                (1, 9, 50, unit_acts.object_to(matters.OBJECTION)),
            ),
        ),
    )
    yield Story(
        "longer",
        matters.LONGER,
        (
            *_given(matters.LONGER, 26),
            *_steps(
                (10, 15, 0, unit_acts.go_on("已委托有资质的机构对末级渠道逐段测量，正在核对各户实际用水量。")),
                (1, 10, 10, unit_acts.ask_for_time(15, "末级渠道测量尚未完成，需要补测三段")),
            ),
        ),
    )
    yield Story(
        "overseen",
        matters.OVERSEEN,
        (
            *_given(matters.OVERSEEN, 56),
            *_steps(
                (35, 10, 0, unit_acts.go_on("已调取近三年水费票据，正在与村组核对。")),
                (16, 10, 0, unit_acts.go_on("部分票据缺失，正在与收费人员核实。")),
                (7, 9, 30, unit_acts.remind("已超过报结期限，请抓紧办理并书面说明原因。", due_back=4)),
                (3, 9, 30, unit_acts.write_oversight_letter(matters.OVERSIGHT, due_ahead=6)),
            ),
        ),
    )


def _coming_back() -> Iterator[Story]:
    """Yield what a unit has reported, up to the closing and what the petitioner says of it."""
    weak = (*_given(matters.WEAK, 28), *_steps((2, 10, 30, unit_acts.report(matters.WEAK_TOLD))))
    yield Story("reported", matters.WEAK, weak)
    yield Story(
        "returned",
        matters.RETURNED,
        (
            *_given(matters.RETURNED, 27),
            *_steps(
                (8, 10, 0, unit_acts.report(matters.RETURNED_TOLD)),
                (4, 15, 0, _returned_for_facts()),
            ),
        ),
    )
    verified = (*_answered(matters.VERIFIED, matters.VERIFIED_TOLD, 27, days=19), *_steps((3, 9, 30, unit_acts.verify)))
    yield Story("verified", matters.VERIFIED, verified)
    yield Story(
        "replied",
        matters.REPLIED,
        (
            *_answered(matters.REPLIED, matters.REPLIED_TOLD, 26, days=18),
            *_steps(
                (5, 9, 30, unit_acts.verify),
                (1, 14, 30, unit_acts.reply(matters.REPLIED_TEXT)),
            ),
        ),
    )
    yield Story(
        "satisfied",
        matters.SATISFIED,
        (
            *_closed(matters.SATISFIED, matters.SATISFIED_TOLD, matters.SATISFIED_TEXT, 45),
            *_steps((12, 19, 30, unit_acts.evaluate(Satisfaction.SATISFIED))),
        ),
    )
    yield Story(
        "dissatisfied",
        matters.DISSATISFIED,
        (
            *_closed(matters.DISSATISFIED, matters.DISSATISFIED_TOLD, matters.DISSATISFIED_TEXT, 38),
            *_steps((2, 20, 15, unit_acts.evaluate(Satisfaction.DISSATISFIED, matters.DISSATISFACTION))),
        ),
    )


def _on_reception_days() -> Iterator[Story]:
    """Yield a party that a leader received, with what was assigned on the spot, and one that has booked."""
    yield Story(
        "received",
        matters.RECEIVED,
        _steps(
            (20, 10, 0, affairs.held_day(10)),
            (10, 9, 5, affairs.sign_in),
            (10, 9, 20, affairs.call),
            (10, 9, 45, affairs.interview),
            (10, 10, 0, affairs.register),
            (10, 10, 5, affairs.instruct),
            (10, 10, 20, acts.classify()),
            (10, 10, 40, unit_acts.assign(by_instruction=True)),
            (10, 10, 45, unit_acts.carry_out),
            (9, 9, 30, unit_acts.sign),
            (8, 15, 0, unit_acts.tell),
        ),
    )
    yield Story(
        "booked",
        matters.BOOKED,
        _steps(
            (9, 11, 3, affairs.coming_day(3)),
            (9, 11, 4, affairs.coming_day(2)),
            (9, 11, 5, affairs.coming_day(1)),
            (4, 20, 5, affairs.book),
            (30, 17, 0, affairs.train_this_year),
        ),
    )


def _returned_for_facts() -> Act:
    return unit_acts.return_report(
        "请补充近两年收费台账和退款收据，并说明第二项诉求的处理依据。",
        ReturnReason.FACTS_UNCLEAR,
        ReturnReason.BASIS_MISSING,
    )
