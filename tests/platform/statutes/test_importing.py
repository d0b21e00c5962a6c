"""导入法律全文: from .docx and Markdown, tried first, once and no more, beside the wordings that are there."""

import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from huiyin.kernel.refusal import Refusal
from huiyin.platform.statutes.actions import ImportEntry, import_text, try_import
from huiyin.platform.statutes.models import Statute, StatuteArticle, StatuteVersion
from huiyin.platform.statutes.seeding import seed_statutes
from huiyin.platform.statutes.states import Level

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
CODE = "invented_water_fees"
SHARED = Path(__file__).parents[4] / "shared" / "data" / "laws"
WATER = "# 中华人民共和国水法\n\n2002年8月29日 修订\n\n2016年7月2日 第二次修正\n\n## 第一章 总则\n\n"


def entry(data: bytes, **values: object) -> ImportEntry:
    settled = {"code": CODE, "name": "条例.md", "data": data, "level": Level.LOCAL} | values
    return ImportEntry(**settled)  # type: ignore[arg-type]  # the tests' own values


def rows(code: str = CODE) -> list[StatuteArticle]:
    return list(StatuteArticle.objects.filter(version__statute__code=code).order_by("version", "number", "branch"))


def water_text(articles: int) -> bytes:
    lines = [f"第{number}条 用水的第{number}项规定。\n" for number in range(1, articles + 1)]
    return (WATER + "\n".join(lines)).encode()


def test_a_law_that_the_catalogue_has_not_is_listed_with_its_text(catalogue, law_text):
    report = import_text(entry=entry(law_text.encode(), organ="青岚江市人大常委会"), at=AT)
    assert (report.articles, report.chapters, report.missing, report.written) == (8, 3, (), True)
    statute = Statute.objects.get(code=CODE)
    assert (statute.level, statute.organ) == ("local", "青岚江市人大常委会")
    assert (statute.adopted_on, statute.in_force_from) == (date(2019, 3, 28), date(2021, 7, 30))
    assert [(one.number, one.branch) for one in rows()][3:5] == [(4, 0), (4, 1)]
    assert rows()[3].caption == "公示"
    assert rows()[3].chapter == "第二章　水费的计收"


def test_a_trial_tells_the_same_and_writes_nothing(catalogue, law_text):
    tried = try_import(entry=entry(law_text.encode()))
    assert "试运行，没有写入" in tried.words
    assert not Statute.objects.filter(code=CODE).exists()
    carried_out = import_text(entry=entry(law_text.encode()), at=AT)
    assert (tried.articles, tried.in_force_from, tried.sha256) == (
        carried_out.articles,
        carried_out.in_force_from,
        carried_out.sha256,
    )


def test_the_same_file_a_second_time_changes_nothing(catalogue, law_text):
    import_text(entry=entry(law_text.encode()), at=AT)
    before = [row.pk for row in rows()]
    again = import_text(entry=entry(law_text.encode()), at=AT)
    assert "没有改动" in again.words
    assert [row.pk for row in rows()] == before


def test_a_docx_gives_the_same_articles_as_the_text(catalogue, law_text, word_file):
    lines = [line.replace("**", "").lstrip("# ") for line in law_text.splitlines() if "<!--" not in line]
    report = import_text(entry=entry(word_file(lines), name="条例.docx"), at=AT)
    assert (report.articles, report.chapters) == (8, 3)
    assert [row.paragraphs for row in rows()][1] == [
        "本条例适用于灌区范围内农田灌溉用水的计量和收费。",
        "居民生活用水不适用本条例。",
    ]


def test_a_new_wording_stands_beside_the_old_one(catalogue, law_text):
    import_text(entry=entry(law_text.encode()), at=AT)
    amended = law_text.replace("2021年7月30日", "2025年6月1日").replace("三十日内退还", "十日内退还")
    report = import_text(entry=entry(amended.encode()), at=AT)
    assert "在原有版本之外增加一版" in report.words
    days = StatuteVersion.objects.filter(statute__code=CODE).order_by("in_force_from")
    assert [one.in_force_from for one in days] == [date(2021, 7, 30), date(2025, 6, 1)]
    assert [one.in_force_from for one in days.in_force(on=date(2025, 5, 31))] == [date(2021, 7, 30)]
    assert [one.in_force_from for one in days.in_force(on=date(2025, 6, 1))] == [date(2025, 6, 1)]


def test_another_text_of_the_same_wording_is_taken_only_when_it_is_to_replace_it(catalogue, law_text):
    import_text(entry=entry(law_text.encode()), at=AT)
    mended = law_text.replace("三十日内退还", "二十日内退还").encode()
    with pytest.raises(Refusal, match="--replace"):
        import_text(entry=entry(mended), at=AT)
    assert "替换" in import_text(entry=entry(mended, replaces=True), at=AT).words
    assert "二十日" in rows()[5].paragraphs[0]
    assert len(rows()) == 8


def test_the_text_of_a_shipped_wording_keeps_our_captions_and_the_catalogues_day(catalogue):
    report = import_text(entry=entry(water_text(82), code="water_law", level=None), at=AT)
    assert (report.in_force_from, report.day_from) == (date(2016, 7, 2), "按本产品的目录")
    assert report.captions > 30
    found = {row.number: row for row in rows("water_law") if row.version.sha256}
    assert len(found) == 82
    assert found[55].caption.startswith("用水须缴水费")
    assert found[55].paragraphs == ["用水的第55项规定。"]
    assert seed_statutes() == 0


