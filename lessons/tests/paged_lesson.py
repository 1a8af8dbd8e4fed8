"""A lesson whose curve is over the page of a list of books, ten a page."""

NAIVE = """\
from django.core.paginator import Paginator

from library.models import Book


def run(page=1):
    shown = Paginator(Book.objects.order_by("pk"), 10).get_page(page)
    return [(book.pk, book.title) for book in shown]
"""
OPTIMIZED = """\
from library.models import Book


def run(page=1):
    after = Book.objects.filter(pk__gt=10 * page - 10).order_by("pk")
    return [(book.pk, book.title) for book in after[:10]]
"""
COUNTS = ("10 = 11\n100 = 101\n1000 = 1001\n", "10 = 2\n100 = 2\n1000 = 2\n")


def write(course):
    """Make the lesson of the course one of pages."""
    course.write("naive.py", NAIVE)
    course.write("optimized.py", OPTIMIZED)
    course.change("lesson.toml", *COUNTS)
    course.add("lesson.toml", '\n[curve]\nover = "page"\n')
