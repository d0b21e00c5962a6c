"""What a unit sees of an assignment: what it was asked, by when and why then, whom to answer, and what it said so far.

Nothing of another unit, nothing of the office's own reading, and no original letter stands here (DOMAIN §6).
"""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import QueryDict
from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment, Report
from huiyin.county.assignment.queries.unit_work import Standing, standing_of
from huiyin.county.assignment.rules.assignments import may_sign
from huiyin.county.assignment.rules.reports import may_report
from huiyin.county.assignment.states import AssignmentState, DispositionKind, Outcome, ReturnReason
from huiyin.county.registry.models import Deadline
from huiyin.county.registry.states import Channel, PetitionerKind
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import (
    DueBadge,
    Fact,
    Facts,
    PersonLine,
    StateBadge,
    Timeline,
    TimelineEntry,
)
from huiyin.interfaces.components.words import day_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.deadlines import Due
from huiyin.kernel.text import mask_address, mask_phone

from .assignment_forms import ReportForm, SignForm
from .new_evidence import facts_for_unit
from .petition_lines import due_badge
from .section import Section
from .steps.kinds import StepForm
from .supplements import passed_on_facts
from .unit_sections import alerts_of, sections_of
from .unit_work_steps import STEPS, made, reports_alone

SIGNABLE = frozenset({AssignmentState.ISSUED})


@dataclass(frozen=True, slots=True)
class FormScreen:
    """A page with one form and the way back."""

    title: str
    lead: str
    form: forms.Form
    action: str
    submit: str
    back_href: str


@dataclass(frozen=True, slots=True)
class AssignmentScreen:
    """Everything on a unit's page of one assignment."""

    number: str
    title: str
    badge: StateBadge
    lead: str
    alerts: tuple[Alert, ...]
    dues: tuple[DueBadge, ...]
    asked: Facts
    person: PersonLine
    reports: tuple[Facts, ...]
    sections: tuple[Section, ...]
    timeline: Timeline
    steps: tuple[StepForm, ...]


Refused = tuple[str, forms.Form]


def screen_of(
    given: Assignment, *, by: Staff, today: date, revealed: bool = False, refused: Refused | None = None
) -> AssignmentScreen:
    """Return the unit's page of one of its assignments."""
    state = AssignmentState(given.state)
    reports = list(given.reports.order_by("round").prefetch_related("outcomes__claim"))
    clocks = given.petition.deadlines.filter(unit=given.unit, superseded_at=None).order_by("due_on", "pk")
    return AssignmentScreen(
        number=given.number,
        title=given.petition.summary,
        badge=StateBadge(label=state.label, tone="good" if state is AssignmentState.VERIFIED else "info"),
        lead=f"{DispositionKind(given.kind).label} · 信访件 {given.petition.number}",
        alerts=(*_returned(reports, state), *alerts_of(given)),
        dues=tuple(_due(row, today=today) for row in clocks),
        asked=_asked(given),
        person=person_of(given, revealed=revealed),
        reports=tuple(_report(report) for report in reports),
        sections=tuple(sections_of(given, by=by)),
        timeline=Timeline(label="办理经过", entries=tuple(_entries(given, reports))),
        steps=steps_of(given, by=by, today=today, refused=refused),
    )


def _due(row: Deadline, *, today: date) -> DueBadge:
    badge = due_badge(row, today=today, explanation=Due.from_values(row.explanation).explain())
    if row.met_at is None:
        return badge
    return DueBadge(
        label=badge.label,
        due_on=badge.due_on,
        today=today,
        done_on=local_day(row.met_at),
        provisional=badge.provisional,
        explanation=badge.explanation,
    )


def _returned(reports: list[Report], state: AssignmentState) -> tuple[Alert, ...]:
    if state is not AssignmentState.RETURNED or not reports:
        return ()
    last = reports[-1]
    reasons = "、".join(ReturnReason(reason).label for reason in last.return_reasons)
    return (Alert(kind="bad", title=f"第{last.round}次反馈被退回（{reasons}）", words=last.return_words),)


def _asked(given: Assignment) -> Facts:
    petition = given.petition
    claims = "\n".join(f"{claim.position}. {claim.text}" for claim in petition.claims.order_by("position"))
    facts = [
        Fact(label="信访形式", value=Channel(petition.channel).label),
        Fact(label="收件日期", value=day_words(petition.received_on)),
        Fact(label="问题属地", value=petition.place),
        Fact(label="内容分类", value=petition.category_path),
        Fact(label="概况", value=petition.summary, wide=True),
        Fact(label="诉求点（须逐项答复）", value=claims, wide=True),
    ]
    if petition.excerpt:
        facts.append(Fact(label="摘抄件", value=petition.excerpt, wide=True))
    if given.instruction:
        facts.append(Fact(label="办理要求", value=given.instruction, wide=True))
    facts += passed_on_facts(petition)
    facts += facts_for_unit(petition)
    return Facts(items=tuple(facts))


