"""Onboarding: nothing or everything, and nothing twice."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.conf import settings

from huiyin.accounts.actions import use_setup_token
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import Tenant, entered
from huiyin.project.onboarding.locks import SCHEMAS, SPACE
from huiyin.project.onboarding.offices import STEPS, converge
from huiyin.project.tenancy.router import tables_of_kind

AT = datetime(2026, 2, 1, 1, tzinfo=UTC)
STEP_NAMES = [name for name, _ in STEPS]
TRACES = """
    SELECT (SELECT count(*) FROM platform_county WHERE schema_name = 'xi9'),
           (SELECT count(*) FROM platform_domain WHERE domain LIKE 'xi9.%'),
           (SELECT count(*) FROM pg_namespace WHERE nspname = 'xi9' OR nspname LIKE 'scratch%'),
           (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'xi9')
"""
NOTHING = (0, 0, 0, 0)


def everything(place) -> list[tuple[object, ...]]:
    """Everything an onboarding could change, as rows."""
    tables = "UNION ALL ".join(
        f"SELECT '{table}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM xi9.{table} t "
        for table in (*tables_of_kind("county"), "django_migrations")
    )
    return [
        *place.ask(tables),
        *place.ask("SELECT * FROM platform_county ORDER BY 1"),
        *place.ask("SELECT * FROM platform_domain ORDER BY 1"),
        *place.ask("SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'xi9'::regnamespace ORDER BY 1"),
        *place.ask("SELECT rolname FROM pg_roles ORDER BY 1"),
    ]


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("step", STEP_NAMES)
def test_interrupted_after_any_step_nothing_is_left(place, written, step):
    def stop(name: str) -> None:
        if name == step:
            raise Killed

    definition = written()
    with pytest.raises(Killed):
        converge(definition, at=AT, follow=stop)
    assert place.ask(TRACES) == [NOTHING]
    assert len(converge(definition, at=AT).changes) > 5
    assert place.ask(TRACES)[0][:3] == (1, 1, 1)


KILLED = """
import sys
sys.path[:0] = {path!r}
import django
django.setup()
from datetime import UTC, datetime
from pathlib import Path
from django.conf import settings
from huiyin.kernel import rulesets
from huiyin.platform.directory.definitions import load
from huiyin.project.onboarding.locks import SCHEMAS, SPACE
from huiyin.project.onboarding.offices import converge
definition = load(Path({file!r}), rulesets=rulesets.load_folder(settings.HUIYIN_TENANTS / "rulesets"))
def wait(step):
    if step == {step!r}:
        print(step, flush=True)
        sys.stdin.read()
