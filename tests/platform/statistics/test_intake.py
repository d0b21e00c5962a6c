"""The one door: a county adds rows of its own, and the database itself lets it do nothing else."""

from uuid import uuid4

import pytest
from django.db import Error, connection, transaction

from huiyin.kernel.periods import month
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import entered
from huiyin.platform.statistics import intake
from huiyin.platform.statistics.models import Figure, Submission

from .conftest import figure, moment, pushed

MARCH = month("2026-03")
AT = moment(4, 3)
FORGED = """INSERT INTO public.platform_figure (submission_key, county, indicator, channel, part, whole)
    VALUES (gen_random_uuid(), 'baiyun', 'M1', 'letter', 1, 1)"""


def refused(statement: str) -> bool:
    """Return whether PostgreSQL refuses a statement for want of a right, or because of the row's owner."""
    state = ""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except Error as error:
        state = getattr(error.__cause__, "sqlstate", "")
    return state == "42501"


def test_the_same_key_again_changes_nothing(county):
    key = uuid4()
    first = pushed(county, MARCH, [figure(3, 4)], at=AT, key=key)
    again = pushed(county, MARCH, [figure(3, 4)], at=moment(4, 4), key=key)
    assert (again.pk, again.submitted_at) == (first.pk, AT)
    assert (Submission.objects.count(), Figure.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ([figure(5, 4)], "statistics.bad_part"),
        ([figure(-1, 4)], "statistics.bad_part"),
        ([figure(1, 4, indicator="M9")], "statistics.unknown_indicator"),
        ([figure(1, 4, channel="own")], "statistics.unknown_channel"),  # sums are never reported
        ([figure(1, 4, channel="none")], "statistics.wrong_channel"),  # a receipt came by some channel
        ([figure(1, 4, indicator="hotspots")], "statistics.wrong_channel"),  # a hotspot came by none
        ([figure(1, 4), figure(2, 4)], "statistics.figure_twice"),
        ([figure("1", 4)], "statistics.bad_figure"),
        ([figure(True, 4)], "statistics.bad_figure"),
        ([figure(1, 4) | {"name": "马长根"}], "statistics.bad_figure"),  # a word beside a number does not pass
        ([{"indicator": "M1", "part": 1, "whole": 4}], "statistics.bad_figure"),
        ([], "statistics.no_figures"),
    ],
)
def test_only_numbers_come_in(county, figures, code):
    with pytest.raises(Refusal) as why:
        pushed(county, MARCH, figures, at=AT)
    assert why.value.code == code
    assert not Submission.objects.exists()


def test_a_version_stands_for_ever(county):
    pushed(county, MARCH, [figure(3, 4)], at=AT)
    with pytest.raises(Refusal, match="第1版已经报送过"):
        pushed(county, MARCH, [figure(4, 4)], at=AT)
    assert pushed(county, MARCH, [figure(4, 4)], at=AT, version=2).version == 2


def test_nobody_pushes_for_another(county, other_county, province):
    for county_named in (other_county, province):
        with entered(county), pytest.raises(Refusal, match="只能报送本县的数字"):
            intake.accept(
                county=county_named,
                key=uuid4(),
                first_on=MARCH.first,
                last_on=MARCH.last,
                version=1,
                data_as_of=AT,
                figures=[figure(1, 1)],
                at=AT,
            )


def test_a_county_reads_its_own_numbers_and_no_others(county, other_county):
    pushed(county, MARCH, [figure(3, 4)], at=AT)
    with entered(other_county):
        assert not Submission.objects.exists()
        assert not Figure.objects.exists()
    with entered(county):
        assert Figure.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE public.platform_figure SET part = 0",
        "DELETE FROM public.platform_submission",
        FORGED,
    ],
)
def test_a_county_neither_changes_what_it_reported_nor_writes_as_another(county, statement):
    pushed(county, MARCH, [figure(3, 4)], at=AT)
    assert refused(statement)


def test_the_database_knows_that_a_part_is_no_greater_than_its_whole(county):
    with pytest.raises(Error, match="a_part_is_no_greater_than_its_whole"), transaction.atomic():
        Figure.objects.create(
            submission_key=uuid4(), county=county.schema, indicator="M1", channel="letter", part=2, whole=1
        )


@pytest.mark.parametrize("table", ["county_petition", "county_receipt", "county_journal_entry", "accounts_staff"])
def test_the_province_reads_no_table_of_a_county(county, province, table):
    with entered(province):
        assert refused(f"SELECT 1 FROM qinglan.{table}")  # names of this test


@pytest.mark.parametrize("verb", ["UPDATE public.platform_figure SET part = 0", "DELETE FROM public.platform_figure"])
def test_the_province_changes_no_number(county, province, verb):
    pushed(county, MARCH, [figure(3, 4)], at=AT)
    with entered(province):
        assert Figure.objects.count() == 1
        assert refused(verb)


def test_the_province_pushes_nothing(province):
    assert refused(FORGED)
