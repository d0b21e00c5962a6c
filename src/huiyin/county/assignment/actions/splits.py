"""Writers of mixed letters: 拆分 into the claim, which goes on as an excerpt, and the sealed accusation."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.assignment.rules import dispositions, splits
from huiyin.county.assignment.rules.splits import SplitEntry
from huiyin.county.journal import actions as journal
from huiyin.county.office.models import Unit
from huiyin.county.registry import clocks, numbers, secrecy, standing
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.actions import secrecy as secrecy_actions
from huiyin.county.registry.models import Attachment, Claim, Matter, Petition
from huiyin.county.registry.secrecy_models import Accused
from huiyin.county.registry.states import Channel, Confidentiality, State
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.text import grams, normalise

TITLE_LIMIT = 200
# What the sealed part has in common with the letter it was split from.
SHARED = ("receipt", "petitioner", "channel", "year", "origin", "received_on", "content", "ruleset")
READING = ("reading_note", "read_at", "read_by", "reader_name", "read_by_leader")


@transaction.atomic
def split(
    *,
    petition_id: int,
    entry: SplitEntry,
    checked_by: Staff,
    by: Staff,
    at: datetime,
    version: int | None = None,
) -> Petition:
    """拆分: let the claim go on as an excerpt, checked against the original by a second person; seal the rest.

    This function will return the sealed part: of the same receipt, with its own number, the whole text, the scans and
    whoever stands accused. The open part keeps nothing of the accusation, and its scans stay in the office.
    """
    petition = petitions.locked(petition_id, by=by, version=version)
    dispositions.check_may_split(by)
    splits.check_splittable(
        State(petition.state), Confidentiality(petition.confidentiality), is_split_already=bool(petition.excerpt)
    )
    splits.check_split(entry)
    secrecy.check_accused(entry.accused)
    names = [*(one.name for one in entry.accused), *petition.accused.values_list("name", flat=True)]
    splits.check_names_nobody_accused(entry.texts, names)
    _check_second_reader(petition, checked_by, by=by)
    sealed = _sealed_part(petition, entry, by=by, at=at)
    _copy_files(petition, sealed, by=by, at=at)
    _write_accused(petition, sealed, entry, by=by, at=at)
    secrecy_actions.keep_away(sealed, whoever_of=petition)
    _strip(petition, entry)
    for clock in petitions.FIRST_CLOCKS[Confidentiality.SEALED]:
        clocks.start(sealed, clock, start_on=sealed.received_on, at=at)
    standing.settle(sealed, at=at)
    standing.settle(petition, at=at)
    journal.record(
        "petition.split",
        subject=petition,
        petition_id=petition.pk,
        by=by,
        at=at,
        part=sealed.number,
        part_id=sealed.pk,
        part_state=sealed.state,
        checked_by=checked_by.name,
        accused=len(entry.accused),
        state=petition.state,
    )
    return sealed


def _check_second_reader(petition: Petition, checked_by: Staff, *, by: Staff) -> None:
    """Refuse a second reader who is the first, who approves nothing, or who may not read the original."""
    splits.check_second_reader(by_id=by.pk, checker_id=checked_by.pk)
    dispositions.check_may_approve(checked_by)
    if not Petition.objects.visible_to(checked_by).filter(pk=petition.pk).exists():
        raise Refusal("split.checker_barred", "该人员不能核对本件，请另选核对人")


def _sealed_part(petition: Petition, entry: SplitEntry, *, by: Staff, at: datetime) -> Petition:
    """Write the accusation as a petition of its own, read as the letter was."""
    number = numbers.take(petitions.SERIES[Channel(petition.channel)], at=at)
    accusation = entry.accusation.strip()
    sealed = Petition(
        **{name: getattr(petition, name) for name in (*SHARED, *READING)},
        matter=Matter.objects.create(title=accusation[:TITLE_LIMIT], opened_at=at),
        number=number.text,
        series=number.series,
        number_value=number.value,
        state=(State.READ if petition.read_at else State.REGISTERED).value,
        summary=accusation,
        confidentiality=Confidentiality.SEALED.value,
        split_from=petition,
        keeper=by,
        owner_name=by.name,
        next_due_on=local_day(at),
        registered_at=at,
        registered_by=by,
    )
    sealed.year = number.year
    _make_searchable(sealed)
    sealed.save(force_insert=True)
    Claim.objects.create(petition=sealed, position=1, text=accusation)
    return sealed


def _make_searchable(petition: Petition) -> None:
    """Let a petition be found by what it says now."""
    people = petition.representatives.values_list("name", flat=True) if petition.pk else ()
    parts = [petition.number, petition.receipt.number, petition.petitioner.name, *people]
    parts += [petition.place, petition.summary, petition.content]
    petition.searchable = normalise("|".join(part for part in parts if part))
    petition.grams = grams(petition.searchable)


def _copy_files(petition: Petition, sealed: Petition, *, by: Staff, at: datetime) -> None:
    """Give the sealed part the scans; those of the open part stay in the office from now on."""
    rows = list(petition.attachments.order_by("pk"))
    Attachment.objects.bulk_create(
        Attachment(
            petition=sealed,
            kind=row.kind,
            name=row.name,
            media_type=row.media_type,
            size=row.size,
            sha256=row.sha256,
            added_at=at,
            added_by=by,
            checked_at=row.checked_at,
            is_intact=row.is_intact,
        )
        for row in rows
    )
    petition.attachments.update(is_kept_back=True, is_for_unit=False)


def _write_accused(petition: Petition, sealed: Petition, entry: SplitEntry, *, by: Staff, at: datetime) -> None:
    """Write the accused down on both parts: neither ever reaches them."""
    before = list(petition.accused.order_by("pk"))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[one.unit_code for one in entry.accused])}
    new = [
        Accused(
            petition=part,
            name=one.name.strip(),
            post=one.post.strip(),
            unit=units.get(one.unit_code),
            staff_id=one.staff_id,
            added_at=at,
            added_by=by,
        )
        for part in (petition, sealed)
        for one in entry.accused
    ]
    copied = [
        Accused(
            petition=sealed,
            name=one.name,
            post=one.post,
            unit_id=one.unit_id,
            staff_id=one.staff_id,
            added_at=at,
            added_by=by,
        )
        for one in before
    ]
    Accused.objects.bulk_create([*new, *copied])


def _strip(petition: Petition, entry: SplitEntry) -> None:
    """Leave of the open part the claim alone."""
    petition.summary, petition.excerpt = entry.summary.strip(), entry.excerpt.strip()
    petition.content, petition.reading_note = petition.excerpt, ""
    _make_searchable(petition)
    petitions.save(petition, "summary", "content", "reading_note", "excerpt", "searchable", "grams")
    if petition.matter.petitions.count() == 1:
        petition.matter.title = petition.summary[:TITLE_LIMIT]
        petition.matter.save(update_fields=["title"])
    texts = _claims_of(entry.claims, otherwise=petition.summary)
    petition.claims.all().delete()
    Claim.objects.bulk_create(
        Claim(petition=petition, position=position, text=text) for position, text in enumerate(texts, start=1)
    )


def _claims_of(claims: Sequence[str], *, otherwise: str) -> list[str]:
    return [text.strip() for text in claims if text.strip()] or [otherwise]
