from django.db import connection, models


class Product(models.Model):
    isbn = models.CharField("ISBN", max_length=13, unique=True)
    title = models.CharField(max_length=200)
    price = models.DecimalField(max_digits=7, decimal_places=2)

    def __str__(self):
        return self.title


class Audiobook(Product):
    minutes = models.PositiveIntegerField()


class Ebook(Product):
    file_format = models.CharField(max_length=10)


class Sellable(models.Model):
    isbn = models.CharField("ISBN", max_length=13, unique=True)
    title = models.CharField(max_length=200)
    price = models.DecimalField(max_digits=7, decimal_places=2)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title


class Recording(Sellable):
    minutes = models.PositiveIntegerField()


class Download(Sellable):
    file_format = models.CharField(max_length=10)


def setup():
    """Every third product is an audiobook, the others are e-books; the abstract base's children hold the same."""
    product, audiobook, ebook = (model._meta.db_table for model in (Product, Audiobook, Ebook))
    columns = "SELECT isbn, title, price"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {product} (isbn, title, price) {columns} FROM library_book ORDER BY id")
        for table, column, value, every in (
            (audiobook, "minutes", "b.pages", "b.id % 3 = 0"),
            (ebook, "file_format", "'EPUB'", "b.id % 3 > 0"),
        ):
            child = f"FROM {product} p JOIN library_book b ON b.isbn = p.isbn WHERE {every}"
            cursor.execute(f"INSERT INTO {table} (product_ptr_id, {column}) SELECT p.id, {value} {child}")
        for model, column, value, every in (
            (Recording, "minutes", "pages", "id % 3 = 0"),
            (Download, "file_format", "'EPUB'", "id % 3 > 0"),
        ):
            table = f"{model._meta.db_table} (isbn, title, price, {column})"
            cursor.execute(f"INSERT INTO {table} {columns}, {value} FROM library_book WHERE {every} ORDER BY id")
