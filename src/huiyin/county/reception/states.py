"""Words of leaders and receptions: how an instruction, a booking and a party of visitors move."""

from collections.abc import Mapping

from huiyin.kernel.words import Word


class PutReason(Word):
    """送阅理由: why a petition is put before a leader."""

    URGENT = "urgent", "重大紧急"
    GROUP = "group", "集体来访"
    SUPERIOR = "superior", "上级交办"
    PROPOSAL = "proposal", "拟办请批"
    IMPORTANT = "important", "重要来信来访"


class InstructionState(Word):
    """批示状态: where a petition that was put before a leader stands with him."""

    PUT = "put", "待阅批"
    READ = "read", "已阅"
    TO_CARRY_OUT = "to_carry_out", "待落实"
    CARRIED_OUT = "carried_out", "已落实"
    WITHDRAWN = "withdrawn", "已撤回"


INSTRUCTION_MOVES: Mapping[InstructionState, frozenset[InstructionState]] = {
    InstructionState.PUT: frozenset({InstructionState.READ, InstructionState.TO_CARRY_OUT, InstructionState.WITHDRAWN}),
    InstructionState.READ: frozenset({InstructionState.TO_CARRY_OUT}),
    InstructionState.TO_CARRY_OUT: frozenset({InstructionState.CARRIED_OUT}),
    InstructionState.CARRIED_OUT: frozenset(),
    InstructionState.WITHDRAWN: frozenset(),
}
WRITTEN = frozenset({InstructionState.TO_CARRY_OUT, InstructionState.CARRIED_OUT})


class LegalRoute(Word):
    """What a leader may say of a petition in litigation: where it goes, nothing on the merits."""

    JUDICIAL = "judicial", "依法导入司法程序，由司法机关依法处理"
    POLITICAL_LEGAL = "political_legal", "转同级政法机关依法处理，并书面引导信访人"
    GUIDE = "guide", "引导信访人依照法定程序提出，做好解释工作"


class BookingState(Word):
    """预约状态."""

    BOOKED = "booked", "已预约"
    ARRIVED = "arrived", "已到访"
    CANCELLED = "cancelled", "已取消"


BOOKING_MOVES: Mapping[BookingState, frozenset[BookingState]] = {
    BookingState.BOOKED: frozenset({BookingState.ARRIVED, BookingState.CANCELLED}),
    BookingState.ARRIVED: frozenset(),
    BookingState.CANCELLED: frozenset(),
}


class ReceptionState(Word):
    """接访状态: where a party that came on a reception day stands."""

    WAITING = "waiting", "候访"
    CALLED = "called", "正在接谈"
    HANDED_OVER = "handed_over", "转信访办接谈"
    RECEIVED = "received", "领导已接访"
    RECEIVED_BY_OFFICE = "received_by_office", "信访办已接谈"
    LEFT = "left", "已离开"


RECEPTION_MOVES: Mapping[ReceptionState, frozenset[ReceptionState]] = {
    ReceptionState.WAITING: frozenset({ReceptionState.CALLED, ReceptionState.HANDED_OVER, ReceptionState.LEFT}),
    ReceptionState.CALLED: frozenset(
        {ReceptionState.WAITING, ReceptionState.RECEIVED, ReceptionState.HANDED_OVER, ReceptionState.LEFT}
    ),
    ReceptionState.HANDED_OVER: frozenset({ReceptionState.RECEIVED_BY_OFFICE, ReceptionState.LEFT}),
    ReceptionState.RECEIVED: frozenset(),
    ReceptionState.RECEIVED_BY_OFFICE: frozenset(),
    ReceptionState.LEFT: frozenset(),
}
# 谁在接谈：领导接的算领导接访，转信访办的不算。
ENDS_AS: Mapping[ReceptionState, ReceptionState] = {
    ReceptionState.CALLED: ReceptionState.RECEIVED,
    ReceptionState.HANDED_OVER: ReceptionState.RECEIVED_BY_OFFICE,
}
REGISTERED = frozenset(ENDS_AS.values())
