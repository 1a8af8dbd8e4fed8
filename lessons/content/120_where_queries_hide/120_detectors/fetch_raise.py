from django.core.exceptions import FieldFetchBlocked
from setup import StrictBook
from views import PAGES


def check(page):
    """Give the page one book, from a manager that blocks hidden queries."""
    try:
        page(StrictBook.objects.order_by("pk")[:1])
    except FieldFetchBlocked:
        return "fails"
    return "passes"


def run():
    for page in PAGES:
        yield page.__name__, check(page)
