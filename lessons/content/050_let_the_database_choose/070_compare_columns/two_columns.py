from library.models import Book


def run():
    for title, stock, sales_count in Book.objects.order_by("pk").values_list("title", "stock", "sales_count"):
        if stock < sales_count * 10:
            yield title, stock, sales_count
