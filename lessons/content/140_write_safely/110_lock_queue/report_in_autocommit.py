from django.db import migrations, models
from setup import give_up_after, migrate

from library.models import Author, Book


class Migration(migrations.Migration):
    operations = [migrations.AddField("book", "shelf_mark", models.CharField(max_length=20, null=True))]


def alice():
    books = list(Book.objects.values("title", "stock"))
    authors = Author.objects.count()
    return f"report: {len(books)} books, {authors} authors"


def bob():
    migrate(Migration)
    return "migrated"


def carol():
    give_up_after(3)
    return Book.objects.values_list("title", flat=True).get(pk=1)
