"""机关事务 in the browser: units, leading group, trainings, yearly hearings, regulations."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from huiyin.county.office import queries
from huiyin.county.office.models import Hearing, LeadingGroupMember, Regulation, Training, Unit
from huiyin.county.registry.states import State
from huiyin.interfaces.pages import hearings, today
from huiyin.kernel.calendar import local_day

PDF = b"%PDF-1.4\n% invented\n%%EOF\n"
FORESTRY = {
    "code": "forestry",
    "name": "县林业和草原局",
    "branch": "government",
    "superior_code": "government",
    "phone": "0199-5550130",
    "handlers": "林森\n木兰\n",
}
MEMBER = {"name": "李明远", "title": "县人大常委会副主任", "duty": "副组长", "from_on": "2026-01-10", "until_on": ""}
CLASS = {
    "held_on": "2026-02-26",
    "topic": "信访工作条例",
    "teacher": "王主任",
    "participants": "各乡镇信访工作人员",
    "head_count": "62",
    "place": "",
    "note": "",
}
HEARD = {
    "heard_on": "2026-02-20",
    "heard_by": "directors",
    "meeting": "第四十一次主任会议",
    "resolution": "同意报告；研究农业水费收缴公开",
}
RULE = {
    "title": "信访工作办法",
    "kind": "own",
    "number": "青人〔2025〕8号",
    "issuer": "县人大常委会",
    "issued_on": "2025-06-01",
    "in_force_until": "",
    "text": "第一条　件件有回音。",
}


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_a_unit_is_added_changed_and_given_its_people(people: Any, browser: Any) -> None:
    keeper = browser(people.administrator)
    assert keeper.post("/office/units/new", **FORESTRY)["Location"] == "/office/units/"
    unit = Unit.objects.get(code="forestry")
    assert (unit.handlers, str(unit.superior)) == (["林森", "木兰"], "青岚县人民政府")
    changed = {**FORESTRY, "phone": "0199-5550131"}
    del changed["code"]
    assert keeper.post(f"/office/units/{unit.pk}/change", **changed).status_code == 302
    page = keeper.get(f"/office/units/{unit.pk}/")
    assert "0199-5550131" in text_of(page)
    assert "/staff/new?unit=forestry" in text_of(page)
    assert "林森、木兰" in text_of(page)


def test_everyone_in_the_office_sees_units_and_only_the_administrator_keeps_them(people: Any, browser: Any) -> None:
    water = Unit.objects.get(code="water")
    clerk = browser(people.clerk)
    page = clerk.get(f"/office/units/{water.pk}/")
    assert page.context["screen"].buttons == ()
    assert "何立群" in text_of(page)
    assert "/staff/" not in text_of(page)
    for path in ("deactivate", "reactivate", "change"):
        assert clerk.post(f"/office/units/{water.pk}/{path}").status_code == 403
    assert clerk.post("/office/units/new", **FORESTRY).status_code == 403


def test_a_unit_with_open_work_stays(people: Any, browser: Any, a_petition: Any) -> None:
    a_petition(State.ASSIGNED, unit="songlin")
    songlin, keeper = Unit.objects.get(code="songlin"), browser(people.administrator)
    answer = keeper.post(f"/office/units/{songlin.pk}/deactivate")
    assert answer.status_code == 409
    assert "1 件未办结的交办件" in text_of(answer)
    court = Unit.objects.get(code="court")
    assert keeper.post(f"/office/units/{court.pk}/deactivate").status_code == 302
    assert keeper.get(f"/office/units/{court.pk}/").context["screen"].badge.label == "已停用"
    assert keeper.post(f"/office/units/{court.pk}/reactivate").status_code == 302


def test_the_list_of_units_costs_the_same_for_many(people: Any, browser: Any, queries_of: Any) -> None:
    clerk = browser(people.clerk)
    few = queries_of(lambda: clerk.get("/office/units/"))
    for number in range(10):
        Unit.objects.create(code=f"unit{number}", name=f"第{number}单位", branch="township")
    assert queries_of(lambda: clerk.get("/office/units/")) == few


def test_the_leading_group_shows_who_serves_and_who_served(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    assert clerk.post("/office/leading-group/new", **MEMBER).status_code == 302
    member = LeadingGroupMember.objects.get(name="李明远")
    assert [row.cells[0].text for row in clerk.get("/office/").context["screen"].serving.rows] == ["秦岳", "李明远"]
    yesterday = local_day(timezone.now()) - timedelta(days=1)
    assert clerk.post(f"/office/leading-group/{member.pk}/end", until_on=yesterday.isoformat()).status_code == 302
    screen = clerk.get("/office/").context["screen"]
    assert [row.cells[0].text for row in screen.serving.rows] == ["秦岳"]
    assert [row.cells[0].text for row in screen.former.rows] == ["李明远"]


def test_a_second_group_head_is_refused_in_words(people: Any, browser: Any) -> None:
    answer = browser(people.clerk).post("/office/leading-group/new", **{**MEMBER, "duty": "组长"})
    assert answer.status_code == 422
    assert "任期不能重叠" in text_of(answer)


def test_trainings_of_a_year_are_counted(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    clerk.post("/office/trainings/new", **CLASS)
    clerk.post("/office/trainings/new", **{**CLASS, "topic": "来访接待", "head_count": "58"})
    clerk.post("/office/trainings/new", **{**CLASS, "held_on": "2025-05-06"})
    screen = clerk.get("/office/trainings/", year="2026").context["screen"]
    assert [stat.value for stat in screen.totals.items] == [2, 120]
    assert len(screen.table.rows) == 2
    assert [stat.value for stat in clerk.get("/office/trainings/", year="2025").context["screen"].totals.items] == [
        1,
        62,
    ]
    assert "1980年" not in text_of(clerk.get("/office/trainings/", year="1980"))


def test_the_same_form_sent_twice_records_one_class(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    for _ in range(2):
        assert clerk.post("/office/trainings/new", **CLASS, form_token="class-0000000001").status_code == 302
    assert Training.objects.count() == 1


def test_a_class_is_corrected_from_what_stands_there(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    clerk.post("/office/trainings/new", **CLASS)
    training = Training.objects.get()
    form = clerk.get(f"/office/trainings/{training.pk}/").context["screen"].form
    assert form["head_count"].value() == 62
    assert clerk.post(f"/office/trainings/{training.pk}/", **{**CLASS, "head_count": "64"}).status_code == 302
    training.refresh_from_db()
    assert training.head_count == 64
    answer = clerk.post(f"/office/trainings/{training.pk}/", **{**CLASS, "head_count": "64"})
    assert "没有改动" in text_of(answer)


def test_a_hearing_is_recorded_and_corrected(people: Any, browser: Any) -> None:
    head = browser(people.head)
    assert head.post("/office/hearings/new", **HEARD).status_code == 302
    hearing = Hearing.objects.get()
    assert "第四十一次主任会议" in text_of(head.get("/office/hearings/"))
    changed = {**HEARD, "meeting": "第四十二次主任会议"}
    assert head.post(f"/office/hearings/{hearing.pk}/", **changed).status_code == 302
    assert "第四十二次主任会议" in text_of(head.get("/office/hearings/"))


@pytest.mark.parametrize(
    ("role", "reminded"),
    [("clerk", True), ("head", True), ("leader", True), ("group_head", True), ("auditor", False), ("mail_room", False)],
)
def test_from_october_the_day_reminds_of_the_hearing(role: str, reminded: bool, people: Any) -> None:
    october = datetime.fromisoformat("2026-10-01T09:00:00+08:00")
    screen = today.screen_of(getattr(people, role), at=october)
    assert (screen.hearing is not None) is reminded
    assert today.screen_of(people.clerk, at=october - timedelta(days=1)).hearing is None


def test_a_recorded_hearing_ends_the_reminder(people: Any, browser: Any) -> None:
    assert hearings.missing_alert(today=date(2026, 10, 1)) is not None
    browser(people.clerk).post("/office/hearings/new", **HEARD)
    assert hearings.missing_alert(today=date(2026, 10, 1)) is None
    assert queries.is_hearing_missing(today=date(2025, 10, 1))


def test_a_regulation_is_taken_in_found_and_its_file_handed_out(people: Any, browser: Any) -> None:
    clerk, auditor = browser(people.clerk), browser(people.auditor)
    file = SimpleUploadedFile("办法.pdf", PDF, "text/html")
    assert clerk.post("/office/regulations/new", **RULE, file=file).status_code == 302
    regulation = Regulation.objects.get()
    found = auditor.get("/office/regulations/", q="件件 8号").context["screen"]
    assert [row.cells[0].text for row in found.table.rows] == ["信访工作办法"]
    assert auditor.get("/office/regulations/", q="水库").context["screen"].table.rows == ()
    assert auditor.get("/office/regulations/", kind="law").context["screen"].table.rows == ()
    page = auditor.get(f"/office/regulations/{regulation.pk}/")
    assert "第一条　件件有回音。" in text_of(page)
    assert page.context["screen"].change is None
    answer = auditor.get(f"/office/regulations/{regulation.pk}/file")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_file_that_is_no_document_is_refused_in_words(people: Any, browser: Any) -> None:
    file = SimpleUploadedFile("办法.pdf", b"<html>")
    answer = browser(people.clerk).post("/office/regulations/new", **RULE, file=file)
    assert answer.status_code == 422
    assert "只接受完整的PDF" in text_of(answer)
    assert not Regulation.objects.exists()


def test_a_regulation_without_text_and_file_is_refused(people: Any, browser: Any) -> None:
    answer = browser(people.clerk).post("/office/regulations/new", **{**RULE, "text": ""})
    assert "请录入正文，或上传文件" in text_of(answer)


def test_a_regulation_is_corrected_and_keeps_its_file(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    clerk.post("/office/regulations/new", **RULE, file=SimpleUploadedFile("办法.pdf", PDF))
    regulation = Regulation.objects.get()
    changed = {**RULE, "in_force_until": "2025-12-31", "text": ""}
    assert clerk.post(f"/office/regulations/{regulation.pk}/correct", **changed).status_code == 302
    page = clerk.get(f"/office/regulations/{regulation.pk}/")
    assert page.context["screen"].badge.label == "已失效"
    assert "办法.pdf" in text_of(page)


def test_what_is_not_there_answers_404(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    for path in (
        "leading-group/987654321/end",
        "units/987654321/",
        "trainings/987654321/",
        "hearings/987654321/",
        "regulations/987654321/",
        "regulations/987654321/correct",
        "regulations/987654321/file",
    ):
        assert clerk.get(f"/office/{path}").status_code == 404, path


def test_a_regulation_without_a_file_hands_none_out(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    clerk.post("/office/regulations/new", **RULE)
    assert clerk.get(f"/office/regulations/{Regulation.objects.get().pk}/file").status_code == 404
