"""监督的两年: three inspections and a deliberation chosen from the petitions, each told by its acts; told once."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from huiyin.county.journal.queries import chain
from huiyin.county.ledger import actions as ledger
from huiyin.county.office.actions import units
from huiyin.county.office.models import Unit
from huiyin.county.office.rules import UnitEntry
from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.registry.actions import receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Channel
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.effect_models import EffectRecord
from huiyin.county.supervision.models import SupervisionPlan, TopicProposal
from huiyin.county.supervision.opinion_models import Opinion
from huiyin.county.supervision.queries.findings import list_of
from huiyin.kernel.calendar import seed
from huiyin.platform.calendar.queries import working_calendar
from huiyin.project.demo import closing, supervising
from huiyin.project.demo.days import Days
from huiyin.project.demo.items import BEFORE, THIS, YEAR, items_of_the_year
from huiyin.project.demo.ledger import write_items
from huiyin.project.demo.office import Office

QINGLAN = Path(__file__).parents[3] / "tenants" / "qinglan.toml"
NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
# Of a class the petitions that the hotspots need, few enough to be taken in quickly.
CONCENTRATED = (
    *("水事纠纷", "土地承包", "草原承包", "价格与收费监管", "安置补偿", "村务公开"),
    *("城乡居民养老保险", "大气污染"),
)


def ignore(done: int, total: int) -> None:
    """Follow nothing."""


@pytest.fixture
def days() -> Days:
    """Give the days as they are seen in November of the year after."""
    return Days.seen_at(NOW, working_calendar())


@pytest.fixture
def office(people: Any) -> Office:
    """Give an office with the units of the demonstration's county."""
    told = Office.read(QINGLAN)
    for unit in told.units:
        if not Unit.objects.filter(code=unit.code).exists():
            entry = UnitEntry(unit.name, unit.branch, handlers=tuple(unit.handlers))
            units.add(code=unit.code, entry=entry, by=people.administrator, at=NOW)
    return told


@pytest.fixture
def petitions(office: Office, people: Any, tmp_path: Path) -> None:
    """Take in what concentrated in both years."""
    take_in(office, people, tmp_path, every=1)


@pytest.fixture
def few_petitions(office: Office, people: Any, tmp_path: Path) -> None:
    """Take in a few of what concentrated in both years."""
    take_in(office, people, tmp_path, every=5)


def take_in(office: Office, people: Any, folder: Path, *, every: int) -> None:
    for season in (BEFORE, THIS):
        items = [one for one in items_of_the_year(office, season=season) if one.category.endswith(CONCENTRATED)]
        path = folder / f"{season.year}.xlsx"
        write_items(path, items[::every], year=season.year)
        run = ledger.start_run(name=path.name, data=path.read_bytes(), by=people.restricted, at=NOW)
        ledger.carry_out(run_id=run.pk, by=people.restricted, at=NOW)


def test_the_years_activities_are_those_of_the_office_and_a_second_telling_adds_nothing(
    petitions: None, days: Days
) -> None:
    received = Receipt.objects.filter(received_on__year=YEAR).count()
    assert supervising.tell(days=days, follow=ignore) > 100
    check_the_activities_of_the_year()
    check_the_topics()
    check_the_opinions(days)
    check_the_findings()
    check_the_weeks_around_today(days)
    assert Receipt.objects.filter(received_on__year=YEAR).count() == received
    assert EffectRecord.objects.get().key == "0110"
    assert chain().holds
    assert supervising.tell(days=days, follow=ignore) == 0


def check_the_activities_of_the_year() -> None:
    """DOMAIN §1: 水法、农村土地承包法、草原法, a deliberation with field visit, the petition regulation in June."""
    begun = Activity.objects.filter(begun_at__year=YEAR)
    inspections = begun.filter(kind="law_inspection").order_by("starts_on")
    assert [one.statute_code for one in inspections] == [
        "water_law",
        "land_contract_law",
        "petition_regulation_2022",
        "grassland_law",
    ]
    assert inspections.get(statute_code="petition_regulation_2022").starts_on.month == 6
    deliberation = begun.get(kind="deliberation")
    assert begun.get(kind="field_visit").part_of == deliberation
    assert begun.count() == 6
    assert all(one.state == "concluded" for one in begun)
    chosen = SupervisionPlan.objects.get(year=YEAR).items.filter(source="petitions")
    assert sorted(item.kind for item in chosen) == ["deliberation", *["law_inspection"] * 3]
    assert all(item.proposal is not None and item.proposal.state == "adopted" for item in chosen)


