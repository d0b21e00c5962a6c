from huiyin.kernel.tenant import entered, Tenant
def test_a(app):
    t=Tenant(schema="qinglan", kind="county", name="青岚县人大")
    with entered(t), app.cursor() as c:
        c.execute("select current_user, current_setting('search_path')"); print(c.fetchall())
        c.execute("select count(*) from county_petition"); print(c.fetchall())
