"""Scrubbing: what must not stand in a log line or an error report, by the name of a key and by its look."""

import re
from collections.abc import Mapping, Sequence

GONE = "＊"
DEEPEST = 12
# A number of eleven digits may be somebody's phone.
LONG_NUMBER = 10_000_000_000

# A key with one of these in its name is dropped with everything below it.
SECRET_KEYS = re.compile(
    r"(?i)pass|secret|token|auth|cookie|session|csrf|dsn|(^|_)key$|body|payload|query|param|^data$|header|env$|^vars$"
    r"|email|phone|mobile|address|identity|(^|_)name$|text|content|summary|sender|recipient|note|words"
    r"|ip_address|remote_addr|server_name|argv|breadcrumb|context_line|pre_context|post_context|^sql$"
)
# Chinese and its punctuation, what is quoted, what a database tells in DETAIL, and any longer run of digits.
DETAIL = re.compile(
    r"(?s)\b(?:DETAIL|CONTEXT|HINT|QUERY|STATEMENT|LINE \d+)\s*:.*?(?=\n\n(?:The above exception|During handling)|\Z)"
)
QUERY = re.compile(r"\?[^\s\"'<>]*")
QUOTED = re.compile(r"'(?P<one>[^'\n]*)'(?P<key>(?=: ))?|\"(?P<two>[^\"\n]*)\"")
KEY = re.compile(r"[a-z_]{1,40}")
# What may stay in its quotes: a name of code of more than one word, the key of a value, the file of a frame.
OF_CODE = re.compile(r"[A-Za-z]+(?:_[A-Za-z0-9]+)+|/[A-Za-z0-9_./-]{1,250}\.py")
CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef\U00020000-\U0003ffff]+")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IDENTITY = re.compile(r"\d{6}[\s-]?\d{8}[\s-]?\d{3}[\dXx]")
PHONE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?(?:1\d{2}[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8})(?!\d)")
DIGITS = re.compile(r"\d{7,}[Xx]?")
# Percent-encoded or escaped text is text too.
ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2}){3,}|(?:\\u[0-9a-fA-F]{4})+|(?:\\x[0-9a-fA-F]{2}){3,}")
PATTERNS = (ESCAPED, MAIL, IDENTITY, PHONE, CHINESE, DIGITS)


def text_without_people(text: str) -> str:
    """Return a text of ours or of a library's without what a person wrote and what points to a person."""
    text = DETAIL.sub("", text)
    text = QUERY.sub(f"?{GONE}", text)
    text = QUOTED.sub(_quoted, text)
    for pattern in PATTERNS:
        text = pattern.sub(GONE, text)
    return text


def without_people(value: object, *, depth: int = 0) -> object:
    """Return a value of mappings, sequences and texts, cleaned all the way down; what is no plain value is left out."""
    cleaned: object = GONE
    if isinstance(value, str):
        cleaned = text_without_people(value)
    elif value is None or isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < LONG_NUMBER):
        cleaned = value
    elif isinstance(value, Mapping) and depth < DEEPEST:
        cleaned = {
            key: without_people(inner, depth=depth + 1)
            for key, inner in value.items()
            if isinstance(key, str) and not SECRET_KEYS.search(key)
        }
    elif isinstance(value, Sequence) and not isinstance(value, bytes | bytearray) and depth < DEEPEST:
        cleaned = [without_people(inner, depth=depth + 1) for inner in value]
    return cleaned


def _quoted(match: re.Match[str]) -> str:
    inside = match["one"] if match["one"] is not None else match["two"]
    is_of_code = OF_CODE.fullmatch(inside) or (match["key"] is not None and KEY.fullmatch(inside))
    return match[0] if is_of_code else GONE
