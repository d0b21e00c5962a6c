"""三项建议书 and 单位评议材料: what stands on them, and what never does."""

from datetime import date
from typing import Any

from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.oversight.actions import recommendations
from huiyin.county.oversight.recommendation_rules import BASIS, RecommendationEntry
from huiyin.county.oversight.states import RecommendationKind
from huiyin.documents.dossiers import write_dossier
from huiyin.documents.writing import paper_of
from huiyin.kernel.periods import year

KIND = RecommendationKind.IMPROVE_WORK


def drafted(story: Any, people: Any) -> int:
    petition = story.register()
    story.classify()
    entry = RecommendationEntry(
        kind=KIND,
        subject="农业水费收缴公开",
        facts=f"信访件{petition.number}反映，马大山（身份证号11010519491231002X）所在村没有公示水费。",
        words="全部灌区按季公示水费。\n明确收费标准。",
        basis=BASIS[KIND],
        due_on=date(2026, 4, 30),
    )
    return recommendations.draft(
        unit_code="water", entry=entry, petition_numbers=[petition.number], by=people.clerk, at=story.later()
    ).pk


def test_the_paper_names_what_is_recommended_and_nobody_who_wrote(story: Any, people: Any) -> None:
    pk = drafted(story, people)
    made = recommendations.make(recommendation_id=pk, by=people.head, at=story.later())
    story.work()
    row = Document.objects.get(kind=DocumentKind.RECOMMENDATION.value)
    paper = paper_of(row)
    assert (row.number, row.unit_code) == (made.number, "water")
    for words in (
        "关于农业水费收缴公开的改进工作建议",
        "县水务局",
        "全部灌区按季公示水费。",
        "《信访工作条例》第四十条第一款",
        "请于2026年4月30日（周四）前书面反馈采纳情况",
        "1　2026年3月　来信　农村农业/农业水费",
        "建议采纳情况反馈表",
    ):
        assert words in paper.text
    for kept in ("马大山", "11010519491231002X", story.petition.number, "上松村", "13912340001"):
        assert kept not in paper.text
    assert Document.objects.visible_to(people.unit_clerk).get(pk=row.pk) == row
    assert not Document.objects.visible_to(people.other_unit_clerk).filter(pk=row.pk).exists()


def test_the_dossier_has_the_figures_and_the_numbers_and_no_content(story: Any, people: Any) -> None:
    story.register()
    story.classify()
    given = story.assign()
    asked = {"unit_code": "water", "period": year(2026), "by": people.clerk}
    at = story.later()
    row = write_dossier(**asked, as_of=at, at=at)
    text = paper_of(row).text
    for words in (
        "县水务局信访事项办理情况评议材料",
        "本期交办、转送：1件",
        f"{story.petition.number}（{given.number}）",
        "本期没有向该单位提出建议",
        "不发承办单位",
    ):
        assert words in text
    for kept in ("马大山", "反映上松村", "13912340001"):
        assert kept not in text
    assert write_dossier(**asked, as_of=at, at=story.later()) == row
    assert not Document.objects.visible_to(people.unit_head).filter(pk=row.pk).exists()
    assert Document.objects.visible_to(people.leader).filter(pk=row.pk).exists()


def test_of_what_its_writer_may_not_see_there_is_a_count(story: Any, people: Any) -> None:
    story.register()
    story.classify()
    story.assign()
    story.petition.recusals.create(staff=people.head, reason="原任职单位", decided_at=story.at, decided_by=people.clerk)
    at = story.later()
    row = write_dossier(unit_code="water", period=year(2026), as_of=at, by=people.head, at=at)
    text = paper_of(row).text
    assert "另有1件不列编号" in text
    assert story.petition.number not in text
