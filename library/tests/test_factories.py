from decimal import Decimal

import factory.random
import pytest
from django.db import connection

from library import factories, seeding
from library.models import Country, Genre
from library.tests.every_factory import FACTORIES


@pytest.fixture(autouse=True)
def repeatable():
    factory.random.reseed_random("queryshelf")


def test_factories_are_there_for_every_model():
    assert {*FACTORIES} == {model for model in seeding.tables() if not model._meta.auto_created}


@pytest.mark.django_db
@pytest.mark.parametrize("model", FACTORIES)
def test_factories_make_rows_that_validate(model):
    for row in FACTORIES[model].create_batch(20):
        row.full_clean()


@pytest.mark.django_db
def test_factories_fit_in_beside_seeded_rows():
    seeding.fill(connection, books=100)

    for model in FACTORIES:
        FACTORIES[model].create_batch(5)


def test_factories_repeat_themselves_when_reseeded():
    def made():
        book = factories.BookFactory.build()
        return [book.title, book.isbn, book.price, book.description, book.author.name, book.author.email]

    first, second = made(), made()
    factory.random.reseed_random("queryshelf")

    assert first == made() != second


@pytest.mark.django_db
def test_country_and_genre_of_the_same_name_are_made_once():
    for _ in range(2):
        factories.CountryFactory(name="Denmark")
        factories.GenreFactory(name="Crime")

    assert (Country.objects.count(), Genre.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_author_comes_from_the_country_of_the_name():
    author = factories.AuthorFactory(person=("Zoë de Boer", 14))

    assert (author.name, author.country.name) == ("Zoë de Boer", "Netherlands")


@pytest.mark.django_db
def test_book_takes_the_genres_given():
    genres = [factories.GenreFactory(name="Crime"), factories.GenreFactory(name="Poetry")]

    assert {*factories.BookFactory(genres=genres).genres.all()} == {*genres}
    assert not factories.BookFactory(genres=[]).genres.exists()
    assert factories.BookFactory().genres.count() == 1


@pytest.mark.django_db
def test_sale_costs_price_times_quantity_and_is_counted():
    sale = factories.SaleFactory(book__price=Decimal("12.49"), quantity=2)
    factories.SaleFactory(book=sale.book)
    sale.refresh_from_db()

    assert str(sale.amount) == "24.98"
    assert sale.book.sales_count == 2
