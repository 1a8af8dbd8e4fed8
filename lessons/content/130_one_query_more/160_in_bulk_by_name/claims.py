from django.core.exceptions import FieldDoesNotExist

from library.models import Book, Customer, Profile, Publisher


def the_same_as_get(log):
    """`in_bulk()` has an entry for every text with which `get()` finds a row."""
    email = Customer.objects.order_by("pk")[0].email
    texts = {"as it is stored": email, "in capital letters": email.upper(), "with a space at the end": f"{email} "}
    return {name: _gets(text) == _has_entry(text) for name, text in texts.items()}


def any_field_can_be_the_key(log):
    """`field_name` may be any field that you can filter by."""
    book, profile = Book.objects.order_by("pk")[0], Profile.objects.order_by("pk")[0]
    return {
        "a unique field, `isbn`": _takes(Book, "isbn", book.isbn),
        "the unique name of another model": _takes(Publisher, "name", book.publisher.name),
        "a field that is not unique, `title`": _takes(Book, "title", book.title),
        "a path, `author__email`": _takes(Profile, "author__email", profile.author.email),
    }


def one_query_for_a_one_to_one_field(log):
    """`Profile.objects.in_bulk(keys, field_name=…)` runs one query, and its keys are those that you passed."""
    keys = list(Profile.objects.order_by("pk").values_list("author", flat=True)[:3])
    answers = {}
    for name in ("author", "author_id"):
        before = len(log)
        profiles = Profile.objects.in_bulk(keys, field_name=name)
        answers[f'`field_name="{name}"`'] = len(log) - before == 1 and set(profiles) == set(keys)
    return answers


def _gets(email):
    return Customer.objects.filter(email=email).exists()


def _has_entry(email):
    return email in Customer.objects.in_bulk([email], field_name="email")


def _takes(model, name, value):
    try:
        return list(model.objects.in_bulk([value], field_name=name)) == [value]
    except (FieldDoesNotExist, ValueError):
        return False
