from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldError
from django.db.models import Count

from library.models import Author, Book


def named_by_related_name(log):
    """`related_name="books"` sets the name in Python, `author.books`, and in queries, `Count("books")`."""
    author = _author()
    counted = Author.objects.annotate(number=Count("books")).get(pk=author.pk)
    return counted.number == len(author.books.all())


def model_name_and_set(log):
    """Without a `related_name`, the name of the reverse relation is the model's name with `_set`."""
    types = ContentType.objects
    return {
        "on the object: `content_type.permission_set`": hasattr(ContentType(pk=1), "permission_set"),
        "on the object: `content_type.permission`": hasattr(ContentType(pk=1), "permission"),
        '`Count("permission_set")`': _works(lambda: types.annotate(number=Count("permission_set"))),
        '`Count("permission")`': _works(lambda: types.annotate(number=Count("permission"))),
        "`filter(permission_set__codename=…)`": _works(lambda: types.filter(permission_set__codename="add_book")),
        "`filter(permission__codename=…)`": _works(lambda: types.filter(permission__codename="add_book")),
    }


def only_another_spelling(log):
    """`author.books.all()` is another spelling of `Book.objects.filter(author=author)`."""
    author = _author()
    through, filtered = author.books.order_by("pk"), Book.objects.filter(author=author).order_by("pk")
    asked = len(log)
    titles = [book.title for book in through], [book.title for book in filtered]
    same_sql = log[asked].sql == log[asked + 1].sql
    asked = len(log)
    free = all(book.author is author for book in through)
    return {
        "the same rows": titles[0] == titles[1],
        "the same SQL": same_sql,
        "`book.author` costs no query: `author.books`": free and len(log) == asked,
        "`book.author` costs no query: `filter(author=author)`": _free(log, filtered),
        '`book.author` costs no query: `author.books.only("title")`': _free(log, author.books.only("title")),
    }


def it_is_a_list(log):
    """`author.books` is the list of the author's books."""
    author = _author()
    asked = len(log)
    author.books
    nothing_yet = len(log) == asked
    list(author.books.all())
    list(author.books.all())
    return {"naming it runs a query": not nothing_yet, "a second loop is free": len(log) == asked + 1}


def _author():
    return Author.objects.get(email="author4@example.com")


def _works(build):
    try:
        build()
    except FieldError:
        return False
    return True


def _free(log, books):
    """Whether the books and their authors together cost the one query for the books."""
    asked = len(log)
    for book in books.all():
        book.author
    return len(log) == asked + 1
