from django.db import IntegrityError, connection, transaction
from django.db.models.signals import m2m_changed

from library.models import Book, Genre


def add_looks_first(log):
    """`add()` asks which genres the book has already, and inserts the others."""
    book, genres = _book_without_genres()
    heard = []
    return {
        "nobody listens to `m2m_changed`": "select" in _kinds(log, lambda: book.genres.add(*genres[:3])),
        "a receiver listens": "select"
        in _listening(heard, lambda: _kinds(log, lambda: book.genres.add(*genres[3:5]))),
    }


def set_writes_all_anew(log):
    """`set()` deletes the genres of the book and inserts the new ones."""
    book, genres = _book_without_genres()
    book.genres.set(genres[:3])
    return {
        "the same genres": _kinds(log, lambda: book.genres.set(genres[:3])) != ["select"],
        "one genre less": "insert" in _kinds(log, lambda: book.genres.set(genres[:2])),
        "one genre more": "delete" in _kinds(log, lambda: book.genres.set(genres[:4])),
        "`set(…, clear=True)`": _kinds(log, lambda: book.genres.set(genres[:4], clear=True))
        == ["delete", "insert"],
    }


def a_wrong_key_is_an_error(log):
    """`book.genres.add(key)` raises an `IntegrityError` if there is no genre with that key."""
    book, _ = _book_without_genres()
    return {
        "nobody listens to `m2m_changed`": _is_refused(lambda: book.genres.add(1_000_000)),
        "`bulk_create()` of the through table": _is_refused(
            lambda: Book.genres.through.objects.bulk_create([Book.genres.through(book=book, genre_id=1_000_000)])
        ),
    }


def receivers_hear_of_it(log):
    """Receivers of `m2m_changed` hear of each change to the genres of a book."""
    book, genres = _book_without_genres()
    other = Book.objects.exclude(pk=book.pk).order_by("pk")[0]
    row = Book.genres.through(book=book, genre=genres[0])
    other.genres.set(genres[:2])
    return {
        "`add()`, `set()`, `clear()`": _is_heard(lambda: book.genres.add(genres[1])),
        "`bulk_create()` of the through table": _is_heard(lambda: Book.genres.through.objects.bulk_create([row])),
        "`delete()` of the book": _is_heard(other.delete),
    }


def _book_without_genres():
    book = Book.objects.order_by("pk")[0]
    book.genres.clear()
    return book, list(Genre.objects.order_by("pk"))


def _kinds(log, write):
    before = len(log)
    write()
    return [query.kind for query in list(log)[before:]]


def _listening(heard, write):
    def receive(**kwargs):
        heard.append(True)

    m2m_changed.connect(receive, sender=Book.genres.through)
    try:
        return write()
    finally:
        m2m_changed.disconnect(receive, sender=Book.genres.through)


def _is_heard(write):
    heard = []
    _listening(heard, write)
    return bool(heard)


def _is_refused(write):
    try:
        with transaction.atomic():
            write()
            connection.check_constraints()
    except IntegrityError:
        return True
    return False
