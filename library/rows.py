"""The rows of a bookstore, a stream per table: the same for the same seed on every engine and Python.

Row i of a table has primary key i, and what must be unique in it follows from i alone: the rows of a small
bookstore can replace those of a large one without colliding with the rest.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import count, cycle
from math import gcd
from random import Random
from typing import TypeVar

from django.db.models import Model

from library import words
from library.models import Author, Book, Customer, Publisher, Review, Sale

T = TypeVar("T")
Draw = Callable[[], float]  # a number from 0 to 1

CENTS = [499, *(euros * 100 + cents for euros in range(5, 60) for cents in (0, 49, 99))]
QUANTITIES = (1, 1, 1, 1, 1, 1, 1, 2, 2, 3)
RATINGS = (1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5)


class Rows:
    """A bookstore of `sizes` (the number of rows by model), drawn with `seed` (an int).

    A method named like a model yields its rows: what a database takes, in the order of the model's fields.
    Held in memory are the words and five bytes a book.
    """

    def __init__(self, sizes: dict[type[Model], int], seed: int) -> None:
        self.sizes = sizes
        self.seed = seed
        self.books = sizes[Book]
        # By popularity: the first eight tenths are out, and only they sell; the next tenth is announced.
        self.books_out = max(1, self.books * 8 // 10)
        self.books_dated = max(1, self.books * 9 // 10)

    def of(self, model: type[Model]) -> Iterator[tuple]:
        return getattr(self, model._meta.model_name)()

    def country(self) -> Iterator[tuple]:
        yield from enumerate(words.COUNTRIES, start=1)

    def genre(self) -> Iterator[tuple]:
        yield from enumerate(words.GENRES, start=1)

    def author(self) -> Iterator[tuple]:
        draw = self._draw("author")
        people, bios = _shuffled(words.people(), draw), words.bios()
        days = _days(date(2010, 1, 1), date(2025, 12, 31))
        for i, (name, country) in zip(self._keys(Author), cycle(people), strict=False):
            yield i, name, f"author{i}@example.com", _pick(bios, draw), _pick(days, draw), country

    def profile(self) -> Iterator[tuple]:
        draw = self._draw("profile")
        for i in self._keys(Author):
            yield i, i, f"https://author{i}.example.com/", draw() < 0.4

    def publisher(self) -> Iterator[tuple]:
        draw = self._draw("publisher")
        for i in self._keys(Publisher):
            yield i, publisher_name(i), 1 + int(len(words.COUNTRIES) * draw())

    def book(self) -> Iterator[tuple]:
        draw = self._draw("book")
        titles, prices = _shuffled(words.titles(), draw), [_money(cents) for cents in CENTS]
        ranks = _Ranks(self.books)
        authors, publishers = _Ranks(self.sizes[Author]), _Ranks(self.sizes[Publisher])
        for i, title in zip(self._keys(Book), cycle(titles), strict=False):
            rank = ranks.rank(i)
            yield (
                i,
                title,
                isbn(i),
                authors.skewed(draw()),
                publishers.skewed(draw()),
                None if draw() < 0.3 else 1 + int(authors.count * draw()),
                prices[self._prices[i - 1]],
                60 + int(841 * draw() * draw()),
                description(draw),
                self._published_on(rank, draw),
                rank < self.books_out,
                self._sales_counts[i - 1],
                max(0, int(220 * draw()) - 20),
            )

    def book_genres(self) -> Iterator[tuple]:
        draw = self._draw("genres")
        together = [[1 + words.GENRES.index(genre) for genre in genres] for genres in words.SHELVED_TOGETHER]
        numbers = count(1)
        for book in self._keys(Book):
            for genre in _pick(together, draw)[: 1 + book % 3]:
                yield next(numbers), book, genre

    def customer(self) -> Iterator[tuple]:
        draw = self._draw("customer")
        people = _shuffled(words.people(), draw)
        for i, (name, country) in zip(self._keys(Customer), cycle(people), strict=False):
            yield i, name, f"customer{i}@example.com", country

    def wallet(self) -> Iterator[tuple]:
        draw = self._draw("wallet")
        for i in self._keys(Customer):
            yield i, i, _money(max(0, int(55_001 * draw()) - 5_000))

    def sale(self) -> Iterator[tuple]:
        draw = self._draw("sale")
        customers = _Ranks(self.sizes[Customer])
        days = _days(date(2024, 1, 1), date(2025, 12, 31))
        times = [_time(int(86_400 * draw())) for _ in range(2_000)]
        amounts = {quantity: [_money(cents * quantity) for cents in CENTS] for quantity in {*QUANTITIES}}
        for i, book in enumerate(self._books_sold(), start=1):
            quantity = _pick(QUANTITIES, draw)
            amount = amounts[quantity][self._prices[book - 1]]
            sold_at = f"{_pick(days, draw)} {_pick(times, draw)}"
            yield i, book, customers.skewed(draw()), quantity, amount, sold_at

    def review(self) -> Iterator[tuple]:
        draw = self._draw("review")
        ranks, customers = _Ranks(self.books), _Ranks(self.sizes[Customer])
        for i in self._keys(Review):
            at = draw()
            book = ranks.key(int(self.books_out * at * at))
            yield i, book, customers.skewed(draw()), _pick(RATINGS, draw)

    def _keys(self, model: type[Model]) -> range:
        return range(1, self.sizes[model] + 1)

    def _draw(self, stream: str) -> Draw:
        """Numbers from 0 to 1 for one stream alone: a change of one table leaves the others as they are.

        Of Random's methods, `random` is the one that gives the same numbers on every Python.
        """
        return Random(int.from_bytes(f"{self.seed} {stream}".encode())).random

    def _books_sold(self) -> Iterator[int]:
        """The book of each sale."""
        draw, ranks = self._draw("book sold"), _Ranks(self.books)
        for _ in self._keys(Sale):
            at = draw()
            yield ranks.key(int(self.books_out * at * at * at))

    @cached_property
    def _sales_counts(self) -> array:
        counts = array("I", [0]) * self.books
        for book in self._books_sold():
            counts[book - 1] += 1
        return counts

    @cached_property
    def _prices(self) -> array:
        """The place of each book's price in CENTS."""
        draw = self._draw("price")
        return array("B", (int(len(CENTS) / 2 * (draw() + draw() * draw())) for _ in range(self.books)))

    def _published_on(self, rank: int, draw: Draw) -> str | None:
        if rank < self.books_out:
            days = _days(date(1950, 1, 1), date(2025, 12, 31))
            return days[-1 - int(len(days) * draw() * draw())]
        if rank < self.books_dated:
            return _pick(_days(date(2027, 1, 1), date(2027, 12, 31)), draw)
        return None


