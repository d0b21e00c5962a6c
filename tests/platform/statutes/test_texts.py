"""读法律文本: title, dates, chapters and articles out of files as they come, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from huiyin.kernel.refusal import Refusal
from huiyin.platform.statutes import texts
from huiyin.platform.statutes.references import ArticleNumber

LAW = Path(__file__).with_name("invented_law.md").read_text(encoding="utf-8")
SHARED = Path(__file__).parents[4] / "shared" / "data" / "laws"


def read(text: str) -> texts.ReadText:
    return texts.read_text(text.splitlines())


def labels(numbers: tuple[ArticleNumber, ...]) -> list[str]:
    return [one.label for one in numbers]


def test_a_file_with_contents_marks_and_spaces_is_read_as_it_is_meant():
    found = read(LAW)
    assert found.title == "青岚江灌区水费管理条例"
    assert labels(found.numbers) == [
        "第一条", "第二条", "第三条", "第四条", "第四条之一", "第五条", "第六条", "第七条",
    ]  # fmt: skip
    assert found.chapters == ("第一章　总则", "第二章　水费的计收", "第三章　附则")
    assert [(one.day, one.words[-2:]) for one in found.made] == [
        (date(2019, 3, 28), "通过"),
        (date(2021, 7, 30), "修正"),
    ]


def test_an_article_knows_its_chapter_its_section_its_paragraphs_and_its_own_caption():
    by_number = {one.number.label: one for one in read(LAW).articles}
    second, fourth, seventh = by_number["第二条"], by_number["第四条"], by_number["第七条"]
    assert len(second.paragraphs) == 2
    assert (second.chapter, second.section) == ("第一章　总则", "")
    assert (fourth.chapter, fourth.section, fourth.caption) == ("第二章　水费的计收", "第一节　计量", "公示")
    assert fourth.paragraphs[1:] == ("（一）水价；", "（二）每户的用水量和应缴水费。")
    assert (seventh.chapter, seventh.section) == ("第三章　附则", "")


def test_a_paragraph_that_begins_with_another_articles_number_opens_no_article():
    text = "# 某办法\n第一条 总的规定。\n第十条所称的水费，包括基本水费。\n第二条 自2020年1月1日起施行。"
    found = read(text)
    assert labels(found.numbers) == ["第一条", "第二条"]
    assert found.articles[0].paragraphs[1].startswith("第十条所称")


@pytest.mark.parametrize(
    ("preamble", "last", "in_force_from"),
    [
        ("2019年3月28日 通过", "本法自2020年1月1日起施行。", date(2020, 1, 1)),
        ("2019年3月28日 通过 2021年7月30日 修正", "本法自2020年1月1日起施行。", date(2021, 7, 30)),
        ("2002年8月29日 修订", "本法自2002年10月1日起施行。", date(2002, 10, 1)),
        ("2019年3月28日 通过", "本法自公布之日起施行。", date(2019, 3, 28)),
        ("", "本法自公布之日起施行。", None),
        ("2019年2月30日 通过", "本法自公布之日起施行。", None),
    ],
)
def test_it_is_in_force_from_the_last_articles_day_or_that_of_a_later_amendment(preamble, last, in_force_from):
    assert read(f"某法\n{preamble}\n第一条 规定。\n第二条 {last}").says_in_force_from == in_force_from


@pytest.mark.parametrize(
    ("numbers", "missing", "duplicates", "out_of_order"),
    [
        ([1, 2, 3], [], [], []),
        ([1, 3], ["第二条"], [], []),
        ([2, 3], ["第一条"], [], []),
        ([1, 2, 2, 3], [], ["第二条"], []),
        ([1, 3, 2, 4], [], [], ["第二条"]),
        ([], [], [], []),
    ],
)
def test_the_numbering_is_checked(numbers, missing, duplicates, out_of_order):
    faults = texts.faults_of(ArticleNumber(one) for one in numbers)
    assert (labels(faults.missing), labels(faults.duplicates), labels(faults.out_of_order)) == (
        missing,
        duplicates,
        out_of_order,
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "文件里没有文字"),
        ("<!-- 只有注释 -->\n---\n", "文件里没有文字"),
        ("# 关于水费的通知\n\n请各乡镇按时缴纳。", "不是法律法规的文本"),
        ("# 关于水费的通知\n第一条 请各乡镇按时缴纳。", "不是法律法规的名称"),
        ("# 某条例\n第一条\n第二条 规定。", "第一条没有正文"),
    ],
)
def test_what_is_no_law_is_refused(text, words):
    with pytest.raises(Refusal, match=words):
        texts.check_is_law(read(text))


@pytest.mark.parametrize(("numbers", "words"), [([1, 3, 2], "条文顺序不对：第二条"), ([1, 2, 2], "条文重复：第二条")])
def test_a_text_out_of_order_is_refused(numbers, words):
    with pytest.raises(Refusal, match=words):
        texts.check_numbering(texts.faults_of(ArticleNumber(one) for one in numbers))


@pytest.mark.parametrize(
    ("title", "known", "is_same"),
    [
        ("中华人民共和国水法", "水法", True),
        ("中华人民共和国水法（2016年修正）", "中华人民共和国水法", True),
        ("中华人民共和国草原法", "中华人民共和国水法", False),
    ],
)
def test_a_text_belongs_to_the_law_of_its_title(title, known, is_same):
    assert (texts.bare(title) == texts.bare(known)) is is_same


@pytest.mark.skipif(not SHARED.is_dir(), reason="the texts of real laws are not part of this repository")
@pytest.mark.parametrize(
    ("file", "articles", "made_on", "chapters"),
    [
        ("caoyuanfa_2021.md", 75, date(2021, 4, 29), 9),
        ("jiandufa_2024.md", 65, date(2024, 11, 8), 9),
        ("shuifa_2016.md", 82, date(2016, 7, 2), 8),
        ("tudichengbaofa_2018.md", 70, date(2018, 12, 29), 5),
        ("xinfang_gongzuo_tiaoli_2022.md", 50, date(2022, 2, 25), 6),
        ("xinfang_tiaoli_2005.md", 51, date(2005, 1, 10), 7),
    ],
)
def test_real_laws_are_read_without_a_gap(file, articles, made_on, chapters):
    found = read((SHARED / file).read_text(encoding="utf-8"))
    texts.check_is_law(found)
    assert (len(found.articles), found.made_on, len(found.chapters)) == (articles, made_on, chapters)
    assert texts.faults_of(found.numbers) == texts.Faults()
