"""``huiyin promises`` and ``huiyin report_period``: what they print, and what they refuse in words."""

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import AttachmentKind, Channel
from huiyin.county.reporting.actions import periods as reporting
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.interfaces.management.commands.promises import moment_of, period_of
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal

ARRIVED = datetime(2026, 3, 2, 1, tzinfo=UTC)


def told(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def letters(people):
    """One letter registered with its scan, one that nobody registered."""
    first, _second = (
        receipts.take_receipt(channel=Channel.LETTER, received_on=date(2026, 3, 2), by=people.mail_room, at=ARRIVED)
        for _ in range(2)
    )
    petition = petitions.register(
        receipt_id=first.pk,
        registration=Registration(summary="反映上湾村断水", name="马长根"),
        by=people.clerk,
        at=ARRIVED,
    ).petition
    attachments.attach(
        petition_id=petition.pk,
        kind=AttachmentKind.ORIGINAL,
        name="信.pdf",
        data=b"%PDF-1.4\n%%EOF\n",
        by=people.clerk,
        at=ARRIVED,
    )
    return petition


def test_the_table_tells_part_whole_and_what_is_missing(letters):
    text = told("promises", "qinglan", "--from", "2026-03-01", "--to", "2026-03-31")
    assert "M1 件件登记" in text
    assert "1/2" in text
    assert "50.00%" in text
    assert "尚未登记" in text
    assert "收发老周" in text


def test_json_tells_the_same_with_every_line_that_is_missing(letters):
    found = json.loads(told("promises", "qinglan", "--from", "2026-03-01", "--to", "2026-03-31", "--json"))
    own = found["columns"][0]
    assert (own["group"], own["channels"]) == ("own", ["letter", "walk_in"])
    first = own["promises"][0]
    assert (first["code"], first["numerator"], first["denominator"], first["percent"]) == ("M1", 1, 2, "50.00%")
    assert [line["what"] for line in first["missing"]] == ["尚未登记"]
    assert "马长根" not in json.dumps(found, ensure_ascii=False)


def test_a_past_day_shows_what_was_true_when_it_ended(letters):
    arguments = ("promises", "qinglan", "--from", "2026-03-01", "--to", "2026-03-31", "--json", "--at")
    before, after = (json.loads(told(*arguments, day)) for day in ("2026-03-01", "2026-03-02"))
    assert [one["columns"][0]["promises"][0]["denominator"] for one in (before, after)] == [0, 2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("promises", "nowhere"), "没有名为“nowhere”的单位"),
        (("promises", "province"), "不是县"),
        (("promises", "qinglan", "--from", "2019.13.45"), "“2019.13.45”不是日期"),
        (("promises", "qinglan", "--at", "gestern"), "“gestern”不是时刻"),
        (("promises", "qinglan", "--at", "2199-01-01"), "不能晚于现在"),
        (("promises", "qinglan", "--from", "2026-03-31", "--to", "2026-03-01"), "截止日早于起始日"),
        (("report_period", "qinglan", "2026-13"), "不是月份"),
        (("report_period", "qinglan", "2199"), "没有结束的月份"),
        (("report_period", "qinglan", "2026-03", "--prepared-by", "nobody"), "没有用户“nobody”"),
        (("report_period", "qinglan", "2026-03", "--prepared-by", "li"), "核对结账需要由信访专干办理"),
        (("report_period", "qinglan", "2026-03", "--approved-by", "ma"), "审定结账需要由法制委负责人办理"),
    ],
)
def test_what_cannot_be_is_refused_in_words(people, arguments, words):
    with pytest.raises(Refusal, match=words):
        told(*arguments)


def test_a_month_is_closed_by_two_people_and_once(letters, people):
    assert told("report_period", "qinglan", "2026-03") == "2026年3月：已审定并报送第1版\n"
    assert told("report_period", "qinglan", "2026-03") == "2026年3月：第1版已锁定，没有办理\n"
    row = ReportedPeriod.objects.get()
    assert (row.prepared_by, row.approved_by) == (people.clerk, people.head)


def test_the_command_leaves_alone_what_waits_for_its_approval(letters, people):
    row = reporting.prepare(period=Period(date(2026, 3, 1), date(2026, 3, 31)), by=people.clerk, at=timezone.now())
    assert told("report_period", "qinglan", "2026-03") == "2026年3月：第1版已核对，等待审定，没有办理\n"
    row.refresh_from_db()
    assert row.state == "prepared"


def test_the_command_tells_what_moved_since_a_month_was_locked(letters, people):
    told("report_period", "qinglan", "2026-03")
    receipts.take_receipt(channel=Channel.LETTER, received_on=date(2026, 3, 31), by=people.mail_room, at=timezone.now())
    words = told("report_period", "qinglan", "2026-03")
    assert "此后有6项数字变动" in words  # one receipt more in the denominators of the six readings of the promises


@pytest.mark.parametrize(("written", "count"), [("2025", 13), ("2026-Q1", 1)])
def test_a_year_is_closed_with_each_of_its_months_and_a_quarter_alone(letters, written, count):
    assert told("report_period", "qinglan", written).count("已审定并报送第1版") == count
    assert ReportedPeriod.objects.count() == count


def test_a_bare_day_means_its_last_instant_in_china():
    assert moment_of("2026-03-31") < datetime(2026, 3, 31, 16, tzinfo=UTC)
    assert moment_of("2026-03-31T18:00") == datetime(2026, 3, 31, 10, tzinfo=UTC)
    assert timezone.is_aware(moment_of("2026-03-31T18:00:00+00:00"))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("", "", Period(date(2026, 1, 1), date(2026, 12, 31))),
        ("2025-03-01", "", Period(date(2025, 3, 1), date(2025, 12, 31))),
        ("", "2025-03-31", Period(date(2025, 1, 1), date(2025, 3, 31))),
    ],
)
def test_the_period_is_this_year_unless_said_otherwise(first, last, expected):
    assert period_of(first, last, today=date(2026, 4, 1)) == expected
