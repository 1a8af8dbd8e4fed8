from django.db import migrations, models
from django.db.models import F
from setup import give_up_after, migrate, sell

PRICE = {"max_digits": 7, "decimal_places": 2}


def fill(apps, editor):
    apps.get_model("library", "Book").objects.update(list_price=F("price"))


class AddColumn(migrations.Migration):
    operations = [migrations.AddField("book", "list_price", models.DecimalField(**PRICE, null=True))]


class Fill(migrations.Migration):
    operations = [migrations.RunPython(fill)]


class NotNull(migrations.Migration):
    operations = [migrations.AlterField("book", "list_price", models.DecimalField(**PRICE))]


def alice():
    migrate(AddColumn, Fill, NotNull)
    return "migrated"


def bob():
    give_up_after(1)
    return sell(book_id=10)
