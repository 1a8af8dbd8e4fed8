from django.template.loader import render_to_string
from django.utils.functional import cached_property

from library.models import Book


class Window:
    @cached_property
    def books(self):
        return Book.objects.filter(is_published=False).order_by("pk")


def run():
    return render_to_string("window.html", {"window": Window()})
