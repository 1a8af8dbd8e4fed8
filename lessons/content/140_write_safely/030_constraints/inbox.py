from library.models import Book, Customer


def requests():
    """What those who are invited ask for, as (book, customer, seats): some twice, and some for too many seats."""
    book = Book.objects.order_by("pk").values_list("pk", flat=True)[0]
    invited = Customer.objects.order_by("pk").values_list("pk", flat=True)[:100]
    for number, customer in enumerate(invited):
        yield book, customer, 1 + number % 6
        if number % 3 == 0:
            yield book, customer, 2
