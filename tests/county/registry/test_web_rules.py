"""What the petitioners' page takes: fields, files that are only what they seem, and how much in a day."""

import zlib
from dataclasses import replace
from datetime import date

import pytest

from huiyin.county.registry import web_rules
from huiyin.county.registry.states import Confidentiality, Elsewhere, State
from huiyin.county.registry.web_rules import SentFile, WebEntry
from huiyin.kernel.refusal import Refusal

TODAY = date(2026, 6, 8)
ENTRY = WebEntry(
    content="水费收了两次。今年三月交过，六月又来收。",
    name="马大山",
    phone="13912340001",
    has_consented=True,
)
PDF = b"%PDF-1.4\n% invented\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xda\x00\x04\x00\x00\x12\x34\xff\xd9"


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def png(*extra: bytes) -> bytes:
    head = chunk(b"IHDR", b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + chunk(b"IDAT", b"\x78\x9c") + chunk(b"IEND", b"")


def refused(entry: WebEntry) -> str:
    with pytest.raises(Refusal) as told:
        web_rules.check_entry(entry, today=TODAY)
    return told.value.code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"has_consented": False}, "web.consent_missing"),
        ({"content": "  "}, "web.content_missing"),
        ({"content": "字" * 5001}, "web.content_too_long"),
        ({"summary": "字" * 501}, "petition.summary_too_long"),
        ({"name": ""}, "web.name_missing"),
        ({"phone": ""}, "web.phone_missing"),
        ({"phone": "1391234"}, "phone.bad_length"),
        ({"identity_number": "990121199001010012"}, "identity.bad_region"),
        ({"claims": ("退钱",) * 11}, "web.too_many_claims"),
        ({"claims": ("字" * 501,)}, "web.claim_too_long"),
        ({"elsewhere": Elsewhere.COURT}, "web.elsewhere_missing"),
        ({"is_accusation": True, "name": "", "phone": "12"}, "phone.bad_length"),
    ],
)
def test_what_lacks_a_part_or_cannot_be_right_is_refused(change: dict[str, object], code: str) -> None:
    assert refused(replace(ENTRY, **change)) == code  # type: ignore[arg-type]  # fields of many types


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"content": "字" * 5000},
        {"claims": ("字" * 500,) * 10},
        {"is_accusation": True, "name": "", "phone": ""},
        {"elsewhere": Elsewhere.COURT, "elsewhere_words": "县法院，一审已判"},
    ],
)
def test_what_is_whole_is_taken(change: dict[str, object]) -> None:
    web_rules.check_entry(replace(ENTRY, **change), today=TODAY)  # type: ignore[arg-type]  # fields of many types


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("水费收了两次。后来又收。", "水费收了两次。"),
        ("\n  没人管路灯  \n第二行", "没人管路灯 第二行"),
        ("谁来管？", "谁来管？"),
        ("字" * 600, "字" * 500),
    ],
)
def test_the_summary_is_the_first_sentence(text: str, summary: str) -> None:
    assert web_rules.first_sentence(text) == summary


@pytest.mark.parametrize(("submitted", "is_taken"), [(0, True), (4, True), (5, False), (9, False)])
def test_a_source_sends_five_petitions_a_day(submitted: int, is_taken: bool) -> None:
    if is_taken:
        web_rules.check_source(submitted)
        return
    with pytest.raises(Refusal, match="明天"):
        web_rules.check_source(submitted)


