import sys

from library.models import Author, Book


def good_advice_can_lose(log):
    """What makes one page faster can make another one slower, so measure first."""
    books = Book.objects.filter(is_published=True).order_by("pk")
    return {
        "`defer()` of a small column: Python calls more functions": _calls(books.defer("is_published"))
        > _calls(books),
        "`select_related()` of an author that nobody reads: more cells are fetched": _cells(
            books.select_related("author"), log
        )
        > _cells(books, log),
        "`prefetch_related()` for one author: there are more queries": _queries_for_one_author(log, "books") > 1,
        "`exists()` before a loop over rows that exist: there are more queries": _queries_looking_first(
            books.all(), log
        )
        > 1,
    }


def more_than_twenty(log):
    """A page with more than twenty queries is wrong, and a page with fewer is fine."""
    ten = _queries_of_authors(log, 10)
    five = _queries_of_authors(log, 5)
    before = len(log)
    for number in range(25):
        Author.objects.filter(pk=number).exists()
    fixed = len(log) - before
    return {
        "the limit of twenty finds an N+1 over ten rows": ten > 20,
        "the limit passes a page that runs 25 queries for any amount of data": fixed <= 20,
        "the counts for five rows and for ten rows show the N+1": ten > five,
    }


def an_index_is_used(log):
    """If the column of a condition has an index, the database uses the index."""
    plan = Book.objects.filter(publisher__gte=1).explain()
    return not any(word in plan.split() for word in ("Seq", "SCAN", "ALL"))


def _queries_of_authors(log, rows):
    before = len(log)
    for book in Book.objects.order_by("pk")[:rows]:
        book.author
    return len(log) - before


def _queries_for_one_author(log, relation):
    before = len(log)
    Author.objects.prefetch_related(relation).order_by("pk")[:1].get()
    return len(log) - before


def _queries_looking_first(books, log):
    before = len(log)
    if books.exists():
        list(books)
    return len(log) - before


def _cells(books, log):
    list(books)
    return log[-1].rows * log[-1].columns


def _calls(books):
    """Of functions, Python's and C's, while the books are fetched and built."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        list(books.all())
    finally:
        sys.setprofile(before)
    return calls
