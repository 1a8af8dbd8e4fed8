import textwrap

import pytest
from django.contrib.contenttypes.models import ContentType

from lab.recording.places import StackPlaces
from lab.running.loading import load
from lab.running.runner import record
from lab.running.setup import load_setup

CAUSES = {
    "Book.objects.count()": "count()",
    "Book.objects.first()": "first()",
    "Book.objects.exists()": "exists()",
    "Book.objects.get(pk=1)": "get()",
    "Book.objects.in_bulk([1, 2])": "in_bulk()",
    "Book.objects.aggregate(n=Count('pk'))": "aggregate()",
    "list(Book.objects.all())": "iteration",
    "list(Book.objects.iterator())": "iterator()",
    "list(Book.objects.raw('SELECT * FROM library_book'))": "raw()",
    "book.author": "foreign key access",
    "author.profile": "one-to-one access",
    "profile.author": "one-to-one access",
    "list(author.books.all())": "related manager",
    "list(book.genres.all())": "related manager",
    "author.books.count()": "count()",
    "thin.pages": "deferred field",
    "book.refresh_from_db()": "refresh_from_db()",
    "cursor.execute('SELECT 1')": "cursor",
}


@pytest.mark.parametrize("expression", CAUSES)
def test_cause_of_reading(snippet, expression):
    report = snippet.record(f"""
        from django.db import connection
        from django.db.models import Count
        from library.models import Author, Book, Profile

        def run():
            book = Book.objects.get(pk=1)
            thin = Book.objects.only("title").get(pk=1)
            author = Author.objects.get(pk=1)
            profile = Profile.objects.get(pk=1)
            cursor = connection.cursor()
            {expression}
            return [1]
    """)
    assert report.error is None
    assert report.groups[4].cause == CAUSES[expression]


def test_cause_prefetch_and_deferred_field_within_it(snippet):
    report = snippet.record("""
        from django.db.models import Prefetch
        from library.models import Author, Book

        def run():
            authors = Author.objects.prefetch_related(Prefetch("books", Book.objects.only("title")))
            return [author.name for author in authors]
    """)
    assert [(group.cause, group.count) for group in report.groups] == [
        ("iteration", 1),
        ("prefetch_related", 1),
        ("deferred field", 10),
    ]


WRITES = {
    "Genre.objects.create(name='Maps')": "create()",
    "Genre.objects.get_or_create(name='Maps')": "get_or_create()",
    "Genre.objects.bulk_create([Genre(name='Maps')])": "bulk_create()",
    "Genre(name='Maps').save()": "save()",
    "Genre.objects.update(name=F('name'))": "update()",
    "Genre.objects.filter(pk=1).delete()": "delete()",
    "Book.objects.get(pk=1).genres.add(5)": "add()",
}


@pytest.mark.parametrize("expression", WRITES)
def test_cause_of_writing(snippet, expression):
    report = snippet.record(
        f"""
        from django.db.models import F
        from library.models import Book, Genre

        def run():
            {expression}
            return [1]
        """,
        access="write",
    )
    assert report.error is None
    causes = {group.cause for group in report.groups if group.is_query}
    assert causes - {"get()"} == {WRITES[expression]}


TAGS = textwrap.dedent("""
    from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection, models
    from library.models import Book

    class Tag(models.Model):
        name = models.CharField(max_length=9)
        kind = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
        key = models.IntegerField()
        of = GenericForeignKey("kind", "key")

    class Item(models.Model):
        name = models.CharField(max_length=9)
        tags = GenericRelation(Tag, "key", "kind")

    class Thing(Item):
        weight = models.IntegerField(default=1)

    def setup():
        if "django_content_type" not in connection.introspection.table_names():
            with connection.schema_editor() as editor:
                editor.create_model(ContentType)
        for pk in (1, 2):
            thing = Thing.objects.create(name="thing")
            thing.tags.create(name="tag")
        Tag.objects.create(name="of a book", kind=ContentType.objects.get_for_model(Book), key=1)
""")
RELATIONS = {
    "book_tag.of": {"generic foreign key access"},
    "[each.of for each in Tag.objects.filter(key=1, name='of a book').prefetch_related('of')]": {
        "iteration",
        "prefetch_related",
    },
    "item.tags.set([tag])": {"set()"},
    "item.tags.set([], clear=True)": {"set()"},
    "item.tags.add(tag, bulk=False)": {"add()"},
    "item.tags.remove(tag)": {"remove()"},
    "item.tags.remove(tag, bulk=False)": {"remove()"},
    "item.tags.clear()": {"clear()"},
    "item.tags.create(name='new')": {"create()"},
    "item.tags.get_or_create(name='new')": {"get_or_create()"},
    "item.tags.count()": {"count()"},
    "Thing.objects.get(pk=1).delete()": {"get()", "delete()"},
    "Thing.objects.only('weight').get(pk=1).delete()": {"get()", "delete()"},
    "Thing.objects.only('weight').delete()": {"delete()"},
    "thing.item_ptr": {"one-to-one access"},
    "item.thing": {"one-to-one access"},
    "ContentType.objects.clear_cache(); ContentType.objects.get_for_model(Tag)": {"get_for_model()"},
    "ContentType.objects.clear_cache(); ContentType.objects.get_for_id(1)": {"get_for_id()"},
}


@pytest.fixture
def content_types():
    """The cache of the process is as it was."""
    caches = ContentType.objects._cache
    ContentType.objects._cache = {}
    yield
    ContentType.objects._cache = caches


@pytest.mark.parametrize("expression", RELATIONS)
def test_cause_of_generic_and_inherited_relations(shelf, tmp_path, content_types, expression):
    setup = load_setup(TAGS, str(tmp_path / "setup.py"))
    source = f"""
from setup import *

def run():
    tag = Tag.objects.order_by("pk").first()
    book_tag = Tag.objects.order_by("pk").last()
    item = Item.objects.order_by("pk").first()
    thing = Thing.objects.only("weight").first()
    ContentType.objects.get_for_model(Item)
    {expression}
    return [1]
"""
    run = load(source, str(tmp_path / "naive.py"), modules={"setup": setup.module})["run"]
    report = record(run, shelf=shelf, places=StackPlaces(tmp_path), access="write", prepare=setup.prepare)
    assert report.error is None
    line = source.splitlines().index(f"    {expression}") + 1
    assert {g.cause for g in report.groups if g.is_query and g.place.line == line} == RELATIONS[expression]
