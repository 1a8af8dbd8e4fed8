from setup import Audiobook, Product, Recording


def a_write_is_a_statement(log):
    """A row of a child model is written with one statement, like any other row."""
    every = Audiobook.objects
    child, other = every.order_by("pk")[:2]
    writes = {
        "`create()`": lambda: Audiobook.objects.create(isbn="new", title="New", price=9, minutes=90),
        "`save()` of a loaded child": child.save,
        '`save(update_fields=["minutes"])`': lambda: child.save(update_fields=["minutes"]),
        "`update()` of a column of the child": lambda: every.update(minutes=90),
        "`update()` of a column of the parent": lambda: every.update(price=9),
        "`delete()` of a child": other.delete,
        "`delete()` of a queryset of the child": lambda: every.filter(minutes=90).delete(),
    }
    return {words: _queries(log, write) == 1 for words, write in writes.items()}


def always_a_join(log):
    """Every query of a child model joins the parent's table."""
    children = Audiobook.objects.order_by("pk")
    queries = {
        "`all()`": lambda: list(children),
        "`count()`": Audiobook.objects.count,
        "`filter(minutes__gt=60).exists()`": Audiobook.objects.filter(minutes__gt=60).exists,
        '`values("minutes")`': lambda: list(children.values("minutes")),
        '`only("minutes")`': lambda: list(children.only("minutes")),
        '`order_by("title").values("minutes")`': lambda: list(children.order_by("title").values("minutes")),
    }
    return {words: "JOIN" in _sql(log, query) for words, query in queries.items()}


def bulk_create_works(log):
    """`bulk_create()` inserts the rows of a child model."""
    product = {"title": "New", "price": 9}
    return {
        "a child with a table of its own": _inserts([Audiobook(isbn="new 1", minutes=90, **product)]),
        "the parent alone": _inserts([Product(isbn="new 2", **product)]),
        "a child of an abstract base": _inserts([Recording(isbn="new 3", minutes=90, **product)]),
    }


def the_parent_stays(log):
    """If you delete a child, its parent row stays."""
    first, second, third = Audiobook.objects.order_by("pk").values_list("pk", flat=True)[:3]
    Audiobook.objects.get(pk=first).delete()
    Audiobook.objects.get(pk=second).delete(keep_parents=True)
    Audiobook.objects.filter(pk=third).delete()
    return {
        "`delete()`": Product.objects.filter(pk=first).exists(),
        "`delete(keep_parents=True)`": Product.objects.filter(pk=second).exists(),
        "`delete()` of a queryset": Product.objects.filter(pk=third).exists(),
    }


def the_parent_is_one_query_more(log):
    """`audiobook.product_ptr` costs a query, as any relation does."""
    whole = Audiobook.objects.order_by("pk")[0]
    part = Audiobook.objects.only("minutes").order_by("pk")[0]
    return {
        "all fields are loaded": _queries(log, lambda: whole.product_ptr) > 0,
        'after `only("minutes")`': _queries(log, lambda: part.product_ptr) > 0,
    }


def joined_twice(log):
    """`select_related()` from the parent to the child fetches the parent's columns twice."""
    sql = _sql(log, lambda: list(Product.objects.select_related("audiobook", "ebook")))
    return sql.replace("`", '"').count('."title"') > 1


def _queries(log, act):
    before = len(log)
    act()
    return len(log) - before


def _sql(log, act):
    act()
    return log[-1].sql


def _inserts(rows):
    try:
        type(rows[0]).objects.bulk_create(rows)
    except ValueError:
        return False
    return True
