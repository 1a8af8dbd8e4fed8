from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, prefetch_related_objects
from shop import books_to_order

from library.models import Author, Book, Customer, Review, Sale


def any_iterable(log):
    """`prefetch_related_objects()` takes any iterable of model objects."""
    books = Book.objects.order_by("pk")
    iterables = {
        "a list": list(books),
        "a queryset": books,
        "a page of a `Paginator`": Paginator(books, 5).page(1),
        "the values of `in_bulk()`": books.in_bulk().values(),
        "a generator": (book for book in books),
    }
    return {name: _prefetches(iterable) for name, iterable in iterables.items()}


def a_second_call(log):
    """A second call fetches the same relation again."""
    books = books_to_order()
    prefetch_related_objects(books, "genres")
    return _queries(log, lambda: prefetch_related_objects(books, "genres")) == 1


def another_queryset_later(log):
    """A second call with a `Prefetch` of another queryset gives the objects what that queryset selects."""
    best = Review.objects.filter(rating=5)
    books = list(Book.objects.filter(reviews__rating__lt=5).distinct())
    prefetch_related_objects(books, "reviews")
    prefetch_related_objects(books, Prefetch("reviews", queryset=best))
    under_its_name = {review.rating for book in books for review in book.reviews.all()}
    prefetch_related_objects(books, Prefetch("reviews", queryset=best, to_attr="best_reviews"))
    with_to_attr = {review.rating for book in books for review in book.best_reviews}
    return {"without `to_attr`": under_its_name <= {5}, "with `to_attr`": with_to_attr <= {5}}


def not_for_one_object(log):
    """For a single object, `prefetch_related_objects()` saves no query."""
    authors = Author.objects.annotate(number=Count("books")).order_by("-number", "pk")
    one, same = authors[0], authors[0]
    books = _queries(log, lambda: prefetch_related_objects([one], "books"))
    reviews = _queries(log, lambda: prefetch_related_objects([one], "books__reviews"))
    return {
        "its books": books >= _queries(log, lambda: list(same.books.all())),
        "its books and the reviews of each": books + reviews
        >= _queries(log, lambda: [list(book.reviews.all()) for book in same.books.all()]),
    }


def of_two_models(log):
    """The list may hold objects of two models, if both have a relation of that name."""
    lists = {
        "`book` of sales and reviews": ("book", [*Sale.objects.order_by("pk")[:5], *Review.objects.all()[:5]]),
        "`sales` of books and customers": (
            "sales",
            [*Book.objects.order_by("pk")[:5], *Customer.objects.all()[:5]],
        ),
    }
    return {name: _prefetches(objects, relation) for name, (relation, objects) in lists.items()}


def _prefetches(objects, relation="genres"):
    try:
        prefetch_related_objects(objects, relation)
    except (TypeError, ValueError, StopIteration):
        return False
    return True


def _queries(log, do):
    before = len(log)
    do()
    return len(log) - before
