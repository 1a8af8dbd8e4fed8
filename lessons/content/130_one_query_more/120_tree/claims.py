from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat
from setup import Category

DEEP = 50


def union_ends_it(log):
    """`UNION` instead of `UNION ALL` ends the recursive query, even if two categories are above each other."""
    one, two = _chain(2)
    Category.objects.filter(pk=one).update(parent=two)
    return {
        "the rows hold the key alone": len(_below(one, "id", "child.id")) == 2,
        "the rows hold the key and its depth": len(_below(one, "id, depth", "child.id, depth + 1")) == 2,
    }


def moved_in_one_row(log):
    """To move a branch to another place in the tree, you change one row."""
    first, *_ = _chain(5)
    top = Category.objects.get(pk=first)
    branch = Category.objects.filter(path__range=(top.path, top.path + "Z"))
    moved = branch.update(path=Concat(Value("00001"), "path"))
    return {
        "with a parent's key": Category.objects.filter(pk=first).update(parent=1) == 1,
        "with paths": moved == 1,
    }


def prefetch_loads_the_branch(log):
    """`prefetch_related("children__children")` loads the whole branch."""
    keys = _chain(5)
    before = len(log)
    top = Category.objects.prefetch_related("children__children").get(pk=keys[0])
    prefetched = len(log)
    below = top.children.all()[0].children.all()[0]
    as_deep_as_named = len(log) == prefetched
    below.children.all()[0].children.all()[0]
    return {
        "as deep as its name": as_deep_as_named,
        "deeper": len(log) == prefetched,
        "in one query": prefetched - before == 1,
    }


def an_index_on_the_path(log):
    """With `db_index=True` on the path, the database finds the branch by that index."""
    return {
        "`path__startswith`": _is_looked_up(path__startswith="0000100002"),
        "`path__range`": _is_looked_up(path__range=("0000100002", "0000100002Z")),
    }


def _chain(length):
    """New categories, each below the one before."""
    keys, above, path = [], None, ""
    for number in range(90_000, 90_000 + length):
        path += f"{number:05}"
        above = Category.objects.create(pk=number, name=f"Category {number}", parent=above, path=path)
        keys.append(number)
    return keys


def _below(key, columns, next_row):
    start = columns.replace("depth", "0")
    table = Category._meta.db_table
    limit = f"WHERE depth < {DEEP}" if "depth" in columns else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE branch ({columns}) AS (SELECT {start} FROM {table} WHERE id = %s"
            f" UNION SELECT {next_row} FROM {table} AS child JOIN branch ON child.parent_id = branch.id {limit})"
            " SELECT * FROM branch",
            [key],
        )
        return cursor.fetchall()


def _is_looked_up(**conditions):
    """Whether an index leads to the rows, even on a table so small that PostgreSQL would rather read it all."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Category.objects.filter(**conditions).values("path").explain()
    return any(words in plan for words in ("SEARCH", "Index Cond", " range "))
