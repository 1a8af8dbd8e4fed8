"""What ordinary code makes engines say, in plain words: no step keeps the engine's own."""

import pytest
from django.db import connection
from django.db.models import Avg, Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import Rank, RowNumber, TruncMonth

from lab.exceptions import NoPlan
from lab.plans import mysql, postgresql
from lab.plans.facts import Facts
from lab.plans.tests.asking import last_plan, says, told
from library.models import Author, Book, Country, Customer, Genre, Publisher, Review, Sale

pytestmark = pytest.mark.once

SALES = Sale.objects.filter(book=OuterRef("pk"))
BEST = Window(RowNumber(), partition_by="author_id", order_by="-price")


def raw(sql):
    def ask():
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return ask


READS = {
    "in all": lambda: Book.objects.filter(author__in=Author.objects.all()),
    "in all of a nullable": lambda: Author.objects.exclude(pk__in=Book.objects.values("editor")),
    "in some, or": lambda: Book.objects.filter(Q(title="x") | Q(author__in=Author.objects.filter(name="y"))),
    "in a union": lambda: Book.objects.filter(
        author__in=Author.objects.filter(name="a").values("pk").union(Author.objects.filter(name="b").values("pk"))
    ),
    "difference": lambda: Author.objects.values("pk").difference(Customer.objects.values("pk")),
    "intersection": lambda: Author.objects.values("pk").intersection(Customer.objects.values("pk")),
    "union in order": lambda: (
        Author.objects.values("name").union(Customer.objects.values("name")).order_by("name")
    ),
    "distinct exists": lambda: Book.objects.distinct().exists() and None,
    "exists": lambda: Country.objects.filter(
        Exists(Customer.objects.filter(country=OuterRef("pk"), sales__quantity=1))
    ),
    "or of two indexes": lambda: Book.objects.filter(Q(author_id=1) | Q(publisher_id=2)),
    "and of two indexes": lambda: Book.objects.filter(author_id=1, publisher_id=2),
    "first of each": lambda: Book.objects.annotate(place=BEST).filter(place=1),
    "two windows": lambda: Book.objects.annotate(a=BEST, b=Window(Rank(), order_by="title")),
    "groups of groups": lambda: Author.objects.annotate(n=Count("books")).aggregate(Avg("n")) and None,
    "months": lambda: (
        Sale.objects.annotate(m=TruncMonth("sold_at")).values("m").annotate(n=Count("pk")).order_by("m")
    ),
    "dates": lambda: Book.objects.dates("published_on", "year"),
    "no such row": lambda: Book.objects.filter(pk=99_999_999).select_related("author"),
    "no row": lambda: Book.objects.filter(pk=None),
    "random": lambda: Book.objects.order_by("?")[:3],
    "right join": raw("SELECT b.id FROM library_book b RIGHT JOIN library_author a ON a.id = b.editor_id"),
    "CTE twice": raw(
        "WITH c AS (SELECT author_id, COUNT(*) AS n FROM library_book GROUP BY author_id)"
        " SELECT * FROM c JOIN c d ON c.n = d.n WHERE c.author_id < d.author_id"
    ),
    "values": raw("VALUES (1), (2), (3)"),
}
WRITES = {
    "delete all": lambda: Review.objects.all().delete(),
    "delete one": lambda: Review.objects.filter(pk=3).delete(),
    "delete by a join": lambda: Review.objects.filter(book__author__name="x").delete(),
    "delete by exists": lambda: Author.objects.filter(
        ~Exists(Book.objects.filter(author=OuterRef("pk")))
    ).delete(),
    "update of the index": lambda: Book.objects.filter(author_id=3).update(author_id=4),
    "update by a subquery": lambda: Book.objects.filter(Exists(SALES)).update(stock=1),
    "bulk update": lambda: Book.objects.bulk_update([Book(pk=1, stock=2), Book(pk=2, stock=3)], ["stock"]),
    "bulk create": lambda: Genre.objects.bulk_create([Genre(name="a"), Genre(name="b")]) and None,
    "ignoring conflicts": lambda: Genre.objects.bulk_create([Genre(name="a")], ignore_conflicts=True) and None,
    "INSERT of a SELECT": raw("INSERT INTO library_genre (name) SELECT name FROM library_country"),
    "get or create": lambda: Publisher.objects.get_or_create(name="x", defaults={"country_id": 1}) and None,
    "many to many": lambda: Book.objects.get(pk=1).genres.set([1]),
}
DIALECT = {
    "distinct on": ("postgresql", lambda: Book.objects.order_by("author_id", "-price").distinct("author_id")),
    "all values": (
        "postgresql",
        raw("SELECT id FROM library_book WHERE price > ALL (SELECT price FROM library_book WHERE author_id = 3)"),
    ),
    "lateral": (
        "postgresql",
        raw("SELECT * FROM library_author a, LATERAL (SELECT 1 FROM library_book WHERE author_id = a.id LIMIT 1) b"),
    ),
    "sample": ("postgresql", raw("SELECT id FROM library_book TABLESAMPLE SYSTEM (10)")),
    "grouping sets": (
        "postgresql",
        raw("SELECT COUNT(*) FROM library_book GROUP BY GROUPING SETS ((author_id), (publisher_id), ())"),
    ),
    "places": ("postgresql", raw("SELECT id FROM library_book WHERE ctid < '(2,1)'")),
    "index for each row": (
        "mysql",
        raw("SELECT b.id FROM library_book b JOIN library_sale s ON s.book_id = b.id OR s.customer_id = b.id"),
    ),
    "row made once": ("mysql", raw("SELECT b.id FROM (SELECT 1 AS a) x JOIN library_book b ON b.id = x.a")),
    "rollup": ("mysql", raw("SELECT author_id, COUNT(*) FROM library_book GROUP BY author_id WITH ROLLUP")),
    "json": ("sqlite", raw("SELECT * FROM json_each('[1, 2]')")),
}  # fmt: skip