class _Ranks:
    """The keys 1 to `count` in an order of popularity that is not their own: rank 0 is the favourite."""

    def __init__(self, count: int) -> None:
        self.count = count
        # Multiples of a number that shares no divisor with `count` visit every rank. Near the golden ratio of
        # `count` they jump about, so that neighbouring keys are far apart in popularity.
        golden = max(1, count * 618 // 1000)
        self.jump = next(number for number in range(golden, golden + count) if gcd(number, count) == 1)
        self.back = pow(self.jump, -1, count)

    def key(self, rank: int) -> int:
        return (rank * self.back - 1) % self.count + 1

    def rank(self, key: int) -> int:
        return key * self.jump % self.count

    def skewed(self, at: float) -> int:
        """The key at `at`, from 0 to 1; favourites have more room there."""
        return self.key(int(self.count * at * at))


def isbn(number: int) -> str:
    """A valid ISBN-13 (its last digit checks the others) for a number below 2 * 10**10."""
    digits = str(978_140_000_000 + number)
    weighed = sum(map(int, digits[::2])) + 3 * sum(map(int, digits[1::2]))
    return f"{digits}{-weighed % 10}"


def publisher_name(number: int) -> str:
    names = _publisher_names()
    edition, at = divmod(number - 1, len(names))
    return f"{names[at]} {edition + 1}" if edition else names[at]


def description(draw: Draw) -> str:
    story, verdict = _pick(words.stories(), draw), _pick(words.verdicts(), draw)
    return f"{_pick(words.PREMISES, draw)} {story}\n\n{verdict}"


@cache
def _publisher_names() -> list[str]:
    return _shuffled(words.publishers(), Random(0).random)


def _shuffled(pool: Iterable[T], draw: Draw) -> list[T]:
    return sorted(pool, key=lambda _: draw())


def _pick(pool: Sequence[T], draw: Draw) -> T:
    return pool[int(len(pool) * draw())]


@cache
def _days(first: date, last: date) -> list[str]:
    return [str(first + timedelta(days)) for days in range((last - first).days + 1)]


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
