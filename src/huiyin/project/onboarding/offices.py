"""Offices: make the database be what a definition file says, in one transaction, and change nothing that already is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from psycopg import sql

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import PUBLIC, Tenant
from huiyin.platform.directory.definitions import Definition
from huiyin.platform.directory.models import County, CountyState, Domain, as_tenant
from huiyin.project.onboarding import script, seeds
from huiyin.project.onboarding.locks import hold_for_this_transaction
from huiyin.project.onboarding.openings import open_tables
from huiyin.project.tenancy import roles
from huiyin.project.tenancy.backend.base import OWNER, DatabaseWrapper
from huiyin.project.tenancy.names import installed

OWNED = ("name", "organ", "gb_code", "number_style", "ruleset")
LABELS = {
    "name": "名称",
    "organ": "机关代字",
    "gb_code": "行政区划代码",
    "number_style": "编号样式",
    "ruleset": "信访规则",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one definition file: what was changed, what the office's own hand keeps, the one-time token."""

    slug: str
    name: str
    host: str
    changes: tuple[str, ...]
    kept: tuple[str, ...]
    notes: tuple[str, ...]
    administrator: str
    setup_token: str | None

    @property
    def is_new(self) -> bool:
        """Whether the office was created by this run."""
        return self.setup_token is not None


@dataclass(slots=True)
class Work:
    """One office while it is being made: what is known so far and what was done."""

    definition: Definition
    connection: DatabaseWrapper
    at: datetime
    changes: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    row: County | None = None
    tables_are_new: bool = False
    renew_token: bool = False
    setup_token: str | None = None

    @property
    def host(self) -> str:
        """Where the office will be reached."""
        return f"{self.definition.subdomain}.{settings.BASE_DOMAIN}"

    @property
    def tenant(self) -> Tenant:
        """The office as running code carries it."""
        assert self.row is not None
        return as_tenant(self.row, domain=self.host)

    def ask(self, question: str, values: list[str] | None = None) -> object:
        """Return the first value of the answer's first row, or None."""
        with self.connection.cursor() as cursor:
            cursor.execute(question, values)
            row = cursor.fetchone()
        return row[0] if row else None

    def tell(self, statements: list[str]) -> None:
        """Send the statements in order."""
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def register(work: Work) -> None:
    """Write the office into the register; what its file owns is brought up to date."""
    definition = work.definition
    facts = {name: getattr(definition, name) for name in OWNED}
    rows = County.objects.using(OWNER)
    check_nobody_else_has(work)
    row = rows.select_for_update().filter(schema_name=definition.slug).first()
    if row is None:
        work.row = rows.create(
            schema_name=definition.slug,
            kind=definition.kind,
            shard=definition.shard,
            state=CountyState.ACTIVE.value,
            onboarded_at=work.at,
            **facts,
        )
        work.changes.append(f"登记 {definition.name}")
        return
    work.row = row
    if (row.kind, row.shard) != (definition.kind, definition.shard):
        raise Refusal("onboarding.moved", f"{definition.slug} 的种类或所在分片不能由入驻改变", slug=definition.slug)
    different = [name for name in OWNED if getattr(row, name) != facts[name]]
    for name in different:
        work.changes.append(f"{LABELS[name]}由“{getattr(row, name)}”改为“{facts[name]}”")
        setattr(row, name, facts[name])
    if different:
        row.save(using=OWNER, update_fields=different)


def check_nobody_else_has(work: Work) -> None:
    """Refuse what another office of the register already has."""
    others = County.objects.using(OWNER).exclude(schema_name=work.definition.slug)
    for name in ("gb_code", "name", "organ"):
        other = others.filter(**{name: getattr(work.definition, name)}).order_by("pk").first()
        if other is not None:
            raise Refusal(
                "onboarding.taken",
                f"{work.definition.slug}：{LABELS[name]}“{getattr(other, name)}”"
                f"已由 {other.schema_name}（{other.name}）使用",
                key=name,
            )