@pytest.mark.parametrize("name", READS)
def test_reads_are_told_in_plain_words(engine, engine_shelves, tmp_path, name):
    assert None not in says(last_plan(READS[name], engine_shelves[1_000], tmp_path))


@pytest.mark.parametrize("name", WRITES)
def test_writes_are_told_in_plain_words(engine, engine_shelves, tmp_path, name):
    assert None not in says(last_plan(WRITES[name], engine_shelves[1_000], tmp_path, "write"))


@pytest.mark.parametrize(("engine", "ask"), DIALECT.values(), ids=DIALECT, indirect=["engine"])
def test_what_one_engine_has_is_told_in_plain_words(engine, engine_shelves, tmp_path, ask):
    assert None not in says(last_plan(ask, engine_shelves[1_000], tmp_path))


def test_in_of_a_whole_table_is_in_the_headline(shelf, tmp_path):
    assert last_plan(READS["in all"], shelf, tmp_path).verdict.endswith(
        " and finds the values of the IN in author’s primary key."
    )


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_set_operation_is_in_the_headline(engine, engine_shelves, tmp_path):
    verdicts = [
        last_plan(READS[name], engine_shelves[1_000], tmp_path).verdict for name in ("difference", "intersection")
    ]
    assert verdicts == [
        "Reads every row of author and customer and drops rows that are in both.",
        "Reads every row of author and customer and keeps rows that are in both.",
    ]


NEVER = {  # what asks, and the tables that are read, since nothing is found in them
    "nobody's books": (lambda: Book.objects.filter(author__name="nobody"), ["author"]),
    "no country's sales": (lambda: Sale.objects.filter(book__author__country__name="none"), ["country"]),
    "condition that is false": (lambda: Book.objects.filter(Exists(Sale.objects.filter(quantity=999))), ["sale"]),
}


@pytest.mark.parametrize("engine", ["postgresql", "mysql"], indirect=True)
@pytest.mark.parametrize("name", NEVER)
def test_what_never_ran_is_not_told_as_read(engine, engine_shelves, tmp_path, name):
    ask, tables = NEVER[name]
    plan = last_plan(ask, engine_shelves[1_000], tmp_path)
    idle = [node for node in plan.walk() if node.table and node.loops == 0]
    assert "It never had to run." in plan.notes or engine.name == "mysql"
    assert not [node for node in idle if node.gist or (node.access and node.title != "const")]
    for node in idle:
        assert node.table in tables or node.table not in plan.verdict


