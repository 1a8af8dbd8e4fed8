from django.db.models import Count, Exists, OuterRef

from library.models import Author, Book


def all_ways_say_not_in(log):
    """This returns the authors who have not edited any book."""
    editors = Book.objects.values("editor")
    named = editors.filter(editor__isnull=False)
    keys = [book.editor_id for book in Book.objects.all()]
    nobody = [author for author in Author.objects.order_by("pk") if author.pk not in keys]
    authors = Author.objects.order_by("pk")
    ways = {
        "`exclude(pk__in=keys)`, a list with `None` in it": authors.exclude(pk__in=keys),
        "`exclude(pk__in=editors)`, the queryset of the same keys": authors.exclude(pk__in=editors),
        "`exclude(pk__in=editors.filter(editor__isnull=False))`": authors.exclude(pk__in=named),
        "`filter(~Exists(…))`": authors.filter(~Exists(Book.objects.filter(editor=OuterRef("pk")))),
        "`filter(edited_books=None)`": authors.filter(edited_books=None),
        "`exclude(edited_books__in=Book.objects.all())`": authors.exclude(edited_books__in=Book.objects.all()),
        "`annotate(n=Count(…)).filter(n=0)`": authors.annotate(n=Count("edited_books")).filter(n=0),
    }
    return {way: list(found) == nobody for way, found in ways.items()}


def it_stays_a_subquery(log):
    """Give a queryset to `__in`, and its keys never come to Python."""
    names = Author.objects.filter(name__startswith="A")
    read = Author.objects.filter(name__startswith="A")
    list(read)
    return {
        "a queryset": _sends_a_subquery(log, names),
        "a queryset that a loop has read before": _sends_a_subquery(log, read),
        '`queryset.values_list("pk")`': _sends_a_subquery(log, names.values_list("pk")),
        "`list(queryset)`": _sends_a_subquery(log, list(names)),
        "`set()` of its keys": _sends_a_subquery(log, set(names.values_list("pk", flat=True))),
    }


def the_wrong_model_is_noticed(log):
    """Django raises an error if the queryset behind `__in` is not of the right model."""
    books = Book.objects.all()
    return {
        "`Book.objects.filter(author__in=…)`, a queryset of books": _raises(
            lambda: Book.objects.filter(author__in=books)
        ),
        "`Author.objects.filter(pk__in=…)`, a queryset of books": _raises(
            lambda: Author.objects.filter(pk__in=books)
        ),
        "`pk__in` with two columns": _raises(
            lambda: Author.objects.filter(pk__in=books.values("author", "editor"))
        ),
    }


def in_asks_for_one_row(log):
    """To see whether a queryset holds an author, Django fetches one row at the most."""
    author = Author.objects.order_by("pk")[0]
    return {
        "`author in Author.objects.all()`": _rows(log, lambda: author in Author.objects.all()) <= 1,
        "`Author.objects.all().contains(author)`": _rows(log, lambda: Author.objects.all().contains(author)) <= 1,
    }


def _sends_a_subquery(log, authors):
    before = len(log)
    list(Book.objects.filter(author__in=authors))
    return len(log) == before + 1 and log[-1].sql.count("SELECT") == 2


def _raises(make):
    try:
        list(make())
    except ValueError:
        return True
    return False


def _rows(log, ask):
    before = len(log)
    ask()
    return sum(query.rows for query in list(log)[before:])
