"""Writers of new evidence: 转交新证据, from a repeat to the units that have the main petition."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.assignment.evidence_models import NewEvidence
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.queries.main_petitions import main_with_units
from huiyin.county.assignment.rules import assignments, dispositions, new_evidence, splits
from huiyin.county.journal import actions as journal
from huiyin.county.office.states import NotificationKind
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Attachment, Petition
from huiyin.county.registry.secrecy_models import Accused
from huiyin.county.registry.states import AttachmentKind, Confidentiality, State
from huiyin.kernel.refusal import Refusal

from .assignments import in_work
from .letters import check_receiver
from .telling import tell_unit


@transaction.atomic
def pass_on(
    *,
    petition_id: int,
    words: str,
    by: Staff,
    at: datetime,
    attachment_ids: Sequence[int] = (),
    redaction_confirmed: bool = False,
    version: int | None = None,
) -> NewEvidence:
    """转交新证据: let every unit that works on the main petition see what its repeat brought, redacted (DOMAIN §4).

    The files become files of the main petition that its units may open; the repeat keeps its own.
    """
    repeat = petitions.locked(petition_id, by=by, version=version)
    dispositions.check_may_dispose(by)
    found = main_with_units(repeat)
    if found is None:
        raise Refusal("evidence.no_unit", "本件没有正在办理的主件，不能转交新证据")
    main = petitions.locked(found.pk, by=by)
    new_evidence.check_source(
        State(repeat.state), Confidentiality(repeat.confidentiality), Confidentiality(main.confidentiality)
    )
    new_evidence.check_content(words, files=len(attachment_ids))
    assignments.check_redacted(is_confirmed=redaction_confirmed, taken_over=False)
    given = list(in_work(main).select_related("unit").order_by("pk"))
    _check_reaches_nobody_accused(repeat, main, given, words)
    files = _files_of(repeat, main, attachment_ids)
    row = NewEvidence.objects.create(
        petition=main,
        repeat=repeat,
        words=words.strip(),
        file_count=len(files),
        passed_on_at=at,
        passed_on_by=by,
    )
    for file in files:
        _show(main, file, by=by, at=at)
    for assignment in given:
        said = f"{assignment.number} 信访人再次反映时提出新的证据，请一并核实"
        kind = NotificationKind.FROM_PETITIONER
        tell_unit(f"evidence:{row.pk}:{assignment.pk}", assignment, kind=kind, words=said, at=at)
    journal.record(
        "evidence.passed_on",
        subject=row,
        petition_id=main.pk,
        by=by,
        at=at,
        repeat_id=repeat.pk,
        repeat=repeat.number,
        main=main.number,
        files=len(files),
        units=[assignment.unit.code for assignment in given],
    )
    return row


def _check_reaches_nobody_accused(repeat: Petition, main: Petition, given: Sequence[Assignment], words: str) -> None:
    """Refuse words that name an accused, and a unit that the repeat accuses (R22 §30)."""
    accused = Accused.objects.filter(petition__in=[repeat, main]).values_list("name", flat=True)
    splits.check_names_nobody_accused([words], list(accused))
    for assignment in given:
        check_receiver(repeat, assignment.unit, assignment.handler_name)


def _files_of(repeat: Petition, main: Petition, attachment_ids: Sequence[int]) -> list[Attachment]:
    asked = set(attachment_ids)
    files = list(Attachment.objects.filter(petition=repeat, pk__in=asked).order_by("pk"))
    known = Attachment.objects.filter(petition=main, sha256__in=[file.sha256 for file in files])
    new_evidence.check_files(
        asked=len(asked),
        found=len(files),
        is_kept_back=any(file.is_kept_back for file in files) or known.filter(is_kept_back=True).exists(),
        known_to_units=known.filter(is_for_unit=True).count(),
    )
    return files


def _show(main: Petition, file: Attachment, *, by: Staff, at: datetime) -> None:
    """Let the units of the main petition open a file with this content from now on."""
    row, is_new = Attachment.objects.get_or_create(
        petition=main,
        sha256=file.sha256,
        defaults={
            "kind": AttachmentKind.OTHER.value,
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "added_at": at,
            "added_by": by,
            "checked_at": file.checked_at,
            "is_intact": file.is_intact,
            "is_for_unit": True,
        },
    )
    if not is_new:
        row.is_for_unit = True
        row.save(update_fields=["is_for_unit"])
