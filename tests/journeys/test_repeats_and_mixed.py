"""重复、同一事项、混合信件: what belongs to something that was here before, and what holds two things."""

from typing import Any

from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules.splits import SplitEntry
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.document.states import DocumentKind as Paper
from huiyin.county.oversight.states import Level, Trigger
from huiyin.county.registry.models import Attachment
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import AttachmentKind, Confidentiality, Recurrence, Relation, State
from huiyin.county.reply.states import Method, ReopenGround, ReplyKind, Satisfaction
from huiyin.kernel.clocks import Clock

from .language import Days, on, story
from .office import Office

ANSWERED = (
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
REPEAT = Recurrence.REPEAT


@story
def test_a_repeat_inside_the_handling_period_reminds_the_unit_and_is_no_second_assignment(office: Office) -> Days:
    people = office.people
    yield on(3, 9)
    main = office.letter("周大渠", "反映支渠闸门损坏，无法放水", phone="13900011111", place="上松村")
    main.read().classified().assigned("water")

    yield on(3, 11)
    main.signed().told_petitioner()
    main.stands_with("县水务局", "何立群", Clock.PROGRESS, on(4, 10))

    yield on(3, 25)
    again = office.letter(
        "周大渠",
        "再次反映支渠闸门损坏",
        phone="13900011111",
        place="上松村",
        relation=Relation.REPEAT,
        earlier_id=main.pk,
    )
    office.works()
    (reminder,) = main.steps()
    assert (reminder.level, reminder.trigger, reminder.repeat_id) == (
        Level.REMINDER.value,
        Trigger.REPEATED.value,
        again.pk,
    )
    main.told(people.unit_clerk, "请签收", "催办")
    main.due(Clock.REPORT, on(5, 11), "起算：2026年3月11日", "顺延：2026年5月10日（周日，休息日）")
    again.read("同一事项，附新照片").classified(recurrence=REPEAT, repeats_id=main.pk)
    office.refuses("请并入该件", lambda: again.assigned("water"))
    again.due(Clock.CLASSIFY, on(3, 30), "不计入：2026年3月28日（周六，休息日）")

    yield on(3, 26)
    again.merged_into(main)
    again.stands_with("信访办", "马会计", Clock.NEXT_STEP, on(4, 2))
    again.closed().stands_with_nobody()
    assert again.row.matter_id == main.row.matter_id
    assert Assignment.objects.filter(petition__matter=main.row.matter_id).count() == 1
    again.hidden_from(people.unit_clerk)
    main.seen_by(people.unit_clerk)

    yield on(4, 8)
    main.proven().reported().verified().settled("闸门已更换，4月6日放水。").evaluated(Satisfaction.SATISFIED)
    main.went(*ANSWERED)
    again.went(State.REGISTERED, State.READ, State.CLASSIFIED, State.MERGED, State.CLOSED)
    main.papers(
        Paper.ASSIGNMENT_LETTER,
        Paper.REMINDER,
        Paper.CONCLUSION_REPORT,
        Paper.REPLY_LETTER,
        Paper.DELIVERY_RECORD,
    )
    again.papers()
    main.tells("签收", "办理期间重复来信来访", "催办 县水务局", "送达", "办结")
    again.tells("登记", "处理决定", "办结")


@story
def test_another_family_joins_the_matter_and_keeps_a_petition_of_its_own(office: Office) -> Days:
    people = office.people
    yield on(6, 15)
    first = office.visit("梁有田", "反映草原补奖资金没有发放", phone="13900012222").read().classified()
    first.assigned("agriculture").signed()

    yield on(6, 16)
    said: dict[str, Any] = {"phone": "13900013333", "relation": Relation.JOINS}
    receipt = office.receives(first.channel)
    office.refuses("请指明是哪一件", lambda: office.registers(receipt, "同样没有发放", name="罗秋草", **said))
    second = office.registers(receipt, "反映草原补奖资金没有发放", name="罗秋草", earlier_id=first.pk, **said).scanned()
    assert second.row.matter_id == first.row.matter_id
    assert second.row.recurrence == ""
    second.read().classified().assigned("agriculture").signed()
    # 6月16日起3个工作日，端午节6月19日放假。
    second.due(Clock.CLASSIFY, on(6, 22), "不计入：2026年6月19日（周五，端午放假）")
    second.stands_with("县农业农村局", "田有禾", Clock.NOTICE, on(7, 1))
    second.hidden_from(people.unit_clerk)
    second.seen_by(people.other_unit_clerk)

    yield on(7, 1)
    for one in (first, second):
        one.told_petitioner().proven().reported().verified().settled("补奖资金已于6月30日到账。")
        one.went(*ANSWERED)
        one.papers(Paper.ASSIGNMENT_LETTER, Paper.CONCLUSION_REPORT, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)
        one.tells("交办 县农业农村局", "签收", "办结")
    assert first.steps() == second.steps() == []


@story
def test_a_concluded_matter_that_comes_again_is_not_taken_up_again(office: Office) -> Days:
    people = office.people
    yield on(2, 2)
    before = (
        office.letter("邵老根", "反映宅基地面积登记有误", phone="13900014444")
        .read()
        .classified("自然资源/宅基地", "04")
    )
    before.assigned("songlin").signed()

    yield on(2, 13)
    before.told_petitioner().reported().verified().settled("宅基地面积经复测无误。").evaluated(
        Satisfaction.DISSATISFIED, "不同意复测结果"
    )
    # 2月14日（周六）调休上班，申请要决定，由信访办决定不重新办理。
    yield on(2, 14)
    before.reopening_refused("复测依法进行，没有新的事实")

    yield on(8, 17)
    again = office.letter("邵老根", "又反映宅基地面积登记有误", phone="13900014444").read("与青人信前件相同")
    again.classified("自然资源/宅基地", "04", recurrence=REPEAT, repeats_id=before.pk)
    again.due(Clock.DISPOSITION, on(9, 1), "15日")
    refused = DispositionKind.NOT_REACCEPTED
    office.refuses("不再受理须指明已办结的原件", lambda: again.decided(refused, "已办结"))
    again.decided(refused, "同一事项已办结，没有新的事实和理由", concluded_id=before.pk)
    again.stands_with("信访办", "马会计", Clock.NEXT_STEP, on(8, 24))
    again.answered("您反映的事项已经办结，不再受理。", ReplyKind.NOT_REACCEPTED).delivered().closed()
    again.seen_by(people.head)
    again.hidden_from(people.unit_clerk, people.other_unit_clerk)
    again.went(State.REGISTERED, State.READ, State.CLASSIFIED, State.NOT_REACCEPTED, State.REPLIED, State.CLOSED)
    before.went(*ANSWERED)
    again.papers(Paper.NOT_REACCEPTED_NOTICE, Paper.DELIVERY_RECORD)
    assert before.number in again.paper(Paper.NOT_REACCEPTED_NOTICE)
    again.tells("归类为 自然资源/宅基地", "处理决定，审批人 王主任", "送达", "办结")
    before.tells("满意度评价", "不重新办理")


@story
def test_new_facts_open_a_matter_again_as_a_new_petition(office: Office) -> Days:
    people = office.people
    yield on(5, 18)
    letter = office.letter("韦青山", "反映林权证四至登记错误", phone="13900015555", claims=("更正登记",))
    letter.read().classified("自然资源/林权", "04").assigned("songlin").signed()

    yield on(5, 28)
    letter.told_petitioner()
    office.refuses("不需要重新办理", lambda: letter.asked_again(ReopenGround.NEW_FACTS, "找到1984年的原件"))
    letter.reported().verified().settled("经核对，登记与档案一致。")

    yield on(6, 25)
    letter.asked_again(ReopenGround.NEW_FACTS, "找到1984年的林权证原件")
    office.refuses("已有一项申请", lambda: letter.asked_again(ReopenGround.NEW_FACTS, "再说一次"))
    again = letter.reopened("原件与档案不符，属新的证据，重新办理")
    row = again.row
    assert (row.reopened_from_id, row.matter_id) == (letter.pk, letter.row.matter_id)
    assert row.number != letter.number
    again.due(Clock.DISPOSITION, on(7, 10), "起算：2026年6月25日", "15日")
    again.stands_with("信访办", "马会计", Clock.CLASSIFY, on(6, 30))
    again.read("电话补充新证据").classified("自然资源/林权", "04", recurrence=REPEAT, repeats_id=letter.pk)
    again.assigned("songlin").signed()
    again.hidden_from(people.unit_clerk)
    again.seen_by(people.leader)

    yield on(7, 9)
    again.told_petitioner().reported().verified().settled("已按原件更正登记。").evaluated(Satisfaction.SATISFIED)
    letter.went(*ANSWERED)
    again.went(*ANSWERED)
    again.papers(Paper.ASSIGNMENT_LETTER, Paper.CONCLUSION_REPORT, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)
    letter.tells("申请重新办理：有新的事实或证据", "同意重新办理，新编号")
    again.tells("登记，编号", "办结", "满意度评价")


@story
def test_a_mixed_letter_goes_out_as_an_excerpt_and_its_accusation_goes_sealed(office: Office) -> Days:
    people = office.people
    yield on(10, 12)
    letter = office.letter(
        "贺水生",
        "要求补发抗旱补贴，并举报副镇长钱某某截留补贴",
        phone="13900016666",
        content="我家三口人没有拿到抗旱补贴。副镇长钱某某截留了补贴款。",
    ).read("既有诉求又有检举，拟拆分")
    whole: dict[str, Any] = {
        "summary": "要求补发抗旱补贴",
        "excerpt": "我家三口人没有拿到抗旱补贴，要求补发。",
        "accusation": "举报副镇长钱某某截留抗旱补贴",
        "accused": (AccusedEntry("钱某某", "副镇长", "songlin"),),
        "claims": ("补发抗旱补贴",),
    }
    body = {
        **whole,
        "excerpt": "副镇长钱某某没有发补贴",
        "accused": [{"name": "钱某某", "post": "副镇长", "unit_code": "songlin"}],
        "claims": ["补发抗旱补贴"],
        "checked_by_id": people.head.pk,
    }
    office.refuses_at_the_door(
        "split.names_accused", "不得出现被检举控告的人", f"/petitions/{letter.pk}/split", body, by=people.restricted
    )
    part = letter.split(SplitEntry(**whole))
    assert part.row.confidentiality == Confidentiality.SEALED.value
    assert "钱某某" not in str(letter.row.__dict__)
    assert list(letter.row.attachments.values_list("is_kept_back", flat=True)) == [True]
    part.known_by_number_to(people.clerk, people.head, people.leader)
    part.seen_by(people.restricted)

    yield on(10, 13)
    letter.classified("农村农业/惠农补贴", "0112")
    kept = Attachment.objects.get(petition_id=letter.pk)
    asked = {"handler_name": "何立群", "redaction_confirmed": True}
    path = f"/petitions/{letter.pk}/assign"
    office.refuses_at_the_door(
        "assignment.unit_accused", "不得将检举控告材料转给", path, {**asked, "unit_code": "songlin"}, by=people.clerk
    )
    office.refuses_at_the_door(
        "attachment.kept_back",
        "原件不出机关",
        path,
        {**asked, "unit_code": "agriculture", "attachment_ids": [kept.pk]},
        by=people.clerk,
    )
    letter.assigned("agriculture").signed()
    letter.due(Clock.REPORT, on(12, 14), "起算：2026年10月13日", "顺延：2026年12月12日（周六，休息日）")
    letter.stands_with("县农业农村局", "田有禾", Clock.NOTICE, on(10, 28))
    assert not Attachment.objects.visible_to(people.other_unit_clerk).filter(petition_id=letter.pk).exists()
    assert not Attachment.objects.visible_to(people.clerk).filter(petition_id=letter.pk).exists()
    part.classified("纪检监察/违纪违法", "18")
    part.transferred().signed(by=people.restricted)
    part.stands_with("信访办", "严保密", Clock.NEXT_STEP, on(10, 20))
    part.hidden_from(people.other_unit_clerk, people.clerk)

    yield on(10, 20)
    letter.told_petitioner().proven().reported().verified().settled("抗旱补贴已补发。")
    part.answered("您反映的另一事项已按规定转有权机关。", ReplyKind.TRANSFER).delivered(
        "本人签收", Method.IN_PERSON
    ).closed()
    letter.went(*ANSWERED)
    assert (part.row.split_from_id, part.row.receipt_id) == (letter.pk, letter.row.receipt_id)
    part.went(State.CLASSIFIED, State.TRANSFERRED_SEALED, State.REPLIED, State.CLOSED)
    letter.papers(
        Paper.ASSIGNMENT_LETTER,
        Paper.EXCERPT,
        Paper.CONCLUSION_REPORT,
        Paper.REPLY_LETTER,
        Paper.DELIVERY_RECORD,
    )
    assert "钱某某" not in "".join(str(paper.values) for paper in letter.documents())
    part.papers(Paper.SEALED_TRANSFER_LETTER)
    assert "钱某某" not in part.paper(Paper.SEALED_TRANSFER_LETTER)
    letter.tells("拆分为摘抄件和", "一次办理未获准许", "交办 县农业农村局")
    part.tells("归类为 纪检监察/违纪违法", "移送 县监察委员会", "办结")
    assert AttachmentKind.ORIGINAL.value in set(letter.row.attachments.values_list("kind", flat=True))
