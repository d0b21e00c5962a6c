"""Definition files: every mistake is told with file, line and key, in words for whoever wrote the file."""

from pathlib import Path

import pytest

from huiyin.county.office.states import Branch
from huiyin.kernel import rulesets
from huiyin.kernel.strict_toml import DefinitionError
from huiyin.platform.directory.definitions import BRANCHES, CountyDefinition, ProvinceDefinition, load, load_all

ROOT = Path(__file__).parents[3]
KNOWN = rulesets.load_folder(ROOT / "tenants" / "rulesets")
GOOD = """\
slug = "qinglan"
name = "青岚县人大常委会"
organ = "青人"
gb_code = "990121"
subdomain = "qinglan"
number_style = "{organ}{series}〔{year}〕{number}号"
ruleset = "national"

units = [
    { code = "government", name = "青岚县人民政府", branch = "government" },
    { code = "water", name = "县水务局", branch = "government", superior = "government" },
]

tags = [{ code = "irrigation_fee", name = "农业水费", category = "0110" }]

gazetteer = [
    { code = "101", name = "松林镇" },
    { code = "101201", name = "上松村", superior = "101" },
]
"""


def mistakes_in(tmp_path: Path, old: str, new: str) -> list[str]:
    assert old in GOOD
    file = tmp_path / "qinglan.toml"
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load(file, rulesets=KNOWN)
    return [str(mistake).removeprefix(f"{tmp_path}/") for mistake in caught.value.mistakes]


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "words"),
    [
        ("units = [", "unit = []\nunits = [", 9, "unit", "没有这个键，是否应为 units"),
        ('superior = "government"', 'superor = "government"', 11, "units.1.superor", "是否应为 superior"),
        ('organ = "青人"\n', "", 1, "organ", "缺少这个键"),
        ('name = "青岚县人大常委会"', "name = 7", 2, "name", "应当是加引号的文字"),
        ('slug = "qinglan"', 'slug = "Qinglan"', 1, "slug", "小写字母"),
        ('slug = "qinglan"', 'slug = "public"', 1, "slug", "保留名称"),
        ('slug = "qinglan"', 'slug = "pg_toast"', 1, "slug", "保留名称"),
        ('slug = "qinglan"', f'slug = "{"q" * 49}"', 1, "slug", "2 至 48 个字符"),
        ('subdomain = "qinglan"', 'subdomain = "www"', 5, "subdomain", "保留的子域名"),
        ('subdomain = "qinglan"', 'subdomain = "api"', 5, "subdomain", "保留的子域名"),
        ('subdomain = "qinglan"', 'subdomain = "province"', 5, "subdomain", "保留的子域名"),
        ('subdomain = "qinglan"', 'subdomain = "mail"', 5, "subdomain", "保留的子域名"),
        ('subdomain = "qinglan"', f'subdomain = "{"q" * 64}"', 5, "subdomain", "64 个字符，不能超过 63"),
        ('subdomain = "qinglan"', 'subdomain = "qing.lan"', 5, "subdomain", "不能含点"),
        ('subdomain = "qinglan"', 'subdomain = "-qinglan"', 5, "subdomain", "连字符"),
        ('subdomain = "qinglan"', 'subdomain = "xn--qinglan"', 5, "subdomain", "连字符"),
        ('subdomain = "qinglan"', 'subdomain = "青岚"', 5, "subdomain", "小写字母"),
        ('gb_code = "990121"', 'gb_code = "99012"', 4, "gb_code", "6 位数字"),
        ('gb_code = "990121"', 'gb_code = "99012x"', 4, "gb_code", "6 位数字"),
        ('gb_code = "990121"', 'gb_code = "990100"', 4, "gb_code", "末两位是 00"),
        ('gb_code = "990121"', "gb_code = 990121", 4, "gb_code", "应当是加引号的文字"),
        ("〔{year}〕", "({year})", 6, "number_style", "六角括号"),
        ("{number}号", "号", 6, "number_style", "必须各出现一次"),
        ("{organ}{series}", "{office}", 6, "number_style", "{office}"),
        ('ruleset = "national"', 'ruleset = "hebei"', 7, "ruleset", "没有名为“hebei”的信访规则；现有："),
        ('code = "water"', 'code = "government"', 11, "units.1.code", "写了两次"),
        ('superior = "government"', 'superior = "county"', 11, "units.1.superior", "上级“county”不是本文件中的单位"),
        ('superior = "government"', 'superior = "water"', 11, "units.1.superior", "绕成了圈"),
        ('branch = "government" }', 'branch = "army" }', 10, "units.0.branch", "只能是 government、"),
        ('superior = "101"', 'superior = "999"', 18, "gazetteer.1.superior", "不是本文件中的地名"),
        ('category = "0110"', 'category = "9910"', 14, "tags.0.category", "没有“9910”"),
        ('category = "0110"', 'category = "011"', 14, "tags.0.category", "没有“011”"),
        ('organ = "青人"', 'organ = "青人', 3, "", "不是正确的 TOML 写法"),
        ('organ = "青人"', 'organ = "青人"\nname = "重写"', 4, "", "写了两次"),
    ],
)
def test_a_mistake_names_file_line_and_key(tmp_path, old, new, line, key, words):  # noqa: PLR0917  # the table
    (told,) = mistakes_in(tmp_path, old, new)
    where, _, said = told.partition("：")
    assert where == f"qinglan.toml 第{line}行{key and ' '}{key}"
    assert words in said


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path):
    told = mistakes_in(tmp_path, 'slug = "qinglan"\n', 'slug = "Q"\nslugg = "x"\n')
    assert len(told) == 2


