"""新证据 on the pages: the office marks what a repeat brought, the units of the main petition read it."""

from collections.abc import Iterator
from datetime import date

from huiyin.accounts.models import Staff
from huiyin.county.assignment.evidence_models import NewEvidence
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.withheld import numbers_withheld, shown_number
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.interfaces.components.words import moment_words

from .section import Section


def section_of(petition: Petition, by: Staff, today: date) -> Section | None:
    """重复件带来的新证据: what was passed on from this petition, and what came to it from its repeats."""
    del today
    facts = tuple(_facts(petition, numbers_withheld(by)))
    return Section("重复件带来的新证据", (Facts(items=facts),)) if facts else None


def _facts(petition: Petition, withheld: frozenset[str]) -> Iterator[Fact]:
    for row in petition.evidence_passed_on.select_related("petition", "passed_on_by").order_by("pk"):
        main = shown_number(row.petition.number, withheld)
        yield Fact(
            label=f"已转 {main} 的承办单位　{moment_words(row.passed_on_at)}", value=_office_words(row), wide=True
        )
    for row in petition.new_evidence.select_related("repeat", "passed_on_by").order_by("pk"):
        repeat = shown_number(row.repeat.number, withheld)
        is_hidden = repeat != row.repeat.number
        value = "" if is_hidden else _office_words(row)
        yield Fact(label=f"来自 {repeat}　{moment_words(row.passed_on_at)}", value=value or "（不便显示）", wide=True)


def _office_words(row: NewEvidence) -> str:
    return f"{unit_words(row)}\n{row.passed_on_by.name}核对脱敏"


def unit_words(row: NewEvidence) -> str:
    """Return what was passed on, as a unit reads it."""
    files = f"附件{row.file_count}个" if row.file_count else ""
    return "　".join(part for part in (row.words, files) if part)


def facts_for_unit(petition: Petition) -> list[Fact]:
    """Return what repeats brought, for the page of the unit that has the main petition."""
    return [
        Fact(label=f"新的证据　{moment_words(row.passed_on_at)}", value=unit_words(row), wide=True)
        for row in petition.new_evidence.order_by("pk")
    ]
