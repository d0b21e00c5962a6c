"""Word: the same sheets as an editable .docx, with the same words in the same order."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .sheets import Block, Facts, Form, Grid, Sheet, Signing, Text
from .typefaces import IN_A_WORD_FILE, Face

BODY, TITLE, TABLE, NOTE, FOLIO, MARK = Pt(16), Pt(22), Pt(12), Pt(10.5), Pt(14), Pt(9)
TYPE_WIDTH = 156
LABEL_WIDTH = 27
LINE = Pt(29)
RED = RGBColor(0xD3, 0x00, 0x1A)
MADE = datetime(2026, 1, 1, tzinfo=UTC)
EPOCH = (1980, 1, 1, 0, 0, 0)
MARGINS = {Form.LETTER: (37, 35), Form.PLAIN: (30, 30), Form.RECORD: (37, 35)}
BIGGEST_NAME = 30.0
POINTS_OF_WIDTH = 442.0
FACES = {"heading": Face.HEADING, "subheading": Face.SUBHEADING}
PLACES = {"centre": WD_ALIGN_PARAGRAPH.CENTER}


def render(sheets: Sequence[Sheet], *, watermark: str = "") -> bytes:
    """Return the sheets as one .docx, each in a section of its own; the same values give the same bytes."""
    word_file = docx.Document()
    word_file.core_properties.title = sheets[0].title
    word_file.core_properties.author = sheets[0].organ
    word_file.core_properties.comments = ""
    word_file.core_properties.created = word_file.core_properties.modified = MADE
    for position, sheet in enumerate(sheets):
        section = word_file.sections[0] if position == 0 else word_file.add_section(WD_SECTION.NEW_PAGE)
        set_page(section, sheet, watermark)
        write_sheet(word_file, sheet)
    raw = io.BytesIO()
    word_file.save(raw)
    return without_time(raw.getvalue())


def without_time(data: bytes) -> bytes:
    """Return the package with every part dated alike: the file says nothing of when it was made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return packed.getvalue()


def set_page(section: Section, sheet: Sheet, watermark: str) -> None:
    """Set A4, the margins and the line grid of a form, and what stands at the foot of its pages."""
    top, bottom = MARGINS[sheet.form]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(20)
    section.different_first_page_header_footer = sheet.form is Form.LETTER
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
    set_grid(section)
    write_folio(section.footer.paragraphs[0])
    if sheet.form is Form.LETTER:
        rule(section.first_page_footer.paragraphs[0], "top", "thinThickSmallGap")
    if watermark:
        for footer in (section.footer, section.first_page_footer):
            paragraph = footer.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            typed(paragraph, watermark, Face.BODY, MARK)


def set_grid(section: Section) -> None:
    """Set 22 lines to a page, and let the pages of the section count from one."""
    settings = section._sectPr  # noqa: SLF001  # python-docx has no words for grid and page count
    for name in ("w:docGrid", "w:pgNumType"):
        for old in settings.findall(qn(name)):
            settings.remove(old)
    grid, count = OxmlElement("w:docGrid"), OxmlElement("w:pgNumType")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(LINE.pt * 20)))
    count.set(qn("w:start"), "1")
    settings.append(grid)
    settings.insert_element_before(count, "w:cols", "w:titlePg", "w:docGrid")


def write_folio(paragraph: Paragraph) -> None:
    """Write the page's number between dashes."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    typed(paragraph, "— ", Face.FOLIO, FOLIO)
    run = typed(paragraph, "", Face.FOLIO, FOLIO)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._r.append(element)  # noqa: SLF001  # python-docx has no words for fields
    typed(paragraph, " —", Face.FOLIO, FOLIO)


def write_sheet(paper: WordDocument, sheet: Sheet) -> None:
    """Write one sheet: head, title, body, signature, notes."""
    write_head(paper, sheet)
    if sheet.addressee:
        line(paper, f"{sheet.addressee}：")
    for block in sheet.blocks:
        write_block(paper, block)
    write_signature(paper, sheet)
    for note in sheet.after:
        line(paper, f"（{note}）", indent=True)


def write_head(paper: WordDocument, sheet: Sheet) -> None:
    """Write the organ's name, the number and the title in the manner of the form."""
    if sheet.form is Form.LETTER:
        name = line(paper, "", place=WD_ALIGN_PARAGRAPH.CENTER, exact=False)
        size = Pt(min(BIGGEST_NAME, POINTS_OF_WIDTH / max(len(sheet.organ), 1)))
        typed(name, sheet.organ, Face.TITLE, size).font.color.rgb = RED
        rule(name, "bottom", "thickThinSmallGap")
    elif sheet.form is Form.PLAIN:
        line(paper, sheet.organ, size=FOLIO, place=WD_ALIGN_PARAGRAPH.CENTER)
    if sheet.mark:
        line(paper, sheet.mark, face=Face.HEADING)
    if sheet.number:
        line(paper, sheet.number, place=WD_ALIGN_PARAGRAPH.RIGHT)
    line(paper, sheet.title, face=Face.TITLE, size=TITLE, place=WD_ALIGN_PARAGRAPH.CENTER, exact=False)


