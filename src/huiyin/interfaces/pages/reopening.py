"""Blocks of a petition's page: what was asked after the answer, what it came from and what came of it, the file."""

from collections.abc import Iterator
from datetime import date

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.withheld import numbers_withheld, shown_number
from huiyin.county.reply.models import Archive, ReopenRequest
from huiyin.county.reply.rules import evaluation_standing
from huiyin.county.reply.states import ReopenGround, ReopenState, Retention
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.calendar import local_day

from .section import Section


def section_of(petition: Petition, by: Staff, today: date) -> Section | None:
    """办结之后: whether it was evaluated, where it comes from, every request to take it up again with its decision."""
    facts, withheld = [], numbers_withheld(by)
    if petition.closed_at is not None:
        closed_on, evaluated = local_day(petition.closed_at), petition.evaluations.exists()
        standing = evaluation_standing(closed_on=closed_on, evaluated=evaluated, today=today)
        facts.append(Fact(label="满意度评价", value=standing.label))
    if petition.reopened_from is not None:
        facts.append(Fact(label="由此件重新办理", value=shown_number(petition.reopened_from.number, withheld)))
    for request in petition.reopen_requests.select_related("reopened_as", "decided_by").order_by("pk"):
        facts += _facts(request, withheld)
    return Section("办结之后", (Facts(items=tuple(facts)),)) if facts else None


def _facts(request: ReopenRequest, withheld: frozenset[str]) -> Iterator[Fact]:
    yield Fact(label="申请", value=moment_words(request.asked_at))
    yield Fact(label="情形", value=ReopenGround(request.ground).label)
    yield Fact(label="理由", value=request.words, wide=True)
    yield Fact(label="决定", value=ReopenState(request.state).label)
    if request.reopened_as is not None:
        yield Fact(label="新编号", value=shown_number(request.reopened_as.number, withheld))
    if request.decided_by is not None:
        yield Fact(label="决定的理由", value=f"{request.decision}（{request.decided_by.name}）", wide=True)


def archive_section(petition: Petition, by: Staff, today: date) -> Section | None:
    """归档: the file number, how long it is kept, and the hash of its page list."""
    del by, today
    row = Archive.objects.filter(petition=petition).select_related("archived_by").first()
    if row is None:
        return None
    facts = (
        Fact(label="档号", value=row.file_number),
        Fact(label="保管期限", value=Retention(row.retention).label),
        Fact(label="页数", value=str(row.pages)),
        Fact(label="归档", value=f"{moment_words(row.archived_at)}　{row.archived_by.name}"),
        Fact(label="卷内清单校验值", value=row.manifest, wide=True),
    )
    return Section("归档", (Facts(items=facts),))
