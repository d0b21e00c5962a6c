"""``huiyin statistics``: the province's numbers are the counties' own, or the command says where they are not."""

import re
from datetime import date, datetime
from io import StringIO
from types import SimpleNamespace
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connections

from huiyin.accounts.models import Staff
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Purpose, Recurrence
from huiyin.county.reporting.actions import periods
from huiyin.interfaces.management.commands.statistics import reported_by_this_county
from huiyin.kernel.periods import month
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import PUBLIC, entered
from huiyin.platform.statistics import intake
from huiyin.platform.statistics.models import Cell, Figure, Submission

SHANGHAI = ZoneInfo("Asia/Shanghai")
MARCH = month("2026-03")


def moment(of_month, day, hour=9):
    return datetime(2026, of_month, day, hour, tzinfo=SHANGHAI)


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("statistics", *arguments, stdout=out)
    return out.getvalue()


def one_letter(people, day=2, *, is_read=True):
    receipt = receipts.take_receipt(
        channel=Channel.LETTER, received_on=date(2026, 3, day), by=people.mail_room, at=moment(3, day)
    )
    petition = petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(summary="反映上湾村断水", name="马长根"),
        by=people.clerk,
        at=moment(3, day, 10),
    ).petition
    attachments.attach(
        petition_id=petition.pk,
        kind=AttachmentKind.ORIGINAL,
        name="信.pdf",
        data=b"%PDF-1.4\n%%EOF\n",
        by=people.clerk,
        at=moment(3, day, 10),
    )
    if is_read:
        read(petition, people, at=moment(3, day, 11))
    return petition


def read(petition, people, *, at):
    petitions.read(petition_id=petition.pk, note="已阅", by=people.clerk, at=at)
    told_of = Classification(
        purpose=Purpose.CLAIM, category_code="01", category_path="农村农业", recurrence=Recurrence.FIRST
    )
    petitions.classify(petition_id=petition.pk, classification=told_of, by=people.clerk, at=at)


def march_locked(people):
    row = periods.prepare(period=MARCH, by=people.clerk, at=moment(4, 3))
    return periods.approve(period_id=row.pk, by=people.head, at=moment(4, 3, 15))


def push(county, changed=lambda figures, cells: (figures, cells)):
    """Hand over what is locked, as the job does."""
    for one in reported_by_this_county():
        figures, cells = changed(
            [figure.as_values() for figure in one.figures], [cell.as_values() for cell in one.cells]
        )
        intake.accept(
            county=county,
            key=one.key,
            first_on=one.period.first,
            last_on=one.period.last,
            version=one.version,
            data_as_of=one.data_as_of,
            figures=figures,
            cells=cells,
            at=one.reported_at,
        )


@pytest.fixture
def reported(county, people):
    """青岚县 locked March with two letters, and the province has it."""
    one_letter(people, 2)
    one_letter(people, 3)
    march_locked(people)
    push(county)


def test_what_stands_is_what_the_county_counts_again(reported):
    assert "核对1个版本，与各县数据一致" in told("verify", "qinglan")


def test_what_happened_later_does_not_change_a_month_that_was_reported(county, people):
    late = one_letter(people, 20, is_read=False)
    march_locked(people)
    push(county)
    read(late, people, at=moment(4, 10))
    assert "一致" in told("verify", "qinglan")


def less_read(figures, cells):
    def less(those: list[dict[str, object]]) -> list[dict[str, object]]:
        return [one | {"part": 1} if one["indicator"] == "M2" and one["part"] == 2 else one for one in those]

    return less(figures), less(cells)


def without_first_matters(figures, cells):
    return tuple([one for one in those if one["indicator"] != "first_matters"] for those in (figures, cells))


def of_another_class(figures, cells):
    return figures, [one | {"category": "02"} if one["category"] == "01" else one for one in cells]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (less_read, r"青岚县\S* 2026年3月第1版 M2 \S+ 来信：省里是1/2，应为2/2"),
        (without_first_matters, r"first_matters 初次信访事项 来信：省里是没有，应为2/2"),
        (of_another_class, r"分类“02”：省里是2/2，应为没有"),
    ],
)
def test_planted_drift_is_named_by_county_period_and_indicator(county, people, changed, words):
    one_letter(people, 2)
    one_letter(people, 3)
    march_locked(people)
    push(county, changed=changed)
    out = StringIO()
    with pytest.raises(Refusal, match="处与各县数据不符"):
        call_command("statistics", "verify", "qinglan", stdout=out)
    assert re.search(words, out.getvalue())


def test_a_version_that_never_arrived_is_drift_too(county, people):
    march_locked(people)
    with pytest.raises(Refusal, match="核对1个版本"):
        told("verify", "qinglan")


DAMAGE = (
    "UPDATE platform_figure SET part = part - 1 WHERE county = 'linshi' AND indicator = 'M2' AND part > 0",
    "DELETE FROM platform_cell WHERE county = 'linshi'",
    "DELETE FROM platform_submission WHERE county = 'linshi'",
)


def test_lost_and_damaged_rows_are_written_again_exactly_as_they_were(committed_county):
    """Damage is done as the owner, outside the county: no role of an office can do it."""
    with entered(committed_county):
        people = SimpleNamespace(
            **{name: Staff.objects.get(username=user) for name, user in
               (("clerk", "ma"), ("head", "wang"), ("mail_room", "shou"))}
        )  # fmt: skip
        one_letter(people)
        march_locked(people)
        push(committed_county)
    try:
        before = rows_of("linshi")
        assert len(before) > 20
        for damage in DAMAGE:
            as_owner(damage)
            assert rows_of("linshi") != before
            with pytest.raises(Refusal, match="不符"):
                told("verify", "linshi")
            assert "重建1个版本" in told("rebuild", "linshi")
            assert rows_of("linshi") == before
            assert "一致" in told("verify", "linshi")
        assert "不需要重建" in told("rebuild", "linshi")
    finally:
        for table in ("platform_cell", "platform_figure", "platform_submission"):
            as_owner(f"DELETE FROM {table} WHERE county = 'linshi'")


def as_owner(statement):
    with entered(PUBLIC), connections["owner"].cursor() as cursor:
        cursor.execute(statement)


def rows_of(schema):
    """Return everything that stands of a county, but the rows' own identities."""
    with entered(PUBLIC):
        return sorted(
            repr(sorted((name, value) for name, value in row.items() if name != "id"))
            for model in (Submission, Figure, Cell)
            for row in model.objects.using("owner").filter(county=schema).values()
        )


def test_a_version_that_the_county_does_not_know_is_named(reported, people, county):
    row = reported_by_this_county()[0]
    intake.accept(
        county=county,
        key=UUID("00000000-0000-4000-8000-000000000001"),
        first_on=date(2026, 2, 1),
        last_on=date(2026, 2, 28),
        version=1,
        data_as_of=row.data_as_of,
        figures=[one.as_values() for one in row.figures],
        at=row.reported_at,
    )
    with pytest.raises(Refusal, match="1处"):
        told("verify", "qinglan")


def test_only_counties_are_verified(county, province):
    with pytest.raises(Refusal, match="不是县"):
        told("verify", "province")


def test_the_province_publishes_and_audits_what_it_published(reported, province):
    assert "第1版" in told("publish", "2026")
    assert "没有变化" in told("publish", "2026")
    assert "可推算出0个" in told("audit", "2026")
