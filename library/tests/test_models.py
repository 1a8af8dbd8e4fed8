import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from library.factories import AuthorFactory, BookFactory, ReviewFactory, WalletFactory
from library.models import Book

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rating", [0, 6])
def test_review_rating_outside_1_to_5_is_refused(rating):
    with pytest.raises(IntegrityError):
        ReviewFactory(rating=rating)


@pytest.mark.parametrize("rating", [1, 5])
def test_review_shows_its_stars(rating):
    assert str(ReviewFactory(rating=rating)) == "★" * rating


def test_wallet_balance_below_zero_is_refused():
    with pytest.raises(IntegrityError):
        WalletFactory(balance="-0.01")


def test_wallet_balance_of_zero_is_kept():
    wallet = WalletFactory(balance="0.00")
    wallet.refresh_from_db()

    assert wallet.balance == 0


def test_book_isbn_of_another_book_is_refused():
    isbn = BookFactory().isbn

    with pytest.raises(IntegrityError):
        BookFactory(isbn=isbn)


def test_book_outlives_its_editor():
    book = BookFactory(editor=AuthorFactory())
    book.editor.delete()
    book.refresh_from_db()

    assert book.editor is None


def test_book_goes_with_its_author():
    BookFactory().author.delete()

    assert not Book.objects.exists()


@pytest.mark.parametrize("kept", ["publisher", "author.country"])
def test_book_keeps_what_it_stands_on(kept):
    book = BookFactory()

    with pytest.raises(ProtectedError):
        (book.publisher if kept == "publisher" else book.author.country).delete()
