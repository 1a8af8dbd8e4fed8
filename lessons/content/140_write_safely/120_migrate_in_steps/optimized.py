from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from django.db.models import F, Q
from setup import give_up_after, migrate, sell

PRICE = {"max_digits": 7, "decimal_places": 2}
HAS_LIST_PRICE = models.CheckConstraint(condition=Q(list_price__isnull=False), name="book_has_list_price")
BATCH = 5  # in your project a thousand or so: a batch should take well under a second


def fill_in_batches(apps, editor):
    books = apps.get_model("library", "Book").objects
    empty = books.filter(list_price=None).order_by("pk").values_list("pk", flat=True)
    last = 0
    while keys := list(empty.filter(pk__gt=last)[:BATCH]):
        books.filter(pk__in=keys, list_price=None).update(list_price=F("price"))
        last = keys[-1]


class AddColumn(migrations.Migration):
    operations = [migrations.AddField("book", "list_price", models.DecimalField(**PRICE, null=True))]


class Fill(migrations.Migration):
    atomic = False  # so each batch is a transaction of its own
    operations = [migrations.RunPython(fill_in_batches)]


class Check(migrations.Migration):
    operations = [AddConstraintNotValid("book", HAS_LIST_PRICE)]


class Validate(migrations.Migration):
    operations = [ValidateConstraint("book", HAS_LIST_PRICE.name)]


class NotNull(migrations.Migration):
    operations = [
        migrations.AlterField("book", "list_price", models.DecimalField(**PRICE)),
        migrations.RemoveConstraint("book", HAS_LIST_PRICE.name),
    ]


def alice():
    migrate(AddColumn, Fill, Check, Validate, NotNull)
    return "migrated"


def bob():
    give_up_after(1)
    return sell(book_id=10)
