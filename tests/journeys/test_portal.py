"""网上信访: a petitioner at the page, from the form to the evaluation, and an accusation sent without a name."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.county.document.states import DocumentKind as Paper
from huiyin.county.office.models import Notification
from huiyin.county.registry.actions import supplements
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Channel, Confidentiality, PetitionerKind, Purpose, Recurrence, State
from huiyin.county.registry.web_models import Supplement
from huiyin.county.reply.models import Delivery
from huiyin.county.reply.states import Method, Satisfaction
from huiyin.kernel.clocks import Clock

from .course import Course
from .language import Days, on, story
from .office import Door, Office

PDF = b"%%PDF-1.4\n%% %s\n%%%%EOF\n"
OWN = "/portal/status/own/"
WRITTEN = {
    "name": "苗小满",
    "phone": "139 0007 1111",
    "purpose": "claim",
    "place_words": "上松村",
    "content": "村里的路灯坏了三个月。找过村委会没有结果。",
    "claims": "修好路灯",
    "elsewhere": "none",
    "has_consented": "on",
}
WORKED_ON = (
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
LETTERS = (Paper.ASSIGNMENT_LETTER, Paper.CONCLUSION_REPORT, Paper.REPLY_LETTER)


def a_file(words: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{words}.pdf", PDF % words.encode(), content_type="application/pdf")


def sent(office: Office, **change: Any) -> tuple[Receipt, str]:
    """Send a petition by the page; return what the office has of it, and the code that the petitioner keeps."""
    answer = office.page().sends("/portal/petition/", **{**WRITTEN, **change})
    assert answer.status_code == 200, answer.content.decode()
    screen = answer.context["screen"]
    return Receipt.objects.get(number=screen.number.value), screen.code.value


def asked(office: Office, number: str, code: str) -> tuple[Door, str]:
    """Ask by the page with number and code; return the browser and what it shows."""
    browser = office.page()
    answer = browser.sends("/portal/status/", number=number, code=code)
    assert answer.status_code == 200, answer.content.decode()
    return browser, answer.content.decode()


def registered(office: Office) -> tuple[Receipt, Course, str]:
    """Let a petition be sent, at first without a name, and the clerk register it; return it with the kept code."""
    refused = office.page().sends("/portal/petition/", **{**WRITTEN, "name": ""})
    assert refused.status_code == 422
    assert "请填写姓名" in refused.content.decode()
    receipt, code = sent(office, evidence=[a_file("路灯照片")])
    assert (receipt.taken_by, receipt.register_due_on) == (None, office.today)
    to_clerk = Notification.objects.filter(to_staff=office.people.clerk)
    assert to_clerk.filter(words__contains=receipt.number).exists()
    told: dict[str, Any] = {"phone": "13900071111", "place": "上松村", "claims": ("修好路灯",)}
    petition = office.registers(receipt, "反映村里路灯损坏", name="苗小满", **told)
    assert petition.row.attachments.count() == 1
    return receipt, petition, code


def a_wrong_code_opens_nothing(office: Office, petition: Course) -> None:
    answer = office.page().sends("/portal/status/", number=petition.number, code="ABCDEFGHJKMN")
    assert answer.status_code == 422
    assert "编号或查询码不正确" in answer.content.decode()


@story
def test_a_petition_by_the_web_is_answered_on_the_page_and_dissatisfaction_opens_it_again(office: Office) -> Days:
    people = office.people
    yield on(10, 26)
    receipt, petition, code = registered(office)
    petition.read("网上提交，事实清楚").classified("城乡建设/公用事业", "05").assigned("songlin").signed()
    petition.stands_with("松林镇人民政府", "镇信访专干赵青", Clock.NOTICE, on(11, 10))
    petition.due(Clock.REPORT, on(12, 25), "起算：2026年10月26日", "60日")
    a_wrong_code_opens_nothing(office, petition)

    yield on(10, 29)
    browser, page = asked(office, receipt.number, code)
    assert petition.number in page
    assert "马会计" not in page
    given = browser.sends(f"{OWN}supplement", words="夜里有人摔伤", evidence=[a_file("诊断证明")])
    assert given.status_code == 302
    petition.told(people.clerk, "补充了材料")
    added = Supplement.objects.get(petition_id=petition.pk)
    supplements.pass_on(supplement_id=added.pk, by=people.clerk, at=office.later())
    office.refuses("转交", lambda: supplements.pass_on(supplement_id=added.pk, by=people.clerk, at=office.later()))

    yield on(11, 6)
    petition.told_petitioner().reported().verified().answered("路灯已列入明年改造计划。")
    office.refuses("没有送达凭证", petition.closed)
    browser, _ = asked(office, petition.number, petition.code)
    assert browser.sends(f"{OWN}replies/{petition.reply().pk}").status_code == 302
    read = Delivery.objects.get(reply=petition.reply())
    assert (read.method, read.recorded_by) == (Method.PAGE.value, None)
    petition.closed()
    silent = browser.sends(f"{OWN}evaluate", satisfaction="dissatisfied")
    assert silent.status_code == 422
    assert "写明原因" in silent.content.decode()
    assert browser.sends(f"{OWN}evaluate", satisfaction="dissatisfied", reason="还是没有修").status_code == 302
    petition.told(people.clerk, "补充了材料", "评价不满意")

    yield on(11, 9)
    again = petition.reopened("安全隐患未消除，重新办理")
    assert again.row.reopened_from_id == petition.pk
    repeat: dict[str, Any] = {"recurrence": Recurrence.REPEAT, "repeats_id": petition.pk}
    again.read("要求先行修复").classified("城乡建设/公用事业", "05", **repeat).assigned("songlin").signed()
    again.due(Clock.DISPOSITION, on(11, 24), "起算：2026年11月9日", "15日")
    again.stands_with("松林镇人民政府", "镇信访专干赵青", Clock.NOTICE, on(11, 24))
    for one in (petition, again):
        one.hidden_from(people.unit_clerk, people.other_unit_clerk, people.mail_room)
        one.seen_by(people.clerk, people.auditor)

    yield on(11, 20)
    again.told_petitioner().reported().verified().settled("路灯已修复。").evaluated(Satisfaction.SATISFIED)
    petition.went(*WORKED_ON)
    again.went(*WORKED_ON)
    petition.papers(*LETTERS, Paper.DELIVERY_RECORD)
    again.papers(*LETTERS, Paper.DELIVERY_RECORD)
    petition.tells(
        "登记，编号", "在网上补充材料", "补充材料转交承办单位", "信访人凭查询码在网上打开", "办结", "同意重新办理"
    )
    again.tells("登记，编号", "办结")


@story
def test_an_accusation_sent_without_a_name_is_opened_by_the_restricted_officer_alone(office: Office) -> Days:
    people = office.people
    yield on(11, 12)
    receipt, _code = sent(
        office, name="", phone="", is_accusation="on", content="某单位出纳挪用水费。请查。", claims="查处"
    )
    assert (receipt.is_sealed, receipt.sender) == (True, "")
    told = set(Notification.objects.filter(words__contains=receipt.number).values_list("to_staff__name", flat=True))
    assert told == {"严保密"}
    nobody: dict[str, Any] = {"petitioner_kind": PetitionerKind.ANONYMOUS}
    office.refuses("检举控告", lambda: office.registers(receipt, "网上举报", **nobody))
    item = office.registers(
        receipt, "举报某单位出纳挪用水费", by=people.restricted, confidentiality=Confidentiality.SEALED, **nobody
    )
    item.read("属检举控告，拟移送").classified("纪检监察/违纪违法", "18", purpose=Purpose.ACCUSATION)
    item.due(Clock.CLASSIFY, on(11, 17), "不计入：2026年11月14日（周六，休息日）")
    item.known_by_number_to(people.clerk, people.head, people.leader)
    item.is_not_there_for(people.clerk)
    item.transferred()
    item.stands_with("信访办", "严保密", Clock.NEXT_STEP, on(11, 19))

    yield on(11, 16)
    item.signed(by=people.restricted).closed().stands_with_nobody()
    item.went(State.REGISTERED, State.READ, State.CLASSIFIED, State.TRANSFERRED_SEALED, State.CLOSED)
    item.papers(Paper.SEALED_TRANSFER_LETTER)
    item.tells("登记，编号", "移送 县监察委员会", "办结")
    assert Petition.objects.get(pk=item.pk).channel == Channel.WEB.value
