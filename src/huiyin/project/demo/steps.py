"""Steps: what the demonstration does once the database answers; each step does only what is not yet done."""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from huiyin.accounts import actions as accounts
from huiyin.accounts.models import Staff
from huiyin.county.analysis import queries as analysis
from huiyin.county.ledger import actions as ledger
from huiyin.county.ledger.models import ImportRun
from huiyin.county.ledger.states import RunState
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import entered
from huiyin.platform.calendar.queries import working_calendar
from huiyin.platform.directory.definitions import CountyDefinition, Definition, load_all
from huiyin.platform.directory.rulesets import known
from huiyin.project.demo import closing, living, numbers, papers, people, supervising
from huiyin.project.demo.days import Days
from huiyin.project.demo.home import Home, Secrets
from huiyin.project.demo.items import BEFORE, YEAR
from huiyin.project.demo.office import Office
from huiyin.project.demo.progress import Follow, Steps
from huiyin.project.onboarding import installation, offices
from huiyin.project.tenancy.directory import tenant_of_schema, tenants
from huiyin.province import actions as releases

PERIOD = Period(date(YEAR, 1, 1), date(YEAR, 12, 31))
# The other counties keep every so-many-th item of the year.
SMALLER_YEAR = 4
SMALLER_YEAR_BEFORE = 8
LONGEST_WAIT = 90
# What a petitioner tells of the phone, besides the code.
LAST_DIGITS = 4


def definition_files() -> list[Path]:
    """Return the files of the counties and the province, in the order of their names."""
    return sorted(settings.HUIYIN_TENANTS.glob("*.toml"))


def definitions() -> tuple[Definition, ...]:
    """Return what the files say."""
    return load_all(definition_files(), rulesets=known())


def main_county(found: Iterable[Definition]) -> CountyDefinition:
    """Return the county whose whole year is told: the one with the most units; the others have a smaller year."""
    return max((one for one in found if isinstance(one, CountyDefinition)), key=lambda one: len(one.units))


def furnish(steps: Steps, home: Home, kept: Secrets) -> None:
    """Install, onboard, write the papers, check them and report the year, each only as far as it is not yet done."""
    with steps.step("建立公共数据：节假日、内容分类、法律目录"):
        installation.install(at=timezone.now())
    found = definitions()
    for definition in found:
        with steps.step(f"入驻 {definition.name}") as follow:
            onboard(definition, kept, follow)
    for county in counties_of(found):
        is_main = county == main_county(found)
        with steps.step(f"生成 {county.name} 的台账和扫描件"):
            before = papers.write_before(home, county, every=1 if is_main else SMALLER_YEAR_BEFORE)
            written = papers.write(home, county, every=1 if is_main else SMALLER_YEAR)
        with steps.step(f"导入 {county.name} 的台账") as follow:
            take_in(county, before, follow)
            take_in(county, written, follow)
    with steps.step("今日的办公室") as follow:
        tell_the_living_year(main_county(found), kept, follow)
    with steps.step("议题、执法检查、审议意见和三项建议") as follow:
        supervise(main_county(found), follow)
        recommend(main_county(found))
    for county in counties_of(found):
        with steps.step(f"核对原件并报送 {county.name} {YEAR}年数字") as follow:
            report_year(county, follow)
    with steps.step("撰写分析报告和评议材料"):
        write_up(main_county(found))
    connections.close_all()


def counties_of(found: Iterable[Definition]) -> list[CountyDefinition]:
    """Return the counties among the definitions."""
    return [one for one in found if isinstance(one, CountyDefinition)]


def take_in(county: CountyDefinition, written: papers.Papers, follow: Follow) -> None:
    """导入台账: the same import that a user has; an interrupted one goes on, a finished one is left alone."""
    with entered(tenant_of_schema(county.slug)):
        by = Staff.objects.get(username=people.IMPORTER)
        run = ImportRun.objects.filter(name=written.ledger.name).order_by("pk").first()
        if run is None:
            run = ledger.start_run(name=written.ledger.name, data=written.ledger.read_bytes(), by=by, at=timezone.now())
        if run.state != RunState.FINISHED.value:
            ledger.carry_out(run_id=run.pk, by=by, at=timezone.now(), scans=written.scans, progress=follow)


def tell_the_living_year(county: CountyDefinition, kept: Secrets, follow: Follow) -> None:
    """今日的办公室: give the main county petitions in every standing, reception days and records, once."""
    with entered(tenant_of_schema(county.slug)):
        living.tell(office=Office.of(county), now=timezone.now(), secret=kept.secret_key, follow=follow)


def supervise(county: CountyDefinition, follow: Follow) -> None:
    """监督: give the main county its topics, inspections and opinions, once."""
    with entered(tenant_of_schema(county.slug)):
        supervising.tell(days=_days(), follow=follow)


def report_year(county: CountyDefinition, follow: Follow) -> None:
    """核对、审定: check the originals and close month, quarter and year of a county by two people."""
    with entered(tenant_of_schema(county.slug)):
        closing.close(_days(), follow=follow)


def write_up(county: CountyDefinition) -> None:
    """分析: what the main county recommended, restated and wrote on its year."""
    with entered(tenant_of_schema(county.slug)):
        days = _days()
        closing.close_this_year(days)
        closing.restate(days)
        closing.write_up(days)


