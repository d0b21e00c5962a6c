"""What may be put before a leader, what a leader may write, and how a reception day goes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.registry.states import Confidentiality, Origin, State
from huiyin.kernel.calendar import Calendar, local_day, show_day
from huiyin.kernel.identity import read_phone
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.words import Word

from .states import (
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

DESK = (Role.CLERK, Role.HEAD, Role.RESTRICTED)
LEADERS = (Role.LEADER, Role.GROUP_HEAD)
WORDS_LIMIT = 500
LINE_LIMIT = 60
BOOKINGS_A_DAY_PER_SOURCE = 3
REMIND_AFTER_WORKING_DAYS = 3
# Attempts that are refused and stand in the journal all the same (DOMAIN §4).
JOURNALED = frozenset(
    {"instruction.on_the_merits", "instruction.barred", "instruction.leader_barred", "instruction.not_named"}
)

Waiting = TypeVar("Waiting")
Moved = TypeVar("Moved", bound=Word)


@dataclass(frozen=True, slots=True)
class Wish:
    """批示: what a leader writes; of a petition in litigation only the route."""

    words: str = ""
    wanted_unit: str = ""
    due_on: date | None = None
    route: LegalRoute | None = None

    @property
    def text(self) -> str:
        """The words as they are kept."""
        return self.route.label if self.route else self.words.strip()


@dataclass(frozen=True, slots=True)
class DayEntry:
    """接待日: who receives, when, where, and how many parties may book."""

    on: date
    leader_name: str
    place: str
    from_time: time | None = None
    until_time: time | None = None
    capacity: int = 0


@dataclass(frozen=True, slots=True)
class BookingEntry:
    """预约: who wants to come, with how many, about what."""

    name: str
    phone: str
    subject: str
    head_count: int = 1


@dataclass(frozen=True, slots=True)
class ArrivalEntry:
    """签到: who came, with how many, who speaks for them."""

    name: str
    subject: str
    phone: str = ""
    head_count: int = 1
    representatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of the record and its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a party stands in the queue: its turn of signing in, and its booked time."""

    position: int
    booked_time: time | None


def check_may_put(by: Person) -> None:
    """Refuse whoever does not put petitions before a leader."""
    check_has_role(by, *DESK, act="送阅")


def check_may_instruct(by: Person) -> None:
    """Refuse whoever is no leader."""
    check_has_role(by, *LEADERS, act="阅批")


def check_may_record(by: Person) -> None:
    """Refuse whoever may neither instruct nor take down what a leader said or wrote on paper."""
    check_has_role(by, *LEADERS, *DESK, act="登记批示")


def check_may_carry_out(by: Person) -> None:
    """Refuse whoever does not carry instructions out: they pass through the office (统一交办)."""
    check_has_role(by, *DESK, act="落实批示")


def check_may_keep_roster(by: Person) -> None:
    """Refuse whoever does not arrange reception days."""
    check_has_role(by, *DESK, act="安排接待日")


def check_may_receive(by: Person) -> None:
    """Refuse whoever does not work at the desk on a reception day."""
    check_has_role(by, *DESK, act="接待来访")


may_put = may(check_may_put)
may_instruct = may(check_may_instruct)
may_record = may(check_may_record)
may_carry_out = may(check_may_carry_out)
may_keep_roster = may(check_may_keep_roster)
may_receive = may(check_may_receive)


def _check_move(now: Moved, then: Moved, ways: Collection[Moved], *, noun: str) -> None:
    if then not in ways:
        raise Refusal(f"{noun}.bad_move", f"{now.label}的不能转为{then.label}", now=now.value, then=then.value)


def check_instruction_move(now: InstructionState, then: InstructionState) -> None:
    """Refuse a move that the table of instructions does not have."""
    _check_move(now, then, INSTRUCTION_MOVES[now], noun="instruction")


def check_booking_move(now: BookingState, then: BookingState) -> None:
    """Refuse a move that the table of bookings does not have."""
    _check_move(now, then, BOOKING_MOVES[now], noun="booking")


