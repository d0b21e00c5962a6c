"""本件: what the right code opens for fifteen minutes, and nothing of anybody else's."""

from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.county.document.models import Document
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.registry.models import Attachment, Petition
from huiyin.county.registry.states import Confidentiality, State
from huiyin.county.registry.web_models import Supplement
from huiyin.county.reply.actions import replies
from huiyin.county.reply.models import Delivery, Evaluation, ReopenRequest
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.documents.writing import write_after
from huiyin.kernel.tenant import Tenant

CODE = "ABCDEFGHJKMN"
OWN = "/portal/status/own/"
PDF = b"%PDF-1.4\n% invented receipt\n%%EOF\n"
HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")


@pytest.fixture
def own(browser: Any) -> Any:
    """Open a browser that has asked for a petition with its code."""

    def opened(petition: Petition) -> Any:
        page = browser()
        assert page.post("/portal/status/", number=petition.number, code=CODE).status_code == 200
        return page

    return opened


def answered(petition: Petition, people: Any) -> Any:
    """Let the office answer without having delivered anything."""
    at = petition.registered_at
    return replies.reply(
        petition_id=petition.pk, kind=ReplyKind.OUTCOME, text="多收部分已退还。", by=people.clerk, at=at
    )


def write_papers(petition: Petition) -> None:
    """Write what the events of the petition ask for, as the jobs do; what is written stays as it is."""
    for entry in Entry.objects.filter(petition_id=petition.pk).order_by("number"):
        write_after(entry, at=entry.at)


def test_an_answer_is_read_once_it_is_opened_and_that_is_its_delivery(own: Any, a_petition: Any, people: Any) -> None:
    petition = a_petition(State.VERIFIED)
    written = answered(petition, people)
    page = own(petition)
    assert "多收部分已退还" not in page.get(OWN).content.decode()
    for _ in range(2):
        assert page.post(f"{OWN}replies/{written.pk}").status_code == 302
    assert "多收部分已退还" in page.get(OWN).content.decode()
    delivery = Delivery.objects.get(reply=written)
    assert (delivery.method, delivery.recorded_by) == (Method.PAGE.value, None)
    assert Entry.objects.get(event="reply.delivered").by_name == "信访人"
    closed = replies.close(petition_id=petition.pk, by=people.clerk, at=delivery.delivered_at)
    assert closed.state == State.CLOSED.value


def test_another_petitions_answer_and_paper_are_not_there(own: Any, a_petition: Any, people: Any) -> None:
    mine, theirs = a_petition(State.IN_PROGRESS), a_petition(State.VERIFIED, name="田有禾")
    written = answered(theirs, people)
    page = own(mine)
    assert page.post(f"{OWN}replies/{written.pk}").status_code == 404
    assert not Delivery.objects.exists()
    for document in [*Document.objects.values_list("pk", flat=True), 999999]:
        assert page.get(f"{OWN}papers/{document}").status_code == 404


def test_papers_to_the_petitioner_are_handed_out_and_no_others(own: Any, a_petition: Any, people: Any) -> None:
    petition = a_petition(State.VERIFIED)
    written = answered(petition, people)
    write_papers(petition)
    letter = Document.objects.get(petition=petition, kind="reply_letter")
    page = own(petition)
    assert page.get(f"{OWN}papers/{letter.pk}").status_code == 404
    page.post(f"{OWN}replies/{written.pk}")
    write_papers(petition)
    assert Document.objects.filter(petition=petition, kind="delivery_record").exists()
    answer = page.get(f"{OWN}papers/{letter.pk}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    for other in Document.objects.exclude(pk=letter.pk).exclude(kind__endswith="notice").values_list("pk", flat=True):
        assert page.get(f"{OWN}papers/{other}").status_code == 404


@pytest.mark.parametrize(("word", "asks"), [("satisfied", False), ("mostly", False), ("dissatisfied", True)])
def test_an_evaluation_is_given_once_and_dissatisfaction_asks_to_reopen(
    word: str, asks: bool, own: Any, a_petition: Any, people: Any
) -> None:
    petition = a_petition(State.CLOSED)
    page = own(petition)
    assert page.post(f"{OWN}evaluate", satisfaction=word, reason="渠道没修").status_code == 302
    assert page.post(f"{OWN}evaluate", satisfaction="satisfied").status_code == 422
    assert Evaluation.objects.get(petition=petition).recorded_by is None
    assert ReopenRequest.objects.exists() is asks
    told = Notification.objects.filter(to_staff=people.clerk, petition_id=petition.pk, kind="from_petitioner")
    assert told.exists() is asks
    assert all("渠道" not in row.words for row in told)


@pytest.mark.parametrize(
    ("state", "values", "words"),
    [
        (State.CLOSED, {"satisfaction": "dissatisfied"}, "写明原因"),
        (State.CLOSED, {}, "评价"),
        (State.IN_PROGRESS, {"satisfaction": "satisfied"}, "办理"),
    ],
)
def test_an_evaluation_without_reason_or_too_early_is_refused(
    state: State, values: dict[str, str], words: str, own: Any, a_petition: Any
) -> None:
    answer = own(a_petition(state)).post(f"{OWN}evaluate", **values)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Evaluation.objects.exists()


def test_a_supplement_goes_to_the_office_first_and_to_the_unit_when_it_is_passed_on(
    own: Any, a_petition: Any, people: Any, browser: Any
) -> None:
    petition = a_petition(State.IN_PROGRESS)
    file = SimpleUploadedFile("收据.pdf", PDF, content_type="application/pdf")
    assert own(petition).post(f"{OWN}supplement", words="又找到一张收据", evidence=[file]).status_code == 302
    supplement = Supplement.objects.get(petition=petition)
    attachment = supplement.attachments.get()
    assert (attachment.added_by, attachment.kind) == (None, "other")
    assert Notification.objects.filter(to_staff=people.clerk, petition_id=petition.pk).exists()
    given = petition.assignments.get()
    unit = browser(people.unit_clerk)
    assert "又找到一张收据" in browser(people.clerk).get(f"/petitions/{petition.pk}/").content.decode()
    assert "又找到一张收据" not in unit.get(f"/assignments/{given.pk}/").content.decode()
    assert unit.get(f"/attachments/{attachment.pk}/").status_code == 404
    assert browser(people.unit_clerk).post(f"/supplements/{supplement.pk}/pass-on").status_code == 403
    assert browser(people.clerk).post(f"/supplements/{supplement.pk}/pass-on").status_code == 302
    assert browser(people.clerk).post(f"/supplements/{supplement.pk}/pass-on").status_code == 409
    assert "又找到一张收据" in unit.get(f"/assignments/{given.pk}/").content.decode()
    assert Attachment.objects.visible_to(people.unit_clerk).filter(pk=attachment.pk).exists()
    assert Notification.objects.filter(to_staff=people.unit_clerk, kind="from_petitioner").exists()


@pytest.mark.parametrize(
    ("state", "sent", "told"),
    [
        (State.CLOSED, {"words": "新收据"}, "已经办结"),
        (State.IN_PROGRESS, {"words": ""}, "写明补充的情况"),
        (State.IN_PROGRESS, {"words": "见附件", "evidence": b"<html>"}, "只接受完整的PDF"),
    ],
)
def test_a_supplement_that_adds_nothing_or_comes_too_late_is_refused(
    state: State, sent: dict[str, Any], told: str, own: Any, a_petition: Any
) -> None:
    values = dict(sent)
    if "evidence" in sent:
        values["evidence"] = [SimpleUploadedFile("收据.pdf", sent["evidence"])]
    answer = own(a_petition(state)).post(f"{OWN}supplement", **values)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Supplement.objects.exists()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""),
        ("post", "evaluate"),
        ("get", "supplement"),
        ("post", "supplement"),
        ("post", "replies/1"),
        ("get", "papers/1"),
    ],
)
def test_without_the_code_every_page_of_ones_own_asks_for_it(method: str, path: str, browser: Any) -> None:
    answer = getattr(browser(), method)(f"{OWN}{path}")
    assert (answer.status_code, answer["Location"]) == (302, "/portal/status/?over=1")


