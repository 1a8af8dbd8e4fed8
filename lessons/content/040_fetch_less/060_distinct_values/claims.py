from django.db.models import Count

from library.models import Author, Book


def every_name_once(log):
    """`values("author__name").distinct()` gives every name once."""
    names = Book.objects.values_list("author__name", flat=True).distinct()
    orders = {
        "without an order": names,
        "ordered by another column": names.order_by("pk"),
        "ordered by the name itself": names.order_by("author__name"),
        "ordered, and the order cleared": names.order_by("pk").order_by(),
    }
    return {order: _is_unique(list(queryset)) for order, queryset in orders.items()}


def what_is_ordered_is_selected(log):
    """Every query of a distinct queryset also selects the column that orders it."""
    names = Book.objects.order_by("isbn").values_list("author__name", flat=True).distinct()
    questions = {
        "a loop": lambda: list(names.all()),
        "a slice": lambda: list(names[:3]),
        "`.count()`": lambda: names.count(),
        "`.exists()`": lambda: names.exists(),
        "`.aggregate()`": lambda: names.aggregate(Count("author__name")),
        "`__in`": lambda: list(Author.objects.filter(name__in=names)),
    }
    return {question: _mentions(log, ask, "isbn") for question, ask in questions.items()}


def count_is_the_length(log):
    """`.count()` of a distinct queryset is the number of rows that a loop over it sees."""
    names = Book.objects.values_list("author__name", flat=True).distinct()
    return {
        "without an order": names.count() == len(names),
        "ordered by another column": names.order_by("pk").count() == len(names.order_by("pk")),
    }


def authors_who_have_published(log):
    """`Book.objects.values("author__name").distinct()` lists the authors who have published books."""
    books = Book.objects.all()
    return {
        "as it stands": _authors(books) == _who_have_published(),
        "with `filter(is_published=True)`": _authors(books.filter(is_published=True)) == _who_have_published(),
    }


def _is_unique(values):
    return len(values) == len(set(values))


def _mentions(log, ask, column):
    ask()
    return column in log[-1].sql


def _authors(books):
    return set(books.values_list("author__name", flat=True).distinct())


def _who_have_published():
    authors = Author.objects.prefetch_related("books")
    return {author.name for author in authors if any(book.is_published for book in author.books.all())}
