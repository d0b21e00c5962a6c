"""The living year: the office of today, told by the acts that lead to it, each at its own moment and in their order."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction

from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions.petitions import CODE_ALPHABET, CODE_LENGTH
from huiyin.county.registry.models import Petition
from huiyin.county.registry.query_codes import key_of_code
from huiyin.county.registry.receipt_models import Receipt
from huiyin.documents import writing
from huiyin.platform.calendar.queries import held, working_calendar
from huiyin.project.demo import affairs
from huiyin.project.demo.acts import Way
from huiyin.project.demo.cast import Cast
from huiyin.project.demo.days import Days
from huiyin.project.demo.items import YEAR
from huiyin.project.demo.office import Office
from huiyin.project.demo.progress import Follow
from huiyin.project.demo.stories import FOLLOWED, Story, stories


@dataclass(frozen=True, slots=True)
class Planned:
    """One act with the moment at which it is done."""

    moment: datetime
    act: Callable[[datetime], object]


@transaction.atomic
def tell(*, office: Office, now: datetime, secret: str, follow: Follow) -> int:
    """Tell the living year in the office entered, unless it was told already; return how many acts it took."""
    if Receipt.objects.filter(received_on__gt=date(YEAR, 12, 31)).exists():
        return 0
    cast, days = Cast.of_office(), Days.seen_at(now, working_calendar())
    acts = [Planned(moment, act) for moment, act in affairs.past_records(cast)]
    acts += _planned(office, cast, days, secret)
    acts.sort(key=lambda one: one.moment)
    written = last_entry()
    with held():
        for done, one in enumerate(acts, start=1):
            one.act(one.moment)
            written = write_papers(written, at=one.moment)
            follow(done, len(acts))
    return len(acts)


def _planned(office: Office, cast: Cast, days: Days, secret: str) -> list[Planned]:
    """Return every act of every story, each of the petition that its story tells of."""
    ways: dict[str, Way] = {}
    acts = []
    for position, story in enumerate(stories(), start=1):
        code = query_code(secret) if story.key == FOLLOWED else ""
        way = Way(position, story.matter.told_in(office), cast, days, others=ways, query_code=code)
        ways[story.key] = way
        acts += _acts_of(story, way)
    return acts


def _acts_of(story: Story, way: Way) -> list[Planned]:
    return [Planned(way.days.moment(step.back, step.at), partial(step.act, way)) for step in story.steps]


def query_code(secret: str) -> str:
    """Return the code by which the petitioner of one petition asks: the same one whenever it is asked for."""
    digest = hashlib.sha256(f"huiyin.demo.query-code:{secret}".encode()).digest()
    return "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in digest[:CODE_LENGTH])


def followed(secret: str) -> Petition | None:
    """Return the petition whose petitioner can ask with that code; None in an office where nothing was told."""
    return Petition.objects.filter(query_code_key=key_of_code(query_code(secret))).select_related("petitioner").first()


def last_entry() -> int:
    """Return the number of the newest journal entry of the office entered."""
    return Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0


def write_papers(since: int, *, at: datetime) -> int:
    """制作文书: write at once, under its own day, what the worker writes after an act; return the last entry seen.

    The worker, which is told of the same acts, finds the papers there.
    """
    for entry in Entry.objects.filter(number__gt=since).order_by("number"):
        writing.write_after(entry, at=at)
    return last_entry()
