"""Typefaces: the standard's fonts where the office has them, free ones in their place where it has not.

GB/T 9704-2012 asks for 仿宋, 小标宋, 黑体 and 楷体, none of which is free. The product brings Noto Serif SC and
Noto Sans SC (OFL, from a package); an office's licensed fonts are found in the folder that its setting names.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from pylopdf_fonts_zh_cn import sans_path, serif_path

from huiyin.kernel.words import Word

FREE_SERIF, FREE_SANS = "Noto Serif SC", "Noto Sans SC"


class Face(Word):
    """字体: what each is for, named as the standard names it."""

    BODY = "body", "仿宋"
    TITLE = "title", "小标宋"
    HEADING = "heading", "黑体"
    SUBHEADING = "subheading", "楷体"
    FOLIO = "folio", "宋体"


# Family names under which licensed fonts are sold, the first that the office has wins; then the free one.
WANTED: dict[Face, tuple[str, ...]] = {
    Face.BODY: ("FangSong_GB2312", "仿宋_GB2312", "FZFangSong-Z02S", "FangSong", "仿宋", "STFangsong", FREE_SERIF),
    Face.TITLE: ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "方正小标宋_GBK", FREE_SERIF),
    Face.HEADING: ("SimHei", "黑体", "FZHei-B01S", "STHeiti", FREE_SANS),
    Face.SUBHEADING: ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", FREE_SERIF),
    Face.FOLIO: ("SimSun", "宋体", "STSong", FREE_SERIF),
}
# What a .docx asks the clerk's own machine for: the standard's names, which an office's word processor has.
IN_A_WORD_FILE: dict[Face, str] = {
    Face.BODY: "仿宋_GB2312",
    Face.TITLE: "方正小标宋简体",
    Face.HEADING: "黑体",
    Face.SUBHEADING: "楷体_GB2312",
    Face.FOLIO: "宋体",
}


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The fonts in force: the files, and the family chosen for each face."""

    fonts: typst.Fonts
    families: dict[str, str]

    @property
    def words(self) -> str:
        """Say which family stands for which face, as a print's own settings tell it."""
        return "；".join(f"{face.label}：{self.families[face.value]}" for face in Face)


def typefaces() -> Typefaces:
    """Return the fonts in force: the office's own folder first, the free ones behind it."""
    return _found(settings.HUIYIN_FONTS)


@cache
def _found(folder: Path | None) -> Typefaces:
    free = [serif_path(), sans_path()]
    paths = [path for path in (folder, free[0].parent) if path is not None and path.is_dir()]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(paths))
    there = set(fonts.families())
    families = {
        face.value: next((name for name in names if name in there), FREE_SERIF) for face, names in WANTED.items()
    }
    return Typefaces(fonts=fonts, families=families)
