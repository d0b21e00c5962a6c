"""Inspection: looking into a file of a law before it is read, and taking its lines out.

A .docx is an archive from outside: what its parts really unpack to is counted, not what it says of itself.
"""

import io
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordFile
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from huiyin.kernel.refusal import Refusal

LARGEST = 20 * 1024 * 1024
MOST_ENTRIES = 1000
MOST_INFLATED = 100 * 1024 * 1024
MOST_RATIO = 250
# Below this size even a very regular part is harmless, whatever its ratio.
RATIO_FROM = 2 * 1024 * 1024
PIECE = 256 * 1024
WORD_PART = "word/document.xml"
MACROS = "vbaproject.bin"
ARCHIVE, OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def lines_of(data: bytes, name: str) -> list[str]:
    """Return the lines of a .docx or of a text in Markdown; refuse every other file."""
    if not data.strip():
        raise Refusal("statute.empty", f"“{name}”是空的")
    if len(data) > LARGEST:
        raise Refusal("statute.too_large", f"“{name}”超过{LARGEST // 1024 // 1024}MB，不像一部法律的文本")
    if data.startswith(OLD_WORD):
        raise Refusal("statute.old_word", f"“{name}”是旧版 .doc，请另存为 .docx 再导入")
    if data.startswith(ARCHIVE):
        check_archive(data, name)
        return list(_lines_of_word(data, name))
    return _lines_of_text(data, name)


def _lines_of_text(data: bytes, name: str) -> list[str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise unreadable(name) from None
    if "\x00" in text:
        raise unreadable(name)
    return text.splitlines()


def check_archive(data: bytes, name: str) -> None:
    """Refuse an archive that is no document, carries macros, is locked, or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [entry.filename.lower() for entry in entries]
            if WORD_PART not in names:
                raise Refusal(
                    "statute.not_a_document", f"“{name}”不是 .docx 文档，请用 .docx 或 Markdown 文件", name=name
                )
            if any(part.endswith(MACROS) for part in names):
                raise Refusal("statute.has_macros", f"“{name}”含有宏，请另存为不含宏的 .docx 再导入", name=name)
            if len(entries) > MOST_ENTRIES or len(set(names)) != len(names):
                raise suspicious(name)
            _check_sizes(archive, entries, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise unreadable(name) from None


def _check_sizes(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str) -> None:
    total = 0
    for entry in entries:
        size = 0
        with archive.open(entry) as part:
            while piece := part.read(PIECE):
                size += len(piece)
                if total + size > MOST_INFLATED:
                    raise suspicious(name)
                if size > RATIO_FROM and size > MOST_RATIO * max(entry.compress_size, 1):
                    raise suspicious(name)
        total += size


def _lines_of_word(data: bytes, name: str) -> Iterator[str]:
    try:
        document = Document(io.BytesIO(data))
    except (OpcError, KeyError, ValueError):
        raise unreadable(name) from None
    for block in _blocks(document):
        yield from block.text.splitlines()


def _blocks(document: WordFile) -> Iterator[Paragraph]:
    """Yield the paragraphs in the order of the page, those in tables too: some files set the whole text in one cell."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
        else:
            yield block


def unreadable(name: str) -> Refusal:
    """Return the refusal of a file that cannot be read."""
    return Refusal("statute.unreadable", f"“{name}”读不出来，请用 .docx 或 UTF-8 的 Markdown 文件", name=name)


def suspicious(name: str) -> Refusal:
    """Return the refusal of an archive that is built to do harm."""
    return Refusal("statute.suspicious", f"“{name}”解压后异常大，不予导入", name=name)