def check_reception_move(now: ReceptionState, then: ReceptionState) -> None:
    """Refuse a move that the table of receptions does not have."""
    _check_move(now, then, RECEPTION_MOVES[now], noun="reception")


def check_leader(leader: Person, *, is_active: bool) -> None:
    """Refuse to put anything before somebody who is no leader of the standing committee."""
    if not is_active or not leader.role_set & frozenset(LEADERS):
        raise Refusal("instruction.no_leader", "请选择常委会领导或领导小组组长")


def check_put(reason: PutReason, *, is_urgent: bool, is_group: bool, origin: Origin, state: State) -> None:
    """Refuse a reason that the petition itself does not bear out."""
    fits = {
        PutReason.URGENT: is_urgent,
        PutReason.GROUP: is_group,
        PutReason.SUPERIOR: origin in {Origin.SUPERIOR, Origin.LEADER, Origin.INSPECTION_TEAM},
        PutReason.PROPOSAL: state in {State.CLASSIFIED, State.PROPOSED},
        PutReason.IMPORTANT: True,
    }
    if not fits[reason]:
        words = {
            PutReason.URGENT: "本件没有标记重大紧急",
            PutReason.GROUP: "本件不是集体来访",
            PutReason.SUPERIOR: "本件不是上级或领导交来的",
            PutReason.PROPOSAL: "本件还没有归类拟办",
        }
        raise Refusal("instruction.reason_does_not_fit", f"{words[reason]}，请另选送阅理由")


def check_leader_is_named(*, is_sealed: bool, is_named: bool, may_see: bool) -> None:
    """Refuse to put a petition before a leader who is recused, accused, or not the one named on it (DOMAIN §6)."""
    if is_sealed and not is_named:
        raise Refusal("instruction.not_named", "检举控告件只能送本件指定的领导阅批")
    if not may_see:
        raise Refusal("instruction.leader_barred", "该领导须回避本件，不能送阅")


def check_wish(wish: Wish, *, is_litigation: bool, at: datetime) -> None:
    """Refuse an instruction without words, beyond its length, with a day that is over, or on the merits of a case.

    What is pending in court goes into its own procedure: only the route may be said (DOMAIN §4, 涉法涉诉).
    """
    if is_litigation and (wish.route is None or wish.words.strip() or wish.wanted_unit or wish.due_on):
        raise Refusal("instruction.on_the_merits", "涉法涉诉件不得就案件实体作批示，只能从依法处理的几项中选择")
    if not is_litigation and wish.route is not None:
        raise Refusal("instruction.no_litigation", "本件不是涉法涉诉件，请写批示内容")
    if not wish.text:
        raise Refusal("instruction.words_missing", "请写批示内容；只阅不批请选“已阅”")
    if len(wish.text) > WORDS_LIMIT:
        raise Refusal("instruction.words_too_long", f"批示不超过{WORDS_LIMIT}字")
    if wish.due_on is not None and wish.due_on <= local_day(at):
        raise Refusal("instruction.due_in_the_past", f"办理期限{show_day(wish.due_on)}须晚于今天")


def check_withdrawal(reason: str) -> None:
    """Refuse to take a petition back from a leader without saying why."""
    if not reason.strip():
        raise Refusal("instruction.withdrawal_reason_missing", "撤回须写明原因")


def check_carried_out(*, has_assignment: bool, outcome: str) -> None:
    """Refuse to call an instruction carried out without an assignment or words about what was done instead."""
    if not has_assignment and not outcome.strip():
        raise Refusal("instruction.outcome_missing", "没有交办的，请写明怎样落实的")


def remind_on(written_on: date, calendar: Calendar) -> date:
    """Return the day from which the office is reminded of an instruction that nobody has carried out."""
    return calendar.add_working_days(written_on, REMIND_AFTER_WORKING_DAYS)


def printed_due_on(wanted: date | None, *, regular: date) -> date | None:
    """Return the leader's day where it goes on the letter: it wins when it is earlier (DOMAIN §5)."""
    return wanted if wanted is not None and wanted < regular else None


