"""台账导入: what a row proves is carried through the office's own acts, once, on its own days."""

import io
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment, Disposition
from huiyin.county.journal.models import Entry
from huiyin.county.journal.queries import chain
from huiyin.county.ledger import actions, queries
from huiyin.county.ledger.headings import HEADINGS, Field, guess_mapping
from huiyin.county.ledger.models import ImportRow, ImportRun
from huiyin.county.ledger.national import export, ledger_rows
from huiyin.county.ledger.queries import ImportReport
from huiyin.county.ledger.sheets import read_sheet
from huiyin.county.ledger.states import RowFate, RunState
from huiyin.county.office.models import Unit
from huiyin.county.registry.models import Attachment, Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Recurrence, State
from huiyin.county.reply.models import Delivery, Evaluation
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import Tenant, entered

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
SOLVED = {
    "信访件编号": "XF0001", "姓名": "张三", "信访人数": "1", "住址": "上松村3组", "手机号码": "13900001234",
    "问题属地": "上松村", "信访目的": "求决", "内容分类": "农村农业/水利水电", "信访日期": "2025-03-05",
    "登记日期": "2025.3.6", "信访形式": "来信", "概况": "反映农业水费多收", "是否办结": "是", "是否全国初次信访": "是",
    "登记人": "马晓棠", "承办单位": "县水务局", "承办人": "何立群", "承办人电话": "0199-5550111",
    "交办日期": "2025年3月10日", "反馈日期": "2025-04-10", "办理结果": "多收水费已全部退还", "答复日期": "2025-04-15",
    "答复方式": "邮寄", "送达凭证": "挂号信回执", "满意度": "满意",
}  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16 + b"IEND\xaeB`\x82"


def a_sheet(*rows: Mapping[str, str]) -> bytes:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_string(0, 0, "2025年台账")
        for column, heading in enumerate(headings):
            sheet.write_string(1, column, heading)
        for line, row in enumerate(rows, start=2):
            for column, heading in enumerate(headings):
                sheet.write_string(line, column, row.get(heading, ""))
    return target.getvalue()


def imported(people: Any, *rows: Mapping[str, str], scans: Path | None = None, who: str = "clerk") -> ImportReport:
    by = getattr(people, who)
    run = actions.start_run(name="台账.xlsx", data=a_sheet(*rows), by=by, at=AT)
    return actions.carry_out(run_id=run.pk, by=by, at=AT, scans=scans)


def test_a_solved_row_becomes_a_closed_petition_on_its_own_days(county: Tenant, people: Any) -> None:
    report = imported(people, SOLVED)
    assert report.refused == ()
    assert report.counts[RowFate.IMPORTED] == 1
    petition = Petition.objects.get(source_number="XF0001")
    assert petition.state == State.CLOSED
    assert petition.received_on == date(2025, 3, 5)
    assert petition.registered_at == datetime(2025, 3, 6, 1, tzinfo=UTC)
    assert petition.year == 2025
    assert petition.reader_name == "马晓棠"
    assert petition.category_path == "农村农业/水利水电"
    given = Assignment.objects.get(petition=petition)
    assert given.unit.name == "县水务局"
    assert [local_day(moment) for moment in (given.issued_at, given.signed_at, given.reported_at) if moment] == [
        date(2025, 3, 10), date(2025, 3, 10), date(2025, 4, 10)
    ]  # fmt: skip
    assert local_day(Delivery.objects.get(reply__petition=petition).delivered_at) == date(2025, 4, 15)
    assert Evaluation.objects.get(petition=petition).satisfaction == "satisfied"
    assert not petition.deadlines.running().exists()


