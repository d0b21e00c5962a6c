import cProfile, pstats, time, random, os
from datetime import UTC, datetime
from pathlib import Path
from django.conf import settings
from django.db import connection, reset_queries
from huiyin.kernel.tenant import entered
from huiyin.accounts.models import Staff
from huiyin.county.ledger import actions
import sys

sys.path.insert(0, str(Path(__file__).parent))
from test_imports import SOLVED, a_sheet  # noqa


def test_speed(committed_county, django_db_blocker):
    n = int(os.environ.get("N", "300"))
    with django_db_blocker.unblock(), entered(committed_county):
        by = Staff.objects.get(username="ma")
        rows = [
            SOLVED
            | {
                "信访件编号": f"X{i:06d}",
                "姓名": f"张{i}",
                "概况": f"反映上松村{i}组农业水费每亩比去年多收{i % 97}元，收费时未出示水价批复文件，要求公开水价并退还多收部分。",
            }
            for i in range(n)
        ]
        data = a_sheet(*rows)
        t = time.perf_counter()
        c = time.process_time()
        run = actions.start_run(name="a.xlsx", data=data, by=by, at=datetime(2026, 3, 2, tzinfo=UTC))
        print("start", time.perf_counter() - t, time.process_time() - c)
        settings.DEBUG = True
        first = run.rows.order_by("line").first()
        from huiyin.county.ledger import queries

        ref = queries.reference_for(by)
        reset_queries()
        connection.force_debug_cursor = True
        actions.import_row(row_id=first.pk, reference=ref, by=by, at=datetime(2026, 3, 2, tzinfo=UTC))
        print("queries", len(connection.queries))
        if os.environ.get("SHOW"):
            for q in connection.queries:
                print(q["sql"][:150].replace("\n", " "))
        connection.force_debug_cursor = False
        settings.DEBUG = False
        if os.environ.get("TIMES"):
            from collections import defaultdict

            tot = defaultdict(lambda: [0, 0.0])
            connection.force_debug_cursor = True
            pks = list(run.rows.filter(fate="accepted").values_list("pk", flat=True)[:100])
            t = time.perf_counter()
            for pk in pks:
                reset_queries()
                connection.queries_log.clear()
                actions.import_row(row_id=pk, reference=ref, by=by, at=datetime(2026, 3, 2, tzinfo=UTC))
                for q in connection.queries:
                    k = (
                        " ".join(q["sql"].split()[:4])[:60]
                        if not q["sql"].startswith("SELECT")
                        else "SELECT " + q["sql"].split(".")[0][:40]
                    )
                    if "SAVEPOINT" in k:
                        k = "SAVEPOINT"
                    tot[k][0] += 1
                    tot[k][1] += float(q["time"])
            print("100 rows", time.perf_counter() - t)
            for k, v in sorted(tot.items(), key=lambda kv: -kv[1][1])[:25]:
                print(v[0], round(v[1], 2), k)
            connection.force_debug_cursor = False
            return
        p = cProfile.Profile() if os.environ.get("PROF") else None
        t = time.perf_counter()
        c = time.process_time()
        p and p.enable()
        rep = actions.carry_out(run_id=run.pk, at=datetime(2026, 3, 2, tzinfo=UTC))
        p and p.disable()
        dt = time.perf_counter() - t
        print(rep.counts, dt, n / dt, "rows/s; cpu", time.process_time() - c)
        p and pstats.Stats(p).sort_stats("tottime").print_stats(25)
        p and pstats.Stats(p).sort_stats("cumtime").print_stats(45)
