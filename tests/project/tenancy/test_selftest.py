"""A server on which counties would meet is refused at start-up, in words that say what to do."""

from collections.abc import Iterator
from contextlib import closing
from typing import Self
from urllib.parse import urlsplit

import psycopg
import pytest

from huiyin.kernel.refusal import Refusal
from huiyin.project.tenancy import selftest
from huiyin.project.tenancy.backend.base import DatabaseWrapper
from huiyin.project.tenancy.selftest import Row


class Pooler:
    """A transaction pooler: lends one of its server sessions for every transaction, and takes it back."""

    def __init__(self, url: str, *, size: int, in_turn: bool) -> None:
        self.idle = [psycopg.connect(url, autocommit=True) for _ in range(size)]
        self.all = list(self.idle)
        self.in_turn = in_turn

    def lend(self) -> psycopg.Connection:
        assert self.idle, "a client would wait here for ever"
        return self.idle.pop(0 if self.in_turn else -1)

    def close(self) -> None:
        for session in self.all:
            session.close()


class PooledClient:
    """A client of the pooler: keeps a server session only while it is in a transaction."""

    def __init__(self, pooler: Pooler) -> None:
        self.pooler = pooler
        self.held: psycopg.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.held:
            self.held.rollback()
            self.pooler.idle.append(self.held)

    def ask(self, statement: str) -> Row:
        session = self.held or self.pooler.lend()
        cursor = session.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
        if session.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS:
            self.held = session
        else:
            self.held = None
            self.pooler.idle.append(session)
        return row or ()


class OneAnswer(PooledClient):
    """A server that describes itself with these words."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.held = None

    def ask(self, statement: str) -> Row:
        assert statement == selftest.SERVER
        return self.words


@pytest.fixture(params=["C", "C.UTF-8"])
def locale_and_url(request: pytest.FixtureRequest, server_url: str) -> Iterator[tuple[str, str]]:
    with psycopg.connect(server_url, autocommit=True) as superuser:
        options = f"ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE '{request.param}'"
        superuser.execute(f"CREATE DATABASE in_another_locale TEMPLATE template0 {options}".encode())
        yield request.param, urlsplit(server_url)._replace(path="/in_another_locale").geturl()
        superuser.execute("DROP DATABASE in_another_locale")


def test_a_direct_connection_is_accepted(app: DatabaseWrapper) -> None:
    selftest.refuse_unfit_server()


@pytest.mark.parametrize("in_turn", [False, True])
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_a_transaction_pooler_is_refused_whatever_it_lends_first(server_url: str, size: int, in_turn: bool) -> None:
    pooler = Pooler(server_url, size=size, in_turn=in_turn)
    with closing(pooler), pytest.raises(Refusal, match="pool_mode = session") as refused:
        selftest.check_no_transaction_pooler(lambda: PooledClient(pooler))
    assert refused.value.code == "server.transaction_pooler"


def test_the_way_it_leaks_is_the_way_it_is_recognised(server_url: str) -> None:
    """Two clients of a pooler: what the one sets, the other finds."""
    with closing(Pooler(server_url, size=1, in_turn=False)) as pooler:
        one, other = PooledClient(pooler), PooledClient(pooler)
        one.ask("SELECT set_config('search_path', 'qinglan', false)")
        assert other.ask("SHOW search_path") == ("qinglan",)


def test_a_server_that_takes_chinese_for_no_text_is_refused(locale_and_url: tuple[str, str]) -> None:
    locale, url = locale_and_url
    with closing(Pooler(url, size=1, in_turn=False)) as pooler, PooledClient(pooler) as client:
        if locale == "C.UTF-8":
            selftest.check_server(client)
        else:
            with pytest.raises(Refusal, match=r"LC_CTYPE 'C\.UTF-8'"):
                selftest.check_server(client)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("140012", "UTF8", "true", "true"), "server.too_old"),
        (("150000", "SQL_ASCII", "true", "true"), "server.bad_encoding"),
        (("150000", "UTF8", "false", "true"), "server.bad_locale"),
        (("150000", "UTF8", "true", "false"), "server.bad_locale"),
    ],
)
def test_an_unfit_server_is_refused_with_a_reason(words: tuple[str, ...], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        selftest.check_server(OneAnswer(*words))
    assert refused.value.code == code
    assert " / " in refused.value.words


def test_a_server_that_does_not_answer_is_refused_in_words(
    app: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.settings_dict, "PORT", "1")
    with pytest.raises(Refusal, match="HUIYIN_DATABASE_URL"):
        selftest.refuse_unfit_server()
