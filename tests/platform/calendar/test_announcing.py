"""公布放假安排: the operator's file replaces a year whole, tells every fault, and has every office count again."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import connection

from huiyin.kernel.calendar import DayEntry, DayKind
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.strict_toml import DefinitionError
from huiyin.kernel.tenant import PUBLIC, entered
from huiyin.platform.calendar import actions
from huiyin.platform.calendar.models import CalendarDay, CalendarYear
from huiyin.platform.calendar.queries import working_calendar

AT = datetime(2026, 11, 5, 1, tzinfo=UTC)
CSV = "day,kind,name\n2027-01-01,rest,元旦\n\n2027-02-06,放假,春节\n2027-02-20,work,春节\n"


def test_a_file_of_three_columns_is_read():
    assert actions.days_of_csv(CSV, file="2027.csv") == (
        DayEntry(date(2027, 1, 1), DayKind.REST, "元旦"),
        DayEntry(date(2027, 2, 6), DayKind.REST, "春节"),
        DayEntry(date(2027, 2, 20), DayKind.WORK, "春节"),
    )


def test_a_toml_file_is_read():
    text = '[[days]]\nday = 2027-01-01\nkind = "rest"\nname = "元旦"\n'
    assert actions.days_of_toml(text, file="2027.toml") == (DayEntry(date(2027, 1, 1), DayKind.REST, "元旦"),)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2027-13-45,rest,元旦", "“2027-13-45”不是日期"),
        ("2027-01-01,rest", "应当有日期、类型、名称三列，实有2列"),
        ("2027-01-01,holiday,元旦", "类型“holiday”只能是"),
        ("2027-01-01,rest,", "名称须有1至40个字"),
        ("1900-01-01,rest,元旦", "不在1949年至2199年之间"),
        ("2027-02-22,work,春节", "是周一，本来就上班"),
    ],
)
def test_a_fault_names_file_and_line(row, words):
    with pytest.raises(Refusal) as refused:
        actions.days_of_csv(f"day,kind,name\n{row}\n", file="2027.csv")
    assert refused.value.words.startswith("2027.csv 第2行：")
    assert words in refused.value.words


def test_every_fault_is_told_at_once():
    with pytest.raises(Refusal) as refused:
        actions.days_of_csv("x,rest,元旦\n2027-01-01,rest,元旦\n2027-01-01,rest,元旦\n", file="a.csv")
    assert refused.value.words.splitlines() == [
        "a.csv 第1行：“x”不是日期，应写作 2027-01-01",
        "a.csv 第3行：2027年1月1日写了两次",
    ]


def test_an_empty_file_is_refused():
    with pytest.raises(Refusal, match="没有任何日期"):
        actions.days_of_csv("day,kind,name\n", file="a.csv")


def test_a_fault_in_toml_names_the_key():
    with pytest.raises(DefinitionError, match=r"2027\.toml 第3行"):
        actions.days_of_toml('[[days]]\nday = 2027-01-01\nkind = "rset"\nname = "元旦"\n', file="2027.toml")


@pytest.fixture
def as_it_was(provisioned, django_db_blocker):
    """The owner's work is committed: put the calendar back afterwards."""
    with django_db_blocker.unblock(), entered(PUBLIC):
        yield
        for model in (CalendarDay, CalendarYear):
            lookup = "day__year" if model is CalendarDay else "year"
            model.objects.using("owner").filter(**{lookup: 2027}).delete()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM dramatiq.queue")


def queued() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT message->>'actor_name', message->'kwargs'->>'county' FROM dramatiq.queue ORDER BY 1, 2")
        return list(cursor.fetchall())


def test_the_command_announces_a_year_and_every_office_counts_again(as_it_was, tmp_path, capsys):
    before = CalendarDay.objects.filter(day__year=2026).count()
    assert working_calendar().is_provisional(date(2027, 1, 1))
    file = tmp_path / "2027.csv"
    file.write_text(CSV, encoding="utf-8")
    call_command("import_calendar", str(file), "--source", "国办发明电〔2026〕9号")
    assert CalendarYear.objects.get(year=2027).source == "国办发明电〔2026〕9号"
    assert not working_calendar().is_provisional(date(2027, 1, 1))
    assert working_calendar().is_working_day(date(2027, 2, 20))
    assert CalendarDay.objects.filter(day__year=2026).count() == before
    assert queued() == [("deadlines.recompute", "baiyun"), ("deadlines.recompute", "qinglan")]
    assert "2027" in capsys.readouterr().out


def test_announced_again_the_year_is_replaced_whole(as_it_was):
    actions.announce(days=actions.days_of_csv(CSV, file="a.csv"), source="草稿", at=AT)
    actions.announce(days=[DayEntry(date(2027, 1, 1), DayKind.REST, "元旦")], source="正式", at=AT)
    assert list(CalendarDay.objects.filter(day__year=2027).values_list("day", flat=True)) == [date(2027, 1, 1)]
    assert CalendarYear.objects.get(year=2027).source == "正式"


def test_a_year_that_is_known_is_not_seeded_again(as_it_was, capsys):
    call_command("import_calendar", "--seed")
    assert "0 个" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "content", "words"), [("a.csv", None, "没有文件"), ("a.csv", b"\xff\xfe", "UTF-8")])
def test_what_cannot_be_read_is_refused(as_it_was, tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Refusal, match=words):
        call_command("import_calendar", str(tmp_path / name))
