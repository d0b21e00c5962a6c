"""The commands as an operator types them."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.strict_toml import DefinitionError
from huiyin.kernel.tenant import Tenant, entered
from huiyin.platform.calendar.models import CalendarDay, CalendarYear
from huiyin.platform.categories.models import Category
from huiyin.platform.statutes.models import Statute
from huiyin.project.console import main

ROOT = Path(__file__).parents[3]
TENANTS = sorted(str(file) for file in (ROOT / "tenants").glob("*.toml"))
XI1 = Tenant(schema="xi1", kind="county", name="甲溪县")


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_all_offices_of_this_repository_are_onboarded_together_and_only_once(place):
    first = json.loads(said("onboard", *TENANTS, "--json"))
    assert [office["slug"] for office in first] == ["baiyun", "luoxia", "province", "qinglan"]
    assert all(office["setup_token"] and office["changes"] for office in first)
    second = json.loads(said("onboard", *TENANTS, "--json"))
    assert not any(office["setup_token"] or office["changes"] or office["kept"] for office in second)
    assert place.ask("SELECT count(*) FROM platform_county WHERE kind = 'province'") == [(1,)]


def test_a_plan_is_words_and_no_rows(place):
    words = said("onboard", *TENANTS, "--plan")
    assert "将会登记 青岚县人大常委会" in words
    assert "激活码" not in words
    assert place.ask("SELECT count(*) FROM platform_county") == [(5,)]


def test_one_wrong_file_stops_all_before_anything_is_written(place, tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('slug = "wrong"\n', encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"wrong\.toml"):
        said("onboard", *TENANTS, str(wrong))
    assert place.ask("SELECT count(*) FROM platform_county") == [(5,)]


def test_on_the_console_a_mistake_is_a_sentence_and_the_exit_code_one(place, tmp_path, capsys):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text((ROOT / "tenants/qinglan.toml").read_text("utf-8").replace("ruleset =", "rulset ="), "utf-8")
    assert main(["onboard", str(wrong)]) == 1
    assert "rulset：没有这个键，是否应为 ruleset？" in capsys.readouterr().err


def test_the_token_is_shown_once(place):
    assert "一次性激活码" in said("onboard", *TENANTS[:1])
    assert "一次性激活码" not in said("onboard", *TENANTS[:1])
    assert "一次性激活码" in said("onboard", *TENANTS[:1], "--renew-token")


def test_an_installation_is_seeded_and_a_second_one_writes_nothing(place):
    assert json.loads(said("install", "--json")) == {"migrations": 0, "years": 0, "categories": 0, "statutes": 0}
    with entered(XI1):
        assert Category.objects.filter(level=1).count() == 19
        assert CalendarYear.objects.filter(year=2026).exists()
        assert CalendarDay.objects.get(day="2026-10-01").kind == "rest"
        assert Statute.objects.filter(code="water_law").exists()


def test_an_edited_day_survives_the_next_installation(place):
    place.tell("UPDATE platform_calendar_day SET name = '本省另定' WHERE day = '2026-10-01'")
    place.tell("DELETE FROM platform_calendar_day WHERE day = '2026-10-02'")
    said("install")
    with entered(XI1):
        assert CalendarDay.objects.get(day="2026-10-01").name == "本省另定"
        assert not CalendarDay.objects.filter(day="2026-10-02").exists()


def test_the_full_list_of_classes_keeps_the_codes_that_are_known(place, tmp_path):
    file = tmp_path / "classes.tsv"
    file.write_text("一级\t二级\t三级\n农村农业\t水利水电\t水事纠纷\n农村农业\t水利水电\t防汛抗旱\n", encoding="utf-8")
    assert "新增分类 2 个" in said("import_categories", str(file))
    assert "新增分类 0 个" in said("import_categories", str(file))
    with entered(XI1):
        entry = Category.objects.get(level=3, name="水事纠纷")
    assert (entry.code, entry.parent_code, entry.initials) == ("011001", "0110", "ssjf")


@pytest.mark.parametrize(
    ("content", "words"), [("农村农业\t水利水电\n", "第1行应当有一级、二级、三级"), (None, "没有文件")]
)
def test_a_list_of_classes_that_is_none_is_refused(place, tmp_path, content, words):
    file = tmp_path / "classes.tsv"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(Refusal, match=words):
        said("import_categories", str(file))


def test_a_failed_fleet_ends_with_exit_code_one(place, planted):
    planted("migrations.RunSQL('SELECT 1 / (SELECT count(*) - 2 FROM county_unit)'),")
    with pytest.raises(SystemExit) as caught:
        said("migrate_fleet")
    assert caught.value.code == 1


def test_a_fleet_is_told_as_json(place, planted):
    planted("migrations.RunSQL('SELECT 1'),")
    told = json.loads(said("migrate_fleet", "--json", "--canary", "xi3"))
    assert told["results"][0] == {"schema": "xi3", "state": "done", "migrations": 1, "error": ""}
    assert len(told["results"]) == 5


def test_a_missing_folder_of_rule_sets_is_told_in_words(place, tmp_path):
    with override_settings(HUIYIN_TENANTS=tmp_path), pytest.raises(DefinitionError, match="没有规则文件"):
        said("onboard", *TENANTS)
