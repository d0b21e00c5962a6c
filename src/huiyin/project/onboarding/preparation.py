"""Preparation: what a superuser does once, before the owner can install: logins, groups, an empty, closed database."""

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from huiyin.kernel.refusal import Refusal
from huiyin.project.tenancy import roles
from huiyin.project.tenancy.names import Names

OLDEST_SERVER = 150000


def prepare(*, superuser_url: str, database: str, names: Names, app_password: str, owner_password: str) -> None:
    """Create the logins, the groups and the database where they are missing; run again, it changes passwords only."""
    with psycopg.connect(superuser_url, autocommit=True) as session:
        version = session.info.server_version
        if version < OLDEST_SERVER:
            raise Refusal("install.old_server", f"PostgreSQL 版本过低（{version // 10000}），至少需要 15")
        found = session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if found is None:
            session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    with psycopg.connect(make_conninfo(superuser_url, dbname=database)) as session:
        check_chinese_is_text(session)
        statements = [
            *roles.installation_roles(names, version=version),
            roles.password(names.app, app_password),
            roles.password(names.owner, owner_password),
            *roles.database_grants(names, database=database),
        ]
        for statement in statements:
            session.execute(statement.encode())


def check_chinese_is_text(session: psycopg.Connection[tuple[object, ...]]) -> None:
    """Refuse a database in whose locale Chinese characters are no letters: search would miss them."""
    row = session.execute("SELECT '青' ~ '^[[:alpha:]]$', current_setting('server_encoding')").fetchone()
    if row is None or row[0] is not True or row[1] != "UTF8":
        raise Refusal(
            "install.bad_locale",
            "数据库的编码或 lc_ctype 不认识汉字：请用 UTF8 和 C.UTF-8 建库（详见 deploy 中的说明）",
        )
