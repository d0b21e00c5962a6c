"""检索条文: any characters of them, the words marked, the law that is named; and what a citation names."""

from datetime import date

import pytest

from huiyin.kernel.refusal import Refusal
from huiyin.platform.statutes import queries
from huiyin.platform.statutes.queries import Part

ON = date(2026, 3, 2)


def found(words: str, **values: str) -> list[str]:
    return [one.article.title for one in queries.search(words, on=ON, **values).found]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("逾", []),
        ("方", ["第三条"]),
        ("复核", ["第四条之一"]),
        ("应缴水费", ["第四条"]),
        ("多收的水费，应当在三十日内退还", ["第五条"]),
        ("水费 退还", ["第五条"]),
        ("公示", ["第四条"]),
        ("第六条", ["第六条"]),
    ],
)
def test_every_substring_of_an_article_finds_it(county, invented_law, words, titles):
    law = "《青岚江灌区水费管理条例》"
    assert found(words, code=invented_law) == [f"{law}{title}" for title in titles]


def test_without_texts_the_captions_are_found(county):
    assert "《水法》第五十五条" in found("水费")
    assert "《农村土地承包法》第二十七条" in found("收回承包地")


def test_a_word_that_names_a_law_asks_for_that_law(county, invented_law):
    assert found("水法 水费") == ["《水法》第五十五条"]
    assert found("《水法》 水费") == ["《水法》第五十五条"]
    assert queries.search("水法", on=ON).total == 0
    assert [one.code for one in queries.search("水法", on=ON).statutes] == ["water_law"]


def test_a_law_is_found_by_what_people_call_its_things(county):
    assert [one.code for one in queries.search("承包地", on=ON).statutes] == ["land_contract_law"]


def test_what_was_found_is_marked_and_a_long_line_is_cut(county, invented_law):
    one = queries.search("退还", on=ON, code=invented_law).found[0]
    assert [part.text for part in one.line if part.is_hit] == ["退还"]
    assert queries.marked("水　费：水费", ["水费"]) == (Part("水　费", True), Part("：", False), Part("水费", True))
    assert queries.around("前" * 100 + "水费" + "后" * 100, ["水费"]).startswith("…前")


def test_a_long_result_comes_in_pages(county):
    whole = queries.search("水", on=ON, limit=100)
    pages = [queries.search("水", on=ON, start=start, limit=10).found for start in range(0, whole.total, 10)]
    assert [one.article for page in pages for one in page] == [one.article for one in whole.found]
    assert whole.total > 20


def test_one_article_is_asked_for_by_its_number(county, invented_law):
    one = queries.article("water_law", 55)
    assert (one.label, one.anchor, one.paragraphs) == ("第五十五条", "article-55", ())
    assert queries.article(invented_law, 4, branch=1).paragraphs[0].startswith("用水户对用水量有异议")
    with pytest.raises(Refusal):
        queries.article("water_law", 999)


@pytest.mark.parametrize(
    ("on", "in_force_from"),
    [
        (date(2018, 12, 31), date(2009, 8, 27)),
        (date(2019, 1, 1), date(2019, 1, 1)),
        (date(2026, 3, 2), date(2019, 1, 1)),
        (date(1999, 1, 1), date(2003, 3, 1)),
    ],
)
def test_a_law_is_shown_by_the_wording_of_the_day(county, on, in_force_from):
    assert queries.statute("land_contract_law", on=on).shown.in_force_from == in_force_from


def test_the_titles_are_told_by_code(county):
    assert queries.statute_titles()["water_law"] == "中华人民共和国水法"


@pytest.mark.parametrize(
    ("code", "typed", "written"),
    [
        ("", "", ""),
        ("water_law", "", ""),
        ("water_law", "999", "第九百九十九条"),
        ("invented_water_fees", "5", "第五条"),
        ("invented_water_fees", "四条之一、第七条", "第四条之一、第七条"),
    ],
)
def test_a_citation_is_written_as_papers_write_it(county, invented_law, code, typed, written):
    assert queries.cited(code, typed, on=ON) == written


@pytest.mark.parametrize(
    ("code", "typed", "words"),
    [
        ("invented_water_fees", "第八条", "没有第八条"),
        ("invented_water_fees", "第五条、第五条之一", "没有第五条之一"),
        ("water_law", "水费那一条", "请写作“第四十九条”"),
        ("no_such_law", "第一条", "没有代码为no_such_law的法律"),
    ],
)
def test_a_citation_that_the_known_text_has_not_is_refused(county, invented_law, code, typed, words):
    with pytest.raises(Refusal, match=words):
        queries.cited(code, typed, on=ON)
