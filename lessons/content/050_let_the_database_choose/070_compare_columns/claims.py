from django.db import DatabaseError
from django.db.models import F

from library.models import Book


def the_database_compares(log):
    """With `F()` the database compares two columns of a row, and sends only the rows that match."""
    list(Book.objects.filter(stock__lt=F("sales_count") * 10))
    query = log[-1]
    matching = [book for book in Book.objects.all() if book.stock < book.sales_count * 10]
    return query.rows == len(matching) and "sales_count" in query.sql.partition(" WHERE ")[2]


def own_table_only(log):
    """`F()` can only name columns of the same table."""
    early = list(Book.objects.filter(published_on__year__lt=F("author__joined_on__year")))
    in_python = [book for book in Book.objects.select_related("author") if _before_the_author(book)]
    return len(log) > 2 or set(early) != set(in_python)


def equal_as_in_python(log):
    """A comparison with `F()` finds the same rows as the same comparison in Python."""
    books = Book.objects.all()
    by_equals = {book.pk for book in books if book.editor_id == book.editor_id}
    by_unequal = {book.pk for book in books if book.author_id != book.editor_id}
    by_not_more = {book.pk for book in books if not (book.editor_id and book.stock > book.editor_id * 2)}
    return {
        "less than, two numbers": _pks(books.filter(stock__lt=F("sales_count")))
        == {book.pk for book in books if book.stock < book.sales_count},
        "equal, where both are null": _pks(books.filter(editor=F("editor"))) == by_equals,
        "`exclude()`, where a plain `F()` is null": _pks(books.exclude(author=F("editor"))) == by_unequal,
        "`exclude()`, where an expression with `F()` is null": _pks(books.exclude(stock__gt=F("editor") * 2))
        == by_not_more,
    }


def any_arithmetic(log):
    """In a filter, `F()` expressions can be added, subtracted, multiplied and divided, alike on every database."""
    unsold = Book.objects.filter(sales_count=0).order_by("pk")[:1]
    unsold = Book.objects.filter(pk=unsold[0].pk)
    books = Book.objects.filter(sales_count__gt=0)
    return {
        "a product works": _works(lambda: books.filter(stock__lt=F("sales_count") * 10)),
        "a sum works": _works(lambda: books.filter(stock__lt=F("sales_count") + 10)),
        "a difference below zero works": _works(
            lambda: unsold.filter(sales_count__gt=F("sales_count") - F("pages"))
        ),
        "a division by zero raises no error": _works(
            lambda: unsold.filter(pages__gt=F("pages") / F("sales_count"))
        ),
        "a division of whole numbers keeps the fraction": not books.filter(pages__gt=F("pages") / 2 * 2).exists(),
    }


def _before_the_author(book):
    return book.published_on is not None and book.published_on.year < book.author.joined_on.year


def _pks(books):
    return set(books.values_list("pk", flat=True))


def _works(make):
    try:
        list(make())
    except DatabaseError:
        return False
    return True
