"""Jobs of oversight: warnings in working hours, the reminder that a repeat is, answers to recommendations."""

from datetime import datetime

import dramatiq
from django.db import transaction

from huiyin.county.journal.models import Entry
from huiyin.county.oversight import answers, warnings
from huiyin.county.oversight.actions import steps as actions
from huiyin.kernel.refusal import Refusal

from . import inbox

BOARD = "/board/"
ASSIGNMENTS = "/assignments/"
RECOMMENDATIONS = "/recommendations/"


@dramatiq.actor(actor_name="oversight.warn", throws=Refusal)
def warn(*, county: str, at: str, **_later: object) -> None:
    """预警: tell everybody, in one message each, of the clocks that came near."""
    del county
    with transaction.atomic():
        warnings.warn(at=datetime.fromisoformat(at), office_href=BOARD, unit_href=ASSIGNMENTS)


@dramatiq.actor(actor_name="oversight.remind", throws=Refusal)
def remind(*, county: str, key: str, at: str, entry_id: int, **_later: object) -> None:
    """催办: a repeat reminds the units that still owe the main petition's report."""
    del county
    moment = datetime.fromisoformat(at)
    with transaction.atomic():
        if not inbox.is_first(key, at=moment):
            return
        actions.remind_of_repeat(repeat_id=Entry.objects.get(pk=entry_id).values["repeat_id"], at=moment)


@dramatiq.actor(actor_name="oversight.remind_of_answers", throws=Refusal)
def remind_of_answers(*, county: str, at: str, **_later: object) -> None:
    """提醒反馈: tell units of recommendations whose day comes near or is over."""
    del county
    with transaction.atomic():
        answers.remind(at=datetime.fromisoformat(at), place=RECOMMENDATIONS)
