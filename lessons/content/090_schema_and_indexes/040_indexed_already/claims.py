from django.db import connection
from django.db.models import CharField, Index

from library.models import Book, Country, Profile


def these_are_indexed_already(log):
    """Primary keys, foreign keys and unique columns have an index without `db_index=True`."""
    shelved = Book.genres.through
    return {
        "a primary key": _leads(Book, "id"),
        "a foreign key": _leads(Book, "author_id"),
        "a foreign key that may be null": _leads(Book, "editor_id"),
        "a one-to-one field": _leads(Profile, "author_id"),
        "a unique column": _leads(Book, "isbn"),
        "both sides of a many-to-many field": _leads(shelved, "book_id") and _leads(shelved, "genre_id"),
    }


def the_database_indexes_foreign_keys(log):
    """The database itself makes an index for every foreign key."""
    country = Country._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE branch (id integer PRIMARY KEY, country_id bigint,"
            f" FOREIGN KEY (country_id) REFERENCES {country} (id))"
        )
    return len(_indexes("branch", "country_id")) == 1


def a_flag_too_many(log):
    """`unique=True, db_index=True` makes two indexes on one column."""
    isbn = CharField("ISBN", max_length=13, unique=True, db_index=True)
    isbn.set_attributes_from_name("isbn")
    isbn.model = Book
    with connection.schema_editor(collect_sql=True) as editor:
        editor.alter_field(Book, Book._meta.get_field("isbn"), isbn)
    sql = " ".join(editor.collected_sql)
    return {
        "adding `db_index=True` makes an index": "isbn" in sql.partition("CREATE INDEX")[2],
        "adding `db_index=True` copies the whole table": "CREATE TABLE" in sql,
    }


def a_second_index_is_refused(log):
    """The database refuses a second index on the same column."""
    before = len(_indexes(Book._meta.db_table, "isbn"))
    with connection.schema_editor() as editor:
        editor.add_index(Book, Index(fields=["isbn"], name="book_isbn"))
    return len(_indexes(Book._meta.db_table, "isbn")) == before


def one_index_for_a_pair(log):
    """A many-to-many table has an index for each of its two foreign keys, and a third one for the pair."""
    shelved = Book.genres.through._meta.db_table
    return len(_indexes(shelved, "book_id")) + len(_indexes(shelved, "genre_id")) == 3


def _leads(model, column):
    return bool(_indexes(model._meta.db_table, column))


def _indexes(table, column):
    """The indexes that begin with the column."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table).values()
    return [
        index for index in found if (index["index"] or index["unique"]) and index["columns"][:1] == [column]
    ] or ([index for index in found if index["primary_key"] and index["columns"] == [column]])
