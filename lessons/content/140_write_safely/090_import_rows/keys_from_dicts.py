from delivery import rows
from django.core.exceptions import ValidationError

from library.models import Author, Book, Publisher


def run():
    authors = dict(Author.objects.values_list("email", "pk"))
    publishers = dict(Publisher.objects.values_list("name", "pk"))
    for row in rows():
        book = Book(
            title=row["title"],
            isbn=row["isbn"],
            price=row["price"],
            pages=row["pages"],
            description="Paperback",
            author_id=authors.get(row["email"]),
            publisher_id=publishers.get(row["publisher_name"]),
        )
        try:
            book.full_clean()
        except ValidationError:
            yield row["title"], row["isbn"], "refused"
        else:
            book.save()
            yield row["title"], row["isbn"], "imported"
