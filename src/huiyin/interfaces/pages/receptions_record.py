"""来访接谈笔录 on paper: what is printed, read back and signed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.accounts.models import Staff
from huiyin.county.reception.models import Reception
from huiyin.county.reception.rules import DESK
from huiyin.interfaces.components.petitions import Fact, Facts, PrintHeader
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel import tenant

from .access import needs, staff_of
from .receptions_party import RecordLineShown, found


@needs(DESK)
@require_safe
def record(request: HttpRequest, reception_id: int) -> HttpResponse:
    """来访接谈笔录 on paper: to be read back and signed."""
    row = found(request, reception_id)
    return render(request, "reception_record.html", {"screen": _screen_of_record(row, staff_of(request))})


@dataclass(frozen=True, slots=True)
class RecordScreen:
    """The record as it is printed."""

    print_header: PrintHeader
    facts: Facts
    lines: tuple[RecordLineShown, ...]
    promised: str
    back_href: str


def _screen_of_record(row: Reception, by: Staff) -> RecordScreen:
    facts = Facts(
        items=(
            Fact(label="时间", value=moment_words(row.called_at or row.signed_in_at)),
            Fact(label="地点", value=row.day.place),
            Fact(label="接谈人", value=row.day.leader_name),
            Fact(label="记录人", value=row.interviewed_by.name if row.interviewed_by else by.name),
            Fact(label="来访人", value=row.name),
            Fact(label="人数", value=f"{row.head_count}人"),
            Fact(label="代表", value="、".join(row.representatives)),
        )
    )
    return RecordScreen(
        print_header=PrintHeader(
            office=tenant.current().name, title="来访接谈笔录", printed_by=by.name, printed_at=timezone.now()
        ),
        facts=facts,
        lines=tuple(RecordLineShown(line.question, line.answer) for line in row.lines.order_by("position")),
        promised=row.promised,
        back_href=reverse("reception", args=[row.pk]),
    )
