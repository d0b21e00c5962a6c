"""Definitions: what one file under ``tenants/`` says about a county's office or about the province's board."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from huiyin.kernel.numbering import NumberStyle as Style
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import RuleSet, family_of
from huiyin.kernel.strict_toml import (
    DefinitionError,
    KeyPath,
    LineFinder,
    Mistake,
    Strict,
    read_text,
    syntax_mistake,
)
from huiyin.platform.categories.national import national_codes

LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
LONGEST_LABEL = 63
CLASS_CODE_LENGTHS = frozenset({2, 4, 6})
RESERVED_SLUGS = frozenset(
    {
        *{"public", "platform", "dramatiq", "information_schema", "province", "owner", "app"},
        *{"county", "scratch", "template0", "template1", "postgres"},
    }
)
RESERVED_SUBDOMAINS = frozenset(
    {
        *{"www", "api", "province", "admin", "static", "assets", "media", "files", "cdn"},
        *{"mail", "smtp", "imap", "pop", "mx", "ftp", "ns", "ns1", "ns2", "dns", "vpn"},
        *{
            "status",
            "health",
            "metrics",
            "sentry",
            "docs",
            "help",
            "support",
            "test",
            "localhost",
            "public",
            "platform",
        },
    }
)


def checked_slug(slug: str) -> str:
    """Return the schema's name, or say why it cannot be one."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,47}", slug):
        raise ValueError("须以小写字母开头，只含小写字母、数字和下划线，2 至 48 个字符")
    if slug in RESERVED_SLUGS or slug.startswith("pg_"):
        raise ValueError(f"“{slug}”是保留名称，请换一个")
    return slug


def checked_label(label: str) -> str:
    """Return the subdomain, or say why no host can bear it."""
    if len(label) > LONGEST_LABEL:
        raise ValueError(f"子域名有 {len(label)} 个字符，不能超过 {LONGEST_LABEL} 个")
    if not LABEL.fullmatch(label) or label.startswith("xn--"):
        raise ValueError("子域名只能含小写字母、数字和中间的连字符，不能含点")
    return label


def checked_subdomain(label: str) -> str:
    """Return a county's subdomain; the names that everybody reads differently are nobody's."""
    if checked_label(label) in RESERVED_SUBDOMAINS:
        raise ValueError(f"“{label}”是保留的子域名，请换一个")
    return label


def checked_county_code(code: str) -> str:
    """Return the GB/T 2260 code of a county: six digits of which the last two name it."""
    if not re.fullmatch(r"[0-9]{6}", code):
        raise ValueError("行政区划代码应当是 6 位数字（GB/T 2260）")
    if code.endswith("00"):
        raise ValueError("行政区划代码末两位是 00：那是省或市的代码，不是县的")
    return code


def checked_province_code(code: str) -> str:
    """Return the GB/T 2260 code of a province: two digits and four zeros."""
    if not re.fullmatch(r"[0-9]{2}0000", code):
        raise ValueError("省级行政区划代码应当是两位数字加 0000（GB/T 2260）")
    return code


def checked_style(style: str) -> str:
    """Return the number style, or say what it lacks."""
    try:
        Style.parse(style)
    except Refusal as refusal:
        raise ValueError(refusal.words) from None
    return style


