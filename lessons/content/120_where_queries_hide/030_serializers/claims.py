import io

from django.core import serializers as core
from django.core.management import call_command
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.test import APIRequestFactory

from library.models import Author, Book, Genre


class AuthorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Author
        fields = ["name"]


def relations_ask(log):
    """A field for a relation runs a query for each object."""
    author, genres = Author.objects.all(), Genre.objects.all()
    Book.writer = property(lambda book: book.author.name)
    return {
        "a nested serializer": _asks(log, author=AuthorSerializer()),
        '`CharField(source="author.name")`': _asks(log, author=serializers.CharField(source="author.name")),
        "a property as `source`": _asks(log, author=serializers.CharField(source="writer")),
        "`StringRelatedField`": _asks(log, author=serializers.StringRelatedField()),
        "`PrimaryKeyRelatedField`": _asks(log, author=serializers.PrimaryKeyRelatedField(queryset=author)),
        "`PrimaryKeyRelatedField(many=True)`": _asks(
            log, genres=serializers.PrimaryKeyRelatedField(queryset=genres, many=True)
        ),
    }


def a_method_uses_the_prefetch(log):
    """If the view prefetches the genres, a method of the serializer runs no query for them."""
    return {
        "`book.genres.all()`": not _method_asks(log, lambda book: list(book.genres.all())),
        "`book.genres.count()`": not _method_asks(log, lambda book: book.genres.count()),
        "`book.genres.exists()`": not _method_asks(log, lambda book: book.genres.exists()),
        "`book.genres.first()`": not _method_asks(log, lambda book: book.genres.first()),
        '`book.genres.filter(name="Poetry")`': not _method_asks(
            log, lambda book: list(book.genres.filter(name="Poetry"))
        ),
        '`book.genres.order_by("name")`': not _method_asks(log, lambda book: list(book.genres.order_by("name"))),
        '`book.genres.values_list("name")`': not _method_asks(
            log, lambda book: list(book.genres.values_list("name"))
        ),
    }


def a_serializer_prefetches(log):
    """A ModelSerializer knows its relations, so `depth = 1` fetches them with the list."""

    class Serializer(serializers.ModelSerializer):
        class Meta:
            model = Book
            fields = ["author"]
            depth = 1

    books = Book.objects.order_by("pk")
    before = len(log)
    Serializer(books, many=True).data
    return len(log) - before == 1


def requests_share_the_rows(log):
    """A `queryset` on the view class is evaluated once, and later requests get old rows."""

    class BookList(ListAPIView):
        queryset = Book.objects.order_by("pk")
        serializer_class = _serializer(title=serializers.CharField())

    class Returned(BookList):
        queryset = Book.objects.order_by("pk")

        def get_queryset(self):
            return self.queryset

    return {
        "as it is": _requests(log, BookList) == 1,
        "`get_queryset()` returns `self.queryset`": _requests(log, Returned) == 1,
    }


def core_runs_one_query(log):
    """Django's own `serializers.serialize()` writes the keys of related rows, so it runs one query."""
    books = Book.objects.order_by("pk")
    Author.natural_key = lambda author: (author.email,)
    return {
        "foreign keys": _core(log, books, fields=["title", "author"]) == 1,
        "natural foreign keys": _core(log, books, fields=["author"], use_natural_foreign_keys=True) == 1,
        "a many-to-many relation": _core(log, books) == 1,
        "a many-to-many relation, prefetched": _core(log, books.prefetch_related("genres")) == 2,
        "`dumpdata`": _dump(log) == 1,
    }


def _serializer(**fields):
    """A serializer of books with these fields."""
    meta = type("Meta", (), {"model": Book, "fields": list(fields)})
    return type("BookSerializer", (serializers.ModelSerializer,), {**fields, "Meta": meta})


def _asks(log, **fields):
    before = len(log)
    _serializer(**fields)(Book.objects.order_by("pk"), many=True).data
    return len(log) - before > 1


def _method_asks(log, read):
    class Serializer(serializers.Serializer):
        genres = serializers.SerializerMethodField()

        def get_genres(self, book):
            return bool(read(book))

    before = len(log)
    Serializer(Book.objects.prefetch_related("genres"), many=True).data
    return len(log) - before > 2


def _requests(log, view):
    """The queries of two requests."""
    before = len(log)
    try:
        for _ in range(2):
            view.as_view()(APIRequestFactory().get("/"))
    except RuntimeError:  # Django REST framework refuses to keep the rows
        return 0
    return len(log) - before


def _core(log, books, **options):
    before = len(log)
    core.serialize("json", books.all(), **options)
    return len(log) - before


def _dump(log):
    before = len(log)
    call_command("dumpdata", "library.book", stdout=io.StringIO())
    return len(log) - before
