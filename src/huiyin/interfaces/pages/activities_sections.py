"""The blocks of an activity's page: one table of functions; each shows what it knows of the activity, or nothing."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.journal.models import Entry
from huiyin.county.journal.sentences import SENTENCES
from huiyin.county.registry.models import Petition
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.queries import standing
from huiyin.county.supervision.states import ActivityKind, MemberBasis, Method, TeamRole
from huiyin.county.supervision.statutes import cited
from huiyin.interfaces.components.petitions import Fact, Facts, Timeline, TimelineEntry
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import show_day

from .effects import effects_section
from .findings import findings_section
from .inspection_reports import reports_section
from .opinions_sections import opinions_section
from .section import Section
from .supervision_papers import papers_of

Show = Callable[[Activity, Staff, date], Section | None]


def scheme_section(row: Activity, by: Staff, today: date) -> Section:
    """方案: what for, what about, how, when, on which ground."""
    del by, today
    facts = [
        Fact(label="监督方式", value=ActivityKind(row.kind).label),
        Fact(label="时间", value=f"{show_day(row.starts_on)}至{show_day(row.ends_on)}"),
        Fact(label="组织实施", value=row.organiser),
        Fact(label="关联法律", value=cited(row.statute_code, row.articles) or "不涉及"),
        Fact(label="对象", value="、".join(one.unit.name for one in row.units.select_related("unit").order_by("pk"))),
        Fact(label="活动方式", value="、".join(Method(method).label for method in row.methods)),
        Fact(label="依据", value=ground_of(row), wide=True),
        Fact(label="目的", value=row.aim, wide=True),
        Fact(label="重点内容", value=row.focus, wide=True),
        Fact(label="日程安排", value=row.agenda, wide=True),
    ]
    if row.session and row.session_on:
        facts.append(Fact(label="常委会会议审议", value=f"{row.session}　{show_day(row.session_on)}"))
    if row.outcome:
        facts.append(Fact(label="活动结果", value=row.outcome, wide=True))
    return Section("方案", (Facts(items=tuple(facts)),))


def ground_of(row: Activity) -> str:
    """Return on what an activity stands: the plan, another ground, the whole it is part of, a resolution."""
    found = []
    if row.plan_item is not None:
        found.append(f"{row.plan_item.plan.year}年度监督工作计划第{row.plan_item.code}项")
    if row.ground:
        found.append(row.ground)
    if row.part_of is not None:
        found.append(f"结合{row.part_of.title}（{row.part_of.number}）进行")
    if row.resolution and row.resolved_on:
        found.append(f"{row.resolution}（{show_day(row.resolved_on)}）")
    return "；".join(found)


def team_section(row: Activity, by: Staff, today: date) -> Section:
    """组成人员: with what they declared; who was recused stays in sight with the reason."""
    del by, today
    order = list(TeamRole)
    members = sorted(
        row.members.order_by("pk"), key=lambda one: (one.recused_at is not None, order.index(TeamRole(one.role)))
    )
    table = DataTable(
        caption="组成人员",
        columns=(
            Column(label="职责", width="fit"),
            Column(label="姓名", width="fit"),
            Column(label="单位和职务", width="normal"),
            Column(label="原任职务申报", width="normal"),
            Column(label="回避", width="normal"),
        ),
        rows=tuple(
            Row(
                tone="warn" if one.recused_at else "plain",
                cells=(
                    Cell(text=TeamRole(one.role).label),
                    Cell(text=one.name, sub=MemberBasis(one.basis).label),
                    Cell(text=f"{one.organ}{one.post}"),
                    Cell(text=one.former_posts, sub=one.fairness_words),
                    Cell(text=one.recusal_reason, sub=moment_words(one.recused_at) if one.recused_at else ""),
                ),
            )
            for one in members
        ),
        empty=EmptyState(title="还没有确定组成人员"),
    )
    return Section("组成人员", (table,), lead="受检单位的人员不参加；回避的不再参加本次活动")


def parts_section(row: Activity, by: Staff, today: date) -> Section | None:
    """结合进行的视察."""
    del by, today
    parts = list(row.parts.order_by("pk"))
    if not parts:
        return None
    table = DataTable(
        caption="结合进行的视察",
        columns=(Column(label="编号", width="fit"), Column(label="名称"), Column(label="时间", width="fit")),
        rows=tuple(
            Row(
                href=reverse("activity", args=[one.pk]),
                cells=(Cell(text=one.number), Cell(text=one.title), Cell(text=day_words(one.starts_on))),
            )
            for one in parts
        ),
    )
    return Section("结合进行的视察", (table,))


def letters_section(row: Activity, by: Staff, today: date) -> Section | None:
    """随行来信: what the team brought home, and what became of it."""
    del today
    letters = standing.letters_of(row, by=by)
    if not letters:
        return None
    table = DataTable(
        caption="随行来信",
        columns=(
            Column(label="收件号", width="fit"),
            Column(label="收到日期", width="fit"),
            Column(label="交来", width="fit"),
            Column(label="登记为", width="normal"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.letter.receipt.number),
                    Cell(text=day_words(one.letter.receipt.received_on)),
                    Cell(text=one.letter.handed_by),
                    _registered_as(one.petitions),
                )
            )
            for one in letters
        ),
    )
    return Section("随行来信", (table,), lead="组成人员不办理；期限从收到日期算起")


def _registered_as(petitions: tuple[Petition, ...]) -> Cell:
    if not petitions:
        return Cell(text="待登记或您无权查看")
    numbers = "、".join(one.number for one in petitions)
    return Cell(text=numbers, href=reverse("petition", args=[petitions[0].pk]))


def links_section(row: Activity, by: Staff, today: date) -> Section | None:
    """关联信访件: as the office sees them, with the words that stand for them outside."""
    del today
    links = list(standing.links_of(row, by=by))
    if not links:
        return None
    table = DataTable(
        caption="关联信访件",
        columns=(
            Column(label="对外称", width="fit"),
            Column(label="编号", width="fit"),
            Column(label="概况", width="wide"),
            Column(label="关联理由", width="normal"),
        ),
        rows=tuple(
            Row(
                href=reverse("petition", args=[one.petition_id]),
                cells=(
                    Cell(text=str(one)),
                    Cell(text=one.petition.number),
                    Cell(text=one.petition.summary),
                    Cell(text=one.reason),
                ),
            )
            for one in links
        ),
    )
    return Section("关联信访件", (table,), lead="活动结束不等于信访件办结；对外只称事项序号")


def papers_section(row: Activity, by: Staff, today: date) -> Section | None:
    """文书 of the activity."""
    del today
    return papers_of(row, by)


def course_section(row: Activity, by: Staff, today: date) -> Section | None:
    """经过: who did what, and when; what tells of a petition only to whoever may see it."""
    del today
    entries = Entry.objects.filter(subject="activity", subject_id=row.pk).order_by("number")
    named = {entry.petition_id for entry in entries if entry.petition_id}
    seen = set(Petition.objects.visible_to(by).filter(pk__in=named).values_list("pk", flat=True))
    told = tuple(
        TimelineEntry(
            who=entry.by_name,
            when=entry.at,
            what=SENTENCES[entry.event].say(entry.values),
            note=str(entry.values.get(SENTENCES[entry.event].note, "") or "") if SENTENCES[entry.event].note else "",
            tone=SENTENCES[entry.event].tone,
        )
        for entry in entries
        if entry.petition_id is None or entry.petition_id in seen
    )
    return Section("经过", (Timeline(label="活动经过", entries=told),), lead="只增不改") if told else None


ACTIVITY_SECTIONS: tuple[Show, ...] = (
    scheme_section,
    team_section,
    parts_section,
    links_section,
    letters_section,
    findings_section,
    reports_section,
    opinions_section,
    effects_section,
    papers_section,
    course_section,
)


def sections_of(row: Activity, *, by: Staff, today: date) -> tuple[Section, ...]:
    """Return the blocks that have something to show to this reader."""
    shown = (show(row, by, today) for show in ACTIVITY_SECTIONS)
    return tuple(section for section in shown if section is not None)
