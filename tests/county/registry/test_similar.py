"""相似信访件: who and what is suggested, why, and to whom nothing is shown."""

from dataclasses import replace

import pytest

from huiyin.county.registry import blind_index
from huiyin.county.registry.actions import secrecy
from huiyin.county.registry.blind_index import Known, SameBy
from huiyin.county.registry.queries.similar import Typed, similar
from huiyin.county.registry.rules import RepresentativeEntry
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import Channel, Confidentiality, PetitionerKind
from huiyin.kernel.tenant import Tenant, entered

WATER = "反映上湾村农业水费重复收取，要求退还多收部分"
ROAD = "要求硬化柳溪镇下湾村至学校的道路"
PHONE = "13900001234"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (Known(phone="139 0000-1234"), Known(phone="+86 13900001234"), True),
        (Known(name="马　长根"), Known(name="马长根"), True),
        (Known(identity_number="11010119900307001x"), Known(identity_number="11010119900307001X"), False),  # no number
        (Known(identity_number="110101199003070011"), Known(identity_number="110101 19900307 0011"), True),
        (Known(phone="13900001234"), Known(phone="13900001235"), False),
        (Known(name="马长根"), Known(name="马长庚"), False),
        (Known(phone="12"), Known(phone="12"), False),  # no phone at all
        (Known(), Known(), False),
    ],
)
def test_a_person_is_found_however_the_number_is_written(county, one, other, is_same):
    assert bool(set(blind_index.keys_of([one])) & set(blind_index.keys_of([other]))) is is_same


def test_an_identity_number_is_found_with_its_last_letter_in_any_case(county):
    small, large = (
        blind_index.keys_of([Known(identity_number=text)]) for text in ("110101199003077758", "110101 199003077758")
    )
    assert small == large
    assert [blind_index.same_by(key) for key in small] == [SameBy.IDENTITY]


def test_two_counties_share_no_key_and_no_key_holds_what_it_stands_for(county: Tenant, other_county: Tenant):
    person = Known("马长根", PHONE)
    here = blind_index.keys_of([person])
    with entered(other_county):
        there = blind_index.keys_of([person])
    assert not set(here) & set(there)
    assert not any(PHONE in key or "马长根" in key for key in here)


def test_another_key_of_the_installation_finds_nobody(county, settings):
    before = blind_index.keys_of([Known("马长根")])
    settings.HUIYIN_INDEX_KEY = "another"
    assert blind_index.keys_of([Known("马长根")]) != before


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (Typed(people=(Known(phone=PHONE),)), "同人：电话相同"),
        (Typed(people=(Known(name="牛得水"),), place="上湾村", summary=WATER), "同人：姓名相同"),  # a joint signer
        (Typed(summary="上湾村农业水费重复收取，要求退还多收的部分"), "概况相似"),
        (Typed(summary=WATER, place="上湾村"), "同地点：柳溪镇上湾村"),
        (Typed(summary=WATER, category_code="0110"), "同类：农村农业/水利水电"),
        (Typed(summary=f"县水务局不处理，{WATER}"), "同单位：县水务局"),
    ],
)
def test_a_similar_petition_is_suggested_with_its_reason(registered, classified, people, typed, reason):
    first = registered(
        phone=PHONE, summary=WATER, place="柳溪镇上湾村", content="水务局收费员", signer_count=2, signers=("牛得水",)
    )
    classified(first)
    registered(name="周桂兰", summary=ROAD)
    found = similar(typed, by=people.clerk)
    assert [one.petition_id for one in found] == [first.pk]
    assert any(words.startswith(reason) for words in found[0].reasons), found[0].reasons
    assert (found[0].number, found[0].unit) == (first.number, "信访办公室")
    assert 0.4 <= found[0].score <= 1


def test_a_representative_of_a_group_is_found_again(came, registered, people):
    group = registered(
        came(Channel.WALK_IN, head_count=8),
        head_count=8,
        representatives=(RepresentativeEntry("尤一平", "13912340009"), RepresentativeEntry("吴满仓")),
    )
    found = similar(Typed(people=(Known(phone="139-1234-0009"),)), by=people.clerk)
    assert [one.petition_id for one in found] == [group.pk]


@pytest.mark.parametrize(
    "typed",
    [
        Typed(),
        Typed(summary="水费"),
        Typed(people=(Known(name="马长根"),)),  # a common name alone says too little
        Typed(place="柳溪镇上湾村"),  # a place alone says nothing
        Typed(summary="咨询退休手续怎样办理，需要带哪些证件"),
    ],
)
def test_what_says_too_little_suggests_nothing(registered, people, typed):
    registered(summary=WATER, place="柳溪镇上湾村")
    assert similar(typed, by=people.clerk) == ()


def test_the_most_alike_comes_first_and_five_are_enough(registered, people):
    for _ in range(6):
        registered(name="周桂兰", summary="反映上湾村农业水费重复收取，要求公开标准")
    same = registered(phone=PHONE, summary=WATER)
    found = similar(Typed(people=(Known("马长根", PHONE),), summary=WATER), by=people.clerk)
    assert (len(found), found[0].petition_id) == (5, same.pk)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_a_petition_is_not_similar_to_itself(registered, people):
    first = registered(summary=WATER)
    assert similar(Typed(summary=WATER), by=people.clerk, besides=first.pk) == ()


@pytest.mark.parametrize(("role", "sees"), [("clerk", False), ("head", False), ("restricted", True)])
def test_a_sealed_petition_is_suggested_to_whoever_may_see_it(registered, people, role, sees):
    registered(by=people.restricted, confidentiality=Confidentiality.SEALED, phone=PHONE, summary=WATER)
    typed = Typed(people=(Known("马长根", PHONE),), summary=WATER)
    assert bool(similar(typed, by=getattr(people, role))) is sees


def test_of_a_number_only_item_nothing_is_suggested(came, people):
    secrecy.take_number_only(receipt_id=came().pk, by=people.restricted, at=came().taken_at)
    assert similar(Typed(summary="密件密件密件"), by=people.restricted) == ()


ACCUSATION = Typed(summary="村干部侵占补贴款", accused=("赵某",), kind=PetitionerKind.ANONYMOUS)


@pytest.mark.parametrize(
    ("role", "kind", "found"),
    [
        ("restricted", PetitionerKind.ANONYMOUS, True),
        ("restricted", PetitionerKind.ILLEGIBLE, True),
        ("restricted", PetitionerKind.NAMED, False),  # a named one compares the writer
        ("clerk", PetitionerKind.ANONYMOUS, False),
    ],
)
def test_an_anonymous_accusation_compares_the_accused_for_the_restricted_officer_alone(
    registered, people, role, kind, found
):
    earlier = registered(name="", petitioner_kind=PetitionerKind.ANONYMOUS, summary="反映赵某作风粗暴")
    secrecy.seal(
        petition_id=earlier.pk,
        accused=[AccusedEntry("赵某")],
        keeper=people.restricted,
        by=people.clerk,
        at=earlier.registered_at,
    )
    shown = similar(replace(ACCUSATION, kind=kind), by=getattr(people, role))
    assert bool(shown) is found
    if found:
        assert shown[0].reasons == ("被检举控告人相同",)
