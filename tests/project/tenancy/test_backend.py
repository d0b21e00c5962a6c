"""The server session is always the tenant that the code entered, and says so when there is none."""

import threading
from collections.abc import Iterator
from contextlib import closing, nullcontext
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DataError, IntegrityError, ProgrammingError, transaction
from django.db.transaction import TransactionManagementError

from huiyin.accounts.models import Staff
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import PUBLIC, NoTenantError, Tenant, entered
from huiyin.platform.directory.models import County
from huiyin.project.tenancy.backend.base import DatabaseWrapper
from huiyin.project.tenancy.names import Names, installed


def who(connection: DatabaseWrapper) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, current_schema()::text")
        row: tuple[str, str] = cursor.fetchone()
        return row


def expected(names: Names, tenant: Tenant) -> tuple[str, str]:
    return names.of(tenant), tenant.schema


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The switches that are sent from now on."""
    sent: list[bytes] = []

    class CountingCursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, *args: Any, **options: Any) -> Any:
            sent.append(query)
            return super().execute(query, *args, **options)

    monkeypatch.setattr(psycopg, "Cursor", CountingCursor)
    return sent


def test_work_without_a_tenant_is_refused(app: DatabaseWrapper) -> None:
    with pytest.raises(NoTenantError, match="without a tenant"):
        app.cursor()
    with pytest.raises(NoTenantError):
        Staff.objects.count()


def test_the_owner_too_says_in_which_schema_it_works(owner: DatabaseWrapper) -> None:
    with pytest.raises(NoTenantError):
        owner.cursor()


def test_every_tenant_is_its_own_role_in_its_own_schema(
    app: DatabaseWrapper, names: Names, qinglan: Tenant, baiyun: Tenant, board: Tenant
) -> None:
    for tenant in (qinglan, baiyun, PUBLIC, board, qinglan):
        with entered(tenant):
            assert who(app) == expected(names, tenant)


def test_role_and_path_go_in_one_message_and_only_when_they_change(
    app: DatabaseWrapper, messages: list[bytes], qinglan: Tenant, baiyun: Tenant
) -> None:
    for tenant in (qinglan, qinglan, baiyun, baiyun, baiyun, qinglan):
        with entered(tenant):
            who(app)
    assert len(messages) == 3
    assert all(b"SET ROLE" in message and b"SET search_path" in message for message in messages)


def test_a_cursor_kept_open_works_for_whoever_is_entered_when_it_executes(
    app: DatabaseWrapper, names: Names, qinglan: Tenant, baiyun: Tenant
) -> None:
    with entered(qinglan):
        cursor = app.cursor()
    with closing(cursor), entered(baiyun):
        cursor.execute("SELECT current_user::text, current_schema()::text")
        assert cursor.fetchone() == expected(names, baiyun)


def leave_in_the_other_county_and_fail(app: DatabaseWrapper, one: Tenant, other: Tenant) -> None:
    """Work for one county, then for the other in a block that is rolled back."""
    with entered(one):
        who(app)
        with transaction.atomic(), entered(other):
            who(app)
            transaction.set_rollback(True)


def test_after_a_rollback_the_tenant_is_sent_again(
    app: DatabaseWrapper, names: Names, qinglan: Tenant, baiyun: Tenant
) -> None:
    leave_in_the_other_county_and_fail(app, qinglan, baiyun)
    with entered(baiyun):
        assert who(app) == expected(names, baiyun)


def test_after_a_savepoint_rollback_the_tenant_is_sent_again(
    app: DatabaseWrapper, names: Names, qinglan: Tenant, baiyun: Tenant
) -> None:
    with transaction.atomic():
        leave_in_the_other_county_and_fail(app, qinglan, baiyun)
        with entered(baiyun):
            assert who(app) == expected(names, baiyun)


@pytest.mark.parametrize("step", ["_rollback", "_savepoint_rollback"])
def test_control_a_backend_that_does_not_forget_serves_the_wrong_county(
    app: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch, qinglan: Tenant, baiyun: Tenant, step: str
) -> None:
    forgetting = getattr(DatabaseWrapper, step)

    def remembering(self: DatabaseWrapper, *sid: str) -> None:
        known = self._session
        forgetting(self, *sid)
        self._session = known

    monkeypatch.setattr(DatabaseWrapper, step, remembering)
    with transaction.atomic() if step == "_savepoint_rollback" else nullcontext():
        leave_in_the_other_county_and_fail(app, qinglan, baiyun)
        with entered(baiyun):
            assert who(app) != expected(installed(), baiyun)


def test_a_failed_commit_is_forgotten_too(app: DatabaseWrapper, names: Names, qinglan: Tenant, baiyun: Tenant) -> None:
    with entered(qinglan):
        who(app)
    with pytest.raises(IntegrityError), transaction.atomic(), entered(baiyun), app.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_api_token (staff_id, name, digest, created_at) VALUES (999, '马会计', 'x', now())"
        )
    with entered(baiyun):
        assert who(app) == expected(names, baiyun)


def test_a_savepoint_rolls_back_after_the_tenant_was_left(app: DatabaseWrapper, names: Names, qinglan: Tenant) -> None:
    with transaction.atomic():
        with pytest.raises(ProgrammingError), transaction.atomic(), entered(qinglan), app.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")
        with entered(qinglan):
            assert who(app) == expected(names, qinglan)


def test_a_failed_transaction_is_not_hidden_by_the_switch(
    app: DatabaseWrapper, qinglan: Tenant, baiyun: Tenant
) -> None:
    with transaction.atomic():
        with pytest.raises(ProgrammingError), transaction.atomic(savepoint=False), entered(qinglan):
            list(Staff.objects.raw("SELECT * FROM no_such_table"))
        with entered(baiyun), pytest.raises(TransactionManagementError):
            who(app)
        transaction.set_rollback(True)


def test_a_tenant_without_a_role_raises(app: DatabaseWrapper) -> None:
    with entered(Tenant(schema="nowhere", kind="county", name="无名县")), pytest.raises(DataError, match="nowhere"):
        who(app)


@pytest.mark.parametrize("schema", ["Qinglan", "qing lan", 'a"; DROP', "pg_catalog", "public", "青岚", "x" * 49])
def test_a_schema_name_that_is_not_plain_is_refused(app: DatabaseWrapper, schema: str) -> None:
    with entered(Tenant(schema=schema, kind="county", name="无名县")), pytest.raises(Refusal):
        who(app)


def test_a_new_session_is_known_to_be_nobody(
    app: DatabaseWrapper, database: str, monkeypatch: pytest.MonkeyPatch, names: Names, qinglan: Tenant
) -> None:
    with entered(qinglan):
        who(app)
        with psycopg.connect(database, autocommit=True) as superuser:
            superuser.execute("SELECT pg_terminate_backend(%s)", [app.connection.info.backend_pid])
        monkeypatch.setattr(app, "health_check_enabled", True)
        monkeypatch.setattr(app, "health_check_done", False)
        assert who(app) == expected(names, qinglan)


def test_rows_fetched_through_a_named_cursor_stay_those_of_the_county_that_asked(
    app: DatabaseWrapper, qinglan: Tenant, baiyun: Tenant
) -> None:
    with entered(PUBLIC):
        rows: Iterator[County] = County.objects.order_by("schema_name").iterator(chunk_size=1)
        first = next(rows).schema_name
    with entered(qinglan):
        who(app)
    assert [first, *(row.schema_name for row in rows)] == ["baiyun", "province", "qinglan"]


def test_a_named_cursor_is_opened_as_the_tenant(app: DatabaseWrapper, names: Names, qinglan: Tenant) -> None:
    with entered(qinglan), app.chunked_cursor() as cursor:
        cursor.execute("SELECT current_user::text")
        assert cursor.fetchone() == (names.of(qinglan),)


@pytest.mark.parametrize("params", [None, [1]])
def test_stacked_statements_are_refused(app: DatabaseWrapper, qinglan: Tenant, params: list[int] | None) -> None:
    text = "SELECT 1; SELECT 2" if params is None else "SELECT %s; SELECT 2"
    with entered(qinglan), app.cursor() as cursor, pytest.raises(ProgrammingError, match="multiple commands"):
        cursor.execute(text, params)


def test_a_word_smuggled_into_a_query_cannot_change_the_role(
    app: DatabaseWrapper, names: Names, qinglan: Tenant, baiyun: Tenant
) -> None:
    with entered(qinglan), app.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(
            "SELECT username FROM accounts_staff UNION SELECT set_config('role', %s, false)", [names.of(baiyun)]
        )


def test_copy_still_works(app: DatabaseWrapper, qinglan: Tenant) -> None:
    with entered(qinglan), app.cursor() as cursor, cursor.copy("COPY (SELECT 1) TO STDOUT") as copy:
        assert b"".join(bytes(part) for part in copy) == b"1\n"


def test_a_new_thread_is_nobody(app: DatabaseWrapper, qinglan: Tenant) -> None:
    seen: list[type[BaseException]] = []

    def work() -> None:
        try:
            Staff.objects.count()
        except NoTenantError as error:
            seen.append(type(error))

    with entered(qinglan):
        who(app)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seen == [NoTenantError]


def test_threads_never_meet(names: Names, app: DatabaseWrapper, qinglan: Tenant, baiyun: Tenant) -> None:
    wrong: list[tuple[str, str]] = []
    start = threading.Barrier(4)

    def work(first: Tenant, second: Tenant) -> None:
        connection = app.copy()
        start.wait()
        for turn in range(50):
            tenant = (first, second)[turn % 2]
            with entered(tenant):
                if (seen := who(connection)) != expected(names, tenant):
                    wrong.append(seen)
        connection.close()

    pairs = [(qinglan, baiyun), (baiyun, qinglan), (qinglan, PUBLIC), (PUBLIC, baiyun)]
    threads = [threading.Thread(target=work, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_owner_works_in_the_entered_schema_as_itself(owner: DatabaseWrapper, names: Names, qinglan: Tenant) -> None:
    with entered(qinglan):
        assert who(owner) == (names.owner, "qinglan")


def test_what_the_owner_chose_by_hand_stands_above_the_entered_tenant(
    owner: DatabaseWrapper, names: Names, qinglan: Tenant, baiyun: Tenant
) -> None:
    with entered(qinglan):
        with owner.choosing(baiyun):
            assert who(owner) == (names.owner, "baiyun")
        assert who(owner) == (names.owner, "qinglan")


def test_django_tenants_own_words_work_on_the_owner(owner: DatabaseWrapper, names: Names, qinglan: Tenant) -> None:
    with entered(PUBLIC):
        row = County.objects.get(schema_name="qinglan")
    owner.set_tenant(row)
    assert (owner.schema_name, who(owner)) == ("qinglan", (names.owner, "qinglan"))
    owner.set_schema("baiyun", include_public=False, tenant_type="county")
    assert who(owner) == (names.owner, "baiyun")
    owner.set_schema_to_public()
    assert who(owner) == (names.owner, "public")
    owner.follow_the_entered_tenant()
    with entered(qinglan):
        assert who(owner) == (names.owner, "qinglan")


def test_only_the_owner_chooses_by_hand(app: DatabaseWrapper, qinglan: Tenant) -> None:
    with pytest.raises(ImproperlyConfigured):
        app.set_schema("qinglan")
    with pytest.raises(ImproperlyConfigured), app.choosing(qinglan):
        pass


def test_the_query_count_of_a_page_does_not_depend_on_who_came_before(
    app: DatabaseWrapper, qinglan: Tenant, baiyun: Tenant
) -> None:
    app.force_debug_cursor = True
    try:
        for tenant in (qinglan, baiyun):
            with entered(tenant):
                before = len(app.queries_log)
                Staff.objects.count()
                assert len(app.queries_log) - before == 1
    finally:
        app.force_debug_cursor = False
