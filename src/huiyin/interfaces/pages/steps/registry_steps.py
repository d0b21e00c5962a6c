"""Steps of the register: 附件, 阅信接谈, 归类, 作废."""

from huiyin.accounts.models import Staff
from huiyin.county.registry.actions import attachments, classifications, petitions
from huiyin.county.registry.intake_rules import may_review
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import NEEDED_ORIGINAL, may_classify, may_read, may_register
from huiyin.county.registry.states import ENDED, MOVES, AttachmentKind, Channel, State
from huiyin.interfaces.pages import petition_forms as f
from huiyin.interfaces.pages.classify_forms import ClassifyForm, ReviewForm

from .kinds import StepKind, Submitted, in_states, person, plain, with_person, with_petition

VOIDABLE = tuple(then for then, ways in MOVES.items() if State.VOIDED in ways)


def _attach(sent: Submitted) -> object:
    scan = sent.form.cleaned_data["scan"]
    return attachments.attach(
        petition_id=sent.petition.pk,
        kind=AttachmentKind(sent.text("kind")),
        name=scan.name,
        data=scan.read(),
        by=sent.by,
        at=sent.at,
    )


def _read(sent: Submitted) -> object:
    return petitions.read(
        petition_id=sent.petition.pk,
        note=sent.text("note"),
        reader_name=sent.text("reader_name"),
        read_by_leader=bool(sent.values["read_by_leader"]),
        version=sent.version,
        by=sent.by,
        at=sent.at,
    )


def _classify(sent: Submitted) -> object:
    assert isinstance(sent.form, ClassifyForm)
    return petitions.classify(
        petition_id=sent.petition.pk,
        classification=sent.form.classification(),
        version=sent.version,
        by=sent.by,
        at=sent.at,
    )


def _review(sent: Submitted) -> object:
    assert isinstance(sent.form, ReviewForm)
    return classifications.review(
        petition_id=sent.petition.pk,
        classification=sent.form.classification(),
        version=sent.version,
        by=sent.by,
        at=sent.at,
    )


def _may_review(petition: Petition, by: Staff) -> bool:
    """Return whether this person is a second one who may still look at the classification."""
    is_open = petition.classified_at is not None and State(petition.state) not in ENDED
    is_unseen = petition.classification_reviewed_at is None and petition.classified_by_id != by.pk
    return is_open and is_unseen and may_review(by)


def _void(sent: Submitted) -> object:
    return petitions.void(
        petition_id=sent.petition.pk,
        reason=sent.text("reason"),
        approver=person(sent.text("approver")),
        by=sent.by,
        at=sent.at,
    )


def has_original(petition: Petition) -> bool:
    """Return whether the scan or record that this channel needs is there."""
    needed = NEEDED_ORIGINAL.get(Channel(petition.channel))
    return needed is None or petition.attachments.filter(kind=needed.value).exists()


def lacks_original(petition: Petition) -> bool:
    """Return whether nothing can go on before the original was uploaded."""
    return petition.state == State.REGISTERED.value and not has_original(petition)


def _may_attach(petition: Petition, by: Staff) -> bool:
    return State(petition.state) not in ENDED and may_register(by)


def _kind_needed(petition: Petition) -> dict[str, object]:
    return {"kind": NEEDED_ORIGINAL.get(Channel(petition.channel), AttachmentKind.OTHER).value}


STEPS: dict[str, StepKind] = {
    "attach": StepKind(
        "上传附件", "上传", "附件已保存", _may_attach, plain(f.AttachForm, _kind_needed), _attach,
        kind="secondary", folded=True,
    ),
    "read": StepKind(
        "阅信接谈", "记下", "已记下阅信接谈情况", in_states(State.REGISTERED, may=may_read), plain(f.ReadForm), _read
    ),
    "classify": StepKind(
        "归类", "归类", "已归类", in_states(State.READ, may=may_classify), with_petition(ClassifyForm), _classify
    ),
    "review": StepKind(
        "复核归类", "复核", "已复核归类", _may_review, with_petition(ReviewForm), _review,
        lead="归类由负责人复核，重要信访件先复核再处理；同意就直接复核，改动会另记一笔", kind="secondary",
        folded=True,
    ),
    "void": StepKind(
        "作废", "作废", "已作废，编号保留", in_states(*VOIDABLE, may=may_register), with_person(f.VoidForm), _void,
        lead="编号留在台账中，不再使用", kind="danger", confirm="作废后不能恢复。确定作废吗？", folded=True,
    ),
}  # fmt: skip
