"""Single rows for tests and for `shell_plus`; `library.seeding` fills whole bookstores.

What must be unique is drawn from a range that no seeded row uses and wide enough not to meet itself.
`factory.random.reseed_random()` makes everything repeatable.
"""

from datetime import UTC, date, datetime
from string import ascii_lowercase
from typing import Any

from django.db.models import F
from factory import LazyAttribute, LazyFunction, SelfAttribute, SubFactory, post_generation
from factory.django import DjangoModelFactory
from factory.fuzzy import FuzzyChoice, FuzzyDate, FuzzyDateTime, FuzzyDecimal, FuzzyInteger, FuzzyText
from factory.random import randgen

from library import models, rows, words


class CountryFactory(DjangoModelFactory):
    class Meta:
        model = models.Country
        django_get_or_create = ["name"]

    name = FuzzyChoice(words.COUNTRIES)


class GenreFactory(DjangoModelFactory):
    class Meta:
        model = models.Genre
        django_get_or_create = ["name"]

    name = FuzzyChoice(words.GENRES)


class _PersonFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    class Params:
        person = FuzzyChoice(words.people())
        home = LazyAttribute(lambda drawn: words.COUNTRIES[drawn.person[1] - 1])

    name = LazyAttribute(lambda drawn: drawn.person[0])
    email = FuzzyText(chars=ascii_lowercase, suffix="@example.org")
    country = SubFactory(CountryFactory, name=SelfAttribute("..home"))


class AuthorFactory(_PersonFactory):
    class Meta:
        model = models.Author

    bio = FuzzyChoice(words.bios())
    joined_on = FuzzyDate(date(2010, 1, 1), date(2025, 12, 31))


class ProfileFactory(DjangoModelFactory):
    class Meta:
        model = models.Profile

    author = SubFactory(AuthorFactory)
    website = FuzzyText(prefix="https://", chars=ascii_lowercase, suffix=".example.org/")
    newsletter = FuzzyChoice([True, False])


class PublisherFactory(DjangoModelFactory):
    class Meta:
        model = models.Publisher

    name = LazyFunction(lambda: f"{randgen.choice(words.publishers())} {randgen.randrange(10**6, 10**12)}")
    country = SubFactory(CountryFactory)


class BookFactory(DjangoModelFactory):
    """A published book without an editor, of one genre or of the `genres` given."""

    class Meta:
        model = models.Book
        skip_postgeneration_save = True

    title = FuzzyChoice(words.titles())
    isbn = LazyFunction(lambda: rows.isbn(randgen.randrange(2 * 10**9, 2 * 10**10)))
    author = SubFactory(AuthorFactory)
    publisher = SubFactory(PublisherFactory)
    price = FuzzyDecimal(4.99, 59.99)
    pages = FuzzyInteger(60, 900)
    description = LazyFunction(lambda: rows.description(randgen.random))
    published_on = FuzzyDate(date(1950, 1, 1), date(2025, 12, 31))
    is_published = True
    stock = FuzzyInteger(0, 200)

    @post_generation
    def genres(book: models.Book, create: bool, given: Any, **kwargs: Any) -> None:  # type: ignore[misc]  # no self
        if create:
            book.genres.set([GenreFactory()] if given is None else given)


class CustomerFactory(_PersonFactory):
    class Meta:
        model = models.Customer


class WalletFactory(DjangoModelFactory):
    class Meta:
        model = models.Wallet

    customer = SubFactory(CustomerFactory)
    balance = FuzzyDecimal(0, 500)


class SaleFactory(DjangoModelFactory):
    """A sale at the book's price, counted by the book."""

    class Meta:
        model = models.Sale
        skip_postgeneration_save = True

    book = SubFactory(BookFactory)
    customer = SubFactory(CustomerFactory)
    quantity = FuzzyInteger(1, 3)
    amount = LazyAttribute(lambda sale: sale.book.price * sale.quantity)
    sold_at = FuzzyDateTime(datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 12, 31, tzinfo=UTC))

    @post_generation
    def count(sale: models.Sale, create: bool, given: Any, **kwargs: Any) -> None:  # type: ignore[misc]  # no self
        if create:
            models.Book.objects.filter(pk=sale.book_id).update(sales_count=F("sales_count") + 1)
            sale.book.refresh_from_db(fields=["sales_count"])


class ReviewFactory(DjangoModelFactory):
    class Meta:
        model = models.Review

    book = SubFactory(BookFactory)
    customer = SubFactory(CustomerFactory)
    rating = FuzzyInteger(1, 5)
