import json
import subprocess
import sys
from pathlib import Path

from django.core.exceptions import FieldError
from django.db.models import Count
from setup import Mark, StrictBook

from library.models import Author, Book


def more_queries_for_more_rows(log):
    """If a page runs more queries for more rows, it has an N+1."""
    books = Book.objects.order_by("pk")
    return {
        "a loop over a foreign key, for two books and for six": _grows(log, _authors, books[:2], books[:6]),
        "a prefetch, for two books and for six": not _grows(log, _genres, books[:2], books[:6]),
        "a prefetch, for no book and for two": not _grows(log, _genres, books[:0], books[:2]),
        "a prefetch in chunks of two, for two books and for six": not _grows(log, _chunks, books[:2], books[:6]),
    }


def as_many_queries_for_more_rows(log):
    """A page with an N+1 runs more queries for six rows than for two."""
    books = Book.objects.order_by("pk")
    busiest = Author.objects.annotate(n=Count("books")).order_by("-n", "pk")[0]
    of_one_author = books.filter(author=busiest)
    without_editor = books.filter(editor=None)
    return {
        "each book has an author of its own": _grows(log, _authors, books[:2], books[:6]),
        "the books have the same author": _grows(log, _authors, of_one_author[:1], of_one_author[:2]),
        "the key is null in each row": _grows(log, _editors, without_editor[:1], without_editor[:2]),
        "the page shows two rows at the most": _grows(log, _first_two, books[:2], books[:6]),
    }


def debug_sql_prints_every_query(log):
    """`manage.py test --debug-sql` prints the queries of the tests."""
    script = Path(__file__).with_name("debug_sql_site.py")
    answer = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=True)
    return json.loads(answer.stdout)


def strict_wherever_it_comes_from(log):
    """If the manager of a model sets `FETCH_RAISE`, no object of this model runs a hidden query."""
    mark = Mark.objects.get()
    joined = Mark.objects.select_related("book").get()
    return {
        "from `StrictBook.objects`": _is_blocked(lambda: StrictBook.objects.order_by("pk")[0].author),
        "from a foreign key, `mark.book`": _is_blocked(lambda: mark.book.author),
        "from a foreign key that is joined": _is_blocked(lambda: joined.book.author),
    }


def _authors(books):
    return [book.author.name for book in books]


def _first_two(books):
    return [book.author.name for book in books[:2]]


def _editors(books):
    return [book.editor for book in books]


def _genres(books):
    return [book.genres.all() for book in books.prefetch_related("genres")]


def _chunks(books):
    return [book.genres.all() for book in books.prefetch_related("genres").iterator(chunk_size=2)]


def _grows(log, page, few, many):
    before = len(log)
    page(few)
    between = len(log)
    page(many)
    return len(log) - between > between - before


def _is_blocked(touch):
    try:
        touch()
    except FieldError:  # FieldFetchBlocked is one
        return True
    return False
