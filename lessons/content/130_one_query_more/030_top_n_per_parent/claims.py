from time import perf_counter

from django.db import connection
from django.db.models import Index, Prefetch

from library.models import Author, Book, Country, Genre, Publisher

_ROUNDS = 3  # in turns, so that other work on the machine slows both; the best of each counts
_BEST = Book.objects.order_by("-sales_count", "pk")


def a_query_for_each_author(log):
    """A sliced `Prefetch` runs a query for each author, as the loop does."""
    querysets = {
        "whole books": _BEST[:3],
        '`only("title")`': _BEST.only("title")[:3],
        '`only("title", "author")`': _BEST.only("title", "author")[:3],
    }
    return {name: _queries(log, queryset) > 2 for name, queryset in querysets.items()}


def the_slice_is_each_parents_own(log):
    """The slice counts for each parent by itself."""
    return {
        "`[:3]`, the books of an author": _counts_for_each(Author, _BEST[:3], slice(0, 3)),
        "`[3:6]`, the books of an author": _counts_for_each(Author, _BEST[3:6], slice(3, 6)),
        "`[:3]`, the books of a genre": _counts_for_each(Genre, _BEST[:3], slice(0, 3)),
        "`[:6:2]`, the books of an author": _counts_for_each(Author, _BEST[:6:2], slice(0, 6, 2)),
    }


def each_book_once(log):
    """With `distinct()` before the slice, no book is in an author's list twice."""
    author = Author.objects.create(name="", email="", joined_on="2030-01-01", country=Country.objects.first())
    book = _book(author, 1)
    book.genres.set(Genre.objects.all())
    of_a_genre = _BEST.filter(author=author, genres__isnull=False)
    once = _BEST.filter(pk__in=of_a_genre.values("pk"))
    return {
        "the sliced queryset by itself": _has_no_repeats(of_a_genre.distinct()[:3]),
        "the same queryset in a `Prefetch`": _has_no_repeats(_best_of(author, of_a_genre.distinct()[:3])),
        "with `pk__in` and no join": _has_no_repeats(_best_of(author, once[:3])),
    }


def faster_than_the_loop(log):
    """Two queries with a sliced `Prefetch` are faster than a query for each author."""
    with connection.schema_editor() as editor:
        editor.add_index(Book, Index(fields=["author", "-sales_count", "id"], name="book_of_author_best"))
    return {
        "100 authors, two books each": _prefetch_is_faster(authors=100, doublings=0),
        "two authors, 16,384 books each, and an index": _prefetch_is_faster(authors=2, doublings=13),
    }


def _prefetch(queryset):
    return Prefetch("books", queryset=queryset, to_attr="best_books")


def _queries(log, queryset):
    before = len(log)
    list(Author.objects.prefetch_related(_prefetch(queryset)))
    return len(log) - before


def _counts_for_each(model, sliced, wanted):
    try:
        parents = list(model.objects.prefetch_related(_prefetch(sliced)))
    except AttributeError:
        return False
    return all(parent.best_books == list(_BEST.filter(pk__in=parent.books.all()))[wanted] for parent in parents)


def _best_of(author, sliced):
    return Author.objects.prefetch_related(_prefetch(sliced)).get(pk=author.pk).best_books


def _has_no_repeats(books):
    keys = [book.pk for book in books]
    return len(keys) == len(set(keys))


def _prefetch_is_faster(*, authors, doublings):
    """Each author has two books, whose number is then doubled so many times."""
    country, publisher = Country.objects.order_by("pk")[0], Publisher.objects.order_by("pk")[0]
    Book.objects.all().delete()
    Author.objects.all().delete()
    Author.objects.bulk_create(
        Author(pk=key, name="", email=f"{key}", joined_on="2030-01-01", country=country)
        for key in range(1, authors + 1)
    )
    Book.objects.bulk_create(
        Book(isbn=f"{number}", author_id=number % authors + 1, publisher=publisher, price=5, pages=100)
        for number in range(2 * authors)
    )
    columns = "title, author_id, publisher_id, price, pages, description, is_published, stock"
    with connection.cursor() as cursor:
        for doubling in range(1, doublings + 1):
            cursor.execute(
                f"INSERT INTO library_book (isbn, sales_count, {columns})"
                f" SELECT id + %s, sales_count + %s, {columns} FROM library_book",
                [doubling * 10_000_000, 2**doubling],
            )
    _analyze()
    pairs = [(_seconds(_looped), _seconds(_prefetched)) for _ in range(_ROUNDS)]
    looped, prefetched = (min(times) for times in zip(*pairs, strict=True))
    return prefetched < looped


def _analyze():
    word = "ANALYZE TABLE" if connection.vendor == "mysql" else "ANALYZE"
    with connection.cursor() as cursor:
        cursor.execute(f"{word} {Book._meta.db_table}")


def _looped():
    for author in Author.objects.order_by("pk"):
        list(author.books.order_by("-sales_count", "pk")[:3])


def _prefetched():
    list(Author.objects.order_by("pk").prefetch_related(_prefetch(_BEST[:3])))


def _seconds(do):
    start = perf_counter()
    do()
    return perf_counter() - start


def _book(author, number):
    return Book.objects.create(
        isbn=f"{number}", author=author, publisher=Publisher.objects.order_by("pk")[0], price=5, pages=100
    )
