"""指标 by API: the same numbers as on the page, with part and whole, for those who may see them."""

from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.registry.states import Confidentiality, State
from huiyin.kernel.calendar import local_day
from huiyin.platform.statistics.indicators import INDICATORS

from .route_rows import good

YEAR = local_day(timezone.now()).year
SPAN = {"first": f"{YEAR}-01-01", "last": f"{YEAR}-12-31"}


def test_all_numbers_of_a_year_with_their_definitions(program: Any, people: Any, a_petition: Any) -> None:
    a_petition(State.CLOSED)
    a_petition(State.READ)
    answer = good(program(people.auditor).get("/analysis/indicators", **SPAN))
    found = {one["indicator"]["code"]: one for one in answer["numbers"]}
    assert list(found) == list(INDICATORS)
    assert found["M4"]["now"] == {"part": 1, "whole": 2, "percent": "50.00%"}
    assert found["M4"]["before"] == {"part": 0, "whole": 0, "percent": "—"}
    assert found["M4"]["indicator"]["sentence"] == INDICATORS["M4"].sentence
    assert found["effects"]["indicator"]["dimensions"] == []
    assert answer["before_last"] == f"{YEAR - 1}-12-31"


def test_one_number_divided_by_unit(program: Any, people: Any, a_petition: Any) -> None:
    a_petition(State.IN_PROGRESS)
    a_petition(confidentiality=Confidentiality.SEALED, summary="举报高站长虚报冒领")
    answer = good(program(people.clerk).get("/analysis/indicators/M3a", by="unit", **SPAN))
    assert [(one["key"], one["label"], one["now"]["part"], one["now"]["whole"]) for one in answer["divisions"]] == [
        ("water", "县水务局", 1, 1),
        ("sealed", "检举控告件、密件（不分列）", 0, 1),
    ]
    assert answer["total"]["now"] == {"part": 1, "whole": 2, "percent": "50.00%"}


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/analysis/indicators/effects", SPAN, 409),
        ("/analysis/indicators/nothing", SPAN, 409),
        ("/analysis/indicators", {"first": "2026-02-01", "last": "2026-01-01"}, 409),
        ("/analysis/indicators", {}, 422),
        ("/analysis/indicators", SPAN | {"channels": "pigeon"}, 422),
        ("/analysis/indicators/M1", SPAN | {"by": "colour"}, 422),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(
    path: str, query: dict[str, str], status: int, program: Any, people: Any
) -> None:
    answer = program(people.clerk).get(path, **query)
    assert answer.status_code == status
    assert answer.json()["words"]


@pytest.mark.parametrize("name", ["mail_room", "administrator", "unit_clerk", "unit_head"])
def test_others_are_not_shown_the_numbers(name: str, program: Any, people: Any) -> None:
    for path in ("/analysis/indicators", "/analysis/indicators/M1"):
        assert program(getattr(people, name)).get(path, **SPAN).status_code == 403
