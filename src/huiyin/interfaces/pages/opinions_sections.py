"""The blocks of the page of one 审议意见: its items, each answer, the votes, what followed."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.supervision.actions.responses import result_of
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.opinion_models import Opinion, Rating, Response
from huiyin.county.supervision.opinion_states import ItemKind, ItemResult, OpinionState, ResponseDecision
from huiyin.county.supervision.rules.opinions import DELIBERATED, may_write, owes_answer
from huiyin.county.supervision.rules.responses import RATING_RULE
from huiyin.county.supervision.states import ActivityState
from huiyin.interfaces.components.contract import Component, Tone
from huiyin.interfaces.components.links import Button, Pagination
from huiyin.interfaces.components.petitions import DueBadge, Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.deadlines import Due

from .section import Section

TONES: dict[OpinionState, Tone] = {
    OpinionState.WRITTEN: "plain",
    OpinionState.APPROVED: "warn",
    OpinionState.SENT: "info",
    OpinionState.ANSWERED: "warn",
    OpinionState.RETURNED: "bad",
    OpinionState.TABLED: "info",
    OpinionState.ACCEPTED: "good",
}
RESULT_TONES: dict[ItemResult, Tone] = {
    ItemResult.DONE: "good",
    ItemResult.UNDER_WAY: "warn",
    ItemResult.NOT_DONE: "bad",
}


def badge_of(row: Opinion) -> StateBadge:
    """Return where an opinion stands."""
    state = OpinionState(row.state)
    return StateBadge(label=state.label, tone=TONES[state])


def answered_on(row: Opinion) -> date | None:
    """Return the day of the last answer, where none is owed now."""
    if owes_answer(OpinionState(row.state)):
        return None
    last = row.responses.order_by("-round").first()
    return last.answered_on if last else None


def due_badge(row: Opinion, *, today: date) -> DueBadge | None:
    """Return by when the answer is due and why that day; nothing before it was sent."""
    if row.due_on is None or row.due is None:
        return None
    due = Due.from_values(row.due)
    return DueBadge(
        due_on=row.due_on,
        today=today,
        done_on=answered_on(row),
        provisional=due.provisional,
        explanation=due.explain(),
    )


def opinions_table(
    rows: Iterable[Opinion], *, today: date, empty: str, pagination: Pagination | None = None
) -> DataTable:
    """Return opinions as a table."""
    return DataTable(
        caption="审议意见",
        columns=(
            Column(label="文号", width="fit"),
            Column(label="活动", width="wide"),
            Column(label="单位", width="fit"),
            Column(label="会议", width="fit"),
            Column(label="期限", width="fit"),
            Column(label="状态", width="fit"),
        ),
        rows=tuple(
            Row(
                href=reverse("opinion", args=[row.pk]),
                cells=(
                    Cell(text=row.number or "未编号"),
                    Cell(text=row.activity.title, sub=row.activity.number),
                    Cell(text=row.unit.name),
                    Cell(text=row.session, sub=day_words(row.session_on)),
                    Cell(component=due_badge(row, today=today)) if row.due_on else Cell(text="—"),
                    Cell(component=badge_of(row)),
                ),
            )
            for row in rows
        ),
        empty=EmptyState(title=empty),
        pagination=pagination,
    )


def head_section(row: Opinion, *, today: date) -> Section:
    """会议、单位、期限."""
    facts = [
        Fact(label="活动", value=f"{row.activity.title}（{row.activity.number}）", wide=True),
        Fact(label="审议的会议", value=f"{row.session}　{day_words(row.session_on)}"),
        Fact(label="研究处理单位", value=row.unit.name),
    ]
    badge = due_badge(row, today=today)
    if badge is not None:
        facts.append(Fact(label="反馈期限", component=badge, wide=True))
    elif row.send_due_on and row.send_due:
        sending = DueBadge(
            due_on=row.send_due_on,
            today=today,
            explanation=Due.from_values(row.send_due).explain(),
        )
        facts.append(Fact(label="送交期限", component=sending, wide=True))
    if row.published_at:
        facts.append(Fact(label="公开", value=day_words(local_day(row.published_at))))
    return Section("基本情况", (Facts(items=tuple(facts)),))


def items_section(row: Opinion) -> Section:
    """审议意见 item by item, each with what the last answer says to it."""
    last = row.responses.order_by("-round").first()
    said = {one.item_id: one for one in last.items.order_by("pk")} if last else {}
    rows = []
    for item in row.items.order_by("position"):
        answer = said.get(item.pk)
        result = ItemResult(answer.result) if answer else None
        rows.append(
            Row(
                cells=(
                    Cell(text=str(item.position)),
                    Cell(text=ItemKind(item.kind).label),
                    Cell(text=item.text, sub=f"期限 {day_words(item.due_on)}" if item.due_on else ""),
                    Cell(text=answer.words if answer else "—"),
                    Cell(component=StateBadge(label=result.label, tone=RESULT_TONES[result]))
                    if result
                    else Cell(text="—"),
                )
            )
        )
    table = DataTable(
        caption="审议意见和办理情况",
        columns=(
            Column(label="条", width="fit", align="end"),
            Column(label="类别", width="fit"),
            Column(label="审议意见", width="wide"),
            Column(label="办理情况", width="wide"),
            Column(label="进度", width="fit"),
        ),
        rows=tuple(rows),
    )
    return Section("审议意见和办理情况", (table,), lead="办理情况为最近一次反馈")


def responses_section(row: Opinion) -> Section | None:
    """研究处理情况: every answer with what was made of it."""
    answers = list(row.responses.select_related("answered_by", "decided_by", "rating").order_by("-round"))
    parts = tuple(part for one in answers for part in _of_response(one))
    return Section("研究处理情况", parts, lead="最近一次在前") if parts else None


def _of_response(one: Response) -> Iterator[Component]:
    made = ResponseDecision(one.decision).label if one.decision else "待审查"
    facts = [
        Fact(label="次数", value=str(one)),
        Fact(label="反馈日期", value=day_words(one.answered_on)),
        Fact(label="签发", value=one.signed_by),
        Fact(label="提交", value=one.answered_by.name),
        Fact(label="总体情况", value=one.words, wide=True),
        Fact(label="审查意见", value=f"{made}　{one.decision_words}".strip()),
    ]
    if one.return_due_on:
        facts.append(Fact(label="新的期限", value=day_words(one.return_due_on)))
    rating = Rating.objects.filter(response=one).first()
    if rating is not None:
        facts.append(Fact(label="满意度测评", value=rating_words(rating), wide=True))
    yield Facts(items=tuple(facts))


def rating_words(rating: Rating) -> str:
    """Return the votes, what they mean, and by which rule."""
    return (
        f"{rating.session}（{day_words(rating.rated_on)}）：组成人员{rating.members}人，满意{rating.satisfied}票，"
        f"基本满意{rating.mostly}票，不满意{rating.dissatisfied}票，结果为{result_of(rating).label}。{RATING_RULE}"
    )


def follow_ups_section(row: Opinion) -> Section | None:
    """跟踪监督."""
    rows = list(row.follow_ups.order_by("held_on", "pk"))
    if not rows:
        return None
    table = DataTable(
        caption="跟踪监督",
        columns=(
            Column(label="日期", width="fit"),
            Column(label="方式", width="fit"),
            Column(label="内容", width="wide"),
            Column(label="结果", width="wide"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=day_words(one.held_on)),
                    Cell(text=str(one)),
                    Cell(text=one.words, sub=f"期限 {day_words(one.due_on)}" if one.due_on else ""),
                    Cell(text=one.outcome or "—"),
                )
            )
            for one in rows
        ),
    )
    return Section("跟踪监督", (table,))


def opinions_section(row: Activity, by: Staff, today: date) -> Section | None:
    """审议意见 on the activity's page."""
    rows = list(row.opinions.select_related("unit", "activity").order_by("pk"))
    may = ActivityState(row.state) in DELIBERATED and may_write(by)
    if not rows and not may:
        return None
    new = Button(label="起草审议意见", href=reverse("opinion_new", args=[row.pk]), icon="plus")
    table = opinions_table(rows, today=today, empty="还没有审议意见")
    return Section("审议意见", (table, *((new,) if may else ())))
