"""来访、来电: people who come and people who telephone."""

from huiyin.county.assignment.rules.dispositions import CoHandler
from huiyin.county.assignment.states import AssignmentState
from huiyin.county.document.states import DocumentKind as Paper
from huiyin.county.reception.actions import days, instructions, receptions
from huiyin.county.reception.rules import ArrivalEntry, DayEntry, Exchange, Wish
from huiyin.county.reception.states import LegalRoute, PutReason
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import Channel, Jurisdiction, State
from huiyin.county.reply.states import Method, ReplyKind, Satisfaction
from huiyin.kernel.clocks import Clock

from .course import Course
from .language import Days, on, story
from .office import Office

SCAN = b"%PDF-1.4\n% signed record\n%%EOF\n"
GIVEN = (State.REGISTERED, State.READ, State.CLASSIFIED, State.ASSIGNED)
WORKED_ON = (*GIVEN, State.IN_PROGRESS, State.REPORTED, State.VERIFIED, State.REPLIED, State.CLOSED)


@story
def test_a_group_visit_is_one_batch_with_five_representatives_and_goes_to_a_leader(office: Office) -> Days:
    people = office.people
    six = [{"name": name} for name in ("赵一水", "钱二水", "孙三水", "李四水", "周五水", "吴六水")]
    yield on(5, 11)
    receipt = office.receives(Channel.WALK_IN, "赵一水", head_count=23)
    asked = {"summary": "反映灌区改造占地补偿没有到位", "name": "赵一水", "head_count": 23, "representatives": six}
    office.refuses_at_the_door(
        "petition.too_many_representatives",
        "代表不得超过5人",
        f"/receipts/{receipt.pk}/register",
        asked,
        by=people.clerk,
    )
    five = tuple(one["name"] for one in six[:5])
    visit = office.registers(
        receipt,
        "反映灌区改造占地补偿没有到位",
        name="赵一水",
        phone="13900004567",
        representatives=five,
        claims=("核定占地面积", "发放占地补偿款"),
    ).scanned()
    row = visit.row
    assert (row.is_group, row.head_count, row.representatives.count()) == (True, 23, 5)
    visit.read("接谈五名代表，其余群众由镇里劝返").put_before(people.leader, PutReason.GROUP)
    visit.told(people.leader, "集体来访")

    yield on(5, 12)
    visit.classified("自然资源/征地补偿", "04")
    visit.reviewed(people.head)
    office.refuses("重要信访件须先拟办", lambda: visit.assigned("agriculture"))
    visit.instructed(people.leader, Wish("请农业农村局牵头，水务局配合，一个月内办结", "agriculture", on(6, 19)))
    written = visit.instruction()
    assert str(written.number).startswith("青人批〔2026〕")
    visit.assigned(
        "agriculture",
        instruction_id=written.pk,
        due_on=on(6, 19),
        co_handlers=(CoHandler("water", "何立群", instruction="提供占地图"),),
    ).carried_out()
    # 领导批示的日期早于规则，以较早者为准；遇端午也不顺延，因为它是文书载明的日期。
    visit.due(Clock.REPORT, on(6, 19), "指定：文书载明", "以较早者为准", unit="agriculture")
    visit.due(Clock.SIGN, on(5, 15), "3个工作日", unit="water")
    visit.told(people.leader, "已落实：交县农业农村局办理")
    visit.told(people.unit_clerk, "请签收")

    yield on(5, 13)
    visit.signed("agriculture").signed("water").told_petitioner(unit="agriculture")
    office.refuses("由主办单位告知信访人", lambda: visit.told_petitioner(unit="water"))
    visit.stands_with("县农业农村局", "田有禾", Clock.PROGRESS, on(6, 12))
    visit.seen_by(people.other_unit_clerk, people.unit_clerk, people.leader)
    visit.hidden_from(people.mail_room, people.administrator)

    yield on(6, 10)
    visit.reported(unit="water").verified(by=people.leader, unit="water")
    visit.proven(unit="agriculture").reported(unit="agriculture")
    office.refuses("重要信访件审核通过", lambda: visit.verified(unit="agriculture"))
    visit.verified(by=people.leader, unit="agriculture")
    visit.stands_as(AssignmentState.VERIFIED, unit="agriculture")
    visit.answered("占地面积已核定，补偿款于2026年6月8日发放到户。").delivered("五名代表当面签收", Method.IN_PERSON)
    office.refuses("重要信访件办结", visit.closed)
    visit.closed(people.leader).evaluated(Satisfaction.MOSTLY)
    visit.went(*WORKED_ON)
    visit.papers(
        Paper.ASSIGNMENT_LETTER,
        Paper.ASSIGNMENT_LETTER,
        Paper.INSTRUCTION_SHEET,
        Paper.CONCLUSION_REPORT,
        Paper.CONCLUSION_REPORT,
        Paper.REPLY_LETTER,
        Paper.DELIVERY_RECORD,
    )
    visit.tells("复核归类，同意", "李副主任 批示", "交办 县农业农村局（主办", "交办 县水务局（会办", "落实批示")


