"""检举控告、密件、回避: what never reaches whom it is about."""

from typing import Any

from huiyin.county.assignment.states import DispositionKind
from huiyin.county.document.states import DocumentKind as Paper
from huiyin.county.office.actions import units
from huiyin.county.office.rules import UnitEntry
from huiyin.county.office.states import Branch
from huiyin.county.reception.rules import Wish
from huiyin.county.reception.states import PutReason
from huiyin.county.registry.actions import secrecy
from huiyin.county.registry.models import SEALED_SUMMARY, Petition
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import Channel, Confidentiality, Purpose, State
from huiyin.county.reply.states import ReplyKind, Satisfaction
from huiyin.kernel.clocks import Clock

from .course import Course
from .language import Days, on, story
from .office import Office

SEALED_AWAY = (State.CLASSIFIED, State.TRANSFERRED_SEALED, State.REPLIED, State.CLOSED)


@story
def test_an_accusation_of_a_units_head_goes_sealed_to_the_supervision_commission(office: Office) -> Days:
    people = office.people
    yield on(2, 11)
    letter = office.letter("方直", "举报县水务局局长水某某虚报灌溉面积", phone="13900021111").read(
        "内容属检举控告，转保密专人"
    )
    # 2月14日（周六）为春节调休上班日，归类的第三个工作日就是它。
    letter.due(Clock.CLASSIFY, on(2, 14), "计入：2026年2月14日（周六，春节调休上班）", "3个工作日")
    head_of_unit = AccusedEntry("水局长", "县水务局局长", "water", people.unit_head.pk)
    office.refuses(
        "被检举控告的人不能经办本件", lambda: letter.sealed(AccusedEntry("严保密", staff_id=people.restricted.pk))
    )
    letter.sealed(head_of_unit, named_leader=people.leader)
    letter.seen_by(people.restricted, people.leader)
    letter.known_by_number_to(people.clerk, people.head, people.group_head, people.auditor)
    letter.does_not_exist_for(people.unit_head, people.unit_clerk, people.other_unit_clerk, people.mail_room)
    letter.is_not_there_for(people.clerk, people.unit_head)
    assert "虚报灌溉面积" in letter.opens_for(people.leader)
    ledger = office.page(people.clerk).get("/petitions/").content.decode()
    assert letter.number in ledger
    assert "虚报灌溉面积" not in ledger
    assert "方直" not in ledger

    yield on(2, 12)
    letter.classified("纪检监察/违纪违法", "18", purpose=Purpose.ACCUSATION)
    path = f"/petitions/{letter.pk}/assign"
    asked = {"unit_code": "water", "handler_name": "何立群", "redaction_confirmed": True}
    office.refuses_at_the_door("assignment.sealed", "只能密封移送", path, asked, by=people.restricted)
    office.refuses("只能移送监察机关或上级机关", lambda: letter.proposed_sealed("water", "转请处理"))
    office.refuses("重要信访件须先拟办", letter.transferred)
    letter.proposed_sealed("supervision", "属监察机关管辖")
    letter.told(people.leader, "拟移送")
    letter.approved(people.leader)
    office.refuses_at_the_door(
        "petition.slip_missing", "还没有收到移送回执", f"/petitions/{letter.pk}/close", by=people.leader
    )

    yield on(2, 13)
    letter.signed(by=people.restricted)
    letter.due(Clock.DISPOSITION, on(2, 26), "15日")
    letter.answered("您反映的问题已按规定移送有权机关。", ReplyKind.TRANSFER)
    letter.stands_with("信访办", "严保密", Clock.NEXT_STEP, on(2, 27))
    letter.delivered().closed(people.leader).stands_with_nobody()
    letter.went(State.REGISTERED, State.READ, State.CLASSIFIED, State.PROPOSED, *SEALED_AWAY[1:])
    letter.papers(Paper.SEALED_TRANSFER_LETTER)
    paper = letter.paper(Paper.SEALED_TRANSFER_LETTER)
    assert letter.number in paper
    assert "灌溉面积" not in paper
    assert "水局长" not in paper
    letter.tells("转为检举控告件", "拟移送县监察委员会", "移送 县监察委员会", "办结")
    letter.hidden_from(people.clerk, people.unit_head, people.unit_clerk)


@story
def test_an_accusation_of_an_official_of_this_office_does_not_exist_for_him(office: Office) -> Days:
    people = office.people
    yield on(3, 16)
    receipt = office.receives(Channel.LETTER)
    sealed: dict[str, Any] = {"confidentiality": Confidentiality.SEALED, "phone": "13900022222"}
    office.refuses("登记检举控告件", lambda: office.registers(receipt, "举报", name="齐明", by=people.clerk, **sealed))
    letter = office.registers(receipt, "举报法制委王某干预信访件办理", name="齐明", **sealed)
    letter.scanned().accuses(AccusedEntry("王主任", "县人大法制委主任", staff_id=people.head.pk))
    letter.does_not_exist_for(people.head)
    letter.is_not_there_for(people.head)
    letter.known_by_number_to(people.clerk, people.group_head)
    letter.seen_by(people.restricted)
    seen_by_him = office.page(people.head).get("/petitions/").content.decode()
    assert letter.number not in seen_by_him
    assert Petition.objects.listed_for(people.head).count() == Petition.objects.count() - 1

    yield on(3, 17)
    letter.read("属检举控告").classified("纪检监察/违纪违法", "18", purpose=Purpose.ACCUSATION)
    letter.due(Clock.CLASSIFY, on(3, 19), "3个工作日")
    filed = {
        "kind": DispositionKind.FILED.value,
        "reason": "没有线索",
        "basis": "《信访工作条例》第三十条",
        "second_note": "同意",
        "approver_id": people.head.pk,
    }
    office.refuses_at_the_door(
        "disposition.approver_barred", "不能审批本件", f"/petitions/{letter.pk}/decide", filed, by=people.restricted
    )
    office.refuses_at_the_door(
        "petition.unknown", "没有这件信访件", f"/petitions/{letter.pk}/read", {"note": "看看"}, by=people.head
    )
    letter.transferred()
    letter.stands_with("信访办", "严保密", Clock.NEXT_STEP, on(3, 24))

    yield on(3, 19)
    letter.signed(by=people.restricted).answered("已移送有权机关。", ReplyKind.TRANSFER).delivered().closed()
    letter.went(State.REGISTERED, State.READ, *SEALED_AWAY)
    letter.papers(Paper.SEALED_TRANSFER_LETTER)
    letter.tells("补登被检举控告人", "一次办理未获准许", "移送 县监察委员会", "办结")
    letter.does_not_exist_for(people.head)


