"""议题建议书, 年度监督工作计划, and the scheme of each kind of activity.

None of them names a petition, a petitioner or a petition's number: what is read by directors, units and the public is
counted only.
"""

from collections.abc import Iterator

from huiyin.county.analysis.hotspot_states import Verdict
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.models import SupervisionPlan, TopicProposal
from huiyin.county.supervision.states import (
    SCHEME_TITLES,
    ActivityKind,
    Method,
    TeamRole,
    TopicSource,
)
from huiyin.county.supervision.statutes import cited
from huiyin.documents.sheets import Block, Facts, Form, Grid, Paper, Sheet, Text, paragraphs
from huiyin.kernel import tenant
from huiyin.kernel.calendar import show_day

from .letterhead import contact_of, day_of, heading, office, sentence

SOURCES_ARTICLE = "《中华人民共和国各级人民代表大会常务委员会监督法》第十二条"
PLAN_ARTICLE = "《中华人民共和国各级人民代表大会常务委员会监督法》第六十三条"
NO_NAMES = "以上数字按信访事项统计，同一人反映同一问题的多次信访只计一件；检举控告件只计数，不列内容。"


def topic_proposal(row: TopicProposal) -> Paper:
    """议题建议书: what petitions concentrate on, in frozen numbers, and what the office proposes to do about it."""
    kind = ActivityKind(row.instrument)
    sheet = Sheet(
        form=Form.LETTER,
        organ=office(),
        title=f"关于“{row.title}”的议题建议",
        number=row.number,
        addressee="主任会议",
        blocks=(
            heading("一、问题的由来"),
            Text(f"议题来源：{SOURCES_ARTICLE}{TopicSource(row.source).label}。"),
            *evidence_of(row),
            heading("二、建议理由"),
            *paragraphs(row.reason),
            heading("三、建议内容"),
            Facts(
                rows=(
                    (("监督方式", kind.label), ("组织实施", row.organiser)),
                    (("建议时间", row.timing), ("关联法律", cited(row.statute_code, row.articles) or "—")),
                    (("重点内容", row.focus),),
                )
            ),
            Text("以上建议，请主任会议研究决定。"),
        ),
        signer=office(),
        signed_on=day_of(row.approved_at or row.written_at),
        after=(contact_of(row.written_by),),
    )
    return Paper(sheets=(sheet,))


def evidence_of(row: TopicProposal) -> Iterator[Text | Facts]:
    """Yield the frozen numbers of a topic, with the moment they were counted and their seal."""
    now = row.evidence["now"]
    has_past = row.evidence.get("verdict", Verdict.NO_PAST.value) != Verdict.NO_PAST.value
    scope = "所列" if row.evidence["is_chosen"] else "反映"
    yield Text(
        f"{show_day(row.window_first_on)}至{show_day(row.window_last_on)}，{scope}“{row.key_label}”的信访事项共"
        f"{now['matters']}件（信访{now['petitions']}件次）。"
    )
    rows = [
        (("信访事项", f"{now['matters']}件"), ("其中首次反映", f"{now['first']}件")),
        (("信访件次", f"{now['petitions']}件次"), ("涉及人数", f"{now['people']}人")),
        (("集体访", f"{now['group_visits']}批"), ("其中检举控告件", f"{now['sealed']}件次")),
    ]
    if has_past:
        past = row.evidence["past"]
        rows.append((("上年同期事项", f"{past['matters']}件"), ("占全部事项", str(row.evidence.get("share", "—")))))
    yield Facts(rows=tuple(rows))
    if row.evidence.get("sentence"):
        yield Text(sentence(str(row.evidence["sentence"])))
    yield Text(NO_NAMES)
    yield Text(f"统计截至{day_of(row.evidence_at)}，证据材料校验值（SHA-256）：{row.evidence_hash}", "note")


def supervision_plan(row: SupervisionPlan) -> Paper:
    """年度监督工作计划: what the standing committee will do this year, as passed and published (JD24 §63)."""
    organ = tenant.current().name
    passed = f"（{show_day(row.meeting.held_on)}{row.meeting}通过）" if row.meeting else ""
    sheet = Sheet(
        form=Form.PLAIN,
        organ=organ,
        title=f"{row.year}年度监督工作计划",
        blocks=(
            Text(passed, "centre"),
            *adjusted(row),
            Text(f"根据{PLAN_ARTICLE}，制定本计划并向社会公布。"),
            plan_grid(row),
        ),
        signer=organ,
        signed_on=day_of(row.published_at or row.drafted_at),
    )
    return Paper(sheets=(sheet,))


