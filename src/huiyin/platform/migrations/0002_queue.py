"""The queue's own schema, as dramatiq-postgres lays it out."""

from dramatiq_postgres.schema import generate_init_sql
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("platform", "0001_initial")]

    operations = [
        migrations.RunSQL(sql=generate_init_sql(), reverse_sql="DROP SCHEMA dramatiq CASCADE"),
    ]
