from library.models import Book


def prefetch_fetches_fewer_rows(log):
    """Prefetching relations to many fetches fewer rows than joining them, because a join repeats the book."""
    return {
        "genres": _prefetched(log, "genres") < _joined(log, "genres"),
        "genres and reviews": _prefetched(log, "genres", "reviews") < _joined(log, "genres", "reviews"),
        "reviews and sales": _prefetched(log, "reviews", "sales") < _joined(log, "reviews", "sales"),
    }


def shared_rows_are_shared_objects(log):
    """After `prefetch_related("genres")` all books of one genre share one `Genre` object."""
    genres = [genre for book in Book.objects.prefetch_related("genres") for genre in book.genres.all()]
    return len({id(genre) for genre in genres}) == len(set(genres))


def _prefetched(log, *relations):
    return _rows(log, Book.objects.prefetch_related(*relations))


def _joined(log, *relations):
    return _rows(log, Book.objects.values_list("title", *(f"{relation}__pk" for relation in relations)))


def _rows(log, queryset):
    before = len(log)
    list(queryset)
    return sum(query.rows for query in log[before:])
