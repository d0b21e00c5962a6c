"""Rule sets: what the files say, which one applies on which day, and how a mistake in a file is told."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import Approver, IntakeMode, RuleSet, choose, load, load_folder
from huiyin.kernel.strict_toml import DefinitionError

FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None)
FOLDER = Path(__file__).parents[2] / "tenants" / "rulesets"
DEFAULTS = "《县级人大常委会信访工作默认规则》"


@cache
def known() -> tuple[RuleSet, ...]:
    return load_folder(FOLDER)


@cache
def rules(code: str) -> RuleSet:
    return next(ruleset for ruleset in known() if ruleset.code == code)


@pytest.mark.parametrize(
    ("code", "clock", "length", "basis"),
    [
        ("R05", Clock.DISPOSITION, "15日", "《信访条例》第二十一条第一款"),
        ("R05", Clock.FINISH, "60日", "《信访条例》第三十三条"),
        ("R05", Clock.RE_EXAMINATION, "30日", "《信访条例》第三十四条"),
        ("R22", Clock.REGISTER, "当日", "《信访工作条例》第二十二条第一款、第二十三条第一款"),
        ("R22", Clock.CLASSIFY, "3个工作日", f"{DEFAULTS}归类期限"),
        ("R22", Clock.DISPOSITION, "15日", "《信访工作条例》第二十二条第一款、第二十三条第二款"),
        ("R22", Clock.NOTICE, "15日", "《信访工作条例》第二十三条第三款"),
        ("R22", Clock.OBJECTION, "5个工作日", "《信访工作条例》第二十三条第三款"),
        ("R22", Clock.FINISH, "60日", "《信访工作条例》第三十四条"),
        ("R22", Clock.REPORT, "60日", f"{DEFAULTS}交办报结期限"),
        ("R22", Clock.PROGRESS, "30日", f"{DEFAULTS}进展反馈期限"),
        ("R22", Clock.RECTIFICATION, "10日", f"{DEFAULTS}补正期限"),
        ("R22", Clock.SIGN, "3个工作日", f"{DEFAULTS}逾期未签收视为收到"),
        ("R22", Clock.SIMPLE_ACCEPT, "3个工作日", "《信访事项简易办理办法（试行）》受理告知期限条款"),
        ("R22", Clock.SIMPLE_REPLY, "10个工作日", "《信访事项简易办理办法（试行）》答复期限条款"),
        ("R22", Clock.FINAL_REVIEW_ASK, "30日", "《信访工作条例》第三十六条第一款"),
        ("R22", Clock.OPINION_ANSWER, "3个月", f"{DEFAULTS}审议意见研究处理期限"),
        ("HENAN", Clock.DISPOSITION, "5日", "《河南省信访条例》第二十二条第三款、第二十六条第一款"),
        ("HENAN", Clock.OBJECTION, "5日", "《河南省信访条例》第二十六条第五款"),
        ("HENAN", Clock.FINISH, "30日", "《河南省信访条例》转送事项办理期限条款"),
        ("HENAN", Clock.REPORT, "90日", "《河南省信访条例》交办事项办理期限条款"),
        ("HENAN", Clock.OPINION_SENT, "10日", "《河南省实施监督法办法》审议意见送交期限条款"),
        ("SHANGHAI", Clock.DISPOSITION, "15日", "《上海市信访条例》第三十条"),
        ("SHANGHAI", Clock.NOTICE, "15日", "《上海市信访条例》第三十五条"),
        ("ZHEJIANG", Clock.DISPOSITION, "5个工作日", "《浙江省信访条例》第二十条"),
        ("ZHEJIANG", Clock.FINISH, "30日", "《浙江省信访条例》第二十三条"),
        ("ZHEJIANG", Clock.OPINION_SENT, "7日", "《浙江省实施监督法办法》审议意见送交期限条款"),
    ],
)
def test_a_rule_set_says_how_long_a_step_may_take_and_by_which_article(
    code: str, clock: Clock, length: str, basis: str
) -> None:
    step = rules(code).step(clock)
    assert (step.length, rules(code).cite(step)) == (length, basis)


@pytest.mark.parametrize(
    ("code", "clock", "at_most", "approver"),
    [
        ("R05", Clock.FINISH, 30, Approver.UNIT_HEAD),
        ("R22", Clock.FINISH, 30, Approver.UNIT_HEAD),
        ("R22", Clock.REPORT, 30, Approver.UNIT_HEAD),
        ("HENAN", Clock.FINISH, 90, Approver.UNIT_HEAD),
        ("HENAN", Clock.REPORT, 90, Approver.ASSIGNER),
        ("SHANGHAI", Clock.FINISH, 30, Approver.UNIT_HEAD),
        ("ZHEJIANG", Clock.FINISH, 60, Approver.UNIT_HEAD),
    ],
)
def test_a_rule_set_says_how_far_a_step_may_be_extended_and_by_whom(
    code: str, clock: Clock, at_most: int, approver: Approver
) -> None:
    extension = rules(code).step(clock).extension
    assert extension is not None
    assert (extension.at_most, extension.approver) == (at_most, approver)


@pytest.mark.parametrize(
    ("code", "mode"),
    [
        ("R05", IntakeMode.TRANSFER),
        ("R22", IntakeMode.TRANSFER),
        ("HENAN", IntakeMode.TRANSFER),
        ("SHANGHAI", IntakeMode.TRANSFER),
        ("ZHEJIANG", IntakeMode.GUIDE),
    ],
)
def test_a_rule_set_says_what_becomes_of_what_is_not_ours(code: str, mode: IntakeMode) -> None:
    assert rules(code).intake_mode is mode


def test_the_national_rules_of_2022_know_both_modes() -> None:
    assert rules("R22").intake_modes == (IntakeMode.TRANSFER, IntakeMode.GUIDE)


@pytest.mark.parametrize(
    ("code", "people", "allowed"),
    [
        ("R22", 3, 5),
        ("R22", 200, 5),
        ("ZHEJIANG", 10, 3),  # the last of the small groups
        ("ZHEJIANG", 11, 5),
    ],
)
def test_a_group_sends_no_more_representatives_than_allowed(code: str, people: int, allowed: int) -> None:
    representatives = rules(code).representatives
    representatives.check(representatives=allowed, people=people)
    with pytest.raises(Refusal, match=f"代表不得超过{allowed}人"):
        representatives.check(representatives=allowed + 1, people=people)


def test_a_group_visit_begins_with_five_visitors() -> None:
    assert {ruleset.group_visit.from_people for ruleset in known()} == {5}


@pytest.mark.parametrize(
    ("name", "received_on", "code"),
    [
        ("national", date(2005, 5, 1), "R05"),  # first day
        ("national", date(2022, 4, 30), "R05"),  # last day
        ("national", date(2022, 5, 1), "R22"),
        ("national", date(2040, 1, 1), "R22"),
        ("R22", date(2019, 6, 1), "R05"),  # the code stands for its whole family
        ("R05", date(2026, 6, 1), "R22"),
        ("henan", date(2026, 6, 1), "HENAN"),
        ("HENAN", date(2019, 6, 1), "R05"),  # before the provincial rules, the national ones
        ("zhejiang", date(2022, 5, 1), "ZHEJIANG"),
    ],
)
def test_the_day_of_receipt_chooses_the_rule_set(name: str, received_on: date, code: str) -> None:
    assert choose(known(), name, received_on).code == code


def test_a_day_without_any_rules_and_an_unknown_name_are_refused() -> None:
    with pytest.raises(Refusal, match="2005年4月30日没有施行中的信访规则"):
        choose(known(), "henan", date(2005, 4, 30))
    with pytest.raises(Refusal, match="没有名为“hainan”的信访规则"):
        choose(known(), "hainan", date(2026, 1, 1))


@FEW
@given(day=st.dates(date(2005, 5, 1), date(2100, 1, 1)), family=st.sampled_from(["national", "henan", "shanghai"]))
def test_since_may_2005_every_day_has_exactly_one_rule_set(day: date, family: str) -> None:
    chosen = choose(known(), family, day)
    assert chosen.is_in_force(day)
    assert [one.code for one in known() if one.family == chosen.family and one.is_in_force(day)] == [chosen.code]


@pytest.mark.parametrize("code", ["R05", "R22", "HENAN", "SHANGHAI", "ZHEJIANG"])
def test_a_rule_set_survives_being_kept_with_a_petition(code: str) -> None:
    kept = json.loads(json.dumps(rules(code).as_values(), ensure_ascii=False))
    assert RuleSet.from_values(kept) == rules(code)


# mistakes in a file


def written(folder: Path, old: str, new: str, *, name: str = "r22.toml") -> Path:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert old in text
    path = folder / name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def line_of(text: str, path: Path) -> int:
    return next(n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if text in line)


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("amount = 15", "amout = 15", "amout = 15", "steps.disposition.amout：没有这个键，是否应为 amount？"),
        ("amount = 15", 'amount = "15"', 'amount = "15"', "steps.disposition.amount：应当是整数"),
        ("amount = 15", "amount = -1", "amount = -1", "steps.disposition.amount：不能小于0"),
        ("at_most = 30", "at_most = 0", "at_most = 0", "steps.finish.extension.at_most：应当大于0"),
        (
            'unit = "days"',
            'unit = "weeks"',
            'unit = "weeks"',
            "steps.register.unit：只能是 days、working_days、months 之一",
        ),
        ("title =", "titel =", "titel =", "titel：没有这个键，是否应为 title？"),
        ("2022-05-01", '"五月"', '"五月"', "in_force_from：应当是日期，例如 2022-05-01"),
        ("[steps.notice]", "[steps.notic]", "[steps.notic]", "之一，是否应为 notice？"),
        ("from_people = 5", "from_people = 5\nfrom_poeple = 6", "from_poeple", "group_visit.from_poeple：没有这个键"),
        ('article = "第三十四条"', 'article = ""', 'article = ""', "steps.finish.article：至少要有1个字"),
    ],
)
def test_a_mistake_names_file_line_and_key(tmp_path: Path, old: str, new: str, at: str, said: str) -> None:
    path = written(tmp_path, old, new)
    with pytest.raises(DefinitionError) as error:
        load(path)
    assert any(
        str(mistake).startswith(f"{path} 第{line_of(at, path)}行 ") and said in str(mistake)
        for mistake in error.value.mistakes
    ), str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('absent = ["oversight", ', "absent = [", "既没有期限也没有列在 absent 中：oversight"),
        ('absent = ["oversight", ', 'absent = ["oversight", "report", ', "既有期限又列在 absent 中：report"),
        ("in_force_from = 2022-05-01", "in_force_from = 2022-05-01\nin_force_until = 2021-01-01", "早于 in_force_from"),
        ('intake_modes = ["transfer", "guide"]', 'intake_modes = ["guide"]', "intake_mode 不在 intake_modes 之中"),
    ],
)
def test_a_rule_set_that_does_not_fit_together_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = written(tmp_path, old, new)
    with pytest.raises(DefinitionError, match=f"第[0-9]+行 (absent|in_force_until|intake_modes)：.*{said}"):
        load(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "R05"', 'code = "R22"', "代码 R22 已被另一个规则文件使用"),
        ("in_force_until = 2022-04-30", "in_force_until = 2022-05-01", "与 R05 的施行期间重叠"),
        ('family = "national"', 'family = "national"\notherwise = "nowhere"', "没有名为 nowhere 的规则系列"),
    ],
)
def test_rule_sets_of_one_folder_fit_together(tmp_path: Path, old: str, new: str, said: str) -> None:
    written(tmp_path, old, new, name="r05.toml")
    written(tmp_path, "[group_visit]", "[group_visit]")
    with pytest.raises(DefinitionError, match=said):
        load_folder(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="没有规则文件"):
        load_folder(tmp_path)
