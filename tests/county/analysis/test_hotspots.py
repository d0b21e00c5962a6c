"""热点 from the register: matters by class, tag, place, unit and statute, as of a moment; the rule; the early word."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huiyin.county.analysis import actions, hotspots
from huiyin.county.analysis.hotspot_models import HotspotThreshold
from huiyin.county.analysis.hotspot_rules import HotspotRule
from huiyin.county.analysis.hotspot_states import HotspotKind, Verdict
from huiyin.county.analysis.hotspots import Scope
from huiyin.county.assignment.actions import dispositions
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.office.replay import replay
from huiyin.county.registry.actions import classifications, petitions, receipts, secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import Channel, Purpose, Recurrence
from huiyin.kernel.periods import Period, year
from huiyin.kernel.refusal import Refusal

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 6, 30, 18, tzinfo=SHANGHAI)
Made = Callable[..., Petition]


@pytest.fixture
def a_letter(people: Any) -> Made:
    """Register and classify a call of a day; ``repeats`` makes it one more of an earlier matter."""

    def made(on: date, name: str, *, repeats: Petition | None = None, place: str = "", **values: Any) -> Petition:
        at = datetime(on.year, on.month, on.day, 9, tzinfo=SHANGHAI)
        receipt = receipts.take_receipt(channel=Channel.PHONE, received_on=on, by=people.clerk, at=at, sender=name)
        registration = Registration(summary=f"{name}反映水费", name=name, place=place)
        row = petitions.register(receipt_id=receipt.pk, registration=registration, by=people.clerk, at=at).petition
        petitions.read(petition_id=row.pk, note="已阅", by=people.clerk, at=at)
        facts: dict[str, Any] = {"category_code": "0110", "category_path": "农村农业/水利水电", **values}
        decided = Classification(
            purpose=Purpose.CLAIM,
            recurrence=Recurrence.REPEAT if repeats else Recurrence.FIRST,
            repeats_id=repeats.pk if repeats else None,
            **facts,
        )
        return petitions.classify(petition_id=row.pk, classification=decided, by=people.clerk, at=at)

    return made


@pytest.fixture
def water(a_letter: Made) -> list[Petition]:
    """农业水费: two matters in the first half of 2025, three in that of 2026, one of them with three letters."""
    for place in range(2):
        a_letter(date(2025, 1, 10 + place), f"旧户{place}", tags=("irrigation_fee",))
    found = [a_letter(date(2026, 3, 2 + place), f"水户{place}", tags=("irrigation_fee",)) for place in range(3)]
    for turn in range(2):
        again = a_letter(date(2026, 4, 2 + turn), "水户0", repeats=found[0], tags=("irrigation_fee",))
        assert again.matter_id == found[0].matter_id
    return found


def test_letters_of_one_matter_are_one_and_the_year_stops_at_today(water):
    table = hotspots.table(year(2026), at=NOW, by=HotspotKind.TAG)
    (line,) = table.lines
    assert (line.label, line.now.matters, line.now.petitions, line.past.matters) == ("农业水费", 3, 5, 2)
    assert (table.period, table.before) == (
        Period(date(2026, 1, 1), date(2026, 6, 30)),
        Period(date(2025, 1, 1), date(2025, 6, 30)),
    )
    assert (line.now.first, line.verdict, line.is_hotspot) == (3, Verdict.TOO_FEW, False)
    assert hotspots.hotspots(year(2026), at=NOW, by=HotspotKind.TAG, rule=HotspotRule(min_matters=3)) != ()


@pytest.mark.parametrize(
    ("kind", "code", "label"),
    [
        (HotspotKind.CATEGORY, "0110", "农村农业/水利水电"),
        (HotspotKind.FIELD, "01", "农村农业"),
        (HotspotKind.TAG, "irrigation_fee", "农业水费"),
    ],
)
def test_a_line_is_found_again_by_its_key(water, kind, code, label):
    line = hotspots.hotspot(f"{kind.value}:{code}", year(2026), at=NOW)
    assert (line.label, line.now.matters) == (label, 3)
    assert line.now.numbers == tuple(
        Petition.objects.filter(received_on__year=2026).order_by("received_on", "pk").values_list("number", flat=True)
    )


@pytest.mark.parametrize("key", ["tag:nothing", "tag", "month:1", ""])
def test_a_line_that_is_not_there_is_refused(water, key):
    with pytest.raises(Refusal) as refused:
        hotspots.hotspot(key, year(2026), at=NOW)
    assert refused.value.code == "hotspot.unknown"


def test_a_moment_before_sees_what_was_there_then(water):
    then = datetime(2026, 3, 3, 12, tzinfo=SHANGHAI)
    assert hotspots.hotspot("tag:irrigation_fee", year(2026), at=then).now.matters == 2


def test_by_place_by_unit_and_by_statute(a_letter, people):
    one = a_letter(date(2026, 3, 2), "马长根", place="上松村三组", tags=("irrigation_fee",))
    a_letter(date(2026, 3, 3), "田有福", place="河口乡", category_code="0101", category_path="农村农业/村务管理")
    dispositions.assign(
        petition_id=one.pk,
        kind=DispositionKind.ASSIGNMENT,
        unit_code="water",
        handler_name="何立群",
        redaction_confirmed=True,
        by=people.clerk,
        at=datetime(2026, 3, 4, 9, tzinfo=SHANGHAI),
    )

    def found(kind: HotspotKind, scope: Scope = hotspots.EVERYTHING) -> dict[str, int]:
        lines = hotspots.table(year(2026), at=NOW, by=kind, scope=scope).lines
        return {line.label: line.now.matters for line in lines}

    assert found(HotspotKind.PLACE) == {"松林镇": 1, "河口乡": 1}
    assert found(HotspotKind.UNIT) == {"县水务局": 1}
    assert list(found(HotspotKind.STATUTE).values()) == [1]
    assert found(HotspotKind.CATEGORY, Scope(place="101")) == {"农村农业/水利水电": 1}
    assert found(HotspotKind.CATEGORY, Scope(unit="agriculture")) == {}


def test_a_sealed_accusation_is_counted_and_nothing_of_it_told(water, people):
    secrecy.seal(
        petition_id=water[2].pk,
        accused=(AccusedEntry(name="高站长", post="站长"),),
        keeper=people.restricted,
        by=people.clerk,
        at=datetime(2026, 5, 6, 9, tzinfo=SHANGHAI),
    )
    line = hotspots.hotspot("tag:irrigation_fee", year(2026), at=NOW)
    assert (line.now.matters, line.now.sealed) == (3, 1)
    assert water[2].number not in line.now.numbers
    assert water[2].matter_id not in line.now.matter_ids


def test_the_head_sets_the_thresholds_and_the_journal_tells_both(people):
    with pytest.raises(Refusal, match="法制委负责人"):
        actions.set_hotspot_rule(rule=HotspotRule(3, 50, 3), reason="本县事项少", by=people.clerk, at=NOW)
    actions.set_hotspot_rule(rule=HotspotRule(3, 50, 3), reason="本县事项少", by=people.head, at=NOW)
    assert hotspots.standing_rule(at=NOW) == HotspotRule(3, 50, 3)
    assert hotspots.standing_rule(at=datetime(2026, 6, 30, 17, tzinfo=SHANGHAI)) == HotspotRule()
    entry = Entry.objects.get(event="hotspot.rule_set")
    assert entry.values["before"] == asdict(HotspotRule())
    row = HotspotThreshold.objects.get()
    fields = replay([entry])["hotspotthreshold", row.pk]
    assert fields == {name: getattr(row, name) for name in fields}
    with pytest.raises(Refusal, match="与现行标准相同"):
        actions.set_hotspot_rule(rule=HotspotRule(3, 50, 3), reason="再来", by=people.head, at=NOW)


def test_a_rise_within_the_year_is_told_once_to_clerk_and_head(water, a_letter, people):
    for place in range(4):
        a_letter(date(2026, 5, 11 + place), f"新户{place}", tags=("irrigation_fee",))
    assert hotspots.give_early_notice(at=NOW, href="/analysis/hotspots/") == 4  # by class and by tag, two people each
    assert hotspots.give_early_notice(at=NOW, href="/analysis/hotspots/") == 0
    told = Notification.objects.filter(kind="hotspot", to_staff=people.head).order_by("pk")
    words = [one.words for one in told]
    assert words == [
        "农村农业/水利水电今年以来7个事项，上年同期2个（+250.00%），单凭偶然的可能17.97%，请留意",
        "农业水费今年以来7个事项，上年同期2个（+250.00%），单凭偶然的可能17.97%，请留意",
    ]
    assert not Notification.objects.filter(kind="hotspot").exclude(to_staff__in=[people.clerk, people.head]).exists()


def test_what_has_not_risen_is_told_to_nobody(water):
    assert hotspots.give_early_notice(at=NOW, href="/analysis/hotspots/") == 0


def test_a_class_that_was_changed_since_stands_as_it_stood_then(water, people):
    """复核归类以后: the past is told by the journal, the present by the row."""
    again = classifications.decided(water[1])
    other = replace(again, category_code="0101", category_path="农村农业/村务管理", tags=())
    later = datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
    classifications.review(petition_id=water[1].pk, classification=other, by=people.head, at=later)
    then = datetime(2026, 5, 31, 9, tzinfo=SHANGHAI)
    found = {at: hotspots.table(year(2026), at=at, by=HotspotKind.CATEGORY).lines for at in (then, NOW)}
    assert {line.code: line.now.matters for line in found[then]} == {"0110": 3}
    assert {line.code: line.now.matters for line in found[NOW]} == {"0110": 2, "0101": 1}
    assert hotspots.hotspot("tag:irrigation_fee", year(2026), at=then).now.matters == 3
    assert hotspots.hotspot("tag:irrigation_fee", year(2026), at=NOW).now.matters == 2


def test_of_what_must_not_be_counted_before_somebody_there_is_no_count(water):
    secret = frozenset({water[2].pk})
    assert hotspots.hotspot("tag:irrigation_fee", year(2026), at=NOW, secret=secret).now.matters == 2
    assert hotspots.table(year(2026), at=NOW, secret=secret).whole.matters == 2
