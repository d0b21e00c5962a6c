"""规则与日历: a year at a glance, a due date on trial, the rules in force; shared by all counties and read-only."""

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from huiyin.interfaces.pages.calendar_rules import rules_for
from huiyin.interfaces.pages.calendar_year import holidays_of, months_of
from huiyin.kernel import deadlines
from huiyin.kernel.calendar import Calendar, DayEntry, DayKind, seed
from huiyin.kernel.clocks import Clock
from huiyin.platform.calendar.models import CalendarDay
from huiyin.platform.calendar.queries import working_calendar
from huiyin.platform.directory import rulesets

OFFICE = ("clerk", "head", "leader", "group_head", "restricted", "mail_room", "auditor", "administrator")
PAGES = ("/calendar/", "/calendar/rules")
TODAY = date(2026, 3, 2)
KNOWN = Calendar.of(
    [
        DayEntry(date(2026, 1, 1), DayKind.REST, "元旦"),
        DayEntry(date(2026, 1, 2), DayKind.REST, "元旦调休"),
        DayEntry(date(2026, 1, 3), DayKind.REST, "元旦"),
        DayEntry(date(2026, 1, 4), DayKind.WORK, "元旦"),
    ],
    {2026},
)


def days_of(year: int, month: int) -> dict[int, Any]:
    weeks = months_of(year, KNOWN, today=TODAY)[month - 1].weeks
    return {day.number: day for week in weeks for day in week if day is not None}


@pytest.mark.parametrize(
    ("day", "tone", "mark", "reason"),
    [
        (1, "rest", "休", "元旦放假"),
        (2, "rest", "休", "元旦调休放假"),
        (3, "rest", "休", "元旦放假"),  # a Saturday that is a holiday is told as one
        (4, "made-up", "班", "元旦调休上班"),  # a Sunday
        (5, "work", "", ""),
        (10, "weekend", "", ""),
    ],
)
def test_a_day_says_whether_the_office_works_and_why_not(day: int, tone: str, mark: str, reason: str) -> None:
    found = days_of(2026, 1)[day]
    assert (found.tone, found.mark, found.reason) == (tone, mark, reason)


@pytest.mark.parametrize(("year", "month", "last"), [(2026, 2, 28), (2028, 2, 29), (2026, 12, 31)])
def test_a_month_has_all_its_days_in_weeks_from_monday(year: int, month: int, last: int) -> None:
    weeks = months_of(year, KNOWN, today=TODAY)[month - 1].weeks
    assert {len(week) for week in weeks} == {7}
    assert max(days_of(year, month)) == last
    assert weeks[0].index(next(day for day in weeks[0] if day)) == date(year, month, 1).weekday()


def test_a_month_counts_its_working_days_and_marks_today() -> None:
    january, _, march = months_of(2026, KNOWN, today=TODAY)[:3]
    assert january.working_days == 21  # 22 weekdays, less two at New Year, and one Sunday made up
    assert [day.number for week in march.weeks for day in week if day and day.is_today] == [TODAY.day]


def test_days_in_a_row_are_one_line_and_a_made_up_day_its_own() -> None:
    rows = [[cell.text for cell in row.cells] for row in holidays_of(2026, KNOWN).rows]
    assert rows == [
        ["元旦", "1月1日（周四） 至 1月3日（周六）", "3", "放假"],
        ["元旦", "1月4日（周日）", "1", "调休上班"],
    ]


def test_a_year_not_announced_has_the_holidays_whose_date_is_fixed() -> None:
    names = {row.cells[0].text for row in holidays_of(2027, KNOWN).rows}
    assert names == {"元旦", "清明节", "劳动节", "国庆节"}
    assert days_of(2027, 1)[1].tone == "rest"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", [*OFFICE, "unit_clerk", "unit_head"])
def test_the_office_reads_it_and_nobody_writes_it(path: str, role: str, people: Any, browser: Any) -> None:
    person = browser(getattr(people, role))
    is_of_office = role in OFFICE
    assert person.get(path).status_code == (200 if is_of_office else 403)
    if is_of_office:
        assert person.post(path, day="2026-01-05", kind="rest").status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_signs_in_first(path: str, browser: Any) -> None:
    assert browser().get(path)["Location"].startswith("/sign-in/?next=")


def test_a_countys_own_role_cannot_change_the_calendar(county: Any) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        CalendarDay.objects.filter(day__year=2026).delete()


def test_the_page_says_who_changes_the_calendar_and_how(people: Any, browser: Any) -> None:
    page = browser(people.administrator).get("/calendar/").content.decode()
    assert "平台运维" in page
    assert "huiyin import_calendar" in page
    assert "哪个县都不能改" in page
    assert '<form class="hy-try-due" method="get"' in page


def test_the_page_lies_in_the_navigation_of_the_office_and_not_of_a_unit(people: Any, browser: Any) -> None:
    assert 'href="/calendar/"' in browser(people.mail_room).get("/").content.decode()
    assert 'href="/calendar/"' not in browser(people.unit_clerk).get("/assignments/").content.decode()


