"""监督 in the browser: from a topic to the plan, from the plan to an activity, and what each role finds there."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.journal.models import Entry
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import State
from huiyin.county.supervision.activity_models import Activity, ActivityLetter
from huiyin.county.supervision.models import DirectorsMeeting, PlanItem, SupervisionPlan, TopicProposal

TODAY = timezone.localdate()
TOPIC = {
    "title": "农业水费收缴",
    "topic": "tag:irrigation_fee",
    "first": f"{TODAY.year}-01-01",
    "last": f"{TODAY}",
    "numbers": "",
    "source": "deputies",
    "instrument": "law_inspection",
    "statute": "water_law",
    "articles": "第四十九条，第五十五条",
    "reason": "水费问题集中",
    "focus": "水费标准公开",
    "timing": "6月",
    "organiser": "县人大法制委员会",
}
MEETING = {"ordinal": "41", "held_on": f"{TODAY}", "chair": "秦岳", "agenda": "研究议题建议"}
ITEM = {
    "title": "《水法》执法检查",
    "kind": "law_inspection",
    "source": "petitions",
    "statute": "water_law",
    "organiser": "县人大法制委员会",
    "timing": "6月",
}
SCHEME = {
    "kind": "law_inspection",
    "ground": "主任会议决定",
    "title": "《水法》执法检查",
    "organiser": "县人大法制委员会",
    "statute": "water_law",
    "aim": "检查水费收缴",
    "focus": "水费标准公开",
    "units": ["water"],
    "methods": ["seminar", "on_site"],
    "starts_on": f"{TODAY}",
    "ends_on": f"{TODAY + timedelta(days=20)}",
    "agenda": "听取汇报、实地检查",
}
LEADER = {
    "member-name": "秦岳",
    "member-role": "leader",
    "member-basis": "standing_committee",
    "member-organ": "县人大常委会",
    "member-post": "主任",
    "member-former_posts": "无",
}


def read(browser: Any, path: str, **query: str) -> str:
    answer = browser.get(path, **query)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


@pytest.fixture
def under_way(browser: Any, people: Any) -> Activity:
    """An inspection that is out, prepared by the clerk and approved by the head."""
    clerk, head = browser(people.clerk), browser(people.head)
    clerk.post("/supervision/activities/new", **SCHEME)
    activity = Activity.objects.get()
    path = f"/supervision/activities/{activity.pk}/steps"
    clerk.post(f"{path}/member", **LEADER)
    head.post(f"{path}/approve")
    clerk.post(f"{path}/begin")
    activity.refresh_from_db()
    assert activity.state == "under_way"
    return activity


def test_a_topic_goes_from_the_clerk_to_the_directors_into_the_published_plan(browser, people):
    clerk, head, leader = browser(people.clerk), browser(people.head), browser(people.leader)
    clerk.post("/supervision/proposals/new", **TOPIC)
    topic = TopicProposal.objects.get()
    assert topic.articles == ["第四十九条", "第五十五条"]
    page = read(clerk, f"/supervision/proposals/{topic.pk}/")
    assert "校验一致" in page
    assert topic.evidence_hash in page
    clerk.post(f"/supervision/proposals/{topic.pk}/steps/submit")
    head.post(f"/supervision/proposals/{topic.pk}/steps/approve")
    assert topic.number in read(leader, "/supervision/meetings/")
    clerk.post("/supervision/meetings/new", **MEETING)
    meeting = DirectorsMeeting.objects.get()
    decision = {"decide-proposal": topic.pk, "decide-decision": "adopt"}
    assert leader.post(f"/supervision/meetings/{meeting.pk}/steps/decide", **decision).status_code == 302
    clerk.post("/supervision/plans/new", year=TODAY.year)
    plan = SupervisionPlan.objects.get()
    assert topic.title in read(clerk, f"/supervision/plans/{plan.pk}/")
    form = read(clerk, f"/supervision/plans/{plan.pk}/items/new", topic=str(topic.pk))
    assert "农业水费收缴执法检查" in form
    clerk.post(f"/supervision/plans/{plan.pk}/items/new", **ITEM, proposal=topic.pk)
    leader.post(f"/supervision/plans/{plan.pk}/steps/publish", **{"publish-meeting": meeting.pk})
    published = read(browser(), "/portal/plan/")
    assert "《水法》执法检查" in published
    assert "第41次主任会议通过" in published
    overview = read(clerk, "/supervision/")
    assert f"/supervision/activities/new?item={PlanItem.objects.get().pk}" in overview


def test_before_it_is_published_a_plan_is_not_on_the_public_page(browser, people):
    clerk = browser(people.clerk)
    clerk.post("/supervision/plans/new", year=TODAY.year)
    clerk.post(f"/supervision/plans/{SupervisionPlan.objects.get().pk}/items/new", **ITEM)
    page = read(browser(), "/portal/plan/")
    assert "《水法》执法检查" not in page
    assert "还没有公布" in page


def test_an_item_of_a_draft_is_changed_and_dropped_on_its_page(browser, people):
    clerk = browser(people.clerk)
    clerk.post("/supervision/plans/new", year=TODAY.year)
    clerk.post(f"/supervision/plans/{SupervisionPlan.objects.get().pk}/items/new", **ITEM)
    item = PlanItem.objects.get()
    clerk.post(f"/supervision/plans/items/{item.pk}/change", **{**ITEM, "timing": "9月"})
    item.refresh_from_db()
    assert item.timing == "9月"
    clerk.post(f"/supervision/plans/items/{item.pk}/drop")
    assert not PlanItem.objects.exists()


def test_what_a_rule_refuses_is_said_beside_the_form_and_changes_nothing(browser, people):
    clerk = browser(people.clerk)
    answer = clerk.post("/supervision/proposals/new", **{**TOPIC, "source": "petitions"})
    assert answer.status_code == 422
    assert "本期和上年同期都没有这一项" in answer.content.decode()
    assert not TopicProposal.objects.exists()


def test_a_draft_that_the_clerk_submitted_cannot_be_approved_by_the_clerk(browser, people):
    clerk = browser(people.clerk)
    clerk.post("/supervision/proposals/new", **TOPIC)
    topic = TopicProposal.objects.get()
    clerk.post(f"/supervision/proposals/{topic.pk}/steps/submit")
    answer = clerk.post(f"/supervision/proposals/{topic.pk}/steps/approve")
    assert (answer.status_code, "批准议题建议需要由法制委负责人办理" in answer.content.decode()) == (409, True)


def test_an_activity_shows_its_scheme_its_team_and_its_course(browser, people, under_way):
    page = read(browser(people.clerk), f"/supervision/activities/{under_way.pk}/")
    for words in (under_way.number, "县水务局", "座谈会、实地检查", "秦岳", "原任职务申报", "批准方案"):
        assert words in page
    assert "登记随行来信" in page


def test_who_must_recuse_is_refused_on_the_page_and_in_the_audit_log(browser, people, under_way):
    path = f"/supervision/activities/{under_way.pk}/steps/member"
    of_water = {**LEADER, "member-name": "水局长", "member-role": "member", "member-organ": "县水务局"}
    answer = browser(people.clerk).post(path, **of_water)
    assert (answer.status_code, "不能参加" in answer.content.decode()) == (409, True)
    assert under_way.members.count() == 1
    assert Entry.objects.get(event="act.refused").values["code"] == "activity.member_of_inspected_unit"


def test_a_letter_that_the_team_got_is_taken_in_from_the_activitys_page(browser, people, under_way):
    values = {
        "letter-channel": "letter",
        "letter-received_on": f"{TODAY}",
        "letter-handed_by": "秦岳",
        "letter-head_count": "1",
    }
    clerk = browser(people.clerk)
    path = f"/supervision/activities/{under_way.pk}/"
    assert clerk.post(f"{path}steps/letter", **values).status_code == 302
    receipt = Receipt.objects.get()
    assert (receipt.origin, receipt.activity_letter.activity) == ("inspection_team", under_way)
    assert receipt.number in read(clerk, path)
    assert ActivityLetter.objects.count() == 1


def test_a_linked_petition_is_shown_on_both_pages_and_not_to_its_unit(browser, people, under_way, a_petition):
    petition = a_petition(State.ASSIGNED)
    values = {"link-number": petition.number, "link-reason": "水费问题"}
    clerk = browser(people.clerk)
    path = f"/supervision/activities/{under_way.pk}/"
    assert clerk.post(f"{path}steps/link", **values).status_code == 302
    assert petition.number in read(clerk, path)
    assert under_way.number in read(clerk, f"/petitions/{petition.pk}/")
    given = petition.assignments.get()
    assert under_way.number not in read(browser(people.unit_clerk), f"/assignments/{given.pk}/")


def test_a_leader_reads_and_is_offered_only_what_a_leader_does(browser, people, under_way):
    page = read(browser(people.leader), f"/supervision/activities/{under_way.pk}/")
    assert "取消活动" in page
    assert "登记随行来信" in page
    assert "结束检查调研" not in page
    auditor = read(browser(people.auditor), f"/supervision/activities/{under_way.pk}/")
    assert '<form class="hy-form"' not in auditor


def test_lists_narrow_and_an_absent_record_is_not_there(browser, people, under_way):
    clerk = browser(people.clerk)
    assert under_way.number in read(clerk, "/supervision/activities/", kind="law_inspection")
    assert under_way.number not in read(clerk, "/supervision/activities/", kind="appraisal")
    assert "没有这样的议题建议" in read(clerk, "/supervision/proposals/", state="adopted")
    for part in ("proposals", "meetings", "plans", "activities"):
        assert clerk.get(f"/supervision/{part}/987654321/").status_code == 404
    assert clerk.post(f"/supervision/activities/{under_way.pk}/steps/dance").status_code == 404


def test_the_page_of_an_activity_asks_a_bounded_number_of_questions(browser, people, under_way, queries_of):
    clerk = browser(people.clerk)
    assert queries_of(lambda: clerk.get(f"/supervision/activities/{under_way.pk}/")) <= 60
