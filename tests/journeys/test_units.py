"""承办单位: objections, time, silence, and reports that are looked at twice."""

from huiyin.county.assignment.rules.objections import Receiver
from huiyin.county.assignment.rules.report_checks import Finding
from huiyin.county.assignment.states import AssignmentState, ReturnReason
from huiyin.county.document.states import DocumentKind as Paper
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.county.reply.states import Satisfaction
from huiyin.kernel.clocks import Clock

from .language import Days, on, story
from .office import Office

GIVEN = (State.REGISTERED, State.READ, State.CLASSIFIED, State.ASSIGNED)
ANSWERED = (State.REPORTED, State.VERIFIED, State.REPLIED, State.CLOSED)


@story
def test_an_objection_on_a_make_up_working_day_is_in_time_and_a_second_one_is_decided_for_good(
    office: Office,
) -> Days:
    people = office.people
    yield on(2, 6)
    letter = (
        office.letter("樊大树", "反映防护林补植经费没有落实", phone="13900031111")
        .read()
        .classified("林业/防护林", "01")
    )

    yield on(2, 9)
    letter.assigned("water").signed()
    # 春节前的周六（2月14日）调休上班，是提出异议的最后一天。
    letter.due(Clock.OBJECTION, on(2, 14), "计入：2026年2月14日（周六，春节调休上班）", "5个工作日")
    letter.due(Clock.NOTICE, on(2, 24), "15日")

    yield on(2, 14)
    office.refuses("提出异议须写明理由", lambda: letter.objected(" "))
    letter.objected("防护林不属水务局职责", competent="县农业农村局")
    letter.stands_with("信访办", "马会计", Clock.NEXT_STEP, on(2, 28))
    letter.due(Clock.NEXT_STEP, on(2, 28), "不计入：2026年2月15日（周日，春节放假）", "计入：2026年2月28日")
    letter.told(people.clerk, "提出异议")
    office.refuses("异议正在处理", lambda: letter.withdrawn("改交"))

    yield on(2, 25)
    office.refuses("须改交另一个单位", lambda: letter.upheld("同意", Receiver("water", "何立群")))
    letter.upheld("防护林由农业农村局主管", Receiver("agriculture", "田有禾"))
    letter.stands_with("县农业农村局", "田有禾", Clock.SIGN, on(2, 28))
    letter.due(Clock.SIGN, on(2, 28), "计入：2026年2月28日（周六，春节调休上班）")
    letter.told(people.unit_clerk, "请签收", "异议已同意")
    letter.hidden_from(people.mail_room)
    assert letter.given().unit.code == "agriculture"
    letter.signed()
    letter.due(
        Clock.REPORT, on(4, 27), "起算：2026年2月25日", "顺延：2026年4月26日（周日，休息日）", unit="agriculture"
    )
    letter.due(Clock.DISPOSITION, on(2, 24), "顺延：2026年2月21日（周六，春节放假）")

    yield on(3, 2)
    letter.objected("经费在松林镇", competent="松林镇人民政府")
    office.refuses("须由指定的领导裁定", lambda: letter.objection_refused("继续承办"))
    office.refuses("请先指定裁定的领导", lambda: letter.adjudicated("由你局承办", by=people.group_head))
    letter.adjudicator(people.group_head)
    letter.told(people.group_head, "请裁定")
    office.refuses("由另一位领导裁定", lambda: letter.adjudicated("由你局承办", by=people.leader))
    letter.adjudicated("经费由县级统筹，由农业农村局承办", by=people.group_head)
    letter.stands_with("县农业农村局", "田有禾", Clock.NOTICE, on(3, 12))
    office.refuses("已经裁定", lambda: letter.objected("还是不属我局"))
    letter.stands_as(AssignmentState.SIGNED)

    yield on(3, 12)
    letter.told_petitioner().proven().reported().verified().settled("补植经费已下达。").evaluated(Satisfaction.MOSTLY)
    letter.went(
        *GIVEN,
        State.IN_PROGRESS,
        State.DISPUTED,
        State.ASSIGNED,
        State.IN_PROGRESS,
        State.DISPUTED,
        State.IN_PROGRESS,
        *ANSWERED,
    )
    letter.papers(Paper.ASSIGNMENT_LETTER, Paper.CONCLUSION_REPORT, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)
    assert "县农业农村局" in letter.paper(Paper.ASSIGNMENT_LETTER)
    letter.tells(
        "县水务局提出第 1 次异议", "同意县水务局的异议", "交办 县农业农村局", "指定秦岳裁定", "裁定县农业农村局的异议"
    )


