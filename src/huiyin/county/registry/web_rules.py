"""What the public page takes: a petition, its evidence, a supplement; and how much of it from one place in a day."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.kernel.identity import read_identity_number, read_phone
from huiyin.kernel.refusal import Refusal

from .rules import REGISTRARS, SUMMARY_LIMIT, media_type_of
from .states import ENDED, Confidentiality, Elsewhere, Purpose, State

CONTENT_LIMIT = 5000
CLAIM_LIMIT, CLAIMS_LIMIT = 500, 10
FILES_LIMIT = 5
FILE_LIMIT = 10 * 1024 * 1024
ALL_FILES_LIMIT = 20 * 1024 * 1024
PETITIONS_A_DAY = 5
SUPPLEMENTS_A_DAY = 3
SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]?")
# What lets a PDF act or carry another file inside; a scan or a printed letter has none of it.
ACTIVE_IN_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")
ARCHIVE_MARKS = (b"PK\x05\x06", b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
MARKUP = re.compile(rb"<(?:script|html|svg|iframe|\?php|!doctype)", re.IGNORECASE)
PNG_HEAD = 8
SMALLEST_CHUNK = 12
MARKER, START_OF_SCAN = 0xFF, 0xDA
STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})


@dataclass(frozen=True, slots=True)
class WebEntry:
    """What a petitioner fills in on the page."""

    content: str
    name: str = ""
    identity_number: str = ""
    phone: str = ""
    address: str = ""
    place: str = ""
    purpose: Purpose = Purpose.OTHER
    summary: str = ""
    claims: tuple[str, ...] = ()
    elsewhere: Elsewhere = Elsewhere.NONE
    elsewhere_words: str = ""
    is_accusation: bool = False
    has_consented: bool = False


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent."""

    name: str
    data: bytes


def first_sentence(text: str) -> str:
    """Return the first sentence, as the summary where none was written."""
    tidy = " ".join(text.split())
    found = SENTENCE.match(tidy)
    return (found[0] if found and found[0] else tidy)[:SUMMARY_LIMIT]


def check_entry(entry: WebEntry, *, today: date) -> None:
    """Refuse what lacks a required part, or has one that cannot be right; an accusation may come without a name."""
    if not entry.has_consented:
        raise Refusal("web.consent_missing", "请先阅读并同意提交须知")
    if not entry.content.strip():
        raise Refusal("web.content_missing", "请写明发生了什么事")
    if len(entry.content) > CONTENT_LIMIT:
        raise Refusal("web.content_too_long", f"正文不超过{CONTENT_LIMIT}字，其余请作为附件上传")
    if len(entry.summary) > SUMMARY_LIMIT:
        raise Refusal("petition.summary_too_long", f"概况不超过{SUMMARY_LIMIT}字，其余请写入正文")
    check_how_to_reach(entry, today=today)
    check_claims(entry.claims)
    if entry.elsewhere is not Elsewhere.NONE and not entry.elsewhere_words.strip():
        raise Refusal("web.elsewhere_missing", "已在其他机关处理的，请写明是哪个机关、进行到哪一步")


def check_how_to_reach(entry: WebEntry, *, today: date) -> None:
    """Refuse whoever cannot be reached, unless it is an accusation, and a number that cannot be right."""
    if not entry.is_accusation and not entry.name.strip():
        raise Refusal("web.name_missing", "请填写姓名；只有检举、控告可以不署名")
    if not entry.is_accusation and not entry.phone.strip():
        raise Refusal("web.phone_missing", "请填写电话，查询时要用它的后四位")
    if entry.phone.strip():
        read_phone(entry.phone)
    if entry.identity_number.strip():
        read_identity_number(entry.identity_number, today=today)


def check_claims(claims: Sequence[str]) -> None:
    """Refuse more demands than one matter has, and one that is a letter of its own."""
    if len(claims) > CLAIMS_LIMIT:
        raise Refusal("web.too_many_claims", f"诉求最多{CLAIMS_LIMIT}项，请合并")
    if any(len(claim) > CLAIM_LIMIT for claim in claims):
        raise Refusal("web.claim_too_long", f"每项诉求不超过{CLAIM_LIMIT}字")


def check_source(submitted: int) -> None:
    """Refuse more than a day's petitions from one place: a machine, not a person, sends so many."""
    if submitted >= PETITIONS_A_DAY:
        raise Refusal("web.too_many_today", "今天从您这里提交的信访已经较多，请明天再提交，或来信、来访、来电")


