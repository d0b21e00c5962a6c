"""Supervision for the routes: topics, a meeting, a plan and activities, each where its next act is due."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

TODAY = timezone.localdate()
TOPIC = {
    "title": "农业水费收缴", "dimension": "tag", "key": "irrigation_fee", "window_first_on": f"{TODAY.year}-01-01",
    "window_last_on": f"{TODAY}", "source": "deputies", "instrument": "law_inspection", "reason": "水费问题集中",
    "focus": "水费标准公开", "timing": "6月", "organiser": "县人大法制委员会", "statute_code": "water_law",
}  # fmt: skip
MEETING = {"ordinal": 41, "held_on": f"{TODAY}", "chair": "秦岳", "agenda": "研究议题建议"}
ITEM = {
    "title": "《水法》执法检查", "kind": "law_inspection", "source": "petitions", "organiser": "县人大法制委员会",
    "timing": "6月", "statute_code": "water_law",
}  # fmt: skip
SCHEME = {
    "kind": "law_inspection", "title": "《水法》执法检查", "organiser": "县人大法制委员会", "aim": "检查水费收缴",
    "focus": "水费标准公开", "methods": ["seminar", "on_site"], "agenda": "听取汇报、实地检查",
    "starts_on": f"{TODAY}", "ends_on": f"{TODAY + timedelta(days=5)}", "unit_codes": ["water"],
    "ground": "主任会议决定", "statute_code": "water_law",
}  # fmt: skip
LEADER = {
    "name": "秦岳", "role": "leader", "basis": "standing_committee", "post": "主任", "organ": "县人大常委会",
    "former_posts": "无",
}  # fmt: skip
MEMBER = {**LEADER, "name": "苏静文", "role": "member", "basis": "deputy", "organ": "县第一中学", "post": "教师"}
RESOLUTION = {"resolution": "关于组织调查委员会的决议", "resolved_on": f"{TODAY}"}
SUPERVISION_BODIES: dict[str, object] = {
    "/api/supervision/proposals": TOPIC,
    "/api/supervision/proposals/{topic_id}/rewrite": TOPIC,
    "/api/supervision/proposals/{topic_id}/send-back": {"words": "请补充依据"},
    "/api/supervision/proposals/{topic_id}/put-again": {"words": "建议列入"},
    "/api/supervision/meetings": {**MEETING, "ordinal": 42},
    "/api/supervision/meetings/{meeting_id}/correct": {**MEETING, "agenda": "研究年度计划"},
    "/api/supervision/plans": {"year": TODAY.year + 1},
    "/api/supervision/plans/{plan_id}/items": {**ITEM, "title": "草原法执法检查"},
    "/api/supervision/plans/items/{item_id}/change": {**ITEM, "timing": "9月"},
    "/api/activities/": SCHEME,
    "/api/activities/{activity_id}/change": {**SCHEME, "focus": "计量收费"},
    "/api/activities/{activity_id}/resolution": RESOLUTION,
    "/api/activities/{activity_id}/members": MEMBER,
    "/api/activities/members/{member_id}/recuse": {"reason": "亲属在受检单位任职"},
    "/api/activities/{activity_id}/send-back": {"words": "日程太紧"},
    "/api/activities/{activity_id}/deliberate": {"session": "第三十二次会议", "held_on": f"{TODAY}"},
    "/api/activities/{activity_id}/conclude": {"outcome": "已转送意见"},
    "/api/activities/{activity_id}/cancel": {"words": "并入联动检查"},
    "/api/activities/{activity_id}/letters": {"channel": "letter", "received_on": f"{TODAY}", "handed_by": "秦岳"},
}
# Where an act is due on another row than the first of its kind.
SUPERVISION_INSTEAD: dict[str, dict[str, str]] = {
    **{
        f"/api/supervision/proposals/{{topic_id}}/{act}": {"topic_id": "submitted_topic_id"}
        for act in ("approve", "send-back")
    },
    "/api/supervision/proposals/{topic_id}/put-again": {"topic_id": "studied_topic_id"},
    "/api/activities/members/{member_id}/recuse": {"member_id": "team_member_id"},
    "/api/activities/{activity_id}/resolution": {"activity_id": "inquiry_id"},
    "/api/activities/{activity_id}/begin": {"activity_id": "approved_activity_id"},
    "/api/activities/{activity_id}/send-back": {"activity_id": "approved_activity_id"},
    "/api/activities/{activity_id}/finish": {"activity_id": "running_activity_id"},
    "/api/activities/{activity_id}/letters": {"activity_id": "running_activity_id"},
    "/api/activities/{activity_id}/deliberate": {"activity_id": "finished_deliberation_id"},
    "/api/activities/{activity_id}/conclude": {"activity_id": "finished_field_visit_id"},
}


def supervision_naming(there: dict[str, int]) -> dict[str, object]:
    """Return the bodies that name another row."""
    return {
        "/api/supervision/meetings/{meeting_id}/decisions": {
            "proposal_id": there["waiting_topic_id"],
            "decision": "adopt",
        },
        "/api/supervision/plans/{plan_id}/publish": {"meeting_id": there["meeting_id"]},
        "/api/activities/{activity_id}/petitions": {"petition_id": there["waiting_id"], "reason": "水费"},
    }


def good(answer: Any) -> int:
    """Return the id that a call answered that must succeed."""
    assert answer.status_code == 200, answer.content.decode()
    pk: int = answer.json()["id"]
    return pk


def supervised(clerk: Any, head: Any, petition_id: int) -> dict[str, int]:
    """Make the rows of supervision by the calls that make them, and return their ids by name."""
    topics = topics_at(clerk, head)
    plan = good(clerk.post("/supervision/plans", {"year": TODAY.year}))
    return {
        **topics,
        "plan_id": plan,
        "item_id": good(clerk.post(f"/supervision/plans/{plan}/items", ITEM)),
        **activities_at(clerk, head, petition_id),
    }


def topics_at(clerk: Any, head: Any) -> dict[str, int]:
    """A topic in each hand, and the meeting that decides."""
    draft, submitted, waiting, studied = (good(clerk.post("/supervision/proposals", TOPIC)) for _ in range(4))
    for topic in (submitted, waiting, studied):
        good(clerk.post(f"/supervision/proposals/{topic}/submit"))
    for topic in (waiting, studied):
        good(head.post(f"/supervision/proposals/{topic}/approve"))
    meeting = good(clerk.post("/supervision/meetings", MEETING))
    decision = {"decision": "to_committee", "reason": "先研究", "committee": "县人大法制委员会", "proposal_id": studied}
    good(head.post(f"/supervision/meetings/{meeting}/decisions", decision))
    return {
        "topic_id": draft,
        "submitted_topic_id": submitted,
        "waiting_topic_id": waiting,
        "studied_topic_id": studied,
        "meeting_id": meeting,
    }


def activities_at(clerk: Any, head: Any, petition_id: int) -> dict[str, int]:
    """An activity at each station of the way."""

    def made(stop: int, kind: str = "law_inspection") -> int:
        pk = good(clerk.post("/activities/", {**SCHEME, "kind": kind}))
        good(clerk.post(f"/activities/{pk}/members", LEADER))
        for caller, act in ((head, "approve"), (clerk, "begin"), (clerk, "finish"))[:stop]:
            good(caller.post(f"/activities/{pk}/{act}"))
        return pk

    first = made(0)
    return {
        "activity_id": first,
        "team_member_id": good(clerk.post(f"/activities/{first}/members", {**MEMBER, "name": "田有水"})),
        "activity_link_id": good(
            clerk.post(f"/activities/{first}/petitions", {"petition_id": petition_id, "reason": "水费"})
        ),
        "inquiry_id": made(0, "special_committee"),
        "approved_activity_id": made(1),
        "running_activity_id": made(2),
        "finished_deliberation_id": made(3, "deliberation"),
        "finished_field_visit_id": made(3, "field_visit"),
        "finished_activity_id": made(3),
    }
