"""领导小组, 培训, 年度听取, 制度汇编: written down, corrected, never deleted; replay gives the rows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.journal.actions import plain
from huiyin.county.journal.models import Entry
from huiyin.county.office import queries, reminders
from huiyin.county.office.actions import accounts, hearings, leading_group, regulations, trainings, units
from huiyin.county.office.actions.accounts import AccountEntry
from huiyin.county.office.actions.hearings import HearingEntry
from huiyin.county.office.actions.regulations import RegulationEntry, StoredFile
from huiyin.county.office.actions.trainings import TrainingEntry
from huiyin.county.office.models import Hearing, LeadingGroupMember, Notification, Regulation, Training, Unit
from huiyin.county.office.replay import replay
from huiyin.county.office.rules import Term, UnitEntry
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
CLASS = TrainingEntry(date(2026, 2, 26), "信访工作条例", "王主任", "各乡镇、县直部门信访工作人员", 62, "县人大机关三楼")
HEARD = HearingEntry(date(2026, 2, 20), "directors", "第四十一次主任会议", "同意报告；请县政府研究农业水费收缴公开")
RULE = RegulationEntry(
    "青岚县人大常委会信访工作办法",
    "own",
    date(2025, 6, 1),
    "青人〔2025〕8号",
    "县人大常委会",
    None,
    "第一条　件件有回音。",
)
SCAN = StoredFile("办法.pdf", "ab" * 32, "application/pdf", 2048)


def refusal_of(act, **values: object) -> str:
    with pytest.raises(Refusal) as refused:
        act(**values, at=AT)
    return refused.value.code


def test_a_term_ends_and_the_next_group_head_begins(people):
    head = LeadingGroupMember.objects.get(duty="组长")
    term = Term("李明远", "组长", date(2026, 3, 1), None)
    values = {"title": "县人大常委会主任", "term": term, "by": people.clerk}
    assert refusal_of(leading_group.add, **values) == "leading_group.two_heads"
    leading_group.end(member_id=head.pk, until_on=date(2026, 2, 28), by=people.clerk, at=AT)
    added = leading_group.add(**values, at=AT)
    assert LeadingGroupMember.objects.count() == 2
    assert LeadingGroupMember.objects.serving(today=date(2026, 2, 28)).get() == head
    assert LeadingGroupMember.objects.serving(today=date(2026, 3, 1)).get() == added
    told = [entry.event for entry in Entry.objects.order_by("number")]
    assert told == ["leading_group.left", "leading_group.joined"]


def test_a_term_is_not_drawn_out_into_the_next_ones(people):
    head = LeadingGroupMember.objects.get(duty="组长")
    leading_group.end(member_id=head.pk, until_on=date(2026, 2, 28), by=people.clerk, at=AT)
    term = Term("李明远", "组长", date(2026, 3, 1), None)
    leading_group.add(title="县人大常委会主任", term=term, by=people.clerk, at=AT)
    ending = {"member_id": head.pk, "by": people.clerk}
    assert refusal_of(leading_group.end, until_on=date(2026, 3, 1), **ending) == "leading_group.two_heads"
    assert refusal_of(leading_group.end, until_on=date(2026, 2, 28), **ending) == "office.unchanged"
    assert refusal_of(leading_group.end, until_on=date(2022, 1, 9), **ending) == "leading_group.ends_before"


def test_the_database_knows_one_group_head_at_a_time_too(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadingGroupMember.objects.create(name="另一人", title="主任", duty="组长", from_on=date(2023, 1, 1))


@pytest.mark.parametrize("role", ["leader", "auditor", "administrator", "mail_room", "unit_head"])
def test_clerk_and_head_keep_the_records_and_nobody_else(people, role):
    by = getattr(people, role)
    term = Term("李明远", "副组长", date(2026, 3, 1), None)
    assert refusal_of(leading_group.add, title="副主任", term=term, by=by) == "permission.role_missing"
    assert refusal_of(trainings.record, entry=CLASS, by=by) == "permission.role_missing"
    assert refusal_of(hearings.record, entry=HEARD, by=by) == "permission.role_missing"
    assert refusal_of(regulations.add, entry=RULE, file=None, by=by) == "permission.role_missing"


def test_a_year_of_classes_is_counted(people):
    trainings.record(entry=CLASS, by=people.clerk, at=AT)
    other = TrainingEntry(date(2026, 1, 15), "来访接待规程", "马会计", "乡镇人大干事", 58)
    trainings.record(entry=other, by=people.clerk, at=AT)
    earlier = TrainingEntry(date(2025, 5, 6), "信访工作条例", "王主任", "乡镇人大干事", 40)
    trainings.record(entry=earlier, by=people.head, at=AT)
    found = [(one.year, one.classes, one.people) for one in queries.years_of_training()]
    assert found == [(2026, 2, 120), (2025, 1, 40)]


def test_a_class_is_recorded_once_and_corrected_with_both_values_kept(people):
    training = trainings.record(entry=CLASS, by=people.clerk, at=AT)
    assert refusal_of(trainings.record, entry=CLASS, by=people.clerk) == "training.known"
    corrected = TrainingEntry(CLASS.held_on, CLASS.topic, CLASS.teacher, CLASS.participants, 64, CLASS.place)
    values = {"training_id": training.pk, "entry": corrected, "by": people.clerk}
    assert trainings.correct(**values, at=AT).head_count == 64
    assert refusal_of(trainings.correct, **values) == "office.unchanged"
    told = Entry.objects.get(event="training.corrected")
    assert (told.values["before"], told.values["fields"]) == ({"head_count": 62}, {"head_count": 64})


def test_a_class_that_is_still_to_come_is_not_recorded(people):
    tomorrow = TrainingEntry(date(2026, 3, 3), "条例", "王主任", "乡镇", 30)
    assert refusal_of(trainings.record, entry=tomorrow, by=people.clerk) == "office.in_the_future"


def test_the_hearing_of_a_year_is_recorded_with_what_was_resolved(people):
    hearing = hearings.record(entry=HEARD, by=people.head, at=AT)
    assert refusal_of(hearings.record, entry=HEARD, by=people.clerk) == "hearing.known"
    empty = HearingEntry(date(2026, 2, 21), "directors", "第四十二次主任会议", " ")
    assert refusal_of(hearings.record, entry=empty, by=people.clerk) == "office.missing"
    entry = HearingEntry(HEARD.heard_on, "standing_committee", "第二十六次常委会会议", HEARD.resolution)
    assert hearings.correct(hearing_id=hearing.pk, entry=entry, by=people.head, at=AT).heard_by == "standing_committee"


OCTOBER = datetime(2026, 9, 30, 17, tzinfo=UTC)  # 1 October, one o'clock in the morning here


def test_the_head_is_reminded_once_a_month_while_no_hearing_is_recorded(people):
    href = "/office/hearings/"
    assert reminders.remind_of_hearing(at=OCTOBER - timedelta(hours=2), href=href) == 0
    assert reminders.remind_of_hearing(at=OCTOBER, href=href) == 1
    assert reminders.remind_of_hearing(at=OCTOBER + timedelta(days=1), href=href) == 0
    assert reminders.remind_of_hearing(at=OCTOBER + timedelta(days=31), href=href) == 1
    assert Notification.objects.to(people.head).count() == 2
    assert not Notification.objects.exclude(to_staff=people.head).exists()
    hearings.record(entry=HEARD, by=people.head, at=OCTOBER)
    assert reminders.remind_of_hearing(at=OCTOBER + timedelta(days=61), href=href) == 0


def test_a_regulation_is_found_by_any_two_characters_of_it(people):
    regulation = regulations.add(entry=RULE, file=None, by=people.clerk, at=AT)
    file = RegulationEntry("来访接待规程", "procedure", date(2026, 1, 5))
    regulations.add(entry=file, file=SCAN, by=people.clerk, at=AT)
    for words in ("回音", "信访 办法", "8号", "县人大"):
        assert Regulation.objects.matching(words).get() == regulation
    assert not Regulation.objects.matching("接待 回音").exists()
    assert Regulation.objects.matching("").count() == 2


def test_a_regulation_is_in_force_to_its_last_day(people):
    ending = RegulationEntry("旧办法", "own", date(2020, 1, 1), in_force_until=date(2026, 3, 2), text="旧。")
    regulations.add(entry=ending, file=None, by=people.clerk, at=AT)
    for today, count in ((date(2019, 12, 31), 0), (date(2020, 1, 1), 1), (date(2026, 3, 2), 1), (date(2026, 3, 3), 0)):
        assert Regulation.objects.in_force(today=today).count() == count


def test_a_corrected_regulation_keeps_its_file_and_is_found_by_its_new_words(people):
    regulation = regulations.add(
        entry=RegulationEntry("规程", "own", date(2026, 1, 5)), file=SCAN, by=people.clerk, at=AT
    )
    entry = RegulationEntry("接访规程", "own", date(2026, 1, 5), in_force_until=date(2026, 12, 31))
    values = {"regulation_id": regulation.pk, "entry": entry, "file": None, "by": people.clerk}
    changed = regulations.correct(**values, at=AT)
    assert (changed.sha256, changed.title) == (SCAN.sha256, "接访规程")
    assert Regulation.objects.matching("接访").get() == regulation
    told = Entry.objects.get(event="regulation.corrected")
    assert told.values["before"] == {"title": "规程", "in_force_until": None}


@pytest.mark.parametrize(
    ("entry", "refused"),
    [
        (RegulationEntry("空", "own", date(2026, 1, 5)), "regulation.nothing_to_read"),
        (RegulationEntry("", "own", date(2026, 1, 5), text="一"), "office.missing"),
        (RegulationEntry("明天", "own", date(2026, 3, 3), text="一"), "office.in_the_future"),
        (replace(RULE, in_force_until=date(2025, 5, 31)), "regulation.ends_before"),
    ],
)
def test_a_regulation_that_cannot_be_is_refused(people, entry, refused):
    assert refusal_of(regulations.add, entry=entry, file=None, by=people.clerk) == refused


@pytest.mark.parametrize(
    ("act", "values", "refused"),
    [
        (leading_group.end, {"member_id": 987654321, "until_on": date(2026, 1, 1)}, "leading_group.unknown"),
        (trainings.correct, {"training_id": 987654321, "entry": CLASS}, "training.unknown"),
        (hearings.correct, {"hearing_id": 987654321, "entry": HEARD}, "hearing.unknown"),
        (regulations.correct, {"regulation_id": 987654321, "entry": RULE, "file": None}, "regulation.unknown"),
    ],
)
def test_what_is_not_there_is_unknown(people, act, values, refused):
    assert refusal_of(act, **values, by=people.clerk) == refused


MODELS = {
    "staff": Staff,
    "unit": Unit,
    "leadinggroupmember": LeadingGroupMember,
    "training": Training,
    "hearing": Hearing,
    "regulation": Regulation,
}


def of_rows(told) -> dict[tuple[str, int], dict[str, object]]:
    """The same fields, from the rows."""
    found = {}
    for (subject, pk), fields in told.items():
        row = MODELS[subject]._default_manager.get(pk=pk)
        found[subject, pk] = {name: plain(getattr(row, name)) for name in fields}
    return found


def a_year_of_office(people) -> None:
    by, clerk = people.administrator, people.clerk
    opened = accounts.open_account(
        username="zhao", entry=AccountEntry("赵文清", frozenset({Role.CLERK})), by=by, at=AT
    ).staff
    entry = AccountEntry("赵文清", frozenset({Role.AUDITOR}), title="二级主任科员")
    accounts.change(staff_id=opened.pk, entry=entry, answers_for=lambda _staff: 0, by=by, at=AT)
    accounts.disable(staff_id=opened.pk, answers_for=lambda _staff: 0, by=by, at=AT)
    unit = units.add(code="forestry", entry=UnitEntry("县林草局", "government", "government"), by=by, at=AT)
    units.change(unit_id=unit.pk, entry=UnitEntry("县林业和草原局", "government"), by=by, at=AT)
    units.deactivate(unit_id=unit.pk, still_open=lambda _unit: 0, by=by, at=AT)
    units.reactivate(unit_id=unit.pk, by=by, at=AT)
    member = leading_group.add(title="副主任", term=Term("李明远", "副组长", date(2026, 3, 1), None), by=clerk, at=AT)
    leading_group.end(member_id=member.pk, until_on=date(2026, 3, 31), by=clerk, at=AT)
    training = trainings.record(entry=CLASS, by=clerk, at=AT)
    other = TrainingEntry(CLASS.held_on, "来访接待", CLASS.teacher, CLASS.participants, 64)
    trainings.correct(training_id=training.pk, entry=other, by=clerk, at=AT)
    hearings.record(entry=HEARD, by=clerk, at=AT)
    regulation = regulations.add(entry=RULE, file=SCAN, by=clerk, at=AT)
    ending = replace(RULE, in_force_until=date(2026, 12, 31), text="第二条")
    regulations.correct(regulation_id=regulation.pk, entry=ending, file=None, by=clerk, at=AT)


def test_replaying_the_journal_gives_the_rows(people):
    a_year_of_office(people)
    told = replay(Entry.objects.order_by("number"))
    assert {subject for subject, _ in told} == set(MODELS)
    assert told == of_rows(told)


def test_control_a_row_changed_behind_the_journal_is_seen(people):
    a_year_of_office(people)
    Training.objects.update(head_count=999)
    told = replay(Entry.objects.order_by("number"))
    assert told != of_rows(told)