@story
def test_more_time_is_asked_before_the_last_day_and_within_the_cap(office: Office) -> Days:
    people = office.people
    yield on(7, 13)
    letter = office.letter("鲁长桥", "反映危桥没有加固", phone="13900032222").read().classified("交通运输/桥梁", "06")

    yield on(7, 15)
    letter.assigned("water").signed().told_petitioner()
    letter.due(Clock.REPORT, on(9, 14), "起算：2026年7月15日", "顺延：2026年9月13日（周日，休息日）")

    yield on(9, 14)
    letter.progressed("桥梁检测报告未出")
    path = f"/assignments/{letter.given().pk}/extensions"
    wish = {"amount": 31, "reason": "检测报告未出"}
    office.refuses_at_the_door("deadline.extension_beyond_cap", "累计不得超过30日", path, wish, by=people.unit_clerk)
    letter.asked_for_time(30, "检测报告未出")
    letter.told(people.unit_head, "申请延期30日")
    office.refuses("由本人批准延期", lambda: letter.given_time(by=people.clerk))
    letter.given_time(by=people.unit_head)
    # 从顺延之前的9月13日起算30日。
    letter.due(Clock.REPORT, on(10, 13), "延期：2026年9月14日申请，水局长于2026年9月14日批准，延长30日")
    letter.stands_with("县水务局", "何立群", Clock.REPORT, on(10, 13))
    office.refuses("已延长30日", lambda: letter.asked_for_time(1, "再等一天"))
    letter.told_of_extension("延期到10月13日")
    letter.seen_by(people.unit_clerk)
    letter.hidden_from(people.other_unit_clerk)

    yield on(10, 14)
    late = {"amount": 1, "reason": "来不及了"}
    office.refuses_at_the_door("deadline.extension_after_due", "不能再申请延期", path, late, by=people.unit_clerk)
    letter.proven().reported(
        facts="桥墩冲刷0.8米，护坦断裂两处，已委托有资质的单位加固，十月十二日完工并通过验收，限重标志已设。"
    )
    letter.shows(Finding.LATE)
    letter.verified().settled("桥梁已加固并通过验收。").evaluated(Satisfaction.SATISFIED)
    letter.went(*GIVEN, State.IN_PROGRESS, *ANSWERED)
    letter.papers(
        Paper.ASSIGNMENT_LETTER,
        Paper.EXTENSION_NOTICE,
        Paper.CONCLUSION_REPORT,
        Paper.REPLY_LETTER,
        Paper.DELIVERY_RECORD,
    )
    letter.tells("申请延期 30日", "水局长批准延期", "告知信访人延期", "办结")


@story
def test_a_unit_that_does_not_sign_cannot_stop_its_clock(office: Office) -> Days:
    people = office.people
    yield on(11, 16)
    letter = (
        office.letter("车有路", "反映自来水管网改造后水压过低", phone="13900033333")
        .read()
        .classified("城乡建设/供水", "05")
    )
    letter.assigned("water")
    letter.due(Clock.SIGN, on(11, 19), "3个工作日")

    yield on(11, 20)
    office.passes_a_night()
    letter.told(people.unit_clerk, "请签收", "视为2026年11月19日收到")
    letter.told(people.clerk, "逾期未签收")
    letter.stands_with("县水务局", "何立群", Clock.NOTICE, on(12, 4))
    office.passes_a_night()
    assert letter.sentences().count("县水务局未签收，视为 2026-11-19 收到") == 1

    yield on(11, 25)
    office.refuses("签收须留承办人联系电话", lambda: letter.signed(phone=" "))
    letter.signed()
    # 签收晚于视为收到之日，期限仍从11月19日起算。
    letter.due(Clock.REPORT, on(1, 18, 2027), "起算：2026年11月19日", "60日")
    letter.stands_with("县水务局", "何立群", Clock.NOTICE, on(12, 4))
    letter.hidden_from(people.other_unit_clerk)
    letter.seen_by(people.unit_head)

    yield on(12, 3)
    nobody = {"facts": "已查明", "basis": "供水条例", "handler_name": " ", "answers": []}
    office.refuses_at_the_door(
        "report.handler_missing",
        "反馈须写明承办人",
        f"/assignments/{letter.given().pk}/report",
        nobody,
        by=people.unit_head,
    )
    letter.told_petitioner().reported().verified().settled("加压设备已调试，水压恢复。").evaluated(
        Satisfaction.SATISFIED
    )
    letter.went(*GIVEN, State.IN_PROGRESS, *ANSWERED)
    letter.papers(Paper.ASSIGNMENT_LETTER, Paper.CONCLUSION_REPORT, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)
    letter.tells("交办 县水务局", "未签收，视为", "签收", "办结")


