"""PDF: sheets set by typst, the same values giving the same bytes."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typst

from .sheets import Sheet, printable
from .typefaces import Typefaces, typefaces

LAYOUT = Path(__file__).parent / "layout"
MAIN = LAYOUT / "main.typ"
# A fixed moment: when a paper was written stands on it, and when its file was made changes nothing.
TIMESTAMP = 0


def render(sheets: Sequence[Sheet], *, watermark: str = "", is_file: bool = False) -> bytes:
    """Return the sheets as one PDF; ``watermark`` is printed small at the foot of every page.

    ``is_file`` says that they are a whole file: every page bears its number in the file beside that in its paper.

    The values reach the layout as JSON and are shown as text: nothing in them is markup.
    """
    faces = typefaces()
    return typst.compile(
        MAIN,
        root=LAYOUT,
        font_paths=faces.fonts,
        ignore_system_fonts=True,
        sys_inputs=inputs_of(sheets, faces, watermark, is_file=is_file),
        timestamp=TIMESTAMP,
    )


def pages_of(sheets: Sequence[Sheet]) -> tuple[int, ...]:
    """Return on which page each sheet begins when they are set one after the other."""
    faces = typefaces()
    answer = typst.query(
        MAIN,
        "<pages>",
        field="value",
        one=True,
        root=LAYOUT,
        font_paths=faces.fonts,
        ignore_system_fonts=True,
        sys_inputs=inputs_of(sheets, faces, "", is_file=True),
    )
    return tuple(json.loads(answer))


def inputs_of(sheets: Sequence[Sheet], faces: Typefaces, watermark: str, *, is_file: bool) -> dict[str, str]:
    """Return what the layout reads: one JSON text."""
    given = {
        "sheets": printable([asdict(sheet) for sheet in sheets]),
        "faces": faces.families,
        "fonts": faces.words,
        "title": sheets[0].title,
        "organ": sheets[0].organ,
        "watermark": printable(watermark),
        "file": is_file,
    }
    return {"given": json.dumps(given, ensure_ascii=False)}
