import time
from django.db import connection
from huiyin.county.analysis import queries
from .conftest import MARCH, Desk, moment
from huiyin.county.reply.states import ReplyKind
from huiyin.county.registry.models import Petition

def copy(table, skip, where, changes):
    with connection.cursor() as c:
        c.execute("SELECT column_name FROM information_schema.columns WHERE table_schema=current_schema() AND table_name=%s AND column_name<>'id'", [table])
        cols=[r[0] for r in c.fetchall()]
    sel=[changes.get(x, f't."{x}"') for x in cols]
    return f'''INSERT INTO {table} (id,{",".join(f'"{x}"' for x in cols)}) OVERRIDING SYSTEM VALUE SELECT 1000000+n, {",".join(sel)} FROM {table} t, generate_series(1,20000) n WHERE t.id=%s'''

def test_speed(desk: Desk):
    p = desk.through(desk.registered(desk.receipt(2), content="反映多年来水费收缴标准不公开"*10))
    a = desk.assigned(p)
    d = p.dispositions.get(); att = p.attachments.get(); dl = p.deadlines.filter(clock="disposition").get()
    desk.checked(moment(4,1))
    with connection.cursor() as c:
        def go(table, changes, pk): c.execute(copy(table, (), None, changes), [pk])
        go("county_receipt", {"number_value":"100000+n","number":"'收'||n"}, p.receipt_id)
        go("county_petition", {"receipt_id":"1000000+n","number_value":"100000+n","number":"'青人信〔2026〕'||(100000+n)||'号'", "source_number":"NULL","query_code_digest":"n::text"}, p.pk)
        c.execute("UPDATE county_petition SET searchable = searchable WHERE id>1000000")
        go("county_attachment", {"petition_id":"1000000+n"}, att.pk)
        go("county_disposition", {"petition_id":"1000000+n"}, d.pk)
        go("county_assignment", {"petition_id":"1000000+n","number":"'交'||n"}, a.pk)
        go("county_deadline", {"petition_id":"1000000+n"}, dl.pk)
    for row in Petition.objects.filter(pk__gt=1000000)[:0]: pass
    with connection.cursor() as c:
        c.execute("UPDATE county_petition SET searchable='青人信(2026)'||number_value||'号|'||searchable, grams = grams || ARRAY['信(', '202','026', '6)', ')1','0号','1号','2号','3号','4号','5号','6号','7号','8号','9号', substr(number_value::text,1,3), substr(number_value::text,2,3), substr(number_value::text,3,3), substr(number_value::text,4,3)] WHERE id>1000000")
    connection.close if False else None
    for _ in range(2):
        t=time.perf_counter(); rows=queries.evidence_of(MARCH, at=moment(4,2), channels=frozenset(queries.Channel)); t1=time.perf_counter()
        table=queries.promises(MARCH, at=moment(4,2)); t2=time.perf_counter()
        queries.rates(MARCH, at=moment(4,2)); t3=time.perf_counter()
        raw=queries._rows(queries.statements.EVIDENCE, queries._values(MARCH, moment(4,2), frozenset(queries.Channel))); t4=time.perf_counter()
        R=[queries.EvidenceRow(*r) for r in raw]; t5=time.perf_counter()
        queries.retrieval_of(R); t6=time.perf_counter()
        [queries._searches(r) for r in R if r.petition_id]; t7=time.perf_counter()
        print("evidence", t1-t, "promises", t2-t1, "rates", t3-t2, "SQL evidence", t4-t3, "retrieval", t6-t5, "python grams", t7-t6, len(rows))
    print({x.code:(x.part,x.whole) for x in table.first.promises}, {l.what for l in table.first.promise("M1").missing})
