from django.core.exceptions import FieldError
from django.db import DatabaseError, connection, transaction
from django.db.models.expressions import RawSQL

from library.models import Book

SEARCH = {
    "postgresql": "SELECT id FROM library_book WHERE to_tsvector('english', COALESCE(description, ''))"
    " @@ websearch_to_tsquery('english', %s)",
    "mysql": "SELECT id FROM library_book WHERE MATCH (description) AGAINST (%s)",
    "sqlite": "SELECT rowid FROM book_words WHERE book_words MATCH %s",
}
WITH, WITHOUT = "`SearchVector` with the index's `config`", "`SearchVector` without a `config`"
LOOKUP = "the lookup `description__search`"
TEXT = "She rented the old lanterns of the harbour."


def finds_all_that_icontains_finds(log):
    """Full-text search finds whatever `icontains` finds."""
    _describe(TEXT)
    return {
        "a whole word, `lanterns`": _finds("lanterns"),
        "in capitals, `LANTERNS`": _finds("LANTERNS"),
        "a part of a word, `antern`": _finds("antern"),
        "the beginning of a word, `lant`": _finds("lant"),
        "a frequent word, `the`": _finds("the"),
    }


def knows_the_language(log):
    """Full-text search finds other forms of a word."""
    _describe(TEXT)
    return {
        "the singular, `lantern`": _finds("lantern"),
        "another form of the verb, `renting`": _finds("renting"),
        "without its accent: `cafe` finds `café`": _describe("A café.") or _finds("cafe"),
    }


def takes_what_is_typed(log):
    """You can pass to the search whatever a visitor types."""
    _describe(TEXT)
    return {
        "two words, `lanterns harbour`": _finds("lanterns harbour"),
        "an apostrophe, `lantern's`": _runs("lantern's"),
        'one quote, `"lanterns`': _runs('"lanterns'),
        "a hyphen, `sea-green`": _runs("sea-green"),
    }


def both_words(log):
    """A search for two words finds the rows that have both of them."""
    _describe(TEXT)
    return _finds("lanterns harbour") and not _finds("lanterns glacier")


def up_to_date(log):
    """The index knows each change at once."""
    with transaction.atomic():
        Book.objects.filter(pk=1).update(description=TEXT)
        within = _finds("lanterns")
    return {"within the transaction that wrote": within, "after the COMMIT": _finds("lanterns")}


def the_index_is_found(log):
    """With the GIN index in place, each search on PostgreSQL uses it."""
    if connection.vendor != "postgresql":
        return {WITH: False, WITHOUT: False, LOOKUP: False}
    return {
        WITH: _uses_the_index(lambda: _words(config="english").filter(words="sea")),
        WITHOUT: _uses_the_index(lambda: _words().filter(words="sea")),
        LOOKUP: _uses_the_index(lambda: Book.objects.filter(description__search="sea")),
    }


def _describe(text):
    Book.objects.filter(pk=1).update(description=text)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO book_words (book_words) VALUES ('rebuild')")


def _finds(typed):
    return Book.objects.filter(pk=1, pk__in=RawSQL(SEARCH[connection.vendor], [typed])).exists()


def _runs(typed):
    try:
        _finds(typed)
    except DatabaseError:
        return False
    return True


def _words(**options):
    from django.contrib.postgres.search import SearchVector

    return Book.objects.annotate(words=SearchVector("description", **options))


def _uses_the_index(search):
    """If it is cheap, even on a shelf so small that PostgreSQL would rather read it all."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            return "book_words" in search().explain()
    except FieldError:
        return False
