from time import perf_counter

from django.db.models import Count
from setup import Contract, Ebook, Licence, text_of

_ROWS = 900
_ROUNDS = 7  # in turns, so that other work on the machine slows both; the best of each counts


def one_query_beats_two(log):
    """For a foreign key, `select_related()` is faster than `prefetch_related()`: it runs one query and not two."""
    return {
        "five parents with long texts": _join_is_faster(parents=5, sections=200),
        "a parent for each row, with short texts": _join_is_faster(parents=_ROWS, sections=1),
    }


def every_licence_comes_once(log):
    """A licence that many e-books share is fetched once."""
    return {
        "`select_related()`": _texts(_ebooks().select_related("licence")) == 5,
        "`prefetch_related()`": _texts(_ebooks().prefetch_related("licence")) == 5,
    }


def a_change_stays_with_its_ebook(log):
    """If you change `ebook.licence.name`, the other e-books of the list keep the old name."""
    return {
        "`select_related()`": not _shows_elsewhere(_ebooks().select_related("licence")),
        "`prefetch_related()`": not _shows_elsewhere(_ebooks().prefetch_related("licence")),
    }


def prefetched_is_not_joined(log):
    """With `prefetch_related()`, the query for the list does not join the parent's table."""
    by_key, by_name = (
        _first_query(log, Ebook.objects.order_by(*order).prefetch_related("licence"))
        for order in (["pk"], ["licence__name", "pk"])
    )
    return {
        'ordered by `"pk"`': " JOIN " not in by_key.sql,
        'ordered by `"licence__name"`': " JOIN " not in by_name.sql,
        'ordered by `"licence__name"`, it fetches no column of the licence': by_name.columns == by_key.columns,
    }


def _ebooks():
    """Three e-books for each licence at the least, so that they share."""
    contract = Contract.objects.order_by("pk")[0]
    for licence in Licence.objects.annotate(number=Count("ebooks")):
        for number in range(3):
            Ebook.objects.create(title=f"Extra {number}", licence=licence, contract=contract)
    return Ebook.objects.order_by("pk")


def _first_query(log, ebooks):
    before = len(log)
    list(ebooks)
    return log[before]


def _texts(ebooks):
    """The number of texts in memory, equal or not."""
    return len({id(ebook.licence.text) for ebook in list(ebooks)})


def _shows_elsewhere(ebooks):
    first, second = [ebook for ebook in ebooks if ebook.licence_id == 1][:2]
    first.licence.name = "Licence 1, new edition"
    return second.licence.name == first.licence.name


def _join_is_faster(*, parents, sections):
    """Nine hundred e-books that share so many licences: fewer than Django 5.2 can prefetch on SQLite."""
    contract = Contract.objects.order_by("pk")[0]
    Ebook.objects.all().delete()
    Licence.objects.all().delete()
    Licence.objects.bulk_create(
        (Licence(pk=number + 1, name="", text=text_of(number, sections)) for number in range(parents)),
        batch_size=100,
    )
    Ebook.objects.bulk_create(
        (Ebook(title=f"{number}", licence_id=number % parents + 1, contract=contract) for number in range(_ROWS)),
        batch_size=100,
    )
    ebooks = Ebook.objects.order_by("pk")
    pairs = [
        (_seconds(ebooks.select_related("licence")), _seconds(ebooks.prefetch_related("licence")))
        for _ in range(_ROUNDS)
    ]
    joined, prefetched = (min(times) for times in zip(*pairs, strict=True))
    return joined < prefetched


def _seconds(ebooks):
    start = perf_counter()
    list(ebooks)
    return perf_counter() - start
