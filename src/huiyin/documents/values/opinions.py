"""执法检查报告 and 审议意见书: what was found and what the session said; neither tells who petitioned (DOMAIN §8)."""

from collections.abc import Iterator, Mapping

from huiyin.county.supervision.finding_models import InspectionReport
from huiyin.county.supervision.opinion_models import Opinion
from huiyin.county.supervision.opinion_states import ItemKind
from huiyin.county.supervision.states import ActivityKind, TeamRole
from huiyin.county.supervision.statutes import cited
from huiyin.documents.sheets import Block, Facts, Form, Grid, Paper, Sheet, Signing, Text, paragraphs
from huiyin.kernel import tenant
from huiyin.kernel.calendar import show_day
from huiyin.kernel.deadlines import Due

from .letterhead import contact_of, day_of, heading, office

LAW = "《中华人民共和国各级人民代表大会常务委员会监督法》"
ANONYMOUS = "问题清单所涉信访事项只计件数、分类和属地，不涉及信访人。"
NUMERALS = "一二三四五六七八九十"


def report_title(report: InspectionReport) -> str:
    """Return what the report of an activity is called: 执法检查报告, 视察报告 and so on."""
    kind = ActivityKind(report.activity.kind)
    return (
        f"{report.activity.title}报告"
        if kind.label in report.activity.title
        else f"{report.activity.title}{kind.label}报告"
    )


def inspection_report(report: InspectionReport) -> Paper:
    """执法检查报告: how the law is carried out, what is wrong, what should be better, what the law lacks (JD24 §36)."""
    activity = report.activity
    parts: list[tuple[str, tuple[Block, ...]]] = [
        ("检查的基本情况", tuple(basics_of(report))),
        ("实施情况评价", paragraphs(report.evaluation)),
        ("存在的问题", (*paragraphs(report.problems), *findings_of(report))),
        ("改进建议", paragraphs(report.suggestions)),
    ]
    if report.law_suggestions:
        parts.append(("对法律法规的修改完善建议", paragraphs(report.law_suggestions)))
    blocks = tuple(
        block
        for numeral, (title, inside) in zip(NUMERALS, parts, strict=False)
        for block in (heading(f"{numeral}、{title}"), *inside)
    )
    sheet = Sheet(
        form=Form.PLAIN,
        organ=tenant.current().name,
        title=report_title(report),
        mark=f"依据{LAW}第三十六条" if activity.kind == ActivityKind.LAW_INSPECTION.value else "",
        blocks=blocks,
        signer=activity.organiser,
        signed_on=day_of(report.approved_at or report.written_at),
    )
    return Paper(sheets=(sheet,))


def basics_of(report: InspectionReport) -> Iterator[Block]:
    """Yield which law, when, which units, who led the team."""
    activity = report.activity
    law = cited(activity.statute_code, activity.articles)
    leaders = activity.members.filter(role=TeamRole.LEADER.value, recused_at=None).values_list("name", flat=True)
    rows: list[tuple[tuple[str, str], ...]] = [
        (("活动编号", activity.number), ("方式", ActivityKind(activity.kind).label)),
        (
            ("时间", f"{show_day(activity.starts_on)}至{show_day(activity.ends_on)}"),
            ("组长", "、".join(leaders) or "—"),
        ),
        (("对象", "、".join(row.unit.name for row in activity.units.select_related("unit").order_by("pk"))),),
    ]
    if law:
        rows.append((("法律", law),))
    yield Facts(rows=tuple(rows))


def findings_of(report: InspectionReport) -> Iterator[Block]:
    """Yield the list of findings as it stood when the report was written."""
    yield Grid(
        headings=("序号", "问题", "依据", "单位", "程度"),
        widths=(7, 47, 20, 17, 9),
        rows=tuple(
            (str(place), fact_of(one), str(one["basis"]) or "—", str(one["unit_name"]), str(one["severity_label"]))
            for place, one in enumerate(report.findings, start=1)
        ),
    )
    yield Text(ANONYMOUS, "note")


def fact_of(finding: Mapping[str, object]) -> str:
    """Return a finding with what stands behind it, counted, and what the unit says to it."""
    behind = finding["behind"]
    assert isinstance(behind, Mapping)
    lines = [str(finding["fact"])]
    if behind["matters"]:
        listed = "；".join(
            "、".join(f"{name}{count}件" for name, count in behind[part])
            for part in ("classes", "places")
            if behind[part]
        )
        lines.append(f"涉及信访事项{behind['matters']}件（{listed}）。")
    if finding["view"]:
        lines.append(f"单位意见：{finding['view']}")
    return "\n".join(lines)


def opinion(row: Opinion) -> Paper:
    """审议意见书: the overall view, the problems, the suggestions, by which day to answer and why that day."""
    due = Due.from_values(row.due) if row.due else None
    blocks: list[Block] = [
        Text(
            f"{tenant.current().name}{row.session}（{show_day(row.session_on)}）审议了{row.activity.title}"
            f"（{row.activity.number}）。现将审议意见交由你单位研究处理（{LAW}第十七条、第三十七条）。"
        )
    ]
    for numeral, kind in zip(NUMERALS, ItemKind, strict=False):
        blocks += [heading(f"{numeral}、{kind.label}"), *items_of(row, kind)]
    if due is not None:
        blocks.append(heading("四、反馈期限"))
        blocks.append(Text(f"请于{show_day(due.due_on)}前将研究处理情况书面报告，逐条说明办理情况，由单位负责人签发。"))
        blocks += [Text(f"{line}。") for line in due.explain()[1:]]
    sheet = Sheet(
        form=Form.LETTER,
        organ=tenant.current().name,
        title="审议意见书",
        number=row.number,
        addressee=row.unit.name,
        blocks=tuple(blocks),
        signer=office(),
        signed_on=day_of(row.sent_at or row.written_at),
        after=(contact_of(row.sent_by),) if row.sent_by else (),
    )
    return Paper(sheets=(sheet, answer_slip(row)))


def items_of(row: Opinion, kind: ItemKind) -> Iterator[Block]:
    """Yield the items of one kind with their numbers and days."""
    items = list(row.items.filter(kind=kind.value).order_by("position"))
    for place, item in enumerate(items, start=1):
        lead = f"（{place}）" if len(items) > 1 else ""
        day = f"（{show_day(item.due_on)}前完成）" if item.due_on else ""
        yield Text(f"{lead}{item.text}{day}")


def answer_slip(row: Opinion) -> Sheet:
    """Return the form on which the unit answers item by item."""
    wanted = row.items.exclude(kind=ItemKind.OVERALL.value).order_by("position")
    return Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="研究处理情况反馈表",
        number=row.number,
        blocks=(
            Facts(rows=((("单位", row.unit.name), ("收到日期", "")),)),
            Grid(
                headings=("条", "审议意见", "办理情况（已完成、正在办理、未办理）"),
                widths=(8, 46, 46),
                rows=tuple((str(item.position), item.text, "") for item in wanted),
            ),
            Signing(labels=("单位负责人", "单位（公章）", "日期")),
        ),
    )
