"""法律库 in the browser: the catalogue, search, one law with its places, links, and suggestions beside 归类."""

from functools import partial
from typing import Any

import pytest

from huiyin.county.office.statute_models import StatuteLink
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality, State
from huiyin.kernel.tenant import entered

DECIDED = {
    "classify-purpose": "claim",
    "classify-category": "0110",
    "classify-jurisdiction": "county",
    "classify-recurrence": "first",
    "classify-statute": "water_law",
    "classify-article": "55",
}


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def classified(browser: Any, person: Any, petition: Petition) -> None:
    values = {**DECIDED, "classify-version": petition.version}
    assert browser(person).post(f"/petitions/{petition.pk}/classify", **values).status_code == 302


def test_the_catalogue_lists_every_law_with_its_level_and_what_is_over_last(people: Any, browser: Any) -> None:
    table = browser(people.clerk).get("/statutes/").context["screen"].table
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[-1][0] == "信访条例"
    assert table.rows[-1].cells[5].component.label == "已失效"
    water = next(row for row in rows if row[0] == "中华人民共和国水法")
    assert water[1:4] == ["法律", "全国人民代表大会常务委员会", "2016-07-02"]
    assert water[4].startswith("提要 ")


def test_a_search_shows_the_articles_with_the_words_marked(people: Any, browser: Any, invented_law: str) -> None:
    page = browser(people.mail_room).get("/statutes/", q="应缴水费")
    assert page.context["screen"].result == "找到 1 条"
    assert f'href="/statutes/{invented_law}/#article-4"' in text_of(page)
    assert "<mark>应缴水费</mark>" in text_of(page)
    assert "没有条文含有这些字" in text_of(browser(people.clerk).get("/statutes/", q="没有这样的字"))


@pytest.mark.parametrize("page", ["2", "99", "x", "-1", "0"])
def test_every_page_of_a_result_opens(people: Any, browser: Any, page: str) -> None:
    assert browser(people.clerk).get("/statutes/", q="水", page=page).status_code == 200


def test_a_law_has_contents_and_a_place_for_each_article(people: Any, browser: Any, invented_law: str) -> None:
    page = browser(people.clerk).get(f"/statutes/{invented_law}/")
    titles = [(one.title, one.span, one.is_section) for one in page.context["screen"].chapters]
    assert titles == [
        ("第一章　总则", "第一条至第二条", False),
        ("第二章　水费的计收", "", False),
        ("第一节　计量", "第三条至第四条之一", True),
        ("第二节　收费", "第五条至第六条", True),
        ("第三章　附则", "第七条", False),
    ]
    assert 'id="article-4-1"' in text_of(page)
    assert page.context["screen"].note == ""


def test_a_law_without_its_text_shows_captions_and_says_so(people: Any, browser: Any) -> None:
    screen = browser(people.clerk).get("/statutes/water_law/").context["screen"]
    assert "正文没有导入" in screen.note
    assert [one.caption[:6] for one in screen.chapters[0].articles if one.label == "第五十五条"] == ["用水须缴水费"]


