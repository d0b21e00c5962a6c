"""单位评议材料: what a unit did with what it was given, with the numbers behind every figure (DOMAIN §8, 评议)."""

from collections.abc import Collection, Iterator, Sequence

from huiyin.county.analysis.scorecard_rules import SENTENCES, Board, Compared, Item, Measure, Scorecard
from huiyin.county.assignment.states import ObjectionState
from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.oversight.states import Adoption, RecommendationKind
from huiyin.documents.sheets import Block, Facts, Form, Grid, Paper, Sheet, Text
from huiyin.kernel.calendar import SHANGHAI

from .letterhead import day_of, heading, office

NOTHING = "无"
AGAINST = "反馈期限已过，尚未反馈"


def unit_dossier(
    board: Board, card: Scorecard, *, open_to_writer: Collection[int], recommendations: Sequence[Recommendation]
) -> Paper:
    """单位评议材料: figures beside all other units, then the petitions behind each; nothing of any accusation.

    Of what its writer may not see there is the figure and no number.
    """
    moment = card.at.astimezone(SHANGHAI)
    sheet = Sheet(
        form=Form.PLAIN,
        organ=office(),
        title=f"{card.unit_name}信访事项办理情况评议材料",
        blocks=(
            Facts(
                rows=(
                    (("评议单位", card.unit_name), ("期间", card.period.label)),
                    (("数据截至", f"{moment:%Y-%m-%d %H:%M}"), ("本期交办、转送", f"{len(card.given)}件")),
                    (("现有逾期", f"{len(card.overdue)}件"), ("督办函及以上", f"{card.grave_steps}次")),
                )
            ),
            heading("一、各项指标"),
            *figures(board, card),
            heading("二、督办"),
            steps(card),
            heading("三、异议"),
            objections(card),
            heading("四、三项建议"),
            *recommended(recommendations),
            heading("五、数字所依据的信访件"),
            Text("只列信访编号和文号，不含信访人和内容。本材料供评议使用，不发承办单位。"),
            behind(card, frozenset(open_to_writer)),
        ),
        signer=office(),
        signed_on=day_of(card.at),
    )
    return Paper(sheets=(sheet,))


def figures(board: Board, card: Scorecard) -> Iterator[Block]:
    """Yield the shares beside the others', and what each is counted of."""
    found = board.of_unit(card.unit_code)
    yield Grid(
        headings=("指标", "本单位", "95%区间", "其他单位", "比较"),
        widths=(3, 4, 3, 4, 4),
        rows=tuple(figure(one) for one in found),
    )
    yield Text("比较用费希尔精确检验，各单位放在一起判断（霍尔姆法）；数量太少的不作比较，也不排名。", "note")
    for measure in Measure:
        yield Text(f"{measure.label}：{SENTENCES[measure]}", "note")


def figure(one: Compared) -> tuple[str, ...]:
    """Return one share as a line of the table: never a percentage without its part and whole."""
    share = one.share
    return (
        share.measure.label,
        f"{share.part}/{share.whole}（{share.percent}）",
        share.interval_words,
        f"{one.others_part}/{one.others_whole}（{one.others_percent}）",
        one.standing.label,
    )


def steps(card: Scorecard) -> Grid:
    """Return how often the office stepped in, level by level."""
    return Grid(
        headings=tuple(level.label for level in card.steps),
        widths=(1,) * len(card.steps),
        rows=(tuple(f"{len(items)}次" for items in card.steps.values()),),
    )


def objections(card: Scorecard) -> Grid:
    """Return what became of the unit's objections."""
    return Grid(
        headings=tuple(state.label for state in ObjectionState),
        widths=(1,) * len(ObjectionState),
        rows=(tuple(f"{len(card.objections[state.value])}次" for state in ObjectionState),),
    )


def recommended(rows: Sequence[Recommendation]) -> Iterator[Block]:
    """Yield the recommendations made to the unit, and what it made of them."""
    if not rows:
        yield Text("本期没有向该单位提出建议。")
        return
    yield Grid(
        headings=("文号", "种类", "事由", "反馈"),
        widths=(4, 3, 5, 4),
        rows=tuple((row.number, RecommendationKind(row.kind).label, row.subject, answered(row)) for row in rows),
    )


def answered(row: Recommendation) -> str:
    """Return what the unit answered, or by which day it was to."""
    if row.adoption and row.answered_on:
        return f"{Adoption(row.adoption).label}（{day_of(row.answered_on)}）"
    return f"未反馈（期限{day_of(row.due_on)}）"


def behind(card: Scorecard, open_to_writer: frozenset[int]) -> Grid:
    """Return each figure with the petitions that it counts."""
    lists: list[tuple[str, Sequence[Item]]] = [("本期交办、转送", card.given)]
    for share in card.shares.values():
        lists += [(f"{share.measure.label}：计入", share.items), (f"{share.measure.label}：其中", share.parts)]
    lists += [(f"督办：{level.label}", items) for level, items in card.steps.items()]
    lists += [(f"异议：{ObjectionState(state).label}", items) for state, items in card.objections.items()]
    lists.append((AGAINST, card.overdue))
    return Grid(
        headings=("数字", "件次", "编号"),
        widths=(4, 1, 9),
        rows=tuple((label, str(len(items)), numbers(items, open_to_writer)) for label, items in lists if items),
    )


def numbers(items: Sequence[Item], open_to_writer: frozenset[int]) -> str:
    """Return the numbers of what the writer may see, and how many more there are."""
    shown = [item for item in items if item.petition_id in open_to_writer]
    words = "、".join(f"{item.petition_number}{f'（{item.paper}）' if item.paper else ''}" for item in shown)
    kept = len(items) - len(shown)
    return "；".join(filter(None, (words, f"另有{kept}件不列编号" if kept else ""))) or NOTHING