@story
def test_a_leader_receives_a_visitor_and_what_is_promised_has_its_day(office: Office) -> Days:
    people = office.people
    yield on(4, 15)
    roster = DayEntry(on=on(4, 16), leader_name="李副主任", place="一楼接待室", capacity=3)
    day = days.add(entry=roster, leader=people.leader, by=people.clerk, at=office.later())
    came = ArrivalEntry(name="杨桂兰", subject="自来水断供", phone="13900005678")

    def signed_in() -> int:
        return receptions.sign_in(day_id=day.pk, entry=came, by=people.clerk, at=office.later()).pk

    office.refuses("只能在当天签到", signed_in)

    yield on(4, 16)
    party = signed_in()
    receptions.call(reception_id=party, by=people.clerk, at=office.later())
    spoken = [Exchange("反映什么事？", "家里自来水断供半个月，要求恢复。")]
    receptions.interview(
        reception_id=party, exchanges=spoken, promised="十日内答复", by=people.clerk, at=office.later()
    )
    signed = receptions.SignedRecord("杨桂兰", "当面听取，水压不足", SCAN)
    registration = Registration(summary="反映县城东街自来水断供", name="杨桂兰", phone="13900005678")

    def registered(record: receptions.SignedRecord) -> Course:
        made = receptions.register(
            reception_id=party, registration=registration, signed=record, by=people.clerk, at=office.later()
        )
        return Course(office, made.petition, made.query_code, by=people.clerk)

    office.refuses("宣读", lambda: registered(signed))
    visit = registered(receptions.SignedRecord("杨桂兰", "当面听取，水压不足", SCAN, was_read_back=True))
    row = visit.row
    assert (row.state, row.reader_name, row.read_by_leader) == (State.READ.value, "李副主任", True)
    instructions.record(
        petition_id=visit.pk,
        wish=Wish("请水务局十日内解决", "water", on(4, 26)),
        leader=people.leader,
        reception_id=party,
        by=people.clerk,
        at=office.later(),
    )
    visit.classified("城乡建设/供水", "05")
    visit.assigned("water", due_on=on(4, 26), instruction_id=visit.instruction().pk).carried_out().signed()
    # 4月26日是周日：文书载明的日期不顺延。
    visit.due(Clock.REPORT, on(4, 26), "指定：文书载明", "以较早者为准")
    visit.stands_with("县水务局", "何立群", Clock.REPORT, on(4, 26))
    visit.seen_by(people.leader, people.unit_clerk)
    visit.hidden_from(people.other_unit_clerk)
    visit.told(people.leader, "您的批示")

    yield on(4, 24)
    visit.told_petitioner().reported().verified().settled("东街加压泵已更换，4月23日恢复供水。")
    visit.evaluated(Satisfaction.SATISFIED)
    visit.went(*WORKED_ON)
    visit.papers(
        Paper.INTERVIEW_RECORD,
        Paper.ASSIGNMENT_LETTER,
        Paper.INSTRUCTION_SHEET,
        Paper.CONCLUSION_REPORT,
        Paper.REPLY_LETTER,
        Paper.DELIVERY_RECORD,
    )
    visit.tells("阅信/接谈（李副主任）", "登记 李副主任 的批示", "落实批示", "办结")


