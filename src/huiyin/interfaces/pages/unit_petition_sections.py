"""Blocks of a petition's page for the office: what to look at again in a report, and what units did on the way."""

from collections.abc import Iterator
from datetime import date

from huiyin.accounts.models import Staff
from huiyin.county.assignment.queries.report_checks import checks_of_latest
from huiyin.county.assignment.states import AssignmentState
from huiyin.county.registry.models import Petition
from huiyin.interfaces.components.contract import Component
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import Fact, Facts

from .section import Section
from .unit_sections import alerts_of, dealings_of

NOTHING_FOUND = "没有发现缺漏、雷同和过短；事实是否清楚、措施是否落实仍须人工审核。"


def checks_section(petition: Petition, by: Staff, today: date) -> Section | None:
    """审核提示: shown while a report waits to be accepted."""
    del by, today
    waiting = petition.assignments.filter(state=AssignmentState.REPORTED.value).select_related("unit", "petition")
    parts: list[Component] = []
    for given in waiting.order_by("pk"):
        checks = checks_of_latest(given)
        title = f"{given.unit.name}　{given.number}"
        if not checks:
            parts.append(Alert(kind="good", title=title, words=NOTHING_FOUND))
            continue
        items = tuple(Fact(label=one.finding.label, value=one.words, wide=True) for one in checks)
        parts += [Alert(kind="warn", title=title, words=f"有{len(checks)}处请核对"), Facts(items=items)]
    if not parts:
        return None
    return Section("反馈审核提示", tuple(parts), lead="系统只提示，是否通过由审核人决定")


def dealings_section(petition: Petition, by: Staff, today: date) -> Section | None:
    """承办单位办理记录: objections, notices, progress, extensions, unit by unit."""
    del by, today
    parts = tuple(_dealings(petition))
    return Section("承办单位办理记录", parts) if parts else None


def _dealings(petition: Petition) -> Iterator[Component]:
    for given in petition.assignments.select_related("unit").order_by("pk"):
        facts = tuple(dealings_of(given))
        alerts = tuple(alerts_of(given))
        if facts or alerts:
            yield Facts(items=(Fact(label="承办单位", value=f"{given.unit.name}　{given.number}", wide=True), *facts))
        yield from alerts