def test_every_entry_of_an_import_is_marked_and_the_chain_holds(county: Tenant, people: Any) -> None:
    imported(people, SOLVED)
    entries = Entry.objects.exclude(petition_id=None).order_by("number")
    assert [entry.event for entry in entries] == [
        "petition.registered", "petition.read", "petition.classified", "assignment.issued", "assignment.signed",
        "assignment.reported", "assignment.verified", "reply.written", "reply.delivered", "petition.closed",
        "petition.evaluated",
    ]  # fmt: skip
    assert all(entry.values["import_run"] for entry in entries)
    assert list(entries.values_list("at", flat=True)) == sorted(entries.values_list("at", flat=True))
    assert chain().holds


@pytest.mark.parametrize(
    ("left_out", "state", "hint"),
    [
        ((), State.CLOSED, ""),
        (("是否办结",), State.REPLIED, ""),
        (("送达凭证",), State.REPLIED, "没有送达凭证"),
        (("答复日期",), State.VERIFIED, "没有答复日期"),
        (("办理结果",), State.IN_PROGRESS, "没有办理结果"),
        (("反馈日期",), State.ASSIGNED, "没有签收日期或反馈日期"),
        (("承办人",), State.CLASSIFIED, "没有承办人"),
        (("交办日期",), State.CLASSIFIED, "没有交办日期"),
        (("内容分类",), State.READ, "没有内容分类"),
        (("信访目的",), State.READ, "没有信访目的"),
        (("登记人",), State.REGISTERED, "没有登记人或接访、阅批领导"),
        (("承办人电话",), State.CLOSED, ""),
        (("处理依据", "住址", "手机号码"), State.CLOSED, ""),
    ],
)
def test_a_row_goes_as_far_as_its_evidence(
    county: Tenant, people: Any, left_out: tuple[str, ...], state: State, hint: str
) -> None:
    row = {heading: "" if heading in left_out else value for heading, value in SOLVED.items()}
    if left_out:
        row["满意度"] = ""
    imported(people, row)
    assert Petition.objects.get(source_number="XF0001").state == state
    reasons = ImportRow.objects.get().reasons
    assert any(hint in reason for reason in reasons) if hint else reasons == []


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"信访件状态": "已转送", "是否办结": "否", "反馈日期": "", "办理结果": "", "满意度": ""}, State.REPLIED),
        ({"处理方式": "转送", "反馈日期": "", "办理结果": ""}, State.CLOSED),
        ({"承办单位": "县人大法制委员会"}, State.CLOSED),
        (
            {"处理方式": "引导告知", "承办单位": "县信访局", "处理依据": "信访工作条例第二十二条", "审批人": "王主任"},
            State.CLOSED,
        ),
        ({"处理方式": "存查", "处理依据": "信访工作条例第二十二条", "审批人": "王主任", "满意度": ""}, State.CLOSED),
        (
            {"处理方式": "存查", "处理依据": "信访工作条例第二十二条", "审批人": "无此人", "满意度": ""},
            State.CLASSIFIED,
        ),
        ({"处理方式": "移送", "满意度": ""}, State.CLASSIFIED),
    ],
)
def test_a_row_goes_the_way_the_office_chose(
    county: Tenant, people: Any, changes: dict[str, str], state: State
) -> None:
    report = imported(people, SOLVED | changes)
    assert report.refused == ()
    assert Petition.objects.get().state == state


@pytest.mark.parametrize(
    ("printed", "kept", "hint"),
    [
        ("2025-04-20", date(2025, 4, 20), ""),
        ("2025-12-31", date(2025, 5, 9), "限办时间没有采用：文书载明的日期2025年12月31日晚于规定的"),
        ("2025-03-11", date(2025, 3, 11), ""),
        ("2025-03-09", date(2025, 5, 9), "“限办时间”不晚于“交办日期”，期限按规定计算"),
    ],
)
def test_a_printed_day_that_the_rules_do_not_let_stand_stops_no_row(
    county: Tenant, people: Any, printed: str, kept: date, hint: str
) -> None:
    imported(people, SOLVED | {"限办时间": printed})
    assert Petition.objects.get().state == State.CLOSED
    assert Assignment.objects.get().due_on == kept
    assert Disposition.objects.count() == 1
    assert any(hint in reason for reason in ImportRow.objects.get().reasons) if hint else True
    assert chain().holds