def check_the_topics() -> None:
    """Each way a meeting can decide was taken; the evidence of the year's topics is that of the year before."""
    by_state = dict.fromkeys(TopicProposal.objects.values_list("state", flat=True))
    assert set(by_state) == {"draft", "submitted", "waiting", "adopted", "in_committee", "declined"}
    water = TopicProposal.objects.get(key="0110", state="adopted")
    assert (water.window_first_on.year, water.window_last_on.year) == (YEAR - 1, YEAR - 1)
    assert water.evidence["now"]["matters"] == len(water_matters(YEAR - 1))
    assert water.is_of_hotspot
    village = TopicProposal.objects.get(key="0101")
    assert village.evidence["now"]["matters"] > village.evidence["past"]["matters"]


def water_matters(year: int) -> set[int]:
    rows = Petition.objects.filter(received_on__year=year, category_code__startswith="0110")
    return set(rows.values_list("matter_id", flat=True))


def check_the_opinions(days: Days) -> None:
    """Those of the year are accepted and published; of this year one is overdue and one waits for its review."""
    accepted = Opinion.objects.filter(session_on__year=YEAR)
    assert {one.unit.code for one in accepted} == {"water", "agriculture", "forestry_grassland", "prices"}
    assert all(one.state == "accepted" and one.published_at is not None for one in accepted)
    late = Opinion.objects.get(state="sent")
    assert late.due_on is not None
    assert late.due_on < days.today
    assert Opinion.objects.get(state="answered").unit.code == "natural_resources"


def check_the_findings() -> None:
    """The findings of the inspection of the water law rest on petitions that came before it, of that class alone."""
    water = Activity.objects.get(statute_code="water_law")
    lines = list_of(water.pk)
    assert len(lines) == 3
    linked = [link for finding in water.findings.all() for link in finding.matters.all()]
    assert len(linked) == 6
    assert all(link.category_code.startswith("0110") for link in linked)


def check_the_weeks_around_today(days: Days) -> None:
    """A field visit is under way; the letter that its team was handed waits at the office with its own day."""
    visit = Activity.objects.get(state="under_way")
    assert visit.starts_on < days.today < visit.ends_on
    letter = visit.letters.get().receipt
    assert letter.received_on == days.back(1)
    assert letter.origin == "inspection_team"
    assert not letter.petitions.exists()


def test_the_periods_are_closed_by_two_people_one_is_restated_and_the_last_month_waits(
    few_petitions: None, people: Any, days: Days
) -> None:
    for on in (date(2026, 9, 10), date(2026, 10, 12)):
        receipts.take_receipt(channel=Channel.LETTER, received_on=on, by=people.clerk, at=NOW)
    closing.close(days, follow=ignore)
    closing.restate(days)
    closing.close_this_year(days)
    of_the_year = ReportedPeriod.objects.filter(first_on__year=YEAR)
    assert of_the_year.filter(state="locked").count() == 12 + 4 + 1
    assert all(one.prepared_by != one.approved_by for one in of_the_year)
    restated = of_the_year.filter(first_on=closing.RESTATED.first, last_on=closing.RESTATED.last)
    assert [(one.version, one.state) for one in restated.order_by("version")] == [(1, "reopened"), (2, "locked")]
    this_year = ReportedPeriod.objects.filter(first_on__year=YEAR + 1).order_by("first_on")
    assert [(one.first_on.month, one.state) for one in this_year] == [(9, "locked"), (10, "prepared")]
    count = ReportedPeriod.objects.count()
    closing.close(days, follow=ignore)
    closing.restate(days)
    closing.close_this_year(days)
    assert ReportedPeriod.objects.count() == count


def test_one_recommendation_is_adopted_one_in_part_and_one_waits(few_petitions: None, days: Days) -> None:
    assert closing.recommend(days) == 3
    rows = Recommendation.objects.order_by("made_at")
    assert [(one.state, one.adoption) for one in rows] == [("answered", "partly"), ("answered", "yes"), ("made", "")]
    assert rows[2].due_on > days.today
    assert all(one.links.count() == 2 for one in rows if one.unit.code != "human_resources")
    assert closing.recommend(days) == 0


@pytest.mark.slow
def test_what_is_told_lies_on_no_day_to_come(petitions: None) -> None:
    early = datetime(2027, 1, 4, 0, 31, tzinfo=UTC)
    days = Days.seen_at(early, seed())
    supervising.tell(days=days, follow=ignore)
    assert all(one.begun_at is None or one.begun_at <= early for one in Activity.objects.all())
    late = Opinion.objects.get(state="sent")
    assert late.due_on is not None
    assert late.due_on < days.today
    assert date(YEAR, 1, 1) < late.session_on < days.today