def test_the_session_of_one_county_is_none_at_anothers_host(own: Any, a_petition: Any, other_county: Tenant) -> None:
    page = own(a_petition(State.CLOSED))
    assert page.get(OWN).status_code == 200
    answer = page.client.get(OWN, HTTP_HOST=other_county.domain)
    assert (answer.status_code, answer["Location"]) == (302, "/portal/status/?over=1")


@pytest.mark.parametrize("change", ["other county", "another key", "unsigned", "too old"])
def test_a_session_of_another_county_or_time_opens_nothing(
    change: str, browser: Any, a_petition: Any, other_county: Tenant, monkeypatch: Any
) -> None:
    petition, page = a_petition(State.CLOSED), browser()
    told = {"petition": petition.pk, "submission": None}
    salts = {"other county": f"huiyin.portal.session:{other_county.schema}", "another key": "huiyin.portal.session"}
    value = signing.dumps(told, salt=salts.get(change, "huiyin.portal.session:qinglan"))
    if change == "unsigned":
        value = value.rpartition(":")[0]
    if change == "too old":
        monkeypatch.setattr("huiyin.interfaces.portal.session.LIFE", -1)
    page.client.cookies["own"] = value
    assert page.get(OWN).status_code == 302


def test_the_session_is_for_this_browser_short_and_given_up_by_a_button(own: Any, a_petition: Any) -> None:
    page = own(a_petition())
    cookie = page.client.cookies["own"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"], cookie["domain"]) == (900, True, "Strict", "")
    assert page.post(f"{OWN}leave").status_code == 302
    assert page.get(OWN).status_code == 302


def test_a_sealed_items_page_has_no_papers_no_unit_and_no_way(own: Any, a_petition: Any) -> None:
    petition = a_petition(summary="检举某人", confidentiality=Confidentiality.SEALED)
    progress = own(petition).get(OWN).context["screen"].progress
    assert (progress.steps, progress.papers) == (None, ())
    assert [fact.label for fact in progress.facts.items] == ["收到", "登记"]


@pytest.mark.parametrize(
    "path", ["/portal/", "/portal/questions/", "/portal/petition/", "/portal/status/", "/portal/receptions/"]
)
def test_every_page_bears_the_headers_and_no_script_of_its_own(path: str, browser: Any, county: Tenant) -> None:
    answer = browser().get(path)
    assert answer.status_code == 200
    assert all(answer.headers.get(name) for name in HEADERS)
    page = answer.content.decode()
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<script>" not in page


def test_large_print_is_kept_on_this_browser_and_leads_back_only_within_the_portal(browser: Any) -> None:
    page = browser()
    answer = page.post("/portal/large", on="1", back="/portal/questions/")
    assert (answer.status_code, answer["Location"]) == (302, "/portal/questions/")
    assert 'class="hy-large"' in page.get("/portal/").content.decode()
    away = page.post("/portal/large", on="0", back="//evil.example/portal/")
    assert away["Location"] == "/portal/"
    assert 'class="hy-large"' not in page.get("/portal/").content.decode()


def test_the_question_takes_few_queries(browser: Any, a_petition: Any, queries_of: Any) -> None:
    petition = a_petition()
    assert queries_of(lambda: browser().post("/portal/status/", number=petition.number, code=CODE)) <= 4
