"""热点 and 承办单位 in the browser: the table, one line, the thresholds, a unit and its dossier."""

from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.county.analysis import hotspots
from huiyin.county.analysis.hotspot_rules import HotspotRule
from huiyin.county.document.models import Document
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality, State

KEY = "category:0110"


@pytest.fixture
def two(a_petition) -> list[Petition]:
    """Two classified matters, one of them with 县水务局."""
    return [a_petition(State.CLASSIFIED, name="马大山"), a_petition(State.REPORTED, name="田有福")]


def test_the_table_says_the_rule_the_numbers_and_what_they_can_tell(browser, people, two):
    page = browser(people.clerk).get("/analysis/hotspots/").content.decode()
    assert "热点标准：不少于5个信访事项" in page
    assert "农村农业/水利水电" in page
    assert "上年同期登记不全" in page
    assert "调整热点标准" not in page
    assert browser(people.clerk).get("/analysis/hotspots/", by="tag", month="2020-01").status_code == 200


def test_every_way_to_gather_opens(browser, people, two):
    today = timezone.localdate()
    span = {"first": f"{today - timedelta(days=40)}", "last": f"{today}"}
    head = browser(people.head)
    for kind in ("category", "field", "tag", "place", "unit", "statute"):
        answer = head.get("/analysis/hotspots/", by=kind, unit="water", **span)
        assert answer.status_code == 200
        assert f"by={kind}" in answer.content.decode()


def test_a_number_opens_its_petitions_for_those_who_may_see_them(browser, people, two, a_petition):
    Petition.objects.filter(pk=two[0].pk).update(confidentiality=Confidentiality.SEALED.value)
    page = browser(people.clerk).get("/analysis/hotspots/line", key=KEY).content.decode()
    assert two[1].number in page
    assert two[0].number not in page
    assert "另有检举控告件1件，只计数，不列出" in page
    assert "提出议题建议" in page
    leader = browser(people.leader).get("/analysis/hotspots/line", key=KEY).content.decode()
    assert "提出议题建议" not in leader
    assert browser(people.clerk).get("/analysis/hotspots/line", key="tag:nothing").status_code == 404


def test_the_table_asks_no_more_for_more_petitions(browser, people, two, a_petition, queries_of):
    clerk = browser(people.clerk)
    before = queries_of(lambda: clerk.get("/analysis/hotspots/"))
    for place in range(3):
        a_petition(State.CLASSIFIED, name=f"新户{place}")
    assert queries_of(lambda: clerk.get("/analysis/hotspots/")) == before


def test_the_head_sets_the_thresholds_on_screen_and_nobody_else(browser, people):
    head, sent = browser(people.head), {"min_matters": "3", "rise_percent": "50", "first": "3"}
    assert "调整热点标准" in head.get("/analysis/hotspots/").content.decode()
    assert head.post("/analysis/hotspots/rule", **sent, reason="").status_code == 422
    assert head.post("/analysis/hotspots/rule", **sent, reason="本县事项少").status_code == 302
    assert hotspots.standing_rule(at=timezone.now()) == HotspotRule(3, 50, 3)
    assert "不少于3个信访事项" in head.get("/analysis/hotspots/").content.decode()
    for role in ("clerk", "leader", "auditor", "unit_head"):
        assert browser(getattr(people, role)).get("/analysis/hotspots/rule").status_code == 403


def test_one_units_numbers_open_for_the_offices_readers_and_never_for_the_unit(browser, people, two):
    opens = {
        role: browser(getattr(people, role)).get("/analysis/units/water/").status_code
        for role in ("clerk", "leader", "auditor", "administrator", "mail_room", "unit_clerk", "unit_head")
    }
    assert opens == dict.fromkeys(("clerk", "leader", "auditor"), 200) | dict.fromkeys(
        ("administrator", "mail_room", "unit_clerk", "unit_head"), 403
    )


def test_a_units_numbers_lead_to_their_petitions_and_nothing_is_ranked(browser, people, two):
    page = browser(people.clerk).get("/analysis/units/").content.decode()
    assert "县水务局" in page
    assert "第1名" not in page
    one = browser(people.clerk).get("/analysis/units/water/").content.decode()
    assert two[1].number in one
    assert "数量太少，无法比较" in one or "本期没有" in one
    assert browser(people.clerk).get("/analysis/units/court/").status_code == 404


def test_the_dossier_is_frozen_once_numbered_and_never_the_units(browser, people, two):
    clerk, year = browser(people.clerk), str(timezone.localdate().year)
    sent = {"year": year, "form_token": "dossier-once-000001"}
    assert [clerk.post("/analysis/units/water/dossier", **sent).status_code for _ in range(2)] == [302, 302]
    row = Document.objects.get(kind="unit_dossier")
    assert row.number.startswith("青人评")
    assert row.number in clerk.get("/analysis/units/water/").content.decode()
    assert clerk.get(f"/documents/{row.pk}.pdf").status_code == 200
    assert browser(people.unit_head).get(f"/documents/{row.pk}.pdf").status_code == 404
    assert browser(people.auditor).post("/analysis/units/water/dossier", year=year).status_code == 403
