from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations import AddIndex
from django.test import SimpleTestCase
from optimized import Migration

# In your project: those of MigrationLoader(None).disk_migrations that change a table in use.
MIGRATIONS = [Migration]


class AddAnIndexSafelyTests(SimpleTestCase):
    def test_an_index_is_added_beside_writers(self):
        for migration in MIGRATIONS:
            for operation in migration.operations:
                if isinstance(operation, AddIndex):
                    self.assertIsInstance(operation, AddIndexConcurrently)
                    self.assertFalse(migration.atomic, "It cannot be in a transaction.")