@pytest.mark.parametrize(
    ("data", "kind"), [(PDF, "application/pdf"), (JPEG, "image/jpeg"), (png(), "image/png")], ids=["pdf", "jpeg", "png"]
)
def test_a_plain_file_is_taken_for_what_it_is(data: bytes, kind: str) -> None:
    assert web_rules.check_files([SentFile("水费.pdf", data)]) == (kind,)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "attachment.empty"),
        (b"MZ\x90\x00", "attachment.unknown_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "attachment.unknown_type"),
        (b"PK\x03\x04" + PDF, "attachment.unknown_type"),
        (PDF.replace(b"% invented", b"/OpenAction << /S /JavaScript /JS (x) >>"), "web.file_not_plain"),
        (PDF.replace(b"% invented", b"/Launch"), "web.file_not_plain"),
        (PDF.replace(b"% invented", b"/EmbeddedFiles"), "web.file_not_plain"),
        (PDF + b"PK\x05\x06" + b"\x00" * 18, "web.file_not_plain"),
        (PDF + b"<script>alert(1)</script>", "web.file_not_plain"),
        (JPEG[:2] + b"\xff\xfe\x00\x12<script>alert(" + JPEG[2:], "web.file_not_plain"),
        (JPEG[:-2] + b"PK\x05\x06\xff\xd9", "web.file_not_plain"),
        (b"\xff\xd8\xff\xff\xd9", "web.file_not_plain"),
        (png(chunk(b"tEXt", b"x\x00<script>alert(1)</script>")), "web.file_not_plain"),
        (png(b"\x00\x00\x00\x04junkbody0000"), "web.file_not_plain"),
    ],
)
def test_a_file_that_is_something_else_as_well_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as told:
        web_rules.check_files([SentFile("水费.pdf", data)])
    assert told.value.code == code


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([SentFile(f"{n}.pdf", PDF) for n in range(6)], "web.too_many_files"),
        ([SentFile("大.pdf", b"%PDF-" + b"0" * web_rules.FILE_LIMIT)], "web.file_too_large"),
        ([SentFile(f"{n}.pdf", b"%PDF-" + b"0" * (web_rules.FILE_LIMIT - 5)) for n in range(3)], "web.files_too_large"),
    ],
    ids=["too many", "one too large", "too large together"],
)
def test_too_many_and_too_large_files_are_refused(files: list[SentFile], code: str) -> None:
    with pytest.raises(Refusal) as told:
        web_rules.check_files(files)
    assert told.value.code == code


@pytest.mark.parametrize(
    ("words", "files", "state", "given", "code"),
    [
        ("新收据", 0, State.CLOSED, 0, "supplement.ended"),
        ("新收据", 0, State.VOIDED, 0, "supplement.ended"),
        (" ", 0, State.IN_PROGRESS, 0, "supplement.empty"),
        ("字" * 5001, 0, State.IN_PROGRESS, 0, "web.content_too_long"),
        ("新收据", 0, State.IN_PROGRESS, 3, "supplement.too_many_today"),
        ("新收据", 0, State.IN_PROGRESS, 2, ""),
        ("", 1, State.REPLIED, 0, ""),
    ],
)
def test_a_supplement_adds_something_to_what_is_open(
    words: str, files: int, state: State, given: int, code: str
) -> None:
    if not code:
        web_rules.check_supplement(words, files=files, state=state, given_today=given)
        return
    with pytest.raises(Refusal) as told:
        web_rules.check_supplement(words, files=files, state=state, given_today=given)
    assert told.value.code == code


@pytest.mark.parametrize(
    ("is_passed_on", "confidentiality", "is_with_unit", "code"),
    [
        (True, Confidentiality.ORDINARY, True, "supplement.passed_on_already"),
        (False, Confidentiality.SEALED, True, "supplement.sealed"),
        (False, Confidentiality.NUMBER_ONLY, True, "supplement.sealed"),
        (False, Confidentiality.ORDINARY, False, "supplement.no_unit"),
    ],
)
def test_a_supplement_is_passed_on_once_to_a_unit_and_never_an_accusers(
    is_passed_on: bool, confidentiality: Confidentiality, is_with_unit: bool, code: str
) -> None:
    with pytest.raises(Refusal) as told:
        web_rules.check_passing_on(
            is_passed_on=is_passed_on, confidentiality=confidentiality, is_with_unit=is_with_unit
        )
    assert told.value.code == code
