import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library import words
from library.factories import AuthorFactory, BookFactory, SaleFactory
from library.models import Author, Book, Country, Customer, Genre, Publisher, Sale
from library.tests.every_factory import FACTORIES

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.with_admin")]


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("librarian"))
    return client


def _url(model, page, *args):
    return reverse(f"admin:library_{model._meta.model_name}_{page}", args=args)


def _visit(staff, url, data=None):
    """The page at `url`, and the number of queries that it took."""
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        response = staff.get(url, data)
    assert response.status_code == 200
    return response.content.decode(), len(queries)


def test_admin_has_every_model():
    assert {*FACTORIES} == {model for model in admin.site._registry if model._meta.app_label == "library"}


@pytest.mark.parametrize("model", FACTORIES)
def test_changelist_takes_as_many_queries_for_more_rows(staff, model):
    FACTORIES[model].create_batch(10)
    _, few = _visit(staff, _url(model, "changelist"))
    FACTORIES[model].create_batch(40)
    _, many = _visit(staff, _url(model, "changelist"))

    assert many == few


@pytest.mark.parametrize("model", FACTORIES)
def test_change_page_is_the_same_beside_more_rows(staff, model):
    _all_countries_and_genres()
    shown = FACTORIES[model].create_batch(10)[0]
    page, few = _visit(staff, _url(model, "change", shown.pk))
    for other in FACTORIES.values():
        other.create_batch(8)
    page_later, many = _visit(staff, _url(model, "change", shown.pk))

    assert many == few
    assert page_later.count("<option") == page.count("<option")


@pytest.mark.parametrize("model", [Author, Publisher, Book, Customer])
def test_search_box_takes_as_many_queries_for_more_rows(staff, model):
    field = {Author: "author", Publisher: "publisher"}.get(model)
    source = (Book, field) if field else (Sale, model._meta.model_name)
    asked = {
        "app_label": "library",
        "model_name": source[0]._meta.model_name,
        "field_name": source[1],
        "term": "e",
    }
    FACTORIES[model].create_batch(10)
    _, few = _visit(staff, reverse("admin:autocomplete"), asked)
    FACTORIES[model].create_batch(40)
    _, many = _visit(staff, reverse("admin:autocomplete"), asked)

    assert many == few


@pytest.mark.parametrize("model", FACTORIES)
def test_changelist_can_be_searched(staff, model):
    if admin.site._registry[model].search_fields:
        _visit(staff, _url(model, "changelist"), {"q": "zzzz"})


def test_author_list_counts_books(staff):
    author = AuthorFactory(country__name="Denmark")
    BookFactory.create_batch(3, author=author)
    page, _ = _visit(staff, _url(Author, "changelist"))

    assert '<td class="field-book_count">3</td>' in page


def test_genre_list_counts_books(staff):
    genre = Genre.objects.create(name="Crime")
    BookFactory.create_batch(2, genres=[genre])
    page, _ = _visit(staff, _url(Genre, "changelist"))

    assert '<td class="field-book_count">2</td>' in page


def test_sale_is_found_by_isbn(staff):
    found, other = SaleFactory(), SaleFactory()
    page, _ = _visit(staff, _url(Sale, "changelist"), {"q": found.book.isbn})

    assert _url(Sale, "change", found.pk) in page
    assert _url(Sale, "change", other.pk) not in page


def _all_countries_and_genres():
    for name in words.COUNTRIES:
        FACTORIES[Country](name=name)
    for name in words.GENRES:
        FACTORIES[Genre](name=name)
