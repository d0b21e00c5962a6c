"""同有的字: which words a text and an article share, and how telling they are."""

from huiyin.platform.statutes.overlap import shared_words, telling_pairs

ARTICLES = ["用水须缴纳水费", "承包期内不得收回承包地", "禁止开垦草原", "有关部门应当依法处理问题"]


def test_the_longest_words_that_both_have_are_told_the_most_telling_first():
    found = shared_words("村里收回承包地，又收水费", ARTICLES, out_of=40)
    assert [(one.place, one.words) for one in found] == [(1, ("收回承包地",)), (0, ("水费",))]


def test_the_words_of_every_petition_tell_nothing():
    assert telling_pairs("要求有关部门处理问题") & {"要求", "有关", "部门", "处理", "问题"} == set()
    assert shared_words("请求有关部门依法处理", ARTICLES, out_of=40) == []


def test_a_pair_that_one_article_in_ten_has_tells_nothing():
    many = ["草原的规定甲", "草原的规定乙", "草原的规定丙"]
    assert shared_words("草原", many, out_of=20) == []
    assert [one.place for one in shared_words("草原", many, out_of=30)] == [0, 1, 2]


def test_pairs_that_only_happen_to_neighbour_each_other_are_no_word():
    found = shared_words("水费用", ["水费", "费用"], out_of=40)
    assert [one.words for one in found] == [("水费",), ("费用",)]


def test_nothing_is_shared_with_nothing():
    assert shared_words("", ARTICLES, out_of=40) == []
    assert shared_words("水费", [], out_of=40) == []
