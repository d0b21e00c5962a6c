"""One petition and what the office does with it, each act a minute after the one before."""

from typing import TYPE_CHECKING, Any, Self

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import dispositions, proposals, splits
from huiyin.county.assignment.models import Proposal
from huiyin.county.assignment.rules.dispositions import Ending, Giving
from huiyin.county.assignment.rules.splits import SplitEntry
from huiyin.county.assignment.states import DispatchMethod, DispositionKind
from huiyin.county.oversight.actions import steps as oversight
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import Level, Trigger
from huiyin.county.reception.actions import instructions
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.rules import Wish
from huiyin.county.reception.states import PutReason
from huiyin.county.registry.actions import classifications, petitions, secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import AttachmentKind, Channel, Purpose, Recurrence
from huiyin.county.reply.actions import archives, evaluations, replies
from huiyin.county.reply.models import ReopenRequest, Reply
from huiyin.county.reply.states import Method, ReopenGround, ReplyKind, Retention, Satisfaction

from .by_units import ByUnits

if TYPE_CHECKING:
    from .office import Office

BASIS = "《信访工作条例》第二十三条"
HANDLERS = {"water": "何立群", "agriculture": "田有禾", "songlin": "镇信访专干赵青", "legal_committee": "法制委孙直"}


class Course(ByUnits):
    """A petition that is followed from its registration to its end."""

    def __init__(self, office: "Office", petition: Petition, code: str, *, by: Staff) -> None:
        self.office, self.pk, self.number, self.code, self.clerk = office, petition.pk, petition.number, code, by
        self.channel = Channel(petition.channel)

    def _who(self, by: Staff | None) -> dict[str, Any]:
        """Return whom and what an act names: this petition, somebody, the next minute."""
        return {"petition_id": self.pk, "by": by or self.clerk, "at": self.office.later()}

    # 分别受理、综合分析.

    def scanned(self) -> Self:
        is_visit = self.row.channel == Channel.WALK_IN.value
        return self.uploaded(AttachmentKind.RECORD if is_visit else AttachmentKind.ORIGINAL)

    def read(self, note: str = "已阅，拟交有关单位办理", *, by: Staff | None = None, **values: Any) -> Self:
        petitions.read(note=note, **values, **self._who(by))
        return self

    def classified(
        self,
        path: str = "农村农业/水利水电",
        code: str = "0110",
        *,
        purpose: Purpose = Purpose.CLAIM,
        recurrence: Recurrence = Recurrence.FIRST,
        **values: Any,
    ) -> Self:
        decided = Classification(purpose, code, path, recurrence, **values)
        petitions.classify(classification=decided, **self._who(None))
        return self

    def reviewed(self, by: Staff) -> Self:
        classifications.review(**self._who(by))
        return self

    # 统一交办.

    def assigned(
        self, unit: str, *, kind: DispositionKind = DispositionKind.ASSIGNMENT, by: Staff | None = None, **values: Any
    ) -> Self:
        told = {"handler_name": HANDLERS.get(unit, "值班人员"), "basis": BASIS, "redaction_confirmed": True}
        dispositions.assign(kind=kind, unit_code=unit, **{**told, **values}, **self._who(by))
        return self

    def referred(self, unit: str, **values: Any) -> Self:
        return self.assigned(unit, kind=DispositionKind.REFERRAL, **values)

    def kept_in_house(self, unit: str = "legal_committee", **values: Any) -> Self:
        return self.assigned(unit, kind=DispositionKind.INTERNAL, **values)

    def proposed(self, kind: DispositionKind, what: Giving | Ending) -> Self:
        proposals.propose(kind=kind, what=what, **self._who(None))
        return self

    def proposed_to(self, unit: str, reason: str, **values: Any) -> Self:
        """Propose to give it to a unit."""
        told = {"handler_name": HANDLERS.get(unit, "值班人员"), "basis": BASIS, "redaction_confirmed": True}
        return self.proposed(DispositionKind.ASSIGNMENT, Giving(unit, reason=reason, **{**told, **values}))

    def proposed_sealed(self, unit: str, reason: str) -> Self:
        """Propose to send it on sealed."""
        what = Giving(unit, "案管室", reason=reason, basis=BASIS, sent_by=DispatchMethod.CONFIDENTIAL)
        return self.proposed(DispositionKind.SEALED_TRANSFER, what)

    def proposal(self) -> Proposal:
        return Proposal.objects.filter(petition_id=self.pk).order_by("-pk")[0]

    def approved(self, by: Staff, words: str = "同意") -> Self:
        proposals.approve(proposal_id=self.proposal().pk, words=words, by=by, at=self.office.later())
        return self

    def sent_back(self, by: Staff, words: str) -> Self:
        proposals.send_back(proposal_id=self.proposal().pk, words=words, by=by, at=self.office.later())
        return self

    def decided(self, kind: DispositionKind, reason: str, *, approver: Staff | None = None, **values: Any) -> Self:
        """End it here, with basis and a second person."""
        second = approver or self.office.people.head
        told = {"basis": BASIS, **values}
        dispositions.decide_here(kind=kind, reason=reason, approver=second, **told, **self._who(None))
        return self

    def guided(self, organ: str, procedure: str, reason: str, **values: Any) -> Self:
        return self.decided(DispositionKind.GUIDANCE, reason, competent_organ=organ, procedure=procedure, **values)

    def merged_into(self, main: "Course", reason: str = "同一人同一事项，主件正在办理") -> Self:
        return self.decided(DispositionKind.MERGED, reason, merged_into_id=main.pk)

    def transferred(self, unit: str = "supervision", *, handler: str = "案管室", **values: Any) -> Self:
        who = self._who(self.office.people.restricted)
        seconds = (self.office.people.head, self.office.people.group_head)
        second = next(one for one in seconds if Petition.objects.listed_for(one).filter(pk=self.pk).exists())
        told = {"approver": second, "basis": BASIS, **values}
        dispositions.transfer_sealed(unit_code=unit, handler_name=handler, **told, **who)
        return self

    # Leaders.

    def put_before(self, leader: Staff, reason: PutReason) -> Self:
        instructions.put(leader=leader, reason=reason, **self._who(None))
        return self

    def instruction(self) -> Instruction:
        return Instruction.objects.filter(petition_id=self.pk).order_by("-pk")[0]

    def instructed(self, by: Staff, wish: Wish) -> Self:
        instructions.write(instruction_id=self.instruction().pk, wish=wish, by=by, at=self.office.later())
        return self

    def carried_out(self) -> Self:
        instructions.carry_out(
            instruction_id=self.instruction().pk, assignment_id=self.given().pk, by=self.clerk, at=self.office.later()
        )
        return self

    # Secrecy.

    def sealed(self, *accused: AccusedEntry, named_leader: Staff | None = None, by: Staff | None = None) -> Self:
        keeper = self.office.people.restricted
        secrecy.seal(accused=accused, keeper=keeper, named_leader=named_leader, **self._who(by))
        self.clerk = keeper
        return self

    def accuses(self, *accused: AccusedEntry) -> Self:
        secrecy.accuse(accused=accused, **self._who(None))
        return self

    def recused(self, person: Staff, reason: str, *, keeper: Staff | None = None) -> Self:
        secrecy.recuse(staff=person, reason=reason, keeper=keeper, **self._who(None))
        return self

    def split(self, entry: SplitEntry) -> "Course":
        """Split the accusation off, and return it as the petition that it has become."""
        officer = self.office.people.restricted
        part = splits.split(entry=entry, checked_by=self.office.people.head, **self._who(officer))
        return Course(self.office, part, "", by=officer)

    # 严格督查.

    def overseen(
        self,
        level: Level,
        words: str,
        *,
        trigger: Trigger = Trigger.OVERDUE,
        approver: Staff | None = None,
        **values: Any,
    ) -> Self:
        entry = OversightEntry(level, trigger, words, **values)
        oversight.issue(
            assignment_id=self.given().pk, entry=entry, approver=approver, by=self.clerk, at=self.office.later()
        )
        return self

    def steps(self) -> list[Oversight]:
        return list(Oversight.objects.filter(petition_id=self.pk).order_by("pk"))

    def concluded(self, outcome: str) -> Self:
        for step in self.steps():
            if step.concluded_at is None:
                oversight.conclude(oversight_id=step.pk, outcome=outcome, by=self.clerk, at=self.office.later())
        return self

    # 定期反馈.

    def answered(self, text: str, kind: ReplyKind = ReplyKind.OUTCOME) -> Self:
        replies.reply(kind=kind, text=text, **self._who(None))
        return self

    def reply(self) -> Reply:
        return Reply.objects.filter(petition_id=self.pk).order_by("-pk")[0]

    def delivered(self, proof: str = "挂号信XA00000001，本人签收", method: Method = Method.POST) -> Self:
        at = self.office.later()
        replies.deliver(reply_id=self.reply().pk, method=method, delivered_at=at, proof=proof, by=self.clerk, at=at)
        return self

    def closed(self, by: Staff | None = None) -> Self:
        replies.close(**self._who(by))
        return self

    def evaluated(self, satisfaction: Satisfaction, reason: str = "") -> Self:
        evaluations.evaluate(satisfaction=satisfaction, reason=reason, **self._who(None))
        return self

    def asked_again(self, ground: ReopenGround, words: str) -> Self:
        evaluations.ask_reopening(ground=ground, words=words, **self._who(None))
        return self

    def reopening(self) -> ReopenRequest:
        return ReopenRequest.objects.filter(petition_id=self.pk).order_by("-pk")[0]

    def reopened(self, decision: str) -> "Course":
        """Take the matter up again, and return the petition that it has become."""
        request = evaluations.agree_to_reopen(
            request_id=self.reopening().pk, decision=decision, by=self.clerk, at=self.office.later()
        )
        assert request.reopened_as is not None
        return Course(self.office, request.reopened_as, "", by=self.clerk)

    def reopening_refused(self, decision: str) -> Self:
        at = self.office.later()
        evaluations.refuse_to_reopen(request_id=self.reopening().pk, decision=decision, by=self.clerk, at=at)
        return self

    def archived(self, file_number: str, pages: int) -> Self:
        archives.archive(file_number=file_number, retention=Retention.TEN_YEARS, pages=pages, **self._who(None))
        return self

    def voided(self, reason: str, approver: Staff) -> Self:
        petitions.void(reason=reason, approver=approver, **self._who(None))
        return self

    # What several stories do in one go.

    def settled(self, text: str, *, by: Staff | None = None, kind: ReplyKind = ReplyKind.OUTCOME) -> Self:
        """Answer, deliver by registered letter, and close."""
        return self.answered(text, kind).delivered().closed(by)
