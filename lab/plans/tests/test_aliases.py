"""Which table a step is told to read, where subqueries share an alias, as Django’s U0."""

from dataclasses import replace

import pytest
from django.db.models import Exists, OuterRef, Q, Subquery

from lab.plans import sqlite
from lab.plans.facts import Facts, Index
from lab.plans.tests.asking import last_plan, says
from library.models import Book, Customer, Review, Sale

pytestmark = pytest.mark.once

HERE = {"book": OuterRef("pk")}
SOLD, REVIEWED = Sale.objects.filter(customer=5), Review.objects.filter(customer=5)
SALES, REVIEWS = SOLD.values("book"), REVIEWED.values("book")
MANY = Sale.objects.filter(customer__in=Customer.objects.filter(country=3).values("pk")).values("book")
BUYERS = Review.objects.filter(customer__in=Sale.objects.filter(customer=4).values("customer")).values("book")
SHAPES = {
    "lists, or": lambda: Book.objects.filter(Q(pk__in=SALES) | Q(pk__in=REVIEWS)),
    "lists, and": lambda: Book.objects.filter(pk__in=SALES).filter(pk__in=REVIEWS),
    "exists, or": lambda: Book.objects.filter(Exists(SOLD.filter(**HERE)) | Exists(REVIEWED.filter(**HERE))),
    "exists, and": lambda: Book.objects.filter(Exists(SOLD.filter(**HERE)), Exists(REVIEWED.filter(**HERE))),
    "neither": lambda: Book.objects.exclude(pk__in=SALES).exclude(pk__in=REVIEWS),
    "values": lambda: Book.objects.annotate(
        sold=Subquery(SOLD.filter(**HERE).values("amount")[:1]),
        rated=Subquery(REVIEWED.filter(**HERE).values("rating")[:1]),
    ),
    "list of a union": lambda: Book.objects.filter(pk__in=SALES.union(REVIEWS, MANY, all=True)),
    "union": lambda: Book.objects.filter(pk__in=SALES).union(Book.objects.filter(pk__in=REVIEWS)).order_by("id"),
    "within lists": lambda: Book.objects.filter(Q(pk__in=MANY) | Q(pk__in=BUYERS)),
}


@pytest.mark.parametrize("name", SHAPES)
def test_table_is_the_one_whose_index_it_is(engine, engine_shelves, tmp_path, monkeypatch, name):
    if engine.name == "sqlite":  # by the place alone
        known = sqlite._indexes
        monkeypatch.setattr(
            sqlite, "_indexes", lambda cursor: {k: replace(i, table=None) for k, i in known(cursor).items()}
        )
    plan = last_plan(SHAPES[name], engine_shelves[1_000], tmp_path)
    steps = [node for node in plan.walk() if node.table and node.table != "book"]
    assert {"sale", "review"} <= {table for node in steps for table in node.table.split(" or ")}
    for node in steps:
        if (node.index or "").startswith("library_"):
            assert node.index.split("_")[1] in node.table.split(" or ")
    # MariaDB makes joins of such lists, and then has two tables of one name in one SELECT.
    both = engine.name == "mysql" and name in ("lists, and", "exists, and")
    assert any(" or " in node.table for node in steps) is both


def test_headline_names_each_of_two_tables(engine, engine_shelves, tmp_path):
    verdict = last_plan(SHAPES["lists, or"], engine_shelves[1_000], tmp_path).verdict
    assert "sale and review by index" in verdict or "review and sale by index" in verdict


def test_alias_is_written_as_in_the_statement(engine, engine_shelves, tmp_path):
    told = " ".join(filter(None, says(last_plan(SHAPES["lists, or"], engine_shelves[1_000], tmp_path))))
    assert "sale (as U0)" in told
    assert "review (as U0)" in told


TWO = 'SELECT 1 FROM book WHERE id IN (SELECT 1 FROM "sale" U0) OR id IN (SELECT 1 FROM "review" U0)'
COMPOUND = [(1, 0, "COMPOUND QUERY"), (2, 1, "LEFT-MOST SUBQUERY"), (3, 2, "SCAN U0")]
MERGE = [(1, 0, "MERGE (EXCEPT)"), (2, 1, "LEFT")]


@pytest.mark.parametrize(
    ("sql", "steps", "table"),
    [
        (TWO, [(1, 0, "LIST SUBQUERY 1"), (2, 1, "SCAN U0")], "sale"),
        (TWO, [(1, 0, "LIST SUBQUERY 2"), (2, 1, "SCAN U0")], "review"),
        (TWO, [(1, 0, "SCAN U0")], "sale or review"),  # one of the two, and it is not known which
        (TWO, [(1, 0, "LIST SUBQUERY 9"), (2, 1, "SCAN U0")], "sale or review"),
        (TWO, [(1, 0, "SEARCH U0 USING INDEX of_review (book_id=?)")], "review"),
        (f"WITH x AS (SELECT 1) {TWO}", [(1, 0, "LIST SUBQUERY 2"), (2, 1, "SCAN U0")], "sale or review"),
        ("SELECT 1 FROM sale U0 UNION SELECT 1 FROM review U0", COMPOUND, "sale or review"),  # too few parts
        (
            "SELECT 1 FROM sale U0 UNION SELECT 1 FROM review U0",
            [*COMPOUND, (4, 1, "UNION USING TEMP B-TREE"), (5, 4, "SCAN U0")],
            "review",
        ),
        (
            "SELECT 1 FROM sale U0 UNION SELECT 1 FROM review U0 EXCEPT SELECT 1 FROM author U0",
            [*MERGE, (3, 2, "MERGE (UNION)"), (4, 3, "LEFT"), (5, 3, "RIGHT"), (6, 5, "SCAN U0"), (7, 1, "RIGHT")],
            "review",
        ),
        (
            "SELECT 1 FROM (SELECT 1 FROM sale U0) x, (SELECT 1 FROM review U0) x",
            [(1, 0, "CO-ROUTINE x"), (2, 1, "SCAN U0")],
            "sale or review",
        ),
    ],
)
def test_sqlite_tells_the_table_only_where_the_place_is_known(sql, steps, table):
    facts = Facts(sql, {"of_review": Index(columns=("book_id",), table="review")})
    *_, last = [node for node in sqlite.read(steps, facts).walk() if node.table]
    assert last.table == table
    assert f"{table} (as U0)" in last.says
