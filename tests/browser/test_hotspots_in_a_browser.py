"""热点, 承办单位 and 三项建议 in a real browser: wide and on a phone, without a complaint of axe."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import dispositions
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.oversight.actions import recommendations
from huiyin.county.oversight.recommendation_rules import BASIS, RecommendationEntry
from huiyin.county.oversight.states import RecommendationKind
from huiyin.county.registry.actions import petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import Channel, Purpose, Recurrence
from huiyin.kernel.calendar import local_day
from huiyin.kernel.tenant import Tenant, entered

pytestmark = [pytest.mark.browser, pytest.mark.slow]
YEAR = 365
# How many matters of each class came this year and the year before.
COUNTS = {("0110", "水利水电", "irrigation_fee"): (7, 2), ("0102", "土地承包经营", ""): (2, 3)}


def call(name: str, *, at: datetime, code: str, path: str, tag: str, by: Staff) -> Petition:
    receipt = receipts.take_receipt(channel=Channel.PHONE, received_on=local_day(at), sender=name, by=by, at=at)
    registration = Registration(summary=f"{name}来电反映{path}问题", name=name, place="松林镇上松村")
    row = petitions.register(receipt_id=receipt.pk, registration=registration, by=by, at=at).petition
    petitions.read(petition_id=row.pk, note="已听", by=by, at=at)
    tags = (tag,) if tag else ()
    decided = Classification(Purpose.CLAIM, code, f"农村农业/{path}", Recurrence.FIRST, tags=tags)
    return petitions.classify(petition_id=row.pk, classification=decided, by=by, at=at)


@pytest.fixture
def two_years(committed_county: Tenant) -> None:
    """Two years of two classes, some with 县水务局, and a recommendation to it that was made."""
    with entered(committed_county):
        clerk, now = Staff.objects.get(username="ma"), datetime.now(UTC)
        for (code, path, tag), counts in COUNTS.items():
            for back, count in enumerate(counts):
                for place in range(count):
                    at = now - timedelta(days=2 + place + back * YEAR)
                    row = call(f"{path}户{back}{place}", at=at, code=code, path=path, tag=tag, by=clerk)
                    if tag:
                        dispositions.assign(
                            petition_id=row.pk,
                            kind=DispositionKind.ASSIGNMENT,
                            unit_code="water",
                            handler_name="何立群",
                            redaction_confirmed=True,
                            by=clerk,
                            at=at,
                        )
        kind = RecommendationKind.IMPROVE_WORK
        due_on = local_day(now) + timedelta(days=30)
        entry = RecommendationEntry(kind, "农业水费收缴公开", "没有公示。", "按季公示。", BASIS[kind], due_on)
        drafted = recommendations.draft(unit_code="water", entry=entry, by=clerk, at=now)
        recommendations.make(recommendation_id=drafted.pk, by=Staff.objects.get(username="wang"), at=now)


def test_numbers_lead_from_the_table_to_one_line_and_to_a_units_dossier(two_years: None, desk: Any) -> None:
    head = desk("linshi")
    head.sign_in("wang")
    today = local_day(datetime.now(UTC))
    span = f"first={today - timedelta(days=25)}&last={today}"
    head.go(f"/analysis/hotspots/?by=tag&{span}")
    head.looks("hotspots")
    assert "农业水费" in head.text()
    assert "上升但不能排除偶然" in head.text()
    with head.page.expect_navigation():
        head.page.locator("#hotspots").get_by_role("link", name="农业水费").first.press("Enter")
    head.looks("hotspot")
    assert "真实水平约为上年的" in head.text()
    head.go(f"/analysis/units/?{span}")
    head.looks("units")
    head.go(f"/analysis/units/water/?{span}")
    head.looks("unit")
    head.presses("制作评议材料")
    assert "评〔" in head.text()


def test_a_unit_answers_a_recommendation_by_the_keyboard(two_years: None, desk: Any) -> None:
    he = desk("linshi")
    he.sign_in("he")
    he.go("/recommendations/")
    he.looks("recommendations")
    with he.page.expect_navigation():
        he.page.locator("#recommendations a").first.press("Enter")
    he.looks("recommendation")
    he.presses("反馈采纳情况")
    he.looks("answer")
    he.reach("adoption").keyboard.press("Space")
    he.types("answer", "六月底前全部公示")
    he.sends()
    assert "六月底前全部公示" in he.text()