@pytest.mark.parametrize(
    ("year", "title", "kind"),
    [(2026, "已公布", "good"), (max(seed().announced_years) + 1, "暂定", "warn"), (1990, "推算", "info")],
)
def test_a_year_says_whether_it_was_announced(year: int, title: str, kind: str, people: Any, browser: Any) -> None:
    screen = browser(people.clerk).get("/calendar/", year=str(year)).context["screen"]
    assert (screen.status.title, screen.status.kind) == (title, kind)
    assert len(screen.months) == 12
    assert screen.title == f"{year}年日历"


def test_the_source_of_an_announced_year_is_told(people: Any, browser: Any) -> None:
    words = browser(people.clerk).get("/calendar/", year="2026").context["screen"].status.words
    assert "软件自带" in words
    assert "chinesecalendar" not in words


@pytest.mark.parametrize("year", ["千年", "1", "99999", "2026.5"])
def test_a_year_that_nobody_means_is_not_there(year: str, people: Any, browser: Any) -> None:
    assert browser(people.clerk).get("/calendar/", year=year).status_code == 404


@pytest.mark.parametrize("clock", [Clock.CLASSIFY, Clock.DISPOSITION, Clock.REPORT, Clock.REGISTER])
@pytest.mark.parametrize("start", ["2026-02-13", "2026-09-30", "2026-12-31"])
def test_a_due_date_on_trial_is_the_one_that_a_petition_would_get(
    clock: Clock, start: str, people: Any, browser: Any, county: Any
) -> None:
    answer = browser(people.clerk).get("/calendar/", clock=clock.value, start=start)
    assert answer.status_code == 200
    worked, start_on = answer.context["screen"].worked, date.fromisoformat(start)
    ruleset = rulesets.in_force(county.ruleset, received_on=start_on)
    due = deadlines.compute(clock=clock, start_on=start_on, ruleset=ruleset, calendar=working_calendar())
    assert (worked.badge.due_on, worked.lines, worked.badge.provisional) == (
        due.due_on,
        due.explain(),
        due.provisional,
    )
    assert ruleset.title in worked.title
    assert all(line in answer.content.decode() for line in worked.lines)


def test_a_day_before_the_rules_in_force_is_counted_by_the_rules_of_its_day(people: Any, browser: Any) -> None:
    worked = browser(people.clerk).get("/calendar/", clock="report", start="2021-03-01").context["screen"].worked
    assert "R05" in worked.title


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"clock": "report"}, ""),
        ({"clock": "lunch", "start": "2026-03-02"}, ""),
        ({"clock": "report", "start": "gestern"}, ""),
        ({"clock": "report", "start": "1990-01-01"}, "没有施行中的信访规则"),
        ({"clock": "report", "start": "2300-01-01"}, "1949年至2199年"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(
    query: dict[str, str], words: str, people: Any, browser: Any
) -> None:
    answer = browser(people.clerk).get("/calendar/", **query)
    assert answer.status_code == 422
    assert answer.context["screen"].worked is None
    assert words in answer.content.decode()


def test_the_calendar_asks_few_questions(people: Any, browser: Any, queries_of: Any) -> None:
    clerk = browser(people.clerk)
    assert queries_of(lambda: clerk.get("/calendar/")) <= 6
    assert queries_of(lambda: clerk.get("/calendar/rules")) <= 3


def test_the_rules_in_force_stand_entry_by_entry(people: Any, browser: Any, county: Any) -> None:
    answer = browser(people.administrator).get("/calendar/rules")
    screen, page = answer.context["screen"], answer.content.decode()
    ruleset = rulesets.in_force(county.ruleset, received_on=date(2026, 3, 2))
    assert screen.title == f"《{ruleset.title}》"
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in screen.steps.rows}
    assert len(rows) == len(ruleset.steps)
    for clock, step in ruleset.steps.items():
        length, _start, basis, extension = rows[clock.label]
        assert (length, basis) == (step.length, ruleset.cite(step))
        assert (extension == "不能延期") is (step.extension is None)
    for words in (ruleset.cite(ruleset.representatives), ruleset.cite(ruleset.group_visit), ruleset.intake_mode.label):
        assert words in page


def test_an_earlier_rule_set_of_the_family_is_shown_as_such(people: Any, browser: Any) -> None:
    screen = browser(people.clerk).get("/calendar/rules", code="R05").context["screen"]
    assert screen.lead.startswith("不是现行规则")
    states = {row.cells[0].sub: row.cells[2].component.label for row in screen.others.rows}
    assert states == {"R22": "施行中", "R05": "非现行"}


def test_a_rule_set_of_another_family_is_not_there(people: Any, browser: Any) -> None:
    assert browser(people.clerk).get("/calendar/rules", code="HENAN").status_code == 404


def test_a_provinces_rules_fall_back_to_the_nations() -> None:
    assert [one.code for one in rules_for("henan", rulesets.known())] == ["HENAN", "R22", "R05"]
    assert [one.code for one in rules_for("R22", rulesets.known())] == ["R22", "R05"]
