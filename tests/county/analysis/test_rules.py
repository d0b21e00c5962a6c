"""四个百分之百 as a rule book: what keeps a promise, and who has to see to what is missing."""

from dataclasses import replace
from datetime import date

import pytest

from huiyin.county.analysis import rules
from huiyin.county.analysis.evidence import Evidence, ReceiptEvidence
from huiyin.county.analysis.states import Original
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.registry.states import Channel, Confidentiality
from huiyin.platform.statistics.indicators import INDICATORS, PROMISES, ChannelGroup, ReportedChannel

KEPT = Evidence(
    petition_id=1,
    number="青人信〔2026〕1号",
    confidentiality=Confidentiality.ORDINARY,
    original=Original.INTACT,
    is_complete=True,
    is_found_by_number=True,
    is_found_by_name=True,
    is_found_by_text=True,
    registrar="马会计",
    reader="秦岳",
    is_classified=True,
    classifier="马会计",
    disposition=DispositionKind.ASSIGNMENT,
    decider="王主任",
    unit="县水务局",
    handler="何立群",
    is_replied=True,
    is_answered=True,
)
NOBODY = {
    "name_known": False,
    "address_known": False,
    "contact_known": False,
    "is_answered": False,
    "is_replied": False,
}


def receipt(*petitions: Evidence, number: int = 1, channel: Channel = Channel.LETTER) -> ReceiptEvidence:
    return ReceiptEvidence(
        receipt_id=number,
        number=f"收{number}号",
        channel=channel,
        received_on=date(2026, 3, 2),
        taken_by="收发老周",
        petitions=petitions,
    )


def parts(*receipts: ReceiptEvidence) -> dict[str, tuple[int, int]]:
    found = (rules.promise_of(receipts, indicator) for indicator in PROMISES)
    return {promise.code: (promise.part, promise.whole) for promise in found}


@pytest.mark.parametrize(
    ("changed", "code", "what", "owner"),
    [
        ({"original": Original.MISSING}, "M1", "缺原件或接谈笔录", "马会计"),
        ({"original": Original.BROKEN}, "M1", "原件与校验值不符", "马会计"),
        ({"original": Original.UNCHECKED}, "M1", "原件校验值尚未重算", "马会计"),
        ({"is_found_by_text": False}, "M1", "检索不到", "马会计"),
        ({"is_found_by_number": False, "is_complete": False}, "M1", "登记要素不全；检索不到", "马会计"),
        ({"reader": ""}, "M2", "无人阅信或接谈", "马会计"),
        ({"is_classified": False}, "M2", "尚未归类", "秦岳"),
        ({"disposition": None, "decider": "", "unit": "", "handler": ""}, "M3a", "尚未作出处理决定", "马会计"),
        ({"handler": ""}, "M3a", "未落实到单位和个人", "王主任"),
        ({"disposition": DispositionKind.GUIDANCE, "unit": ""}, "M3a", "引导告知，未交办到单位和个人", "王主任"),
        ({"disposition": DispositionKind.FILED, "unit": ""}, "M3b", "存查缺依据、审批人或经办人", "王主任"),
        ({"disposition": None, "is_merged": True}, "M3a", "主件尚未落实到单位和个人", "王主任"),
        ({"is_answered": False, "is_with_unit": True}, "M4", "承办单位尚未办结", "县水务局·何立群"),
        ({"is_answered": False}, "M4", "已答复，尚无送达凭证", "王主任"),
        ({"is_answered": False, "is_replied": False}, "M4", "尚未答复", "王主任"),
        ({"is_answered": False, "attempt_failed": True}, "M4", "送达未成功，已有记录", "王主任"),
    ],
)
def test_what_is_missing_is_named_with_its_owner(changed, code, what, owner):
    missing = rules.missing_of(receipt(replace(KEPT, **changed)), INDICATORS[code])
    assert [(line.what, line.owner, line.number) for line in missing] == [(what, owner, "青人信〔2026〕1号")]


def test_a_kept_letter_lacks_nothing():
    assert parts(receipt(KEPT)) == dict.fromkeys(("M1", "M2", "M3a", "M3b", "M4", "M4x"), (1, 1))


