"""法律库 by API: the same answers as the pages, in plain values."""

from typing import Any

from huiyin.county.registry.states import Confidentiality, State


def test_the_catalogue_tells_counts_only_to_those_who_may_list_petitions(program: Any, people: Any) -> None:
    rows = {one["code"]: one for one in program(people.clerk).get("/statutes/").json()}
    assert (rows["water_law"]["level"], rows["water_law"]["petitions"]) == ("law", 0)
    assert rows["petition_regulation_2005"]["in_force_until"] == "2022-04-30"
    mail_room = program(people.mail_room).get("/statutes/").json()
    assert {one["petitions"] for one in mail_room} == {None}


def test_articles_are_found_by_words_and_by_number(program: Any, people: Any, invented_law: str) -> None:
    clerk = program(people.clerk)
    found = clerk.get(f"/statutes/search?q=水费 退还&code={invented_law}").json()
    assert (found["total"], [one["label"] for one in found["items"]]) == (1, ["第五条"])
    one = clerk.get(f"/statutes/{invented_law}/articles/4?branch=1").json()
    assert (one["anchor"], one["section"]) == ("article-4-1", "第一节　计量")
    assert clerk.get("/statutes/water_law/articles/999").status_code == 404


def test_a_law_is_told_whole(program: Any, people: Any, invented_law: str) -> None:
    whole = program(people.clerk).get(f"/statutes/{invented_law}").json()
    assert [one["label"] for one in whole["articles"]][3:5] == ["第四条", "第四条之一"]
    assert whole["wordings"] == [{"made_on": "2021-07-30", "in_force_from": "2021-07-30", "has_text": True}]
    assert program(people.clerk).get("/statutes/no_such_law").status_code == 404


def test_a_class_is_linked_and_the_link_undone(program: Any, people: Any) -> None:
    head = program(people.head)
    made = head.post("/statutes/links", {"statute_code": "water_law", "category_code": "0110", "article": "55"}).json()
    assert head.get("/statutes/links").json() == [
        {
            "id": made["id"],
            "tag_code": "",
            "category_code": "0110",
            "statute_code": "water_law",
            "article": "第五十五条",
            "note": "",
        }
    ]
    assert head.post(f"/statutes/links/{made['id']}/unlink").status_code == 200
    assert head.get("/statutes/links").json() == []
    refused = head.post("/statutes/links", {"statute_code": "water_law"})
    assert (refused.status_code, refused.json()["code"]) == (409, "statute_link.no_start")


def test_a_petition_is_told_its_suggestions_with_reasons(program: Any, people: Any, a_petition: Any) -> None:
    petition = a_petition(State.READ, summary="草原被开垦种地")
    found = program(people.clerk).get(f"/petitions/{petition.pk}/statute-suggestions").json()
    assert found[0]["code"] == "grassland_law"
    assert "第四十六条" in [one["label"] for one in found[0]["articles"]]
    assert all(one["reason"] for one in found[0]["articles"])
    sealed = a_petition(State.READ, summary="反映站长", confidentiality=Confidentiality.SEALED)
    assert program(people.clerk).get(f"/petitions/{sealed.pk}/statute-suggestions").status_code == 404


def test_an_unknown_law_or_article_is_refused_at_classification(
    program: Any, people: Any, a_petition: Any, invented_law: str
) -> None:
    clerk, petition = program(people.clerk), a_petition(State.READ, summary="水费收了两次")
    body = {"purpose": "claim", "category_code": "0110", "recurrence": "first"}
    for law, code in (
        ({"statute_code": "no_such_law"}, "statute.unknown_code"),
        ({"statute_code": invented_law, "article": "第八条"}, "statute.unknown_article"),
        ({"statute_code": "water_law", "article": "水费"}, "statute.not_an_article"),
    ):
        refused = clerk.post(f"/petitions/{petition.pk}/classify", body | law)
        assert (refused.status_code, refused.json()["code"]) == (409, code)
    good = clerk.post(f"/petitions/{petition.pk}/classify", body | {"statute_code": invented_law, "article": "5"})
    assert good.status_code == 200
    petition.refresh_from_db()
    assert petition.article == "第五条"


def test_the_list_is_exported_by_law(program: Any, people: Any) -> None:
    clerk = program(people.clerk)
    assert clerk.get("/petitions/export.xlsx?statute=water_law").status_code == 200
    assert clerk.get("/petitions/export.xlsx?statute=no_such_law").status_code == 422
