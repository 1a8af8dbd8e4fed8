from django.contrib.auth.mixins import UserPassesTestMixin
from django.test import RequestFactory
from django.utils.functional import cached_property
from django.views.generic import DetailView, ListView

from library.models import Book

PAGE = 5


class BookList(ListView):
    queryset = Book.objects.order_by("pk")


class PagedBookList(BookList):
    paginate_by = PAGE


def names_run_it_again(log):
    """If a template loops over `object_list` and over `book_list`, the query runs twice."""
    context = _open(BookList)
    before = len(log)
    list(context["object_list"])
    list(context["book_list"])
    return len(log) - before == 2


def the_context_has_the_attribute(log):
    """`object_list` in the context is the same queryset as `self.object_list`."""
    context, paged = _open(BookList), _open(PagedBookList)
    return {
        "without `paginate_by`": context["object_list"] is context["view"].object_list,
        "with `paginate_by`": paged["object_list"] is paged["view"].object_list,
    }


def a_page_fetches_a_page(log):
    """With `paginate_by`, a ListView fetches the rows of one page."""

    class Total(PagedBookList):
        def get_context_data(self, **kwargs):
            copies = sum(book.stock for book in self.object_list)
            return super().get_context_data(copies=copies, **kwargs)

    class Found(PagedBookList):
        allow_empty = False

    return {
        "as it is": _fetched(log, PagedBookList) == PAGE + 1,  # and the row of the COUNT
        "`allow_empty = False`": _fetched(log, Found) == PAGE + 2,  # and that of EXISTS
        "`get_context_data()` adds up `self.object_list`": _fetched(log, Total) <= PAGE + 1,
    }


def get_object_is_fetched_once(log):
    """A DetailView keeps its object, so you can call `get_object()` as often as you like."""

    class BookDetail(DetailView):
        model = Book

    class Attribute(BookDetail):
        def get_context_data(self, **kwargs):
            return super().get_context_data(title=self.object.title, **kwargs)

    class Again(BookDetail):
        def get_context_data(self, **kwargs):
            return super().get_context_data(title=self.get_object().title, **kwargs)

    class Permitted(UserPassesTestMixin, BookDetail):
        def test_func(self):
            return self.get_object().stock >= 0

    class Kept(Permitted):
        def get_object(self, queryset=None):
            return self.kept

        @cached_property
        def kept(self):
            return super().get_object()

    return {
        "`get_context_data()` reads `self.object`": _detail(log, Attribute) == 1,
        "`get_context_data()` calls `get_object()`": _detail(log, Again) == 1,
        "`test_func()` calls `get_object()`": _detail(log, Permitted) == 1,
        "`get_object()` returns a `cached_property`": _detail(log, Kept) == 1,
    }


def requests_share_the_rows(log):
    """A `queryset` on the view class is evaluated once, and later requests get old rows."""

    class Returned(ListView):
        queryset = Book.objects.order_by("pk")

        def get_queryset(self):
            return self.queryset

    return {
        "as it is": _requests(log, BookList) == 1,
        "`get_queryset()` returns `self.queryset`": _requests(log, Returned) == 1,
    }


def _open(view, **arguments):
    """The context of a request."""
    return view.as_view()(RequestFactory().get("/"), **arguments).context_data


def _fetched(log, view):
    """The rows that a request and its template fetch."""
    before = len(log)
    list(_open(view)["object_list"])
    return sum(query.rows for query in log[before:])


def _detail(log, view):
    before = len(log)
    _open(view, pk=1)
    return len(log) - before


def _requests(log, view):
    """The queries of two requests."""
    before = len(log)
    for _ in range(2):
        list(_open(view)["object_list"])
    return len(log) - before
