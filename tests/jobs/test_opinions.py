"""The unit is told of an opinion and of what was made of its answer, the office of the answer; each once."""

from datetime import date
from typing import Any

from tests.county.supervision.conftest import Desk
from tests.county.supervision.opinion_steps import Following, moment

from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.supervision.actions import responses
from huiyin.county.supervision.opinion_states import ResponseDecision
from huiyin.county.supervision.rules.responses import ReviewEntry
from huiyin.county.supervision.states import ActivityState
from huiyin.jobs import opinions


def told(job: Any, event: str) -> list[tuple[str, str]]:
    """Carry out a job twice after an event; return who was told what by it."""
    before = set(Notification.objects.values_list("pk", flat=True))
    entry = Entry.objects.filter(event=event).latest("number")
    for _ in range(2):
        job(county="qinglan", key=f"{event}:{entry.pk}", at=entry.at.isoformat(), entry_id=entry.pk)
    new = Notification.objects.exclude(pk__in=before).select_related("to_staff").order_by("to_staff__username")
    return [(one.to_staff.name, one.words) for one in new]


def test_who_is_told_of_an_opinion_and_its_answer(people: Any) -> None:
    desk = Desk(people)
    following = Following(people, desk.activity(ActivityState.FINISHED), desk.meeting(44, date(2026, 7, 20)))
    following.deliberated()
    opinion = following.opinion()
    came = "收到审议意见（青人审〔2026〕1号），请于2026年12月1日前反馈研究处理情况"
    assert told(opinions.tell_unit, "opinion.sent") == [("何立群", came), ("水局长", came)]
    following.answer(opinion)
    answered = "县水务局反馈了审议意见青人审〔2026〕1号的研究处理情况，请审查"
    assert told(opinions.tell_office, "opinion.answered") == [("马会计", answered), ("王主任", answered)]
    back = ReviewEntry(ResponseDecision.RETURNED, "请逐条说明", date(2026, 11, 20))
    responses.review(opinion_id=opinion.pk, entry=back, by=people.head, at=moment(10, 20))
    words = "研究处理情况被退回（青人审〔2026〕1号），请于2026年11月20日前反馈研究处理情况"
    assert told(opinions.tell_unit, "opinion.reviewed") == [("何立群", words), ("水局长", words)]


def test_the_daily_sweep_reminds_of_what_is_late(people: Any) -> None:
    desk = Desk(people)
    following = Following(people, desk.activity(ActivityState.FINISHED), desk.meeting(44, date(2026, 7, 20)))
    following.deliberated()
    following.opinion()
    for _ in range(2):
        opinions.remind(county="qinglan", at=moment(12, 2).isoformat())
    late = Notification.objects.filter(words__contains="已逾期1天").order_by("to_staff__username")
    assert [one.to_staff.name for one in late] == ["何立群", "马会计", "水局长", "王主任"]
