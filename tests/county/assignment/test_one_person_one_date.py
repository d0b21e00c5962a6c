"""Every open petition has exactly one responsible person and one next date, whatever happens to it."""

import random
from collections.abc import Callable, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.states import ENDED, WITH_UNIT, State
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock

STEPS = 30
EXAMPLES = 20


def rows() -> dict[str, object]:
    """Everything that the office has written down."""
    models = apps.get_app_config("county").get_models()
    return {model.__name__: sorted(map(repr, model._default_manager.values_list())) for model in models}


def check_one_person_and_one_date(petition: Petition) -> None:
    """An open petition belongs to one person; its next date is the earliest clock that asks of that person."""
    state = State(petition.state)
    if state in ENDED:
        assert (petition.owner_name, petition.owner_unit, petition.next_due_on) == ("", None, None)
        return
    assert petition.owner_name
    assert (petition.owner_unit is not None) is (state in WITH_UNIT)
    running = Deadline.objects.running().filter(petition=petition, unit=petition.owner_unit)
    assert (petition.next_due_on, petition.next_clock) in set(running.values_list("due_on", "clock"))
    duties = [row for row in running if row.clock != Clock.OBJECTION.value]
    asked = [row.due_on for row in duties if row.clock != Clock.SIGN.value and not is_overtaken(row, duties)]
    if petition.next_clock == Clock.SIGN.value:
        assert petition.next_due_on is not None
        assert all(petition.next_due_on <= day for day in asked)
        assert not is_deemed_received(petition)
    else:
        assert petition.next_due_on == min(asked)


def is_overtaken(row: Deadline, duties: Sequence[Deadline]) -> bool:
    """A report that was late when the letter of oversight was written is asked for by the letter's day."""
    letters = [one.started_at for one in duties if one.clock == Clock.OVERSIGHT.value]
    results = {Clock.REPORT.value, Clock.SIMPLE_REPLY.value, Clock.RECTIFICATION.value, Clock.PROGRESS.value}
    is_result = row.clock in results
    return is_result and any(local_day(written_at) > row.due_on for written_at in letters)


def is_deemed_received(petition: Petition) -> bool:
    """Nobody is asked to sign any more what counts as received."""
    unsigned = petition.assignments.filter(unit=petition.owner_unit, signed_at=None)
    return unsigned.exclude(deemed_received_on=None).exclude(state="withdrawn").exists()


def check_all() -> None:
    for petition in Petition.objects.select_related("owner_unit"):
        check_one_person_and_one_date(petition)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(chance=st.integers(min_value=0, max_value=10**9))
def test_after_every_act_somebody_answers_until_a_day(life_of: Callable[[random.Random], Any], chance: int) -> None:
    with transaction.atomic():
        life = life_of(random.Random(chance))
        life.register()
        for _ in range(STEPS):
            before = rows()
            if not life.step():
                assert rows() == before
            check_all()
        transaction.set_rollback(True)


def test_control_a_petition_without_its_clock_is_seen(life_of: Callable[[random.Random], Any]) -> None:
    life = life_of(random.Random(3))
    life.register()
    check_all()
    Deadline.objects.all().delete()
    try:
        check_all()
    except AssertionError:
        return
    message = "a petition without a running clock went unseen"
    raise AssertionError(message)
