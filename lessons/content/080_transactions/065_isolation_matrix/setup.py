from library.models import Book, Review, Wallet


def setup():
    """Two editions are on sale, nobody has reviewed the first, and 100 are in each of two wallets."""
    Book.objects.filter(pk__in=[1, 2]).update(is_published=True)
    Review.objects.filter(book_id=1).delete()
    Wallet.objects.filter(pk__in=[1, 2]).update(balance=100)
