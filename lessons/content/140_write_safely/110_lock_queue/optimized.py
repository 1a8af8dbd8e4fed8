from time import sleep

from django.db import OperationalError, migrations, models, transaction
from setup import give_up_after, migrate

from library.models import Author, Book


class Migration(migrations.Migration):
    operations = [migrations.AddField("book", "shelf_mark", models.CharField(max_length=20, null=True))]


def migrate_patiently(attempts=5):
    give_up_after(1)
    for attempt in range(1, attempts):
        try:
            return migrate(Migration)
        except OperationalError:
            sleep(0.1 * attempt)
    return migrate(Migration)


def alice():
    with transaction.atomic():
        books = list(Book.objects.values("title", "stock"))
        authors = Author.objects.count()
    return f"report: {len(books)} books, {authors} authors"


def bob():
    migrate_patiently()
    return "migrated"


def carol():
    give_up_after(3)
    return Book.objects.values_list("title", flat=True).get(pk=1)
