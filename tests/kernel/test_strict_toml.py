"""Strict TOML: a mistake in a definition file names file, line and key, wherever in the file it stands."""

from datetime import date
from pathlib import Path

import pytest

from huiyin.kernel.strict_toml import DefinitionError, LineFinder, Strict, read, read_text


class Leader(Strict):
    name: str
    since: date


class Unit(Strict):
    code: str
    phones: tuple[str, ...] = ()
    head: Leader | None = None


class County(Strict):
    slug: str
    open: bool = True
    units: tuple[Unit, ...] = ()


TEXT = '''\
slug = "qinglan"  # 青岚

[[units]]
code = "shuiwu"
phones = [
    "0000-1111",
    "0000-2222",
]

[[units]]
code = "jiaotong"
head = { name = "钱局长", since = 2024-03-01 }

[[units]]
code = """
[not.a.table]
"""
[units.head]
name = "孙局长"
since = 2025-01-01
'''


def test_a_correct_file_is_read_with_dates_and_tuples(tmp_path: Path) -> None:
    path = tmp_path / "county.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())  # editors on Windows put a mark first
    county = read(path, County)
    assert county.units[1].head == Leader(name="钱局长", since=date(2024, 3, 1))
    assert county.units[0].phones == ("0000-1111", "0000-2222")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('slug = "qinglan"', 'slog = "qinglan"', "county.toml 第1行 slog：没有这个键，是否应为 slug？"),
        ('"0000-2222"', "2222", "county.toml 第7行 units.0.phones.1：应当是加引号的文字"),
        ('code = "jiaotong"', 'coda = "jiaotong"', "county.toml 第11行 units.1.coda：没有这个键，是否应为 code？"),
        ("since = 2024", "sinse = 2024", "county.toml 第12行 units.1.head.sinse：没有这个键，是否应为 since？"),
        ('name = "孙局长"', "name = 7", "county.toml 第19行 units.2.head.name：应当是加引号的文字"),
        ("since = 2025-01-01", "", "county.toml 第18行 units.2.head.since：缺少这个键"),
        ("since = 2025-01-01", "since = 2025-13-45", "不是正确的 TOML 写法"),
        ("since = 2025-01-01", 'name = "孙局长"', "county.toml 第20行：同一个键或表写了两次"),
        ('slug = "qinglan"', 'slug = "qinglan"\nopen = "yes"', "county.toml 第2行 open：应当是 true 或 false"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(DefinitionError) as error:
        read_text(TEXT.replace(old, new, 1), County, file="county.toml")
    assert said in str(error.value)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(DefinitionError) as error:
        read_text('slag = "a"\nopne = true\n', County, file="county.toml")
    assert sorted(mistake.key for mistake in error.value.mistakes) == ["opne", "slag", "slug"]


def test_a_file_that_is_missing_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="没有这个文件"):
        read(tmp_path / "none.toml", County)
    (tmp_path / "gbk.toml").write_bytes('slug = "青岚"'.encode("gbk"))
    with pytest.raises(DefinitionError, match="不是 UTF-8"):
        read(tmp_path / "gbk.toml", County)


def test_inline_arrays_of_tables_are_found_by_their_place() -> None:
    finder = LineFinder('units = [\n  { code = "a" },\n  { code = "b", phnes = [] },\n]\nslug = "x"\n')
    assert finder.line_of(("units", 1, "phnes")) == 3
    assert finder.line_of(("slug",)) == 5
