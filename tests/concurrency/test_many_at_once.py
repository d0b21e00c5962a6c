"""Eight clerks at once: numbers without gaps, forms that count once, edits of which one wins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal.models import Entry
from huiyin.county.journal.queries import chain
from huiyin.county.registry.actions import petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Counter, Receipt
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import Channel, State
from huiyin.interfaces import submissions
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import Tenant, entered

THREADS = 8
EACH = 6
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
LETTER = Registration(summary="反映上松村断水", name="马长根")


class TakenBackError(Exception):
    """The clerk's transaction that is taken back on purpose."""


def clerk() -> Staff:
    return Staff.objects.get(username="ma")


def a_receipt() -> Receipt:
    return receipts.take_receipt(channel=Channel.PHONE, received_on=local_day(AT), by=clerk(), at=AT)


def a_petition() -> Petition:
    return petitions.register(receipt_id=a_receipt().pk, registration=LETTER, by=clerk(), at=AT).petition


def at_once(county: Tenant, act: Callable[[int], Any]) -> list[Any]:
    """Carry an act out in every thread at the same moment, in the county; a refusal is returned."""
    barrier = Barrier(THREADS)

    def one(index: int) -> Any:
        try:
            with entered(county):
                barrier.wait(timeout=60)
                return act(index)
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_numbers_have_no_gap_whatever_is_taken_back(committed_county: Tenant) -> None:
    def registers(index: int) -> None:
        for turn in range(EACH):
            try:
                with transaction.atomic():
                    a_petition()
                    if (index + turn) % 3 == 0:
                        raise TakenBackError
            except TakenBackError:
                continue

    at_once(committed_county, registers)
    with entered(committed_county):
        kept = sum((index + turn) % 3 != 0 for index in range(THREADS) for turn in range(EACH))
        for rows in (Petition.objects.all(), Receipt.objects.all()):
            assert sorted(rows.values_list("number_value", flat=True)) == list(range(1, kept + 1))
        assert set(Counter.objects.values_list("value", flat=True)) == {kept}
        assert Entry.objects.count() == 2 * kept
        assert chain().holds


def test_a_sequence_of_the_database_would_leave_gaps(committed_county: Tenant) -> None:
    """The control: the ids, which a sequence gives, do have the gaps that the numbers must not have."""
    with entered(committed_county):
        for turn in range(4):
            try:
                with transaction.atomic():
                    a_petition()
                    if turn == 1:
                        raise TakenBackError
            except TakenBackError:
                continue
        ids = sorted(Petition.objects.values_list("pk", flat=True))
        assert ids[-1] - ids[0] + 1 > len(ids) == 3


def test_the_same_form_from_eight_threads_is_one_petition(committed_county: Tenant) -> None:
    with entered(committed_county):
        receipt = a_receipt()
    key, runs = "the-same-form-000001", count(1)

    def sends(index: int) -> dict[str, str | int | None]:
        del index

        def act() -> dict[str, str | int | None]:
            next(runs)
            done = petitions.register(receipt_id=receipt.pk, registration=LETTER, by=clerk(), at=AT)
            return {"id": done.petition.pk, "number": done.petition.number}

        return submissions.once(key=key, sent=["register", receipt.pk], at=AT, act=act)

    answers = at_once(committed_county, sends)
    with entered(committed_county):
        petition = Petition.objects.get()
    assert answers == [{"id": petition.pk, "number": petition.number}] * THREADS
    assert next(runs) == 2, "the act ran once"


def test_other_keys_are_other_petitions(committed_county: Tenant) -> None:
    def sends(index: int) -> object:
        return submissions.once(
            key=f"another-form-{index:06d}", sent=index, at=AT, act=lambda: {"number": a_petition().number}
        )["number"]

    assert len(set(at_once(committed_county, sends))) == THREADS


@pytest.mark.parametrize("told", [True, False])
def test_of_edits_of_one_version_exactly_one_wins(told: bool, committed_county: Tenant) -> None:
    with entered(committed_county):
        petition = a_petition()

    def edits(index: int) -> int:
        version = petition.version if told else None
        return petitions.read(
            petition_id=petition.pk, note=f"阅信意见{index}", version=version, by=clerk(), at=AT
        ).version

    answers = at_once(committed_county, edits)
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(refused) == THREADS - 1
    assert {refusal.code for refusal in refused} == {"petition.edited_meanwhile" if told else "petition.bad_move"}
    with entered(committed_county):
        petition.refresh_from_db()
        won = next(index for index, answer in enumerate(answers) if not isinstance(answer, Refusal))
        assert (petition.version, petition.reading_note) == (2, f"阅信意见{won}")
        assert Entry.objects.filter(event="petition.read").count() == 1


def test_a_void_keeps_its_number(committed_county: Tenant) -> None:
    with entered(committed_county):
        petition = a_petition()
        head = Staff.objects.get(username="wang")

    def voids_or_registers(index: int) -> str:
        if index % 2:
            return a_petition().number
        return petitions.void(petition_id=petition.pk, reason="误登", approver=head, by=clerk(), at=AT).number

    answers = at_once(committed_county, voids_or_registers)
    assert sum(answer == petition.number for answer in answers) == 1
    with entered(committed_county):
        voided = Petition.objects.get(state=State.VOIDED.value)
        assert voided.number == petition.number
        values = sorted(Petition.objects.values_list("number_value", flat=True))
        assert values == list(range(1, THREADS // 2 + 2))
