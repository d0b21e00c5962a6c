"""来信: letters that are answered, and letters that cannot be."""

from typing import Any

from huiyin.accounts.models import Staff
from huiyin.county.assignment.rules.report_checks import Finding
from huiyin.county.assignment.states import AssignmentState, DispositionKind, Outcome, ReturnReason
from huiyin.county.document.states import DocumentKind as Paper
from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import receipts
from huiyin.county.registry.states import Channel, PetitionerKind, Purpose, State
from huiyin.county.reply.states import Method, ReplyKind, Satisfaction
from huiyin.kernel.clocks import Clock

from .language import Days, on, story
from .office import Office

ANONYMOUS = PetitionerKind.ANONYMOUS
FEES = (
    "调取2025年上松村两次收费的票据存根，逐户与缴费人核对，多收的四百二十元系抄表员重复录入，已经当面退还并由户主签收。"
)
WELL = (
    "机井变压器雷击损坏，农业农村局与供电公司现场会商，五月二十日换装变压器，六月五日架线完毕，当日抽水试验水量正常。"
)
ANSWERED_BY_A_UNIT = (
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
KEPT_IN_HOUSE = (*ANSWERED_BY_A_UNIT[:3], State.INTERNAL, *ANSWERED_BY_A_UNIT[4:])


@story
def test_a_letter_about_water_fees_is_returned_once_and_answered(office: Office) -> Days:
    people = office.people
    yield on(3, 2)
    letter = office.letter(
        "马长根",
        "反映松林镇上松村农业水费重复收取",
        phone="13900001234",
        address="松林镇上松村三组",
        claims=("退还2025年多收的水费", "公开水费收取标准"),
    )
    letter.due(Clock.CLASSIFY, on(3, 5), "依据：", "3个工作日")
    letter.due(Clock.DISPOSITION, on(3, 17), "第二十二条第一款", "15日")
    letter.stands_with("信访办", "马会计", Clock.CLASSIFY, on(3, 5))
    letter.read()
    letter.hidden_from(people.unit_clerk, people.mail_room, people.administrator)

    yield on(3, 3)
    letter.classified()
    office.refuses("已脱敏", lambda: letter.assigned("water", redaction_confirmed=False))
    letter.assigned("water")
    letter.stands_with("县水务局", "何立群", Clock.SIGN, on(3, 6))
    letter.seen_by(people.unit_clerk, people.unit_head, people.leader, people.auditor)
    letter.hidden_from(people.other_unit_clerk)
    letter.told(people.unit_clerk, "请签收")

    yield on(3, 5)
    letter.signed().told_petitioner()
    # 3月5日签收起60日为5月4日，劳动节放假，顺延至5月6日。
    letter.due(Clock.REPORT, on(5, 6), "起算：2026年3月5日", "顺延：2026年5月4日（周一，劳动节放假）")
    letter.due(Clock.PROGRESS, on(4, 7), "顺延：2026年4月4日（周六，清明放假）")
    letter.stands_with("县水务局", "何立群", Clock.PROGRESS, on(4, 7))

    yield on(4, 1)
    told = [(Outcome.SUPPORTED, "多收的420元已退还")]
    office.refuses("还有1个诉求点没有答复", lambda: letter.reported(told))
    letter.reported([*told, (Outcome.EXPLAINED, "")], facts=FEES)
    letter.told(people.clerk, "县水务局反馈")
    letter.shows(Finding.UNANSWERED, Finding.REPLY_MISSING, Finding.PROOF_MISSING)
    letter.stands_with("信访办", "马会计", Clock.NEXT_STEP, on(4, 9))

    yield on(4, 2)
    letter.returned("请补退款收据并说明收费标准", ReturnReason.PROOF_MISSING, ReturnReason.CLAIM_UNANSWERED)
    letter.due(Clock.RECTIFICATION, on(4, 13), "10日", "顺延：2026年4月12日（周日，休息日）")
    letter.told(people.unit_head, "第1次退回")

    yield on(4, 9)
    letter.proven().reported([*told, (Outcome.SUPPORTED, "收费标准已在村务栏公开")], facts=FEES)
    letter.shows(Finding.RETURNED_BEFORE)

    yield on(4, 10)
    letter.verified().stands_as(AssignmentState.VERIFIED)
    office.refuses_at_the_door(
        "petition.not_delivered", "没有送达凭证", f"/petitions/{letter.pk}/close", by=people.clerk
    )
    letter.answered("多收的420元已退还，收费标准已公开。")
    letter.stands_with("信访办", "马会计", Clock.NEXT_STEP, on(4, 17))
    office.refuses("没有送达凭证", letter.closed)

    yield on(4, 14)
    letter.delivered().closed().stands_with_nobody()

    yield on(4, 20)
    letter.evaluated(Satisfaction.SATISFIED).archived("青人信档2026-0001", 14)
    office.refuses("已经评价过", lambda: letter.evaluated(Satisfaction.MOSTLY))
    letter.went(
        State.REGISTERED,
        State.READ,
        State.CLASSIFIED,
        State.ASSIGNED,
        State.IN_PROGRESS,
        State.REPORTED,
        State.RETURNED,
        State.REPORTED,
        State.VERIFIED,
        State.REPLIED,
        State.CLOSED,
        State.ARCHIVED,
    )
    letter.papers(
        Paper.ASSIGNMENT_LETTER,
        Paper.CONCLUSION_REPORT,
        Paper.RETURN_SLIP,
        Paper.CONCLUSION_REPORT,
        Paper.REPLY_LETTER,
        Paper.DELIVERY_RECORD,
    )
    assert "2026年5月" in letter.paper(Paper.ASSIGNMENT_LETTER)
    letter.tells("登记，编号", "交办 县水务局", "退回第 1 次反馈", "审核通过", "送达", "办结", "满意度评价", "归档")


@story
def test_an_anonymous_letter_is_read_by_two_and_filed(office: Office) -> Days:
    people = office.people
    yield on(6, 1)
    letter = office.letter("", "反映村里应当修桥，没有署名", petitioner_kind=ANONYMOUS).read("没有具体事项，拟存查")
    letter.classified("城乡建设/道路", "05", purpose=Purpose.SUGGESTION)

    yield on(6, 2)
    filed = DispositionKind.FILED
    office.refuses("第二人的阅信意见", lambda: letter.decided(filed, "没有具体事项", second_note=" "))
    office.refuses("须由另一人审批", lambda: letter.decided(filed, "没有", approver=people.clerk, second_note="已阅"))
    letter.decided(filed, "没有具体事项", second_note="已阅原信，同意存查")
    letter.due(Clock.DISPOSITION, on(6, 16), "《信访工作条例》第二十二条第一款", "15日")
    letter.stands_with("信访办", "马会计", Clock.NEXT_STEP, on(6, 9))
    letter.seen_by(people.head, people.leader)
    letter.hidden_from(people.unit_clerk, people.mail_room)

    yield on(6, 3)
    letter.closed().stands_with_nobody()
    letter.went(State.REGISTERED, State.READ, State.CLASSIFIED, State.FILED, State.CLOSED)
    letter.papers()
    letter.tells("登记", "阅信/接谈（马会计）", "归类为 城乡建设/道路", "处理决定，审批人 王主任", "办结")


@story
def test_a_joint_letter_is_one_petition_with_one_reply(office: Office) -> Days:
    people = office.people
    yield on(4, 27)
    receipt = office.receives(Channel.LETTER, "田长水等")
    said: dict[str, Any] = {
        "name": "田长水",
        "signer_count": 12,
        "signers": ("田长水", "田小满", "周秋生"),
        "phone": "13900002345",
    }
    office.refuses(
        "请填联名人数", lambda: office.registers(receipt, "反映机井断电", representatives=("田长水",), **said)
    )
    letter = office.registers(receipt, "联名反映松林镇上松村机井断电，无法灌溉", claims=("恢复机井供电",), **said)
    letter.scanned().read()
    row = letter.row
    assert (row.is_joint, row.is_group, row.signer_count, row.head_count) == (True, False, 12, 1)

    yield on(4, 28)
    letter.classified("农村农业/农田水利", "0111", tags=("irrigation_fee",))
    office.refuses("联名信、集体访不适用", lambda: letter.assigned("agriculture", is_simple=True))
    letter.assigned("agriculture", instruction="请会同村委会尽快恢复供电")
    letter.due(Clock.SIGN, on(5, 6), "不计入：2026年5月1日（周五，劳动节放假）", "3个工作日")
    letter.due(Clock.DISPOSITION, on(5, 12), "15日")

    yield on(4, 30)
    letter.signed()
    # 5月9日（周六）调休上班，计入5个工作日。
    letter.due(Clock.OBJECTION, on(5, 11), "计入：2026年5月9日（周六，劳动节调休上班）", "劳动节放假")
    letter.due(Clock.REPORT, on(6, 29), "60日")
    letter.seen_by(people.other_unit_clerk)
    letter.hidden_from(people.unit_clerk, people.unit_head)

    yield on(5, 20)
    letter.told_petitioner().progressed("变压器已更换，正在架线")
    letter.due(Clock.PROGRESS, on(6, 22), "顺延：2026年6月19日（周五，端午放假）")
    office.refuses("请先上传负责人签字的办结报告", letter.reported)

    yield on(6, 8)
    letter.proven().reported(facts=WELL)
    letter.shows()
    letter.verified()
    letter.told(people.clerk, "第1次进展", "县农业农村局反馈")
    letter.settled("机井供电已于2026年6月5日恢复。")

    yield on(6, 9)
    letter.evaluated(Satisfaction.SATISFIED)
    letter.went(*ANSWERED_BY_A_UNIT)
    letter.papers(Paper.ASSIGNMENT_LETTER, Paper.CONCLUSION_REPORT, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)
    assert "田长水" in letter.paper(Paper.REPLY_LETTER)
    letter.tells("交办 县农业农村局（主办，田有禾）", "第 1 次反馈进展", "第 1 次反馈，承办人 田有禾", "办结")


@story
def test_an_illegible_letter_is_passed_on_and_its_writer_cannot_be_reached(office: Office) -> Days:
    people = office.people
    yield on(7, 6)
    letter = office.letter(
        "", "来信字迹不清，似反映镇里道路照明", petitioner_kind=PetitionerKind.ILLEGIBLE, phone="13900005188"
    )
    letter.read("字迹不清，能辨认的转松林镇").classified("城乡建设/公用事业", "05")

    yield on(7, 8)
    letter.referred("songlin")
    letter.stands_with("信访办", "马会计", Clock.NEXT_STEP, on(7, 15))
    letter.due(Clock.OBJECTION, on(7, 20), "第二十三条第三款", "不计入：2026年7月18日（周六，休息日）")
    letter.answered("已将您的来信转松林镇人民政府处理。", ReplyKind.TRANSFER)
    office.refuses_at_the_door(
        "reply.proof_missing",
        "请填写送达凭证",
        f"/replies/{letter.reply().pk}/deliver",
        {"method": "phone", "delivered_at": office.now.isoformat(), "proof": " "},
        by=people.clerk,
    )
    letter.hidden_from(people.unit_clerk, people.other_unit_clerk)
    letter.seen_by(people.head, people.auditor)

    yield on(7, 10)
    letter.delivered("按信上电话拨打3次，均为空号", Method.IMPOSSIBLE).closed().stands_with_nobody()
    letter.went(State.REGISTERED, State.READ, State.CLASSIFIED, State.REFERRED, State.REPLIED, State.CLOSED)
    letter.papers(Paper.REFERRAL_LETTER, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)
    letter.tells("转送 松林镇人民政府", "答复，文号", "送达，凭证：按信上电话拨打3次")


@story
def test_a_suggestion_is_worked_on_in_the_house_and_its_writer_hears_what_was_adopted(office: Office) -> Days:
    people = office.people
    yield on(8, 3)
    letter = office.letter("孙知行", "建议把水费公示纳入年度执法检查", phone="13900003456").read(
        "建议具体，拟法制委研究"
    )
    letter.classified("党务政务/政治体制", "1602", purpose=Purpose.SUGGESTION)

    yield on(8, 4)
    office.refuses("直接办理只能交本机关的工作机构", lambda: letter.kept_in_house("water"))
    letter.kept_in_house(due_on=on(8, 21)).signed(by=people.clerk)
    letter.due(Clock.REPORT, on(8, 21), "指定：文书载明", "以较早者为准")
    letter.stands_with("县人大法制委员会", "法制委孙直", Clock.NOTICE, on(8, 19))
    office.refuses("不提出异议", lambda: letter.objected("不属我委", by=people.clerk))

    yield on(8, 19)
    letter.told_petitioner().reported().verified()
    letter.answered("建议已采纳，列入2027年监督工作计划建议。", ReplyKind.ADOPTION).delivered().closed()
    letter.hidden_from(people.unit_clerk, people.unit_head)
    letter.seen_by(people.leader)

    yield on(8, 25)
    letter.evaluated(Satisfaction.SATISFIED)
    letter.went(*KEPT_IN_HOUSE)
    letter.papers(Paper.ASSIGNMENT_LETTER, Paper.CONCLUSION_REPORT, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)
    letter.tells("直接办理 县人大法制委员会", "签收", "告知信访人", "审核通过", "办结")


@story
def test_an_advertisement_is_no_petition_when_two_people_say_so(office: Office) -> Days:
    people = office.people
    yield on(9, 1)
    receipt = office.receives(Channel.LETTER, "某公司")

    def seconded(by: Staff) -> None:
        receipts.second_not_petition(receipt_id=receipt.pk, by=by, at=office.later())

    office.refuses("尚未标记", lambda: seconded(people.leader))
    receipts.mark_not_petition(receipt_id=receipt.pk, reason="推销农机广告", by=people.head, at=office.later())
    office.refuses("须由另一人复核", lambda: seconded(people.head))
    seconded(people.leader)
    office.refuses("已确认为非信访件", lambda: office.registers(receipt, "推销农机", name="某公司"))
    told = [entry.event for entry in Entry.objects.filter(subject="receipt", subject_id=receipt.pk).order_by("number")]
    assert told == ["receipt.taken", "receipt.marked_not_petition", "receipt.seconded_not_petition"]
    assert "马会计" not in [entry.by_name for entry in Entry.objects.filter(subject_id=receipt.pk, subject="receipt")]


@story
def test_an_envelope_taken_in_twice_leaves_a_void_number_in_the_ledger(office: Office) -> Days:
    people = office.people
    yield on(9, 2)
    letter = (
        office.letter("何福田", "反映退耕还林补助没有兑现", phone="13900002468")
        .read()
        .classified("林业/退耕还林", "01")
    )
    twice = office.letter("何福田", "反映退耕还林补助没有兑现").read("与前一封是同一封信，拟作废")
    twice.due(Clock.CLASSIFY, on(9, 7), "不计入：2026年9月5日（周六，休息日）")
    twice.stands_with("信访办", "马会计", Clock.CLASSIFY, on(9, 7))
    path = f"/petitions/{twice.pk}/void"
    asked = {"reason": "同一封信收件两次", "approver_id": people.head.pk}
    office.refuses_at_the_door("petition.void_needs_second_person", "须由另一人批准", path, asked, by=people.head)
    unexplained = {**asked, "reason": " "}
    office.refuses_at_the_door("petition.void_reason_missing", "作废须写明原因", path, unexplained, by=people.clerk)
    twice.voided("同一封信收件两次", people.head).stands_with_nobody()
    twice.seen_by(people.clerk)
    twice.hidden_from(people.unit_clerk)
    assert "作废" in twice.opens_for(people.clerk)
    letter.assigned("agriculture").signed()
    letter.due(Clock.NOTICE, on(9, 17), "第二十三条第三款", "15日")

    yield on(9, 16)
    letter.told_petitioner().proven().reported().verified().settled("补助已兑现。")
    letter.went(*ANSWERED_BY_A_UNIT)
    twice.went(State.REGISTERED, State.READ, State.VOIDED)
    letter.papers(Paper.ASSIGNMENT_LETTER, Paper.CONCLUSION_REPORT, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)
    twice.papers()
    twice.tells("登记，编号", "作废，批准人 王主任")
    assert twice.row.number_value == letter.row.number_value + 1
