"""四个百分之百 by hand: a small March of 青岚县, counted on paper first."""

import pytest

from huiyin.county.analysis import queries
from huiyin.county.analysis.states import ExcludedBecause
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.registry import files
from huiyin.county.registry.actions import petitions, receipts
from huiyin.county.registry.models import Attachment, Petition
from huiyin.county.registry.states import Channel, Recurrence
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.kernel.periods import month
from huiyin.platform.statistics.indicators import ChannelGroup

from .conftest import MARCH, Desk, moment

CODES = ("M1", "M2", "M3a", "M3b", "M4", "M4x")


def numbers(at, group=ChannelGroup.OWN):
    column = queries.promises(MARCH, at=at).column(group)
    return {code: (column.promise(code).part, column.promise(code).whole) for code in CODES}


def test_a_month_counted_by_hand(desk: Desk):
    # 1 水费信：交办到县水务局何立群，尚未办结
    water = desk.through(desk.registered(desk.receipt(2)))
    desk.assigned(water)
    # 2 同一人再来信，并入1
    again = desk.classified(
        desk.read(desk.registered(desk.receipt(6)), 6), 6, recurrence=Recurrence.REPEAT, repeats_id=water.pk
    )
    desk.decided(again, DispositionKind.MERGED, 9, merged_into_id=water.pk)
    # 3 来访，引导告知，当面送达
    visit = desk.through(desk.registered(desk.receipt(3, Channel.WALK_IN, head_count=6)))
    desk.decided(visit, DispositionKind.GUIDANCE)
    desk.answered(visit, ReplyKind.GUIDANCE, written=10, told=11)
    # 4 匿名信，无联系方式，存查
    nobody = desk.through(desk.anonymous(desk.receipt(3)))
    desk.decided(nobody, DispositionKind.FILED)
    # 5 收到未登记　6 已登记未阅　7 网上信访已登记
    desk.receipt(12)
    desk.registered(desk.receipt(13), scanned=False, summary="反映乱收费")
    desk.registered(desk.receipt(13, Channel.WEB), summary="建议修路")
    # 8 广告，两人确认非信访件　9 误登，作废
    leaflet = desk.receipt(14)
    receipts.mark_not_petition(receipt_id=leaflet.pk, reason="商业广告", by=desk.people.clerk, at=moment(3, 14))
    receipts.second_not_petition(receipt_id=leaflet.pk, by=desk.people.head, at=moment(3, 15))
    wrong = desk.registered(desk.receipt(16))
    petitions.void(
        petition_id=wrong.pk, reason="误登", approver=desk.people.head, by=desk.people.clerk, at=moment(3, 17)
    )

    at = moment(4, 1)
    desk.checked(at)
    assert numbers(at) == {
        "M1": (4, 6),
        "M2": (4, 6),
        "M3a": (2, 6),
        "M3b": (4, 6),
        "M4": (1, 6),
        "M4x": (1, 5),
    }
    assert numbers(at, ChannelGroup.WALK_IN) == dict.fromkeys(CODES, (1, 1)) | {"M3a": (0, 1)}
    assert numbers(at, ChannelGroup.WEB)["M1"] == (1, 1)
    assert numbers(at, ChannelGroup.ALL)["M1"] == (5, 7)
    assert numbers(at, ChannelGroup.PHONE) == dict.fromkeys(CODES, (0, 0))

    table = queries.promises(MARCH, at=at)
    assert [(one.because, one.reason, one.by, one.seconded_by) for one in table.excluded] == [
        (ExcludedBecause.NOT_PETITION, "商业广告", "马会计", "王主任"),
        (ExcludedBecause.VOIDED, "误登", "马会计", "王主任"),
    ]
    assert [(line.what, line.owner) for line in table.first.promise("M4").missing] == [
        ("承办单位尚未办结", "县水务局·何立群"),
        ("尚未答复", "马会计"),
        ("承办单位尚未办结", "县水务局·何立群"),
        ("尚未登记", "收发老周"),
        ("尚未答复", "马会计"),
    ]
    assert [(line.what, line.owner) for line in table.first.promise("M1").missing] == [
        ("尚未登记", "收发老周"),
        ("缺原件或接谈笔录", "马会计"),
    ]

    # 主件答复送达，并入件随之有回音
    Petition.objects.filter(pk=water.pk).update(state="verified", owner_unit=None)
    desk.answered(water, ReplyKind.OUTCOME, written=20, told=21)
    assert numbers(moment(4, 1))["M4"] == (3, 6)
    assert numbers(moment(4, 1))["M4x"] == (3, 5)


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (2, 7, (0, 0, 0, 0, 0)),  # 收件之前
        (2, 8, (1, 0, 0, 0, 0)),  # 已收件
        (2, 10, (1, 1, 0, 0, 0)),  # 已登记，原件在案
        (3, 9, (1, 1, 0, 0, 0)),  # 已阅，未归类
        (4, 9, (1, 1, 1, 0, 0)),  # 已归类
        (5, 9, (1, 1, 1, 1, 0)),  # 已引导
        (10, 9, (1, 1, 1, 1, 0)),  # 已答复，未送达
        (11, 9, (1, 1, 1, 1, 0)),  # 已送达，凭证尚未入账
        (11, 17, (1, 1, 1, 1, 1)),  # 凭证入账的这一刻起
    ],
)
def test_a_past_instant_sees_what_was_true_then(desk: Desk, day, hour, expected):
    letter = desk.through(desk.registered(desk.receipt(2)))
    desk.decided(letter, DispositionKind.GUIDANCE)
    desk.answered(letter, ReplyKind.GUIDANCE, written=10, told=11)
    desk.checked(moment(4, 1))
    found = numbers(moment(3, day, hour))
    assert (found["M1"][1], *(found[code][0] for code in ("M1", "M2", "M3b", "M4"))) == expected


