"""热点, as tables counted by hand: what is risen, what only seems so, and what is too few to tell."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from huiyin.county.analysis.hotspot_rules import HotspotRule, Letter, check_rule, place_of, rounded
from huiyin.county.analysis.hotspot_states import Ground, HotspotKind, Verdict
from huiyin.county.analysis.hotspot_tables import HotspotTable, early, table_of, window_at
from huiyin.kernel.periods import Period, year
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 12, 31, 15, tzinfo=UTC)
BEGAN = date(2025, 1, 2)
YEAR = year(2026)


def letters(of_year: int, tag: str, matters: int, *, start: int, letters_of_first: int = 1) -> list[Letter]:
    """So many matters of one tag, each with one letter, the first with as many as it is said to have."""
    found: list[Letter] = []
    for place in range(matters):
        matter = start + place
        for turn in range(letters_of_first if place == 0 else 1):
            day = date(of_year, 2 + turn % 10, 1 + place % 27)
            found.append(
                Letter(
                    matter_id=matter,
                    petition_id=matter * 100 + turn,
                    number=f"信{matter * 100 + turn}",
                    received_on=day,
                    first_on=date(of_year, 2, 1 + place % 27),
                    keys={HotspotKind.TAG: (tag,)},
                )
            )
    return found


def counted(
    counts: dict[str, tuple[int, int]], *, rule: HotspotRule | None = None, more: dict[str, int] | None = None
) -> HotspotTable:
    rows: list[Letter] = []
    for place, (tag, (now, past)) in enumerate(counts.items()):
        start = 1000 * (place + 1)
        rows += letters(2026, tag, now, start=start, letters_of_first=(more or {}).get(tag, 1))
        rows += letters(2025, tag, past, start=start + 500)
    return table_of(
        rows, kind=HotspotKind.TAG, labels={}, period=YEAR, at=AT, rule=rule or HotspotRule(), ledger_begins_on=BEGAN
    )


YEAR_OF_QINGLAN = {
    "水费": (14, 6),
    "土地承包": (11, 7),
    "草原": (9, 5),
    "乱收费": (8, 8),
    "物业": (4, 6),
    "殡葬": (2, 1),
    "道路": (5, 5),
}


@pytest.mark.parametrize(
    ("tag", "change", "chance", "grounds", "verdict"),
    [
        ("水费", "+133.33%", "11.53%", {Ground.RISEN, Ground.AMONG_FIRST}, Verdict.RISE_UNSURE),
        ("土地承包", "+57.14%", "48.07%", {Ground.RISEN, Ground.AMONG_FIRST}, Verdict.RISE_UNSURE),
        ("草原", "+80.00%", "42.40%", {Ground.RISEN, Ground.AMONG_FIRST}, Verdict.RISE_UNSURE),
        ("乱收费", "0%", "100.00%", {Ground.AMONG_FIRST}, Verdict.SAME),
        ("道路", "0%", "100.00%", {Ground.AMONG_FIRST}, Verdict.SAME),
        ("物业", "-33.33%", "75.39%", set(), Verdict.FALL_UNSURE),
        ("殡葬", "+100.00%", "100.00%", set(), Verdict.TOO_FEW),
    ],
    ids=["水费14比6", "土地承包11比7", "草原9比5", "乱收费8比8", "道路5比5", "物业4比6", "殡葬2比1"],
)
def test_the_year_of_the_county_counted_by_hand(tag, change, chance, grounds, verdict):
    line = next(one for one in counted(YEAR_OF_QINGLAN).lines if one.code == tag)
    assert (line.change_words, line.chance_words, line.verdict) == (change, chance, verdict)
    assert set(line.grounds) == grounds
    assert line.is_hotspot is bool(grounds)


@pytest.mark.parametrize("tag", ["水费"])
def test_it_is_said_in_one_line_with_interval_and_chance(tag):
    line = counted(YEAR_OF_QINGLAN).lines[0]
    assert line.code == tag
    assert line.sentence == (
        "水费：2026年有14个事项，上年同期6个（+133.33%）；没有真实变化时，单凭偶然出现这样差别的可能为11.53%，"
        "真实水平约为上年的0.84至7.41倍（95%）；上升但不能排除偶然"
    )
    assert line.share_words == "26.42%"
    upper = line.count_interval.upper
    assert upper is not None
    assert (float(line.count_interval.lower), float(upper)) == pytest.approx((7.654, 23.490), abs=2e-3)


def test_when_nothing_survives_the_table_says_so_and_still_lists_the_hotspots():
    table = counted(YEAR_OF_QINGLAN)
    assert [one.code for one in table.hotspots] == ["水费", "土地承包", "草原", "乱收费", "道路"]
    assert table.tested == 6
    assert table.sure == ()
    assert table.note == (
        "共有6项数量足以比较，放在一起判断（霍尔姆法），其中误报哪怕一项的可能不超过5%。"
        "没有一项的升降能排除偶然；达到标准的热点仍列出，供选题时参考。"
    )


def test_one_petitioner_with_twenty_letters_is_one_matter():
    """一人来信二十件: petitions are twenty, the matter is one, and no hotspot comes of it."""
    line = counted({"邻里": (1, 0), "其他": (0, 20)}, more={"邻里": 20}).lines[0]
    assert (line.now.matters, line.now.petitions, line.now.people, line.is_hotspot) == (1, 20, 1, False)
    assert line.verdict is Verdict.TOO_FEW


@pytest.mark.parametrize("tag", ["乱收费"], ids=["乱收费8比8其中一人九封"])
def test_one_writer_of_nine_letters_leaves_eight_against_eight(tag):
    line = next(one for one in counted(YEAR_OF_QINGLAN, more={tag: 9}).lines if one.code == tag)
    assert (line.now.matters, line.past.matters, line.now.petitions) == (8, 8, 16)
    assert (line.change_words, line.verdict) == ("0%", Verdict.SAME)


@pytest.mark.parametrize(
    ("now", "verdict", "is_hotspot"),
    [
        (4, Verdict.TOO_FEW, False),
        (5, Verdict.TOO_FEW, True),
        (6, Verdict.RISE, True),
        (9, Verdict.RISE, True),
    ],
    ids=["四件", "五件", "六件", "九件"],
)
def test_a_class_with_zero_last_year(now, verdict, is_hotspot):
    """上年为零: no percentage of nothing; six against none is the first that chance does not explain."""
    line = counted({"新问题": (now, 0), "其他": (1, 1)}).lines[0]
    assert (line.code, line.change_words, line.verdict, line.is_hotspot) == ("新问题", "上年为0", verdict, is_hotspot)


def test_the_more_is_asked_at_once_the_more_each_must_show():
    """十类一起看: six against none among ten classes is no longer more than chance; ten against none is."""
    others = {f"类{place}": (6, 6) for place in range(9)}
    assert counted({"新": (6, 0), **others}).lines[-1].tested == 10
    found = {one.code: one.verdict for one in counted({"新": (6, 0), "急": (10, 0), **others}).lines}
    assert (found["新"], found["急"]) == (Verdict.RISE_UNSURE, Verdict.RISE)


def test_the_small_county_is_told_that_its_numbers_tell_nothing():
    """小县: three matters a class and year; the rule names none and the note says why nothing is compared."""
    table = counted({"水费": (3, 1), "草原": (2, 2), "道路": (1, 3)})
    assert {one.verdict for one in table.lines} == {Verdict.TOO_FEW}
    assert (table.hotspots, table.tested) == ((), 0)
    assert table.note == "各项两年的事项数都太少，怎样升降都可能是偶然，不判断升降。"


@pytest.mark.parametrize("begins_on", [None, date(2025, 6, 1)], ids=["没有台账", "上年中才有台账"])
def test_without_a_ledger_of_the_year_before_nothing_is_called_a_rise(begins_on):
    rows = letters(2026, "水费", 9, start=1) + letters(2025, "水费", 2, start=500)
    table = table_of(
        rows,
        kind=HotspotKind.TAG,
        labels={"水费": "农业水费"},
        period=YEAR,
        at=AT,
        rule=HotspotRule(),
        ledger_begins_on=begins_on,
    )
    (line,) = table.lines
    assert (line.verdict, line.change_words, line.grounds) == (Verdict.NO_PAST, "—", (Ground.AMONG_FIRST,))
    assert line.sentence == "农业水费：2026年有9个事项；上年同期登记不全，无法比较"
    assert "不比较升降" in table.note


@pytest.mark.parametrize(
    ("rule", "hotspots"),
    [
        (HotspotRule(), ["水费", "土地承包", "草原", "乱收费", "道路"]),
        (HotspotRule(min_matters=9), ["水费", "土地承包", "草原"]),
        (HotspotRule(first=0), ["水费", "土地承包", "草原"]),
        (HotspotRule(first=0, rise_percent=80), ["水费", "草原"]),
        (HotspotRule(first=0, rise_percent=81), ["水费"]),
        (HotspotRule(first=1, rise_percent=1000), ["水费"]),
    ],
    ids=["默认", "至少九件", "只看增幅", "增幅八成", "增幅八成一", "只看位次"],
)
def test_the_thresholds_decide_what_is_a_hotspot(rule, hotspots):
    assert [one.code for one in counted(YEAR_OF_QINGLAN, rule=rule).hotspots] == hotspots


def test_equal_numbers_share_a_place_among_the_first():
    table = counted(dict.fromkeys("甲乙丙丁戊己", (7, 7)), rule=HotspotRule(first=5))
    assert [one.rank for one in table.lines] == [1] * 6
    assert len(table.hotspots) == 6


def test_a_matter_with_two_tags_counts_once_under_each_and_once_in_all():
    two = Letter(1, 10, "信10", date(2026, 3, 1), date(2024, 5, 1), {HotspotKind.TAG: ("水费", "乱收费")}, people=12)
    again = Letter(1, 11, "信11", date(2026, 4, 1), date(2024, 5, 1), {HotspotKind.TAG: ("水费",)}, is_group=True)
    table = table_of(
        [two, again], kind=HotspotKind.TAG, labels={}, period=YEAR, at=AT, rule=HotspotRule(), ledger_begins_on=BEGAN
    )
    found = {one.code: one.now for one in table.lines}
    assert {code: (one.matters, one.petitions, one.people, one.group_visits) for code, one in found.items()} == {
        "水费": (1, 2, 12, 1),
        "乱收费": (1, 2, 12, 1),
    }
    assert (table.whole.matters, found["水费"].first) == (1, 0)


def test_of_a_sealed_petition_there_is_a_count_and_nothing_else():
    open_ = Letter(1, 10, "信10", date(2026, 3, 1), date(2026, 3, 1), {HotspotKind.TAG: ("水费",)}, units=("water",))
    sealed = Letter(
        2, 20, "信20", date(2026, 3, 1), date(2026, 3, 1), {HotspotKind.TAG: ("水费",)}, units=("x",), is_sealed=True
    )
    (line,) = table_of(
        [open_, sealed],
        kind=HotspotKind.TAG,
        labels={},
        period=YEAR,
        at=AT,
        rule=HotspotRule(),
        ledger_begins_on=BEGAN,
    ).lines
    assert (line.now.matters, line.now.sealed, line.now.numbers) == (2, 1, ("信10",))
    assert (line.now.matter_ids, line.now.petition_ids, line.now.units) == ((1,), (10,), ("water",))
    frozen = line.as_values()
    assert "20" not in str(frozen["now"])


def test_the_frozen_form_says_everything_it_stands_on():
    line = counted(YEAR_OF_QINGLAN).lines[0]
    frozen = line.as_values()
    assert frozen["rule"] == {"min_matters": 5, "rise_percent": 30, "first": 5, "words": HotspotRule().words}
    assert (frozen["at"], frozen["first_on"], frozen["before_last_on"]) == (AT.isoformat(), "2026-01-01", "2025-12-31")
    assert frozen["sentence"] == line.sentence
    now = frozen["now"]
    assert isinstance(now, dict)
    assert (now["matters"], len(now["numbers"]), len(now["matter_ids"])) == (14, 14, 14)


@pytest.mark.parametrize(
    ("today", "last"),
    [(date(2026, 8, 15), date(2026, 8, 15)), (date(2026, 12, 31), date(2026, 12, 31)), (date(2027, 3, 1), YEAR.last)],
    ids=["年中", "最后一天", "年后"],
)
def test_a_year_that_still_runs_is_compared_up_to_the_same_day(today, last):
    assert window_at(YEAR, today) == Period(YEAR.first, last)


def test_an_early_word_is_for_what_has_risen_and_can_tell_anything():
    table = counted({"水费": (9, 3), "草原": (5, 0), "道路": (8, 8), "物业": (3, 9)})
    assert [one.code for one in early(table)] == ["水费"]


def refused(rule: HotspotRule, reason: str = "本县事项少") -> str:
    with pytest.raises(Refusal) as raised:
        check_rule(rule, standing=HotspotRule(), reason=reason)
    return raised.value.code


def test_thresholds_out_of_bounds_unchanged_or_without_a_reason_are_refused():
    assert refused(HotspotRule(min_matters=1)) == "hotspot.rule_out_of_bounds"
    assert refused(HotspotRule(first=51)) == "hotspot.rule_out_of_bounds"
    assert refused(HotspotRule()) == "hotspot.rule_unchanged"
    assert refused(HotspotRule(min_matters=3), " ") == "hotspot.reason_missing"
    check_rule(HotspotRule(min_matters=3), standing=HotspotRule(), reason="本县事项少")


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("松林镇上松村三组", "101"),
        ("上松村三组", "101"),
        ("河口乡", "河口乡"),
        ("", ""),
    ],
    ids=["镇和村", "只写村", "不在地名表", "没写"],
)
def test_a_place_lies_in_the_township_that_it_names(written, place):
    assert place_of(written, {"松林镇": "101"}, {"上松村": "101"}) == place


@pytest.mark.parametrize(
    ("value", "words"),
    [(Fraction(1, 3), "0.33"), (Fraction(1, 200), "0.01"), (Fraction(5, 2), "2.50"), (Fraction(0), "0.00")],
)
def test_two_decimals_half_up(value, words):
    assert rounded(value) == words
