"""帮助: one page for each job of the day, found by any words in it, for the office and for units."""

from typing import Any

import pytest

from huiyin.interfaces.pages.help_pages import HELP_PAGES, found_pages, words_of

JOBS = "收件登记 归类 交办 审核反馈 答复送达 督办 接待日 保密回避 台账导入 四个百分之百 账号与单位"


def test_every_job_of_the_day_has_its_page() -> None:
    assert set(JOBS.split()) <= {page.title for page in HELP_PAGES}


@pytest.mark.parametrize("page", HELP_PAGES, ids=lambda page: page.slug)
def test_a_page_opens_and_says_what_its_summary_promises(page: Any, people: Any, browser: Any) -> None:
    answer = browser(people.clerk).get(f"/help/{page.slug}/")
    assert answer.status_code == 200
    assert page.title in answer.content.decode()
    assert len(words_of(page)) > 150


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("密件", "保密回避"),
        ("送达 凭证", "答复送达"),
        ("查询码", "收件登记"),
        ("激活码", "账号与单位"),
        ("试运行", "台账导入"),
        ("督办函", "督办"),
        ("Ctrl", "收件登记"),
    ],
)
def test_a_page_is_found_by_words_in_it(query: str, first: str, people: Any, browser: Any) -> None:
    found = browser(people.clerk).get("/help/", q=query).context["screen"]
    assert first in {page.title for page in found.pages}
    assert len(found.pages) < len(HELP_PAGES)


def test_the_words_of_the_markup_find_nothing(people: Any, browser: Any) -> None:
    for query in ("hy-plain-list", "没有这样的词"):
        page = browser(people.clerk).get("/help/", q=query)
        assert page.context["screen"].pages == ()
        assert "没有找到" in page.content.decode()


def test_a_unit_is_told_of_its_own_work_only(people: Any, browser: Any) -> None:
    unit = browser(people.unit_clerk)
    assert [page.title for page in unit.get("/help/").context["screen"].pages] == ["三项建议", "账号与单位", "承办单位"]
    assert unit.get("/help/unit-work/").status_code == 200
    assert unit.get("/help/secrecy/").status_code == 404
    assert found_pages("密件", of_unit=True) == ()


def test_a_page_that_is_not_there_answers_404(people: Any, browser: Any) -> None:
    assert browser(people.clerk).get("/help/nothing/").status_code == 404


def test_the_page_of_the_promises_says_each_of_them(people: Any, browser: Any) -> None:
    text = browser(people.clerk).get("/help/promises/").content.decode()
    assert all(code in text for code in ("M1", "M2", "M3a", "M4"))
