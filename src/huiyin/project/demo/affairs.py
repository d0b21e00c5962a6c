"""Affairs: what the office does beside its petitions: reception days, trainings, the yearly hearing, regulations."""

import secrets
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import partial

from huiyin.accounts.models import Staff
from huiyin.county.office.actions import hearings, regulations, trainings, units
from huiyin.county.office.actions.hearings import HearingEntry
from huiyin.county.office.actions.regulations import RegulationEntry
from huiyin.county.office.actions.trainings import TrainingEntry
from huiyin.county.office.models import ReceptionDay
from huiyin.county.office.rules import UnitEntry
from huiyin.county.office.states import Branch, HeardBy, RegulationKind
from huiyin.county.reception.actions import bookings, days, instructions, receptions
from huiyin.county.reception.actions.receptions import SignedRecord
from huiyin.county.reception.rules import ArrivalEntry, BookingEntry, DayEntry, Exchange, Wish
from huiyin.county.registry.actions.petitions import CODE_ALPHABET, CODE_LENGTH
from huiyin.kernel.calendar import SHANGHAI, local_day
from huiyin.project.demo import acts
from huiyin.project.demo.acts import SOURCE, Act, Way
from huiyin.project.demo.cast import Cast
from huiyin.project.demo.items import YEAR

PLACE = "县人大机关一楼接待室"
CAPACITY = 4
DAY_OF_MONTH = 10
TRAININGS = (
    TrainingEntry(
        held_on=date(YEAR, 4, 18),
        topic="《信访工作条例》和人大信访工作职责",
        teacher="县人大常委会法制工作室",
        participants="各乡镇人大、县直单位信访工作人员",
        head_count=64,
        place="县委党校报告厅",
    ),
    TrainingEntry(
        held_on=date(YEAR, 10, 23),
        topic="信访事项办理、答复和送达实务",
        teacher="县司法局法律顾问团",
        participants="各承办单位分管负责人和经办人",
        head_count=56,
        place="县政务中心三楼会议室",
    ),
)
HEARING = HearingEntry(
    heard_on=date(YEAR, 11, 27),
    heard_by=HeardBy.STANDING_COMMITTEE.value,
    meeting="县人大常委会全体会议",
    resolution="同意报告。围绕农业水费等集中反映的问题开展执法检查，对久拖不决的信访事项加强督办。",
)
REGULATIONS = (
    RegulationEntry(
        title="县人大常委会信访工作办法",
        kind=RegulationKind.OWN.value,
        issued_on=date(YEAR - 1, 3, 15),
        number=f"常发〔{YEAR - 1}〕6号",
        issuer="县人大常委会",
        text="分别受理、综合分析、统一交办、定期反馈、严格督查。\n"
        "来信来访件件登记、件件有人阅、件件交办、件件有回音。\n"
        "领导和各委员会的批示由信访办公室统一编号、统一交办。",
    ),
    RegulationEntry(
        title="信访接待日工作规程",
        kind=RegulationKind.PROCEDURE.value,
        issued_on=date(YEAR, 1, 6),
        number=f"常办〔{YEAR}〕2号",
        issuer="县人大常委会办公室",
        text="接待日安排提前在信访大厅和网上公布。\n来访可以预约，也可以当天签到候访。\n"
        "接谈须作笔录，宣读核对后由来访人签名；当场交办的，当日编号发出。",
    ),
)
EXCHANGES = (
    Exchange("今天来主要反映什么事？", "我们村的排涝泵站停了一个多月，低洼的三十多亩田一直积水。"),
    Exchange("以前向哪里反映过？", "向镇上说过两次，说要等配件，一直没有修。"),
    Exchange("有什么要求？", "尽快把泵站修好，积水造成的损失也请核定一下。"),
)


UPWARD = UnitEntry(
    name="市人大常委会信访室",
    branch=Branch.SUPERIOR.value,
    phone="0199-5550001",
    handlers=("向明远",),
)
RECORDED_AT = time(17, 0)


def past_records(cast: Cast) -> Iterator[tuple[datetime, Callable[[datetime], object]]]:
    """Yield what the office wrote down in earlier years, each with the evening on which it did."""
    by = cast.clerk
    for regulation in REGULATIONS:
        yield _evening(regulation.issued_on), partial(_add_regulation, regulation, by)
    yield (
        _evening(date(YEAR, 1, 6)),
        lambda at: units.add(code="city_congress", entry=UPWARD, by=cast.administrator, at=at),
    )
    for training in TRAININGS:
        yield _evening(training.held_on), partial(_record_training, training, by)
    yield _evening(HEARING.heard_on), lambda at: hearings.record(entry=HEARING, by=by, at=at)


