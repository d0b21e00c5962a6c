"""The step of a repeat whose main petition is with units: 转交新证据."""

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import new_evidence
from huiyin.county.assignment.queries.main_petitions import main_with_units
from huiyin.county.assignment.rules.dispositions import may_dispose
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality, State
from huiyin.interfaces.pages.evidence_forms import NewEvidenceForm

from .kinds import StepKind, Submitted, with_petition


def _may_pass_on(petition: Petition, by: Staff) -> bool:
    is_open = petition.confidentiality == Confidentiality.ORDINARY.value and petition.state != State.VOIDED.value
    main = main_with_units(petition) if is_open and may_dispose(by) else None
    return main is not None and Petition.objects.visible_to(by).filter(pk=main.pk).exists()


def _pass_on(sent: Submitted) -> object:
    assert isinstance(sent.form, NewEvidenceForm)
    return new_evidence.pass_on(
        petition_id=sent.petition.pk,
        words=sent.text("words"),
        attachment_ids=sent.form.attachment_ids,
        redaction_confirmed=bool(sent.values["redaction_confirmed"]),
        version=sent.version,
        by=sent.by,
        at=sent.at,
    )


STEPS: dict[str, StepKind] = {
    "evidence": StepKind(
        "转交新证据", "转交", "新证据已转交承办单位", _may_pass_on, with_petition(NewEvidenceForm), _pass_on,
        lead="本件与正在办理的信访件重复，带来的新事实、新材料转给承办单位一并核实", kind="secondary", folded=True,
    ),
}  # fmt: skip
