"""关联法律的建议: from tags, classes and words, with reasons; nothing is applied by itself, and articles must exist."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from huiyin.county.journal.models import Entry
from huiyin.county.office.actions import statute_links
from huiyin.county.office.actions.statute_links import LinkEntry
from huiyin.county.office.models import Tag
from huiyin.county.office.replay import replay
from huiyin.county.office.statute_models import StatuteLink
from huiyin.county.registry.actions import classifications
from huiyin.county.registry.queries.statute_counts import petitions_by_statute
from huiyin.county.registry.queries.statute_suggestion import suggest, suggest_for
from huiyin.county.registry.states import Confidentiality
from huiyin.kernel.refusal import Refusal

ON = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)


def codes(text: str, **values: object) -> list[str]:
    return [one.code for one in suggest(text, on=ON, **values)]  # type: ignore[arg-type]  # the test's own values


@pytest.mark.parametrize(
    ("text", "first", "article"),
    [
        ("水费收了两次，用水没有计量，要求公开水价", "water_law", "第五十五条"),
        ("村里收回承包地另包给外村人，承包期还没有到", "land_contract_law", "第二十七条"),
        ("出嫁后娘家村收走责任田，离婚妇女的承包地没有了", "land_contract_law", "第三十一条"),
        ("草原被开垦种地，牧场面积越来越小", "grassland_law", "第四十六条"),
        ("采矿挖断了水源，井里没有水", "water_law", "第三十一条"),
        ("信访答复迟迟不给，部门互相推诿", "petition_regulation_2022", "第四十五条"),
    ],
    ids=["水费", "承包地", "外嫁女", "草原", "水源", "推诿"],
)
def test_the_words_of_a_letter_lead_to_its_law(county, text, first, article):
    found = suggest(text, on=ON)
    assert found[0].code == first
    assert article in [one.label for one in found[0].articles]
    assert found[0].reasons


@pytest.mark.parametrize("text", ["要求有关部门解决问题", "拖欠工程款工资三个月", ""])
def test_words_that_tell_too_little_lead_nowhere(county, text):
    assert codes(text) == []


def test_a_law_that_is_in_force_no_more_is_not_suggested(county):
    assert "petition_regulation_2005" not in codes("走访须推选代表，不服复查意见的复核，办结期限")


def test_the_class_leads_to_its_law_with_articles_and_reason(county):
    one = suggest("反映村里的事", on=ON, category_code="0102")[0]
    assert (one.code, one.citation) == ("land_contract_law", "第十五条")
    assert one.reasons == ("分类“农村农业/土地承包经营”",)


def test_a_tag_whose_word_stands_in_the_letter_leads_to_its_law(county):
    assert "标签“农业水费”（内容中有“水费”）" in suggest("水费不公开", on=ON)[0].reasons
    assert suggest("反映村里的事", on=ON, tags=["irrigation_fee"])[0].reasons == ("标签“农业水费”",)


def test_the_office_links_a_tag_to_a_law_and_undoes_it(county, people):
    tag = Tag.objects.create(code="contract", name="合同纠纷", category_code="0102")
    made = statute_links.link(
        entry=LinkEntry("grassland_law", tag_code="contract", article="14", note="本县多为草场合同"),
        by=people.administrator,
        at=AT,
    )
    assert (made.article, made.tag) == ("第十四条", tag)
    found = suggest("反映村里的事", on=ON, tags=["contract"])[0]
    assert (found.code, found.citation, found.reasons) == (
        "grassland_law",
        "第十四条",
        ("标签“合同纠纷”，本办关联",),
    )
    statute_links.unlink(link_id=made.pk, by=people.clerk, at=AT)
    assert codes("反映村里的事", tags=["contract"]) == []
    assert list(Entry.objects.order_by("number").values_list("event", flat=True)[:2]) == [
        "statute.linked",
        "statute.unlinked",
    ]


def test_the_offices_own_link_of_a_class_holds_for_the_classes_below_and_comes_first(county, people):
    statute_links.link(entry=LinkEntry("grassland_law", category_code="01"), by=people.head, at=AT)
    assert codes("反映村里的事", category_code="0110") == ["grassland_law", "water_law"]
    assert codes("反映村里的事", category_code="0206") == ["grassland_law"]
    assert suggest("反映村里的事", on=ON, category_code="0301") == ()


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (LinkEntry("water_law"), "statute_link.no_start"),
        (LinkEntry("water_law", tag_code="irrigation_fee", category_code="0110"), "statute_link.no_start"),
        (LinkEntry("water_law", tag_code="no_tag"), "statute_link.no_tag"),
        (LinkEntry("water_law", category_code="99"), "category.unknown"),
        (LinkEntry("no_law", category_code="0110"), "statute.unknown_code"),
        (LinkEntry("", category_code="0110"), "statute_link.no_statute"),
        (LinkEntry("water_law", category_code="0110", article="水费"), "statute.not_an_article"),
    ],
)
def test_a_link_that_starts_or_ends_nowhere_is_refused(county, people, entry, code):
    with pytest.raises(Refusal) as refused:
        statute_links.link(entry=entry, by=people.clerk, at=AT)
    assert refused.value.code == code


@pytest.mark.parametrize("role", ["leader", "group_head", "restricted", "mail_room", "auditor", "unit_clerk"])
def test_others_do_not_link(county, people, role):
    with pytest.raises(Refusal, match="关联法律需要由"):
        statute_links.link(entry=LinkEntry("water_law", category_code="0110"), by=getattr(people, role), at=AT)


def test_the_same_link_is_made_once_and_undone_once(county, people):
    entry = LinkEntry("water_law", category_code="0110")
    made = statute_links.link(entry=entry, by=people.clerk, at=AT)
    with pytest.raises(Refusal, match="已经关联"):
        statute_links.link(entry=entry, by=people.clerk, at=AT)
    statute_links.unlink(link_id=made.pk, by=people.clerk, at=AT)
    with pytest.raises(Refusal, match="已经解除"):
        statute_links.unlink(link_id=made.pk, by=people.clerk, at=AT)
    statute_links.link(entry=entry, by=people.clerk, at=AT)
    assert StatuteLink.objects.standing().count() == 1


def test_replaying_the_journal_gives_the_links(county, people):
    made = statute_links.link(entry=LinkEntry("water_law", category_code="0110"), by=people.clerk, at=AT)
    statute_links.unlink(link_id=made.pk, by=people.clerk, at=AT)
    told = replay(Entry.objects.order_by("number"))["statutelink", made.pk]
    made.refresh_from_db()
    assert told["category_code"] == made.category_code
    assert told["unlinked_by_id"] == made.unlinked_by_id


def test_the_article_is_kept_as_papers_write_it(registered, classified):
    kept = classified(registered(), statute_code="water_law", article="49条，55")
    assert (kept.statute_code, kept.article) == ("water_law", "第四十九条、第五十五条")


def test_an_article_that_the_imported_text_has_not_is_refused(invented_law, people, registered, classified):
    with pytest.raises(Refusal, match="没有第八条"):
        classified(registered(), statute_code=invented_law, article="第八条")
    petition = classified(registered(name="马长水"), statute_code=invented_law, article="第四条之一")
    wrong = replace(classifications.decided(petition), article="第八条")
    with pytest.raises(Refusal, match="没有第八条"):
        classifications.review(petition_id=petition.pk, classification=wrong, by=people.head, at=AT)
    assert classifications.review(petition_id=petition.pk, by=people.head, at=AT).article == "第四条之一"


def test_a_suggestion_changes_nothing(registered):
    petition = registered(summary="水费收了两次")
    assert suggest_for(petition, on=ON)[0].code == "water_law"
    petition.refresh_from_db()
    assert petition.statute_code == ""


def test_the_petitions_of_a_law_are_counted_as_far_as_one_may_see_them(people, registered, classified):
    assert petitions_by_statute(people.clerk) == {}
    classified(registered(), statute_code="water_law")
    sealed = registered(summary="反映站长私收水费", by=people.restricted, confidentiality=Confidentiality.SEALED)
    classified(sealed, by=people.restricted, statute_code="water_law")
    assert petitions_by_statute(people.clerk) == {"water_law": 1}
    assert petitions_by_statute(people.restricted) == {"water_law": 2}
    assert petitions_by_statute(people.administrator) == {}