def write_signature(paper: WordDocument, sheet: Sheet) -> None:
    """Write who signs and when, at the right, with room for the seal."""
    if sheet.signer or sheet.signed_on:
        line(paper, "")
    for words in (sheet.signer, sheet.signed_on):
        if words:
            signed = line(paper, words, place=WD_ALIGN_PARAGRAPH.RIGHT)
            signed.paragraph_format.right_indent = Pt(BODY.pt * (4 if words == sheet.signed_on else 1))


def write_block(paper: WordDocument, block: Block) -> None:
    """Write one block of the body."""
    if isinstance(block, Text):
        write_text(paper, block)
    elif isinstance(block, Facts):
        write_facts(paper, block)
    elif isinstance(block, Grid):
        write_grid(paper, block)
    else:
        write_signing(paper, block)


def write_text(paper: WordDocument, block: Text) -> None:
    """Write a paragraph in its style."""
    line(
        paper,
        block.text,
        face=FACES.get(block.style, Face.BODY),
        size=NOTE if block.style == "note" else BODY,
        place=PLACES.get(block.style),
        indent=block.style in {"body", "heading", "subheading"},
        exact=block.style != "note",
    )


def write_facts(paper: WordDocument, block: Facts) -> None:
    """Write a table of labels and values; a single pair goes over the whole width."""
    table = bordered(paper, len(block.rows), (LABEL_WIDTH, 51, LABEL_WIDTH, 51))
    for row, pairs in zip(table.rows, block.rows, strict=True):
        cells = row.cells
        if len(pairs) == 1:
            cells[1].merge(cells[3])
        for (label, value), position in zip(pairs, (0, 2), strict=False):
            fill(cells[position], label, face=Face.HEADING, centred=True)
            fill(cells[position + 1], value)


def write_grid(paper: WordDocument, block: Grid) -> None:
    """Write a table with headings."""
    whole = sum(block.widths)
    table = bordered(paper, len(block.rows) + 1, tuple(TYPE_WIDTH * share // whole for share in block.widths))
    for cell, words in zip(table.rows[0].cells, block.headings, strict=True):
        fill(cell, words, face=Face.HEADING, centred=True)
    for row, values in zip(table.rows[1:], block.rows, strict=True):
        for cell, words in zip(row.cells, values, strict=True):
            fill(cell, words, centred=True)


def write_signing(paper: WordDocument, block: Signing) -> None:
    """Write places to sign."""
    for label in block.labels:
        line(paper, f"{label}：{'_' * 24}")


def bordered(paper: WordDocument, rows: int, widths: Sequence[int]) -> Table:
    """Add a table with lines and columns of these widths in millimetres."""
    table: Table = paper.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def fill(cell: _Cell, words: str, *, face: Face = Face.BODY, centred: bool = False) -> None:
    """Write into a cell."""
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    typed(paragraph, words, face, TABLE)


def line(
    paper: WordDocument,
    words: str,
    *,
    face: Face = Face.BODY,
    size: Pt = BODY,
    place: WD_ALIGN_PARAGRAPH | None = None,
    indent: bool = False,
    exact: bool = True,
) -> Paragraph:
    """Add a paragraph on the line grid."""
    paragraph = paper.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    if exact:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    if indent:
        shape.first_line_indent = Pt(size.pt * 2)
    if place is not None:
        paragraph.alignment = place
    if words:
        typed(paragraph, words, face, size)
    return paragraph


def typed(paragraph: Paragraph, words: str, face: Face, size: Pt) -> Run:
    """Add words in a face; Word asks for the Chinese font by its own attribute."""
    run = paragraph.add_run(words)
    name = IN_A_WORD_FILE[face]
    run.font.name, run.font.size = name, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)  # noqa: SLF001  # no words for it
    return run


def rule(paragraph: Paragraph, side: str, kind: str) -> None:
    """Draw a red double rule above or below a paragraph."""
    borders = OxmlElement("w:pBdr")
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", "24"), ("space", "4"), ("color", "D3001A")):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    shape = paragraph._p.get_or_add_pPr()  # noqa: SLF001  # python-docx has no words for borders
    shape.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
