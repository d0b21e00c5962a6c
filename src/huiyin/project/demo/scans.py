"""Scans: a small picture for each invented petition, as if its letter had lain on a scanner."""

import struct
import zlib
from pathlib import Path
from random import Random

from huiyin.project.demo.items import THIS, Season, items_of_the_year
from huiyin.project.demo.office import Office

WIDTH, HEIGHT = 420, 594
PAPER, INK, LINE = 250, 40, 205
# Digits and the letters of a number, five rows of three dots each.
GLYPHS = {
    "0": "111101101101111", "1": "010110010010111", "2": "111001111100111", "3": "111001111001111",
    "4": "101101111001001", "5": "111100111001111", "6": "111100111101111", "7": "111001010010010",
    "8": "111101111101111", "9": "111101111001111", "X": "101101010101101", "F": "111100110100100",
}  # fmt: skip


def write_scans(folder: Path, *, office: Office, seed: int = 141, every: int = 1, season: Season = THIS) -> int:
    """Write one picture per item, named by its number; leave those that are there; return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    items = items_of_the_year(office, seed=seed, every=every, season=season)
    for item in items:
        path = folder / f"{item.number}.png"
        if not path.exists():
            unfinished = path.with_suffix(".unfinished")
            unfinished.write_bytes(picture(item.number))
            unfinished.rename(path)
    return len(items)


def picture(number: str) -> bytes:
    """Return a page with ruled lines, writing that differs from letter to letter, and the number stamped on top."""
    dice = Random(number)  # noqa: S311  # strokes, not secrets
    page = [bytearray([PAPER] * WIDTH) for _ in range(HEIGHT)]
    for line in range(90, HEIGHT - 60, 24):
        page[line][40 : WIDTH - 40] = bytes([LINE]) * (WIDTH - 80)
        for left in range(44, WIDTH - 40 - dice.randrange(160), 18):
            _write_character(page, line - 18, left, dice)
    for position, sign in enumerate(number):
        _stamp(page, 30, 40 + position * 20, GLYPHS[sign])
    return _png(page)


def _write_character(page: list[bytearray], top: int, left: int, dice: Random) -> None:
    """Draw a few strokes in one square of the paper."""
    for _ in range(dice.randrange(2, 5)):
        row, column = top + dice.randrange(14), left + dice.randrange(4)
        length = dice.randrange(5, 11)
        page[row][column : column + length] = bytes([INK]) * length


def _stamp(page: list[bytearray], top: int, left: int, glyph: str) -> None:
    """Draw one digit with dots of five pixels."""
    for index, dot in enumerate(glyph):
        if dot == "1":
            row, column = top + index // 3 * 5, left + index % 3 * 5
            for line in page[row : row + 5]:
                line[column : column + 5] = bytes([INK]) * 5


def _png(page: list[bytearray]) -> bytes:
    """Pack rows of grey pixels as a PNG."""
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + bytes(row) for row in page), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    """Return one chunk with its length and checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
