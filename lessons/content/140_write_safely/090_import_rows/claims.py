from decimal import Decimal
from functools import partial

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from library.models import Author, Book, Publisher


def an_object_is_not_asked_for(log):
    """`full_clean()` sends no query for an author whose object you hold."""
    author = Author.objects.order_by("pk")[0]
    book = _book(author)
    fields = {field.name for field in Book._meta.fields}
    return {
        "`author=author`": not _asks(log, lambda: Book(author=author).clean_fields(fields - {"author"})),
        "`author_id=author.pk`": not _asks(
            log, lambda: Book(author_id=author.pk).clean_fields(fields - {"author"})
        ),
        '`exclude=["author"]`': not _asks(log, lambda: book.clean_fields({"author", "publisher"})),
    }


def the_database_checks_it_all(log):
    """What `clean_fields()` refuses, the database refuses too, so `bulk_create()` needs no validation."""
    author = Author.objects.order_by("pk")[0]
    wrong = {
        "a price that is no number": {"price": "free"},
        "a negative number of pages": {"pages": -1},
        "a title of three hundred letters": {"title": "x" * 300},
        "an empty title": {"title": ""},
    }
    assert all(not _is_clean(_book(author, **values)) for values in wrong.values())
    found = {
        name: _is_refused(partial(Book.objects.bulk_create, [_book(author, isbn=f"{number}", **values)]))
        for number, (name, values) in enumerate(wrong.items())
    }
    email = Author(name="Anna", email="no address", joined_on="2030-01-01", country_id=author.country_id)
    return {**found, "an e-mail address without an @": _is_refused(lambda: Author.objects.bulk_create([email]))}


def a_dict_finds_the_same(log):
    """A dict of all e-mail addresses finds the same author as `get(email=…)`."""
    author = Author.objects.order_by("pk")[0]
    keys = dict(Author.objects.values_list("email", "pk"))
    return {
        "the address as it is stored": _finds_the_same(keys, author.email),
        "in capital letters": _finds_the_same(keys, author.email.upper()),
        "with a space at the end": _finds_the_same(keys, f"{author.email} "),
    }


def values_are_converted(log):
    """After `bulk_create()` the objects hold numbers, as the table does."""
    author = Author.objects.order_by("pk")[0]
    cleaned, uncleaned = _book(author, isbn="9791"), _book(author, isbn="9792")
    cleaned.clean_fields(exclude=["author", "publisher"])
    Book.objects.bulk_create([cleaned, uncleaned])
    return {
        "with `clean_fields()` before": cleaned.price == Decimal("9.50"),
        "without it": uncleaned.price == Decimal("9.50"),
    }


def _book(author, **values):
    publisher = Publisher.objects.order_by("pk")[0]
    pattern = {"title": "x", "isbn": "9790", "price": "9.50", "pages": "100", "description": "x"}
    return Book(author=author, publisher=publisher, **{**pattern, **values})


def _asks(log, check):
    before = len(log)
    check()
    return len(log) > before


def _is_clean(book):
    try:
        book.clean_fields(exclude=["author", "publisher"])
    except ValidationError:
        return False
    return True


def _is_refused(write):
    try:
        with transaction.atomic():
            write()
    except (DatabaseError, ValidationError):
        return True
    return False


def _finds_the_same(keys, email):
    found = Author.objects.filter(email=email).values_list("pk", flat=True).first()
    return keys.get(email) == found
