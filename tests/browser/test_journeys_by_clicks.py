"""The main ways by clicks: given, signed, returned, answered, closed; an objection; a walk-in; a leader's phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from huiyin.accounts.models import Staff
from huiyin.county.reception.actions import instructions
from huiyin.county.reception.states import PutReason
from huiyin.county.registry.actions import attachments, petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification
from huiyin.county.registry.states import AttachmentKind, Channel, Purpose, Recurrence
from huiyin.kernel.calendar import local_day
from huiyin.kernel.tenant import Tenant, entered

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCAN = b"%PDF-1.4\n% invented scan\n%%EOF\n"


@dataclass
class Mouse:
    """One person's window, worked by clicks; every click waits for what it does."""

    desk: Any

    def opens(self, path: str) -> "Mouse":
        self.desk.go(path)
        return self

    def form(self, step: str) -> Any:
        """Return the form of a step; where it is folded away, its heading is clicked first."""
        form = self.desk.page.locator(f'form[action$="/{step}"]').first
        form.wait_for(state="attached")
        fold = self.desk.page.locator("details:not([open])").filter(has=form)
        for _ in range(fold.count()):
            fold.first.locator("summary").first.click()
        form.wait_for(state="visible")
        return form

    def carries_out(self, step: str, *, chosen: tuple[str, ...] = (), **values: str) -> None:
        """Fill a step's form, click what is chosen in it and its button, and wait for the page that answers."""
        form = self.form(step)
        for name, value in values.items():
            field = form.locator(f'[name="{name}"], [name$="-{name}"], [name^="{name}_"]').first
            if field.evaluate("e => e.tagName") == "SELECT":
                label = field.locator("option", has_text=value).first.inner_text()
                field.select_option(label=label)
            else:
                field.fill(value)
        for label in chosen:
            self.chooses(label, within=form)
        with self.desk.page.expect_navigation():
            form.locator("button[type=submit]").first.click()
        faults = self.desk.page.locator(".hy-fault-list")
        assert not faults.count(), faults.first.inner_text()

    def chooses(self, label: str, *, within: Any = None) -> None:
        """Click the button or box that stands before a label."""
        place = self.desk.page if within is None else within
        boxes = self.desk.page.locator("input[type=radio], input[type=checkbox]")
        place.get_by_label(label).and_(boxes).first.check()

    def opens_row(self, words: str) -> None:
        """Click the link of the line in a list that holds these words."""
        with self.desk.page.expect_navigation():
            self.desk.page.locator("tr").filter(has_text=words).locator("a").first.click()

    def follows(self, link: str) -> None:
        with self.desk.page.expect_navigation():
            self.desk.page.get_by_role("link", name=link).first.click()

    def reads(self, words: str) -> None:
        self.desk.page.get_by_text(words).first.wait_for(state="attached")


@pytest.fixture
def mouse(desk: Callable[[str], Any]) -> Callable[[str], Mouse]:
    """Sign somebody in to a window of their own."""

    def signed_in(username: str) -> Mouse:
        window = desk("linshi")
        window.sign_in(username)
        return Mouse(window)

    return signed_in


@pytest.fixture
def classified(served: int, committed_county: Tenant) -> Iterator[Petition]:
    """The letter of the county, read and classified, ready to be given to a unit."""
    del served
    with entered(committed_county):
        clerk, at = Staff.objects.get(username="ma"), timezone.now()
        petition = Petition.objects.get(channel=Channel.LETTER.value)
        told: dict[str, Any] = {"petition_id": petition.pk, "by": clerk, "at": at}
        attachments.attach(kind=AttachmentKind.ORIGINAL, name="来信.pdf", data=SCAN, **told)
        petitions.read(note="拟交县水务局", **told)
        decided = Classification(Purpose.CLAIM, "01", "农村农业", Recurrence.FIRST)
        petitions.classify(classification=decided, **told)
        yield petition


def gives(office: Mouse, petition: Petition) -> None:
    office.opens(f"/petitions/{petition.pk}/")
    office.carries_out("assign", unit="县水务局", handler_name="何立群", chosen=("已核对",))
    office.reads("已交办")


def signs(unit: Mouse, petition: Petition) -> None:
    unit.opens("/assignments/")
    unit.opens_row(petition.summary[:12])
    unit.carries_out("sign", handler_phone="0199-5550111")
    unit.reads("已签收")


def reports(unit: Mouse, facts: str) -> None:
    unit.carries_out("report", facts=facts, basis="《农村土地承包法》第二十四条", words="已经落实", chosen=("支持",))
    unit.reads(facts)


