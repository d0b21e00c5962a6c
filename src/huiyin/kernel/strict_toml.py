"""Strict TOML: read a definition file into a frozen pydantic model; a mistake names file, line and key."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

KeyPath = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

HEADER = re.compile(r"^\s*(\[\[?)([^\]]+)\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")

WORDS = {
    "missing": "缺少这个键",
    "int_type": "应当是整数",
    "int_from_float": "应当是整数",
    "bool_type": "应当是 true 或 false",
    "string_type": "应当是加引号的文字",
    "date_type": "应当是日期，例如 2022-05-01",
    "date_parsing": "应当是日期，例如 2022-05-01",
    "date_from_datetime_parsing": "应当是日期，例如 2022-05-01",
    "date_from_datetime_inexact": "应当是日期，例如 2022-05-01，不带时间",
    "time_parsing": "应当是时间，例如 08:30:00",
    "greater_than": "应当大于{gt}",
    "greater_than_equal": "不能小于{ge}",
    "less_than": "应当小于{lt}",
    "less_than_equal": "不能大于{le}",
    "string_too_short": "至少要有{min_length}个字",
    "string_too_long": "不能超过{max_length}个字",
    "string_pattern_mismatch": "写法不对，应当符合 {pattern}",
    "too_short": "至少要有{min_length}项",
    "tuple_type": "应当是数组 [ … ]",
    "list_type": "应当是数组 [ … ]",
    "dict_type": "应当是一张表",
    "model_type": "应当是一张表",
    "model_attributes_type": "应当是一张表",
    "value_error": "{error}",
}


class Strict(BaseModel):
    """The base of everything read from a definition file: frozen, strict, no unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong in a definition file."""

    file: str
    line: int | None
    key: str
    words: str

    def __str__(self) -> str:
        """Say it in one line: file, line, key, what is wrong."""
        line = "" if self.line is None else f"第{self.line}行"
        return f"{self.file}{line and ' '}{line}{self.key and ' '}{self.key}：{self.words}"


class DefinitionError(ValueError):
    """A definition file cannot be used; it carries every mistake found, not only the first."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        """Keep the mistakes and say them line by line."""
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


def read(path: Path, model: type[Model]) -> Model:
    """Read the file into the model, or raise DefinitionError with every mistake in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DefinitionError((Mistake(str(path), None, "", "没有这个文件"),)) from None
    except UnicodeDecodeError:
        raise DefinitionError((Mistake(str(path), None, "", "不是 UTF-8 编码的文本文件"),)) from None
    return read_text(text, model, file=str(path))


def read_text(text: str, model: type[Model], *, file: str) -> Model:
    """Read TOML text into the model; ``file`` is the name used in mistakes."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError((syntax_mistake(str(error), file),)) from None
    try:
        return model.model_validate_json(json.dumps(values, default=plain))
    except ValidationError as error:
        finder = LineFinder(text)
        mistakes = tuple(as_mistake(one["type"], one, finder=finder, file=file, model=model) for one in error.errors())
        raise DefinitionError(mistakes) from None


def plain(value: object) -> str:
    """Write a TOML date, moment or time as JSON text."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    message = f"no JSON for {type(value).__name__}"
    raise TypeError(message)


def syntax_mistake(message: str, file: str) -> Mistake:
    """Turn the parser's complaint into a mistake with its line."""
    found = AT_LINE.search(message)
    words = "同一个键或表写了两次" if "overwrite" in message or "twice" in message else "不是正确的 TOML 写法"
    return Mistake(file, int(found[1]) if found else None, "", f"{words}（{AT_LINE.sub('', message).strip()}）")


def as_mistake(kind: str, error: object, *, finder: "LineFinder", file: str, model: type[BaseModel]) -> Mistake:
    """Turn one validation error into a mistake in the words of the person who wrote the file."""
    facts = error if isinstance(error, dict) else {}
    where: KeyPath = tuple(part for part in facts.get("loc", ()) if part != "[key]")
    if kind == "extra_forbidden":
        words = "没有这个键" + suggestion(str(where[-1]), known_keys(model, where[:-1]))
    elif kind in {"enum", "literal_error"}:
        allowed = re.findall(r"'([^']*)'", facts["ctx"]["expected"])
        words = f"只能是 {'、'.join(allowed)} 之一" + suggestion(str(facts.get("input")), allowed)
    else:
        words = WORDS.get(kind, str(facts.get("msg", kind))).format(**facts.get("ctx", {}))
    return Mistake(file, finder.line_of(where), ".".join(str(part) for part in where), words)


