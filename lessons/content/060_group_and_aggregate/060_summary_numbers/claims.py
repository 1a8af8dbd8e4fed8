from django.core.exceptions import FieldError
from django.db import DatabaseError
from django.db.models import Avg, Count, Max, Min, Sum

from library.models import Book


def one_row_comes_back(log):
    """`aggregate()` runs one query and fetches one row, however many figures and books there are."""
    books = Book.objects.order_by("-price")
    numbers = {"titles": Count("*"), "total": Sum("pages"), "mean": Avg("pages"), "dearest": Max("price")}
    forms = {
        "several figures of all books": books,
        "several figures of a slice": books[:3],
        "several figures of books in two genres or more": books.alias(in_genres=Count("genres")).filter(
            in_genres__gte=2
        ),
    }
    return {form: _is_one_row(log, queryset, numbers) for form, queryset in forms.items()}


def it_sees_what_a_loop_sees(log):
    """`aggregate()` works on the same rows that a loop over the queryset gets."""
    books = Book.objects.all()
    in_genres = books.filter(genres__pk__gt=0)
    forms = {
        "a filter": books.filter(is_published=True),
        "a slice": books.order_by("-price", "pk")[:3],
        "a join that repeats books": in_genres,
        "a join that repeats books, with `distinct()`": in_genres.distinct(),
        "a union of two querysets": in_genres.union(books.all()),
    }
    return {form: _pages(queryset) == sum(book.pages for book in queryset) for form, queryset in forms.items()}


def loaded_books_answer_for_nothing(log):
    """Once a queryset is loaded, its methods answer from memory."""
    books = Book.objects.all()
    len(books)
    questions = {
        "`.count()`": lambda: books.count(),
        "`.exists()`": lambda: books.exists(),
        "`.aggregate()`": lambda: books.aggregate(Sum("pages")),
    }
    return {question: _queries(log, ask) == 0 for question, ask in questions.items()}


def any_name_will_do(log):
    """A figure in `aggregate()` may have any name."""
    forms = {
        "a field's name, for the only figure": {"price": Max("price")},
        "a field's name first, and the field used again": {"price": Max("price"), "cheapest": Min("price")},
        "a field's name last": {"cheapest": Min("price"), "price": Max("price")},
    }
    return {form: _is_answered(numbers) for form, numbers in forms.items()}


def _is_one_row(log, queryset, numbers):
    before = len(log)
    queryset.aggregate(**numbers)
    return len(log) - before == 1 and log[-1].rows == 1


def _pages(queryset):
    try:
        return queryset.aggregate(pages=Sum("pages"))["pages"]
    except DatabaseError as error:
        return error


def _queries(log, ask):
    before = len(log)
    ask()
    return len(log) - before


def _is_answered(numbers):
    try:
        return len(Book.objects.aggregate(**numbers)) == len(numbers)
    except FieldError:
        return False
