from django.core.exceptions import FieldError
from django.db import DatabaseError
from django.db.models import Avg, Count, Max, Min, Sum

from library.models import Book


def one_row_comes_back(log):
    """`aggregate()` works in the database: one query and one row, however many numbers and books."""
    books = Book.objects.order_by("-price")
    numbers = {"titles": Count("*"), "total": Sum("pages"), "mean": Avg("pages"), "dearest": Max("price")}
    forms = {
        "several numbers of all books": books,
        "of the first three of an order": books[:3],
        "of books in two genres or more": books.alias(in_genres=Count("genres")).filter(in_genres__gte=2),
    }
    return {form: _is_one_row(log, queryset, numbers) for form, queryset in forms.items()}


def it_sees_what_a_loop_sees(log):
    """`aggregate()` works on the rows that the queryset would give to a loop."""
    books = Book.objects.all()
    in_genres = books.filter(genres__pk__gt=0)
    forms = {
        "filtered": books.filter(is_published=True),
        "the first three of an order": books.order_by("-price", "pk")[:3],
        "joined to genres, a book once for each": in_genres,
        "joined to genres, and distinct": in_genres.distinct(),
        "a union of the two": in_genres.union(books.all()),
    }
    return {form: _pages(queryset) == sum(book.pages for book in queryset) for form, queryset in forms.items()}


def loaded_books_answer_for_nothing(log):
    """Once a queryset is loaded, its summary comes from memory."""
    books = Book.objects.all()
    len(books)
    questions = {
        "`.count()`": lambda: books.count(),
        "`.exists()`": lambda: books.exists(),
        "`.aggregate()`": lambda: books.aggregate(Sum("pages")),
    }
    return {question: _queries(log, ask) == 0 for question, ask in questions.items()}


def any_name_will_do(log):
    """What you call a number in `aggregate()` is up to you."""
    forms = {
        "the field's own name, and no other number": {"price": Max("price")},
        "the field's own name first, the field used again": {"price": Max("price"), "cheapest": Min("price")},
        "the field's own name last": {"cheapest": Min("price"), "price": Max("price")},
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