def _evening(day: date) -> datetime:
    return datetime.combine(day, RECORDED_AT, SHANGHAI)


def _add_regulation(entry: RegulationEntry, by: Staff, at: datetime) -> None:
    regulations.add(entry=entry, file=None, by=by, at=at)


def _record_training(entry: TrainingEntry, by: Staff, at: datetime) -> None:
    trainings.record(entry=entry, by=by, at=at)


def train_this_year(way: Way, at: datetime) -> None:
    """登记培训: a class of this year, held on the day on which it is written down."""
    entry = TrainingEntry(
        held_on=local_day(at),
        topic="代录签收、反馈和逐项答复诉求",
        teacher="县人大常委会信访办公室",
        participants="没有账号的承办单位经办人",
        head_count=38,
        place=PLACE,
    )
    trainings.record(entry=entry, by=way.cast.clerk, at=at)


def coming_day(months: int) -> Act:
    """Return 安排接待日 of a coming month; leader and group head take turns."""

    def act(way: Way, at: datetime) -> None:
        leader = way.cast.leader if months % 2 else way.cast.group_head
        _arrange(way, way.days.months_ahead(months, DAY_OF_MONTH), leader, at=at)

    return act


def held_day(back: int) -> Act:
    """Return 安排接待日 for a day that is over by now."""

    def act(way: Way, at: datetime) -> None:
        _arrange(way, way.days.back(back), way.cast.leader, at=at)

    return act


def _arrange(way: Way, on: date, leader: Staff, *, at: datetime) -> None:
    """Put a day on the roster, unless that leader receives then already."""
    known = ReceptionDay.objects.filter(on=on, leader_name=leader.name, cancelled_at=None).first()
    entry = DayEntry(on, leader.name, PLACE, from_time=time(9), until_time=time(11, 30), capacity=CAPACITY)
    way.day_id = (known or days.add(entry=entry, leader=leader, by=way.cast.clerk, at=at)).pk


def book(way: Way, at: datetime) -> None:
    """预约: by the petitioner on the page."""
    matter = way.matter
    entry = BookingEntry(name=matter.name, phone=matter.phone, subject=matter.summary, head_count=matter.head_count)
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    bookings.book(day_id=way.day_id, entry=entry, code=code, source=SOURCE, at=at)


def sign_in(way: Way, at: datetime) -> None:
    """来访签到."""
    entry = ArrivalEntry(name=way.matter.name, phone=way.matter.phone, subject="排涝泵站停运，农田积水")
    way.reception_id = receptions.sign_in(day_id=way.day_id, entry=entry, by=way.cast.clerk, at=at).pk


def call(way: Way, at: datetime) -> None:
    """叫号."""
    receptions.call(reception_id=way.reception_id, by=way.cast.clerk, at=at)


def interview(way: Way, at: datetime) -> None:
    """接谈笔录."""
    receptions.interview(
        reception_id=way.reception_id,
        exchanges=EXCHANGES,
        promised="当场交县水务局，十五日内恢复泵站运行并告知结果。",
        by=way.cast.clerk,
        at=at,
    )


def register(way: Way, at: datetime) -> None:
    """接访登记: with the signed record, which counts as the leader's reading."""
    signed = SignedRecord(
        signed_by=way.matter.name,
        note=way.matter.note,
        scan=acts.scan_of(way),
        scan_name="接谈笔录.png",
        was_read_back=True,
    )
    done = receptions.register(
        reception_id=way.reception_id,
        registration=acts.registration_of(way.matter),
        signed=signed,
        query_code=way.query_code,
        by=way.cast.clerk,
        at=at,
    )
    way.petition_id = done.petition.pk


def instruct(way: Way, at: datetime) -> None:
    """登记批示: what the leader said while receiving."""
    row = instructions.record(
        petition_id=way.petition_id,
        wish=Wish("请县水务局十五日内恢复泵站运行，核定积水损失，结果告知来访群众。", way.matter.unit),
        leader=way.cast.leader,
        reception_id=way.reception_id,
        by=way.cast.clerk,
        at=at,
    )
    way.instruction_id = row.pk
