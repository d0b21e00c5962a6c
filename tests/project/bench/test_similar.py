"""The bench of similar petitions and of the class suggestion: what is asked, what is counted."""

import io
from collections.abc import Iterator
from random import Random

import pytest
from django.conf import settings
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker
from rich.console import Console

from huiyin.project.bench import classes, similar
from huiyin.project.bench.letters import letters, written_again


@pytest.fixture
def console(django_db_blocker: DjangoDbBlocker) -> Iterator[Console]:
    """Give a console whose words are kept; afterwards the settings are what they were."""
    before, key = {alias: dict(connections.databases[alias]) for alias in connections}, settings.HUIYIN_INDEX_KEY
    with django_db_blocker.unblock():
        yield Console(file=io.StringIO(), width=160)
    assert {alias: dict(connections.databases[alias]) for alias in before} == before
    assert key == settings.HUIYIN_INDEX_KEY


def test_similar_petitions_are_asked_for_letters_written_again_and_for_new_ones(console):
    measured = similar.run(petitions=120, asked=20, console=console)
    assert (measured.petitions, measured.asked, measured.repeats, measured.new) == (120, 20, 10, 10)
    assert measured.right_first <= measured.right_in_five <= measured.repeats
    assert measured.right_first >= 5
    assert 0 < measured.median_ms <= measured.p95_ms <= measured.slowest_ms


def test_the_invented_letters_are_the_same_every_time_and_written_again_in_other_words():
    one, other = (list(letters(30, dice=Random(7))) for _ in range(2))
    assert one == other
    again = [written_again(letter, dice=Random(letter.matter)) for letter in one]
    assert all(new.summary != old.summary and new.matter == old.matter for new, old in zip(again, one, strict=True))
    assert 0 < sum(new.phone == old.phone for new, old in zip(again, one, strict=True)) < len(one)


def test_each_item_is_left_out_of_what_it_is_asked_by(console):
    flattering, honest = classes.run(console=console)
    assert flattering.items == honest.items == 141
    assert honest.right < flattering.right <= flattering.suggested <= 141
