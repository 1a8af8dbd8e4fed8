"""What is told as read whole, and what as read as far as it has to be."""

import pytest
from django.db.models import Count, Exists, F, Func, Max, Min, OuterRef, Subquery, Value, Window
from django.db.models.functions import Coalesce, Lag, Lower

from lab.plans import explain
from lab.plans.facts import Facts
from lab.plans.selects import Selects
from lab.plans.tests.asking import last_plan, opened, statement, told
from library.models import Author, Book, Customer, Sale

pytestmark = pytest.mark.once

ENGINES = ("sqlite", "postgresql", "mysql")
OF_AUTHOR = Book.objects.filter(author=OuterRef("pk"))
SOLD = Exists(Sale.objects.filter(book=OuterRef("pk")))
RAREST = Sale.objects.filter(quantity=999).order_by("amount").values("book")[:1]
NAMES, OTHERS = Author.objects.values("name"), Customer.objects.values("name")
LIMITS = {  # name: (what asks, {table: how each engine is told to read it, or all of them})
    "newest book": (lambda: Author.objects.annotate(newest=OF_AUTHOR.order_by("-pk").values("title")[:1]), {"author": "all"}),
    "inside a function": (lambda: Author.objects.annotate(a=Coalesce(OF_AUTHOR.values("title")[:1], Value(""))), {"author": "all"}),
    "in a condition": (lambda: Book.objects.filter(pk=Subquery(RAREST)), {"sale": "all"}),
    "both": (lambda: Author.objects.annotate(newest=OF_AUTHOR.order_by("-pk").values("title")[:1])[:3], {"author": "some"}),
    "exists": (lambda: Book.objects.annotate(sold=SOLD), {"book": "all"}),
    "exists in a condition": (lambda: Book.objects.filter(SOLD | Exists(Sale.objects.filter(amount=OuterRef("price")))), {"book": "all"}),
    "not exists": (lambda: Book.objects.filter(~SOLD), {"book": "all"}),
    "excluded": (lambda: Author.objects.exclude(books__price__gt=10), {"author": "all"}),
    "scalar count": (lambda: Author.objects.annotate(n=Subquery(Book.objects.annotate(n=Func(F("pages"), function="COUNT")).values("n"))), {"author": "all", "book": "all"}),
    "value": (lambda: Book.objects.filter(pages__gt=Subquery(Author.objects.filter(bio="none").values("pk"))), {"author": ("some", "all", "all")}),
    "value of a row": (lambda: Book.objects.annotate(x=Subquery(Author.objects.filter(bio=OuterRef("title")).values("pk"))), {"book": "all", "author": ("some", "all", "all")}),
    "slice": (lambda: Book.objects.order_by("pk")[:3], {"book": "some"}),
    "sorted slice": (lambda: Book.objects.order_by("title")[:3], {"book": "all"}),
    "slice of values": (lambda: Book.objects.values("title").distinct()[:1], {"book": ("some", "all", "some")}),
    "sorted values": (lambda: Book.objects.order_by("title").values("title").distinct()[:1], {"book": "all"}),
    "groups": (lambda: Book.objects.values("pages").annotate(n=Count("pk")).order_by()[:1], {"book": "all"}),
    "union": (lambda: NAMES.union(OTHERS)[:3], {"author": "all", "customer": "all"}),
    "union, sorted": (lambda: NAMES.union(OTHERS, all=True).order_by("name")[:3], {"author": "all", "customer": "all"}),
    "union all": (lambda: NAMES.union(OTHERS, all=True)[:3], {"author": ("some", "some", "all")}),
    "window": (lambda: Sale.objects.annotate(before=Window(Lag("amount"), order_by="sold_at"))[:5], {"sale": "all"}),
    "partly sorted": (lambda: Book.objects.order_by("author_id", "title")[:3], {"book": ("some", "some", "all")}),
}  # fmt: skip
AGGREGATES = {  # name: (what asks, how SQLite reads its book)
    "counted": (lambda: Book.objects.order_by("title")[:5].count(), "all"),
    "slice, counted": (lambda: Book.objects.order_by("pk")[:5].count(), "some"),
    "by no index": (lambda: Book.objects.aggregate(Max("price")), "all"),
    "two of them": (lambda: Book.objects.aggregate(Max("pk"), Min("pk")), "index"),
    "by no index, filtered": (lambda: Book.objects.filter(pages__gt=100).aggregate(Max("price")), "all"),
    "of an expression": (lambda: Book.objects.aggregate(end=Max(Lower("isbn"))), "index"),
    "over a join": (lambda: Book.objects.aggregate(end=Max("author__name")), "index"),
    "by key": (lambda: Book.objects.aggregate(Max("pk")), "part"),
    "by key, filtered": (lambda: Book.objects.filter(pages__gt=100).aggregate(Max("pk")), "some"),
    "by index": (lambda: Book.objects.aggregate(Min("author_id")), "part"),
    "by unique index": (lambda: Book.objects.aggregate(Max("isbn")), "part"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_limit_speaks_of_its_own_select(engine, engine_shelves, tmp_path, name):
    ask, expected = LIMITS[name]
    plan = last_plan(ask, engine_shelves[1_000], tmp_path)
    of_engine = {
        table: how if isinstance(how, str) else how[ENGINES.index(engine.name)] for table, how in expected.items()
    }
    read = {table: "all" if how == "index" else how for table, how in told(plan).items()}
    assert of_engine.items() <= read.items()


@pytest.mark.parametrize("engine", ["postgresql", "mysql"], indirect=True)
@pytest.mark.parametrize("name", [*LIMITS, *AGGREGATES])
def test_what_is_told_as_whole_was_measured_whole(engine, engine_shelves, tmp_path, name):
    ask, _ = {**LIMITS, **AGGREGATES}[name]
    with engine_shelves[1_000].open():
        sizes = {model._meta.model_name: model.objects.count() for model in (Author, Book, Customer, Sale)}
    plan = last_plan(ask, engine_shelves[1_000], tmp_path)
    for node in plan.walk():
        if node.access in ("all", "index") and node.loops == 1:
            removed = int(dict(node.details).get("Rows Removed by Filter", 0))
            assert node.actual_rows + removed == sizes[node.table]


@pytest.mark.parametrize("name", AGGREGATES)
def test_end_is_told_only_where_sqlite_can_go_to_it(shelves, tmp_path, name):
    ask, how = AGGREGATES[name]
    assert told(last_plan(ask, shelves[1_000], tmp_path))["book"] == how


SEEN = [  # seen() is called for each row that SQLite looks at
    "SELECT DISTINCT title FROM library_book WHERE seen(id) LIMIT 1",
    "SELECT DISTINCT title FROM library_book WHERE seen(id) ORDER BY title LIMIT 1",
    "SELECT DISTINCT author_id FROM library_book WHERE seen(id) LIMIT 1",
    "SELECT title FROM library_book WHERE seen(id) ORDER BY title LIMIT 1",
    "SELECT title FROM library_book WHERE seen(id) ORDER BY author_id, title LIMIT 1",
    "SELECT pages, COUNT(*) FROM library_book WHERE seen(id) GROUP BY pages LIMIT 1",
    "SELECT author_id, COUNT(*) FROM library_book WHERE seen(id) GROUP BY author_id LIMIT 1",
    "SELECT COUNT(*) FROM library_book WHERE seen(id) LIMIT 1",
    "SELECT MAX(price) FROM library_book WHERE seen(id)",
    "SELECT MAX(id) FROM library_book WHERE seen(id)",
    "SELECT MIN(author_id) FROM library_book WHERE seen(id)",
    "SELECT MAX(a.id) FROM library_book b JOIN library_author a ON a.id = b.author_id WHERE seen(b.id)",
    "SELECT MAX(b.id) FROM library_book b JOIN library_author a ON a.id = b.author_id WHERE seen(b.id)",
    "SELECT title FROM library_book WHERE seen(id) UNION SELECT 'x' LIMIT 1",
    "SELECT title FROM library_book WHERE seen(id) UNION ALL SELECT 'x' LIMIT 1",
    "SELECT title FROM library_book WHERE seen(id) EXCEPT SELECT 'x' LIMIT 1",
    "SELECT * FROM (SELECT * FROM library_book WHERE seen(id) LIMIT 5)",
    "SELECT * FROM (SELECT * FROM library_book WHERE seen(id) LIMIT 5) x WHERE x.pages > 0",
    "WITH x AS (SELECT * FROM library_book WHERE seen(id) LIMIT 5) SELECT * FROM x",
    "WITH x AS (SELECT * FROM library_book WHERE seen(id)), y AS (SELECT 1 LIMIT 1) SELECT COUNT(*) FROM x",
    "SELECT id, (SELECT 1 LIMIT 1) FROM library_book WHERE seen(id)",
    "SELECT LAG(title) OVER (ORDER BY title) FROM library_book WHERE seen(id) LIMIT 2",
    "SELECT LAG(title) OVER (ORDER BY id) FROM library_book WHERE seen(id) LIMIT 2",
    "SELECT id FROM library_author WHERE id IN (SELECT author_id FROM library_book WHERE seen(id) LIMIT 3)",
    "SELECT id FROM library_author WHERE id IN (SELECT author_id FROM library_book WHERE seen(id)) LIMIT 3",
    "SELECT id FROM library_author WHERE id = (SELECT MAX(pages) FROM library_book WHERE seen(id)) LIMIT 3",
]  # fmt: skip


@pytest.mark.parametrize("sql", SEEN)
def test_sqlite_sees_as_many_rows_as_are_told(shelves, sql):
    seen = set()
    with opened(shelves[1_000]) as connection:
        connection.connection.create_function("seen", 1, lambda key: seen.add(key) or 1)
        with connection.cursor() as cursor:
            cursor.execute(sql).fetchall()
        plan = explain(connection, statement(sql))
    assert (told(plan)["book"] in ("all", "index")) is (len(seen) == 1_000)


@pytest.mark.parametrize(
    ("sql", "begun", "ended"),  # whether each SELECT has a LIMIT, in the order in which they begin, and end
    [
        ("SELECT 1", [False], [False]),
        ("SELECT (SELECT 2 LIMIT 1), (SELECT 3)", [False, True, False], [True, False, False]),
        ("SELECT 1 UNION SELECT 2 LIMIT 3", [True, True], [True, True]),
        ("(SELECT 1 LIMIT 1) UNION (SELECT 2)", [True, False], [True, False]),
        ("WITH x AS (SELECT 1 LIMIT 1) SELECT 2", [False, True], [True, False]),
        ("UPDATE a SET b = 1 WHERE c IN (SELECT 2 LIMIT 1)", [False, True], [True]),
        ("SELECT 1 WHERE 2 IN ((SELECT 3 LIMIT 1))", [False, True], [True, False]),
        ("SELECT 1 FETCH FIRST 1 ROWS ONLY", [True], [True]),
        ("SELECT GROUP_CONCAT(a LIMIT 1), ')', '(LIMIT' FROM \"limit\"", [False], [False]),
        (") SELECT (1", [False], [False]),
    ],
)
def test_selects_are_numbered(sql, begun, ended):
    selects = Selects(Facts(sql).text)
    assert [selects.begun(n)[0].has_limit for n in range(1, len(begun) + 1)] == begun
    assert [selects.ended(n).has_limit for n in range(1, len(ended) + 1)] == ended
    for number, expected in (selects.begun, begun), (selects.ended, ended):
        assert number(0) is number(len(expected) + 1) is None
