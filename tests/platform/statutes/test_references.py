"""条款: how an article is named, as people write it and as papers do."""

import pytest

from huiyin.kernel.refusal import Refusal
from huiyin.platform.statutes.references import ArticleNumber, read_references, written


@pytest.mark.parametrize(
    ("typed", "as_papers_write_it"),
    [
        ("第四十九条", "第四十九条"),
        ("四十九条", "第四十九条"),
        ("49", "第四十九条"),
        ("第49条", "第四十九条"),
        ("第一百二十条之一", "第一百二十条之一"),
        ("第四十八条第一款", "第四十八条第一款"),
        ("第31条第1款第(6)项", "第三十一条第一款第（六）项"),
        ("第五十五条、第四十九条", "第五十五条、第四十九条"),
        ("55，49", "第五十五条、第四十九条"),
        ("第五条和第五条", "第五条"),
        ("  ", ""),
    ],
)
def test_an_article_is_written_as_papers_write_it(typed, as_papers_write_it):
    assert written(read_references(typed)) == as_papers_write_it


@pytest.mark.parametrize("typed", ["总则", "水费条款", "第条", "第四十九条附近", "第零条"])
def test_what_names_no_article_is_refused(typed):
    with pytest.raises(Refusal):
        read_references(typed)


@pytest.mark.parametrize(("number", "anchor"), [((20, 0), "article-20"), ((120, 1), "article-120-1")])
def test_every_article_has_its_place_on_the_page(number, anchor):
    assert ArticleNumber(*number).anchor == anchor


def test_a_branch_stands_after_its_article_and_before_the_next():
    numbers = [ArticleNumber(5), ArticleNumber(4, 1), ArticleNumber(4)]
    assert [one.label for one in sorted(numbers)] == ["第四条", "第四条之一", "第五条"]
