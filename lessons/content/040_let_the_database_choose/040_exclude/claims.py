from datetime import date

from django.db.models import Count, F

from library.models import Author, Book


def filter_and_exclude_make_the_whole(log):
    """What `filter()` leaves out, `exclude()` gives: together they are all rows, and none is in both."""
    day, author = date(2018, 1, 1), Author.objects.get(pk=4)
    dated = Book.objects.annotate(day=F("published_on"))
    first, second = _two_books_of_one_author()
    of_two_books = {"books__title": first.title, "books__isbn": second.isbn}
    return {
        "a column": _is_the_whole(Book.objects, is_published=True),
        "a column that may be null": _is_the_whole(Book.objects, published_on__lt=day),
        "a foreign key that may be null": _is_the_whole(Book.objects, editor=author),
        "a path over a key that may be null": _is_the_whole(Book.objects, editor__country=1),
        "two conditions on one row": _is_the_whole(Book.objects, is_published=True, pages__gte=300),
        "one condition, toward many": _is_the_whole(Author.objects, books__pages__gte=300),
        "an annotation that may be null": _is_the_whole(dated, day__lt=day),
        "two conditions, toward many": _is_the_whole(Author.objects, **of_two_books),
    }


def a_subquery_is_a_list(log):
    """`exclude(pk__in=…)` takes a queryset as well as a list, and leaves out what is in it."""
    editors = Book.objects.values_list("editor", flat=True)
    nobody = set(Author.objects.filter(edited_books=None))
    return {
        "a list with a `None` in it": set(Author.objects.exclude(pk__in=list(editors))) == nobody,
        "a queryset with a null in it": set(Author.objects.exclude(pk__in=editors)) == nobody,
        "a queryset without": set(Author.objects.exclude(pk__in=editors.filter(editor__isnull=False))) == nobody,
    }


def nulls_are_lost(log):
    """`exclude(editor=…)` leaves out books without an editor too, as `NOT (editor_id = …)` does in SQL."""
    return not Book.objects.exclude(editor=Author.objects.get(pk=4)).filter(editor=None).exists()


def _is_the_whole(rows, **conditions):
    chosen, left = set(rows.filter(**conditions)), set(rows.exclude(**conditions))
    return not chosen & left and chosen | left == set(rows.all())


def _two_books_of_one_author():
    prolific = Author.objects.annotate(number=Count("books")).order_by("-number", "pk")[0]
    return prolific.books.order_by("pk")[:2]
