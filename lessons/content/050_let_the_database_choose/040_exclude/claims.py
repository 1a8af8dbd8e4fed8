from datetime import date

from django.db.models import Count, F
from django.db.models.functions import ExtractYear

from library.models import Author, Book


def filter_and_exclude_make_the_whole(log):
    """With the same conditions, `filter()` and `exclude()` together return every row exactly once."""
    day, author = date(2018, 1, 1), Author.objects.get(pk=4)
    dated = Book.objects.annotate(day=F("published_on"))
    first, second = _two_books_of_one_author()
    of_two_books = {"books__title": first.title, "books__isbn": second.isbn}
    return {
        "a column": _is_the_whole(Book.objects, is_published=True),
        "a column that may be null": _is_the_whole(Book.objects, published_on__lt=day),
        "a foreign key that may be null": _is_the_whole(Book.objects, editor=author),
        "a path over a foreign key that may be null": _is_the_whole(Book.objects, editor__country=1),
        "on the right side, a plain `F()` that may be null": _is_the_whole(Book.objects, pages__gt=F("editor")),
        "on the right side, arithmetic with an `F()` that may be null": _is_the_whole(
            Book.objects, stock__gt=F("editor") * 2
        ),
        "on the right side, an `F()` across a foreign key that may be null": _is_the_whole(
            Book.objects, pages__gt=F("editor__country")
        ),
        "on the right side, a function of a column that may be null": _is_the_whole(
            Book.objects, stock__lt=ExtractYear("published_on")
        ),
        "two conditions on one row": _is_the_whole(Book.objects, is_published=True, pages__gte=300),
        "one condition on a to-many relation": _is_the_whole(Author.objects, books__pages__gte=300),
        "an annotation that may be null": _is_the_whole(dated, day__lt=day),
        "two conditions on a to-many relation": _is_the_whole(Author.objects, **of_two_books),
    }


def a_subquery_is_a_list(log):
    """`exclude(pk__in=…)` leaves out the same rows for a queryset of keys as for a list of them."""
    editors = Book.objects.values_list("editor", flat=True)
    nobody = set(Author.objects.filter(edited_books=None))
    return {
        "a list with a `None` in it": set(Author.objects.exclude(pk__in=list(editors))) == nobody,
        "a queryset with a null in it": set(Author.objects.exclude(pk__in=editors)) == nobody,
        "a queryset without a null": set(Author.objects.exclude(pk__in=editors.filter(editor__isnull=False)))
        == nobody,
    }


def nulls_are_lost(log):
    """`exclude(editor=…)` also leaves out the books without an editor, as `NOT (editor_id = …)` does in SQL."""
    return not Book.objects.exclude(editor=Author.objects.get(pk=4)).filter(editor=None).exists()


def _is_the_whole(rows, **conditions):
    chosen, left = set(rows.filter(**conditions)), set(rows.exclude(**conditions))
    return not chosen & left and chosen | left == set(rows.all())


def _two_books_of_one_author():
    prolific = Author.objects.annotate(number=Count("books")).order_by("-number", "pk")[0]
    return prolific.books.order_by("pk")[:2]
