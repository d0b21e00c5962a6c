"""The same values give the same bytes, and no value is ever read as markup."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import typst
from docx.document import Document as WordDocument
from pylopdf_fonts_zh_cn import sans_path

from huiyin.documents import pdf, word
from huiyin.documents.sheets import Facts, Form, Grid, Paper, Sheet, Signing, Text, printable
from huiyin.documents.typefaces import WANTED, Face, typefaces

ORGAN = "青岚县人大常委会信访办公室"
HOSTILE = (
    '#import "@preview/cetz:0.2.0": *',
    '#panic("run")',
    '#eval("1+1") #read("/etc/passwd")',
    "$ x^2 $ \\ @reference <label> *bold* _it_ `raw` = heading - list // comment /* open",
    "]#[)}{\"'\\u{41} {{ jinja }} {% raw %} <w:p/> &amp; ]]>",
    "=1+1 +2 -3 @SUM(A1)",
)


def sheet(form: Form = Form.LETTER, *, text: str = "正文") -> Sheet:
    return Sheet(
        form=form,
        organ=ORGAN,
        title=f"关于{text}的函"[:200],
        number="青人交〔2026〕1号",
        addressee="县水务局",
        blocks=(
            Text(text),
            Text(text, "heading"),
            Facts(rows=((("标签", text), ("第二", text)), ((text[:40], text),))),
            Grid(headings=("序号", "内容"), widths=(1, 4), rows=(("1", text),)),
            Signing(labels=("签收人",)),
        ),
        signer=ORGAN,
        signed_on="2026年3月2日",
        after=(text,),
        mark="内部",
    )


def titles(sheets: list[Sheet]) -> list[str]:
    """Return the titles as the layout holds them, asked of the layout itself."""
    faces = typefaces()
    answer = typst.query(
        pdf.MAIN,
        "<sheet>",
        field="value",
        root=pdf.LAYOUT,
        font_paths=faces.fonts,
        ignore_system_fonts=True,
        sys_inputs=pdf.inputs_of(sheets, faces, "", is_file=False),
    )
    found: list[str] = json.loads(answer)
    return found


@pytest.mark.parametrize("form", list(Form))
def test_the_same_values_give_the_same_bytes(form: Form, county: Any) -> None:
    sheets = [sheet(form)]
    assert pdf.render(sheets) == pdf.render(sheets)
    assert word.render(sheets) == word.render(sheets)
    assert pdf.render(sheets) != pdf.render([replace(sheets[0], title="另一件")])
    assert pdf.render(sheets).startswith(b"%PDF-")


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_value_is_markup(
    text: str, form: Form, county: Any, opened: Callable[[bytes], WordDocument]
) -> None:
    assert pdf.render([sheet(form, text=text)])
    assert titles([sheet(form, text=text)]) == [f"关于{text}的函"]
    words = opened(word.render([sheet(form, text=text)]))
    assert text in [paragraph.text for paragraph in words.paragraphs]
    assert words.tables[0].rows[1].cells[1].text == text


def test_control_the_same_text_as_markup_would_stop_the_layout(county: Any) -> None:
    with pytest.raises(typst.TypstError, match="run"):
        typst.compile(b'#panic("run")')


def test_what_cannot_be_printed_is_left_out() -> None:
    assert printable("一\x00二\x1b[31m三\u202e四\u200b五\r\n六\t七") == "一二[31m三四五\n六 七"


@pytest.mark.parametrize("form", list(Form))
def test_a_very_long_text_goes_on_over_pages(form: Form, county: Any) -> None:
    long = "水费标准不公开，要求退还。" * 400
    pages = pdf.pages_of([sheet(form, text=long), sheet(form)])
    assert pages[1] > 5
    assert pdf.render([sheet(form, text="A" * 5000)])


def test_each_sheet_begins_on_a_page_of_its_own(county: Any) -> None:
    assert pdf.pages_of([sheet(Form.PLAIN), sheet(Form.LETTER), sheet(Form.RECORD)])[0] == 1
    assert len(set(pdf.pages_of([sheet(Form.PLAIN)] * 4))) == 4


def test_a_paper_is_read_back_as_it_was_frozen() -> None:
    paper = Paper(sheets=(sheet(), sheet(Form.RECORD)))
    assert Paper.from_values(paper.as_values()) == paper
    assert paper.numbered("青人交〔2026〕9号").sheets[0].number == "青人交〔2026〕9号"
    assert asdict(paper.numbered(""))["sheets"][0]["number"] == "青人交〔2026〕1号"


def test_pdf_and_word_say_the_same_in_the_same_order(county: Any, opened: Callable[[bytes], WordDocument]) -> None:
    one = sheet()
    words = [paragraph.text for paragraph in opened(word.render([one])).paragraphs if paragraph.text]
    wanted = [ORGAN, "内部", one.number, one.title, "县水务局：", "正文", "正文"]
    assert words[: len(wanted)] == wanted
    assert words[-3:] == [ORGAN, "2026年3月2日", "（正文）"]


def test_a_word_file_asks_for_the_standards_fonts_and_says_nothing_of_its_making(county: Any) -> None:
    package = zipfile.ZipFile(io.BytesIO(word.render([sheet()])))
    body = package.read("word/document.xml").decode()
    assert {"仿宋_GB2312", "方正小标宋简体", "黑体"} <= {
        part.partition('"')[0] for part in body.split('w:eastAsia="')[1:]
    }
    assert {info.date_time[0] for info in package.infolist()} == {1980}


def test_the_free_fonts_stand_in_and_are_named(county: Any) -> None:
    assert typefaces().families["body"] == "Noto Serif SC"
    assert "仿宋：Noto Serif SC" in typefaces().words
    assert "黑体：Noto Sans SC" in typefaces().words


def test_an_offices_own_fonts_are_taken_where_the_setting_names_their_folder(
    settings: Any, county: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(sans_path(), tmp_path / "licensed.otf")
    free = typefaces()
    settings.HUIYIN_FONTS = tmp_path
    monkeypatch.setitem(WANTED, Face.BODY, ("Noto Sans SC", "Noto Serif SC"))
    own = typefaces()
    assert str(tmp_path / "licensed.otf") in {str(font.path) for font in own.fonts.fonts()}
    assert (free.families["body"], own.families["body"]) == ("Noto Serif SC", "Noto Sans SC")
    assert "仿宋：Noto Sans SC" in own.words
    assert pdf.render([sheet()]).startswith(b"%PDF-")


def test_no_print_needs_a_font_of_the_machine(county: Any) -> None:
    found = {font.path for font in typefaces().fonts.fonts()}
    assert found
    assert all("pylopdf_fonts_zh_cn" in str(path) for path in found)
