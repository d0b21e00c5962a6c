"""The year: every story in one office, in the order of their days, and what the county and the province count of it.

The table is counted by hand: a line for each petition that a story leaves in the ledger. Void numbers and what two
people called no petition are not in it.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from huiyin.county.analysis import actions as analysis
from huiyin.county.analysis import queries
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.replay import Replayed, Standing, replay
from huiyin.county.assignment.states import AssignmentState
from huiyin.county.journal.models import Entry
from huiyin.county.journal.queries import chain
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.states import COUNTS_AGAINST_UNIT, Level
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.reporting.actions import periods as reporting
from huiyin.kernel.periods import year
from huiyin.kernel.tenant import entered
from huiyin.platform.statistics.funnel import funnel_of
from huiyin.platform.statistics.indicators import INDICATORS, ChannelGroup
from huiyin.platform.statistics.queries import board

from . import (
    test_from_above,
    test_letters,
    test_oversight,
    test_portal,
    test_repeats_and_mixed,
    test_secrecy,
    test_special_ways,
    test_units,
    test_visits,
)
from .language import TALES, on, play
from .office import Office

FAMILIES: tuple[Any, ...] = (
    test_letters,
    test_visits,
    test_repeats_and_mixed,
    test_secrecy,
    test_units,
    test_from_above,
    test_oversight,
    test_special_ways,
    test_portal,
)
YEAR = year(2026)
LETTER, WALK_IN, PHONE, WEB = "letter", "walk_in", "phone", "web"
SATISFIED, MOSTLY, DISSATISFIED = "满意", "基本满意", "不满意"


class Line(NamedTuple):
    """One petition of the year, counted by hand."""

    channel: str
    gives_to_unit: bool = True  # 责任落实到单位和个人；并入的看主件
    echo: str = "answered"  # 最终回音：answered 已送达，cannot 依法无法答复
    opinion: str = ""  # 评价；asked 是办结满30日没有评价的
    reports: str = ""  # 本年到期的交办报结：每个单位一字，t 按期，l 逾期，r 按期但被退回
    repeat: bool = False
    leader: bool = False  # 领导接访、阅批
    people: int = 1
    litigation: bool = False
    same_receipt: bool = False  # 与上一件同一份收件
    replied: str = "t"  # 本年到期的最终答复：t 按期送达，l 逾期；空的不计（存查、并入、无法答复、涉法涉诉、2027年到期）
    joins: bool = False  # 与他人同一事项，不是第一件


LEDGER: dict[str, tuple[Line, ...]] = {
    # 来信。水费件退回一次；报结期限5月6日。
    "test_a_letter_about_water_fees_is_returned_once_and_answered": (Line(LETTER, opinion=SATISFIED, reports="r"),),
    # 匿名、没有联系方式：存查，不在可答复件之内。
    "test_an_anonymous_letter_is_read_by_two_and_filed": (
        Line(LETTER, gives_to_unit=False, echo="cannot", replied=""),
    ),
    "test_a_joint_letter_is_one_petition_with_one_reply": (Line(LETTER, opinion=SATISFIED, reports="t"),),
    # 不清、电话空号：转送落实到单位和人，尝试送达未成，不在可答复件之内。
    "test_an_illegible_letter_is_passed_on_and_its_writer_cannot_be_reached": (
        Line(LETTER, echo="cannot", replied=""),
    ),
    "test_a_suggestion_is_worked_on_in_the_house_and_its_writer_hears_what_was_adopted": (
        Line(LETTER, opinion=SATISFIED, reports="t"),
    ),
    "test_an_advertisement_is_no_petition_when_two_people_say_so": (),
    "test_an_envelope_taken_in_twice_leaves_a_void_number_in_the_ledger": (Line(LETTER, opinion="asked", reports="t"),),
    # 来访、来电。集体访23人，两个单位报结，领导批示。
    "test_a_group_visit_is_one_batch_with_five_representatives_and_goes_to_a_leader": (
        Line(WALK_IN, opinion=MOSTLY, reports="tt", leader=True, people=23),
    ),
    "test_a_leader_receives_a_visitor_and_what_is_promised_has_its_day": (
        Line(WALK_IN, opinion=SATISFIED, reports="t", leader=True),
    ),
    # 涉法涉诉来访：引导；领导选了引导的处理方式，算阅批；不进及时率和重复率。
    "test_a_visitor_in_litigation_is_guided_and_nobody_instructs_the_case": (
        Line(WALK_IN, gives_to_unit=False, opinion="asked", leader=True, litigation=True, replied=""),
    ),
    # 简易办理按简易答复的期限报结。
    "test_a_small_thing_of_one_visitor_goes_the_simple_way": (Line(WALK_IN, opinion=SATISFIED, reports="t"),),
    # 报结期限在2027年1月。
    "test_a_call_about_a_ditch_is_resolved_by_the_township": (Line(PHONE, opinion=SATISFIED, replied=""),),
    # 主件和办理期间的重复件：重复件并入，回音看主件，自己没有答复，不请评价。
    "test_a_repeat_inside_the_handling_period_reminds_the_unit_and_is_no_second_assignment": (
        Line(LETTER, opinion=SATISFIED, reports="t"),
        Line(LETTER, repeat=True, replied=""),
    ),
    "test_another_family_joins_the_matter_and_keeps_a_petition_of_its_own": (
        Line(WALK_IN, opinion="asked", reports="t"),
        Line(WALK_IN, opinion="asked", reports="t", joins=True),
    ),
    "test_a_concluded_matter_that_comes_again_is_not_taken_up_again": (
        Line(LETTER, opinion=DISSATISFIED, reports="t"),
        Line(LETTER, gives_to_unit=False, opinion="asked", repeat=True),
    ),
    # 重新办理的一件是来电，归类为重复。
    "test_new_facts_open_a_matter_again_as_a_new_petition": (
        Line(LETTER, opinion="asked", reports="t"),
        Line(PHONE, opinion=SATISFIED, reports="t", repeat=True),
    ),
    # 混合信件：一份收件，摘抄件和检举控告件。
    "test_a_mixed_letter_goes_out_as_an_excerpt_and_its_accusation_goes_sealed": (
        Line(LETTER, opinion="asked", reports="t"),
        Line(LETTER, opinion="asked", same_receipt=True),
    ),
    "test_an_accusation_of_a_units_head_goes_sealed_to_the_supervision_commission": (Line(LETTER, opinion="asked"),),
    "test_an_accusation_of_an_official_of_this_office_does_not_exist_for_him": (Line(LETTER, opinion="asked"),),
    # 密件没有受理处理期限，没有姓名住址。
    "test_of_a_secret_item_there_is_a_number_and_it_goes_upward_in_five_working_days": (
        Line(LETTER, echo="cannot", replied=""),
    ),
    "test_a_leader_who_led_the_unit_before_is_recused_and_another_reads_the_letter": (
        Line(LETTER, opinion=MOSTLY, reports="t", leader=True),
    ),
    # 单位。改交之后只算后一个单位的报结。
    "test_an_objection_on_a_make_up_working_day_is_in_time_and_a_second_one_is_decided_for_good": (
        Line(LETTER, opinion=MOSTLY, reports="t"),
    ),
    # 延期到10月13日，10月14日才报结。
    "test_more_time_is_asked_before_the_last_day_and_within_the_cap": (
        Line(LETTER, opinion=SATISFIED, reports="l", replied="l"),
    ),
    # 报结期限在2027年1月。
    "test_a_unit_that_does_not_sign_cannot_stop_its_clock": (Line(LETTER, opinion=SATISFIED, replied=""),),
    "test_a_report_that_copies_an_earlier_one_is_returned": (
        Line(LETTER, opinion=SATISFIED, reports="t"),
        Line(LETTER, opinion=SATISFIED, reports="r"),
    ),
    # 12月15日办结，年终时评价期未满；报结期限在2027年。
    "test_a_letter_given_to_the_wrong_unit_is_taken_back_and_decided_anew": (Line(LETTER, replied=""),),
    "test_what_comes_from_above_is_due_on_the_day_that_was_demanded": (Line(LETTER, opinion=SATISFIED, reports="t"),),
    "test_an_inspection_team_hands_its_letter_to_the_office_with_the_day_of_receipt": (
        Line(LETTER, opinion=SATISFIED, reports="t"),
    ),
    "test_what_a_deputy_passes_on_is_disposed_of_by_the_day_he_asked_for": (
        Line(WALK_IN, gives_to_unit=False, opinion="asked"),
    ),
    "test_an_urgent_call_is_reported_by_telephone_before_it_is_registered": (
        Line(PHONE, opinion=SATISFIED, reports="t", leader=True),
    ),
    # 9月20日到期，11月16日报结。
    "test_what_a_unit_does_not_finish_goes_step_by_step_to_the_directors_meeting": (
        Line(LETTER, opinion=MOSTLY, reports="l", replied="l"),
    ),
    # 两县各一件，这是本县的。
    "test_one_letter_to_two_counties_is_answered_by_each_and_seen_by_neither_for_the_other": (
        Line(LETTER, gives_to_unit=False, opinion="asked"),
    ),
    "test_a_letter_about_a_case_in_court_goes_to_the_court_with_written_guidance": (
        Line(LETTER, opinion="asked", litigation=True, replied=""),
    ),
    # 网上信访：不满意后重新办理的一件，报结期限在2027年1月。
    "test_a_petition_by_the_web_is_answered_on_the_page_and_dissatisfaction_opens_it_again": (
        Line(WEB, opinion=DISSATISFIED, reports="t"),
        Line(WEB, opinion=SATISFIED, repeat=True, replied=""),
    ),
    # 匿名网上检举：移送，没有联系方式。
    "test_an_accusation_sent_without_a_name_is_opened_by_the_restricted_officer_alone": (
        Line(WEB, echo="cannot", replied=""),
    ),
}
SECRET = "test_of_a_secret_item_there_is_a_number_and_it_goes_upward_in_five_working_days"
Totals = dict[tuple[str, str], tuple[int, int]]
# 督办都是来信：主任会议那一件五级各一次、重复件催办一次，督办函及以上四次。热点是满五个事项的四类，都没有议题建议：
# 农村农业/水利水电 7 个、城乡建设 6 个、农村农业 5 个、纪检监察 5 个（只计数）。
OF_NO_PETITION: Totals = {("oversight_steps", LETTER): (4, 6), ("hotspots", "none"): (0, 4)}


def counted() -> Totals:
    """Add the table up: part and whole of each indicator and channel."""
    parts: Counter[tuple[str, str]] = Counter()
    wholes: Counter[tuple[str, str]] = Counter()
    for tale, lines in LEDGER.items():
        for line in lines:
            for indicator, part, whole in amounts_of(line, has_disposition=tale != SECRET):
                parts[indicator, line.channel] += part
                wholes[indicator, line.channel] += whole
    return {key: (parts[key], whole) for key, whole in wholes.items() if whole}


def amounts_of(line: Line, *, has_disposition: bool) -> Iterator[tuple[str, int, int]]:
    """Yield what one petition adds to each indicator."""
    answered, of_receipt = line.echo == "answered", not line.same_receipt
    yield "M1", of_receipt, of_receipt
    yield "M2", of_receipt, of_receipt
    yield "M3a", of_receipt and line.gives_to_unit, of_receipt
    yield "M3b", of_receipt, of_receipt
    yield "M4", of_receipt and answered, of_receipt
    yield "M4x", of_receipt and answered, of_receipt and answered
    has_opinion = line.opinion in {SATISFIED, MOSTLY, DISSATISFIED}
    yield "satisfied", line.opinion in {SATISFIED, MOSTLY}, has_opinion
    yield "evaluated", has_opinion, bool(line.opinion)
    yield "repeated", line.repeat, not line.litigation
    yield "read_by_leader", line.leader, 1
    yield "timely_disposition", *(2 * (has_disposition and not line.litigation,))
    yield "timely_report", sum(one in "tr" for one in line.reports), len(line.reports)
    yield "returned", line.reports.count("r"), len(line.reports)
    yield "timely_reply", line.replied == "t", bool(line.replied)
    yield "first_matters", not line.repeat and not line.joins, 1
    if line.channel == WALK_IN:
        yield "group_visits", line.people >= 5, 1
        yield "group_people", line.people if line.people >= 5 else 0, line.people


def of_rows() -> Replayed:
    rows = Assignment.objects.select_related("unit")
    return Replayed(
        petitions=dict(Petition.objects.values_list("pk", "state")),
        assignments={
            row.pk: Standing(row.petition_id, row.unit.code, AssignmentState(row.state), row.due_on) for row in rows
        },
    )


def reported(office: Office) -> Totals:
    """Let the clerk reconcile the year and the head approve it, push the numbers, and return them."""
    analysis.recheck_originals(period=YEAR, at=office.later())
    version = reporting.prepare(period=YEAR, by=office.people.clerk, at=office.later())
    reporting.approve(period_id=version.pk, by=office.people.head, at=office.later())
    office.works()
    return {
        (str(one["indicator"]), str(one["channel"])): (int(one["part"]), int(one["whole"]))
        for one in version.figures
        if one["whole"]
    }


def test_the_year_of_all_stories_is_counted_alike_by_hand_by_the_county_and_by_the_province(
    office: Office, provisioned: Any
) -> None:
    tales = [name for family in FAMILIES for name in vars(family) if name in TALES]
    assert tales == list(LEDGER), set(tales) ^ set(LEDGER)
    play(office, [TALES[name] for name in tales])
    office.time.come_to(date(2027, 1, 6))

    lines = [line for of_tale in LEDGER.values() for line in of_tale]
    assert len(lines) == Petition.objects.counted().count() == 41
    assert chain().holds
    assert replay(Entry.objects.order_by("number")) == of_rows()
    assert not Petition.objects.open().exists()
    assert not Deadline.objects.running().exists()
    excluded = queries.promises(YEAR, at=office.now).excluded
    assert [one.because.value for one in excluded] == ["not_petition", "voided"]

    here = reported(office)
    assert here == counted() | OF_NO_PETITION
    assert {key: here[key, LETTER] for key in ("M1", "M3a", "M3b", "M4", "M4x")} == {
        "M1": (27, 27),
        "M3a": (24, 27),
        "M3b": (27, 27),
        "M4": (24, 27),
        "M4x": (24, 24),
    }
    assert (here["M3a", WALK_IN], here["M4", WALK_IN], here["M4", WEB], here["M4x", WEB]) == (
        (5, 7),
        (7, 7),
        (2, 3),
        (2, 2),
    )
    assert (here["group_visits", WALK_IN], here["group_people", WALK_IN]) == ((1, 7), (23, 29))
    assert (here["timely_report", LETTER], here["returned", LETTER]) == ((14, 16), (2, 16))
    assert sum(part for (code, _), (part, _whole) in here.items() if code == "read_by_leader") == 5
    # 督办：主任会议那一件五级各一次，重复件催办一次；从督办函起四次计入单位。
    levels = [Level(level) for level in Oversight.objects.order_by("pk").values_list("level", flat=True)]
    assert (len(levels), sum(level in COUNTS_AGAINST_UNIT for level in levels)) == (6, 4)

    with office.over_there() as there:
        over_there = reported(there)
        assert Receipt.objects.count() == Petition.objects.count() == 1
        assert {key[0]: value for key, value in over_there.items()}["M3a"] == (0, 1)
        assert all(over_there[code, LETTER] == (1, 1) for code in ("M1", "M2", "M3b", "M4", "M4x"))

    with entered(provisioned.offices["province"]):
        shown = board(2026, at=office.now, group=ChannelGroup.ALL)
        linkage = funnel_of(shown)
    for schema, totals in (("qinglan", here), ("baiyun", over_there)):
        amounts = shown.county(schema).amounts
        for code, indicator in ((code, one) for code, one in INDICATORS.items() if one.has_channel):
            of_code = [amount for (found, _), amount in totals.items() if found == code]
            wanted = (sum(part for part, _ in of_code), sum(whole for _, whole in of_code))
            found = amounts.of(indicator)
            assert (found.part, found.whole) == wanted, (schema, code)
    assert shown.total.of(INDICATORS["M1"]).whole == len(lines) - 1 + 1
    assert {step.stage.label: step.count for step in linkage.total if step.count} == {"热点": 4}
    assert on(1, 6, 2027) == office.today