def recommend(county: CountyDefinition) -> None:
    """三项建议 of the main county, once."""
    with entered(tenant_of_schema(county.slug)):
        closing.recommend(_days())


def _days() -> Days:
    return Days.seen_at(timezone.now(), working_calendar())


def release(follow: Follow) -> None:
    """发布: bring the province's tables up to what the counties reported; the year before too."""
    with entered(tenants(kind="province")[0]):
        years = (BEFORE.year, YEAR, local_day(timezone.now()).year)
        for done, of_year in enumerate(sorted(set(years)), start=1):
            releases.publish_due(of_year=of_year, threshold=settings.HUIYIN_SUPPRESS_BELOW, at=timezone.now())
            follow(done, len(set(years)))
    connections.close_all()


def await_numbers(follow: Follow, is_over: Callable[[], bool]) -> None:
    """Wait until the worker has taken every reported year to the province; refuse when it does not come to it."""
    wanted = 0
    for county in counties_of(definitions()):
        with entered(tenant_of_schema(county.slug)):
            wanted += ReportedPeriod.objects.reported().count()
    for _attempt in range(LONGEST_WAIT):
        arrived = numbers.arrived()
        follow(arrived, wanted)
        if is_over():
            return
        if arrived >= wanted:
            release(follow)
            return
        time.sleep(1)
    raise Refusal(
        "demo.not_reported",
        "数字没有送达省级，详见数据文件夹中的 run/worker.log。"
        " / The numbers did not reach the province: see run/worker.log in the data folder.",
    )


def onboard(definition: Definition, kept: Secrets, follow: Follow) -> None:
    """Onboard one office and open its people's accounts."""
    done: list[str] = []

    def count(step: str) -> None:
        done.append(step)
        follow(len(done), len(offices.STEPS) + 1)

    outcome = offices.converge(definition, at=timezone.now(), follow=count)
    with entered(tenant_of_schema(definition.slug)):
        administrator = Staff.objects.get(username=outcome.administrator)
        token = outcome.setup_token
        if token is None and not administrator.has_usable_password():
            # An earlier run was killed before the token was used.
            token = offices.converge(definition, at=timezone.now(), renew_token=True).setup_token
        if token is not None:
            accounts.use_setup_token(secret=token, password=kept.sign_in_password, at=timezone.now())
        for person in people_of(definition):
            open_account(person, kept)
    count("账号")


def people_of(definition: Definition) -> Iterator[people.SignIn]:
    """Yield who signs in at this office besides its administrator."""
    if isinstance(definition, CountyDefinition):
        return people.of_county(Office.of(definition))
    return people.of_province()


def open_account(person: people.SignIn, kept: Secrets) -> None:
    """Open one person's account where it is missing."""
    if not Staff.objects.filter(username=person.username).exists():
        accounts.open_account(
            username=person.username,
            name=person.name,
            roles=frozenset({person.role}),
            at=timezone.now(),
            password=kept.sign_in_password,
            title=person.title,
            unit_code=person.unit_code,
        )


def show_ways_in(console: Console, kept: Secrets, port: int) -> None:
    """Print the addresses and one sign-in per role."""
    found = definitions()
    addresses = Table(title="地址 / addresses", title_justify="left")
    addresses.add_column("单位")
    addresses.add_column("地址")
    for definition in found:
        addresses.add_row(definition.name, f"http://{definition.subdomain}.{settings.BASE_DOMAIN}:{port}")
    console.print(addresses)
    signs = Table(
        title=f"登录，密码均为 / sign in, the password is always  {kept.sign_in_password}", title_justify="left"
    )
    for heading in ("单位", "用户名", "姓名", "角色"):
        signs.add_column(heading)
    shown: list[Definition] = [main_county(found)]
    shown += [one for one in found if not isinstance(one, CountyDefinition)]
    for definition in shown:
        signs.add_row(definition.name, definition.administrator.username, definition.administrator.name, "县管理员")
        for person in people_of(definition):
            signs.add_row(definition.name, person.username, person.name, person.role.label)
    console.print(signs)
    show_way_of_petitioner(console, main_county(found), kept, port)


def show_way_of_petitioner(console: Console, county: CountyDefinition, kept: Secrets, port: int) -> None:
    """Print with what a petitioner, who has no account, asks after one petition."""
    with entered(tenant_of_schema(county.slug)):
        petition = living.followed(kept.secret_key)
        if petition is not None:
            ways = Table(title="信访人查询，不用登录 / a petitioner asks without signing in", title_justify="left")
            for heading in ("地址", "信访编号", "查询码", "电话后四位"):
                ways.add_column(heading, overflow="fold")
            address = f"http://{county.subdomain}.{settings.BASE_DOMAIN}:{port}/portal/"
            code = living.query_code(kept.secret_key)
            ways.add_row(address, petition.number, code, petition.petitioner.phone[-LAST_DIGITS:])
            console.print(ways)
    connections.close_all()


def show_numbers(console: Console) -> None:
    """Print the four promises of each county and the province's table."""
    for county in counties_of(definitions()):
        with entered(tenant_of_schema(county.slug)):
            console.print(numbers.of_county(county.name, analysis.promises(PERIOD, at=timezone.now())))
    console.print(numbers.of_province(PERIOD))
    connections.close_all()
