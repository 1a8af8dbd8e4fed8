from collections import Counter
from itertools import islice

import pytest

from library import seeding
from library.models import Author, Book, Customer, Publisher, Review, Sale, Wallet
from library.rows import Rows, isbn, publisher_name


def _rows(model, *, books=1_000, seed=seeding.SEED):
    columns = [field.attname for field in model._meta.concrete_fields]
    stream = Rows(seeding.sizes(books), seed).of(model)
    return [dict(zip(columns, row, strict=True)) for row in stream]


@pytest.fixture(scope="module")
def books():
    return _rows(Book)


@pytest.mark.parametrize("number_of_books", [1, 2, 37, 100])
def test_rows_are_as_many_as_sizes_says(number_of_books):
    sizes = seeding.sizes(number_of_books)

    for model in seeding.tables():
        assert len(_rows(model, books=number_of_books)) == sizes[model]


def test_rows_are_numbered_from_one():
    for model in seeding.tables():
        assert [row["id"] for row in _rows(model, books=37)] == [*range(1, seeding.sizes(37)[model] + 1)]


def test_rows_of_the_same_seed_are_the_same():
    for model in seeding.tables():
        assert _rows(model, books=37) == _rows(model, books=37)


@pytest.mark.parametrize("model", [Author, Publisher, Book, Book.genres.through, Customer, Wallet, Sale, Review])
def test_rows_of_another_seed_are_other_rows(model):
    assert _rows(model) != _rows(model, seed=8)


def test_rows_are_streamed():
    million = Rows(seeding.sizes(1_000_000), seeding.SEED)

    assert len([*islice(million.author(), 3)]) == 3


@pytest.mark.parametrize(
    ("model", "column"), [(Author, "email"), (Publisher, "name"), (Book, "isbn"), (Customer, "email")]
)
def test_unique_values_follow_from_the_key_alone(model, column):
    def values(**bookstore):
        return [row[column] for row in _rows(model, **bookstore)]

    small, large = values(books=100, seed=8), values(books=1_000)
    assert small == large[: len(small)]


def test_publisher_names_never_repeat():
    assert len({publisher_name(number) for number in range(1, 20_001)}) == 20_000


@pytest.mark.parametrize("number", [1, 2, 999, 123_456_789, 2 * 10**10 - 1])
def test_isbn_has_a_valid_check_digit(number):
    digits = [int(digit) for digit in isbn(number)]

    assert len(digits) == 13
    assert sum(digits[::2] + [3 * digit for digit in digits[1::2]]) % 10 == 0


def test_books_have_isbns_of_their_own(books):
    assert [book["isbn"] for book in books] == [isbn(book["id"]) for book in books]


def test_authors_few_write_many_and_some_none(books):
    written = Counter(book["author_id"] for book in books)

    assert written.most_common(1)[0][1] > 20
    assert 50 < seeding.sizes(1_000)[Author] - len(written) < 200


def test_publishers_and_authors_are_never_null(books):
    assert all(book["author_id"] and book["publisher_id"] for book in books)


def test_editors_are_null_for_about_three_in_ten(books):
    assert 250 < sum(book["editor_id"] is None for book in books) < 350


@pytest.mark.parametrize("number_of_books", [10, 100, 1_000])
def test_books_one_in_ten_has_no_date_and_one_in_ten_is_announced(number_of_books):
    books = _rows(Book, books=number_of_books)
    unpublished = [book["published_on"] for book in books if not book["is_published"]]

    assert sum(day is None for day in unpublished) == number_of_books // 10
    assert sum(day is not None and day.startswith("2027-") for day in unpublished) == number_of_books // 10
    assert len(unpublished) == number_of_books // 10 * 2


def test_books_out_have_dates_that_are_likelier_recent(books):
    days = sorted(book["published_on"] for book in books if book["is_published"])

    assert "1950-01-01" <= days[0] < "1965"
    assert "2005" < days[len(days) // 2] <= days[-1] <= "2025-12-31"


def test_unpublished_books_are_spread_over_the_keys(books):
    assert {book["is_published"] for book in books[:10]} == {True, False}
    assert {book["is_published"] for book in books[-10:]} == {True, False}


def test_books_have_plausible_prices_pages_and_descriptions(books):
    cents = [round(float(book["price"]) * 100) for book in books]

    assert 499 <= min(cents) < max(cents) <= 5999
    assert {amount % 100 for amount in cents} == {0, 49, 99}
    assert all(60 <= book["pages"] <= 900 for book in books)
    assert all(800 <= len(book["description"]) <= 1_600 for book in books)


def test_titles_are_all_different_in_a_small_bookstore(books):
    assert len({book["title"] for book in books}) == 1_000


def test_genres_are_one_to_three_different_ones_a_book():
    genres = {}
    for row in _rows(Book.genres.through, books=100):
        genres.setdefault(row["book_id"], []).append(row["genre_id"])

    assert {len(ids) for ids in genres.values()} == {1, 2, 3}
    assert all(len({*ids}) == len(ids) for ids in genres.values())
    assert len(genres) == 100


def test_sales_few_books_sell_most(books):
    sales = Counter(row["book_id"] for row in _rows(Sale))
    best = sales.most_common(80)  # a tenth of the books that are out

    assert sum(number for _, number in best) > 0.4 * 3_000
    assert not {1, 2, 3} & {book for book, _ in best[:3]}


def test_sales_count_is_the_number_of_sales(books):
    sales = Counter(row["book_id"] for row in _rows(Sale))

    assert {book["id"]: book["sales_count"] for book in books if book["sales_count"]} == sales


def test_sales_and_reviews_are_of_published_books_alone(books):
    out = {book["id"] for book in books if book["is_published"]}

    assert {row["book_id"] for model in (Sale, Review) for row in _rows(model)} <= out


def test_sales_amount_is_price_times_quantity(books):
    def cents(text):
        return int(text.replace(".", ""))

    prices = {book["id"]: cents(book["price"]) for book in books}
    sales = _rows(Sale)

    assert {sale["quantity"] for sale in sales} == {1, 2, 3}
    assert all(cents(sale["amount"]) == prices[sale["book_id"]] * sale["quantity"] for sale in sales)


def test_sales_are_of_2024_and_2025():
    moments = [sale["sold_at"] for sale in _rows(Sale)]

    assert "2024-01-01 00:00:00" <= min(moments) < "2024-01-10"
    assert "2025-12-20" < max(moments) <= "2025-12-31 23:59:59"


def test_wallets_hold_up_to_500_and_some_nothing():
    balances = [float(wallet["balance"]) for wallet in _rows(Wallet)]

    assert 0 <= min(balances) < max(balances) <= 500
    assert 20 < balances.count(0) < 100


def test_ratings_are_mostly_four():
    ratings = Counter(review["rating"] for review in _rows(Review))

    assert {*ratings} == {1, 2, 3, 4, 5}
    assert ratings.most_common(1)[0][0] == 4
