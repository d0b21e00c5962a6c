"""A leader on the phone and a reception day at the desk, in a real browser: wide, narrow, without a complaint."""

import struct
import zlib
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from huiyin.accounts.models import Staff
from huiyin.county.office.models import ReceptionDay
from huiyin.county.reception.actions import days, instructions, receptions
from huiyin.county.reception.rules import ArrivalEntry, DayEntry
from huiyin.county.reception.states import PutReason
from huiyin.county.registry.actions import attachments
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import AttachmentKind, Channel
from huiyin.kernel.calendar import local_day
from huiyin.kernel.tenant import Tenant, entered

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def picture() -> bytes:
    """A grey page as a scanner hands it in."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60, 80, 8, 0, 0, 0, 0)
    rows = b"".join(b"\x00" + b"\xdd" * 60 for _ in range(80))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def a_day(clerk: Staff, leader: Staff, *, in_days: int, at: datetime) -> ReceptionDay:
    entry = DayEntry(
        on=local_day(at) + timedelta(days=in_days),
        leader_name=leader.name,
        place="县人大机关一楼接待室",
        from_time=time(9),
        until_time=time(11, 30),
        capacity=5,
    )
    return days.add(entry=entry, leader=leader, by=clerk, at=at)


@pytest.fixture
def prepared(served: int, committed_county: Tenant) -> dict[str, int]:
    """A letter with a scanned page before 李副主任, his day today with a party, his day tomorrow to book."""
    del served
    with entered(committed_county):
        clerk, leader, at = Staff.objects.get(username="ma"), Staff.objects.get(username="li"), timezone.now()
        petition = Petition.objects.filter(channel=Channel.LETTER.value).order_by("pk")[0]
        attachments.attach(
            petition_id=petition.pk,
            kind=AttachmentKind.ORIGINAL,
            name="来信.png",
            data=picture(),
            by=clerk,
            at=at,
        )
        row = instructions.put(
            petition_id=petition.pk, leader=leader, reason=PutReason.IMPORTANT, note="请阅示", by=clerk, at=at
        )
        today, tomorrow = a_day(clerk, leader, in_days=0, at=at), a_day(clerk, leader, in_days=1, at=at)
        came = ArrivalEntry(name="周桂兰", subject="水费收缴标准不公开", phone="13912340001", head_count=3)
        party = receptions.sign_in(day_id=today.pk, entry=came, by=clerk, at=at)
        return {"instruction": row.pk, "today": today.pk, "tomorrow": tomorrow.pk, "party": party.pk}


def test_a_leader_reads_and_instructs_on_the_phone(prepared: dict[str, int], desk: Callable[[str], Any]) -> None:
    leader = desk("linshi")
    leader.sign_in("li")
    leader.looks("leader-today")
    leader.go("/leaders/")
    leader.looks("leader-queue")
    leader.go(f"/instructions/{prepared['instruction']}/")
    assert leader.page.evaluate("() => document.querySelector('.hy-scan img').naturalWidth") == 60
    leader.looks("leader-instruction")
    leader.types("words", "请县农业农村局核实，一个月内答复群众")
    leader.sends()
    assert f"临人批〔{local_day(timezone.now()).year}〕1号" in leader.text()
    leader.looks("leader-instructed")
    leader.go(f"/receptions/{prepared['party']}/")
    leader.looks("leader-brief")


def test_a_reception_day_at_the_desk_and_on_the_portal(
    prepared: dict[str, int], desk: Callable[[str], Any], tmp_path: Path
) -> None:
    clerk, petitioner = desk("linshi"), desk("linshi")
    clerk.sign_in("ma")
    for path, name in (
        ("/receptions/", "roster"),
        ("/receptions/days/new", "day-new"),
        (f"/receptions/days/{prepared['today']}/", "day"),
        ("/instructions/", "instructions"),
    ):
        clerk.go(path)
        clerk.looks(name)
    clerk.go(f"/receptions/{prepared['party']}/")
    clerk.presses("请进来")
    clerk.types("answer_0", "周桂兰，松林镇上松村三组，电话已登记。")
    clerk.sends()
    clerk.looks("party")
    scan = tmp_path / "笔录.png"
    scan.write_bytes(picture())
    clerk.page.locator("#id_register-scan").set_input_files(str(scan))
    clerk.page.locator("#id_register-note").fill("当面听取，要求公示账目")
    clerk.page.locator("#id_register-was_read_back").check()
    clerk.page.locator("#id_register-words").fill("请县水务局限期公示")
    with clerk.page.expect_navigation():
        clerk.page.locator("#register button[type=submit]").click()
    clerk.looks("reception-registered")
    clerk.go(f"/receptions/{prepared['party']}/record")
    clerk.looks("record")

    petitioner.go("/portal/receptions/")
    petitioner.looks("notice")
    petitioner.go(f"/portal/receptions/{prepared['tomorrow']}/book")
    petitioner.looks("booking")
    petitioner.types("name", "马长根")
    petitioner.types("phone", "13912340002")
    petitioner.types("subject", "道路不平")
    petitioner.sends()
    petitioner.looks("booked")
    petitioner.go("/portal/bookings/cancel")
    petitioner.looks("give-back")
