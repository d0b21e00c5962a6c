"""法律目录: what ships is whole: wordings in order, captions of our own that name articles once, links that lead."""

from huiyin.platform.categories.national import national_codes
from huiyin.platform.statutes.national import links_of, national_list


def test_every_caption_stands_once_and_in_the_order_of_the_law():
    for statute in national_list().statutes:
        for version in statute.versions:
            numbers = [number for number, _ in version.captions]
            assert numbers == sorted(set(numbers)), statute.code


def test_the_wordings_of_a_law_follow_each_other():
    for statute in national_list().statutes:
        days = [version.in_force_from for version in statute.versions]
        assert days == sorted(set(days))
        assert days[0] == statute.in_force_from
        assert all(version.made_on <= version.in_force_from for version in statute.versions)


def test_every_link_leads_from_a_known_class_to_captioned_articles_of_the_newest_wording():
    newest = {one.code: dict(one.versions[-1].captions) for one in national_list().statutes}
    for link in national_list().links:
        assert link.category in national_codes()
        assert set(link.articles) <= set(newest[link.statute])


def test_a_class_of_the_third_level_has_the_links_of_the_class_above_it():
    assert [link.statute for link in links_of("011001")] == ["water_law"]
    assert links_of("0501") == ()


def test_what_inspections_were_chosen_for_is_in_everyday_words():
    words = {one.code: one.words for one in national_list().statutes}
    assert "水费" in words["water_law"]
    assert "承包地" in words["land_contract_law"]
    assert "草原" in words["grassland_law"]
