from library.models import Book


def count_reads_the_whole_set(log):
    """`count() > 0` makes the database count all matching rows, only to answer yes or no."""
    loaded = Book.objects.filter(is_published=True)
    list(loaded)
    return {
        "the queryset is not loaded": _counts_all(log, Book.objects.filter(is_published=True)),
        "the rows are loaded already": _counts_all(log, loaded),
        "nothing can match, as in `pk__in=[]`": _counts_all(log, Book.objects.filter(pk__in=[])),
    }


def one_record_is_read(log):
    """With `exists()`, the database looks at one row only."""
    Book.objects.filter(is_published=True).exists()
    hit = log[-1]
    unpriced = Book.objects.filter(price=0)
    unpriced.exists()
    miss = log[-1]
    return {
        "the query has LIMIT 1": "LIMIT 1" in hit.sql and "LIMIT 1" in miss.sql,
        "if a row matches, the database can stop there": hit.rows == 1,
        "if no row matches, and without an index, it can stop early": miss.rows == 1
        or not _reads_the_table(unpriced),
    }


def it_counts_in_the_database(log):
    """`Book.objects.filter(…).exists()` runs a COUNT query in the database."""
    Book.objects.filter(is_published=True).exists()
    return "COUNT" in log[-1].sql


def exists_for_every_check(log):
    """To check for rows, `exists()` is cheaper than `if queryset`."""
    return {
        "you need only the answer": _cost(log, _exists) < _cost(log, bool),
        "you use the rows afterwards": _cost(log, _exists, list) < _cost(log, bool, list),
        "the rows are loaded already": _cost(log, list, _exists) < _cost(log, list, bool),
    }


def more_than_five(log):
    """`exists()` only tells whether there is a row. For "more than five" you have to count."""
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
