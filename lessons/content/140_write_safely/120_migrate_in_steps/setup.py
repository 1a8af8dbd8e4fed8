from django.apps import apps
from django.db import connection
from django.db.migrations.state import ProjectState
from django.db.models import F

from library.models import Book


def give_up_after(seconds):
    """Wait no longer for a lock, as `OPTIONS` can say it for every connection of a site."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{seconds}s'")


def migrate(*migrations):
    """Apply them one after the other, as `manage.py migrate` does."""
    state = ProjectState.from_apps(apps)
    for migration_class in migrations:
        migration = migration_class(migration_class.__name__.lower(), "library")
        with connection.schema_editor(atomic=migration.atomic) as editor:
            state = migration.apply(state, editor)


def sell(book_id):
    """The code of the shop, which knows nothing of the new column."""
    title = Book.objects.values_list("title", flat=True).get(pk=book_id)
    Book.objects.filter(pk=book_id).update(stock=F("stock") - 1)
    return f"sold {title}"


def setup():
    """Copies enough to sell."""
    Book.objects.update(stock=10)
