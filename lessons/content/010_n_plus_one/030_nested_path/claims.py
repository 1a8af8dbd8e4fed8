from library.models import Book


def one_query_with_joins(log):
    """`select_related()` fetches books, authors and countries in one query with joins."""
    for book in Book.objects.select_related("author__country"):
        book.author.country
    return len(log) == 1 and log[0].sql.count(" JOIN ") == 2


def every_step_must_be_named(log):
    """To fetch the author's country you must write `select_related("author", "author__country")`."""
    for book in Book.objects.select_related("author__country"):
        book.author
    return len(log) > 1
