from django.db.models import Count, Prefetch

from library.models import Author, Book


def the_prefetch_answers(log):
    """Once an author's books are prefetched, `author.books` answers everything without a query."""
    books = _author("books").books
    ordered = _author(Prefetch("books", queryset=Book.objects.order_by("pk"))).books
    book = books.all()[0]
    questions = {
        "a loop over `.all()`": lambda: list(books.all()),
        "`len()` of `.all()`": lambda: len(books.all()),
        "a slice of `.all()`": lambda: books.all()[:1],
        "`.count()`": lambda: books.count(),
        "`.exists()`": lambda: books.exists(),
        "`.contains()`": lambda: books.contains(book),
        "a loop over `.all().all()`": lambda: list(books.all().all()),
        "`.filter()`": lambda: list(books.filter(is_published=True)),
        "`.exclude()`": lambda: list(books.exclude(is_published=True)),
        "`.order_by()`": lambda: list(books.order_by("pk")),
        "`.get()`": lambda: books.get(pk=book.pk),
        "`.first()`": lambda: books.first(),
        "`.first()`, where the prefetch is ordered": lambda: ordered.first(),
        "`.last()`, where the prefetch is ordered": lambda: ordered.last(),
        "`.values_list()`": lambda: list(books.values_list("title")),
        "`.aggregate()`": lambda: books.aggregate(Count("pk")),
        "`.iterator()`": lambda: list(books.iterator()),
        "`.in_bulk()`": lambda: books.in_bulk(),
    }
    return {question: _queries(log, ask) == 0 for question, ask in questions.items()}


def no_unfiltered_query(log):
    """With `Prefetch(queryset=…, to_attr=…)` for published books no draft is fetched by accident."""
    draft = Book.objects.filter(is_published=False).order_by("pk")[0]
    author = _author(_published(to_attr="published_books"), pk=draft.author_id)
    return {
        "the list that `to_attr` names holds no draft": draft not in author.published_books,
        "`author.books.all()` gives no draft": draft not in author.books.all(),
    }


def only_all_is_replaced(log):
    """Without `to_attr` only `author.books.all()` is filtered; `author.books.filter()` still finds the drafts."""
    draft = Book.objects.filter(is_published=False).order_by("pk")[0]
    author = _author(_published(), pk=draft.author_id)
    return author.books.filter(pk=draft.pk).exists()


def _author(prefetch, **conditions):
    authors = Author.objects.filter(books__isnull=False, **conditions)
    return authors.prefetch_related(prefetch).order_by("pk").first()


def _published(**options):
    return Prefetch("books", queryset=Book.objects.filter(is_published=True), **options)


def _queries(log, ask):
    before = len(log)
    ask()
    return len(log) - before
