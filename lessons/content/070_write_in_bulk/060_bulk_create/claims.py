from itertools import count
from time import perf_counter

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models.signals import post_save, pre_save

from library.models import Book, Customer, Review

_numbers = count()


def one_query(log):
    """`bulk_create()` writes all rows in a single query."""
    return {
        "80 books": _inserts(log, _books(80)) == 1,
        "200 books": _inserts(log, _books(200)) == 1,
        "80 books, with `batch_size=40`": _inserts(log, _books(80), batch_size=40) == 1,
        "80 books, half of them with a primary key": _inserts(log, _books(40) + _books(40, pk=1_000_000)) == 1,
    }


def a_batch_is_a_transaction(log):
    """With `batch_size` each batch is a transaction of its own: the batches before an error stay."""
    books = _books(30)
    books[-1].isbn = books[0].isbn
    before = Book.objects.count()
    try:
        Book.objects.bulk_create(books, batch_size=10)
    except IntegrityError:
        return Book.objects.count() > before


def much_faster_than_a_loop(log):
    """`bulk_create()` is much faster than `save()` in a loop."""
    return {
        "each `save()` in a transaction of its own": _is_much_faster(_save_each),
        "the loop in one transaction": _is_much_faster(_save_in_one_transaction),
    }


def save_and_signals_are_passed_by(log):
    """`bulk_create()` calls no `save()` and sends no signals."""
    one_by_one, in_bulk = _books(2), _books(2)
    heard = _heard(one_by_one, lambda books: [book.save() for book in books])
    return heard == {"save", "pre_save", "post_save"} and not _heard(in_bulk, Book.objects.bulk_create)


def no_primary_keys(log):
    """After `bulk_create()` the objects have no primary keys, except on PostgreSQL."""
    upsert = {"update_conflicts": True, "update_fields": ["price"], "unique_fields": _unique_fields()}
    return {
        "with nothing else": _are_without_keys(),
        "with `update_conflicts`": _are_without_keys(**upsert),
        "with `ignore_conflicts`": _are_without_keys(ignore_conflicts=True),
    }


def a_title_and_a_price_will_do(log):
    """`Book.objects.bulk_create([Book(title="…", price=10.00)])` creates a book."""
    return _outcome(Book(title="The Paperback", price=10.00)) != "refused"


def only_duplicates_are_ignored(log):
    """`ignore_conflicts=True` leaves out rows that exist already, and changes nothing for any other row."""
    taken = Book.objects.order_by("pk")[0].isbn
    return {
        "an ISBN that is taken": _outcome(*_books(1, isbn=taken), ignore_conflicts=True) == "left out",
        "no title": _is_treated_alike(*_books(1, title=None)),
        "a title that is too long": _is_treated_alike(*_books(1, title="long " * 60)),
        "an author who does not exist": _is_treated_alike(*_books(1, author_id=1_000_000)),
        "nine stars, against a constraint": _is_treated_alike(_review(rating=9)),
    }


def unique_fields_name_the_conflict(log):
    """With `update_conflicts=True` (an upsert), name the unique fields in `unique_fields`."""
    book = Book.objects.order_by("pk")[0]
    book.price += 1
    try:
        with transaction.atomic():
            Book.objects.bulk_create(
                [book], update_conflicts=True, update_fields=["price"], unique_fields=["isbn"]
            )
    except DatabaseError:
        return False
    return Book.objects.get(pk=book.pk).price == book.price


def _books(number, pk=None, **values):
    pattern = Book.objects.order_by("pk").values("title", "author_id", "publisher_id", "price", "pages")[0]
    return [
        Book(**{**pattern, "pk": pk and pk + i, "isbn": f"979{next(_numbers):010}", **values})
        for i in range(number)
    ]


def _review(rating):
    return Review(book=Book.objects.order_by("pk")[0], customer=Customer.objects.order_by("pk")[0], rating=rating)


def _inserts(log, books, **options):
    before = len(log)
    Book.objects.bulk_create(books, **options)
    return len(log) - before


def _is_much_faster(loop):
    """Whether a reader waits less than two thirds of the loop's time: the best of some runs of each, in turn."""
    in_loop = in_bulk = float("inf")
    for runs in range(1, 11):
        in_loop = min(in_loop, _seconds(loop))
        in_bulk = min(in_bulk, _seconds(Book.objects.bulk_create))
        if runs >= 3 and in_bulk < in_loop / 2:  # on a busy machine, a few runs may mislead
            break
    return in_bulk < in_loop * 2 / 3


def _seconds(write):
    books = _books(100)
    start = perf_counter()
    write(books)
    return perf_counter() - start


def _save_each(books):
    for book in books:
        book.save()


def _save_in_one_transaction(books):
    with transaction.atomic():
        _save_each(books)


def _heard(books, write):
    """Which of save(), pre_save and post_save any of the books meets while written."""
    heard, ours = set(), {id(book) for book in books}

    def receive(signal, instance, **kwargs):
        if id(instance) in ours:
            heard.add("pre_save" if signal is pre_save else "post_save")

    for book in books:
        book.save = lambda book=book: (heard.add("save"), Book.save(book))
    for signal in (pre_save, post_save):
        signal.connect(receive, sender=Book)
    try:
        write(books)
    finally:
        for signal in (pre_save, post_save):
            signal.disconnect(receive, sender=Book)
    return heard


def _are_without_keys(**options):
    books = _books(3)
    Book.objects.bulk_create(books, **options)
    return all(book.pk is None for book in books)


def _unique_fields():
    return ["isbn"] if connection.features.supports_update_conflicts_with_target else None


def _is_treated_alike(row):
    return _outcome(row) == _outcome(row, ignore_conflicts=True)


def _outcome(row, **options):
    """ "refused", "left out", or the row's values as they are stored; the row is not kept."""
    model = type(row)
    row.pk, kept = None, set(model.objects.values_list("pk", flat=True))
    try:
        with transaction.atomic():
            model.objects.bulk_create([row], **options)
            new = list(model.objects.exclude(pk__in=kept).values())
            connection.check_constraints()
            transaction.set_rollback(True)
    except DatabaseError:
        return "refused"
    return [{**values, "id": None} for values in new] or "left out"