@story
def test_of_a_secret_item_there_is_a_number_and_it_goes_upward_in_five_working_days(office: Office) -> Days:
    people = office.people
    yield on(12, 28)
    above = UnitEntry(name="市监察委员会", branch=Branch.SUPERIOR)
    units.add(code="city_supervision", entry=above, by=people.administrator, at=office.later())
    receipt = office.receives(Channel.LETTER)
    office.refuses(
        "不得填写任何内容",
        lambda: office.registers(receipt, "反映县领导", name="不署名", confidentiality=Confidentiality.NUMBER_ONLY),
    )
    made = secrecy.take_number_only(
        receipt_id=receipt.pk, hidden_from=[people.head], by=people.restricted, at=office.later()
    )
    item = Course(office, made.petition, made.query_code, by=people.restricted)
    # 五个工作日跨到2027年，元旦是法定假日，其余安排尚未公布。
    item.due(
        Clock.SEALED_TRANSFER, on(1, 5, 2027), "5个工作日", "不计入：2027年1月1日（周五，元旦，法定假日）", "暂定："
    )
    item.stands_with("信访办", "严保密", Clock.SEALED_TRANSFER, on(1, 5, 2027))
    row = item.row
    assert (row.summary, row.content, row.petitioner.name, row.place) == (SEALED_SUMMARY, "", "", "")
    item.does_not_exist_for(people.head, people.unit_head)
    item.known_by_number_to(people.clerk, people.leader)
    item.is_not_there_for(people.clerk, people.head)
    office.refuses("密件只能密封移送上级机关", item.transferred)

    yield on(12, 30)
    item.transferred("city_supervision").signed(by=people.restricted).closed().stands_with_nobody()
    item.went(State.REGISTERED, State.TRANSFERRED_SEALED, State.CLOSED)
    item.papers(Paper.SEALED_TRANSFER_LETTER)
    item.tells("登记，编号", "密件，只记编号", "移送 市监察委员会", "签收", "办结")


@story
def test_a_leader_who_led_the_unit_before_is_recused_and_another_reads_the_letter(office: Office) -> Days:
    people = office.people
    yield on(9, 7)
    letter = (
        office.letter("段秋实", "反映良种补贴品种与合同不符", phone="13900023333").read("拟送领导阅示").classified()
    )
    office.refuses("回避须写明原因", lambda: letter.recused(people.leader, " "))
    letter.recused(people.leader, "曾任县农业农村局局长")
    letter.does_not_exist_for(people.leader)
    letter.is_not_there_for(people.leader)
    office.refuses("该领导须回避本件", lambda: letter.put_before(people.leader, PutReason.IMPORTANT))
    office.refuses_at_the_door(
        "petition.unknown", "没有这件信访件", f"/petitions/{letter.pk}/reply", {"text": "已处理"}, by=people.leader
    )
    letter.put_before(people.group_head, PutReason.IMPORTANT)
    letter.told(people.group_head, "送您阅批")

    yield on(9, 9)
    letter.instructed(people.group_head, Wish("请农业农村局核实并答复信访人", "agriculture", on(10, 9)))
    letter.assigned("agriculture", instruction_id=letter.instruction().pk, due_on=on(10, 9)).carried_out().signed()
    letter.due(Clock.REPORT, on(10, 9), "指定：文书载明", "以较早者为准")
    letter.due(Clock.OBJECTION, on(9, 16), "5个工作日", "不计入：2026年9月12日（周六，休息日）")
    letter.stands_with("县农业农村局", "田有禾", Clock.NOTICE, on(9, 24))
    letter.seen_by(people.group_head, people.other_unit_clerk)
    letter.hidden_from(people.leader, people.unit_clerk)

    yield on(9, 24)
    letter.told_petitioner().proven().reported().verified().settled("良种已更换。").evaluated(Satisfaction.MOSTLY)
    letter.went(
        State.REGISTERED,
        State.READ,
        State.CLASSIFIED,
        State.ASSIGNED,
        State.IN_PROGRESS,
        State.REPORTED,
        State.VERIFIED,
        State.REPLIED,
        State.CLOSED,
    )
    letter.papers(
        Paper.ASSIGNMENT_LETTER,
        Paper.INSTRUCTION_SHEET,
        Paper.CONCLUSION_REPORT,
        Paper.REPLY_LETTER,
        Paper.DELIVERY_RECORD,
    )
    letter.tells("李副主任 回避", "送 秦岳 阅批", "秦岳 批示", "落实批示", "办结")
    letter.does_not_exist_for(people.leader)