def check_files(files: Sequence[SentFile]) -> tuple[str, ...]:
    """Return the media type of each file; refuse too many, too large, and whatever is more than it looks."""
    if len(files) > FILES_LIMIT:
        raise Refusal("web.too_many_files", f"附件最多{FILES_LIMIT}个")
    if any(len(file.data) > FILE_LIMIT for file in files):
        raise Refusal("web.file_too_large", f"每个附件不超过{FILE_LIMIT // 1024 // 1024}MB")
    if sum(len(file.data) for file in files) > ALL_FILES_LIMIT:
        raise Refusal("web.files_too_large", f"附件合计不超过{ALL_FILES_LIMIT // 1024 // 1024}MB")
    kinds = tuple(media_type_of(file.data) for file in files)
    for file, kind in zip(files, kinds, strict=True):
        check_is_only_that(file.data, kind)
    return kinds


def check_is_only_that(data: bytes, media_type: str) -> None:
    """Refuse a file that is something else as well: an archive, a page, a PDF that acts (SAFETY §3, polyglots)."""
    is_sound = {"application/pdf": _is_quiet_pdf, "image/png": _is_one_png, "image/jpeg": _is_one_jpeg}[media_type]
    if not is_sound(data):
        raise Refusal("web.file_not_plain", "这个文件除图像或文字外还含有别的内容，请拍照或重新扫描后再上传")


def _is_quiet_pdf(data: bytes) -> bool:
    return not ACTIVE_IN_PDF.search(data) and not _has_archive(data) and data.rstrip().endswith(b"%%EOF")


def _has_archive(data: bytes) -> bool:
    return ARCHIVE_MARKS[0] in data or any(data.find(mark, 0, 1024) >= 0 for mark in ARCHIVE_MARKS[1:])


def _is_one_png(data: bytes) -> bool:
    """Whether a picture consists of sound chunks from its first byte to its last, none of which bears markup."""
    place, kind = PNG_HEAD, b""
    while place + SMALLEST_CHUNK <= len(data) and kind != b"IEND":
        length = int.from_bytes(data[place : place + 4], "big")
        kind, end = data[place + 4 : place + 8], place + 8 + length
        if end + 4 > len(data) or zlib.crc32(data[place + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            return False
        if kind not in {b"IHDR", b"PLTE", b"IDAT", b"IEND"} and MARKUP.search(data[place + 8 : end]):
            return False
        place = end + 4
    return kind == b"IEND" and place == len(data)


def _is_one_jpeg(data: bytes) -> bool:
    """Whether a photograph has sound segments up to its picture, and neither markup nor an archive beside it."""
    segments = list(_segments(data))
    if not segments or segments[-1][0] != START_OF_SCAN:
        return False
    return not _has_archive(data) and not any(MARKUP.search(body) for _, body in segments)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = 2
    while place + 4 <= len(data) and data[place] == MARKER:
        marker = data[place + 1]
        if marker in STANDALONE or marker == MARKER:
            place += 1 if marker == MARKER else 2
            continue
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        if length < 2 or place + 2 + length > len(data):  # noqa: PLR2004  # the length counts its own two bytes
            return
        yield marker, data[place + 4 : place + 2 + length]
        if marker == START_OF_SCAN:
            return
        place += 2 + length


def check_may_open_sealed(by: Person) -> None:
    """Refuse an accusation to whoever is not the restricted officer, from the page to its registration (R22 §30)."""
    check_has_role(by, Role.RESTRICTED, act="登记检举控告")


may_open_sealed = may(check_may_open_sealed)


def check_supplement(words: str, *, files: int, state: State, given_today: int) -> None:
    """Refuse an empty supplement, one to what has ended, and more than a day's of them."""
    if state in ENDED:
        raise Refusal("supplement.ended", "本件已经办结，不能再补充；对结果不满意的请评价，有新情况的请重新来信")
    if not words.strip() and not files:
        raise Refusal("supplement.empty", "请写明补充的情况，或上传材料")
    if len(words) > CONTENT_LIMIT:
        raise Refusal("web.content_too_long", f"补充说明不超过{CONTENT_LIMIT}字")
    if given_today >= SUPPLEMENTS_A_DAY:
        raise Refusal("supplement.too_many_today", f"一天最多补充{SUPPLEMENTS_A_DAY}次，请明天再补充")


def check_may_pass_on(by: Person) -> None:
    """Refuse whoever does not work on petitions for the office."""
    check_has_role(by, *REGISTRARS, act="转交补充材料")


may_pass_on = may(check_may_pass_on)


def check_passing_on(*, is_passed_on: bool, confidentiality: Confidentiality, is_with_unit: bool) -> None:
    """Refuse to pass on twice, to nobody, and what an accuser wrote."""
    if is_passed_on:
        raise Refusal("supplement.passed_on_already", "这份补充材料已经转交")
    if confidentiality is not Confidentiality.ORDINARY:
        raise Refusal("supplement.sealed", "检举控告件的补充材料不转承办单位")
    if not is_with_unit:
        raise Refusal("supplement.no_unit", "本件还没有承办单位")