@story
def test_a_report_that_copies_an_earlier_one_is_returned(office: Office) -> Days:
    people = office.people
    same = (
        "经实地查看，该村渠道年久失修，渗漏严重，已经列入下一年度节水改造计划，资金到位之后组织实施，请群众理解支持。"
    )
    yield on(4, 20)
    first = office.letter("冉东升", "反映东坪村渠道渗漏", phone="13900034444").read().classified()
    second = office.letter("廖西平", "反映西坪村渠道渗漏", phone="13900035555").read().classified()
    for letter in (first, second):
        letter.assigned("water").signed().told_petitioner()
        letter.due(Clock.REPORT, on(6, 22), "60日", "顺延：2026年6月19日（周五，端午放假）")
    first.proven().reported(facts=same, measures="列入计划").verified()
    second.proven().reported(facts=same, measures="列入计划")
    second.shows(Finding.NEAR_COPY)

    yield on(4, 22)
    office.refuses("退回须选择退回原因", lambda: second.returned("请实地核查"))
    second.returned("与前一件雷同，请实地核查西坪村渠道", ReturnReason.NEAR_COPY)
    second.due(Clock.RECTIFICATION, on(5, 6), "10日", "顺延：2026年5月2日（周六，劳动节放假）")
    second.stands_with("县水务局", "何立群", Clock.RECTIFICATION, on(5, 6))
    second.told(people.unit_clerk, "第1次退回")
    second.seen_by(people.unit_clerk)
    second.hidden_from(people.other_unit_clerk)

    yield on(5, 6)
    second.reported(
        facts="西坪村渠道渗漏段长一百二十米，五月四日已用防渗膜修复，村民代表三人到场验收并签字，放水试验不渗不漏。"
    )
    second.shows(Finding.RETURNED_BEFORE)
    second.verified()
    for letter in (first, second):
        letter.settled("渠道问题的处理结果已书面告知。").evaluated(Satisfaction.SATISFIED)
    first.went(*GIVEN, State.IN_PROGRESS, *ANSWERED)
    second.went(*GIVEN, State.IN_PROGRESS, State.REPORTED, State.RETURNED, *ANSWERED)
    second.papers(
        Paper.ASSIGNMENT_LETTER,
        Paper.CONCLUSION_REPORT,
        Paper.RETURN_SLIP,
        Paper.CONCLUSION_REPORT,
        Paper.REPLY_LETTER,
        Paper.DELIVERY_RECORD,
    )
    second.tells("退回第 1 次反馈（第 1 次退回）", "第 2 次反馈", "审核通过", "办结")
    first.tells("审核通过", "办结")


@story
def test_a_letter_given_to_the_wrong_unit_is_taken_back_and_decided_anew(office: Office) -> Days:
    people = office.people
    yield on(12, 1)
    letter = (
        office.letter("曲和平", "反映村卫生室药品短缺", phone="13900036666")
        .read()
        .classified("卫生健康/基层医疗", "09")
    )
    letter.assigned("water")
    office.refuses("撤回须写明原因", lambda: letter.withdrawn(" "))
    letter.withdrawn("选错单位")
    letter.told(people.unit_clerk, "请签收", "已撤回，不再由贵单位承办")
    letter.stands_with("信访办", "马会计", Clock.NEXT_STEP, on(12, 8))
    assert not Petition.objects.visible_to(people.unit_clerk).filter(pk=letter.pk).exists()
    letter.assigned("songlin").signed()
    letter.due(Clock.NOTICE, on(12, 16), "第二十三条第三款", "15日", unit="songlin")
    letter.stands_with("松林镇人民政府", "镇信访专干赵青", Clock.NOTICE, on(12, 16))

    yield on(12, 15)
    letter.told_petitioner().reported()
    office.refuses("不能转为已撤回", lambda: letter.withdrawn("再改"))
    letter.verified().settled("药品已配齐。")
    letter.went(*GIVEN, State.CLASSIFIED, State.ASSIGNED, State.IN_PROGRESS, *ANSWERED)
    letter.papers(Paper.ASSIGNMENT_LETTER, Paper.CONCLUSION_REPORT, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)
    letter.tells("交办 县水务局", "撤回 县水务局", "交办 松林镇人民政府", "办结")