def test_an_older_wording_is_shown_by_its_day(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    screen = clerk.get("/statutes/supervision_law/", version="2007-01-01").context["screen"]
    assert [chip.active for chip in screen.versions.items] == [False, True]
    assert clerk.get("/statutes/supervision_law/", version="2001-01-01").status_code == 404
    assert clerk.get("/statutes/supervision_law/", version="yesterday").status_code == 200
    assert clerk.get("/statutes/no_such_law/").status_code == 404


def test_the_count_of_a_law_opens_its_petitions_for_those_who_may_list_them(
    people: Any, browser: Any, a_petition: Any
) -> None:
    petition = a_petition(State.READ, summary="反映水费重复收取")
    other = a_petition(State.READ, summary="反映道路泥泞", name="石大川")
    classified(browser, people.clerk, petition)
    clerk = browser(people.clerk)
    page = clerk.get("/statutes/water_law/")
    assert page.context["screen"].petitions.label == "信访件 1 件"
    listed = text_of(clerk.get("/petitions/", statute="water_law"))
    assert petition.number in listed
    assert other.number not in listed
    for person in (people.administrator, people.mail_room):
        screen = browser(person).get("/statutes/water_law/").context["screen"]
        assert screen.petitions is None
        assert "关联的信访件" not in [fact.label for fact in screen.facts.items]


def test_a_sealed_petition_is_in_nobodys_count_who_may_not_see_it(people: Any, browser: Any, a_petition: Any) -> None:
    sealed = a_petition(State.READ, summary="反映站长", confidentiality=Confidentiality.SEALED)
    classified(browser, people.restricted, sealed)
    assert browser(people.clerk).get("/statutes/water_law/").context["screen"].petitions is None
    assert browser(people.restricted).get("/statutes/water_law/").context["screen"].petitions is not None


def test_units_and_strangers_do_not_open_the_laws(people: Any, browser: Any) -> None:
    for path in ("/statutes/", "/statutes/water_law/", "/statutes/links/"):
        assert browser(people.unit_clerk).get(path).status_code == 403
        assert browser().get(path).status_code == 302


def test_a_tag_is_linked_on_screen_and_the_link_undone(people: Any, browser: Any) -> None:
    keeper = browser(people.administrator)
    form = {"tag": "irrigation_fee", "category": "", "statute": "water_law", "article": "49、55", "note": ""}
    assert keeper.post("/statutes/links/new", **form).status_code == 302
    link = StatuteLink.objects.get()
    assert (link.article, link.linked_by) == ("第四十九条、第五十五条", people.administrator)
    assert "第四十九条、第五十五条" in text_of(keeper.get("/statutes/links/"))
    again = keeper.post("/statutes/links/new", **form)
    assert again.status_code == 422
    assert "已经关联" in text_of(again)
    assert keeper.post(f"/statutes/links/{link.pk}/unlink").status_code == 302
    assert not StatuteLink.objects.standing().exists()


def test_others_see_the_links_and_change_none(people: Any, browser: Any) -> None:
    leader = browser(people.leader)
    screen = leader.get("/statutes/links/").context["screen"]
    assert screen.new is None
    assert "农村农业/水利水电" in [row.cells[0].text for row in screen.shipped.rows]
    assert leader.get("/statutes/links/new").status_code == 403
    assert leader.post("/statutes/links/1/unlink").status_code == 403


def test_a_link_of_one_county_is_none_of_anothers(people: Any, browser: Any, other_county: Any) -> None:
    form = {"tag": "", "category": "0301", "statute": "water_law", "article": "", "note": ""}
    assert browser(people.clerk).post("/statutes/links/new", **form).status_code == 302
    with entered(other_county):
        assert not StatuteLink.objects.exists()


def test_the_form_of_classification_suggests_laws_and_chooses_none(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(State.READ, summary="反映村里收回承包地")
    page = text_of(browser(people.clerk).get(f"/petitions/{petition.pk}/"))
    assert "《农村土地承包法》" in page
    assert "内容中有“承包地”" in page
    assert 'data-hy-fill="classify-statute=land_contract_law"' in page
    assert '<option value="land_contract_law" selected' not in page


def test_the_suggestions_follow_the_class_that_is_chosen(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(State.READ, summary="反映村里的一些情况")
    clerk, place = browser(people.clerk), f"/petitions/{petition.pk}/statute-suggestions"
    assert "没有建议的法律" in text_of(clerk.get(place, **{"step": "classify", "classify-category": "0501"}))
    chosen = text_of(clerk.get(place, **{"step": "classify", "classify-category": "0206"}))
    assert "分类“自然资源/草原管理”" in chosen
    assert "classify-article=" in chosen


def test_what_one_may_not_see_has_no_suggestions(people: Any, browser: Any, a_petition: Any) -> None:
    sealed = a_petition(State.READ, summary="反映站长私收水费", confidentiality=Confidentiality.SEALED)
    assert browser(people.clerk).get(f"/petitions/{sealed.pk}/statute-suggestions").status_code == 404
    assert browser(people.unit_clerk).get(f"/petitions/{sealed.pk}/statute-suggestions").status_code == 403


def test_the_cost_of_the_catalogue_and_of_a_law_does_not_grow(
    people: Any, browser: Any, queries_of: Any, a_petition: Any
) -> None:
    clerk = browser(people.clerk)
    places = ("/statutes/", "/statutes/water_law/")
    few = [queries_of(partial(clerk.get, place)) for place in places]
    for number in range(3):
        classified(browser, people.clerk, a_petition(State.READ, summary=f"第{number}件水费", name=f"石{number}"))
    assert [queries_of(partial(clerk.get, place)) for place in places] == few
