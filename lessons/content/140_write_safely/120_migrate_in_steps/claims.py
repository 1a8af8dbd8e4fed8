from contextlib import contextmanager
from decimal import Decimal

from django.apps import apps
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import IntegrityError, OperationalError, connection, migrations, models, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from setup import migrate

from library.models import Author, Book, Publisher

PRICE = {"max_digits": 7, "decimal_places": 2}
CHECK = models.CheckConstraint(condition=models.Q(list_price__isnull=False), name="book_has_list_price")
NULLABLE = migrations.AddField("book", "list_price", models.DecimalField(**PRICE, null=True))
NOT_NULL = migrations.AlterField("book", "list_price", models.DecimalField(**PRICE))
FILL = migrations.RunSQL("UPDATE library_book SET list_price = price")
PAGES = models.CheckConstraint(condition=models.Q(pages__gt=0), name="book_has_pages")


def old_code_gets_the_default(log):
    """`AddField` with a default is safe: code that does not know the column yet still inserts rows."""
    return {
        "`default=0`": _old_code_inserts(models.DecimalField(**PRICE, default=Decimal(0))),
        "`db_default=0`": _old_code_inserts(models.DecimalField(**PRICE, db_default=Decimal(0))),
        "`null=True`": _old_code_inserts(models.DecimalField(**PRICE, null=True)),
    }


def others_go_on(log):
    """Others can read the table while its rows are checked against a new constraint."""
    return {
        "`AddConstraint`: they read": _others_can("SELECT title FROM library_book", _add_pages),
        "`ValidateConstraint`: they read": _others_can("SELECT title FROM library_book", _validate_pages),
        "`ValidateConstraint`: they write": _others_can("UPDATE library_book SET stock = 1", _validate_pages),
    }


def not_valid_does_nothing(log):
    """A constraint that is NOT VALID does nothing until it is validated."""
    Book.objects.filter(pk=1).update(pages=0)
    with _undone():
        return {
            "for rows that are there": _is_done(lambda: migrate(_of(AddConstraintNotValid("book", PAGES)))),
            "for new rows": _is_done(lambda: _add_a_book(pages=0)),
            "for changes of another column in a row that is there": _is_done(
                lambda: Book.objects.filter(pk=1).update(stock=1)
            ),
        }


def not_null_reads_the_table(log):
    """To set NOT NULL, PostgreSQL reads the whole table, and keeps everybody out meanwhile."""
    check = [AddConstraintNotValid("book", CHECK), ValidateConstraint("book", CHECK.name)]
    return {
        "`AlterField` alone": _scans(_of(NULLABLE, FILL)) > 0,
        "`AlterField` after a valid check": _scans(_of(NULLABLE, FILL, *check)) > 0,
    }


def raw_sql_is_known(log):
    """What a migration does by `RunSQL`, the next `makemigrations` does not do again."""
    add = "ALTER TABLE library_book ADD CONSTRAINT book_has_pages CHECK (pages > 0) NOT VALID"
    state = [migrations.AddConstraint("book", PAGES)]
    separate = migrations.SeparateDatabaseAndState(
        database_operations=[migrations.RunSQL(add)], state_operations=state
    )
    return {
        "`RunSQL`": _is_known(migrations.RunSQL(add)),
        "`RunSQL` with `state_operations`": _is_known(migrations.RunSQL(add, state_operations=state)),
        "`SeparateDatabaseAndState`": _is_known(separate),
    }


def _of(*operations):
    return type("Migration", (migrations.Migration,), {"operations": list(operations)})


def _old_code_inserts(field):
    with _undone():
        migrate(_of(migrations.AddField("book", "list_price", field)))
        return _is_done(_add_a_book)


def _add_a_book(**fields):
    Book.objects.create(
        isbn="new",
        author=Author.objects.first(),
        publisher=Publisher.objects.first(),
        price=5,
        **{"pages": 9, **fields},
    )


def _is_done(write):
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return False
    return True


def _add_pages():
    migrate(_of(migrations.AddConstraint("book", PAGES)))


def _validate_pages():
    state = ProjectState.from_apps(apps)
    state.add_constraint("library", "book", PAGES)
    with connection.schema_editor() as editor:
        ValidateConstraint("book", PAGES.name).database_forwards("library", editor, state, state)


def _others_can(statement, change):
    """Whether another session's statement goes through while the change is made, and not committed."""
    if change is _validate_pages:
        migrate(_of(AddConstraintNotValid("book", PAGES)))
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with _undone(), other.cursor() as cursor:
            change()
            cursor.execute("SET lock_timeout = '200ms'")
            cursor.execute(statement)
    except OperationalError:
        return False
    finally:
        other.rollback()
        other.close()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE library_book DROP CONSTRAINT IF EXISTS book_has_pages")
    return True


def _scans(before):
    """How often PostgreSQL reads the whole table to set NOT NULL."""
    counted = "SELECT pg_stat_get_xact_numscans('library_book'::regclass)"
    with _undone(), connection.cursor() as cursor:
        found = []

        def count(*_):
            cursor.execute(counted)
            found.extend(cursor.fetchone())

        migrate(before, _of(migrations.RunPython(count), NOT_NULL, migrations.RunPython(count)))
        return found[1] - found[0]


def _is_known(operation):
    """Whether makemigrations has nothing to do when the model has the constraint."""
    migrated, models_now = ProjectState.from_apps(apps), ProjectState.from_apps(apps)
    operation.state_forwards("library", migrated)
    models_now.add_constraint("library", "book", PAGES)
    changes = MigrationAutodetector(migrated, models_now).changes(graph=MigrationLoader(None).graph)
    return "library" not in changes


@contextmanager
def _undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
