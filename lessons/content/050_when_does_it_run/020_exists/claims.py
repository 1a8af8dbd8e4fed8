from library.models import Book


def count_reads_the_whole_set(log):
    """`count() > 0` counts the whole set to answer yes or no; `exists()` is faster."""
    loaded = Book.objects.filter(is_published=True)
    list(loaded)
    return {
        "where there are rows to count": _counts_all(log, Book.objects.filter(is_published=True)),
        "over rows that are loaded": _counts_all(log, loaded),
        "where nothing can match, as in `pk__in=[]`": _counts_all(log, Book.objects.filter(pk__in=[])),
    }


def one_record_is_read(log):
    """`exists()` checks only one record, which makes it the fastest way to ask."""
    Book.objects.filter(is_published=True).exists()
    hit = log[-1]
    unpriced = Book.objects.filter(price=0)
    unpriced.exists()
    miss = log[-1]
    return {
        "it asks for one row": "LIMIT 1" in hit.sql and "LIMIT 1" in miss.sql,
        "a match: it can stop there": hit.rows == 1,
        "no match, and no index to tell: it can stop anywhere": miss.rows == 1 or not _reads_the_table(unpriced),
    }


def it_counts_in_the_database(log):
    """`Book.objects.filter(…).exists()` runs a COUNT query in the database."""
    Book.objects.filter(is_published=True).exists()
    return "COUNT" in log[-1].sql


def exists_for_every_check(log):
    """Check with `exists()`, not by evaluating the queryset."""
    return {
        "only the answer is wanted": _cost(log, _exists) < _cost(log, bool),
        "the rows are printed afterwards": _cost(log, _exists, list) < _cost(log, bool, list),
        "the rows have been printed before": _cost(log, list, _exists) < _cost(log, list, bool),
    }


def more_than_five(log):
    """`exists()` can tell whether there is one; for "more than five" you have to count."""
    there_are = Book.objects.order_by("pk")[5:].exists()
    return there_are != (Book.objects.count() > 5) or "COUNT" in log[0].sql


def _counts_all(log, books):
    before = len(log)
    books.count()
    return any("COUNT(*)" in query.sql and "LIMIT" not in query.sql for query in list(log)[before:])


def _reads_the_table(books):
    """Whether the plan walks all rows: in the words of SQLite, PostgreSQL and MariaDB."""
    plan = books.explain()
    return any(words in plan for words in ("SCAN library_book", "Seq Scan on library_book", "library_book ALL"))


def _exists(books):
    return books.exists()


def _cost(log, *uses):
    """Queries, and the rows they fetched."""
    books, before = Book.objects.filter(is_published=True), len(log)
    for use in uses:
        use(books)
    return len(log) - before, sum(query.rows for query in list(log)[before:])