def person_of(given: Assignment, *, revealed: bool) -> PersonLine:
    """Return whom to answer: masked until the unit asks, which is recorded; never the identity number."""
    person = given.petition.petitioner
    name = person.name or PetitionerKind(person.kind).label
    if revealed:
        return PersonLine(name=name, phone=person.phone, address=person.address, unmasked=True)
    known = bool(person.phone or person.address)
    return PersonLine(
        name=name,
        phone=mask_phone(person.phone) if person.phone else "",
        address=mask_address(person.address) if person.address else "",
        reveal_href=reverse("assignment_reveal", args=[given.pk]) if known else "",
    )


def _report(report: Report) -> Facts:
    outcomes = "\n".join(
        f"{one.claim.position}. {Outcome(one.outcome).label}　{one.words}".rstrip()
        for one in sorted(report.outcomes.all(), key=lambda one: one.claim.position)
    )
    facts = [
        Fact(label="第几次", value=f"第{report.round}次"),
        Fact(label="承办人", value=report.handler_name),
        Fact(label="调查核实的事实", value=report.facts, wide=True),
        Fact(label="处理依据", value=report.basis, wide=True),
        Fact(label="采取的措施", value=report.measures, wide=True),
        Fact(label="对各项诉求", value=outcomes, wide=True),
    ]
    if report.returned_at:
        facts.append(Fact(label="退回意见", value=report.return_words, wide=True))
    return Facts(items=tuple(facts))


def _entries(given: Assignment, reports: list[Report]) -> list[TimelineEntry]:
    office, unit = "信访办公室", given.unit.name
    entries = [
        TimelineEntry(
            who=office,
            when=given.issued_at,
            what=f"{DispositionKind(given.kind).label} {given.number}",
            phrase="统一交办",
        )
    ]
    if given.deemed_received_on and not given.signed_at:
        what = f"没有按期签收，视为{day_words(given.deemed_received_on)}收到"
        entries.append(TimelineEntry(who=office, when=given.issued_at, what=what, phrase="统一交办", tone="warn"))
    if given.signed_at:
        entries.append(
            TimelineEntry(
                who=unit,
                when=given.signed_at,
                what=f"签收，承办人 {given.handler_name}",
                phrase="统一交办",
                tone="info",
            )
        )
    for report in reports:
        entries.append(
            TimelineEntry(
                who=unit,
                when=report.reported_at,
                what=f"第{report.round}次反馈，承办人 {report.handler_name}",
                phrase="定期反馈",
                tone="info",
            )
        )
        if report.returned_at:
            entries.append(
                TimelineEntry(
                    who=office,
                    when=report.returned_at,
                    what="退回补正",
                    phrase="严格督查",
                    note=report.return_words,
                    tone="bad",
                )
            )
    if given.verified_at:
        entries.append(
            TimelineEntry(who=office, when=given.verified_at, what="审核通过", phrase="严格督查", tone="good")
        )
    return entries


def steps_of(given: Assignment, *, by: Staff, today: date, refused: Refused | None = None) -> tuple[StepForm, ...]:
    """Return the forms that the unit may fill in now, what it owes first; one that was refused stays open."""
    standing = standing_of(given, today=today)
    own = [_form(name, given, refused) for name, step in STEPS.items() if step.offered(standing, by)]
    if refused is not None and refused[0] not in {one.name for one in own}:
        own.insert(0, _form(refused[0], given, refused))
    return (*_owed(given, standing, by=by), *sorted(own, key=lambda one: one.folded))


def _form(name: str, given: Assignment, refused: Refused | None) -> StepForm:
    step = STEPS[name]
    bound = refused[1] if refused is not None and refused[0] == name else None
    return StepForm(
        name=name,
        title=step.title,
        lead=step.lead,
        form=bound if bound is not None else made(name, given),
        action=reverse("assignment_step", args=[given.pk, name]),
        submit=step.submit,
        kind=step.kind,
        folded=step.folded and bound is None,
    )


def _owed(given: Assignment, standing: Standing, *, by: Staff) -> tuple[StepForm, ...]:
    """Return the signature, or the report, that is asked for now."""
    if standing.state in SIGNABLE and may_sign(by, given.unit.code):
        return (
            StepForm(
                name="sign",
                title="签收",
                lead="签收须写明具体承办人和电话；逾期不签收，视为已经收到。",
                form=SignForm(initial={"handler_name": given.handler_name}),
                action=reverse("assignment_sign", args=[given.pk]),
                submit="签收",
            ),
        )
    if standing.owes_report and may_report(by, given.unit.code) and reports_alone(standing, by):
        return (
            StepForm(
                name="report",
                title="反馈办理结果",
                lead="每一项诉求都要有明确的结果；由信访办公室审核。",
                form=report_form(given, by=by, has_head=standing.has_head),
                action=reverse("assignment_report", args=[given.pk]),
                submit="提交反馈",
            ),
        )
    return ()


def report_form(given: Assignment, *, by: Staff, has_head: bool, sent: QueryDict | None = None) -> ReportForm:
    """Return the form of the report, filled with the draft that the unit's clerk wrote."""
    draft = getattr(given, "draft", None) if by.is_of_unit else None
    initial = {"handler_name": given.handler_name, **(draft.values if draft is not None else {})}
    return ReportForm(sent, petition=given.petition, initial=initial, asks_head=by.is_of_unit and not has_head)