def test_a_receipt_nobody_registered_counts_and_is_missing_everywhere():
    assert set(parts(receipt()).values()) == {(0, 1)}
    (line,) = rules.missing_of(receipt(number=7), PROMISES[0])
    assert (line.number, line.what, line.owner) == ("收7号", "尚未登记", "收发老周")


def test_a_split_letter_keeps_a_promise_only_with_all_its_petitions():
    half = replace(KEPT, petition_id=2, number="青人信〔2026〕2号", is_answered=False)
    assert parts(receipt(KEPT, half))["M4"] == (0, 1)
    assert parts(receipt(KEPT, half))["M3a"] == (1, 1)


@pytest.mark.parametrize("kind", [DispositionKind.GUIDANCE, DispositionKind.NOT_REACCEPTED, DispositionKind.FILED])
def test_a_lawful_exception_counts_in_the_wider_reading_only(kind):
    guided = replace(KEPT, disposition=kind, unit="", handler="", has_basis_and_approver=True)
    assert (parts(receipt(guided))["M3a"], parts(receipt(guided))["M3b"]) == ((0, 1), (1, 1))


@pytest.mark.parametrize(
    ("known", "whole"),
    [
        ({}, 0),  # 匿名、无地址、无电话
        ({"contact_known": True}, 1),  # 留有电话，还没有联系过
        ({"contact_known": True, "attempt_failed": True}, 0),  # 留有电话，联系不上有记录
        ({"name_known": True}, 1),  # 有姓名
        ({"address_known": True, "contact_known": True, "attempt_failed": True}, 1),  # 有地址，退信不算无法答复
        ({"is_answered": True}, 1),  # 匿名也收到了答复
    ],
)
def test_who_cannot_lawfully_be_answered_leaves_only_the_last_denominator(known, whole):
    numbers = parts(receipt(replace(KEPT, **(NOBODY | known))))
    assert numbers["M4"][1] == 1
    assert numbers["M4x"][1] == whole


def test_a_secret_item_is_found_by_its_number_and_needs_no_scan():
    secret = replace(
        KEPT,
        confidentiality=Confidentiality.NUMBER_ONLY,
        original=Original.MISSING,
        is_found_by_name=False,
        is_found_by_text=False,
    )
    assert parts(receipt(secret))["M1"] == (1, 1)
    assert parts(receipt(replace(secret, is_found_by_number=False)))["M1"] == (0, 1)


def test_channels_are_added_up_only_under_a_name_that_says_so():
    unread = replace(KEPT, reader="")
    receipts = [
        receipt(KEPT),
        receipt(unread, number=2, channel=Channel.WALK_IN),
        receipt(number=3, channel=Channel.WEB),
    ]
    columns = {column.group: column for column in rules.columns_of(receipts, frozenset(Channel))}
    assert list(columns) == list(ChannelGroup)
    assert {group: (one.promise("M2").part, one.received) for group, one in columns.items()} == {
        ChannelGroup.OWN: (1, 2),
        ChannelGroup.LETTER: (1, 1),
        ChannelGroup.WALK_IN: (0, 1),
        ChannelGroup.PHONE: (0, 0),
        ChannelGroup.WEB: (0, 1),
        ChannelGroup.ALL: (1, 3),
    }
    assert columns[ChannelGroup.PHONE].promise("M1").percent == "—"
    assert columns[ChannelGroup.OWN].promise("M2").percent == "50.00%"
    assert [one.group for one in rules.columns_of(receipts, frozenset({Channel.WEB}))] == [ChannelGroup.WEB]


def test_one_of_twenty_thousand_missing_is_not_a_hundred_percent():
    promise = rules.Promise(PROMISES[0], part=19_999, whole=20_000)
    assert (promise.percent, promise.is_kept, promise.lacking) == ("99.99%", False, 1)


def test_statistics_and_register_speak_of_the_same_channels():
    assert ReportedChannel.choices() == [*Channel.choices(), ("none", "不分渠道")]
