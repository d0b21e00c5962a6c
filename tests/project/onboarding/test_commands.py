import io

from django.core.management import call_command


def test_x(provisioned, django_db_blocker):
    with django_db_blocker.unblock():
        out = io.StringIO()
        call_command("onboard", "tests/tenants/qinglan.toml", plan=True, stdout=out)
        call_command("onboard", "tenants/luoxia.toml", plan=True, stdout=out)
        call_command("onboard", "tenants/qinglan.toml", plan=True, stdout=out)
        call_command("install", stdout=out)
        call_command("import_categories", "/work/shared/data/xinfang_content_class_2020_gd.tsv", stdout=out)
        call_command("import_categories", "/work/shared/data/xinfang_content_class_2020_gd.tsv", stdout=out)
    print(out.getvalue())