@story
def test_a_visitor_in_litigation_is_guided_and_nobody_instructs_the_case(office: Office) -> Days:
    people = office.people
    yield on(10, 8)
    visit = office.visit("郑守法", "不服县人民法院土地承包纠纷一审判决", phone="13900006789")
    visit.read("案件尚在上诉期，告知上诉途径").classified(
        "政法/审判", "16", is_litigation=True, jurisdiction=Jurisdiction.OTHER_ROUTE
    )
    visit.put_before(people.leader, PutReason.IMPORTANT)
    path = f"/instructions/{visit.instruction().pk}/write"
    office.refuses_at_the_door(
        "instruction.on_the_merits", "不得就案件实体作批示", path, {"words": "请法院改判"}, by=people.leader
    )
    asked = {"unit_code": "court", "handler_name": "立案庭", "redaction_confirmed": True}
    office.refuses_at_the_door(
        "assignment.on_the_merits",
        "不得就案件实体交办",
        f"/petitions/{visit.pk}/assign",
        asked,
        by=people.clerk,
    )
    office.refuses("引导信访人依法向有关政法机关提出", lambda: visit.referred("court", procedure="上诉"))
    visit.instructed(people.leader, Wish(route=LegalRoute.GUIDE))

    yield on(10, 9)
    # 10月10日（周六）调休上班，信访办下一步的5个工作日把它计入。
    visit.guided("县人民法院", "在上诉期内向上一级人民法院上诉", "属法院管辖")
    visit.due(Clock.NEXT_STEP, on(10, 15), "计入：2026年10月10日（周六，国庆节调休上班）")
    visit.stands_with("信访办", "马会计", Clock.NEXT_STEP, on(10, 15))
    visit.due(Clock.DISPOSITION, on(10, 23), "15日")
    visit.hidden_from(people.unit_clerk)
    visit.seen_by(people.leader, people.head)
    visit.answered("请在上诉期内依法上诉。", ReplyKind.GUIDANCE).delivered("本人签收告知书", Method.IN_PERSON).closed()
    visit.went(State.REGISTERED, State.READ, State.CLASSIFIED, State.GUIDED, State.REPLIED, State.CLOSED)
    visit.papers(Paper.INSTRUCTION_SHEET, Paper.NOT_ACCEPTED_NOTICE, Paper.DELIVERY_RECORD)
    visit.tells("阅批未予接受", "一次办理未获准许", "处理决定", "送达，凭证：本人签收告知书")


@story
def test_a_small_thing_of_one_visitor_goes_the_simple_way(office: Office) -> Days:
    people = office.people
    yield on(9, 17)
    visit = office.visit("冯小麦", "家门口公共水龙头漏水", phone="13900007890").read("可以当场答复")
    visit.classified("城乡建设/供水", "05")

    yield on(9, 18)
    both = (CoHandler("agriculture", "田有禾"),)
    office.refuses("需要几个单位会同办理的不适用", lambda: visit.assigned("water", is_simple=True, co_handlers=both))
    office.refuses("可能不予支持的不适用", lambda: visit.assigned("water", is_simple=True, is_refusal_likely=True))
    visit.assigned("water", is_simple=True)
    # 9月20日（周日）调休上班：受理期限的第三个工作日是9月21日。
    visit.due(Clock.SIMPLE_ACCEPT, on(9, 21), "计入：2026年9月20日（周日，国庆节调休上班）", "3个工作日")
    visit.stands_with("县水务局", "何立群", Clock.SIMPLE_ACCEPT, on(9, 21))
    visit.signed()
    visit.due(Clock.SIMPLE_REPLY, on(10, 9), "10个工作日", "国庆节放假", "计入：2026年9月20日")
    visit.hidden_from(people.other_unit_clerk)
    visit.seen_by(people.unit_clerk)

    yield on(9, 22)
    visit.reported().verified().answered("水龙头已更换。").delivered("电话告知本人，9月22日10时", Method.PHONE).closed()
    visit.evaluated(Satisfaction.SATISFIED)
    visit.went(*WORKED_ON)
    visit.papers(Paper.ASSIGNMENT_LETTER, Paper.CONCLUSION_REPORT, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)
    visit.tells("签收，承办人 何立群", "审核通过", "送达，凭证：电话告知本人")


@story
def test_a_call_about_a_ditch_is_resolved_by_the_township(office: Office) -> Days:
    people = office.people
    yield on(11, 2)
    call = office.call("卫长河", "来电反映上松村排水沟堵塞", phone="13900008901", place="上松村")
    call.read("电话记录").classified("农村农业/水利水电")
    office.refuses("请填写承办人", lambda: call.assigned("songlin", handler_name=" "))
    call.assigned("songlin").signed()
    call.stands_with("松林镇人民政府", "镇信访专干赵青", Clock.NOTICE, on(11, 17))
    call.due(
        Clock.REPORT, on(1, 4, 2027), "起算：2026年11月2日", "顺延：2027年1月1日（周五，元旦，法定假日）", "暂定："
    )
    call.hidden_from(people.unit_clerk, people.other_unit_clerk)
    call.seen_by(people.leader)

    yield on(11, 5)
    call.told_petitioner("镇里已派人清沟").reported(measures="镇村两级当场清淤").verified()
    call.answered("排水沟已于11月4日清通。").delivered("电话告知本人，11月5日9时", Method.PHONE).closed()
    call.evaluated(Satisfaction.SATISFIED)
    call.went(*WORKED_ON)
    call.papers(Paper.ASSIGNMENT_LETTER, Paper.CONCLUSION_REPORT, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)
    call.tells("交办 松林镇人民政府", "第 1 次反馈，承办人 镇信访专干赵青", "办结")
    assert Petition.objects.get(pk=call.pk).channel == Channel.PHONE.value