def test_what_was_assigned_before_stays_assigned_where_we_guide_now(other_county: Tenant, provisioned: Any) -> None:
    with entered(other_county):
        by, unit = Staff.objects.get(username="ma"), Unit.objects.filter(branch="government").order_by("pk")[0]
        data = a_sheet(SOLVED | {"承办单位": unit.name})
        report = actions.carry_out(run_id=actions.start_run(name="台账.xlsx", data=data, by=by, at=AT).pk, at=AT)
        assert report.refused == ()
        assert Petition.objects.get().state == State.CLOSED


def test_the_same_ledger_again_imports_nothing(county: Tenant, people: Any) -> None:
    imported(people, SOLVED)
    report = imported(people, SOLVED, SOLVED | {"信访件编号": "XF0002"})
    assert (report.counts[RowFate.KNOWN], report.counts[RowFate.IMPORTED]) == (1, 1)
    assert Petition.objects.count() == 2


def test_the_same_number_twice_in_a_sheet_is_taken_once(county: Tenant, people: Any) -> None:
    imported(people, SOLVED, SOLVED)
    rows = list(ImportRow.objects.order_by("line").values_list("line", "fate", "reasons"))
    assert rows == [(3, "imported", []), (4, "known", ["与第3行的信访件编号相同"])]
    assert Petition.objects.count() == 1


def test_a_refused_row_leaves_nothing_behind_and_stops_no_other(county: Tenant, people: Any) -> None:
    bad = SOLVED | {"信访件编号": "XF0002", "信访日期": "2025.13.45", "概况": ""}
    report = imported(people, bad, SOLVED)
    assert [row.source_number for row in report.refused] == ["XF0002"]
    assert set(report.refused[0].reasons) == {
        "“信访日期”列的“2025.13.45”：没有这一天，请核对年月日", "没有填写“概况”",
    }  # fmt: skip
    assert Receipt.objects.count() == 1
    assert ImportRow.objects.get(fate="refused").cells["cells"]["name"] == "张三"
    assert set(ImportRow.objects.get(fate="imported").cells) == {"summary"}


def test_a_trial_writes_nothing(county: Tenant, people: Any) -> None:
    sheet = read_sheet(a_sheet(SOLVED, SOLVED | {"信访件编号": "", "备注": "x"}), "台账.xlsx")
    trial = queries.check(sheet, guess_mapping(sheet.headings), by=people.clerk, at=AT)
    assert [(row.line, row.fate, row.reasons) for row in trial.rows] == [
        (3, RowFate.ACCEPTED, ()),
        (4, RowFate.REFUSED, ("没有填写“信访件编号”",)),
    ]
    assert trial.unmapped == ("备注",)
    assert not ImportRun.objects.exists()
    assert not Receipt.objects.exists()


def test_numbers_follow_the_days_and_an_earlier_item_is_found(county: Tenant, people: Any) -> None:
    blank = dict.fromkeys(("登记日期", "交办日期", "反馈日期", "答复日期", "是否办结", "满意度"), "")
    later = SOLVED | blank | {"信访件编号": "XF0009", "信访日期": "2025-06-01", "是否全国初次信访": "否"}
    imported(people, later, SOLVED)
    first, second = Petition.objects.order_by("number_value")
    assert (first.source_number, second.source_number) == ("XF0001", "XF0009")
    assert second.recurrence == Recurrence.REPEAT
    assert second.repeats == first


def test_an_accusation_is_sealed_and_taken_in_by_the_restricted_officer_only(county: Tenant, people: Any) -> None:
    row = SOLVED | {
        "信访目的": "揭发控告",
        "承办单位": "县监察委员会",
        "处理方式": "转送",
        "反馈日期": "",
        "办理结果": "",
    }
    report = imported(people, row)
    assert [one.reasons for one in report.refused] == [("检举控告件须由保密专人导入",)]
    assert ImportRow.objects.get().cells == {"summary": "检举控告件"}
    imported(people, row, who="restricted")
    petition = Petition.objects.get()
    assert petition.confidentiality == "sealed"
    assert Receipt.objects.get().sender == ""
    rows = list(ledger_rows(Petition.objects.by_day(), by=people.clerk))
    assert [cell for cell in rows[0] if cell] == [petition.number, "检举控告件"]


