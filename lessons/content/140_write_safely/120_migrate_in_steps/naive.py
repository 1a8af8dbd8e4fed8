from django.db import migrations, models
from django.db.models import F
from setup import give_up_after, migrate, sell

PRICE = {"max_digits": 7, "decimal_places": 2}


def fill(apps, editor):
    apps.get_model("library", "Book").objects.update(list_price=F("price"))


class ListPrice(migrations.Migration):
    operations = [
        migrations.AddField("book", "list_price", models.DecimalField(**PRICE, null=True)),
        migrations.RunPython(fill),
        migrations.AlterField("book", "list_price", models.DecimalField(**PRICE)),
    ]


def alice():
    migrate(ListPrice)
    return "migrated"


def bob():
    give_up_after(1)
    return sell(book_id=10)
