"""How often the class suggestion is right on the demonstration's year, each item left out of what it is asked by.

The year is invented from a few sentences to a topic, so that an item left out has near-copies among the others: the
first figure flatters. The second leaves out every text that is much like the asked one too, and tells more of letters
in words that the office has not read before. Neither is a figure for a real office.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from huiyin.county.registry.class_model import Model, train
from huiyin.kernel.text import meaningful_pairs, similarity
from huiyin.project.bench.ledger import UNITS
from huiyin.project.demo.items import YEAR, items_of_the_year
from huiyin.project.demo.office import Office

NEAR = 0.5


@dataclass(frozen=True, slots=True)
class Measured:
    """How often the suggestion was right, and what was left out of what it had learned."""

    left_out: str
    right: int
    suggested: int
    items: int
    mean_certainty: float


def run(*, console: Console | None = None) -> list[Measured]:
    """Ask for the class of each item of the year, print the table and return its figures."""
    office = Office(
        slug="bench", units=UNITS, places=("松林镇上松村", "柳溪镇上湾村"), leaders=("秦岳",), registrars=("马会计",)
    )
    decisions = [(item.category, item.summary) for item in items_of_the_year(office, seed=YEAR)]
    measured = [
        _measure("itself", decisions, near=1.1),
        _measure(f"itself and whatever is {NEAR:.0%} alike", decisions, near=NEAR),
    ]
    table = Table(title=f"{len(decisions)} invented items in {len(dict(decisions))} classes")
    for head in ("left out", "right", "suggested", "items", "mean certainty"):
        table.add_column(head, justify="left" if head == "left out" else "right")
    for one in measured:
        table.add_row(
            one.left_out, str(one.right), str(one.suggested), str(one.items), f"{100 * one.mean_certainty:.0f} %"
        )
    (console or Console()).print(table)
    return measured


def _measure(left_out: str, decisions: Sequence[tuple[str, str]], *, near: float) -> Measured:
    guesses = [
        (code, _without(decisions, position, near=near).suggest(text))
        for position, (code, text) in enumerate(decisions)
    ]
    made = [(code, guess) for code, guess in guesses if guess is not None]
    return Measured(
        left_out=left_out,
        right=sum(guess.code == code for code, guess in made),
        suggested=len(made),
        items=len(decisions),
        mean_certainty=sum(guess.certainty for _, guess in made) / len(made) if made else 0.0,
    )


def _without(decisions: Sequence[tuple[str, str]], position: int, *, near: float) -> Model:
    """Return what is learned without one decision and without its near-copies."""
    text = decisions[position][1]
    others = (one for place, one in enumerate(decisions) if place != position)
    return train(one for one in others if similarity(text, one[1]) < near or not meaningful_pairs(one[1]))
