"""特别的路: one letter to two counties, and a letter about a case in court."""

from huiyin.county.document.states import DocumentKind as Paper
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Jurisdiction, State
from huiyin.county.reply.states import ReplyKind
from huiyin.kernel.clocks import Clock

from .language import Days, on, story
from .office import Office

GUIDED = (State.REGISTERED, State.READ, State.CLASSIFIED, State.GUIDED, State.REPLIED, State.CLOSED)
SAID = "反映白芸县水利局越界收取水资源费"


@story
def test_one_letter_to_two_counties_is_answered_by_each_and_seen_by_neither_for_the_other(office: Office) -> Days:
    people = office.people
    yield on(8, 10)
    here = office.letter("界兴旺", SAID, phone="13900061111").read("先按本县归类").classified("水利/水资源", "01")
    path = f"/petitions/{here.pk}/assign"
    asked = {"handler_name": "倪清源", "redaction_confirmed": True}
    foreign = {**asked, "unit_code": "baiyun_water"}
    office.refuses_at_the_door("assignment.unit_unknown", "不能交外县单位办理", path, foreign, by=people.clerk)
    here.classified("水利/水资源", "01", jurisdiction=Jurisdiction.ELSEWHERE)
    own = {**asked, "unit_code": "water"}
    office.refuses_at_the_door("assignment.elsewhere", "问题不在本县", path, own, by=people.clerk)
    here.due(Clock.DISPOSITION, on(8, 25), "《信访工作条例》第二十二条第一款", "15日")
    here.guided("白芸县人大常委会、白芸县水利局", "向白芸县书面提出", "问题属地为白芸县")
    here.stands_with("信访办", "马会计", Clock.NEXT_STEP, on(8, 17))

    yield on(8, 11)
    with office.over_there() as there:
        over = there.letter("界兴旺", SAID, phone="13900061111").read("属县水利局").classified("水利/水资源", "01")
        over.due(Clock.DISPOSITION, on(8, 18), "《浙江省信访条例》第二十条", "不计入：2026年8月15日（周六，休息日）")
        there.refuses("不作交办", lambda: over.assigned("water"))
        over.guided("白芸县水利局", "向县水利局书面提出，对答复不服的可以申请复查", "属水利部门法定职责")
        over.stands_with("信访办", "马会计", Clock.NEXT_STEP, on(8, 18))
        over.hidden_from(there.people.unit_clerk)
        over.seen_by(there.people.head)
        assert Petition.objects.filter(summary=SAID).count() == 1

    yield on(8, 12)
    assert Petition.objects.filter(summary=SAID).count() == 1
    here.answered("请向白芸县提出。", ReplyKind.GUIDANCE).delivered().closed().stands_with_nobody()
    here.went(*GUIDED)
    here.papers(Paper.GUIDANCE_NOTICE, Paper.DELIVERY_RECORD)
    here.tells("一次办理未获准许", "处理决定，审批人 王主任", "送达", "办结")
    here.seen_by(people.head)
    here.hidden_from(people.unit_clerk)
    with office.over_there() as there:
        over.answered("请向县水利局提出。", ReplyKind.GUIDANCE).delivered().closed()
        over.went(*GUIDED)
        over.papers(Paper.GUIDANCE_NOTICE, Paper.DELIVERY_RECORD)
        over.tells("登记，编号 芸人信字〔2026〕第", "处理决定", "办结")


@story
def test_a_letter_about_a_case_in_court_goes_to_the_court_with_written_guidance(office: Office) -> Days:
    people = office.people
    yield on(1, 5)
    letter = office.letter("佟法言", "反映法院执行案件久拖不决", phone="13900062222").read("涉法涉诉，转县法院")
    letter.classified("政法/执行", "16", is_litigation=True)
    letter.due(Clock.CLASSIFY, on(1, 8), "3个工作日")
    letter.due(Clock.DISPOSITION, on(1, 20), "15日")
    asked = {"unit_code": "court", "handler_name": "执行局", "redaction_confirmed": True}
    office.refuses_at_the_door(
        "assignment.on_the_merits", "不得就案件实体交办", f"/petitions/{letter.pk}/assign", asked, by=people.clerk
    )
    office.refuses("只能转同级政法机关", lambda: letter.referred("water", procedure="申请执行监督"))
    office.refuses("须同时书面引导", lambda: letter.referred("court"))
    letter.referred("court", procedure="向县人民法院申请执行监督", handler_name="立案庭")
    letter.stands_with("信访办", "马会计", Clock.NEXT_STEP, on(1, 12))
    letter.hidden_from(people.unit_clerk)
    letter.seen_by(people.leader)

    yield on(1, 7)
    letter.answered("已转县人民法院，请依法申请执行监督。", ReplyKind.TRANSFER).delivered().closed()
    letter.went(State.REGISTERED, State.READ, State.CLASSIFIED, State.REFERRED, State.REPLIED, State.CLOSED)
    letter.papers(Paper.REFERRAL_LETTER, Paper.REPLY_LETTER, Paper.DELIVERY_RECORD)
    letter.tells("转送 县人民法院", "答复，文号", "送达", "办结")
