"""What the cells of a ledger mean, and what is said of those that cannot be right."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from huiyin.county.assignment.states import DispositionKind, Outcome
from huiyin.county.ledger import cells
from huiyin.county.ledger.course import course_of
from huiyin.county.ledger.headings import HEADINGS, ColumnMapping, Field, guess_mapping
from huiyin.county.ledger.rules import KnownUnit, Reading, Reference, read_row
from huiyin.county.ledger.states import Step
from huiyin.county.office.states import Branch
from huiyin.county.registry.states import Channel, PetitionerKind, Purpose
from huiyin.county.reply.states import Method, Satisfaction
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import choose, load_folder

TODAY = date(2026, 3, 2)
RULESETS = load_folder(Path(__file__).parents[3] / "tenants" / "rulesets")
UNITS = (
    KnownUnit(code="water", name="县水务局", branch=Branch.GOVERNMENT, phone="0199-5550111"),
    KnownUnit(code="agriculture", name="县农业农村局", branch=Branch.GOVERNMENT, phone=""),
    KnownUnit(code="supervision", name="县监察委员会", branch=Branch.SUPERVISION_COMMISSION, phone=""),
    KnownUnit(code="legal", name="县人大法制委员会", branch=Branch.CONGRESS, phone=""),
)
REFERENCE = Reference(
    units={unit.name: unit for unit in UNITS},
    classes={("农村农业",): "01", ("农村农业", "水利水电"): "0110"},
    approvers={"王主任": 7},
    ruleset_of=lambda day: choose(RULESETS, "national", day),
)
ROW = {
    Field.SOURCE_NUMBER: "XF0001",
    Field.NAME: "张三",
    Field.RECEIVED_ON: "2025-03-05",
    Field.CHANNEL: "来信",
    Field.SUMMARY: "反映农业水费多收",
    Field.PURPOSE: "求决",
    Field.CATEGORY: "农村农业/水利水电",
    Field.IS_FIRST: "是",
    Field.REGISTRAR: "马晓棠",
}
ASSIGNED = ROW | {Field.UNIT: "县水务局", Field.HANDLER: "何立群", Field.ASSIGNED_ON: "2025-03-10"}
REPORTED = ASSIGNED | {Field.REPORTED_ON: "2025-04-10", Field.OUTCOME: "已退还"}
REPLIED = REPORTED | {Field.REPLIED_ON: "2025-04-15", Field.REPLY_METHOD: "邮寄", Field.PROOF: "挂号信"}


def read(row: Mapping[Field, str], reference: Reference = REFERENCE) -> Reading:
    return read_row(row, reference=reference, today=TODAY)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-05", "2026.3.5", "2026/3/5", "2026年3月5日", "2026年03月05日", "20260305", "46086", "46086.0",
        "2026-03-05 10:30:00", "\uff12\uff10\uff12\uff16\uff0e\uff13\uff0e\uff15", " 2026-3-5 ",
        "2026年 3月 5日", "2026.3.5日",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_was_written(written: str) -> None:
    assert cells.read_day(written) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2019.13.45", "没有这一天"),
        ("2025-02-29", "没有这一天"),
        ("20251345", "没有这一天"),
        ("1025-02-03", "年份应当在"),
        ("26.3.5", "不是日期"),
        ("2026年3月", "不是日期"),
        ("3月5日", "不是日期"),
        ("上周", "不是日期"),
        ("5", "不是日期"),
        ("=TODAY()", "不是日期"),
    ],
)
def test_what_is_no_day_is_refused(written: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        cells.read_day(written)


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("是", True),
        ("√", True),
        ("有", True),
        ("Y", True),
        ("1", True),
        ("初访", True),
        ("否", False),
        ("×", False),
        ("无", False),
        ("n", False),
        ("0", False),
        ("重信", False),
    ],
)
def test_flags_are_read_by_their_marks(written: str, *, meaning: bool) -> None:
    assert cells.read_flag(written) is meaning


@pytest.mark.parametrize(("written", "people"), [("3", 3), ("3人", 3), ("12 人次", 12), ("\uff11\uff10名", 10)])
def test_a_number_of_people_may_carry_its_word(written: str, people: int) -> None:
    assert cells.read_count(written) == people


@pytest.mark.parametrize("written", ["0", "-1", "若干", "3.5", "3人5户"])
def test_what_counts_nobody_is_refused(written: str) -> None:
    with pytest.raises(Refusal):
        cells.read_count(written)


@pytest.mark.parametrize(
    ("written", "channel"),
    [
        ("来信", Channel.LETTER),
        ("写信", Channel.LETTER),
        ("走访", Channel.WALK_IN),
        ("来访", Channel.WALK_IN),
        ("电话", Channel.PHONE),
        ("来电", Channel.PHONE),
        ("网信", Channel.WEB),
        ("网上投诉", Channel.WEB),
    ],
)
def test_channels_are_known_by_their_usual_words(written: str, channel: Channel) -> None:
    assert cells.read_channel(written) is channel


@pytest.mark.parametrize(
    ("read_word", "written", "word"),
    [
        (cells.read_purpose, "揭发控告", Purpose.ACCUSATION),
        (cells.read_purpose, "举报", Purpose.ACCUSATION),
        (cells.read_purpose, "投诉", Purpose.CLAIM),
        (cells.read_purpose, "其它", Purpose.OTHER),
        (cells.read_method, "挂号信", Method.POST),
        (cells.read_method, "EMS", Method.POST),
        (cells.read_method, "面复", Method.IN_PERSON),
        (cells.read_satisfaction, "基本满意", Satisfaction.MOSTLY),
        (cells.read_satisfaction, "未评价", None),
        (cells.read_disposition, "转办", DispositionKind.REFERRAL),
        (cells.read_disposition, "存档", DispositionKind.FILED),
        (cells.read_class, "农村农业_水利水电_水事纠纷", ("农村农业", "水利水电", "水事纠纷")),
        (cells.read_class, "农村农业／水利水电", ("农村农业", "水利水电")),
        (cells.read_names, "张三、李四，王五", ("张三", "李四", "王五")),
        (cells.kind_of_status, "已转送", DispositionKind.REFERRAL),
        (cells.kind_of_status, "已办结", None),
        (cells.outcome_of, "不支持：无依据", Outcome.NOT_SUPPORTED),
        (cells.outcome_of, "支持，已退还", Outcome.SUPPORTED),
        (cells.outcome_of, "渠道已修复", Outcome.EXPLAINED),
    ],
)
def test_words_mean_what_offices_mean_by_them(read_word: object, written: str, word: object) -> None:
    assert callable(read_word)
    assert read_word(written) == word


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({Field.SUMMARY: ""}, ["没有填写“概况”"]),
        ({Field.SOURCE_NUMBER: ""}, ["没有填写“信访件编号”"]),
        ({Field.RECEIVED_ON: ""}, ["没有填写“信访日期”"]),
        ({Field.CHANNEL: " "}, ["没有填写“信访形式”"]),
        ({Field.CHANNEL: "飞鸽"}, ["“信访形式”列的“飞鸽”：信访形式应为来信、来访、来电或网上信访"]),
        ({Field.RECEIVED_ON: "2019.13.45"}, ["“信访日期”列的“2019.13.45”：没有这一天，请核对年月日"]),
        ({Field.RECEIVED_ON: "2026-03-03"}, ["“信访日期”2026年3月3日晚于今天2026年3月2日"]),
        ({Field.REGISTERED_ON: "2025-03-04"}, ["“登记日期”2025年3月4日早于“信访日期”2025年3月5日"]),
        ({Field.REPLIED_ON: "2025-03-01"}, ["“答复日期”2025年3月1日早于“信访日期”2025年3月5日"]),
        ({Field.DUE_ON: "2025-03-01"}, ["“限办时间”2025年3月1日早于“信访日期”2025年3月5日"]),
        ({Field.PHONE: "1390000123"}, ["“手机号码”列的“1390000123”：手机号码应当是11位，现在是10位"]),
        (
            {Field.IDENTITY_NUMBER: "11010119900307001X"},
            ["“证件号码”列的“11010119900307001X”：身份证号码的校验位不对，请逐位核对是否有抄写错误"],
        ),
        ({Field.CATEGORY: "星际航行/轨道"}, ["“内容分类”列的“星际航行/轨道”：没有名为“星际航行”的一级分类"]),
        ({Field.UNIT: "县航天局"}, ["没有名为“县航天局”的承办单位，请先在“单位”中添加，或改为已有单位的名称"]),
        ({Field.PURPOSE: "游览"}, ["“信访目的”列的“游览”：信访目的应为申诉、求决、意见建议、揭发控告、咨询、其他"]),
        ({Field.NAME: "张" * 61}, ["“姓名”超过60字"]),
        (
            {Field.CHANNEL: "来访", Field.PEOPLE: "8人", Field.REPRESENTATIVES: "甲、乙、丙、丁、戊、己"},
            ["来访8人，代表不得超过5人（第二十条第三款），现登记6人"],
        ),
        ({Field.REPRESENTATIVES: "甲"}, ["只有来访才登记代表；联名信请填联名人数"]),
        (
            {Field.SUMMARY: "", Field.PHONE: "123", Field.IS_SOLVED: "也许"},
            [
                "“手机号码”列的“123”：手机号码应当是11位，现在是3位",
                "“是否办结”列的“也许”：应填“是”或“否”",
                "没有填写“概况”",
            ],
        ),
    ],
)
def test_a_row_is_refused_with_every_reason(changes: dict[Field, str], reasons: list[str]) -> None:
    found = read(ROW | changes)
    assert found.row is None
    assert list(found.reasons) == reasons


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({Field.CATEGORY: "农村农业/水利水电/水事纠纷"}, "归入“农村农业/水利水电”"),
        ({Field.UNIT: "水务局"}, "按“县水务局”导入"),
        ({Field.UNIT: "青岚县水务局"}, "按“县水务局”导入"),
        ({Field.PHONE: "139****1234"}, "“手机号码”已隐去部分内容"),
        ({Field.DUE_ON: "2025-03-08", Field.ASSIGNED_ON: "2025-03-10"}, "“限办时间”不晚于“交办日期”"),
        ({Field.GATHERING: "集体访", Field.CHANNEL: "来访", Field.PEOPLE: "3"}, "人数不足5人"),
        ({Field.APPROVER: "无此人"}, "审批人“无此人”没有可以审批的账号"),
    ],
)
def test_what_the_clerk_should_look_at_refuses_nothing(changes: dict[Field, str], hint: str) -> None:
    found = read(ROW | changes)
    assert found.reasons == ()
    assert any(hint in one for one in found.hints)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", PetitionerKind.ANONYMOUS),
        ("匿名", PetitionerKind.ANONYMOUS),
        ("不清", PetitionerKind.ILLEGIBLE),
        ("张三", PetitionerKind.NAMED),
    ],
)
def test_who_wrote_is_as_much_as_the_ledger_knows(name: str, kind: PetitionerKind) -> None:
    row = read(ROW | {Field.NAME: name}).row
    assert row is not None
    assert row.petitioner_kind is kind


def test_a_long_summary_is_kept_whole_as_the_content() -> None:
    row = read(ROW | {Field.SUMMARY: "水" * 700}).row
    assert row is not None
    assert (len(row.summary), row.summary[-2:], row.content) == (500, "……", "水" * 700)


def test_an_accusation_is_not_told_to_whoever_may_not_read_it() -> None:
    closed = Reference(REFERENCE.units, REFERENCE.classes, {}, REFERENCE.ruleset_of, may_take_accusations=False)
    found = read(ROW | {Field.PURPOSE: "揭发控告"}, closed)
    assert (found.row, found.reasons, found.summary) == (None, ("检举控告件须由保密专人导入",), "检举控告件")


UP_TO = tuple(Step)


@pytest.mark.parametrize(
    ("row", "last", "hint"),
    [
        (ROW | {Field.REGISTRAR: ""}, Step.REGISTER, ""),
        (ROW | {Field.PURPOSE: ""}, Step.READ, ""),
        (ROW, Step.CLASSIFY, ""),
        (ROW | {Field.IS_SOLVED: "是"}, Step.CLASSIFY, "没有承办单位或处理方式，只导入到“归类”"),
        (ASSIGNED, Step.DISPOSE, ""),
        (ASSIGNED | {Field.HANDLER: ""}, Step.CLASSIFY, "没有承办人，只导入到“归类”"),
        (ASSIGNED | {Field.SIGNED_ON: "2025-03-11"}, Step.SIGN, ""),
        (REPORTED, Step.REPORT, ""),
        (REPORTED | {Field.IS_SOLVED: "是"}, Step.VERIFY, "没有答复日期，只导入到“审核通过”"),
        (REPLIED, Step.DELIVER, ""),
        (REPLIED | {Field.PROOF: ""}, Step.REPLY, "没有送达凭证，只导入到“答复”"),
        (REPLIED | {Field.REPLY_METHOD: "无法送达", Field.PROOF: "信"}, Step.REPLY, "没有写明尝试送达的情况"),
        (REPLIED | {Field.IS_SOLVED: "是"}, Step.CLOSE, ""),
        (REPLIED | {Field.CLOSED_ON: "2025-04-20"}, Step.CLOSE, ""),
        (REPLIED | {Field.IS_SOLVED: "是", Field.SATISFACTION: "满意"}, Step.EVALUATE, ""),
        (ROW | {Field.DISPOSITION: "存查", Field.ASSIGNED_ON: "2025-03-10"}, Step.CLASSIFY, "没有处理依据"),
        (ASSIGNED | {Field.PURPOSE: "举报"}, Step.CLASSIFY, "检举控告件不交一般单位"),
        (ASSIGNED | {Field.PURPOSE: "举报", Field.UNIT: "县监察委员会"}, Step.DISPOSE, ""),
    ],
)
def test_the_course_ends_where_the_evidence_ends(row: Mapping[Field, str], last: Step, hint: str) -> None:
    found = read(row).row
    assert found is not None
    course = course_of(found)
    assert course.steps[-1] is last
    assert hint in course.hint if hint else course.hint == ""


def test_columns_are_known_by_their_headings() -> None:
    mapping = guess_mapping(
        ("序号", "信访人姓名", "联系电话（必填）", "来信\n日期", "信访形式", "主要内容", "信访件编号", "编号")
    )
    assert mapping.columns == (
        (1, Field.NAME), (2, Field.PHONE), (3, Field.RECEIVED_ON), (4, Field.CHANNEL), (5, Field.SUMMARY),
        (6, Field.SOURCE_NUMBER),
    )  # fmt: skip
    assert mapping.unmapped == ("序号", "编号")
    assert mapping.missing == ()


def test_every_heading_of_an_export_names_its_own_field() -> None:
    assert [field for _, field in guess_mapping(HEADINGS).columns] == list(Field)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"甲": "姓名", "乙": "name"}, "“姓名”只能对应一列"),
        ({"丁": "姓名"}, "表中没有“丁”这一列"),
        ({"甲": "体重"}, "没有“体重”这一项"),
    ],
)
def test_an_edited_mapping_is_checked(values: Mapping[str, str], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        ColumnMapping.from_values(values, ("甲", "乙"))


def test_a_mapping_without_what_every_row_needs_is_refused() -> None:
    with pytest.raises(Refusal, match="没有找到“信访形式、概况”列"):
        guess_mapping(("信访件编号", "信访日期")).check()
