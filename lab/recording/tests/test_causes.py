import pytest

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
