"""The catalogue that ships with the product: laws with their wordings, captions of our own, and links from classes."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from huiyin.kernel.strict_toml import Strict, read

from .states import Level

SHIPPED = Path(__file__).with_name("national.toml")
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
ArticleNo = Annotated[int, Field(ge=1, le=1300)]
Caption = tuple[ArticleNo, Annotated[str, Field(min_length=2, max_length=30)]]


class VersionEntry(Strict):
    """One wording: when it was made, from when it is in force, and captions by its own numbering."""

    made_on: date
    in_force_from: date
    captions: tuple[Caption, ...] = ()


class StatuteEntry(Strict):
    """One law."""

    code: Code
    title: Annotated[str, Field(min_length=1, max_length=120)]
    short_name: Annotated[str, Field(min_length=1, max_length=40)]
    level: Annotated[Level, Field(strict=False)]
    organ: Annotated[str, Field(min_length=1, max_length=60)]
    adopted_on: date
    in_force_from: date
    in_force_until: date | None = None
    words: tuple[Annotated[str, Field(min_length=2, max_length=20)], ...] = ()
    versions: tuple[VersionEntry, ...] = Field(min_length=1)


class LinkEntry(Strict):
    """内容分类关联法律: what a class and all below it are usually about."""

    category: Annotated[str, Field(pattern=r"^([0-9]{2}){1,3}$")]
    statute: Code
    articles: tuple[ArticleNo, ...] = ()


class StatuteList(Strict):
    """The shipped catalogue."""

    statutes: tuple[StatuteEntry, ...] = Field(min_length=1)
    links: tuple[LinkEntry, ...] = ()


@lru_cache(maxsize=1)
def national_list() -> StatuteList:
    """Return the shipped catalogue."""
    return read(SHIPPED, StatuteList)


@lru_cache(maxsize=1)
def captions() -> Mapping[tuple[str, date], Mapping[int, str]]:
    """Return our captions by law and by the day from which a wording is in force."""
    return {
        (statute.code, version.in_force_from): dict(version.captions)
        for statute in national_list().statutes
        for version in statute.versions
    }


def links_of(category_code: str) -> tuple[LinkEntry, ...]:
    """Return the shipped links of a class, those of the nearest level first."""
    found = [link for link in national_list().links if category_code.startswith(link.category)]
    return tuple(sorted(found, key=lambda link: -len(link.category)))
