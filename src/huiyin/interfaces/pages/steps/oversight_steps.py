"""Steps of oversight: 催办, 督办函, 约谈, 提请主任会议, 监督手段, 了结."""

from collections.abc import Callable

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.assignment.states import OWES
from huiyin.county.oversight.actions import steps as actions
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.rules import is_in_order, may_oversee
from huiyin.county.oversight.states import Level
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import ENDED, State
from huiyin.interfaces.pages import oversight_forms as f

from .kinds import Offered, StepKind, Submitted, person, with_petition


def _issue(sent: Submitted) -> object:
    assert isinstance(sent.form, f.OversightForm)
    return actions.issue(
        assignment_id=int(sent.text("assignment")),
        entry=sent.form.entry(),
        approver=person(sent.text("approver")) if sent.text("approver") else None,
        by=sent.by,
        at=sent.at,
    )


def _conclude(sent: Submitted) -> object:
    oversight_id = int(sent.text("oversight"))
    return actions.conclude(oversight_id=oversight_id, outcome=sent.text("outcome"), by=sent.by, at=sent.at)


def _offered(level: Level) -> Offered:
    def offered(petition: Petition, by: Staff) -> bool:
        if State(petition.state) in ENDED or not may_oversee(by):
            return False
        if not petition.assignments.filter(state__in=OWES).exists():
            return False
        taken = {Level(one) for one in petition.oversight.values_list("level", flat=True)}
        return is_in_order(level, taken, is_grave=True)

    return offered


def _may_conclude(petition: Petition, by: Staff) -> bool:
    return may_oversee(by) and Oversight.objects.visible_to(by).filter(petition=petition).running().exists()


def _step(level: Level, submit: str, form: Callable[..., forms.Form], lead: str = "") -> StepKind:
    return StepKind(
        level.label, submit, f"{level.label}已记录", _offered(level), with_petition(form), _issue,
        lead=lead, kind="secondary", folded=True,
    )  # fmt: skip


STEPS: dict[str, StepKind] = {
    "remind": _step(Level.REMINDER, "发催办", f.OversightForm),
    "oversight-letter": _step(
        Level.LETTER, "发督办函", f.LetterForm, "从督办函起计入承办单位；推诿、敷衍、不执行、弄虚作假的可以直接发函"
    ),
    "interview": _step(Level.INTERVIEW, "记下", f.InterviewForm),
    "directors-meeting": _step(Level.DIRECTORS_MEETING, "提请", f.DirectorsMeetingForm),
    "instrument": _step(Level.INSTRUMENT, "记下决定", f.InstrumentForm, "主任会议决定采用的监督手段或建议"),
    "conclude-oversight": StepKind(
        "了结督办", "了结", "督办已了结", _may_conclude, with_petition(f.ConcludeForm), _conclude,
        kind="secondary", folded=True,
    ),
}  # fmt: skip
