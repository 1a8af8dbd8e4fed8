import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F

from library import seeding
from library.factories import BookFactory
from library.models import Author, Book, Country, Customer, Genre, Profile, Publisher, Review, Sale, Wallet

# By number of books. The same on every engine, Python and Django; another one makes every shelf stale.
DIGESTS = {
    10: "6f36a26f245da2f9a4a5ff3d3552540ccb28cf5b186cf0f89184e439db25d547",
    100: "0cfcc6a5af3473472c23f21891d8f525c1570e453d73bb84918cf222bafedd50",
}


def _counts(connection):
    with connection.cursor() as cursor:
        return {
            model: cursor.execute(f"SELECT COUNT(*) FROM {model._meta.db_table}").fetchone()[0]
            for model in seeding.tables()
        }


def _models():
    return [model for model in seeding.tables() if not model._meta.auto_created]


def _interrupt(rows):
    raise KeyboardInterrupt


def test_sizes_follow_from_the_number_of_books():
    assert seeding.sizes(100) == {
        Country: 20,
        Author: 50,
        Profile: 50,
        Publisher: 5,
        Genre: 12,
        Book: 100,
        Book.genres.through: 200,
        Customer: 50,
        Wallet: 50,
        Sale: 300,
        Review: 200,
    }


def test_sizes_of_one_book_leave_nobody_out():
    assert min(seeding.sizes(1).values()) == 1
    assert seeding.sizes(1)[Author] == seeding.sizes(1)[Publisher] == 3


@pytest.mark.parametrize("books", [0, -5])
def test_sizes_below_one_book_say_what_to_ask_for(books):
    with pytest.raises(ValueError, match=rf"at least 1 book, and {books} were asked for"):
        seeding.sizes(books)


def test_tables_come_after_those_they_point_at():
    seen = set()
    for model in seeding.tables():
        seen.add(model)
        assert {field.related_model for field in model._meta.concrete_fields if field.is_relation} <= seen


@pytest.mark.django_db
@pytest.mark.parametrize("books", [1, 37, 100])
def test_fill_writes_what_sizes_says(books):
    seeding.fill(connection, books=books)

    assert {model: model._base_manager.count() for model in seeding.tables()} == seeding.sizes(books)


@pytest.mark.parametrize("books", [1, 37])
def test_fill_writes_to_a_connection_without_alias(elsewhere, books):
    seeding.fill(elsewhere, books=books)
    elsewhere.check_constraints()
    elsewhere.close()  # what was not committed is gone

    assert _counts(elsewhere) == seeding.sizes(books)


@pytest.mark.django_db
def test_fill_leaves_the_database_fit_for_new_rows():
    seeding.fill(connection, books=10)

    assert BookFactory(genres=Genre.objects.all()[:2]).pk == 11


@pytest.mark.django_db
def test_fill_keeps_the_books_own_count_of_sales():
    seeding.fill(connection, books=100)

    assert not Book.objects.alias(number=Count("sales")).exclude(sales_count=F("number")).exists()
    assert Sale.objects.filter(amount=F("book__price") * F("quantity")).count() == 300


@pytest.mark.django_db
def test_fill_reports_every_row_it_writes(monkeypatch):
    monkeypatch.setattr(seeding, "BATCH", 70)
    written = []

    seeding.fill(connection, books=100, progress=written.append)

    assert sum(written) == seeding.total_rows(100)
    assert max(written) == 70


@pytest.mark.parametrize("books", [0, -5])
def test_fill_below_one_book_is_refused(elsewhere, books):
    with pytest.raises(ValueError, match="Ask for 1 or more"):
        seeding.fill(elsewhere, books=books)


def test_fill_that_fails_leaves_nothing(elsewhere):
    with pytest.raises(KeyboardInterrupt):
        seeding.fill(elsewhere, books=10, progress=_interrupt)

    assert {*_counts(elsewhere).values()} == {0}
    assert elsewhere.get_autocommit()


def test_fill_of_a_full_bookstore_leaves_it_as_it_was(elsewhere):
    seeding.fill(elsewhere, books=10)
    before = seeding.digest(elsewhere)

    with pytest.raises(IntegrityError):
        seeding.fill(elsewhere, books=37)

    assert seeding.digest(elsewhere) == before


@pytest.mark.django_db
def test_fill_that_fails_inside_a_transaction_leaves_the_rest_of_it():
    user = User.objects.create_user("librarian")
    with pytest.raises(KeyboardInterrupt):
        seeding.fill(connection, books=10, progress=_interrupt)

    assert not Country.objects.exists()
    assert [*User.objects.all()] == [user]


@pytest.mark.django_db
def test_rows_of_a_small_bookstore_replace_those_of_a_large_one():
    with transaction.atomic():
        seeding.fill(connection, books=10, seed=8)
        small = [serializers.serialize("json", model.objects.all()) for model in _models()]
        transaction.set_rollback(True)
    seeding.fill(connection, books=100)

    for rows in small:
        for row in serializers.deserialize("json", rows):
            row.save()

    assert {model: model.objects.count() for model in _models()}.items() < seeding.sizes(100).items()
    assert serializers.serialize("json", Sale.objects.filter(pk__lte=30)) == small[_models().index(Sale)]


def test_clear_empties_every_table(elsewhere):
    seeding.fill(elsewhere, books=10)
    seeding.clear(elsewhere)

    assert {*_counts(elsewhere).values()} == {0}


def test_clear_starts_the_keys_again(elsewhere):
    seeding.fill(elsewhere, books=10)
    seeding.clear(elsewhere)
    with elsewhere.cursor() as cursor:
        cursor.execute("INSERT INTO library_country (name) VALUES ('Utopia')")
        cursor.execute("SELECT id FROM library_country")
        assert cursor.fetchall() == [(1,)]


@pytest.mark.parametrize("books", DIGESTS)
def test_digest_is_the_same_everywhere(elsewhere, books):
    seeding.fill(elsewhere, books=books)

    assert seeding.digest(elsewhere) == DIGESTS[books]


@pytest.mark.django_db
def test_digest_is_that_of_the_test_database():
    seeding.fill(connection, books=10)

    assert seeding.digest(connection) == DIGESTS[10]


def test_digest_of_another_seed_is_another(elsewhere):
    seeding.fill(elsewhere, books=10, seed=8)

    assert seeding.digest(elsewhere) != DIGESTS[10]


@pytest.mark.django_db
def test_digest_sees_a_single_value():
    seeding.fill(connection, books=10)
    Book.objects.filter(pk=3).update(stock=F("stock") + 1)

    assert seeding.digest(connection) != DIGESTS[10]


@pytest.mark.django_db
def test_digest_sees_a_genre_taken_away():
    seeding.fill(connection, books=10)
    Book.genres.through.objects.filter(book=3).first().delete()

    assert seeding.digest(connection) != DIGESTS[10]