def test_what_left_the_denominator_later_was_in_it_before(desk: Desk):
    leaflet = desk.receipt(2)
    receipts.mark_not_petition(receipt_id=leaflet.pk, reason="商业广告", by=desk.people.clerk, at=moment(3, 3))
    receipts.second_not_petition(receipt_id=leaflet.pk, by=desk.people.head, at=moment(3, 10))
    wrong = desk.registered(desk.receipt(2))
    petitions.void(
        petition_id=wrong.pk, reason="误登", approver=desk.people.head, by=desk.people.clerk, at=moment(3, 12)
    )
    whole = [numbers(moment(3, day))["M1"][1] for day in (9, 10, 12)]
    assert whole == [2, 1, 0]
    assert [len(queries.promises(MARCH, at=moment(3, day)).excluded) for day in (9, 10, 12)] == [0, 1, 2]


def test_a_receipt_with_a_voided_and_a_good_number_stays(desk: Desk):
    arrived = desk.receipt(2)
    wrong = desk.registered(arrived)
    petitions.void(
        petition_id=wrong.pk, reason="误登", approver=desk.people.head, by=desk.people.clerk, at=moment(3, 3)
    )
    desk.registered(arrived, summary="反映林地纠纷")
    desk.checked(moment(4, 1))
    assert numbers(moment(4, 1))["M1"] == (1, 1)


def test_one_person_alone_takes_nothing_out(desk: Desk):
    leaflet = desk.receipt(2)
    receipts.mark_not_petition(receipt_id=leaflet.pk, reason="商业广告", by=desk.people.clerk, at=moment(3, 3))
    assert numbers(moment(4, 1))["M1"] == (0, 1)


def test_a_damaged_scan_breaks_the_first_promise_from_the_check_on(desk: Desk):
    letter = desk.registered(desk.receipt(2))
    scan = Attachment.objects.get(petition=letter)
    assert numbers(moment(3, 5))["M1"] == (0, 1)  # nobody hashed it yet
    desk.checked(moment(3, 10))
    path = files.path_of(scan.sha256)
    kept = path.read_bytes()
    path.write_bytes(b"something else")
    try:
        desk.checked(moment(3, 20))
    finally:
        path.write_bytes(kept)
    assert numbers(moment(3, 12))["M1"] == (1, 1)
    assert numbers(moment(3, 21))["M1"] == (0, 1)
    (line,) = queries.promises(MARCH, at=moment(3, 21)).first.promise("M1").missing
    assert (line.what, line.owner) == ("原件与校验值不符", "马会计")


def test_a_letter_that_search_does_not_find_breaks_the_first_promise(desk: Desk):
    letter = desk.registered(desk.receipt(2))
    desk.checked(moment(4, 1))
    assert numbers(moment(4, 1))["M1"] == (1, 1)
    damages: tuple[dict[str, object], ...] = ({"grams": []}, {"searchable": "青人信〔2026〕1号"})
    for fields in damages:
        before = Petition.objects.filter(pk=letter.pk).values("grams", "searchable").get()
        Petition.objects.filter(pk=letter.pk).update(**fields)
        (line,) = queries.promises(MARCH, at=moment(4, 1)).first.promise("M1").missing
        assert line.what == "检索不到"
        Petition.objects.filter(pk=letter.pk).update(**before)


