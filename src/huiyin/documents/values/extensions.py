"""延期告知书: that more time was approved, by whom, on what basis, and until when (R22 §34)."""

from huiyin.county.assignment.unit_models import Extension
from huiyin.documents.sheets import Form, Paper, Sheet, Text
from huiyin.kernel.calendar import show_day
from huiyin.kernel.clocks import TimeUnit

from .letterhead import called, day_of, sentence
from .notices import opening


def extension_notice(extension: Extension) -> Paper:
    """Return the notice with which the unit tells the petitioner of the new day and why."""
    assignment = extension.assignment
    petition = assignment.petition
    assert extension.due_on_after is not None
    assert extension.decided_at is not None
    length = f"{extension.amount}{TimeUnit(extension.time_unit).label}"
    sheet = Sheet(
        form=Form.LETTER,
        organ=assignment.unit.name,
        title="信访事项延期办理告知书",
        addressee=called(petition),
        blocks=(
            Text(opening(petition)),
            Text(
                f"该事项由我单位办理，原定办理期限至{show_day(extension.due_on_before)}。"
                + sentence(f"因{extension.reason.removeprefix('因')}")
            ),
            Text(
                f"根据{extension.basis}，经{extension.approver_name}批准，延长办理期限{length}，"
                f"至{show_day(extension.due_on_after)}。"
            ),
            Text("特此告知。"),
        ),
        signer=assignment.unit.name,
        signed_on=day_of(extension.decided_at),
        after=(
            f"联系人：{assignment.handler_name}"
            + (f"；联系电话：{assignment.handler_phone}" if assignment.handler_phone else ""),
        ),
    )
    return Paper(sheets=(sheet,))