def check_day(entry: DayEntry, *, at: datetime) -> None:
    """Refuse a reception day without leader or place, one that is over, or one that ends before it begins."""
    if not entry.leader_name.strip() or not entry.place.strip():
        raise Refusal("reception_day.incomplete", "请填写接待领导和地点")
    if entry.on < local_day(at):
        raise Refusal("reception_day.in_the_past", f"接待日{show_day(entry.on)}已经过去")
    if (entry.from_time is None) != (entry.until_time is None):
        raise Refusal("reception_day.half_a_time", "开始和结束时间请一并填写")
    if entry.from_time is not None and entry.until_time is not None and entry.from_time >= entry.until_time:
        raise Refusal("reception_day.ends_before_it_begins", "结束时间须晚于开始时间")
    if entry.capacity < 0:
        raise Refusal("reception_day.bad_capacity", "预约批数不能是负数")


def check_day_change(before: DayEntry, entry: DayEntry, *, booked: int, reason: str) -> None:
    """Refuse a change without reason, of the day itself while people count on it, or to fewer places than are taken."""
    if not reason.strip():
        raise Refusal("reception_day.reason_missing", "改动须写明原因")
    if booked and entry.on != before.on:
        raise Refusal("reception_day.has_bookings", f"已有{booked}批预约，不能改日期；请取消本日后另行安排并逐一通知")
    if booked > entry.capacity:
        raise Refusal("reception_day.capacity_taken", f"已有{booked}批预约，预约批数不能少于{booked}")


def check_cancellation(reason: str) -> None:
    """Refuse to cancel without saying why."""
    if not reason.strip():
        raise Refusal("reception_day.reason_missing", "取消须写明原因")


def check_day_stands(*, is_cancelled: bool) -> None:
    """Refuse any further act on a day that was cancelled."""
    if is_cancelled:
        raise Refusal("reception_day.cancelled", "这个接待日已经取消")


def check_bookable(entry: DayEntry, *, booked: int, is_at_desk: bool, at: datetime) -> None:
    """Refuse a booking on a day that takes none, that is full, or that has begun; the desk books up to the day."""
    today = local_day(at)
    if entry.capacity == 0:
        raise Refusal("booking.not_offered", "这个接待日不接受预约，可以当天到场登记")
    if entry.on < today or (entry.on == today and not is_at_desk):
        raise Refusal("booking.too_late", "预约须在接待日的前一天以前；当天可以直接到场登记")
    if booked >= entry.capacity:
        raise Refusal("booking.full", "这个接待日已经约满，请选另一天，或当天到场登记")


def check_booking(entry: BookingEntry, *, allowed: int) -> None:
    """Refuse a booking without name, phone or subject, or by more people than may come in (R22 §20)."""
    if not entry.name.strip():
        raise Refusal("booking.name_missing", "请填写姓名")
    read_phone(entry.phone)
    if not entry.subject.strip():
        raise Refusal("booking.subject_missing", "请用一句话写明要反映什么")
    if len(entry.subject) > LINE_LIMIT:
        raise Refusal("booking.subject_too_long", f"事由不超过{LINE_LIMIT}字，详细情况当面说")
    if not 1 <= entry.head_count <= allowed:
        raise Refusal("booking.too_many_people", f"同来的人不超过{allowed}人；人多的请推选代表")


def check_source(made_today: int) -> None:
    """Refuse more bookings of one day from one source than a person needs."""
    if made_today >= BOOKINGS_A_DAY_PER_SOURCE:
        raise Refusal("booking.too_many", "今天从这里预约的次数已满，请明天再约，或打电话到信访办公室")


def check_phone_is_free(*, is_booked: bool) -> None:
    """Refuse a second booking of the same phone on the same day."""
    if is_booked:
        raise Refusal("booking.twice", "这个电话已经约了这一天")


