"""问题清单、审议意见、成效、议题全程：what each page shows to whom, and that none tells a unit who petitioned."""

from datetime import date
from typing import Any

import pytest
from tests.county.supervision.conftest import Desk, water_item
from tests.county.supervision.opinion_steps import Following

from huiyin.county.supervision.opinion_models import Opinion
from huiyin.county.supervision.opinion_states import OpinionState
from huiyin.county.supervision.states import ActivityState, ProposalState
from huiyin.kernel.calendar import local_day


@pytest.fixture
def desk(people: Any) -> Desk:
    return Desk(people)


@pytest.fixture
def following(desk: Desk, people: Any) -> Following:
    """Five families wrote about the water fee; the inspection is over, one finding rests on a letter."""
    letters = desk.five_letters()
    topic = desk.topic(ProposalState.ADOPTED)
    item = desk.plan(water_item(proposal_id=topic.pk)).items.get()
    activity = desk.activity(ActivityState.FINISHED, plan_item_id=item.pk, ground="")
    found = Following(people, activity, desk.meeting(44, date(2026, 7, 20)))
    found.link(found.finding(), letters[0])
    return found


@pytest.fixture
def sent(following: Following) -> Opinion:
    following.deliberated()
    return following.opinion()


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return str(answer.content.decode())


def test_a_finding_shows_the_office_its_petitions_and_outward_only_their_number(following, browser, people):
    finding = following.activity.findings.get()
    page = browser(people.clerk).get(f"/supervision/findings/{finding.pk}/")
    assert "青人信〔2026〕1号" in text(page)
    listed = text(browser(people.clerk).get(f"/supervision/activities/{following.activity.pk}/"))
    assert "涉及信访事项1件" in listed
    assert "马大山" not in listed


def test_a_finding_is_written_on_its_own_page_and_refused_where_it_names_a_petitioner(following, browser, people):
    clerk, address = browser(people.clerk), f"/supervision/activities/{following.activity.pk}/findings/new"
    assert "不写信访人的姓名" in text(clerk.get(address))
    values = {"unit": "water", "severity": "grave", "statute": "", "article": ""}
    refused = clerk.post(address, fact="马大山说水费收了两次", **values)
    assert refused.status_code == 422
    assert "当事人姓名" in refused.content.decode()
    done = clerk.post(address, fact="计量设施缺失", **values)
    assert done.status_code == 302
    assert following.activity.findings.count() == 2


def test_a_finding_is_moved_to_another_place(following, browser, people):
    second = following.finding(fact="计量设施缺失。")
    done = browser(people.clerk).post(f"/supervision/findings/{second.pk}/steps/place", **{"place-place": "1"})
    assert done.status_code == 302
    second.refresh_from_db()
    assert second.position == 1


def test_a_report_is_written_and_approved_by_another_person(following, browser, people):
    clerk, address = browser(people.clerk), f"/supervision/activities/{following.activity.pk}/reports/new"
    values = {"evaluation": "总体较好", "problems": "标准不公开", "suggestions": "公开标准", "law_suggestions": ""}
    assert clerk.post(address, **values).status_code == 302
    report = following.activity.reports.get()
    page = f"/supervision/reports/{report.pk}/"
    assert "审定后制作报告文书" not in text(clerk.get(page))
    head = browser(people.head)
    assert "审定后制作报告文书" in text(head.get(page))
    assert head.post(f"{page}steps/approve").status_code == 302
    assert "已审定" in text(head.get(page))


def test_an_opinion_begins_with_the_report_and_each_line_is_an_item(following, browser, people):
    following.deliberated()
    clerk, address = browser(people.clerk), f"/supervision/activities/{following.activity.pk}/opinions/new"
    assert "灌区末级渠系水费标准没有公示" in text(clerk.get(address))
    values = {
        "unit": "water",
        "overall": "总体较好",
        "problems": "标准不公开\n计量缺失",
        "suggestions": "公开标准｜2026-10-31",
        "answer_asked_on": "",
    }
    assert clerk.post(address, **values).status_code == 302
    opinion = Opinion.objects.get()
    kinds = [(one.kind, one.due_on) for one in opinion.items.order_by("position")]
    assert kinds == [("overall", None), ("problem", None), ("problem", None), ("suggestion", date(2026, 10, 31))]
    assert "公开标准｜2026-10-31" in text(clerk.get(f"/supervision/opinions/{opinion.pk}/change"))


