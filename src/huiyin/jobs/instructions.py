"""Jobs about leaders' instructions."""

from datetime import datetime

import dramatiq

from huiyin.county.office import notifications
from huiyin.county.office.states import NotificationKind
from huiyin.county.reception import queries
from huiyin.county.reception.actions.instructions import address_of
from huiyin.county.registry.models import Petition
from huiyin.kernel.refusal import Refusal


@dramatiq.actor(actor_name="instructions.remind", throws=Refusal)
def remind(*, county: str, at: str, **_later: object) -> None:
    """提醒落实批示: tell the keeper, once, of an instruction that three working days have not seen carried out."""
    del county
    moment = datetime.fromisoformat(at)
    for row in queries.waiting_too_long(at=moment):
        keeper = row.petition.keeper
        notifications.notify(
            key=f"instruction.waiting:{row.pk}",
            to=[keeper] if Petition.objects.visible_to(keeper).filter(pk=row.petition_id).exists() else [],
            kind=NotificationKind.INSTRUCTION,
            words=f"{row.leader_name}对信访件 {row.petition.number} 的批示（{row.number}）三个工作日尚未落实",
            at=moment,
            petition_id=row.petition_id,
            href=address_of(row),
        )
