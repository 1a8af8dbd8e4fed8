from django.db import migrations
from django.db.models import Index
from setup import migrate, tills_while


class Migration(migrations.Migration):
    operations = [
        migrations.AddIndex("sale", Index(fields=["sold_at"], name="sale_sold_at")),
    ]


def run():
    return [tills_while(lambda: migrate(Migration))]
