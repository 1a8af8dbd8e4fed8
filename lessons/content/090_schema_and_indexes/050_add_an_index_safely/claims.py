from django.apps import apps
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import OperationalError, connection, migrations
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import Index
from setup import migrate, while_a_sale_is_open

INDEX = Index(fields=["sold_at"], name="sale_sold_at")


def a_migration_is_enough(log):
    """To add an index, it is enough to write `migrations.AddIndex(…)` in a migration."""
    with_index, declared = ProjectState.from_apps(apps), ProjectState.from_apps(apps)
    with_index.add_index("library", "sale", INDEX)
    declared.add_index("library", "sale", INDEX)
    return {
        "written by hand, and not in `Meta.indexes`": _next(with_index, ProjectState.from_apps(apps)) == [],
        "in `Meta.indexes` as well": _next(with_index, declared) == [],
    }


def what_fails_leaves_nothing(log):
    """A migration that fails leaves nothing behind, so you can simply run it again."""
    return {
        "`AddIndex`": _left_by(migrations.AddIndex("sale", INDEX), atomic=True) == [],
        "`AddIndexConcurrently`": _left_by(AddIndexConcurrently("sale", INDEX), atomic=False) == [],
    }


def _next(migrated, models):
    """The operations that makemigrations would write."""
    changes = MigrationAutodetector(migrated, models).changes(graph=MigrationLoader(None).graph)
    return [type(operation).__name__ for each in changes.get("library", []) for operation in each.operations]


def _left_by(operation, *, atomic):
    """[whether it is valid] of the index that is there after the operation has failed."""
    migration = type("Migration", (migrations.Migration,), {"atomic": atomic, "operations": [operation]})
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
        try:
            while_a_sale_is_open(lambda: migrate(migration))
        except OperationalError:
            cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('sale_sold_at')")
            left = [valid for (valid,) in cursor.fetchall()]
            cursor.execute("DROP INDEX IF EXISTS sale_sold_at")
            return left
    return None
