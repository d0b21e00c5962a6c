"""上级、代表、执法检查组、重大紧急: what others hand in, and what cannot wait."""

from datetime import date
from typing import Any

from huiyin.county.document.states import DocumentKind as Paper
from huiyin.county.registry.actions import urgency
from huiyin.county.registry.intake_rules import ReceiptDetails, UrgentEntry
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Channel, Origin, State, UrgentReceiver
from huiyin.county.reply.states import ReplyKind, Satisfaction
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due

from .language import Days, on, story
from .office import Office

PROPOSED = (State.REGISTERED, State.READ, State.CLASSIFIED, State.PROPOSED)
WORKED_ON = (State.ASSIGNED, State.IN_PROGRESS, State.REPORTED, State.VERIFIED, State.REPLIED, State.CLOSED)
GUIDANCE = ReplyKind.GUIDANCE
LETTERS = (Paper.ASSIGNMENT_LETTER, Paper.CONCLUSION_REPORT, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)


@story
def test_what_comes_from_above_is_due_on_the_day_that_was_demanded(office: Office) -> Days:
    people = office.people
    demand = ReceiptDetails(
        origin_name="市人大常委会信访室",
        origin_number="市人信转〔2026〕18号",
        origin_due_on=on(6, 15),
        origin_words="请依法处理并报结果",
    )
    yield on(5, 6)
    office.refuses("请写明交来的人或机关", lambda: office.letter("孟海", "反映采砂", origin=Origin.SUPERIOR))
    letter = office.letter("孟海", "反映河道采砂毁坏耕地", origin=Origin.SUPERIOR, details=demand, phone="13900041111")
    letter.due(Clock.DISPOSITION, on(5, 21), "15日")
    letter.read("上级交办，拟请水务局办理").classified("水利/河道管理", "01")
    office.refuses("重要信访件须先拟办", lambda: letter.assigned("water"))
    office.refuses("上级和领导交来的不适用", lambda: letter.proposed_to("water", "属水务局职责", is_simple=True))
    letter.proposed_to("water", "属水务局职责")
    letter.told(people.head, "待审批")

    yield on(5, 8)
    letter.sent_back(people.head, "请写明要求现场执法")
    letter.told(people.clerk, "退回重拟")
    letter.proposed_to("water", "属水务局职责", instruction="请现场执法并报结果").approved(people.head).signed()
    letter.due(Clock.REPORT, on(6, 15), "指定：上级要求（市人信转〔2026〕18号）2026年6月15日", "以较早者为准")
    letter.stands_with("县水务局", "何立群", Clock.NOTICE, on(5, 25))
    letter.seen_by(people.unit_clerk, people.leader)
    letter.hidden_from(people.other_unit_clerk)

    yield on(6, 12)
    letter.told_petitioner().reported()
    office.refuses("重要信访件审核通过", letter.verified)
    letter.verified(by=people.leader).answered("采砂点已取缔，耕地已复垦。").delivered()
    office.refuses("重要信访件办结", letter.closed)
    letter.closed(people.leader).evaluated(Satisfaction.SATISFIED)
    letter.went(*PROPOSED, State.CLASSIFIED, State.PROPOSED, *WORKED_ON)
    letter.papers(*LETTERS)
    letter.tells("拟交办县水务局", "退回重拟", "批准马会计的拟办意见", "办结")


@story
def test_an_inspection_team_hands_its_letter_to_the_office_with_the_day_of_receipt(office: Office) -> Days:
    people = office.people
    yield on(6, 4)
    told: dict[str, Any] = {"origin_name": "执法检查组一组"}
    office.refuses(
        "请写明是哪一次执法检查",
        lambda: office.receives(
            Channel.LETTER, "蒲草儿", origin=Origin.INSPECTION_TEAM, details=ReceiptDetails(**told)
        ),
    )
    details = ReceiptDetails(**told, origin_words="农村土地承包法执法检查")
    receipt = office.receives(
        Channel.LETTER, "蒲草儿", origin=Origin.INSPECTION_TEAM, details=details, received_on=on(6, 2)
    )
    letter = office.registers(receipt, "反映二轮承包地被抵顶欠款", name="蒲草儿", phone="13900042222").scanned()
    row = letter.row
    assert (row.origin, row.received_on, row.receipt.origin_words) == (
        Origin.INSPECTION_TEAM.value,
        on(6, 2),
        "农村土地承包法执法检查",
    )
    letter.due(Clock.DISPOSITION, on(6, 17), "起算：2026年6月2日")
    letter.read("检查组转来").classified("农村农业/土地承包", "0101")
    letter.assigned("agriculture").signed()
    letter.stands_with("县农业农村局", "田有禾", Clock.NOTICE, on(6, 22))
    letter.due(Clock.NOTICE, on(6, 22), "顺延：2026年6月19日（周五，端午放假）")
    letter.seen_by(people.other_unit_clerk)
    letter.hidden_from(people.unit_clerk)

    yield on(6, 22)
    letter.told_petitioner().proven().reported().verified().settled("承包地已退还。").evaluated(Satisfaction.SATISFIED)
    letter.went(*PROPOSED[:3], *WORKED_ON)
    letter.papers(*LETTERS)
    letter.tells("登记，编号", "交办 县农业农村局", "办结")