def test_a_gap_is_told_and_remembered(catalogue):
    text = water_text(82).decode().replace("第7条 用水的第7项规定。\n", "")
    report = import_text(entry=entry(text.encode(), code="water_law", level=None), at=AT)
    assert report.missing == ("第七条",)
    assert StatuteVersion.objects.get(statute__code="water_law", in_force_from=date(2016, 7, 2)).missing == [7]


@pytest.mark.parametrize(
    ("change", "values", "words"),
    [
        (("第五条 ", "第二条 "), {}, "条文重复：第二条"),
        (("第二条 ", "第九条 "), {}, "条文顺序不对"),
        (("", ""), {"code": "water_law"}, "文件的标题是《青岚江灌区水费管理条例》，目录里这个代码是"),
        (("", ""), {"level": None}, "请用 --level 写明效力级别"),
        (("", ""), {"in_force_from": date(2018, 1, 1)}, "施行日期2018年1月1日早于通过日期"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_written(catalogue, law_text, change, values, words):
    data = law_text.replace(*change).encode() if change[0] else law_text.encode()
    for attempt in (
        lambda: try_import(entry=entry(data, **values)),
        lambda: import_text(entry=entry(data, **values), at=AT),
    ):
        with pytest.raises(Refusal, match=words):
            attempt()
    assert not Statute.objects.filter(code=CODE).exists()


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "是空的"),
        (b"  \n ", "是空的"),
        (b"\xff\xfe\x00\x01\x80", "读不出来"),
        (b"\xd0\xcf\x11\xe0 old word", "旧版 .doc"),
        (b"PK\x03\x04 broken", "读不出来"),
        (archive(xl__workbook_dot_xml=b"<a/>"), "不是 .docx 文档"),
        (archive(word__document_dot_xml=b"<a/>", word__vbaProject_dot_bin=b"1"), "含有宏"),
        (archive(word__document_dot_xml=b" " * 60 * 1024 * 1024), "解压后异常大"),
        (archive(word__document_dot_xml=b"<a/>"), "读不出来"),
    ],
    ids=["empty", "blank", "bytes", "doc", "cut", "sheet", "macros", "bomb", "no_document"],
)
def test_a_file_that_is_none_or_does_harm_is_refused(catalogue, data, words):
    with pytest.raises(Refusal, match=words):
        try_import(entry=entry(data, name="条例.docx"))


def test_the_command_reports_in_words_and_as_json(catalogue, law_text, tmp_path, capsys):
    file = tmp_path / "条例.md"
    file.write_text(law_text, encoding="utf-8")
    call_command("import_statute", str(file), "--code", CODE, "--level", "local", "--dry-run")
    assert "试运行，没有写入" in capsys.readouterr().out
    call_command("import_statute", str(file), "--code", CODE, "--level", "local", "--json")
    assert json.loads(capsys.readouterr().out)["articles"] == 8
    call_command("import_statute", str(file), "--code", CODE)
    assert "没有改动" in capsys.readouterr().out


@pytest.mark.parametrize("code", ["links", "Water", "水法", "water-law", "1st", "a" * 41])
def test_a_code_that_cannot_stand_in_an_address_is_refused(catalogue, law_text, tmp_path, code):
    file = tmp_path / "条例.md"
    file.write_text(law_text, encoding="utf-8")
    with pytest.raises(Refusal, match="代码用小写字母开头"):
        call_command("import_statute", str(file), "--code", code)


def test_a_file_that_is_not_there_is_refused(catalogue, tmp_path):
    with pytest.raises(Refusal, match="没有文件"):
        call_command("import_statute", str(tmp_path / "没有.md"), "--code", CODE)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the texts of real laws are not part of this repository")
@pytest.mark.parametrize(
    ("file", "code", "in_force_from"),
    [
        ("shuifa_2016.md", "water_law", date(2016, 7, 2)),
        ("tudichengbaofa_2018.md", "land_contract_law", date(2019, 1, 1)),
        ("caoyuanfa_2021.md", "grassland_law", date(2021, 4, 29)),
        ("jiandufa_2024.md", "supervision_law", date(2024, 11, 8)),
        ("xinfang_gongzuo_tiaoli_2022.md", "petition_regulation_2022", date(2022, 5, 1)),
        ("xinfang_tiaoli_2005.md", "petition_regulation_2005", date(2005, 5, 1)),
    ],
)
def test_a_real_law_fills_the_wording_of_the_catalogue(catalogue, file, code, in_force_from):
    before = set(StatuteArticle.objects.filter(version__statute__code=code).values_list("caption", flat=True))
    report = import_text(entry=ImportEntry(code, file, (SHARED / file).read_bytes()), at=AT)
    assert (report.in_force_from, report.day_from, report.missing) == (in_force_from, "按本产品的目录", ())
    captions = StatuteArticle.objects.filter(version__statute__code=code).values_list("caption", flat=True)
    assert set(captions) - {""} == before
