"""消息: who is told, once, and what they have read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from huiyin.accounts.actions import open_account
from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.journal.models import Entry
from huiyin.county.office import notifications
from huiyin.county.office.models import Notification
from huiyin.county.office.states import NotificationKind
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def told(*people: Staff, key: str = "assignment:1:issued", words: str = "收到新的交办件", at: datetime = AT) -> int:
    return notifications.notify(key=key, to=people, kind=NotificationKind.ASSIGNED, words=words, at=at)


def test_each_is_told_once_under_a_key(people):
    assert told(people.unit_clerk, people.unit_head) == 2
    assert told(people.unit_clerk, people.unit_head, people.head) == 1
    assert told(people.unit_clerk, key="assignment:2:issued") == 1
    assert Notification.objects.to(people.unit_clerk).count() == 2


def test_the_same_person_named_twice_is_told_once(people):
    assert told(people.unit_clerk, people.unit_clerk) == 1


def test_a_closed_account_is_told_nothing(people):
    people.unit_clerk.is_active = False
    people.unit_clerk.save(update_fields=["is_active"])
    assert told(people.unit_clerk) == 0
    assert not Notification.objects.to(people.unit_clerk).exists()


def test_a_message_carries_where_it_leads_and_of_which_petition(people):
    notifications.notify(
        key="petition:7:due",
        to=[people.clerk],
        kind=NotificationKind.DUE,
        words="3日后到期",
        at=AT,
        petition_id=7,
        href="/petitions/7/",
    )
    row = Notification.objects.get(key="petition:7:due")
    assert (row.petition_id, row.href, row.kind, row.created_at, row.read_at) == (7, "/petitions/7/", "due", AT, None)


def test_telling_somebody_is_no_event_of_its_own(people):
    before = Entry.objects.count()
    told(people.clerk)
    assert Entry.objects.count() == before


def test_a_message_leads_to_this_office_only(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        notifications.notify(
            key="k", to=[people.clerk], kind=NotificationKind.DUE, words="到期", at=AT, href="https://example.org"
        )


def test_the_first_reading_counts(people):
    told(people.clerk)
    row = Notification.objects.to(people.clerk).get()
    later = AT + timedelta(hours=3)
    assert notifications.mark_read(notification_id=row.pk, by=people.clerk, at=later).read_at == later
    again = notifications.mark_read(notification_id=row.pk, by=people.clerk, at=later + timedelta(days=1))
    assert again.read_at == later


def test_another_persons_message_is_not_there(people):
    told(people.clerk)
    row = Notification.objects.to(people.clerk).get()
    with pytest.raises(Refusal) as refused:
        notifications.mark_read(notification_id=row.pk, by=people.head, at=AT)
    assert refused.value.code == "notification.unknown"
    row.refresh_from_db()
    assert row.read_at is None


def test_all_read_means_what_one_has_seen_and_nobody_elses(people):
    told(people.clerk, people.head)
    told(people.clerk, key="later", at=AT + timedelta(hours=1))
    assert notifications.mark_all_read(by=people.clerk, at=AT + timedelta(minutes=1)) == 1
    assert Notification.objects.to(people.clerk).unread().get().key == "later"
    assert Notification.objects.to(people.head).unread().count() == 1


def test_what_was_not_read_stands_first_and_the_newest_of_it_at_the_top(people):
    for hour, key in enumerate(("first", "second", "third")):
        told(people.clerk, key=key, at=AT + timedelta(hours=hour))
    third = Notification.objects.get(key="third")
    notifications.mark_read(notification_id=third.pk, by=people.clerk, at=AT + timedelta(days=1))
    keys = [row.key for row in Notification.objects.to(people.clerk).unread_first()]
    assert keys == ["second", "first", "third"]


@pytest.mark.parametrize(
    ("code", "names"),
    [("water", {"何立群", "水局长"}), ("agriculture", {"田有禾"}), ("court", set()), ("", set())],
)
def test_a_units_people_are_its_active_accounts(people, code, names):
    open_account(
        username="gone", name="离任人", roles=frozenset({Role.UNIT_CLERK}), at=AT, password=None, unit_code="water"
    )
    Staff.objects.filter(username="gone").update(is_active=False)
    assert {person.name for person in Staff.objects.of_unit(code)} == names


def test_people_are_found_by_what_they_do_here(people):
    assert set(Staff.objects.holding(Role.HEAD, Role.GROUP_HEAD)) == {people.head, people.group_head}
