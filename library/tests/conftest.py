import pytest
from django.db.utils import ConnectionHandler

from library import seeding


@pytest.fixture
def elsewhere(db, tmp_path):
    """A connection, in autocommit, to a bookstore without rows that is no database of the settings."""
    databases = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "bookstore.sqlite3"}}
    connection = ConnectionHandler(databases)["default"]
    with connection.schema_editor() as editor:
        for model in seeding.tables():
            if not model._meta.auto_created:
                editor.create_model(model)
    yield connection
    connection.close()
