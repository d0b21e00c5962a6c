"""``huiyin import_ledger``: the words and the exit codes of the command."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from huiyin.county.registry.models import Petition
from huiyin.interfaces.management.commands.import_ledger import importer
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import Tenant

HEADINGS = "信访件编号,姓名,信访日期,信访形式,概况,登记人,信访目的,内容分类,是否全国初次信访"
GOOD = "XF1,张三,2025.3.5,来信,反映水费,马晓棠,求决,农村农业/水利水电,是"
BAD = "XF2,李四,2019.13.45,来信,反映水费,马晓棠,求决,农村农业/水利水电,是"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    file = tmp_path / "台账.csv"
    file.write_text(f"{HEADINGS}\n{GOOD}\n{BAD}\n", encoding="gb18030")
    return file


def command(*arguments: object, **options: object) -> str:
    out = io.StringIO()
    values: dict[str, Any] = {"stdout": out, "stderr": out, **options}
    call_command("import_ledger", "qinglan", *map(str, arguments), **values)
    return out.getvalue()


def test_a_trial_tells_every_row_and_writes_nothing(county: Tenant, ledger: Path) -> None:
    told = command(ledger, "--dry-run")
    assert "没有这一天" in told
    assert "试运行，没有写入：可导入 1 行，未导入 1 行" in told
    assert not Petition.objects.exists()


def test_a_trial_is_told_to_programs(county: Tenant, ledger: Path) -> None:
    told = json.loads(command(ledger, "--dry-run", "--json"))
    assert told["counts"] == {"accepted": 1, "known": 0, "refused": 1}
    assert [(row["line"], row["fate"]) for row in told["rows"]] == [(2, "accepted"), (3, "refused")]


def test_an_import_tells_what_was_refused_and_knows_its_rows_the_next_time(county: Tenant, ledger: Path) -> None:
    told = command(ledger)
    assert "已完成：已导入 1 行，未导入 1 行" in told
    assert "XF2" in told
    petition = Petition.objects.get()
    assert (petition.source_number, petition.registered_by.username) == ("XF1", "yan")
    told = json.loads(command(ledger, "--json"))
    assert told["counts"] == {"accepted": 0, "imported": 0, "known": 1, "refused": 1}
    assert Petition.objects.count() == 1


def test_somebody_may_import_by_name(county: Tenant, ledger: Path) -> None:
    command(ledger, "--as", "ma")
    assert Petition.objects.get().registered_by.username == "ma"
    with pytest.raises(Refusal, match="没有用户名为“nobody”的账号"):
        importer("nobody")


def test_a_mapping_file_says_what_an_unknown_heading_means(county: Tenant, ledger: Path, tmp_path: Path) -> None:
    text = ledger.read_text(encoding="gb18030").replace("概况", "说了什么")
    ledger.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as refused:
        command(ledger)
    assert refused.value.code == 2
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"说了什么": "概况"}), encoding="utf-8")
    assert "已导入 1 行" in command(ledger, "--mapping", mapping)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7", "不是表格文件"), (b"", "是空文件"), (b"a,b\n1,2\n", "没有找到认识的表头")],
)
def test_a_file_that_is_no_ledger_ends_with_two(county: Tenant, tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    out = io.StringIO()
    with pytest.raises(SystemExit) as refused:
        call_command("import_ledger", "qinglan", str(file), stdout=out, stderr=out)
    assert refused.value.code == 2
    assert words in out.getvalue()


def test_a_file_that_is_not_there_ends_with_two(county: Tenant, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as refused:
        command(tmp_path / "nothing.xlsx")
    assert refused.value.code == 2


def test_a_county_that_is_not_there_is_named(county: Tenant, ledger: Path) -> None:
    with pytest.raises(Refusal, match="没有名为“nirgends”的单位"):
        call_command("import_ledger", "nirgends", str(ledger))