def address(work: Work) -> None:
    """Make the file's host the office's first one; an older host goes on leading there."""
    assert work.row is not None
    domains = Domain.objects.using(OWNER)
    found = domains.filter(domain=work.host).first()
    if found is not None and found.county_id != work.row.pk:
        raise Refusal("onboarding.taken", f"域名 {work.host} 已由另一个单位使用", key="subdomain")
    if found is not None and found.is_primary:
        return
    domains.filter(county=work.row, is_primary=True).update(is_primary=False)
    domains.update_or_create(domain=work.host, county=work.row, defaults={"is_primary": True})
    work.changes.append(f"启用地址 {work.host}")


def schema(work: Work) -> None:
    """Create the office's schema."""
    slug = work.definition.slug
    if work.ask("SELECT to_regnamespace(%s)::text", [f'"{slug}"']) is None:
        work.tell([sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(slug)).as_string()])
        work.changes.append(f"建立模式 {slug}")


def role(work: Work) -> None:
    """Create the role that reaches this schema and no other."""
    name = installed().of(work.tenant)
    if work.ask("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]) is None:
        work.changes.append(f"建立角色 {name}")
        work.tell(roles.tenant_role(installed(), work.tenant, version=work.connection.pg_version))


def tables(work: Work) -> None:
    """Replay the schema script into an empty schema; one that has tables is migrated by ``migrate_fleet`` alone."""
    kind, slug = work.definition.kind, work.definition.slug
    applied = script.applied_in(work.connection, slug)
    if applied is None:
        way = script.script_for(kind)
        with work.connection.choosing(work.tenant):
            script.replay(work.connection, way)
        work.tables_are_new = True
        work.changes.append(f"建立数据表（{len(way.migrations)} 个迁移）")
        return
    missing = script.missing(kind, applied)
    if missing:
        work.notes.append(f"还有 {len(missing)} 个迁移没有应用，请运行 huiyin migrate_fleet")


def grants(work: Work) -> None:
    """Open the tables to the office's role, as far as ``tenancy.grants`` says."""
    opened = open_tables(work.connection, work.tenant)
    if opened:
        work.changes.append(f"授予 {opened} 张表的权限")


def seed(work: Work) -> None:
    """Write the units, leaders, days, tags and places into new tables; in old ones only say what differs."""
    with work.connection.choosing(work.tenant):
        if work.tables_are_new:
            work.changes.extend(seeds.write(work.definition))
        else:
            work.kept.extend(seeds.differences(work.definition))


def administrator(work: Work) -> None:
    """Open the first administrator's account, which only the one-time token can give a password."""
    with work.connection.choosing(work.tenant):
        if work.tables_are_new:
            work.setup_token = seeds.open_administrator(work.definition.administrator, at=work.at)
            work.changes.append(f"开设管理员账号 {work.definition.administrator.username}")
        elif work.renew_token:
            work.setup_token = seeds.renew_token(work.definition.administrator, at=work.at)
            work.changes.append("签发新的激活码")


Doing = Callable[[Work], None]
STEPS: tuple[tuple[str, Doing], ...] = (
    ("登记", register),
    ("地址", address),
    ("模式", schema),
    ("角色", role),
    ("数据表", tables),
    ("权限", grants),
    ("初始资料", seed),
    ("管理员", administrator),
)


def nothing(step: str) -> None:
    """Follow no step: the default of whoever only wants the outcome."""
    del step


def converge(
    definition: Definition,
    *,
    at: datetime,
    keep: bool = True,
    renew_token: bool = False,
    follow: Callable[[str], None] = nothing,
) -> Outcome:
    """Onboard one office (入驻): nothing or everything; ``keep=False`` only says what would be changed.

    ``follow`` is told the name of each step when it is done.
    """
    connection = script.owner_connection()
    work = Work(definition, connection, at, renew_token=renew_token)
    with connection.choosing(PUBLIC), transaction.atomic(using=OWNER):
        hold_for_this_transaction(connection)
        for name, step in STEPS:
            step(work)
            follow(name)
        if not keep:
            transaction.set_rollback(True, using=OWNER)
    return Outcome(
        slug=definition.slug,
        name=definition.name,
        host=work.host,
        changes=tuple(work.changes),
        kept=tuple(work.kept),
        notes=tuple(work.notes),
        administrator=definition.administrator.username,
        setup_token=work.setup_token if keep else None,
    )