@story
def test_what_a_deputy_passes_on_is_disposed_of_by_the_day_he_asked_for(office: Office) -> Days:
    people = office.people
    yield on(9, 21)
    receipt = office.receives(
        Channel.WALK_IN,
        "代表赵春",
        origin=Origin.DEPUTY,
        details=ReceiptDetails(origin_name="县人大代表赵春", origin_due_on=on(9, 30)),
    )
    visit = office.registers(receipt, "代表转来群众反映校车停运", name="辛小燕", phone="13900043333")
    office.refuses("请先上传接谈笔录", visit.read)
    visit.scanned().read("代表转交").classified("教育/学生出行", "10")
    visit.due(Clock.DISPOSITION, on(9, 30), "指定：上级要求（县人大代表赵春）2026年9月30日", "以较早者为准")
    visit.stands_with("信访办", "马会计", Clock.DISPOSITION, on(9, 30))

    yield on(9, 29)
    visit.guided("县教育局", "向县教育局书面提出", "属教育部门主管，已协调由其直接答复")
    # 国庆节放假七天，下一步的第五个工作日到10月12日，其中10月10日（周六）调休上班。
    visit.due(Clock.NEXT_STEP, on(10, 12), "不计入：2026年10月1日（周四，国庆节放假）", "计入：2026年10月10日")
    visit.hidden_from(people.unit_clerk)
    visit.seen_by(people.head)
    visit.answered("请向县教育局提出，已将情况告知该局。", GUIDANCE).delivered().closed()
    visit.went(*PROPOSED[:3], State.GUIDED, State.REPLIED, State.CLOSED)
    visit.papers(Paper.GUIDANCE_NOTICE, Paper.DELIVERY_RECORD)
    visit.tells("阅信/接谈", "处理决定，审批人 王主任", "办结")


@story
def test_an_urgent_call_is_reported_by_telephone_before_it_is_registered(office: Office) -> Days:
    people = office.people
    yield on(2, 27)
    receipt = office.receives(Channel.PHONE, "山口村民")
    by = {"receipt_id": receipt.pk, "by": people.clerk}

    def reported(to: UrgentReceiver, person: str) -> None:
        entry = UrgentEntry(to, person, "0199-5550100", "山口水库坝脚渗水，村民已转移", office.now)
        urgency.report_urgent(entry=entry, at=office.later(), **by)

    urgency.mark_urgent(reason="水库坝脚渗水，下游有村庄", at=office.later(), **by)
    office.refuses(
        "先电话报告", lambda: office.registers(receipt, "来电反映水库坝脚渗水", name="耿山", phone="13900044444")
    )
    reported(UrgentReceiver.PARTY_OFFICE, "值班员小郭")
    office.refuses("须先报告值班领导", lambda: urgency.finish_urgent(at=office.later(), **by))
    for to, person in ((UrgentReceiver.DUTY_LEADER, "秦岳"), (UrgentReceiver.GOVERNMENT_OFFICE, "值班员小田")):
        reported(to, person)
    urgency.finish_urgent(at=office.later(), **by)
    # 下一个工作日是周六：2月28日调休上班。
    assert registered_by(receipt) == (on(2, 28), "计入：2026年2月28日（周六，春节调休上班）")

    yield on(2, 28)
    call = office.registers(receipt, "来电反映山口水库坝脚渗水", name="耿山", phone="13900044444")
    assert call.row.is_urgent
    call.read("已电话报告，水务局到场", by=people.leader, read_by_leader=True).classified("水利/水库安全", "01")
    call.proposed_to("water", "立即排险", due_on=on(3, 6)).approved(people.leader).signed()
    call.due(Clock.REPORT, on(3, 6), "指定：文书载明")
    call.stands_with("县水务局", "何立群", Clock.REPORT, on(3, 6))
    call.seen_by(people.unit_head, people.group_head)
    call.hidden_from(people.other_unit_clerk)

    yield on(3, 5)
    call.told_petitioner().reported().verified(by=people.leader)
    call.answered("渗水点已处置，水库降低水位运行。").delivered("电话告知本人，3月5日15时").closed(people.leader)
    call.evaluated(Satisfaction.SATISFIED)
    call.went(*PROPOSED, *WORKED_ON)
    call.papers(*LETTERS)
    call.tells("登记，编号", "阅信/接谈（李副主任）", "批准马会计的拟办意见", "办结")


def registered_by(receipt: Receipt) -> tuple[date | None, str]:
    """Return by when a receipt has to be registered, and the day that was counted although it is a Saturday."""
    stored = Receipt.objects.get(pk=receipt.pk)
    lines = Due.from_values(stored.register_due).explain()
    return stored.register_due_on, next(line for line in lines if line.startswith("计入"))
