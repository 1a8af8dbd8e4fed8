from delivery import rows
from django.core.exceptions import ValidationError

from library.models import Author, Book, Publisher


def run():
    for row in rows():
        try:
            book = Book(
                title=row["title"],
                isbn=row["isbn"],
                price=row["price"],
                pages=row["pages"],
                description="Paperback",
                author=Author.objects.get(email=row["email"]),
                publisher=Publisher.objects.get(name=row["publisher_name"]),
            )
            book.full_clean()
        except (Author.DoesNotExist, Publisher.DoesNotExist, ValidationError):
            yield row["title"], row["isbn"], "refused"
        else:
            book.save()
            yield row["title"], row["isbn"], "imported"
