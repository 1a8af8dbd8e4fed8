from setup import Rating, RatingMixed, RatingStarsAlone


def descending_order_wants_a_descending_index(log):
    """`order_by("-stars")` needs an index on `-stars`: with one on `stars` the database must sort."""
    return _must_sort(Rating, "-stars")


def direction_matters(log):
    """An index whose columns do not have the directions of `order_by()` does not help: the database must sort."""
    return {
        'an index on `stars, id`, for `order_by("-stars", "-pk")`': _must_sort(Rating, "-stars", "-pk"),
        'an index on `-stars, id`, for `order_by("stars", "-pk")`': _must_sort(RatingMixed, "stars", "-pk"),
        'an index on `stars, id`, for `order_by("-stars", "pk")`': _must_sort(Rating, "-stars", "pk"),
        'an index on `-stars, id`, for `order_by("-stars", "-pk")`': _must_sort(RatingMixed, "-stars", "-pk"),
    }


def a_tie_is_broken_by_its_own_column(log):
    """For `order_by("-stars", "pk")` the index must name the primary key: otherwise the database must sort."""
    return _must_sort(RatingStarsAlone, "-stars", "pk")


def _must_sort(model, *order):
    """In the words of SQLite, PostgreSQL and MariaDB."""
    plan = model.objects.order_by(*order).values("stars", "pk")[:10].explain()
    return any(words in plan for words in ("TEMP B-TREE", "Sort", "filesort"))