def test_a_report_is_returned_and_the_letter_goes_its_way_to_the_end(
    classified: Petition, mouse: Callable[[str], Mouse]
) -> None:
    clerk, unit = mouse("ma"), mouse("shui")
    gives(clerk, classified)
    signs(unit, classified)
    reports(unit, "经实地测量，证载面积少0.8亩，已经更正并发证")
    clerk.opens(f"/petitions/{classified.pk}/")
    clerk.carries_out("return", words="请补测量记录", chosen=("事实",))
    clerk.reads("已退回")
    clerk.desk.looks("clicked-returned")
    unit.desk.page.reload()
    unit.reads("请补测量记录")
    unit.desk.looks("clicked-unit-returned")
    reports(unit, "补测量记录三份，证载面积少0.8亩，已经更正并发证")
    clerk.opens(f"/petitions/{classified.pk}/")
    clerk.carries_out("verify")
    clerk.carries_out("reply", text="您反映的面积问题已经更正，新证请到镇政府领取。")
    clerk.carries_out("deliver", proof="挂号信 XA0001，本人签收", chosen=("邮寄",))
    clerk.carries_out("close")
    clerk.reads("办结")
    clerk.desk.looks("clicked-closed")
    unit.opens("/assignments/")
    unit.desk.looks("clicked-unit-list")


def test_a_unit_objects_and_the_letter_goes_to_another(classified: Petition, mouse: Callable[[str], Mouse]) -> None:
    clerk, unit, other = mouse("ma"), mouse("he"), mouse("tian")
    gives(clerk, classified)
    unit.opens("/assignments/")
    unit.opens_row(classified.summary[:12])
    unit.carries_out("object", reasons="承包地确权由县农业农村局负责")
    unit.desk.looks("clicked-objection")
    clerk.opens(f"/petitions/{classified.pk}/")
    clerk.carries_out(
        "uphold-objection", words="确属农业农村部门职责", unit="县农业农村局", handler_name="田有禾", chosen=("已核对",)
    )
    clerk.reads("县农业农村局")
    clerk.desk.looks("clicked-reassigned")
    other.opens("/assignments/")
    other.opens_row(classified.summary[:12])
    other.carries_out("sign", handler_phone="0199-5550122")
    other.reads("已签收")
    unit.opens("/assignments/")
    assert classified.summary[:12] not in unit.desk.text()


def test_visitors_are_received_registered_and_their_record_kept(
    served: int, mouse: Callable[[str], Mouse], tmp_path: Path
) -> None:
    del served
    clerk = mouse("ma")
    record = tmp_path / "笔录.pdf"
    record.write_bytes(SCAN)
    clerk.opens("/receipts/new")
    page = clerk.desk.page
    clerk.chooses("来访")
    page.locator("[name=head_count]").fill("3")
    page.locator("[name=representatives]").fill("周桂兰 13912340001")
    page.locator("[name=sender]").fill("周桂兰")
    with page.expect_navigation():
        page.locator("#receipt button[type=submit]").click()
    page.locator("[name=summary]").fill("反映村口桥面塌陷，车辆无法通行")
    page.locator("[name=phone]").fill("13912340001")
    page.locator("[name=scan]").set_input_files(str(record))
    clerk.desk.looks("clicked-walk-in")
    with page.expect_navigation():
        page.locator("#registration button[type=submit]").click()
    clerk.reads("临人访")
    clerk.desk.complaints.clear()  # leaving the last field saves the draft, which the form that is sent breaks off
    clerk.follows("打开这件信访件")
    clerk.reads("笔录.pdf")
    clerk.carries_out("read", note="当面听取，桥面塌陷三日，拟交县交通部门")
    clerk.reads("已阅/已接谈")
    clerk.desk.looks("clicked-received")


@pytest.fixture
def put_before_the_leader(classified: Petition) -> Petition:
    """The letter waits for 李副主任."""
    clerk, leader = Staff.objects.get(username="ma"), Staff.objects.get(username="li")
    told: dict[str, Any] = {"leader": leader, "reason": PutReason.IMPORTANT, "by": clerk, "at": timezone.now()}
    instructions.put(petition_id=classified.pk, **told)
    return classified


def test_a_leader_reads_and_instructs_with_a_thumb(
    put_before_the_leader: Petition, mouse: Callable[[str], Mouse]
) -> None:
    classified, leader = put_before_the_leader, mouse("li")
    leader.desk.page.set_viewport_size({"width": 390, "height": 844})
    leader.opens("/leaders/")
    leader.opens_row(classified.summary[:12])
    leader.reads("来信.pdf")
    leader.carries_out("write", words="请县农业农村局一个月内更正，并当面答复")
    leader.reads(f"临人批〔{local_day(timezone.now()).year}〕1号")
    leader.desk.looks("clicked-instructed")
