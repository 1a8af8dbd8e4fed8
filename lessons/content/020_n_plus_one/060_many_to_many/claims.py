from library.models import Book


def prefetch_avoids_the_product(log):
    """Prefetching genres and reviews fetches fewer rows than joining them."""
    list(Book.objects.values_list("pk", "genres__name", "reviews__rating", "sales__quantity"))
    joined = log[0].rows
    list(Book.objects.prefetch_related("genres", "reviews", "sales"))
    prefetched = sum(query.rows for query in log[1:])
    return prefetched < joined


def shared_rows_are_shared_objects(log):
    """Books of one genre share one `Genre` object after a prefetch."""
    genres = [genre for book in Book.objects.prefetch_related("genres") for genre in book.genres.all()]
    return len({id(genre) for genre in genres}) == len(set(genres))
