from django.db import connection, transaction

from library.models import Author, Book


def case_as_the_name_says(log):
    """`startswith`, `contains`, `in` and `=` distinguish upper and lower case; `icontains` ignores it."""
    name = Author.objects.get(pk=1).name
    return {
        "`startswith` tells `R` from `r`": not _finds(name__startswith=name[0].swapcase()),
        "`contains` tells `R` from `r`": not _finds(name__contains=name[0].swapcase() + name[1:4]),
        "`=` tells `R` from `r`": not _finds(name=name[0].swapcase() + name[1:]),
        "`in` tells `R` from `r`": not _finds(name__in=[name[0].swapcase() + name[1:]]),
        "`icontains` finds an `R` by `r`": _finds(name__icontains=name[0].swapcase()),
        "`icontains` finds an `é` by `É`": _finds(name__icontains=name[:2].upper()),
        "`=` tells `é` from `e`": not _finds(name=name.replace("é", "e")),
    }


def an_index_makes_searching_efficient(log):
    """An index on a text column makes every search in it fast."""
    typed = "97814000000"
    return {
        "`=`": _is_looked_up(isbn=Book.objects.earliest("pk").isbn),
        "`gte` and `lt`": _is_looked_up(isbn__gte=typed, isbn__lt="97814000001"),
        "`startswith`": _is_looked_up(isbn__startswith=typed),
        "`istartswith`": _is_looked_up(isbn__istartswith=typed),
        "`iexact`": _is_looked_up(isbn__iexact=typed),
        "`contains`": _is_looked_up(isbn__contains=typed),
        "`icontains`": _is_looked_up(isbn__icontains=typed),
        "`endswith`": _is_looked_up(isbn__endswith=typed),
    }


def one_index_for_a_unique_column(log):
    """`unique=True` or `db_index=True` on a text column makes exactly one index."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Book._meta.db_table)
    return len([index for index in found.values() if index["columns"] == ["isbn"]]) == 1


def _finds(**conditions):
    return Author.objects.filter(pk=1, **conditions).exists()


def _is_looked_up(**conditions):
    """Whether an index leads to the rows, even on a shelf so small that PostgreSQL would rather read it all."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Book.objects.filter(**conditions).values("isbn").explain()
    return any(words in plan for words in ("SEARCH library_book", "Index Cond", " range ", " const "))
