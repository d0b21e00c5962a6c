"""The second half of supervision for the routes: findings, a report, opinions, each where its next act is due."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from huiyin.county.registry.models import Petition
from huiyin.county.supervision.opinion_models import OpinionItem

from .supervision_rows import LEADER, MEETING, SCHEME, good

TODAY = timezone.localdate()
FINDING = {
    "fact": "水费标准没有公示",
    "unit": "water",
    "severity": "serious",
    "statute": "water_law",
    "article": "第五十五条",
}
REPORT = {
    "evaluation": "总体较好",
    "problems": "标准不公开",
    "suggestions": "公开标准",
    "law_suggestions": "细化计量规定",
}
ITEMS = [
    {"kind": "overall", "text": "总体较好"},
    {"kind": "problem", "text": "标准不公开"},
    {"kind": "suggestion", "text": "公开标准"},
]
RATING = {
    "session": "第三十三次会议", "rated_on": f"{TODAY}", "members": 27, "satisfied": 14, "mostly": 8, "dissatisfied": 3,
}  # fmt: skip
FOLLOW_UP = {"kind": "follow_up_check", "held_on": f"{TODAY}", "words": "到松林镇回头看"}
OPINION_QUERIES = {
    "/api/findings/": "?activity_id=0",
    "/api/inspection-reports/": "?activity_id=0",
    "/api/effects/": "?activity_id=0",
}
OPINION_BODIES: dict[str, object] = {
    "/api/findings/{finding_id}/change": {**FINDING, "fact": "水费标准至今没有公示"},
    "/api/findings/{finding_id}/withdraw": {"words": "重复登记"},
    "/api/findings/{finding_id}/view": {"words": "无意见"},
    "/api/opinions/{opinion_id}/change": {"unit": "court", "items": [*ITEMS, {"kind": "problem", "text": "计量缺失"}]},
    "/api/opinions/{opinion_id}/send": {"received_on": f"{TODAY}"},
    "/api/opinions/{opinion_id}/review": {
        "decision": "returned", "words": "没有逐条说明", "return_due_on": f"{TODAY + timedelta(days=30)}",
    },
    "/api/opinions/{opinion_id}/rating": RATING,
    "/api/opinions/{opinion_id}/follow-ups": FOLLOW_UP,
    "/api/follow-ups/{follow_up_id}/conclude": {"outcome": "已整改"},
}  # fmt: skip
# Where an act is due on another row than the first of its kind.
OPINION_INSTEAD: dict[str, dict[str, str]] = {
    "/api/findings/{finding_id}/view": {"finding_id": "asked_finding_id"},
    "/api/findings/{finding_id}/matters/remove": {"finding_id": "asked_finding_id"},
    "/api/inspection-reports/{inspection_report_id}/submit": {"inspection_report_id": "approved_report_id"},
    "/api/opinions/{opinion_id}": {"opinion_id": "sent_opinion_id"},
    "/api/opinions/{opinion_id}/send": {"opinion_id": "approved_opinion_id"},
    "/api/opinions/{opinion_id}/answer": {"opinion_id": "sent_opinion_id"},
    "/api/opinions/{opinion_id}/review": {"opinion_id": "answered_opinion_id"},
    "/api/opinions/{opinion_id}/rating": {"opinion_id": "tabled_opinion_id"},
    "/api/opinions/{opinion_id}/publish": {"opinion_id": "accepted_opinion_id"},
    "/api/opinions/{opinion_id}/follow-ups": {"opinion_id": "sent_opinion_id"},
}


def answer_to(opinion_id: int) -> dict[str, object]:
    """Return an answer that leaves no item out."""
    wanted = OpinionItem.objects.filter(opinion=opinion_id).exclude(kind="overall").order_by("position")
    items = [{"item_id": item.pk, "result": "done", "words": "已办理"} for item in wanted]
    return {"words": "已研究处理", "signed_by": "水局长", "answered_on": f"{TODAY}", "items": items}


def opinion_naming(there: dict[str, int]) -> dict[str, object]:
    """Return the bodies that name another row."""
    number = Petition.objects.values_list("number", flat=True).get(pk=there["waiting_id"])
    found = there["found_activity_id"]
    return {
        "/api/findings/": {**FINDING, "activity_id": found},
        "/api/findings/order": {
            "activity_id": found, "finding_ids": [there["asked_finding_id"], there["finding_id"]],
        },
        "/api/findings/{finding_id}/matters": {"number": number},
        "/api/findings/{finding_id}/matters/remove": {"matter_id": there["matter_id"]},
        "/api/inspection-reports/": {**REPORT, "activity_id": found},
        "/api/inspection-reports/{inspection_report_id}/submit": {
            "meeting_id": there["report_meeting_id"], "session": "第三十二次会议", "session_on": f"{TODAY}",
        },
        "/api/opinions/": {"activity_id": there["deliberated_id"], "unit": "legal_committee", "items": ITEMS},
        "/api/opinions/{opinion_id}/answer": answer_to(there["sent_opinion_id"]),
        "/api/effects/": {"activity_id": there["deliberated_id"], "by": "unit", "key": "water", "months": 3},
    }  # fmt: skip


def carried(clerk: Any, head: Any, kind: str) -> int:
    """Bring an activity to its end."""
    pk = good(clerk.post("/activities/", {**SCHEME, "kind": kind}))
    good(clerk.post(f"/activities/{pk}/members", LEADER))
    for caller, act in ((head, "approve"), (clerk, "begin"), (clerk, "finish")):
        good(caller.post(f"/activities/{pk}/{act}"))
    return pk


def followed(clerk: Any, head: Any, petition_id: int) -> dict[str, int]:
    """Make the rows by the calls that make them, and return their ids by name."""
    return {**found_at(clerk, head, petition_id), **opinions_at(clerk, head)}


def found_at(clerk: Any, head: Any, petition_id: int) -> dict[str, int]:
    """Two findings, a matter behind the second, a report that waits, and one of another activity that is approved."""
    found, other = carried(clerk, head, "law_inspection"), carried(clerk, head, "law_inspection")
    first, second = (good(clerk.post("/findings/", {**FINDING, "activity_id": found})) for _ in range(2))
    good(clerk.post(f"/findings/{second}/ask-view"))
    number = Petition.objects.values_list("number", flat=True).get(pk=petition_id)
    matter = good(clerk.post(f"/findings/{second}/matters", {"number": number}))
    good(clerk.post("/findings/", {**FINDING, "activity_id": other}))
    approved = good(clerk.post("/inspection-reports/", {**REPORT, "activity_id": other}))
    good(head.post(f"/inspection-reports/{approved}/approve"))
    return {
        "found_activity_id": found,
        "finding_id": first,
        "asked_finding_id": second,
        "matter_id": matter,
        "inspection_report_id": good(clerk.post("/inspection-reports/", {**REPORT, "activity_id": found})),
        "approved_report_id": approved,
        "report_meeting_id": good(clerk.post("/supervision/meetings", {**MEETING, "ordinal": 43})),
    }


def opinions_at(clerk: Any, head: Any) -> dict[str, int]:
    """An opinion at each station of the way, each to another unit."""
    activity = carried(clerk, head, "deliberation")
    good(clerk.post(f"/activities/{activity}/deliberate", {"session": "第三十二次会议", "held_on": f"{TODAY}"}))

    def made(unit: str, stop: int, decision: str = "") -> int:
        pk = good(clerk.post("/opinions/", {"activity_id": activity, "unit": unit, "items": ITEMS}))
        sending = ((head, "approve", None), (clerk, "send", {"received_on": f"{TODAY}"}))
        for caller, act, body in sending[:stop]:
            good(caller.post(f"/opinions/{pk}/{act}", body))
        if stop > len(sending):
            good(clerk.post(f"/opinions/{pk}/answer", answer_to(pk)))
        if decision:
            good(head.post(f"/opinions/{pk}/review", {"decision": decision}))
        return pk

    sent = made("water", 2)
    return {
        "deliberated_id": activity,
        "opinion_id": made("court", 0),
        "approved_opinion_id": made("agriculture", 1),
        "sent_opinion_id": sent,
        "answered_opinion_id": made("songlin", 3),
        "tabled_opinion_id": made("irrigation_station", 3, "tabled"),
        "accepted_opinion_id": made("government", 3, "accepted"),
        "follow_up_id": good(clerk.post(f"/opinions/{sent}/follow-ups", FOLLOW_UP)),
    }
