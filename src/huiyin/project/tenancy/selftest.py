"""Self-test: refuse at start-up a server on which counties would meet, or on which Chinese is no text.

The first is a transaction pooler. It gives a client another server session for every transaction, so the role and
search path that one request sent are found by the next request of somebody else. It is recognised by what no direct
connection and no session pooler ever does. One client marks its session and goes idle. Others, one after another,
open a transaction and stay in it, which makes a pooler lend them sessions:

* whoever gets the very session of the first, or reads its mark, shares it; and
* if the first later finds itself on another session, or without its mark, its session was lent away.

Both are asked, because the first happens with a pooler that lends the latest used session (also with only one, when
the second question would wait for ever) and the second with one that lends them in turn.
"""

import secrets
from collections.abc import Callable
from contextlib import ExitStack
from typing import Protocol, Self

import psycopg
from django.db import connections

from huiyin.kernel.refusal import Refusal

OLDEST_VERSION = 150000
HOLDERS = 3
ASKS = 5
MARK = "huiyin.selftest"
WHERE_AM_I = f"SELECT pg_backend_pid()::text, coalesce(current_setting('{MARK}', true), '')"
SERVER = """
    SELECT current_setting('server_version_num'), current_setting('server_encoding'),
           ('信访件' ~ '^[[:alpha:]]+$')::text, ('B' < 'a' AND 'a' < '件')::text
"""
Row = tuple[str, ...]


class Client(Protocol):
    """One client's connection, each statement of which is its own transaction unless it says BEGIN."""

    def __enter__(self) -> Self:
        """Return the client."""

    def __exit__(self, *_error: object) -> None:
        """Leave the server."""

    def ask(self, statement: str) -> Row:
        """Return the one row that answers, or none for a command."""


class DirectClient:
    """A client of the server that the settings name."""

    def __init__(self, alias: str) -> None:
        """Connect as the application does, but for its cursors."""
        params = connections[alias].get_connection_params()
        for ours in ("cursor_factory", "context", "prepare_threshold"):
            params.pop(ours, None)
        self._connection = psycopg.connect(**params, autocommit=True)

    def __enter__(self) -> Self:
        """Return the client."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the server."""
        self._connection.close()

    def ask(self, statement: str) -> Row:
        """Return the one row that answers, or none for a command."""
        cursor = self._connection.execute(statement.encode())
        row: Row | None = cursor.fetchone() if cursor.description else None
        return row or ()


def refuse_unfit_server(alias: str = "default") -> None:
    """Refuse, with what to do about it, a server that this product must not run on; for the start of web and worker."""
    try:
        with DirectClient(alias) as client:
            check_server(client)
        check_no_transaction_pooler(lambda: DirectClient(alias))
    except psycopg.OperationalError as error:
        raise Refusal(
            "server.unreachable",
            f"无法连接数据库：{str(error).strip()}。请检查 HUIYIN_DATABASE_URL 以及数据库是否已启动。"
            " / The database cannot be reached: check HUIYIN_DATABASE_URL and that the server runs.",
        ) from error


def check_server(client: Client) -> None:
    """Refuse a server that is too old, or whose encoding or locale does not treat Chinese as text."""
    version, encoding, chinese_is_text, sorts_by_code_point = client.ask(SERVER)
    if int(version) < OLDEST_VERSION:
        raise Refusal(
            "server.too_old",
            f"数据库版本过低（{version}）：请使用 PostgreSQL 15 或更高版本。"
            " / The server is too old: use PostgreSQL 15 or later.",
        )
    if encoding != "UTF8":
        raise Refusal(
            "server.bad_encoding",
            f"数据库编码为 {encoding}，须为 UTF8：请用 ENCODING 'UTF8' 重新建库。"
            " / The database must be created with ENCODING 'UTF8'.",
        )
    if chinese_is_text != "true" or sorts_by_code_point != "true":
        raise Refusal(
            "server.bad_locale",
            "数据库区域设置不适用，汉字无法被识别为文字或排序因机器而异："
            "请用 LC_COLLATE 'C'、LC_CTYPE 'C.UTF-8' 重新建库（PostgreSQL 17 起可用 builtin C.UTF-8）。"
            " / Create the database with LC_COLLATE 'C' and LC_CTYPE 'C.UTF-8', or the builtin provider's C.UTF-8.",
        )


def check_no_transaction_pooler(connect: Callable[[], Client]) -> None:
    """Refuse a way to the server on which one client's session is lent to another."""
    if is_lent_to_others(connect):
        raise Refusal(
            "server.transaction_pooler",
            "数据库连接经过“事务级”连接池，不同县的数据会互相串读，已拒绝启动："
            "请把连接池改为会话级（PgBouncer：pool_mode = session），或直连数据库。"
            " / The way to the database is a transaction pooler, which would mix the counties: "
            "set pool_mode = session, or connect directly.",
        )


def is_lent_to_others(connect: Callable[[], Client]) -> bool:
    """Return whether one client's server session was seen by another, as the head of this module explains."""
    mark = secrets.token_hex(8)
    with ExitStack() as stack:
        first = stack.enter_context(connect())
        home, _ = first.ask(f"SELECT pg_backend_pid()::text, set_config('{MARK}', '{mark}', false)")
        for _holder in range(HOLDERS):
            holder = stack.enter_context(connect())
            holder.ask("BEGIN")
            where, seen = holder.ask(WHERE_AM_I)
            if where == home or seen == mark:
                return True
            if any(first.ask(WHERE_AM_I) != (home, mark) for _ask in range(ASKS)):
                return True
    return False
