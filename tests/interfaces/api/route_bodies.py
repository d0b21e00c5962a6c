"""What each route of the API is sent: a body of the right shape, so that the answer tells who may."""

from django.utils import timezone

from huiyin.county.registry.models import Petition

from .opinion_rows import OPINION_BODIES, OPINION_QUERIES, opinion_naming
from .supervision_rows import SUPERVISION_BODIES, supervision_naming

ABSENT = 987654321
PDF = b"%PDF-1.4\n1\n%%EOF"
LEDGER = "信访件编号,信访日期,信访形式,概况\n旧1,2025-03-03,来信,反映断水\n".encode()
NOW = "2026-03-02T09:00:00Z"
QUERIES = {
    **OPINION_QUERIES,
    "/api/supervision/waiting": f"?year={timezone.now().year}",
    "/api/hotspots/": f"?first={timezone.now().year}-01-01&last={timezone.now().year}-12-31",
    "/api/hotspots/line": f"?key=category:0110&first={timezone.now().year}-01-01&last={timezone.now().year}-12-31",
    "/api/unit-scores/": f"?first={timezone.now().year}-01-01&last={timezone.now().year}-12-31",
    "/api/unit-scores/{unit_code}": f"?first={timezone.now().year}-01-01&last={timezone.now().year}-12-31",
    "/api/promises/": "?first=2026-01-01&last=2026-01-31",
    "/api/analysis/indicators": "?first=2026-01-01&last=2026-01-31",
    "/api/analysis/indicators/{code}": "?first=2026-01-01&last=2026-01-31",
    "/api/receptions/days": "?of_year=2027&of_month=12",
}
TRAINING = {
    "held_on": "2026-01-15", "topic": "信访工作条例", "teacher": "王主任", "participants": "乡镇", "head_count": 30,
}  # fmt: skip
HEARING = {"heard_on": "2026-01-15", "heard_by": "directors", "meeting": "第四十次主任会议", "resolution": "同意"}
REGULATION = {"title": "信访工作办法", "kind": "own", "issued_on": "2025-06-01", "text": "件件有回音。"}
WISH = {"words": "请县水务局核实", "wanted_unit": "water"}
REASON = {"reason": "本人来电"}
WORDS = {"words": "理由已经核实"}
DAY = {"on": "2027-12-06", "leader_name": "苏静文", "place": "一楼接待室", "capacity": 3}
VISITOR = {"name": "马大山", "phone": "13912340001", "subject": "水费收了两次"}
ANOTHER_VISITOR = {"name": "马小山", "phone": "13912340002", "subject": "水表不准"}
RECOMMENDATION = {
    "kind": "improve_work", "unit_code": "water", "subject": "水费公开", "facts": "没有公示", "words": "按季公示",
    "due_on": "2099-12-01",
}  # fmt: skip
SPAN_OF_THE_YEAR = {"first": f"{timezone.now().year}-01-01", "last": f"{timezone.now().year}-12-31"}
ACCUSED = [{"name": "高站长", "post": "站长"}]
STATUTE_LINK = {"statute_code": "water_law", "category_code": "0110"}
SIGNING = {"handler_name": "何立群", "handler_phone": "0199-5550111"}
READING = {"note": "已阅"}
CLASSIFIED = {"purpose": "claim", "category_code": "01", "recurrence": "first"}
GIVING = {"unit_code": "water", "handler_name": "何立群", "redaction_confirmed": True}
ENDING = {"reason": "存查", "basis": "条例"}
PROPOSAL = {"kind": "filed", "ending": ENDING}
EXTENSION = {"amount": 10, "reason": "须现场测量"}
OBJECTION = {"reasons": "不属本局职责", "competent": "县农业农村局"}
REOPENING = {"ground": "new_facts", "words": "又找到一张收据"}
BODIES: dict[str, object] = {
    "/api/receipts/": {"channel": "letter", "received_on": "2026-01-05"},
    "/api/receipts/{receipt_id}/register": {"summary": "反映上松村断水", "name": "马长根"},
    "/api/receipts/{receipt_id}/urgent": {"reason": "二十余人聚集"},
    "/api/receipts/{receipt_id}/urgent/reports": {
        "to": "duty_leader", "person": "秦岳", "phone": "5550101", "words": "聚集", "reported_at": NOW,
    },
    "/api/receipts/{receipt_id}/draft": {"values": {"summary": "写了一半"}},
    "/api/receipts/{receipt_id}/number-only": {"hidden_from": []},
    "/api/petitions/similar": {"summary": "反映上松村断水"},
    "/api/petitions/{petition_id}/review": {},
    "/api/petitions/{petition_id}/read": READING,
    "/api/petitions/{petition_id}/classify": CLASSIFIED,
    "/api/petitions/{petition_id}/assign": GIVING,
    "/api/petitions/{petition_id}/propose": PROPOSAL,
    "/api/petitions/{petition_id}/co-handlers": {
        "unit_code": "agriculture", "handler_name": "田有禾", "redaction_confirmed": True,
    },
    "/api/petitions/{petition_id}/new-evidence": {"words": "又找到一张收据", "redaction_confirmed": True},
    "/api/petitions/{petition_id}/reply": {"text": "已办。"},
    "/api/petitions/{petition_id}/evaluate": {"satisfaction": "satisfied"},
    "/api/petitions/{petition_id}/documents": {"kind": "registration_form"},
    "/api/petitions/{petition_id}/accused": {"accused": ACCUSED},
    "/api/petitions/{petition_id}/archive": {"file_number": "2026-永久-001", "retention": "permanent", "pages": 12},
    "/api/petitions/{petition_id}/reopenings": REOPENING,
    "/api/petitions/{petition_id}/reveal": {"reason": "电话核实"},
    "/api/proposals/{proposal_id}/approve": {"words": "同意"},
    "/api/proposals/{proposal_id}/send-back": {"words": "请补充"},
    "/api/reopenings/{request_id}/agree": {"decision": "有新的证据"},
    "/api/reopenings/{request_id}/refuse": {"decision": "没有新的证据"},
    "/api/assignments/{assignment_id}/sign": SIGNING,
    "/api/assignments/{assignment_id}/return": {"reasons": ["proof_missing"], "words": "补收据"},
    "/api/assignments/{assignment_id}/withdraw": {"reason": "交办有误"},
    "/api/assignments/{assignment_id}/lead": {"reason": "职责调整"},
    "/api/assignments/{assignment_id}/draft": {"values": {"facts": "查明属实"}},
    "/api/assignments/{assignment_id}/extensions": EXTENSION,
    "/api/assignments/{assignment_id}/objections": OBJECTION,
    "/api/assignments/{assignment_id}/progress": WORDS,
    "/api/extensions/{extension_id}/approve": {},
    "/api/extensions/{extension_id}/refuse": WORDS,
    "/api/objections/{objection_id}/uphold": {
        "words": "同意", "to": {"unit_code": "agriculture", "handler_name": "田有禾"}, "redaction_confirmed": True,
    },
    "/api/objections/{objection_id}/refuse": WORDS,
    "/api/objections/{objection_id}/adjudicate": WORDS,
    "/api/periods/versions/{version_id}/reopen": {"reason": "补登两件来信"},
    "/api/periods/versions/{version_id}/give-up": {"reason": "重新核对"},
    "/api/oversight/{oversight_id}/conclude": {"outcome": "已反馈"},
    "/api/recommendations/": RECOMMENDATION,
    "/api/recommendations/{recommendation_id}/send-back": {"words": "事实不够具体"},
    "/api/recommendations/{recommendation_id}/answer": {
        "adoption": "yes", "answer": "已公示", "answered_on": f"{timezone.localdate()}",
    },
    **SUPERVISION_BODIES,
    **OPINION_BODIES,
    "/api/hotspots/rule": {"min_matters": 4, "rise_percent": 40, "first": 4, "reason": "本县事项少"},
    "/api/unit-scores/{unit_code}/dossier": SPAN_OF_THE_YEAR,
    "/api/documents/{document_id}/void": {"reason": "印错了"},
    "/api/imports/": {"file": "nothing"},
    "/api/web-petitions/": {
        "content": "水费收了两次。", "name": "马大山", "phone": "13912340001", "has_consented": True,
    },
    "/api/office/contact": {"address": "青岚县人民路1号"},
    "/api/staff/": {"username": "zhao", "name": "赵文清", "roles": ["clerk"]},
    "/api/staff/{staff_id}/change": {"name": "沈审", "roles": ["auditor"], "title": "科员"},
    "/api/account/password": {"current": "wrong", "password": "another-one-2026"},
    "/api/account/tokens": {"name": "报表"},
    "/api/statutes/links": STATUTE_LINK,
    "/api/units/": {"code": "forestry", "name": "县林草局", "branch": "government"},
    "/api/units/{unit_id}/change": {"name": "县法院", "branch": "court"},
    "/api/office/leading-group": {"name": "李明远", "title": "副主任", "duty": "副组长", "from_on": "2026-01-10"},
    "/api/office/leading-group/{member_id}/end": {"until_on": "2026-01-31"},
    "/api/office/trainings": TRAINING,
    "/api/office/trainings/{training_id}/correct": TRAINING,
    "/api/office/hearings": HEARING,
    "/api/office/hearings/{hearing_id}/correct": HEARING,
    "/api/office/regulations": REGULATION,
    "/api/office/regulations/{regulation_id}/correct": REGULATION,
    "/api/instructions/{instruction_id}/write": WISH,
    "/api/instructions/{instruction_id}/read": READING,
    "/api/instructions/{instruction_id}/withdraw": REASON,
    "/api/instructions/{instruction_id}/carry-out": {"outcome": "已当面解释"},
    "/api/receptions/days": DAY,
    "/api/receptions/days/{day_id}/change": {**DAY, "reason": "检修"},
    "/api/receptions/days/{day_id}/cancel": REASON,
    "/api/receptions/days/{day_id}/bookings": ANOTHER_VISITOR,
    "/api/receptions/days/{day_id}/sign-in": ANOTHER_VISITOR,
    "/api/receptions/bookings/{booking_id}/cancel": REASON,
    "/api/receptions/{reception_id}/hand-over": REASON,
    "/api/receptions/{reception_id}/leave": REASON,
    "/api/receptions/{reception_id}/interview": {"exchanges": [{"question": "何事？", "answer": "水费收了两次。"}]},
    "/api/receptions/{reception_id}/register": {
        "registration": {"summary": "反映水费", "name": "马大山"}, "note": "当面听取", "signed_by": "马大山",
        "was_read_back": True, "scan": "JVBERi0xLjQKMQolJUVPRg==",
    },
}  # fmt: skip