def suggestion(written: str, allowed: list[str]) -> str:
    """Name what was probably meant, if one is near."""
    near = get_close_matches(written, allowed, n=1)
    return f"，是否应为 {near[0]}？" if near else ""


def known_keys(model: type[BaseModel], where: KeyPath) -> list[str]:
    """Return the keys allowed at a place of the model, following nested models."""
    here: list[type[BaseModel]] = [model]
    for part in where:
        if isinstance(part, str):
            annotations = [one.model_fields[part].annotation for one in here if part in one.model_fields]
            here = [found for annotation in annotations for found in models_in(annotation)] or here
    return [name for one in here for name in one.model_fields]


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from models_in(argument)


class LineFinder:
    """Knows on which line each key of a TOML text stands."""

    def __init__(self, text: str) -> None:
        """Note the line of every table header and every key."""
        self.lines = text.splitlines()
        self.lines_by_path: dict[KeyPath, int] = {}
        self.counts: dict[KeyPath, int] = {}
        self._scan()

    def line_of(self, where: KeyPath) -> int | None:
        """Return the line of the key, or of the nearest thing around it that is written down."""
        for length in range(len(where), 0, -1):
            line = self.lines_by_path.get(where[:length])
            if line is not None:
                return self._inside(line, where[length:])
        return 1 if self.lines else None

    def _inside(self, line: int, rest: KeyPath) -> int:
        """Look for the rest of the path inside an inline table or array that starts on the line."""
        later = sorted(other for other in self.lines_by_path.values() if other > line)
        stop = (later[0] if later else len(self.lines) + 1) - 1
        for part in rest:
            if isinstance(part, int):
                hits = self._elements(line, stop)
            else:
                wanted = rf"(?<![\w-]){re.escape(part)}\s*="
                hits = [number for number in range(line, stop + 1) if re.search(wanted, self.lines[number - 1])]
            nth = part if isinstance(part, int) else 0
            line = hits[nth] if nth < len(hits) else line
        return line

    def _elements(self, line: int, stop: int) -> list[int]:
        """Return the line of each element of the array that starts on the line."""
        tables = [n for n in range(line, stop + 1) for _ in range(self.lines[n - 1].count("{"))]
        if tables or not self.lines[line - 1].rstrip().endswith("["):
            return tables
        return [n for n in range(line + 1, stop + 1) if not re.match(r"\s*(#|\]|$)", self.lines[n - 1])]

    def _scan(self) -> None:
        """Walk through the lines, keeping the table one is in."""
        table: KeyPath = ()
        closing = ""
        depth = 0
        for number, line in enumerate(self.lines, start=1):
            if closing:
                closing = "" if closing in line else closing
                continue
            header = HEADER.match(line) if depth == 0 else None
            key = KEY.match(line) if depth == 0 else None
            if header is not None:
                table = self._enter(split(header[2]), is_array=header[1] == "[[")
                self.lines_by_path[table] = number
            elif key is not None:
                path = (*table, *split(key[1]))
                for length in range(len(table) + 1, len(path) + 1):
                    self.lines_by_path.setdefault(path[:length], number)
            depth += brackets(line) if header is None else 0
            closing = next((quote for quote in ('"""', "'''") if line.count(quote) % 2), "")

    def _enter(self, names: KeyPath, *, is_array: bool) -> KeyPath:
        """Return the full path of a table header, with the index of each array of tables it stands in."""
        path: KeyPath = ()
        for position, name in enumerate(names):
            path = (*path, name)
            if position == len(names) - 1 and is_array:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
        return path


def split(dotted: str) -> KeyPath:
    """Split a dotted key into its parts, without quotes."""
    return tuple(part.strip().strip("\"'") for part in re.findall(r'"[^"]*"|\'[^\']*\'|[^.]+', dotted))


def brackets(line: str) -> int:
    """Return how many arrays and inline tables the line opens more than it closes, outside quotes and comments."""
    bare = re.sub(r'"(?:\\.|[^"\\])*"|\'[^\']*\'', "", line).split("#", 1)[0]
    return sum(bare.count(mark) for mark in "[{") - sum(bare.count(mark) for mark in "]}")