@pytest.mark.parametrize("key", ["slug", "subdomain", "gb_code", "organ", "name"])
def test_what_two_files_claim_is_told_with_both_names(tmp_path, key):
    first, second = tmp_path / "one.toml", tmp_path / "two.toml"
    first.write_text(GOOD, encoding="utf-8")
    other = (
        GOOD.replace("qinglan", "baiyun")
        .replace("青岚县人大", "白芸县人大")
        .replace("青人", "芸人")
        .replace("990121", "990122")
    )
    value = {name: line for line in GOOD.splitlines()[:7] for name in [line.split(" = ")[0]]}
    lines = [value[key] if line.startswith(f"{key} =") else line for line in other.splitlines()]
    second.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_all([first, second], rulesets=KNOWN)
    (mistake,) = caught.value.mistakes
    assert (Path(mistake.file).name, mistake.key) == ("two.toml", key)
    assert "已被 one.toml 使用" in mistake.words


def test_a_file_named_twice_is_read_once(tmp_path):
    file = tmp_path / "qinglan.toml"
    file.write_text(GOOD, encoding="utf-8")
    assert len(load_all([file, file], rulesets=KNOWN)) == 1


@pytest.mark.parametrize(
    ("content", "words"), [(None, "没有这个文件"), (b"\xff\xfe\x00", "不是 UTF-8"), (b"", "缺少这个键")]
)
def test_a_file_that_cannot_be_read_is_told_in_words(tmp_path, content, words):
    file = tmp_path / "qinglan.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DefinitionError, match=words):
        load(file, rulesets=KNOWN)


@pytest.mark.parametrize("file", sorted((ROOT / "tenants").glob("*.toml")), ids=lambda file: file.name)
def test_every_definition_of_this_repository_loads(file):
    definition = load(file, rulesets=KNOWN)
    assert definition.slug == file.stem
    assert definition.gb_code.startswith("99")


def test_the_definitions_of_this_repository_fit_together():
    definitions = load_all(sorted((ROOT / "tenants").glob("*.toml")), rulesets=KNOWN)
    counties = [one for one in definitions if isinstance(one, CountyDefinition)]
    assert len(counties) == 3
    assert len({one.ruleset for one in counties}) == 3
    assert len({one.number_style for one in counties}) == 3
    assert [type(one) for one in definitions].count(ProvinceDefinition) == 1


def test_the_branches_of_a_file_are_those_of_the_office():
    assert set(BRANCHES) == {branch.value for branch in Branch}
