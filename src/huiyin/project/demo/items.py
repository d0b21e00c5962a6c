"""Items: the invented petitions of one whole year, always the same ones for the same seed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from huiyin.project.demo.office import Office
from huiyin.project.demo.topics import GIVEN_NAMES, SURNAMES, TOPICS, Topic

YEAR = 2025
# For units whose file names no handler.
SPARE_HANDLERS = ("赵永清", "周文斌", "吴秀芳")
PROOFS = {"": "", "邮寄": "挂号信回执", "当面送达": "送达回证本人签字", "电话告知": "通话记录"}
DISSATISFIED = ("办理时间太长", "答复与实际不符", "只解决了一部分", "没有当面说明")
REPEATS = 6
GROUP_VISITS = 11
JOINT_LETTERS = 7
GROUP_FROM = 5
SATURDAY = 5
HOLIDAYS = (
    (date(2024, 1, 1), date(2024, 1, 1)),
    (date(2024, 2, 10), date(2024, 2, 17)),
    (date(2024, 4, 4), date(2024, 4, 6)),
    (date(2024, 5, 1), date(2024, 5, 5)),
    (date(2024, 6, 8), date(2024, 6, 10)),
    (date(2024, 9, 15), date(2024, 9, 17)),
    (date(2024, 10, 1), date(2024, 10, 7)),
    (date(2025, 1, 1), date(2025, 1, 1)),
    (date(2025, 1, 28), date(2025, 2, 4)),
    (date(2025, 4, 4), date(2025, 4, 6)),
    (date(2025, 5, 1), date(2025, 5, 5)),
    (date(2025, 5, 31), date(2025, 6, 2)),
    (date(2025, 10, 1), date(2025, 10, 8)),
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
)


@dataclass(frozen=True, slots=True)
class Season:
    """One year of the office: what came by which channel, what leaders read, what people said of it.

    ``counts`` are the topics of which another number came than in the demonstration's own year. Letters and visits
    are the office's own promise, calls and the web are shown beside it.
    """

    year: int
    channels: Mapping[str, int]
    read_by_leaders: int
    evaluations: Mapping[str, int]
    counts: Mapping[str, int] = field(default_factory=dict)

    def count(self, topic: Topic) -> int:
        """Return how many items of a topic came."""
        return self.counts.get(topic.category, topic.count)


THIS = Season(
    year=YEAR,
    channels={"来信": 70, "来访": 54, "来电": 9, "网上信访": 8},
    read_by_leaders=53,
    evaluations={"满意": 58, "基本满意": 20, "不满意": 6},
)
# Fewer of what concentrates in the year after it: 水费、土地承包、草原、乱收费.
BEFORE = Season(
    year=YEAR - 1,
    channels={"来信": 63, "来访": 48, "来电": 8, "网上信访": 7},
    read_by_leaders=44,
    evaluations={"满意": 46, "基本满意": 18, "不满意": 6},
    counts={
        "农村农业/水利水电/水事纠纷": 9,
        "农村农业/水利水电/规划设计": 3,
        "农村农业/土地承包经营/土地承包": 11,
        "自然资源/草原管理/草原承包": 10,
        "市场监管/市场秩序/价格与收费监管": 9,
        "教育/教育收费/乱收费": 6,
        "劳动和社会保障/城乡居民社会保险/城乡居民养老保险": 8,
        "城乡建设/集体土地上房屋拆迁与补偿/安置补偿": 8,
        "劳动和社会保障/劳动关系/拖欠农民工工资": 8,
        "交通运输/建设管理/设施维护": 7,
        "政法/交通管理/道路交通事故处理": 7,
        "民政与应急/社会救助/农村低保": 7,
        "卫生健康/医政药政/医疗收费": 5,
        "农村农业/村务管理/村务公开": 2,
    },
)


@dataclass(frozen=True, slots=True)
class Item:
    """One petition as the paper ledger knows it."""

    number: str
    name: str
    people: int
    address: str
    phone: str
    place: str
    purpose: str
    category: str
    received_on: date
    registered_on: date
    due_on: date | None
    channel: str
    summary: str
    solved: bool
    is_first: bool
    gathering: str
    unit: str
    handler: str
    handler_phone: str
    assigned_on: date
    reported_on: date | None
    outcome: str
    replied_on: date | None
    reply_method: str
    proof: str
    leader: str
    satisfaction: str
    dissatisfaction: str
    registrar: str


def items_of_the_year(office: Office, *, seed: int = 141, every: int = 1, season: Season = THIS) -> list[Item]:
    """Return the year's petitions in the order of their days, numbered without a gap.

    A smaller office has a smaller year: it keeps every second, every third item and so on.
    """
    dice = Random(seed + YEAR - season.year)  # noqa: S311  # invented people, not secrets
    drawn = [
        _draw(dice, office, topic, position, season.year) for topic in TOPICS for position in range(season.count(topic))
    ]
    drawn = _spread_over_channels(dice, drawn, season)
    drawn = _gathered(dice, drawn)
    drawn = _repeated(dice, sorted(drawn, key=lambda item: (item.received_on, item.summary)))
    drawn = _read_by_leaders(dice, office, drawn, season)
    drawn = _evaluated(dice, drawn, season)
    return [replace(item, number=f"XF{season.year}{index:05d}") for index, item in enumerate(drawn[::every], start=1)]


def _draw(dice: Random, office: Office, topic: Topic, position: int, year: int) -> Item:
    """Return one item of the topic with its whole course."""
    solved = position >= topic.passed
    unit = office.unit(topic.unit)
    handlers = unit.handlers or SPARE_HANDLERS
    place = dice.choice(office.places)
    anonymous = position < topic.anonymous
    received = _working_day(date(year, 1, 2) + timedelta(days=dice.randrange(358)))
    registered = _working_day(received + timedelta(days=dice.choice((0, 0, 0, 1))))
    assigned = _working_day(registered + timedelta(days=dice.randrange(2, 9)))
    reported = _working_day(assigned + timedelta(days=dice.randrange(15, 58))) if solved else None
    replied = _working_day((reported or assigned) + timedelta(days=dice.randrange(1, 6)))
    method = "" if anonymous else dice.choice(("邮寄", "当面送达", "电话告知"))
    sentence = topic.sentences[position % len(topic.sentences)]
    return Item(
        number="",
        name="" if anonymous else dice.choice(SURNAMES) + dice.choice(GIVEN_NAMES),
        people=1,
        address="" if anonymous else f"{place}{dice.randrange(1, 9)}组",
        phone="" if anonymous else f"1390000{dice.randrange(10_000):04d}",
        place=place,
        purpose=topic.purpose,
        category=topic.category,
        received_on=received,
        registered_on=registered,
        due_on=assigned + timedelta(days=60) if solved else None,
        channel="",
        summary=sentence.format(place=place, number=dice.randrange(3, 19), money=dice.randrange(6, 240) * 50),
        solved=solved,
        is_first=True,
        gathering="否",
        unit=unit.name,
        handler=dice.choice(handlers),
        handler_phone=unit.phone,
        assigned_on=assigned,
        reported_on=reported,
        outcome=dice.choice(topic.outcomes) if solved else "",
        replied_on=None if anonymous else replied,
        reply_method=method,
        proof=PROOFS[method],
        leader="",
        satisfaction="",
        dissatisfaction="",
        registrar=dice.choice(office.registrars),
    )


def _working_day(day: date) -> date:
    """Return the day, or the first one after it on which the office is open."""
    while day.weekday() >= SATURDAY or any(first <= day <= last for first, last in HOLIDAYS):
        day += timedelta(days=1)
    return day


def _spread_over_channels(dice: Random, items: list[Item], season: Season) -> list[Item]:
    """Give every item its channel; the anonymous ones came by letter."""
    channels = [channel for channel, count in season.channels.items() for _ in range(count)]
    nameless = [item for item in items if not item.name]
    for _ in nameless:
        channels.remove("来信")
    dice.shuffle(channels)
    named = [item for item in items if item.name]
    return [replace(item, channel="来信") for item in nameless] + [
        replace(item, channel=channel) for item, channel in zip(named, channels, strict=True)
    ]


def _gathered(dice: Random, items: list[Item]) -> list[Item]:
    """Let some visits be groups and some letters have many signers."""
    changed = list(items)
    for channel, word, count in (("来访", "集体访", GROUP_VISITS), ("来信", "联名信", JOINT_LETTERS)):
        places = [index for index, item in enumerate(changed) if item.channel == channel and item.name]
        for index in dice.sample(places, count):
            changed[index] = replace(changed[index], gathering=word, people=dice.randrange(GROUP_FROM, 24))
    return changed


def _repeated(dice: Random, items: list[Item]) -> list[Item]:
    """Let some people come a second time with what they brought before."""
    changed = list(items)
    for index in dice.sample(range(len(items) // 2, len(items)), len(items) - len(items) // 2):
        repeats = sum(not item.is_first for item in changed)
        if repeats == REPEATS:
            break
        later = changed[index]
        earlier = next(
            (
                item
                for item in changed[:index]
                if item.category == later.category and item.is_first and item.name and item.gathering == "否"
            ),
            None,
        )
        if earlier and later.name and later.gathering == "否" and earlier.received_on < later.received_on:
            changed[index] = replace(
                later,
                is_first=False,
                name=earlier.name,
                address=earlier.address,
                phone=earlier.phone,
                place=earlier.place,
                summary=f"再次{earlier.summary}",
            )
    return changed


def _read_by_leaders(dice: Random, office: Office, items: list[Item], season: Season) -> list[Item]:
    """Let leaders receive or instruct as many items as they did, every group visit among them."""
    groups = [index for index, item in enumerate(items) if item.gathering == "集体访"]
    others = [index for index, item in enumerate(items) if item.gathering != "集体访"]
    chosen = {*groups, *dice.sample(others, season.read_by_leaders - len(groups))}
    return [
        replace(item, leader=dice.choice(office.leaders)) if index in chosen else item
        for index, item in enumerate(items)
    ]


def _evaluated(dice: Random, items: list[Item], season: Season) -> list[Item]:
    """Let most of those whose trouble was solved say what they think of it."""
    words = [word for word, count in season.evaluations.items() for _ in range(count)]
    solved = [index for index, item in enumerate(items) if item.solved]
    opinions = dict(zip(dice.sample(solved, len(words)), words, strict=True))
    changed = []
    for index, item in enumerate(items):
        opinion = opinions.get(index, "")
        reason = dice.choice(DISSATISFIED) if opinion == "不满意" else ""
        changed.append(replace(item, satisfaction=opinion, dissatisfaction=reason))
    return changed