def test_a_unit_reads_and_answers_its_opinion_and_nothing_else_of_supervision(sent, following, browser, people):
    unit, page = browser(people.unit_clerk), f"/supervision/opinions/{sent.pk}/"
    listed = text(unit.get("/supervision/opinions/"))
    assert sent.number in listed
    assert "主任会议" not in listed
    shown = text(unit.get(page))
    assert "反馈研究处理情况" in shown
    for secret in ("马大山", "青人信〔2026〕1号", f"/supervision/activities/{following.activity.pk}/"):
        assert secret not in shown
    assert browser(people.other_unit_clerk).get(page).status_code == 404
    for address in ("/supervision/", f"/supervision/activities/{following.activity.pk}/", "/supervision/effects/"):
        assert unit.get(address).status_code == 403
    wanted = sent.items.exclude(kind="overall").order_by("position")
    fields = {f"answer-words_{item.pk}": "已办理" for item in wanted}
    fields |= {f"answer-result_{item.pk}": "done" for item in wanted}
    told = {
        "answer-words": "已研究处理",
        "answer-signed_by": "水局长",
        "answer-answered_on": date(2026, 9, 15).isoformat(),
    }
    missing = dict(list(fields.items())[1:])
    assert unit.post(f"{page}steps/answer", **told, **missing).status_code == 422
    assert unit.post(f"{page}steps/answer", **told, **fields).status_code == 302
    sent.refresh_from_db()
    assert sent.state == OpinionState.ANSWERED.value
    review = unit.post(f"{page}steps/review", **{"review-decision": "accepted"})
    assert review.status_code == 409


def test_the_head_reviews_and_the_votes_say_their_rule(sent, following, browser, people):
    following.answer(sent)
    head, page = browser(people.head), f"/supervision/opinions/{sent.pk}/"
    assert head.post(f"{page}steps/review", **{"review-decision": "tabled"}).status_code == 302
    today = local_day(sent.responses.get().decided_at)
    votes = {"session": "第三十五次会议", "members": 27, "satisfied": 14, "mostly": 8, "dissatisfied": 3}
    values = {f"rate-{name}": value for name, value in votes.items()} | {"rate-rated_on": today.isoformat()}
    assert head.post(f"{page}steps/rate", **values).status_code == 302
    shown = text(head.get(page))
    assert "结果为满意" in shown
    assert "超过组成人员的半数" in shown


def test_the_effect_waits_for_its_window_and_says_until_when(following, browser, people):
    following.deliberated()
    following.accepted(following.opinion())
    page = text(browser(people.clerk).get(f"/supervision/effects/{following.activity.pk}/"))
    assert "起可以对比" in page or "初次信访事项" in page
    assert "只作前后对照，不说明原因" in page
    assert following.activity.title in text(browser(people.auditor).get("/supervision/effects/"))


def test_a_topic_tells_its_whole_story_and_each_month_opens_its_petitions(following, browser, people):
    following.deliberated()
    opinion = following.opinion()
    following.accepted(opinion)
    proposal = following.activity.plan_item.proposal
    page = text(browser(people.leader).get(f"/supervision/topics/{proposal.pk}/"))
    for words in ("主任会议", "《水法》实施情况执法检查", "水费标准没有公示", opinion.number, "以后的信访", "逐月信访"):
        assert words in page
    assert "马大山" not in page
    asked = {"by": "tag", "key": "irrigation_fee", "first": "2026-03-01", "last": "2026-03-31"}
    listed = text(browser(people.clerk).get("/supervision/petitions/", **asked))
    assert "共5件次" in listed
    assert listed.count("青人信〔2026〕") == 5


def test_sealed_petitions_of_a_topic_are_counted_and_listed_for_nobody_else(following, desk, browser, people):
    sealed = desk.letter("高小河", 9, sealed=True)
    asked = {"by": "tag", "key": "irrigation_fee", "first": "2026-03-01", "last": "2026-03-31"}
    listed = text(browser(people.clerk).get("/supervision/petitions/", **asked))
    assert "共6件次，其中1件您无权查看" in listed
    assert sealed.number not in listed
    assert sealed.number in text(browser(people.restricted).get("/supervision/petitions/", **asked))


def test_the_public_reads_opinion_and_answer_once_they_are_published(following, sent, browser, people):
    following.accepted(sent)
    nobody, page = browser(None), f"/portal/opinions/{sent.pk}/"
    assert nobody.get(page).status_code == 404
    assert sent.number not in text(nobody.get("/portal/opinions/"))
    done = browser(people.clerk).post(f"/supervision/opinions/{sent.pk}/steps/publish")
    assert done.status_code == 302
    assert sent.number in text(nobody.get("/portal/opinions/"))
    shown = text(nobody.get(page))
    for words in ("水费标准不公开", "第2条已办理", "县水务局", "已研究处理"):
        assert words in shown
    for secret in ("马大山", "青人信〔2026〕1号", "马会计"):
        assert secret not in shown
