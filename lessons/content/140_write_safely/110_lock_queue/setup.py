from django.apps import apps
from django.db import connection
from django.db.migrations.state import ProjectState


def give_up_after(seconds):
    """Wait no longer for a lock, as `OPTIONS` can say it for every connection of a site."""
    name = "lock_wait_timeout" if connection.vendor == "mysql" else "lock_timeout"
    value = seconds if connection.vendor == "mysql" else f"'{seconds}s'"
    with connection.cursor() as cursor:
        cursor.execute(f"SET {name} = {value}")


def migrate(migration_class):
    """Apply one migration as `manage.py migrate` does."""
    migration = migration_class("shelf_mark", "library")
    with connection.schema_editor(atomic=migration.atomic) as editor:
        migration.apply(ProjectState.from_apps(apps), editor)


def setup():
    """Nothing: the shelf is as it is."""