def test_other_side_of_an_empty_hash_is_not_told_as_whole():
    sides = [
        {
            "Node Type": "Seq Scan",
            "Relation Name": "library_sale",
            "Parent Relationship": "Outer",
            "Actual Loops": 1,
        },
        {"Node Type": "Hash", "Parent Relationship": "Inner", "Actual Loops": 1, "Actual Rows": 0},
    ]
    joins = {
        "Inner": "as far as it has to",
        "Semi": "as far as it has to",
        "Left": "every row",
        "Anti": "every row",
    }
    for kind, words in joins.items():
        join = {"Node Type": "Hash Join", "Join Type": kind, "Actual Loops": 1, "Plans": sides}
        assert words in says(postgresql.read([{"Plan": join}], Facts("SELECT 1")))[1]
    sides[1]["Actual Rows"] = 1
    join = {"Node Type": "Hash Join", "Join Type": "Inner", "Actual Loops": 1, "Plans": sides}
    assert says(postgresql.read([{"Plan": join}], Facts("SELECT 1")))[1] == "reads every row of sale"


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_side_that_an_empty_hash_is_probed_by_is_not_read(engine, engine_shelves, tmp_path):
    # The planner takes a third of the books to be so thick; none is.
    thick = Sale.objects.filter(book__pages__gt=F("book__stock") + 100_000)
    plan = last_plan(lambda: thick, engine_shelves[1_000], tmp_path)
    assert [node.actual_rows for node in plan.walk() if node.table == "sale"] == [1]
    assert plan.verdict == "Reads every row of book, reads sale as far as it has to and joins by hashing."


TEXTS = [
    'a "quoted" title',
    "O'Brien",
    'back\\slash and "',
    'two\nlines "',
    'tab\t"',
    '", "r_loops": "',
    "\x01",
    '日本"',
    '"',
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_of_a_condition_may_hold_any_character(engine, engine_shelves, tmp_path, text):
    plan = last_plan(lambda: Book.objects.filter(title=text), engine_shelves[1_000], tmp_path)
    assert [node.table for node in plan.walk()] == ["book"]
    if engine.name == "mysql":
        condition = dict(plan.nodes[0].details)["attached_condition"]
        assert condition.startswith("library_book.title = '")
        assert condition.count('"') == text.count('"')


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_text_of_a_sort_may_hold_any_character(engine, plan_of):
    plan = plan_of("SELECT title FROM library_book ORDER BY CONCAT(title, %s), id", ['"'])
    assert "sorts" in plan.verdict


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_answer_that_cannot_be_read_is_told(engine, plan_of, monkeypatch):
    monkeypatch.setattr(mysql, "_escaped", lambda raw: raw[:-1])
    with pytest.raises(NoPlan, match="MariaDB answers with JSON that is not valid, so its plan cannot be read"):
        plan_of("SELECT title FROM library_book")


@pytest.mark.parametrize(
    "message", ["Deleting all rows", "Zero limit", "Impossible HAVING", "No matching min/max row"]
)
def test_mysql_message_in_plain_words(message):
    plan = mysql.read(
        {"query_block": {"select_id": 1, "table": {"message": message}}}, Facts("DELETE FROM library_review")
    )
    assert None not in says(plan)


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_mysql_table_that_an_index_is_chosen_for_is_not_told_as_whole(engine, engine_shelves, tmp_path):
    plan = last_plan(DIALECT["index for each row"][1], engine_shelves[1_000], tmp_path)
    assert told(plan) == {"book": "index", "sale": "some"}


@pytest.mark.parametrize(("kind", "access"), [("hash_ALL", "all"), ("hash_index", "all"), ("hash_range", "part")])
def test_mysql_hash_join_tells_its_table(kind, access):
    table = {
        "table_name": "library_book",
        "access_type": kind,
        "key": "#hash#$hj:author",
        "used_key_parts": ["id"],
    }
    block = {"select_id": 1, "block-nl-join": {"table": table, "join_type": "BNLH"}}
    plan = mysql.read({"query_block": block}, Facts("SELECT 1"))
    assert told(plan) == {"book": access}
    assert None not in says(plan)


def test_mysql_first_match_stops_all_of_its_tables():
    tables = [
        {"table": {"table_name": name, "access_type": "ALL", **more}}
        for name, more in (("country", {}), ("customer", {}), ("sale", {"first_match": "country"}), ("book", {}))
    ]
    plan = mysql.read({"query_block": {"select_id": 1, "nested_loop": tables}}, Facts("SELECT 1"))
    assert [node.access for node in plan.walk()] == ["all", "some", "some", "all"]
