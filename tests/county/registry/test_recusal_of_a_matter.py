"""回避 is from a matter: from what is old in it, what joins it later, and both parts of a split letter (DOMAIN §6)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from huiyin.county.assignment.actions import dispositions, splits
from huiyin.county.assignment.rules.splits import SplitEntry
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.registry.actions import petitions, secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import Purpose, Recurrence, Relation
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 3, 1, tzinfo=UTC)


def sees(person: Any, petition: Petition) -> bool:
    return Petition.objects.listed_for(person).filter(pk=petition.pk).exists()


def recuse(petition: Petition, staff: Any, people: Any, keeper: Any = None) -> None:
    told = {"reason": "信访人的外甥", "keeper": keeper, "by": people.head, "at": AT}
    secrecy.recuse(petition_id=petition.pk, staff=staff, **told)


def test_whoever_is_recused_from_one_sees_no_other_of_the_matter(people: Any, registered: Any) -> None:
    first = registered()
    second = registered(relation=Relation.JOINS, earlier_id=first.pk)
    recuse(second, people.leader, people)
    later = registered(relation=Relation.REPEAT, earlier_id=first.pk)
    assert [sees(people.leader, one) for one in (first, second, later)] == [False, False, False]
    assert [sees(people.head, one) for one in (first, second, later)] == [True, True, True]
    assert sees(people.leader, registered())
    with pytest.raises(Refusal, match="已经登记过回避"):
        recuse(first, people.leader, people)


def test_what_joins_at_the_classification_is_gone_for_them_too(people: Any, registered: Any, classified: Any) -> None:
    first = registered()
    recuse(first, people.leader, people)
    repeat = registered()
    assert sees(people.leader, repeat)
    repeat = classified(repeat, by=people.head, recurrence=Recurrence.REPEAT, repeats_id=first.pk)
    assert not sees(people.leader, repeat)


def test_whatever_they_keep_in_the_matter_is_taken_over(people: Any, registered: Any) -> None:
    first = registered()
    second = registered(relation=Relation.JOINS, earlier_id=first.pk)
    with pytest.raises(Refusal, match="请同时指定接手的人"):
        recuse(first, people.clerk, people)
    recuse(first, people.clerk, people, keeper=people.head)
    kept = Petition.objects.filter(pk__in=[first.pk, second.pk]).values_list("keeper__name", "owner_name")
    assert set(kept) == {("王主任", "王主任")}


def test_whoever_keeps_what_joins_and_stays_away_from_the_matter_gives_it_up(
    people: Any, registered: Any, classified: Any
) -> None:
    main = registered(by=people.head)
    recuse(main, people.clerk, people)
    joining = classified(registered())
    dispositions.decide_here(
        petition_id=joining.pk,
        kind=DispositionKind.MERGED,
        reason="同一事项",
        basis="",
        merged_into_id=main.pk,
        approver=people.head,
        by=people.head,
        at=AT,
    )
    joining.refresh_from_db()
    assert (joining.matter, joining.keeper, joining.owner_name) == (main.matter, people.head, "王主任")
    assert not sees(people.clerk, joining)


def test_a_recusal_goes_with_a_petition_that_leaves_for_another_matter(
    people: Any, registered: Any, classified: Any
) -> None:
    first = registered()
    second = registered(relation=Relation.JOINS, earlier_id=first.pk)
    recuse(first, people.leader, people)
    other = registered()
    moved = classified(second, recurrence=Recurrence.REPEAT, repeats_id=other.pk)
    assert moved.matter == other.matter
    assert not sees(people.leader, moved)
    assert not sees(people.leader, other)


def test_whoever_is_recused_from_a_part_of_a_split_letter_sees_no_part_of_it(people: Any, registered: Any) -> None:
    claim = registered()
    entry = SplitEntry("要求退还水费", "我家多交水费，要求退还", "反映高站长", (AccusedEntry("高站长"),))
    told = {"entry": entry, "checked_by": people.head, "by": people.restricted, "at": AT}
    sealed = splits.split(petition_id=claim.pk, **told)
    recuse(claim, people.leader, people)
    assert (sees(people.leader, claim), sees(people.leader, sealed)) == (False, False)
    secrecy.recuse(petition_id=sealed.pk, staff=people.group_head, reason="亲属", by=people.restricted, at=AT)
    assert (sees(people.group_head, claim), sees(people.group_head, sealed)) == (False, False)


def test_a_leader_recused_from_the_matter_is_not_named_on_a_sealed_part(people: Any, registered: Any) -> None:
    claim = registered()
    recuse(claim, people.leader, people)
    entry = SplitEntry("要求退还水费", "我家多交水费，要求退还", "反映高站长", (AccusedEntry("高站长"),))
    told = {"entry": entry, "checked_by": people.head, "by": people.restricted, "at": AT}
    sealed = splits.split(petition_id=claim.pk, **told)
    with pytest.raises(Refusal) as caught:
        secrecy.name_leader(petition_id=sealed.pk, leader=people.leader, by=people.restricted, at=AT)
    assert caught.value.code == "petition.leader_is_recused"


def test_nobody_joins_a_matter_that_does_not_exist_for_them(people: Any, registered: Any, classified: Any) -> None:
    main = registered(by=people.head)
    recuse(main, people.clerk, people)
    with pytest.raises(Refusal, match="没有找到"):
        classified(registered(), recurrence=Recurrence.REPEAT, repeats_id=main.pk)
    decided = Classification(Purpose.CLAIM, "0110", "农村农业/水利水电", Recurrence.REPEAT, repeats_id=main.pk)
    with pytest.raises(Refusal, match="无权查看"):
        petitions.classify(petition_id=main.pk, classification=decided, by=people.clerk, at=AT)
