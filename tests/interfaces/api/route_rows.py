"""What the routes of the API are called for: one row of each kind, standing where the route's act is due."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from huiyin.accounts.models import ApiToken
from huiyin.county.office.models import Notification, Unit
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Channel, Confidentiality, State
from huiyin.county.registry.web_models import Supplement

from .opinion_rows import OPINION_INSTEAD, followed
from .route_bodies import (
    BODIES,
    CLASSIFIED,
    DAY,
    EXTENSION,
    GIVING,
    LEDGER,
    OBJECTION,
    PDF,
    PROPOSAL,
    READING,
    RECOMMENDATION,
    REOPENING,
    STATUTE_LINK,
    VISITOR,
)
from .supervision_rows import SUPERVISION_INSTEAD, supervised

CODE = "ABCDEFGHJKMN"
# Where a route is called for another row than the one that 县水务局 has before it as 已交办.
STANDING = {
    "working_id": "notice progress draft extensions report",
    "reported_assignment_id": "verify return checks",
    "sealed_id": "accused named-leader unseal transfer-sealed",
    "registered_id": "read",
    "waiting_id": "seal classify assign propose decide split",
    "verified_id": "reply",
    "replied_id": "close",
    "closed_id": "archive reopenings evaluate",
}
INSTEAD: dict[str, dict[str, str]] = {
    **{
        f"/api/{noun}s/{{{noun}_id}}/{act}": {f"{noun}_id": name}
        for name, acts in STANDING.items()
        for noun in (("assignment",) if name in {"working_id", "reported_assignment_id"} else ("petition",))
        for act in acts.split()
    },
    "/api/status/papers/{document_id}": {"document_id": "notice_id"},
    "/api/receptions/days/{day_id}/sign-in": {"day_id": "today_id"},
    "/api/petitions/{petition_id}/new-evidence": {"petition_id": "repeat_id"},
    "/api/receipts/{receipt_id}/submission": {"receipt_id": "web_receipt_id"},
    "/api/recommendations/{recommendation_id}/answer": {"recommendation_id": "made_recommendation_id"},
    "/api/periods/versions/{version_id}/reopen": {"version_id": "locked_version_id"},
    "/api/reports/{key}": {"key": "locked_key"},
    "/api/reports/{key}/write": {"key": "locked_key"},
    **SUPERVISION_INSTEAD,
    **OPINION_INSTEAD,
}
# The questions of a petitioner, by the petition that they are asked of.
ASKED: dict[str, tuple[str, dict[str, str]]] = {
    "/api/status/": ("working_petition_id", {}),
    "/api/status/supplement": ("working_petition_id", {"words": "又一张收据"}),
    "/api/status/evaluate": ("closed_id", {"satisfaction": "satisfied"}),
    "/api/status/replies/{reply_id}/open": ("written_id", {}),
    "/api/status/papers/{document_id}": ("closed_id", {}),
}


def rows_of_the_office(program: Any, people: Any, received: Any, a_petition: Any) -> dict[str, int]:
    """Make the rows that the routes are called for, and return their ids by name."""
    clerk = program(people.clerk)
    pk = classified(clerk, received(), "反映上松村断水")
    paper = good(clerk.post(f"/petitions/{pk}/documents", {"kind": "registration_form"}))
    sealed = a_petition(State.CLASSIFIED, confidentiality=Confidentiality.SEALED, summary="反映站长")
    proposed = classified(clerk, received(), "反映下松村断水")
    file = clerk.upload("/imports/files", "台账.csv", LEDGER).json()["file"]
    return {
        "receipt_id": received(),
        "petition_id": pk,
        "assignment_id": good(clerk.post(f"/petitions/{pk}/assign", GIVING))["id"],
        "document_id": paper["id"],
        "sealed_id": sealed.pk,
        "waiting_id": classified(clerk, received(), "反映中松村断水"),
        "proposal_id": good(clerk.post(f"/petitions/{proposed}/propose", PROPOSAL))["id"],
        "run_id": good(clerk.post("/imports/", {"file": file}))["id"],
        "statute_link_id": good(clerk.post("/statutes/links", STATUTE_LINK | {"category_code": "0206"}))["id"],
        "unit_id": Unit.objects.get(code="court").pk,
        "staff_id": people.auditor.pk,
        **{role: getattr(people, role).pk for role in ("leader", "group_head", "restricted", "auditor")},
        "repeat_id": repeat_of(pk, clerk, received),
        **with_the_unit(program, people, a_petition),
        **answered(clerk, a_petition),
        **reception(clerk, people.leader, pk),
        **sent_by_petitioners(program()),
        **told(people),
        **closed_years(clerk, program(people.head), pk),
        **recommended(clerk, program(people.head)),
        **supervised(clerk, program(people.head), pk),
        **followed(clerk, program(people.head), pk),
    }


def good(answer: Any) -> Any:
    """Return what a call answered that must succeed."""
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def classified(clerk: Any, receipt: int, summary: str) -> int:
    """Bring a letter to 已归类 and return its petition."""
    pk: int = good(clerk.post(f"/receipts/{receipt}/register", {"summary": summary, "name": "马长根"}))["id"]
    good(clerk.upload(f"/petitions/{pk}/attachments", "信.pdf", PDF + summary.encode(), kind="original"))
    good(clerk.post(f"/petitions/{pk}/read", READING))
    good(clerk.post(f"/petitions/{pk}/classify", CLASSIFIED))
    return pk


def repeat_of(pk: int, clerk: Any, received: Callable[[], int]) -> int:
    """Register a repeat of a petition that a unit has in hand."""
    told = {"summary": "反映上松村又断水", "name": "马长根", "relation": "repeat", "earlier_id": pk}
    again: int = good(clerk.post(f"/receipts/{received()}/register", told))["id"]
    return again


def with_the_unit(program: Any, people: Any, a_petition: Callable[..., Petition]) -> dict[str, int]:
    """What 县水务局 has in hand: one whose extension waits, one whose objection waits, and a step of oversight."""
    clerk, unit = program(people.clerk), program(people.unit_clerk)
    asked, working, disputed = (
        a_petition(state, summary=summary, name=name)
        for state, summary, name in (
            (State.IN_PROGRESS, "反映水渠塌方", "石大川"),
            (State.IN_PROGRESS, "反映水井干涸", "石小川"),
            (State.ASSIGNED, "反映道路泥泞", "田大路"),
        )
    )
    of_asked, of_working, of_disputed = (one.assignments.get().pk for one in (asked, working, disputed))
    step = {"assignment_id": of_asked, "level": "reminder", "trigger": "overdue", "words": "请尽快反馈"}
    return {
        "working_id": of_working,
        "working_petition_id": working.pk,
        "claim_id": working.claims.get().pk,
        "extension_id": good(unit.post(f"/assignments/{of_asked}/extensions", EXTENSION))["id"],
        "objection_id": good(unit.post(f"/assignments/{of_disputed}/objections", OBJECTION))["id"],
        "oversight_id": good(clerk.post("/oversight/", {**step, "due_on": "2099-12-01"}))["id"],
    }


def answered(clerk: Any, a_petition: Callable[..., Petition]) -> dict[str, int]:
    """Petitions at every later station, a reply that waits for its delivery, and a request to be taken up again."""
    at = {
        name: a_petition(state, summary=summary, name=person)
        for name, state, summary, person in (
            ("registered_id", State.REGISTERED, "反映门前积水", "白小川"),
            ("reported_id", State.REPORTED, "反映水管漏水", "白大川"),
            ("verified_id", State.VERIFIED, "反映水表不准", "田小路"),
            ("written_id", State.VERIFIED, "反映水价太高", "田小河"),
            ("replied_id", State.REPLIED, "反映夜间停水", "石小海"),
            ("closed_id", State.CLOSED, "反映水压太低", "石大海"),
        )
    }
    registered, closed = f"/petitions/{at['registered_id'].pk}", f"/petitions/{at['closed_id'].pk}"
    good(clerk.upload(f"{registered}/attachments", "信.pdf", PDF + b"registered", kind="original"))
    return {
        **{name: petition.pk for name, petition in at.items()},
        "reported_assignment_id": at["reported_id"].assignments.get().pk,
        "reply_id": good(clerk.post(f"/petitions/{at['written_id'].pk}/reply", {"text": "已换新表。"}))["id"],
        "notice_id": good(clerk.post(f"{closed}/documents", {"kind": "receipt_notice"}))["id"],
        "request_id": good(clerk.post(f"{closed}/reopenings", REOPENING))["id"],
    }


def reception(clerk: Any, leader: Any, petition_id: int) -> dict[str, int]:
    """What the routes of leaders and receptions are called for: two days, a booking, a party, what waits to be read."""
    on = {**DAY, "leader_id": leader.pk}
    day = good(clerk.post("/receptions/days", on))["id"]
    now = good(clerk.post("/receptions/days", {**on, "on": timezone.localdate().isoformat()}))["id"]
    booking = good(clerk.post(f"/receptions/days/{day}/bookings", VISITOR))["id"]
    party = good(clerk.post(f"/receptions/days/{now}/sign-in", VISITOR))["id"]
    asked = good(clerk.post("/instructions/", {"petition_id": petition_id, "leader_id": leader.pk}))["id"]
    return {"day_id": day, "today_id": now, "booking_id": booking, "reception_id": party, "instruction_id": asked}


def sent_by_petitioners(petitioner: Any) -> dict[str, int]:
    """网上信访 that waits for its registration, and 补充材料 that waits to be passed on."""
    good(petitioner.post("/web-petitions/", BODIES["/api/web-petitions/"]))
    working = Petition.objects.get(summary="反映水井干涸")
    good(petitioner.post("/status/supplement", {"number": working.number, "code": CODE, "words": "一张照片"}))
    web = Receipt.objects.filter(channel=Channel.WEB.value).latest("pk")
    return {"web_receipt_id": web.pk, "supplement_id": Supplement.objects.get(petition=working).pk}


def recommended(clerk: Any, head: Any) -> dict[str, int]:
    """A recommendation that waits for its decision, and one that waits for the answer of 县水务局."""
    waiting, made = (good(clerk.post("/recommendations/", RECOMMENDATION))["id"] for _ in range(2))
    good(head.post(f"/recommendations/{made}/make"))
    return {"recommendation_id": waiting, "made_recommendation_id": made}


def closed_years(clerk: Any, head: Any, petition_id: int) -> dict[str, int]:
    """A year that nobody reconciled, one that waits for its approval, one that is locked, and a proposal of it."""
    waiting, locked = (good(clerk.post(f"/periods/{one}/prepare"))["id"] for one in (2024, 2023))
    good(head.post(f"/periods/versions/{locked}/approve"))
    number = Petition.objects.get(pk=petition_id).number
    proposed = {"words": "列入执法检查", "petition_numbers": [number]}
    return {
        "key": 2025,
        "locked_key": 2023,
        "version_id": waiting,
        "locked_version_id": locked,
        "priority_id": good(clerk.post("/reports/2023/priorities", proposed))["id"],
    }


def told(people: Any) -> dict[str, int]:
    """The clerk's own token, and a message of the head's own."""
    token = ApiToken.objects.filter(staff=people.clerk).latest("pk")
    message = Notification.objects.filter(to_staff=people.head).latest("pk")
    return {"token_id": token.pk, "notification_id": message.pk}


def asked_of(path: str, there: dict[str, int]) -> dict[str, str] | None:
    """Return what a petitioner sends to a route, None for the routes of the office."""
    if path not in ASKED:
        return None
    name, more = ASKED[path]
    return {"number": Petition.objects.get(pk=there[name]).number, "code": CODE, **more}
