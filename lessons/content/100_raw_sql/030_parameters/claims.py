from django.core.exceptions import FieldError
from django.db import DatabaseError, connection
from django.db.models.expressions import RawSQL

from library.models import Book

ALWAYS = "x' OR '1'='1"


def a_parameter_is_no_sql(log):
    """If you pass a visitor's text as a parameter, the database never runs it as SQL."""
    formatted = _rows(f"SELECT id FROM library_book WHERE title = '{ALWAYS}'")
    passed = _rows("SELECT id FROM library_book WHERE title = %s", [ALWAYS])
    return passed == [] and formatted != []


def only_an_attacker_notices(log):
    """SQL with formatted text is unsafe, but for honest visitors it works."""
    text = "The Reader's Digest"
    return {
        "formatted into the SQL": _works(f"SELECT id FROM library_book WHERE title = '{text}'"),
        "as a parameter": _works("SELECT id FROM library_book WHERE title = %s", [text]),
    }


def doubled_quotes_are_enough(log):
    """A text is safe in the SQL if you double every quote in it."""
    quotes = {"a quote": "x' OR 1=1 -- ", "a backslash and a quote": "x\\' OR 1=1 -- "}
    safe = {
        name: _rows(f"SELECT id FROM library_book WHERE title = '{_doubled(text)}'") == []
        for name, text in quotes.items()
    }
    number = _rows(f"SELECT id FROM library_book WHERE id = {_doubled('0 OR 1=1')}")
    return {**safe, "no quote, where a number should be": number == []}


def one_statement_at_a_time(log):
    """An SQL injection cannot change rows, because a cursor runs one statement at a time."""
    text = "x'; UPDATE library_book SET stock = 4711 -- "
    _works(f"SELECT id FROM library_book WHERE title = '{text}'")
    without = Book.objects.filter(stock=4711).exists()
    text = "x'; UPDATE library_book SET stock = 4712 -- "
    _works(f"SELECT id FROM library_book WHERE title = '{text}' AND id > %s", [0])
    return {
        "the SQL has no parameters": not without,
        "the SQL has another parameter": not Book.objects.filter(stock=4712).exists(),
    }


def everything_can_be_a_parameter(log):
    """Everything that comes from outside can be passed as a parameter."""
    last_first = [(pk,) for pk in Book.objects.order_by("-pk").values_list("pk", flat=True)]
    return {
        "a value": _rows("SELECT id FROM library_book WHERE id = %s", [last_first[0][0]]) == last_first[:1],
        "the number behind LIMIT": len(_rows("SELECT id FROM library_book LIMIT %s", [2])) == 2,
        "a table": _works("SELECT id FROM %s", ["library_book"]),
        "a column to order by": _works("SELECT id FROM library_book ORDER BY %s DESC", ["id"])
        and _rows("SELECT id FROM library_book ORDER BY %s DESC", ["id"]) == last_first,
        "the direction": _works("SELECT id FROM library_book ORDER BY id %s", ["DESC"]),
    }


def it_says_so(log):
    """Where a parameter cannot stand, the database raises an error."""
    return {
        "a table": not _works("SELECT id FROM %s", ["library_book"]),
        "a column in ORDER BY": not _works("SELECT id FROM library_book ORDER BY %s", ["price"]),
        "a column in SELECT": not _works("SELECT %s FROM library_book", ["price"]),
    }


def a_text_stands_in_quotes(log):
    """The placeholder of a text stands in quotes: `title = '%s'`."""
    return _works("SELECT id FROM library_book WHERE title = '%s'", ["Meadow"])


def quoted_names_are_safe(log):
    """`connection.ops.quote_name()` makes the name of a column safe, even if a visitor typed it."""
    quote = connection.ops.quote_name("x")[0]
    name = f"title{quote} FROM library_book UNION SELECT email FROM library_customer -- "
    rows = _rows(f"SELECT {connection.ops.quote_name(name)} FROM library_book")
    return not any("@" in value for (value,) in rows)


def order_by_is_safe(log):
    """It is safe to pass a visitor's text to `order_by()`, because it accepts only the fields of the model."""
    books = Book.objects.all()
    return {
        "SQL is refused": not _sorts(books, "id; SELECT 1"),
        "a column of another model is refused": not _sorts(books, "author__email"),
        "every book comes once": len(books.order_by("sales__customer__email")) == len(books),
    }


def a_parameter_is_taken_literally(log):
    """A parameter is taken literally: a percent sign finds only a percent sign."""
    equal, like = (f"SELECT id FROM library_book WHERE title {operator} %s" for operator in ("=", "LIKE"))
    return {
        "`= %s`": _rows(equal, ["%"]) == [],
        "`LIKE %s`": _rows(like, ["%"]) == [],
        "`title__contains`": not Book.objects.filter(title__contains="%").exists(),
    }


def the_model_protects(log):
    """Every method of a model's manager protects from SQL injection."""
    where, keys = f"title = '{ALWAYS}'", "SELECT id FROM library_book WHERE title ="
    return {
        "`raw()`, formatted": not list(Book.objects.raw(f"{keys} '{ALWAYS}'")),
        "`RawSQL`, formatted": not Book.objects.filter(pk__in=RawSQL(f"{keys} '{ALWAYS}'", [])).exists(),
        "`extra()`, formatted": not Book.objects.extra(where=[where]).exists(),
        "`raw()`, with `params`": not list(Book.objects.raw(f"{keys} %s", [ALWAYS])),
        "`RawSQL`, with `params`": not Book.objects.filter(pk__in=RawSQL(f"{keys} %s", [ALWAYS])).exists(),
        "`extra()`, with `params`": not Book.objects.extra(where=["title = %s"], params=[ALWAYS]).exists(),
        "`filter()`": not Book.objects.filter(title=ALWAYS).exists(),
    }


def _rows(sql, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _works(sql, parameters=None):
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
    except DatabaseError:
        return False
    return True


def _doubled(text):
    return text.replace("'", "''")


def _sorts(books, name):
    try:
        return bool(books.order_by(name))
    except FieldError:
        return False
