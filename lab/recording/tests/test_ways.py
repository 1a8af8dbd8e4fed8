import pytest

from lab.recording.causes import in_order, waypoint

ADMIN = """
    from django.contrib import admin
    from django.contrib.auth.models import User
    from django.test import RequestFactory
    from library.models import Book, Sale

    class SaleAdmin(admin.ModelAdmin):
        list_display = ["pk", "book__author__country"]
        list_select_related = ["book"]

    def run():
        request = RequestFactory().get("/")
        request.user = User(is_superuser=True, is_staff=True)
        response = SaleAdmin(Sale, admin.AdminSite()).changelist_view(request)
        response.render()
        return [1]
"""
FORM = """
    from django.forms import modelform_factory
    from django.template import engines
    from library.models import Book

    def run():
        form = modelform_factory(Book, fields=["author"])()
        engines["django"].from_string("{{ form.author }}").render({"form": form})
        return [1]
"""
PAGE = """
    from django.core.paginator import Paginator
    from library.models import Book

    def run():
        page = Paginator(Book.objects.order_by("pk"), 5).page(1)
        return [book.pk for book in page]
"""
SERIALIZER = """
    from rest_framework.serializers import ModelSerializer
    from library.models import Book

    class BookSerializer(ModelSerializer):
        class Meta:
            model = Book
            fields = ["genres"]

    def run():
        BookSerializer(Book.objects.filter(pk__lt=5), many=True).data
        return [1]
"""
OWN = """
    from library.models import Book

    def run():
        return [sorted(Book.objects.all(), key=lambda book: book.author.name)[0].pk]
"""
WAYS = {
    "a form": (
        FORM,
        'FROM "library_author"',
        ["BoundField.as_widget()", "ChoiceWidget.optgroups()", "ModelChoiceIterator"],
    ),
    "the number of pages": (PAGE, "COUNT(", ["Paginator.count"]),
    "the rows of a page": (PAGE, "LIMIT", ["Page"]),
    "a serializer": (
        SERIALIZER,
        '"library_book_genres"',
        ["ListSerializer.data", "ManyRelatedField.to_representation()"],
    ),
    "the admin's count": (ADMIN, "COUNT(", ["ModelAdmin.get_changelist_instance()", "Paginator.count"]),
    "a tag of the admin": (
        ADMIN,
        'FROM "library_country"',
        ["{% result_list %}", "items_for_result()", "lookup_field()"],
    ),
    "nobody but Python and the ORM": (OWN, 'FROM "library_author"', []),
}


@pytest.fixture(autouse=True)
def admin_site(settings):
    """With its addresses, and with static files as they lie, since its pages name some."""
    settings.ROOT_URLCONF = "tests.with_admin"
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.mark.parametrize("code, sql, way", WAYS.values(), ids=WAYS)
def test_way_of_a_query(snippet, code, sql, way):
    report = snippet.record(code)
    assert report.error is None
    told = next(group for group in report.groups if sql in group.sql).way
    assert [name for name in told if name in way] == way
    assert bool(told) == bool(way)


def test_queries_that_came_by_different_ways_are_told_apart(snippet):
    counts = [group.way[-1] for group in snippet.record(ADMIN).groups if "COUNT(" in group.sql]
    assert counts == ["Paginator.count", "ChangeList.get_results()"]


@pytest.mark.parametrize("module", ["debug_toolbar.panels.sql.tracking", "silk.sql", "library.models"])
def test_who_watches_is_not_named(module):
    namespace = {"__name__": module}
    exec("import sys\ndef public():\n    return sys._getframe()", namespace)
    assert waypoint(namespace["public"]()) == ("public()" if module == "library.models" else "")


def test_of_one_class_the_last_is_named():
    calls = ("Paginator.count", "Paginator.page()", "BaseListView.get()")
    assert in_order(calls) == ("BaseListView.get()", "Paginator.count")
