"""What units do with a petition: with an account where they have one, else as the office writes it down from paper."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import assignments, extensions, objections, progress, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.queries.report_checks import checks_of_latest
from huiyin.county.assignment.rules.objections import Receiver
from huiyin.county.assignment.rules.progress import Telling
from huiyin.county.assignment.rules.report_checks import Finding
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import AssignmentState, Outcome, ReturnReason, TellingMethod
from huiyin.county.assignment.unit_models import Extension, Objection
from huiyin.county.registry.actions import attachments
from huiyin.county.registry.models import Claim
from huiyin.county.registry.states import AttachmentKind

from .checks import Checks

if TYPE_CHECKING:
    from .office import Office

PHONE = "0199-5550111"
FACTS = "经调阅台账、入户走访并会同村委会核对，{}的情况已经逐项查清，当事人在核对表上签字确认。"
SCAN = b"%%PDF-1.4\n%% %s\n%%%%EOF\n"
Answers = Sequence[tuple[Outcome, str]]


class ByUnits(Checks):
    """The part of a petition's way that lies with units."""

    office: "Office"
    clerk: Staff

    def given(self, unit: str = "") -> Assignment:
        """Return the assignment of a unit, or of the lead."""
        found = Assignment.objects.standing().filter(petition_id=self.pk).select_related("unit")
        return (found.filter(unit__code=unit) if unit else found)[0]

    def person_of(self, unit: str, *, head: bool = False) -> Staff:
        people = self.office.people
        if unit == "water":
            who = people.unit_head if head else people.unit_clerk
        else:
            who = people.other_unit_clerk if unit == "agriculture" else self.clerk
        found: Staff = who
        return found

    def _by(self, given: Assignment, by: Staff | None, *, head: bool = False) -> Staff:
        return by or self.person_of(given.unit.code, head=head)

    def signed(self, unit: str = "", *, by: Staff | None = None, phone: str = PHONE) -> Self:
        given = self.given(unit)
        assignments.sign(
            assignment_id=given.pk,
            handler_name=given.handler_name,
            handler_phone=phone,
            by=self._by(given, by),
            at=self.office.later(),
        )
        return self

    def told_petitioner(self, words: str = "已收到您反映的事项，由我单位办理", *, unit: str = "") -> Self:
        given = self.given(unit)
        at = self.office.later()
        telling = Telling(told_at=at, method=TellingMethod.PHONE, words=words)
        progress.tell_petitioner(assignment_id=given.pk, telling=telling, by=self._by(given, None), at=at)
        return self

    def progressed(self, words: str, *, unit: str = "") -> Self:
        given = self.given(unit)
        by = self._by(given, None)
        progress.report_progress(assignment_id=given.pk, words=words, by=by, at=self.office.later())
        return self

    def objected(self, reasons: str, *, competent: str = "", unit: str = "", by: Staff | None = None) -> Self:
        given = self.given(unit)
        objections.raise_objection(
            assignment_id=given.pk,
            reasons=reasons,
            competent=competent,
            by=self._by(given, by),
            at=self.office.later(),
        )
        return self

    def objection(self) -> Objection:
        return Objection.objects.filter(petition_id=self.pk).order_by("-round")[0]

    def upheld(self, words: str, to: Receiver | None = None) -> Self:
        objections.uphold(
            objection_id=self.objection().pk,
            words=words,
            to=to,
            redaction_confirmed=True,
            by=self.clerk,
            at=self.office.later(),
        )
        return self

    def objection_refused(self, words: str) -> Self:
        at = self.office.later()
        objections.refuse(objection_id=self.objection().pk, words=words, by=self.clerk, at=at)
        return self

    def adjudicated(self, words: str, *, by: Staff, to: Receiver | None = None) -> Self:
        """Let a named leader decide a further objection for good."""
        objections.adjudicate(objection_id=self.objection().pk, words=words, to=to, by=by, at=self.office.later())
        return self

    def adjudicator(self, leader: Staff) -> Self:
        at = self.office.later()
        objections.name_adjudicator(objection_id=self.objection().pk, adjudicator=leader, by=self.clerk, at=at)
        return self

    def asked_for_time(self, amount: int, reason: str, *, unit: str = "") -> Self:
        given = self.given(unit)
        by, at = self._by(given, None), self.office.later()
        extensions.ask(assignment_id=given.pk, amount=amount, reason=reason, by=by, at=at)
        return self

    def extension(self) -> Extension:
        return Extension.objects.filter(assignment__petition_id=self.pk).order_by("-pk")[0]

    def given_time(self, *, by: Staff) -> Self:
        extensions.approve(extension_id=self.extension().pk, by=by, at=self.office.later())
        return self

    def told_of_extension(self, words: str) -> Self:
        at = self.office.later()
        telling = Telling(told_at=at, method=TellingMethod.PHONE, words=words)
        by = self._by(self.given(), None)
        extensions.tell_petitioner(extension_id=self.extension().pk, telling=telling, by=by, at=at)
        return self

    def uploaded(self, kind: AttachmentKind, *, by: Staff | None = None, words: str = "") -> Self:
        """Attach a scan; two kinds of the same petition never have the same content."""
        data = SCAN % f"{self.number} {kind.value} {words}".encode()
        attachments.attach(
            petition_id=self.pk,
            kind=kind,
            name=f"{kind.label}{words}.pdf",
            data=data,
            by=by or self.clerk,
            at=self.office.later(),
        )
        return self

    def proven(self, *, unit: str = "") -> Self:
        """Let the unit add its signed report, its reply and the proof that it was delivered."""
        by = self._by(self.given(unit), None)
        for kind in (AttachmentKind.REPORT, AttachmentKind.REPLY, AttachmentKind.PROOF):
            self.uploaded(kind, by=by, words=unit)
        return self

    def answers(self, outcomes: Answers = ()) -> tuple[ClaimAnswer, ...]:
        claims = list(Claim.objects.filter(petition_id=self.pk).order_by("position"))
        told = list(outcomes) or [(Outcome.SUPPORTED, f"已按诉求办理：{claim.text}") for claim in claims]
        return tuple(ClaimAnswer(claim.pk, *one) for claim, one in zip(claims, told, strict=False))

    def reported(self, outcomes: Answers = (), *, unit: str = "", by: Staff | None = None, **values: Any) -> Self:
        given = self.given(unit)
        told = {
            "facts": FACTS.format(self.row.summary),
            "basis": "《信访工作条例》第三十二条",
            "measures": "已经落实并公示",
            "handler_name": given.handler_name,
            "head_name": "" if given.unit.code == "water" else "单位负责人",
        }
        entry = ReportEntry(**{**told, **values}, answers=self.answers(outcomes))
        who = self._by(given, by, head=True)
        reports.report(assignment_id=given.pk, entry=entry, by=who, at=self.office.later())
        return self

    def shows(self, *findings: Finding, unit: str = "") -> None:
        """Say what the office is shown of the newest report before it accepts it."""
        assert {check.finding for check in checks_of_latest(self.given(unit))} == set(findings)

    def returned(self, words: str, *reasons: ReturnReason, unit: str = "") -> Self:
        given, at = self.given(unit), self.office.later()
        reports.return_report(assignment_id=given.pk, reasons=reasons, words=words, by=self.clerk, at=at)
        return self

    def verified(self, *, by: Staff | None = None, unit: str = "") -> Self:
        reports.verify(assignment_id=self.given(unit).pk, by=by or self.clerk, at=self.office.later())
        return self

    def withdrawn(self, reason: str, *, unit: str = "") -> Self:
        at = self.office.later()
        assignments.withdraw(assignment_id=self.given(unit).pk, reason=reason, by=self.clerk, at=at)
        return self

    def stands_as(self, state: AssignmentState, *, unit: str = "") -> None:
        assert AssignmentState(self.given(unit).state) is state