def adjusted(row: SupervisionPlan) -> Iterator[Text]:
    """Yield which version it is and why the plan was adjusted, where it was."""
    if row.version > 1:
        yield Text(f"（第{row.version}版）调整原因：{sentence(row.change_words)}")


def plan_grid(row: SupervisionPlan) -> Grid:
    """Return the items as a table."""
    lines = []
    for place, item in enumerate(row.items.order_by("code"), start=1):
        law = cited(item.statute_code, item.articles)
        lines.append(
            (
                str(place),
                f"{item.title}（{law}）" if law else item.title,
                ActivityKind(item.kind).label,
                item.organiser,
                item.timing,
            )
        )
    return Grid(
        headings=("序号", "项目", "监督方式", "组织实施", "时间安排"), widths=(8, 38, 18, 20, 16), rows=tuple(lines)
    )


def scheme(row: Activity) -> Paper:
    """方案 of 执法检查, 视察, 评议 and so on: aim, focus, units, methods, team, dates and agenda (JD24 §31–35)."""
    kind = ActivityKind(row.kind)
    blocks: tuple[Block, ...] = (
        heading("一、目的和依据"),
        *paragraphs(row.aim),
        *grounds_of(row),
        heading("二、重点内容"),
        *paragraphs(row.focus),
        heading("三、对象和方式"),
        Facts(
            rows=(
                (("对象", "、".join(unit.unit.name for unit in row.units.select_related("unit").order_by("pk"))),),
                (("方式", "、".join(Method(method).label for method in row.methods)),),
                (("时间", f"{show_day(row.starts_on)}至{show_day(row.ends_on)}"), ("组织实施", row.organiser)),
            )
        ),
        heading("四、日程安排"),
        *paragraphs(row.agenda),
        heading("五、组成人员"),
        team_grid(row),
        heading("六、有关要求"),
        Text("组成人员中与检查对象有利害关系的，应当回避。"),
        Text("途中收到的来信来访，当日交信访办公室登记，注明收到日期；组成人员不自行处理。"),
    )
    sheet = Sheet(
        form=Form.PLAIN,
        organ=tenant.current().name,
        title=scheme_title(row.title, kind),
        number=row.number,
        blocks=blocks,
        signer=tenant.current().name,
        signed_on=day_of(row.approved_at or row.prepared_at),
    )
    return Paper(sheets=(sheet,))


def scheme_title(title: str, kind: ActivityKind) -> str:
    """Return what the scheme is called: 视察方案, 评议方案 …; a title that names the kind does not name it twice."""
    return f"{title}方案" if kind.label in title else f"{title}{SCHEME_TITLES[kind]}"


def grounds_of(row: Activity) -> Iterator[Text]:
    """Yield what the activity stands on: plan or other ground, the law looked into, the standing committee's word."""
    if row.plan_item is not None:
        yield Text(f"依据：{row.plan_item.plan.year}年度监督工作计划第{row.plan_item.code}项。")
    if row.ground:
        yield Text(sentence(f"依据：{row.ground}"))
    if row.part_of is not None:
        yield Text(f"结合{row.part_of.title}（{row.part_of.number}）进行。")
    if row.resolution and row.resolved_on:
        yield Text(f"常委会决议：{row.resolution}（{show_day(row.resolved_on)}）。")
    law = cited(row.statute_code, row.articles)
    if law:
        yield Text(f"关联法律：{law}。")


def team_grid(row: Activity) -> Grid:
    """Return the team, its leader first; who was recused is not in it."""
    order = list(TeamRole)
    members = sorted(
        row.members.filter(recused_at=None).order_by("pk"), key=lambda member: order.index(TeamRole(member.role))
    )
    return Grid(
        headings=("职责", "姓名", "单位和职务"),
        widths=(20, 20, 60),
        rows=tuple((TeamRole(one.role).label, one.name, f"{one.organ}{one.post}") for one in members),
    )
