"""Reports of units: 办结报告, and the 退回单 that sends one back."""

from huiyin.county.assignment.models import Report
from huiyin.county.assignment.states import Outcome, ReturnReason
from huiyin.county.registry.models import Deadline
from huiyin.documents.sheets import Facts, Form, Grid, Paper, Sheet, Signing, Text, paragraphs
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due

from .letterhead import contact_of, day_of, for_a_unit, heading, office


def conclusion_report(report: Report) -> Paper:
    """办结报告: facts, basis, the outcome of each claim and the measures, as the unit reported them."""
    assignment = report.assignment
    petition = assignment.petition
    outcomes = sorted(
        report.outcomes.select_related("claim").order_by("claim__position"), key=lambda one: one.claim.position
    )
    rows = tuple(
        (
            str(one.claim.position),
            for_a_unit(one.claim.text, petition),
            Outcome(one.outcome).label,
            for_a_unit(one.words, petition) or "—",
        )
        for one in outcomes
    )
    sheet = Sheet(
        form=Form.LETTER,
        organ=assignment.unit.name,
        title="关于信访事项办理情况的报告",
        addressee=office(),
        blocks=(
            Text(f"你办{assignment.number}交办的信访事项（信访编号：{petition.number}）已经办理，现将情况报告如下："),
            heading("一、调查核实的事实"),
            *paragraphs(for_a_unit(report.facts, petition)),
            heading("二、处理依据"),
            *paragraphs(for_a_unit(report.basis, petition)),
            heading("三、逐项处理意见"),
            Grid(headings=("序号", "诉求", "意见", "说明"), widths=(2, 7, 3, 8), rows=rows),
            heading("四、措施和落实情况"),
            *(paragraphs(for_a_unit(report.measures, petition)) or (Text("无。"),)),
        ),
        signer=assignment.unit.name,
        signed_on=day_of(report.reported_at),
        after=(f"第{report.round}次报告；承办人：{report.handler_name}；报告人：{report.reported_by.name}",),
    )
    return Paper(sheets=(sheet,))


def return_slip(report: Report) -> Paper:
    """退回单: why a report is sent back, what to make good and by which day."""
    assignment = report.assignment
    petition = assignment.petition
    reasons = "、".join(ReturnReason(code).label for code in report.return_reasons)
    due = rectification_of(report)
    sheet = Sheet(
        form=Form.LETTER,
        organ=office(),
        title="关于退回办结报告的通知",
        addressee=assignment.unit.name,
        blocks=(
            Text(
                f"你单位对{assignment.number}交办事项（信访编号：{petition.number}）的第{report.round}次报告，经审核予以退回。"
            ),
            Facts(
                rows=(
                    (("退回原因", reasons),),
                    (("具体意见", for_a_unit(report.return_words, petition)),),
                    (
                        ("补正期限", day_of(due.due_on) if due else "—"),
                        ("原报结期限", day_of(assignment.due_on) if assignment.due_on else "—"),
                    ),
                )
            ),
            *(Text(f"{line}。") for line in (due.explain()[1:] if due else ())),
            Text("请在补正期限内重新调查核实，逐项补正后再次报告。逾期未补正的，按照督办程序处理。"),
            Text("补正情况应当同时告知信访人。"),
        ),
        signer=office(),
        signed_on=day_of(report.returned_at) if report.returned_at else "",
        after=(contact_of(report.returned_by),) if report.returned_by else (),
    )
    return Paper(sheets=(sheet, answer_slip(report)))


def rectification_of(report: Report) -> Due | None:
    """Return the explained date of making good that began with this return."""
    if report.returned_at is None:
        return None
    assignment = report.assignment
    row = (
        Deadline.objects.filter(
            petition=assignment.petition,
            unit=assignment.unit,
            clock=Clock.RECTIFICATION.value,
            started_at=report.returned_at,
        )
        .order_by("-id")
        .first()
    )
    return Due.from_values(row.explanation) if row is not None else None


def answer_slip(report: Report) -> Sheet:
    """Return the slip by which the unit confirms the return."""
    assignment = report.assignment
    return Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="退回签收单",
        blocks=(
            Facts(
                rows=(
                    (("信访编号", assignment.petition.number), ("原交办文号", assignment.number)),
                    (("承办单位", assignment.unit.name), ("退回次数", f"第{report.round}次报告")),
                )
            ),
            Signing(labels=("签收人", "签收日期")),
        ),
    )