def slot_times(entry: DayEntry) -> tuple[time, ...]:
    """Return the times that a day's window gives to its bookings, in equal parts, each to the minute."""
    if entry.from_time is None or entry.until_time is None:
        return ()
    begin = datetime.combine(entry.on, entry.from_time)
    window = datetime.combine(entry.on, entry.until_time) - begin
    return tuple(
        (begin + timedelta(minutes=int(window.total_seconds() // 60 * place / entry.capacity))).time()
        for place in range(entry.capacity)
    )


def free_slot(entry: DayEntry, taken: Collection[time | None]) -> time | None:
    """Return the first time of the day that nobody has booked; None where the day has no times."""
    left = [slot for slot in slot_times(entry) if slot not in taken]
    return left[0] if left else None


def check_arrival(entry: ArrivalEntry, *, on: date, at: datetime) -> None:
    """Refuse a signing-in on another day, by nobody, without a name or a word about what it is about."""
    if on != local_day(at):
        raise Refusal("reception.not_today", f"接待日是{show_day(on)}，只能在当天签到")
    if not entry.name.strip():
        raise Refusal("reception.name_missing", "请填写来访人姓名；不愿留名的写“匿名”")
    if not entry.subject.strip():
        raise Refusal("reception.subject_missing", "请填写来访事由")
    if entry.head_count < 1:
        raise Refusal("reception.nobody_came", "来访人数至少为1人")
    if len(entry.representatives) > entry.head_count:
        raise Refusal("reception.more_representatives_than_people", "代表不能多于来访人数")
    if entry.phone:
        read_phone(entry.phone)


def in_turn(waiting: Iterable[tuple[Place, Waiting]], *, now: time) -> list[Waiting]:
    """Return the waiting in the order in which they are called.

    Whoever booked comes first once the booked time is there, the earlier time first; the others come in the order of
    signing in, and whoever booked and came early waits until the time, behind those who are there without a booking.
    """

    def key(pair: tuple[Place, Waiting]) -> tuple[int, time, int]:
        place = pair[0]
        if place.booked_time is not None and place.booked_time <= now:
            return (0, place.booked_time, place.position)
        return (2, place.booked_time, place.position) if place.booked_time else (1, time.min, place.position)

    return [one for _, one in sorted(waiting, key=key)]


def check_nobody_is_in(*, is_someone_called: bool) -> None:
    """Refuse to call a second party in while one is being received."""
    if is_someone_called:
        raise Refusal("reception.somebody_is_in", "正在接谈一批来访，请先记下结果再叫下一批")


def check_end(reason: str) -> None:
    """Refuse to let a party go, or to hand it over, without a word about why."""
    if not reason.strip():
        raise Refusal("reception.reason_missing", "请写明原因")


def check_interview(exchanges: Collection[Exchange]) -> None:
    """Refuse a record without a question and its answer."""
    if not exchanges or any(not one.question.strip() or not one.answer.strip() for one in exchanges):
        raise Refusal("reception.record_empty", "笔录至少有一问一答，问和答都要写")


def check_signed(*, exchanges: int, was_read_back: bool, signed_by: str, note: str) -> None:
    """Refuse to register a visit whose record was not taken, not read back, or not signed (DOMAIN §4, 已接谈)."""
    if not exchanges:
        raise Refusal("reception.record_missing", "请先记接谈笔录")
    if not was_read_back:
        raise Refusal("reception.not_read_back", "笔录须宣读或交来访人核对")
    if not signed_by.strip():
        raise Refusal("reception.not_signed", "请写明签名人；拒绝签名的写明情况")
    if not note.strip():
        raise Refusal("reception.note_missing", "请写明接谈情况")


def check_not_number_only(confidentiality: Confidentiality) -> None:
    """Refuse a 密件 whose talk is written down: of it only the number is kept (DOMAIN §6)."""
    if confidentiality is Confidentiality.NUMBER_ONLY:
        raise Refusal("reception.number_only", "密件不作接谈登记，由保密专人另行登记")


def outcome_of(now: ReceptionState) -> ReceptionState:
    """Return as what a party that is being received ends; refuse where nobody is receiving it."""
    if now not in ENDS_AS:
        raise Refusal("reception.not_in", f"{now.label}的来访不能登记，请先叫号或转信访办", now=now.value)
    return ENDS_AS[now]
