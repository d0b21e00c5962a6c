"""三项建议书: what the office recommends to a unit, on what facts, by which article, and by when it answers."""

from collections.abc import Iterator

from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.oversight.states import RecommendationKind
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Channel
from huiyin.documents.sheets import Block, Facts, Form, Grid, Paper, Sheet, Signing, Text, paragraphs
from huiyin.kernel.calendar import show_day, show_weekday

from .letterhead import contact_of, day_of, for_a_unit, heading, office, sentence

ANSWER_ARTICLE = "《信访工作条例》第四十条第四款"
UNCLASSIFIED = "尚未归类"


def recommendation_letter(row: Recommendation) -> Paper:
    """三项建议书 with the slip for the answer; the petitions behind it stand there without number, name or place."""
    kind = RecommendationKind(row.kind)
    petitions = [link.petition for link in row.links.select_related("petition").order_by("petition__received_on", "pk")]
    sheet = Sheet(
        form=Form.LETTER,
        organ=office(),
        title=f"关于{row.subject}的{kind.label}",
        number=row.number,
        addressee=row.unit.name,
        blocks=(
            heading("一、事实"),
            *paragraphs(tidy(row.facts, petitions)),
            *behind(petitions),
            heading("二、建议"),
            *paragraphs(tidy(row.words, petitions)),
            heading("三、依据和反馈"),
            Text(sentence(f"依据{row.basis}")),
            *demands(row),
        ),
        signer=office(),
        signed_on=day_of(row.made_at) if row.made_at else "",
        after=(contact_of(row.drafted_by),),
    )
    return Paper(sheets=(sheet, answer_slip(row)))


def tidy(text: str, petitions: list[Petition]) -> str:
    """Return a text without identity numbers, petition numbers and the names of petitioners."""
    for petition in petitions:
        text = for_a_unit(text, petition).replace(petition.number, "有关信访件")
        if petition.petitioner.name:
            text = text.replace(petition.petitioner.name, "信访人")
    return text


def behind(petitions: list[Petition]) -> Iterator[Block]:
    """Yield how many petitions the recommendation stands on and what they are about: month, form and class, no more."""
    if not petitions:
        return
    yield Text(f"上述情况来自下列{len(petitions)}件信访件（隐去编号、信访人和地点）：")
    yield Grid(
        headings=("序号", "收件月份", "信访形式", "内容分类"),
        widths=(1, 2, 2, 5),
        rows=tuple(
            (
                str(place),
                f"{petition.received_on:%Y}年{petition.received_on.month}月",
                Channel(petition.channel).label,
                petition.category_path or UNCLASSIFIED,
            )
            for place, petition in enumerate(petitions, start=1)
        ),
    )


def demands(row: Recommendation) -> Iterator[Text]:
    """Yield by which day the unit answers what it adopted, and what it says when it does not."""
    if row.oversight is not None:
        yield Text(f"本建议依照督办决定（{row.oversight.number}）提出。")
    yield Text(
        f"请于{show_day(row.due_on)}（{show_weekday(row.due_on)}）前书面反馈采纳情况（{ANSWER_ARTICLE}）："
        "采纳的，写明措施和完成时间；部分采纳或者不采纳的，写明理由。"
    )
    yield Text("不得查找、追究信访人；有关信访件的信息仅限研究本建议使用。")


def answer_slip(row: Recommendation) -> Sheet:
    """Return the slip on which the unit answers."""
    return Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="建议采纳情况反馈表",
        number=row.number,
        blocks=(
            Facts(
                rows=(
                    (("单位", row.unit.name), ("收到日期", "")),
                    (("采纳情况", "□采纳　□部分采纳　□未采纳"),),
                    (("措施和完成时间", "\n\n\n"),),
                    (("部分采纳或未采纳的理由", "\n\n\n"),),
                    (("经办人", ""), ("联系电话", "")),
                )
            ),
            Signing(labels=("单位（公章）", "负责人", "日期")),
        ),
    )