def test_an_accusation_goes_to_no_ordinary_unit(county: Tenant, people: Any) -> None:
    imported(people, SOLVED | {"信访目的": "揭发控告"}, who="restricted")
    assert Petition.objects.get().state == State.CLASSIFIED


def test_a_scan_named_like_the_number_is_attached(county: Tenant, people: Any, tmp_path: Path) -> None:
    (tmp_path / "XF0001.png").write_bytes(PNG)
    (tmp_path / "XF0002.png").write_bytes(b"no picture")
    (tmp_path / "notes.txt").write_bytes(b"x")
    imported(people, SOLVED, SOLVED | {"信访件编号": "XF0002"}, scans=tmp_path)
    kept = Attachment.objects.get()
    assert (kept.kind, kept.is_intact, kept.petition.source_number) == ("original", True, "XF0001")
    assert "扫描件“XF0002.png”未导入" in ImportRow.objects.get(source_number="XF0002").reasons[0]


def test_a_run_that_stopped_goes_on_where_it_stopped(county: Tenant, people: Any) -> None:
    rows = [SOLVED | {"信访件编号": f"XF{number:04d}"} for number in range(1, actions.TOGETHER + 4)]
    run = actions.start_run(name="台账.xlsx", data=a_sheet(*rows), by=people.clerk, at=AT)

    def stop_at_once(done: int, total: int) -> None:
        if done < total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.carry_out(run_id=run.pk, at=AT, progress=stop_at_once)
    assert Petition.objects.count() == actions.TOGETHER
    assert ImportRun.objects.get().state == RunState.RUNNING
    report = actions.carry_out(run_id=run.pk, at=AT)
    assert (report.state, report.counts[RowFate.IMPORTED]) == (RunState.FINISHED, len(rows))
    assert Counter(Petition.objects.values_list("state", flat=True)) == {"closed": len(rows)}


def test_an_export_can_be_imported_again(county: Tenant, other_county: Tenant, people: Any) -> None:
    imported(people, SOLVED)
    data = export(Petition.objects.by_day(), by=people.clerk)
    sheet = read_sheet(data, "导出.xlsx")
    assert sheet.headings == HEADINGS
    trial = queries.check(sheet, guess_mapping(sheet.headings), by=people.clerk, at=AT)
    assert [row.fate for row in trial.rows] == [RowFate.KNOWN]
    Petition.objects.update(source_number="elsewhere", number="elsewhere")
    trial = queries.check(sheet, guess_mapping(sheet.headings), by=people.clerk, at=AT)
    assert [(row.fate, row.reasons) for row in trial.rows] == [(RowFate.ACCEPTED, ())]
    assert "“手机号码”已隐去部分内容，未导入" in trial.rows[0].hints
    values = dict(zip(Field, sheet.rows[0].cells, strict=True))
    assert values[Field.PHONE] == "139****1234"
    assert values[Field.REPORTED_ON] == "2025-04-10"


@pytest.mark.parametrize("who", ["mail_room", "auditor", "unit_clerk", "leader", "administrator"])
def test_only_those_who_register_import(county: Tenant, people: Any, who: str) -> None:
    with pytest.raises(Refusal, match="导入台账"):
        imported(people, SOLVED, who=who)
    assert not ImportRun.objects.exists()


def test_a_formula_stays_text(county: Tenant, people: Any) -> None:
    imported(people, SOLVED | {"概况": '=HYPERLINK("http://x")', "姓名": "+张三"})
    petition = Petition.objects.get()
    assert (petition.summary, petition.petitioner.name) == ('=HYPERLINK("http://x")', "+张三")