def naming(there: dict[str, int]) -> dict[str, object]:
    """Return the bodies that name a colleague, a petition or an assignment, or tell of this moment."""
    second, keeper, petition = there["group_head"], there["restricted"], there["petition_id"]
    told = {"told_at": timezone.now().isoformat(), "method": "phone", "words": "已电话告知"}
    return {
        **supervision_naming(there),
        **opinion_naming(there),
        "/api/petitions/{petition_id}/decide": {
            **ENDING,
            "kind": "filed",
            "second_note": "已阅，同意存查",
            "approver_id": second,
        },
        "/api/petitions/{petition_id}/split": {
            "summary": "反映断水",
            "excerpt": "断水三天",
            "accusation": "反映站长",
            "accused": ACCUSED,
            "checked_by_id": second,
        },
        "/api/receipts/{receipt_id}/day": {"received_on": "2026-01-04", "reason": "误记", "approver_id": second},
        "/api/petitions/{petition_id}/void": {"reason": "错登", "approver_id": second},
        "/api/reports/{key}/priorities": {
            "words": "列入执法检查",
            "petition_numbers": [Petition.objects.values_list("number", flat=True).get(pk=petition)],
        },
        "/api/petitions/{petition_id}/transfer-sealed": {
            "unit_code": "supervision",
            "handler_name": "信访室",
            "approver_id": second,
        },
        "/api/petitions/{petition_id}/seal": {"accused": ACCUSED, "keeper_id": keeper},
        "/api/petitions/{petition_id}/unseal": {"reason": "不是检举", "approver_id": second},
        "/api/petitions/{petition_id}/named-leader": {"leader_id": there["leader"]},
        "/api/petitions/{petition_id}/recusals": {"staff_id": there["auditor"], "reason": "亲属"},
        "/api/petitions/{petition_id}/keeper": {"keeper_id": keeper},
        "/api/assignments/{assignment_id}/notice": told,
        "/api/assignments/{assignment_id}/report": {
            "facts": "属实",
            "basis": "《水法》",
            "handler_name": "何立群",
            "answers": [{"claim_id": there["claim_id"], "outcome": "supported", "words": "已办"}],
        },
        "/api/extensions/{extension_id}/tell": told,
        "/api/replies/{reply_id}/deliver": {
            "method": "post",
            "delivered_at": timezone.now().isoformat(),
            "proof": "挂号信 XA0001",
        },
        "/api/objections/{objection_id}/adjudicator": {"adjudicator_id": second},
        "/api/oversight/": {
            "assignment_id": there["working_id"],
            "level": "reminder",
            "trigger": "overdue",
            "words": "请尽快反馈",
            "due_on": "2099-12-01",
        },
        "/api/instructions/": {"petition_id": petition, "leader_id": second},
        "/api/instructions/record": {"petition_id": petition, "leader_id": second, **WISH},
    }
