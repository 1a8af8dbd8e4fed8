from library.models import Book


def run():
    books = Book.objects.values_list("sales_count", "pages", "price")
    sold, pages, prices = zip(*books, strict=True)
    yield "Titles", len(books)
    yield "Copies sold", sum(sold)
    yield "Pages on average", round(sum(pages) / len(books))
    yield "Cheapest", min(prices)
    yield "Dearest", max(prices)
