"""Writers of the leading group: 任职, 任期结束. The history stays."""

from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import rules
from huiyin.county.office.models import GROUP_HEAD, LeadingGroupMember
from huiyin.county.office.rules import Term
from huiyin.kernel.refusal import Refusal


@transaction.atomic
def add(*, title: str, term: Term, by: Staff, at: datetime) -> LeadingGroupMember:
    """任职: write down a member with duty and term; there is one 组长 at a time."""
    rules.check_may_keep_office(by)
    rules.check_filled(("姓名", term.name), ("职务", title), ("组内职责", term.duty))
    rules.check_term(term, _terms(), only_one=GROUP_HEAD)
    member = LeadingGroupMember.objects.create(
        name=term.name, title=title, duty=term.duty, from_on=term.from_on, until_on=term.until_on
    )
    journal.record(
        "leading_group.joined",
        subject=member,
        by=by,
        at=at,
        name=member.name,
        duty=member.duty,
        from_on=member.from_on,
        fields={
            "name": member.name,
            "title": title,
            "duty": member.duty,
            "from_on": member.from_on,
            "until_on": member.until_on,
        },
    )
    return member


@transaction.atomic
def end(*, member_id: int, until_on: date, by: Staff, at: datetime) -> LeadingGroupMember:
    """任期结束: write down the last day of a term; the row stays."""
    rules.check_may_keep_office(by)
    member = LeadingGroupMember.objects.select_for_update().filter(pk=member_id).first()
    if member is None:
        raise Refusal("leading_group.unknown", "没有这位成员")
    before = member.until_on
    if before == until_on:
        raise Refusal("office.unchanged", "没有改动，不需要保存")
    rules.check_term(
        Term(member.name, member.duty, member.from_on, until_on), _terms(besides=member.pk), only_one=GROUP_HEAD
    )
    member.until_on = until_on
    member.save(update_fields=["until_on"])
    journal.record(
        "leading_group.left",
        subject=member,
        by=by,
        at=at,
        name=member.name,
        duty=member.duty,
        until_on=until_on,
        before={"until_on": before},
        fields={"until_on": until_on},
    )
    return member


def _terms(*, besides: int = 0) -> list[Term]:
    """Return every other term; against two written at the same moment stands the database's own constraint."""
    rows = LeadingGroupMember.objects.exclude(pk=besides).order_by("pk")
    return [Term(row.name, row.duty, row.from_on, row.until_on) for row in rows]