Slug = Annotated[str, AfterValidator(checked_slug)]
CountyCode = Annotated[str, AfterValidator(checked_county_code)]
ProvinceCode = Annotated[str, AfterValidator(checked_province_code)]
CountySubdomain = Annotated[str, AfterValidator(checked_subdomain)]
ProvinceSubdomain = Annotated[str, AfterValidator(checked_label)]
NumberStyle = Annotated[str, Field(max_length=80), AfterValidator(checked_style)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Name20 = Annotated[str, Field(min_length=1, max_length=20)]
Name40 = Annotated[str, Field(min_length=1, max_length=40)]
Name60 = Annotated[str, Field(min_length=1, max_length=60)]
Name80 = Annotated[str, Field(min_length=1, max_length=80)]
Phone = Annotated[str, Field(pattern=r"^[0-9+ -]{0,20}$")]
BranchCode = Literal[
    "government",
    "supervision_commission",
    "court",
    "procuratorate",
    "township",
    "congress",
    "political_legal",
    "superior",
]
BRANCHES: tuple[str, ...] = get_args(BranchCode)


class UnitSeed(Strict):
    """承办单位 as the file first tells it; the office's screens own it afterwards."""

    code: Code
    name: Name60
    branch: BranchCode
    superior: Code | None = None
    phone: Phone = ""
    handlers: tuple[Name40, ...] = ()


class LeaderSeed(Strict):
    """A member of the 信访工作领导小组."""

    name: Name40
    title: Name60
    duty: Name40
    from_on: date


class ReceptionDaySeed(Strict):
    """One 信访接待日."""

    on: date
    leader_name: Name40
    place: Name80


class TagSeed(Strict):
    """A local tag, mapped to a national class and perhaps to a law, with the words that suggest it."""

    code: Code
    name: Name40
    category: Annotated[str, Field(pattern=r"^[0-9]{2,6}$")]
    statute: Code | None = None
    words: tuple[Name40, ...] = ()


class PlaceSeed(Strict):
    """A township or village of the gazetteer."""

    code: Annotated[str, Field(pattern=r"^[0-9a-z_]{1,20}$")]
    name: Name60
    superior: Annotated[str, Field(pattern=r"^[0-9a-z_]{1,20}$")] | None = None


class AdministratorSeed(Strict):
    """Who sets up the office by the one-time token: 县管理员, who reads no petition."""

    username: Annotated[str, Field(pattern=r"^[a-z][a-z0-9._-]{1,39}$")] = "administrator"
    name: Name40 = "系统管理员"


class CountyDefinition(Strict):
    """县(市、区)人大常委会: everything its file says."""

    kind: Literal["county"] = "county"
    slug: Slug
    name: Name60
    organ: Name20
    gb_code: CountyCode
    subdomain: CountySubdomain
    number_style: NumberStyle
    ruleset: Name40
    shard: Code = "default"
    administrator: AdministratorSeed = AdministratorSeed()
    units: tuple[UnitSeed, ...] = Field(min_length=1)
    leading_group: tuple[LeaderSeed, ...] = ()
    reception_days: tuple[ReceptionDaySeed, ...] = ()
    tags: tuple[TagSeed, ...] = ()
    gazetteer: tuple[PlaceSeed, ...] = ()


class ProvinceDefinition(Strict):
    """省级看板: the board's own office, which has no petitions."""

    kind: Literal["province"]
    slug: Annotated[str, AfterValidator(lambda slug: slug if slug == "province" else checked_slug(slug))]
    name: Name60
    organ: Name20
    gb_code: ProvinceCode
    subdomain: ProvinceSubdomain
    shard: Code = "default"
    administrator: AdministratorSeed = AdministratorSeed()

    @property
    def number_style(self) -> str:
        """The board numbers nothing."""
        return ""

    @property
    def ruleset(self) -> str:
        """The board has no deadlines."""
        return ""


Definition = CountyDefinition | ProvinceDefinition
Fault = tuple[KeyPath, str]


def load(path: Path, *, rulesets: Sequence[RuleSet]) -> Definition:
    """Read one definition file; a DefinitionError names file, line and key of everything that is wrong in it."""
    try:
        written = path.read_text(encoding="utf-8-sig")
        kind = tomllib.loads(written).get("kind", "county")
    except (FileNotFoundError, IsADirectoryError):
        raise DefinitionError((Mistake(str(path), None, "", "没有这个文件"),)) from None
    except UnicodeDecodeError:
        raise DefinitionError((Mistake(str(path), None, "", "不是 UTF-8 编码的文本文件"),)) from None
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError((syntax_mistake(str(error), str(path)),)) from None
    if kind == "province":
        return read_text(written, ProvinceDefinition, file=str(path))
    definition = read_text(written, CountyDefinition, file=str(path))
    finder = LineFinder(written)
    mistakes = tuple(
        Mistake(str(path), finder.line_of(where), ".".join(str(part) for part in where), words)
        for where, words in faults(definition, rulesets)
    )
    if mistakes:
        raise DefinitionError(mistakes)
    return definition


def load_all(paths: Iterable[Path], *, rulesets: Sequence[RuleSet]) -> tuple[Definition, ...]:
    """Read several files and check them beside each other; every mistake of every file is told at once."""
    mistakes: list[Mistake] = []
    found: dict[Path, Definition] = {}
    for path in dict.fromkeys(path.resolve() for path in paths):
        try:
            found[path] = load(path, rulesets=rulesets)
        except DefinitionError as error:
            mistakes.extend(error.mistakes)
    mistakes.extend(clashes(found))
    if mistakes:
        raise DefinitionError(tuple(mistakes))
    return tuple(found.values())


def clashes(found: dict[Path, Definition]) -> Iterator[Mistake]:
    """Yield what two files both claim: a slug, a subdomain, an area code, an abbreviation of the organ."""
    claimed: dict[tuple[str, str], Path] = {}
    for path, definition in found.items():
        values = {
            "slug": definition.slug,
            "subdomain": definition.subdomain,
            "gb_code": definition.gb_code,
            "organ": definition.organ,
            "name": definition.name,
        }
        for key, value in values.items():
            first = claimed.setdefault((key, value), path)
            if first != path:
                line = LineFinder(path.read_text(encoding="utf-8-sig")).line_of((key,))
                yield Mistake(str(path), line, key, f"“{value}”已被 {first.name} 使用")


def faults(definition: CountyDefinition, rulesets: Sequence[RuleSet]) -> Iterator[Fault]:
    """Yield what is wrong between the keys of one file."""
    try:
        family_of(rulesets, definition.ruleset)
    except Refusal as refusal:
        known = "、".join(sorted({ruleset.family for ruleset in rulesets}))
        yield ("ruleset",), f"{refusal.words}；现有：{known}"
    yield from twice("units", "code", [unit.code for unit in definition.units])
    yield from twice("units", "name", [unit.name for unit in definition.units])
    yield from twice("tags", "code", [tag.code for tag in definition.tags])
    yield from twice("tags", "name", [tag.name for tag in definition.tags])
    yield from twice("gazetteer", "code", [place.code for place in definition.gazetteer])
    days = [f"{day.on} {day.leader_name}" for day in definition.reception_days]
    yield from twice("reception_days", "on", days)
    yield from unknown_superiors("units", [(unit.code, unit.superior) for unit in definition.units], "单位")
    places = [(place.code, place.superior) for place in definition.gazetteer]
    yield from unknown_superiors("gazetteer", places, "地名")
    yield from unknown_classes(definition.tags)


def twice(table: str, key: str, values: Sequence[str]) -> Iterator[Fault]:
    """Yield each value that was already told further up."""
    for position, value in enumerate(values):
        if value in values[:position]:
            yield (table, position, key), f"“{value}”写了两次，前一次是第 {values.index(value) + 1} 项"


def unknown_superiors(table: str, entries: Sequence[tuple[str, str | None]], noun: str) -> Iterator[Fault]:
    """Yield each superior that the file does not know, and each that stands above itself."""
    superiors = dict(reversed(entries))
    for position, (code, superior) in enumerate(entries):
        if superior is None:
            continue
        if superior not in superiors:
            yield (table, position, "superior"), f"上级“{superior}”不是本文件中的{noun}"
            continue
        above, seen = superior, {code}
        while above not in seen and superiors.get(above):
            seen.add(above)
            above = superiors[above] or above
        if above in seen and superiors.get(above):
            yield (table, position, "superior"), f"“{code}”的上级绕成了圈"


def unknown_classes(tags: Sequence[TagSeed]) -> Iterator[Fault]:
    """Yield each tag whose national class does not exist; a third level is known once its list is imported."""
    known = national_codes()
    for position, tag in enumerate(tags):
        if len(tag.category) not in CLASS_CODE_LENGTHS or tag.category[:4] not in known:
            yield (("tags", position, "category"), f"全国信访内容分类中没有“{tag.category}”")
