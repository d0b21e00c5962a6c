"""分项: cells come in only if they add up, and a county neither reads nor changes another's."""

import pytest

from huiyin.county.registry.states import Purpose
from huiyin.kernel.periods import month
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import entered
from huiyin.platform.statistics.breakdowns import DIVISIONS, Kind, ReportedPurpose
from huiyin.platform.statistics.models import Cell, Submission

from .conftest import cell, figure, moment, pushed

MARCH = month("2026-03")
AT = moment(4, 3)
FIGURES = [figure(3, 5, "first_matters"), figure(1, 1, "first_matters", "walk_in"), figure(4, 4)]
CELLS = [
    cell(2, 3, purpose="claim", category="01"),
    cell(1, 2, purpose="", category=""),
    cell(1, 1, purpose="claim", category="01", channel="walk_in"),
]


def test_cells_come_in_with_the_figures_they_add_up_to(county):
    submission = pushed(county, MARCH, FIGURES, cells=CELLS, at=AT)
    rows = Cell.objects.filter(submission_key=submission.key).order_by("channel", "category")
    assert [(row.county, row.channel, row.purpose, row.category, row.part, row.whole) for row in rows] == [
        ("qinglan", "letter", "", "", 1, 2),
        ("qinglan", "letter", "claim", "01", 2, 3),
        ("qinglan", "walk_in", "claim", "01", 1, 1),
    ]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (CELLS[1:], "statistics.cells_do_not_add_up"),
        (CELLS[:2], "statistics.cells_do_not_add_up"),  # the walk-ins are not divided
        ([*CELLS, cell(0, 0, channel="web")], "statistics.cells_without_figure"),
        ([*CELLS, CELLS[0]], "statistics.cell_twice"),
        ([cell(3, 5, category="77")], "statistics.unknown_class"),
        ([cell(3, 5, category="0101")], "statistics.unknown_class"),  # the first level only
        ([cell(3, 5, purpose="water")], "statistics.unknown_class"),
        ([cell(5, 3)], "statistics.bad_part"),
        ([cell(3, 5) | {"name": "马长根"}], "statistics.bad_cell"),
        ([cell(3, 5) | {"purpose": None}], "statistics.bad_cell"),
        ([cell("3", 5)], "statistics.bad_figure"),
    ],
)
def test_other_cells_are_refused_and_nothing_of_the_submission_stays(county, cells, code):
    with pytest.raises(Refusal) as why:
        pushed(county, MARCH, FIGURES, cells=cells, at=AT)
    assert why.value.code == code
    assert not Submission.objects.exists()


def test_a_county_reads_its_own_cells_and_the_province_all(county, other_county, province):
    for one in (county, other_county):
        pushed(one, MARCH, FIGURES, cells=CELLS, at=AT)
    seen = {}
    for one in (county, other_county, province):
        with entered(one):
            seen[one.schema] = set(Cell.objects.values_list("county", flat=True))
    assert seen == {"qinglan": {"qinglan"}, "baiyun": {"baiyun"}, "province": {"qinglan", "baiyun"}}


def test_the_purposes_of_the_province_are_those_of_the_register():
    assert dict(ReportedPurpose.choices()) == dict(Purpose.choices())


@pytest.mark.parametrize("kind", list(Kind))
def test_every_column_is_in_one_group(kind):
    division = DIVISIONS[kind]
    assert set(division.group_of) == set(division.labels)
    assert set(division.group_of.values()) == set(division.group_labels)
