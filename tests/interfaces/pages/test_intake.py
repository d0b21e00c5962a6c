"""收件、收发室、登记、重大紧急、相似、草稿: the pages of the intake."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from huiyin.county.registry.actions import secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import Channel, Confidentiality, State

SCAN = b"%PDF-1.4\n% invented scan\n%%EOF\n"
WATER = "反映上松村农业水费收缴标准不公开，要求公示账目"


def text(answer: Any) -> str:
    """The words of an answer."""
    words: str = answer.content.decode()
    return words


@pytest.fixture
def today() -> str:
    return timezone.localdate().isoformat()


@pytest.fixture
def taken(people: Any, browser: Any, today: str) -> Callable[..., Receipt]:
    """Take a receipt on the page and return it."""

    def done(**values: str) -> Receipt:
        answer = browser(people.clerk).post(
            "/receipts/new",
            **{"channel": "letter", "received_on": today, "head_count": "1", "origin": "direct", **values},
        )
        assert answer.status_code == 302, text(answer)
        return Receipt.objects.latest("pk")

    return done


def test_a_stack_of_envelopes_keeps_the_postmark_from_one_to_the_next(people: Any, browser: Any, today: str) -> None:
    room = browser(people.mail_room)
    first = {"sender": "马长根", "mail_number": "xa0001", "addressed_to": "office", "received_on": today}
    scan = SimpleUploadedFile("信封.pdf", SCAN)
    assert room.post("/receipts/mail-room", **first, postmarked_on=today, envelope=scan).status_code == 302
    page = room.get("/receipts/mail-room")
    form = page.context["screen"].form
    assert (form["addressed_to"].value(), form["postmarked_on"].value().isoformat()) == ("office", today)
    assert (form["sender"].value(), page.context["screen"].count) == (None, 1)
    receipt = Receipt.objects.get()
    assert (receipt.channel, receipt.mail_number, bool(receipt.envelope_sha256)) == ("letter", "XA0001", True)


def test_an_envelope_sent_twice_is_one_receipt_and_a_wrong_one_is_told(people: Any, browser: Any, today: str) -> None:
    room = browser(people.mail_room)
    line = {"sender": "马长根", "addressed_to": "congress", "received_on": today, "form_token": "the-same-envelope"}
    assert [room.post("/receipts/mail-room", **line).status_code for _ in range(2)] == [302, 302]
    assert Receipt.objects.count() == 1
    wrong = room.post("/receipts/mail-room", addressed_to="leader", received_on=today)
    assert (wrong.status_code, "请填写信封上的姓名" in text(wrong)) == (422, True)


def test_what_is_handed_in_shows_its_source_and_its_day(taken: Any, people: Any, browser: Any, today: str) -> None:
    receipt = taken(
        sender="马长根", origin="superior", origin_name="省人大常委会", origin_number="7号", origin_due_on=today
    )
    row = browser(people.clerk).get("/receipts/", waiting="1").context["screen"].table.rows[0]
    assert row.cells[2].sub == f"上级交办转办 省人大常委会，要求{today}前反馈"
    browser(people.clerk).post(f"/receipts/{receipt.pk}/register", **filled())
    petition = Petition.objects.get()
    page = text(browser(people.clerk).get(f"/petitions/{petition.pk}/"))
    assert "省人大常委会" in page
    assert "上级要求" in page


def filled(**values: str) -> dict[str, str]:
    """A registration form, filled in."""
    return {"petitioner_kind": "named", "name": "马长根", "summary": WATER, "head_count": "1", **values}


def test_the_envelope_is_handed_out_to_whoever_may_read_the_letter(people: Any, browser: Any, today: str) -> None:
    line = {"sender": "某某", "addressed_to": "congress", "received_on": today}
    browser(people.mail_room).post("/receipts/mail-room", **line, envelope=SimpleUploadedFile("信封.pdf", SCAN))
    receipt = Receipt.objects.get()
    href = f"/receipts/{receipt.pk}/envelope"
    answer = browser(people.clerk).get(href)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, SCAN)
    browser(people.restricted).post(f"/receipts/{receipt.pk}/register", **filled(confidentiality="sealed"))
    read = browser(people.restricted).get(href)
    codes = {role: browser(getattr(people, role)).get(href).status_code for role in ("clerk", "leader")}
    assert (b"".join(read.streaming_content), codes) == (SCAN, {"clerk": 404, "leader": 404})


def test_the_list_tells_no_sender_of_a_sealed_item_and_no_receipt_to_the_accused(
    people: Any, browser: Any, a_petition: Any
) -> None:
    sealed = a_petition(name="举报人", confidentiality=Confidentiality.SEALED)
    assert "举报人" not in text(browser(people.clerk).get("/receipts/"))
    assert "举报人" in text(browser(people.restricted).get("/receipts/"))
    accused = AccusedEntry("李副主任", staff_id=people.leader.pk)
    secrecy.accuse(petition_id=sealed.pk, accused=[accused], by=people.restricted, at=timezone.now())
    number = sealed.receipt.number
    assert number in text(browser(people.clerk).get("/receipts/"))
    assert number not in text(browser(people.leader).get("/receipts/"))


def test_urgent_goes_from_the_mark_over_the_calls_to_the_registration(taken: Any, people: Any, browser: Any) -> None:
    receipt, clerk = taken(sender="上湾村村民"), browser(people.clerk)
    base = f"/receipts/{receipt.pk}/urgent"
    assert clerk.post(f"{base}/mark", reason="二十余人聚集").status_code == 302
    assert "先电话报告" in text(clerk.post(f"/receipts/{receipt.pk}/register", **filled()))
    assert clerk.post(f"{base}/finish").status_code == 409
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    call = {"to": "duty_leader", "person": "秦岳", "phone": "5550101", "words": "聚集", "reported_at": now}
    assert clerk.post(f"{base}/report", **{**call, "phone": ""}).status_code == 422
    assert clerk.post(f"{base}/report", **{**call, "reported_at": "2030-01-01T09:00"}).status_code == 409
    assert clerk.post(f"{base}/report", **call).status_code == 302
    page = text(clerk.get(base))
    assert "县委办公室、县政府办公室、信访联席会议办公室" in page
    assert clerk.post(f"{base}/finish").status_code == 302
    assert clerk.post(f"/receipts/{receipt.pk}/register", **filled()).status_code == 200
    assert Petition.objects.get().is_urgent
    assert clerk.get(base).status_code == 404


def test_the_day_shows_what_waits_the_urgent_first(taken: Any, people: Any, browser: Any) -> None:
    taken(sender="马长根")
    urgent = taken(sender="牛得水")
    browser(people.clerk).post(f"/receipts/{urgent.pk}/urgent/mark", reason="有人受伤")
    rows = browser(people.mail_room).get("/").context["screen"].waiting.rows
    assert [row.cells[3].text for row in rows] == ["牛得水", "马长根"]
    assert (rows[0].tone, rows[0].cells[6].component.label, rows[0].cells[6].sub) == ("bad", "待登记", "重大紧急")


def test_similar_petitions_stand_beside_the_form(taken: Any, people: Any, browser: Any, a_petition: Any) -> None:
    earlier = a_petition(State.IN_PROGRESS, summary=WATER, name="马大山")
    receipt = taken(sender="马大山")
    page = text(browser(people.clerk).post(f"/receipts/{receipt.pk}/similar", **filled(name="马大山")))
    for words in (
        earlier.number,
        WATER,
        "办理中",
        "县水务局",
        "同人：姓名相同",
        "概况相似100%",
        "是重复件",
        "同一事项",
    ):
        assert words in page, words
    assert earlier.number not in text(browser(people.clerk).post(f"/receipts/{receipt.pk}/similar", name="无名"))


def test_a_repeat_is_registered_as_one_and_prefills_its_classification(
    taken: Any, people: Any, browser: Any, a_petition: Any
) -> None:
    earlier, clerk = a_petition(summary=WATER), browser(people.clerk)
    receipt = taken()
    unknown = clerk.post(f"/receipts/{receipt.pk}/register", **filled(relation="repeat", earlier="青人信1号"))
    assert (unknown.status_code, "没有编号为青人信1号的信访件" in text(unknown)) == (422, True)
    scan = SimpleUploadedFile("信.pdf", SCAN)
    done = clerk.post(
        f"/receipts/{receipt.pk}/register", **filled(relation="repeat", earlier=earlier.number), scan=scan
    )
    assert done.status_code == 200
    again = Petition.objects.latest("pk")
    assert (again.repeats, again.matter_id) == (earlier, earlier.matter_id)
    clerk.post(f"/petitions/{again.pk}/read", **{"read-note": "已阅"})
    page = clerk.get(f"/petitions/{again.pk}/")
    form = next(step.form for step in page.context["page"].steps if step.name == "classify")
    assert (form["recurrence"].value(), form["repeats"].value()) == ("repeat", earlier.number)


def test_a_letter_of_two_matters_is_registered_again_for_the_same_person(taken: Any, people: Any, browser: Any) -> None:
    receipt, clerk = taken(sender="马长根"), browser(people.clerk)
    scan = SimpleUploadedFile("信.pdf", SCAN)
    first = clerk.post(f"/receipts/{receipt.pk}/register", **filled(phone="13900001234"), scan=scan)
    href = first.context["screen"].again_href
    assert clerk.get(href).context["screen"].form["phone"].value() == "13900001234"
    assert clerk.post(f"/receipts/{receipt.pk}/register", **filled()).status_code == 422
    assert clerk.post(href, **filled(summary="要求修复上松村道路")).status_code == 200
    one, two = Petition.objects.order_by("pk")
    assert (one.receipt, one.attachments.get().sha256) == (two.receipt, two.attachments.get().sha256)


def test_what_is_typed_is_kept_and_comes_back_to_the_same_person(taken: Any, people: Any, browser: Any) -> None:
    receipt, clerk = taken(sender="马长根"), browser(people.clerk)
    kept = clerk.post(f"/receipts/{receipt.pk}/draft", **filled(summary="写了一半"))
    assert "已自动保存" in text(kept)
    page = clerk.get(f"/receipts/{receipt.pk}/register")
    assert page.context["screen"].form["summary"].value() == "写了一半"
    assert "自动保存的内容" in text(page)
    for other in (
        clerk.get(f"/receipts/{receipt.pk}/register", fresh="1"),
        browser(people.head).get(page.request["PATH_INFO"]),
    ):
        assert "写了一半" not in text(other)
    sealed = browser(people.restricted).post(f"/receipts/{receipt.pk}/draft", **filled(confidentiality="sealed"))
    assert "不自动保存" in text(sealed)


def test_the_head_reviews_the_class_of_a_group_visit_and_changes_it(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(State.READ, channel=Channel.LETTER)
    Petition.objects.filter(pk=petition.pk).update(is_group=True)
    decided = {
        "classify-purpose": "claim",
        "classify-category": "0110",
        "classify-jurisdiction": "county",
        "classify-recurrence": "first",
        "classify-article": "第四十九条",
    }
    clerk = browser(people.clerk)
    assert "哪一部法律" in text(clerk.post(f"/petitions/{petition.pk}/classify", **decided))
    decided["classify-statute"] = "water_law"
    assert clerk.post(f"/petitions/{petition.pk}/classify", **decided).status_code == 302
    names = {role: steps_of(browser(getattr(people, role)), petition) for role in ("clerk", "head")}
    assert ("review" in names["clerk"], "review" in names["head"]) == (False, True)
    reviewed = {
        name.replace("classify", "review"): value for name, value in decided.items() if "recurrence" not in name
    }
    reviewed["review-category"] = "0206"
    assert browser(people.head).post(f"/petitions/{petition.pk}/review", **reviewed).status_code == 302
    petition.refresh_from_db()
    assert (petition.category_path, petition.classification_reviewed_by) == ("自然资源/草原管理", people.head)
    page = text(browser(people.head).get(f"/petitions/{petition.pk}/"))
    assert "由 农村农业/水利水电 改为 自然资源/草原管理" in page
    assert "第四十九条" in page
    assert "review" not in steps_of(browser(people.head), petition)


def steps_of(at: Any, petition: Petition) -> set[str]:
    """The names of the steps that a page offers."""
    return {step.name for step in at.get(f"/petitions/{petition.pk}/").context["page"].steps}


@pytest.mark.parametrize(("q", "first"), [("slsd", "农村农业/水利水电"), ("草原", "自然资源/草原管理"), ("", "请选择")])
def test_the_list_of_classes_follows_the_letters(q: str, first: str, people: Any, browser: Any) -> None:
    options = text(browser(people.clerk).get("/categories/options", q=q))
    assert options.index(first) < options.index("</option>")


RECEIVERS = {"clerk", "head", "restricted", "mail_room", "leader"}
REGISTRARS = {"clerk", "head", "restricted"}
READERS = REGISTRARS | {"leader", "group_head", "auditor"}


PAGES = (
    ("get", "/receipts/mail-room", RECEIVERS),
    ("get", "/receipts/{pk}/urgent", RECEIVERS),
    ("post", "/receipts/{pk}/similar", REGISTRARS),
    ("post", "/receipts/{pk}/draft", REGISTRARS),
    ("get", "/categories/options", READERS),
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "role",
    [*sorted(READERS | RECEIVERS), "administrator", "unit_clerk", "unit_head"],
)
def test_each_page_of_the_intake_opens_for_its_roles(
    page: tuple[str, str, set[str]], role: str, people: Any, browser: Any, taken: Any
) -> None:
    (method, path, roles), receipt = page, taken()
    answer = getattr(browser(getattr(people, role)), method)(path.format(pk=receipt.pk))
    assert answer.status_code == (200 if role in roles else 403)


def test_a_receipt_that_nobody_took_is_not_there(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    for path in ("register", "urgent", "envelope"):
        assert clerk.get(f"/receipts/999999/{path}").status_code == 404
    for path in ("draft", "similar", "urgent/mark"):
        assert clerk.post(f"/receipts/999999/{path}").status_code == 404


def test_the_moment_of_a_draft_is_the_moment_it_was_kept(taken: Any, people: Any, browser: Any) -> None:
    receipt = taken()
    before: datetime = timezone.now()
    browser(people.clerk).post(f"/receipts/{receipt.pk}/draft", **filled())
    assert before <= receipt.drafts.get().saved_at <= timezone.now()