converge(definition, at=datetime(2026, 2, 1, tzinfo=UTC), follow=wait)
"""


@pytest.mark.parametrize("step", ["角色", "管理员"])
def test_killed_for_good_nothing_is_left(place, written, tmp_path, step):
    written()
    url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**place.owner.settings_dict)
    code = KILLED.format(path=sys.path, file=str(tmp_path / "xi9.toml"), step=step)
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"HUIYIN_OWNER_DATABASE_URL": url},
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == step
        child.send_signal(signal.SIGKILL)
    assert place.ask(TRACES) == [NOTHING]


def test_a_second_time_changes_nothing(place, written):
    definition = written()
    converge(definition, at=AT)
    before = everything(place)
    again = converge(definition, at=AT + timedelta(days=9))
    assert (again.changes, again.kept, again.notes, again.setup_token) == ((), (), (), None)
    assert everything(place) == before


def test_a_plan_says_what_would_be_done_and_does_nothing(place, written):
    definition = written()
    plan = converge(definition, at=AT, keep=False)
    assert place.ask(TRACES) == [NOTHING]
    assert plan.setup_token is None
    done = converge(definition, at=AT)
    assert {*done.changes} - {*plan.changes} == set()


def test_what_the_file_owns_follows_the_file(place, written):
    converge(written(), at=AT)
    outcome = converge(
        written(number_style="{organ}{series}字〔{year}〕{number:3}号", ruleset="zhejiang", subdomain="renxi"), at=AT
    )
    assert any("编号样式" in words for words in outcome.changes)
    assert any("信访规则" in words for words in outcome.changes)
    assert place.ask("SELECT number_style, ruleset FROM platform_county WHERE schema_name = 'xi9'") == [
        ("{organ}{series}字〔{year}〕{number:3}号", "zhejiang")
    ]
    domains = place.ask(
        "SELECT domain, is_primary FROM platform_domain d JOIN platform_county c ON c.id = d.county_id"
        " WHERE schema_name = 'xi9' ORDER BY 1"
    )
    assert domains == [("renxi.localhost", True), ("xi9.localhost", False)]


def test_what_the_office_changed_on_its_screens_is_kept(place, written):
    converge(written(), at=AT)
    place.tell("UPDATE xi9.county_unit SET phone = '0199-5550009' WHERE code = 'water'")
    place.tell("DELETE FROM xi9.county_tag")
    before = everything(place)
    outcome = converge(written(), at=AT)
    assert outcome.changes == ()
    assert outcome.kept == ("单位 water：与文件不同（phone）", "标签 irrigation_fee：文件中有，本单位没有")
    assert everything(place) == before


def test_a_unit_stands_under_its_superior_wherever_the_file_names_it(place, written):
    converge(written(), at=AT)
    question = (
        "SELECT s.code FROM xi9.county_unit u JOIN xi9.county_unit s ON s.id = u.superior_id WHERE u.code = 'water'"
    )
    assert place.ask(question) == [("government",)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "990801"}, "行政区划代码“990801”已由 xi1"),
        ({"name": "甲溪县"}, "名称“甲溪县人大常委会”已由 xi1"),
    ],
)
def test_what_another_office_has_is_refused(place, written, changes, words):
    with pytest.raises(Refusal, match=words):
        converge(written(**changes), at=AT)
    assert place.ask(TRACES) == [NOTHING]


def test_a_subdomain_of_another_office_is_refused(place, written):
    with pytest.raises(Refusal, match=r"xi1\.localhost 已由另一个单位使用"):
        converge(written(subdomain="xi1"), at=AT)
    assert place.ask(TRACES) == [NOTHING]


def test_the_first_administrator_has_no_password_until_the_token_is_used(place, written):
    outcome = converge(written(), at=AT)
    assert outcome.setup_token
    assert place.ask("SELECT username, roles, left(password, 1) FROM xi9.accounts_staff") == [
        ("administrator", ["administrator"], "!")
    ]
    assert place.ask(f"SELECT count(*) FROM xi9.accounts_setup_token WHERE digest = '{outcome.setup_token}'") == [(0,)]
    with entered(Tenant(schema="xi9", kind="county", name="壬溪县")):
        with pytest.raises(Refusal, match="已过期"):
            use_setup_token(secret=outcome.setup_token, password="Invented-2026-x", at=AT + timedelta(days=8))
        staff = use_setup_token(secret=outcome.setup_token, password="Invented-2026-x", at=AT + timedelta(days=1))
        with pytest.raises(Refusal, match="无效"):
            use_setup_token(secret=outcome.setup_token, password="Invented-2026-y", at=AT + timedelta(days=1))
    assert staff.check_password("Invented-2026-x")
    with pytest.raises(Refusal, match="已经启用"):
        converge(written(), at=AT, renew_token=True)


def test_a_lost_token_is_replaced_by_another_and_no_longer_works(place, written):
    first = converge(written(), at=AT).setup_token
    second = converge(written(), at=AT, renew_token=True).setup_token
    assert first
    assert second
    assert first != second
    with entered(Tenant(schema="xi9", kind="county", name="壬溪县")):
        with pytest.raises(Refusal, match="无效"):
            use_setup_token(secret=first, password="Invented-2026-x", at=AT)
        assert use_setup_token(secret=second, password="Invented-2026-x", at=AT).username == "administrator"


def test_lost_privileges_are_given_back(place, written):
    converge(written(), at=AT)
    role = f"{settings.HUIYIN_ROLE_PREFIX}_c_xi9"
    place.tell(f"REVOKE INSERT ON xi9.county_petition FROM {role}")
    assert converge(written(), at=AT).changes == ("授予 1 张表的权限",)
    assert converge(written(), at=AT).changes == ()


def test_an_office_behind_the_code_is_left_to_the_fleet(place, written, planted):
    converge(written(), at=AT)
    planted("migrations.AddField('unit', 'fax', models.CharField(max_length=20, default='')),")
    outcome = converge(written(), at=AT)
    assert outcome.changes == ()
    assert outcome.notes == ("还有 1 个迁移没有应用，请运行 huiyin migrate_fleet",)


def test_a_new_office_gets_the_newest_tables_python_steps_included(place, written, planted):
    planted(
        "migrations.AddField('unit', 'fax', models.CharField(max_length=20, db_default='-')),"
        "migrations.RunPython(lambda apps, editor: apps.get_model('county', 'Unit').objects"
        ".using(editor.connection.alias).create(code='planted', name='种下的单位', branch='court')),"
    )
    converge(written(), at=AT)
    assert place.ask("SELECT fax FROM xi9.county_unit WHERE code = 'planted'") == [("-",)]
    assert place.ask("SELECT count(*) FROM xi9.django_migrations WHERE name = '9999_planted'") == [(1,)]
    assert converge(written(), at=AT).notes == ()


def test_two_onboardings_do_not_run_at_the_same_time(place, written):
    with psycopg.connect(place.url) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [SPACE, SCHEMAS])
        with pytest.raises(Refusal, match="正在进行"):
            converge(written(), at=AT)