def test_a_reply_that_never_arrived_is_no_echo(desk: Desk):
    letter = desk.through(desk.registered(desk.receipt(2)))
    desk.decided(letter, DispositionKind.GUIDANCE)
    desk.answered(letter, ReplyKind.GUIDANCE, written=10, told=11, method=Method.IMPOSSIBLE)
    assert numbers(moment(4, 1))["M4"] == (0, 1)
    assert numbers(moment(4, 1))["M4x"] == (0, 1)  # 有姓名有电话：仍须答复


def test_an_anonymous_caller_with_a_phone_must_be_tried_first(desk: Desk):
    letter = desk.through(desk.anonymous(desk.receipt(2), phone="13900001234"))
    desk.decided(letter, DispositionKind.GUIDANCE)
    assert numbers(moment(4, 1))["M4x"] == (0, 1)
    desk.answered(letter, ReplyKind.GUIDANCE, written=10, told=11, method=Method.IMPOSSIBLE)
    assert numbers(moment(4, 1))["M4x"] == (0, 0)


def test_other_days_are_another_period(desk: Desk):
    desk.receipt(2)
    assert queries.promises(month("2026-02"), at=moment(4, 1)).first.received == 0
    assert queries.promises(MARCH, at=moment(4, 1)).first.received == 1


def test_an_empty_office_promises_nothing_of_nothing(county):
    table = queries.promises(MARCH, at=moment(4, 1))
    assert {one.percent for column in table.columns for one in column.promises} == {"—"}


def test_the_number_of_statements_does_not_grow(desk: Desk, django_assert_num_queries):
    for _ in range(3):
        desk.assigned(desk.through(desk.registered(desk.receipt(2))))
    with django_assert_num_queries(3):
        queries.promises(MARCH, at=moment(4, 1))
    with django_assert_num_queries(3):
        queries.figures(MARCH, at=moment(4, 1))


def test_the_other_numbers_counted_by_hand(desk: Desk):
    first = desk.through(desk.registered(desk.receipt(2)))
    desk.assigned(first)
    again = desk.classified(
        desk.read(desk.registered(desk.receipt(6)), 6), 6, recurrence=Recurrence.REPEAT, repeats_id=first.pk
    )
    group = desk.read(desk.registered(desk.receipt(3, Channel.WALK_IN, head_count=6)), 4, read_by_leader=True)
    desk.classified(group, 4, is_litigation=True)
    desk.registered(desk.receipt(9, Channel.WALK_IN, head_count=2))
    found = {(one.indicator, one.channel): (one.part, one.whole) for one in queries.rates(MARCH, at=moment(4, 1))}
    assert found == {
        ("first_matters", "letter"): (1, 2),
        ("first_matters", "walk_in"): (2, 2),
        ("group_visits", "walk_in"): (1, 2),
        ("group_people", "walk_in"): (6, 8),
        ("read_by_leader", "letter"): (0, 2),
        ("read_by_leader", "walk_in"): (1, 2),
        ("repeated", "letter"): (1, 2),
        ("timely_disposition", "letter"): (1, 2),
        ("timely_disposition", "walk_in"): (0, 1),
        ("timely_reply", "letter"): (0, 1),  # 未作处理决定的重复件，受理处理期限3月21日已过
        ("timely_reply", "walk_in"): (0, 1),
    }
    assert again.matter_id == first.matter_id


def test_a_glance_shows_the_same_numbers_until_something_happens(desk: Desk, django_assert_num_queries):
    desk.assigned(desk.through(desk.registered(desk.receipt(2))))
    desk.checked(moment(4, 1))

    def glance() -> list[tuple[str, int, int]]:
        found = queries.promises_at_a_glance(MARCH, at=moment(4, 1)).first
        return [(one.code, one.part, one.whole) for one in found.promises]

    fresh = [(one.code, one.part, one.whole) for one in queries.promises(MARCH, at=moment(4, 1)).first.promises]
    assert glance() == fresh
    with django_assert_num_queries(1):
        assert glance() == fresh
    desk.receipt(9)
    assert [whole for _, _, whole in glance()] == [2] * 6
