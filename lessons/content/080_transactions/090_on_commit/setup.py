from library.models import Book, Customer, Sale


def setup():
    """Everybody wants the first book, which nobody has yet, and there are two copies too few."""
    Sale.objects.filter(book_id=1).delete()
    Book.objects.filter(pk=1).update(stock=Customer.objects.count() - 2)
