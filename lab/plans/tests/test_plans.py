"""Plans as the three databases give them, live, and as JSON that this machine has no server for."""

import json
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.exceptions import NoPlan
from lab.plans import TableAccess, explain, mysql, postgresql, sqlite
from lab.plans.facts import Facts, Index
from lab.plans.tests.asking import opened, says, statement, titles
from lab.recording.recorder import Recorder

pytestmark = pytest.mark.once

SELECTS = {
    "primary key": "SELECT * FROM library_book WHERE id = 3",
    "list of keys": "SELECT * FROM library_book WHERE id IN (1, 2, 3)",
    "all": "SELECT title FROM library_book",
    "filter": "SELECT title FROM library_book WHERE description = 'no such text'",
    "index": "SELECT title FROM library_book WHERE author_id = 2",
    "join": "SELECT b.title, a.name FROM library_book b JOIN library_author a ON b.author_id = a.id ORDER BY b.id",
    "left join": "SELECT b.title, a.name FROM library_book b LEFT JOIN library_author a ON b.editor_id = a.id",
    "sort": "SELECT title FROM library_book ORDER BY title",
    "sort some": "SELECT title FROM library_book ORDER BY title LIMIT 3",
    "some": "SELECT title FROM library_book LIMIT 3",
    "group": "SELECT author_id, COUNT(*) FROM library_book GROUP BY author_id ORDER BY COUNT(*) DESC",
    "distinct": "SELECT DISTINCT author_id, publisher_id FROM library_book",
    "exists": "SELECT title FROM library_book b WHERE EXISTS (SELECT 1 FROM library_sale s WHERE s.book_id = b.id)",
    "scalar": "SELECT title, (SELECT COUNT(*) FROM library_review r WHERE r.book_id = b.id) FROM library_book b",
    "not in": "SELECT title FROM library_book WHERE author_id NOT IN (SELECT id FROM library_author WHERE country_id = 3)",
    "union": "SELECT name FROM library_author UNION SELECT name FROM library_customer",
    "union all": "SELECT name FROM library_author UNION ALL SELECT name FROM library_customer",
    "window": "SELECT title, RANK() OVER (PARTITION BY author_id ORDER BY price) FROM library_book",
    "recursive": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT MAX(i) FROM n",
    "derived": "SELECT COUNT(*) FROM (SELECT DISTINCT author_id, publisher_id FROM library_book) x",
    "or": "SELECT title FROM library_book WHERE author_id = 1 OR publisher_id = 2",
    "last": "SELECT MAX(id) FROM library_book",
    "no table": "SELECT 1",
}
WRITES = {
    "insert": "INSERT INTO library_genre (name) VALUES ('Maps')",
    "update": "UPDATE library_book SET stock = stock + 1",
    "insert rows": "INSERT INTO library_genre (name) VALUES ('Maps'), ('Atlases'), ('Globes')",
    "delete": "DELETE FROM library_review WHERE book_id IN (SELECT id FROM library_book WHERE author_id = 2)",
}


@pytest.mark.parametrize("name", SELECTS)
def test_every_step_of_the_raw_plan_is_read(engine, plan_of, name):
    plan = plan_of(SELECTS[name])
    raw = sorted({"sqlite": raw_sqlite, "postgresql": raw_postgresql, "mysql": raw_mysql}[engine.name](plan.raw))
    read = sorted({"mysql": mysql_tables}.get(engine.name, lambda plan: bare_titles(plan))(plan))
    assert read == raw
    assert raw or name == "no table"
    assert None not in says(plan)
    assert plan.verdict.endswith(".")


def raw_sqlite(raw):
    return [line.lstrip("| `-") for line in raw.splitlines()[1:]]


def raw_postgresql(raw):
    def types(node):
        yield node["Node Type"]
        for child in node.get("Plans", []):
            yield from types(child)

    return list(types(json.loads(raw)[0]["Plan"]))


def raw_mysql(raw):
    """The access types and messages of all tables."""

    def tables(value):
        if isinstance(value, dict):
            if isinstance(table := value.get("table"), dict):
                yield table.get("message") or table["access_type"]
            for inner in value.values():
                yield from tables(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from tables(inner)

    return list(tables(json.loads(raw)))


def mysql_tables(plan):
    kinds = ("ALL", "index", "range", "ref", "eq_ref", "const", "index_merge", "unique_subquery", "index_subquery")
    tables = [
        node
        for node in plan.walk()
        if node.title in kinds and not (node.title == "index_merge" and not node.access)
    ]
    return [node.title for node in tables if node.title != "range" or node.access] + [
        title for title in titles(plan) if title.endswith(("optimized away", "used"))
    ]


def bare_titles(plan):
    """Node types, without what the lab puts before and behind."""
    return [
        title.split(": ")[-1].split(" (")[0] if plan.vendor == "postgresql" else title for title in titles(plan)
    ]


def test_primary_key_is_one_jump(plan_of):
    plan = plan_of(SELECTS["primary key"])
    assert plan.verdict == "Jumps by primary key to one row of book."
    assert [(node.access, node.table) for node in plan.walk()] == [(TableAccess.ONE, "book")]


def test_whole_table_is_told(plan_of):
    plan = plan_of(SELECTS["all"])
    assert plan.verdict == "Reads every row of book."
    assert [node.access for node in plan.walk()] == [TableAccess.ALL]


def test_index_is_told_by_its_columns(plan_of):
    plan = plan_of(SELECTS["index"])
    assert any("its index on author_id" in words for words in says(plan))
    assert [node.table for node in plan.walk() if node.access == TableAccess.PART] == ["book"]


def test_index_is_told_with_its_directions(engine, engine_shelves):
    with opened(engine_shelves[10], "write") as connection, connection.cursor() as cursor:
        cursor.execute("CREATE INDEX best_first ON library_review (rating DESC, id)")
        cursor.execute("ANALYZE TABLE library_review" if engine.name == "mysql" else "ANALYZE library_review")
        sql = "SELECT rating, id FROM library_review ORDER BY rating DESC, id LIMIT 1"
        [says] = [node.says for node in explain(connection, statement(sql)).walk() if "index" in node.says]
    assert ("index best_first" if engine.name == "mysql" else "index on -rating, id") in says


def test_limit_may_end_a_scan(plan_of):
    assert "every row" not in plan_of(SELECTS["some"]).verdict
    assert "every row of book" in plan_of(SELECTS["sort some"]).verdict


def test_sort_is_told(plan_of, engine):
    verdict = plan_of(SELECTS["sort"]).verdict
    assert verdict == "Reads every row of book and sorts{}.".format(
        "" if engine.name == "sqlite" else " in memory"
    )


def test_alias_is_resolved(plan_of):
    plan = plan_of(SELECTS["join"])
    assert {node.table for node in plan.walk() if node.access} == {"book", "author"}
    assert any("author (as a)" in words for words in says(plan))


def test_what_only_reads_is_measured(plan_of, engine):
    plan = plan_of(SELECTS["all"])
    assert plan.analyzed is (engine.name != "sqlite")
    if engine.name == "sqlite":
        assert plan.remark == "SQLite tells what it would do, and gives no figures."
        assert plan.figures == ()
    else:
        assert plan.remark is None
        assert plan.nodes[0].actual_rows == 1_000
        assert plan.nodes[0].loops == 1
        assert plan.nodes[0].ms > 0
        assert dict(plan.figures)["ms to execute"] > 0


def test_parameters_are_passed(plan_of):
    plan = plan_of("SELECT title FROM library_book WHERE id = %s AND title LIKE %s", [7, "%"])
    assert plan.verdict.startswith("Jumps by primary key")


def test_many_is_explained_with_the_first_parameters(engine_shelves):
    with opened(engine_shelves[10], "write") as connection:
        many = statement("DELETE FROM library_book WHERE description = %s", [("first",), ("second",)], many=True)
        plan = explain(connection, many)
    assert plan.nodes
    assert ("'first'" in plan.raw) is (connection.vendor != "sqlite")


@pytest.mark.parametrize("name", WRITES)
def test_write_is_not_executed(engine_shelves, name):
    counts = "SELECT (SELECT COUNT(*) FROM library_genre), (SELECT SUM(stock) FROM library_book), (SELECT COUNT(*) FROM library_review)"
    with opened(engine_shelves[10], "write") as connection, connection.cursor() as cursor:
        cursor.execute(counts)
        before = cursor.fetchone()
        plan = explain(connection, statement(WRITES[name]))
        cursor.execute(counts)
        assert cursor.fetchone() == before
    assert plan.analyzed is False
    assert plan.remark
    assert plan.figures == () or connection.vendor == "mysql"


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_writing_cte_is_not_executed(engine, engine_shelves):
    sql = "WITH gone AS (DELETE FROM library_review RETURNING id) SELECT COUNT(*) FROM gone"
    with opened(engine_shelves[10], "write") as connection, connection.cursor() as cursor:
        plan = explain(connection, statement(sql))
        cursor.execute("SELECT COUNT(*) FROM library_review")
        assert cursor.fetchone() == (20,)
    assert not plan.analyzed
    assert "would delete from review" in plan.verdict


@pytest.mark.parametrize("engine", ["postgresql", "mysql"], indirect=True)
def test_lock_is_not_taken(engine, engine_shelves):
    with opened(engine_shelves[10], "write") as connection:
        plan = explain(connection, statement("SELECT id FROM library_book WHERE id = 1 FOR UPDATE"))
    assert plan.remark == "It may write or lock rows, so it was planned and not executed."
    assert not plan.analyzed


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_side_effect_of_a_select_is_refused(engine, engine_shelves):
    sql = "SELECT nextval('library_book_id_seq') FROM library_book"
    with opened(engine_shelves[10], "write") as connection, connection.cursor() as cursor:
        plan = explain(connection, statement(sql))
        cursor.execute("SELECT last_value FROM library_book_id_seq")
        assert cursor.fetchone() == (10,)
    assert plan.remark.startswith(
        "It was planned and not executed, since executing it failed: cannot execute nextval"
    )


@pytest.mark.parametrize("engine", ["postgresql", "mysql"], indirect=True)
def test_statement_that_takes_too_long_is_planned_only(engine, plan_of, monkeypatch):
    monkeypatch.setattr(postgresql, "_MILLISECONDS", 50)
    monkeypatch.setattr(mysql, "_SECONDS", 0.05)
    sleep = "pg_sleep" if engine.name == "postgresql" else "SLEEP"
    plan = plan_of(f"SELECT {sleep}(1) FROM library_book")
    assert not plan.analyzed
    assert "executing it failed" in plan.remark
    assert plan.nodes


def test_explaining_is_not_recorded(engine, engine_shelves):
    with opened(engine_shelves[10]) as connection, Recorder(connection, engine=engine, places=None) as recorder:
        assert explain(connection, statement(SELECTS["join"])).nodes
        assert connection.in_atomic_block is False
    assert recorder.statements == []


def test_failing_explain_leaves_the_transaction_whole(engine_shelves):
    with opened(engine_shelves[10], "write") as connection, connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute("DELETE FROM library_review WHERE id = 1")
            with pytest.raises(NoPlan, match="nowhere"):
                explain(connection, statement("SELECT * FROM nowhere"))
            explain(connection, statement("SELECT COUNT(*) FROM library_review"))
            cursor.execute("DELETE FROM library_review WHERE id = 2")
        cursor.execute("SELECT COUNT(*) FROM library_review")
        assert cursor.fetchone()[0] == 18


def test_explain_is_read_only_and_then_writing_is_free_again(engine_shelves):
    with opened(engine_shelves[10], "write") as connection, connection.cursor() as cursor, transaction.atomic():
        explain(connection, statement("SELECT COUNT(*) FROM library_review"))
        cursor.execute("DELETE FROM library_review")
        assert cursor.rowcount == 20


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("BEGIN", "BEGIN is a transaction statement"),
        ('SAVEPOINT "s1"', "SAVEPOINT is a transaction statement"),
        ("CREATE TABLE maps (id integer)", "CREATE has no plan"),
        ("SET search_path = public", "SET has no plan"),
        ("", "An empty statement has no plan"),
        ("SELECT 1; SELECT 2", "several statements"),
        ("SELECT 1; -- a remark\nSELECT 2", "several statements"),
    ],
)
def test_what_has_no_plan_is_told(shelf, sql, reason):
    with opened(shelf) as connection, pytest.raises(NoPlan, match=reason):
        explain(connection, statement(sql))


@pytest.mark.parametrize(
    "sql", ["SELECT ';' || 'x'", "SELECT 1;", "SELECT 1 /* ; SELECT 2 */", "SELECT ';x' -- ;y\n"]
)
def test_semicolon_in_a_text_is_no_second_statement(shelf, sql):
    with opened(shelf) as connection:
        assert explain(connection, statement(sql)).nodes


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("SELECT title FROM book", True),
        ("SELECT REPLACE(title, 'a', 'b') FROM book", True),
        ("SELECT title FROM book WHERE title = 'delete'", True),
        ('SELECT "update" FROM book', True),
        ("WITH x AS (SELECT 1) SELECT * FROM x", True),
        ("SELECT title FROM book FOR UPDATE", False),
        ("SELECT title FROM book FOR NO KEY UPDATE", False),
        ("SELECT title FROM book FOR SHARE", False),
        ("SELECT title FROM book LOCK IN SHARE MODE", False),
        ("SELECT title INTO maps FROM book", False),
        ("WITH x AS (DELETE FROM book RETURNING id) SELECT * FROM x", False),
        ("with x as (select 1) update book set stock = 1", False),
    ],
)
def test_reading_is_told_from_writing(sql, reads):
    assert Facts(sql).only_reads is reads


@pytest.mark.parametrize(
    ("sql", "aliases"),
    [
        (
            'SELECT * FROM "library_book" INNER JOIN "library_author" T3 ON (T3."id" = 1)',
            {"T3": ["library_author"]},
        ),
        ('SELECT 1 FROM "library_sale" U0 WHERE U0."id" = 1 LIMIT 1', {"U0": ["library_sale"]}),
        ("SELECT 1 FROM library_book AS b, library_author", {"b": ["library_book"]}),
        ("SELECT 1 FROM `library_book` WHERE 1", {}),
        ('UPDATE "library_book" SET stock = 1', {}),
    ],
)
def test_aliases_are_found(sql, aliases):
    assert Facts(sql).aliases == aliases


SQLITE = [
    (["SCAN library_book"], "", ["reads every row of book"]),
    (["SCAN TABLE library_book AS b"], "", ["reads every row of book (as b)"]),  # before 3.36
    (
        ["SCAN library_book USING INDEX author"],
        "",
        ["reads every row of book, in the order of its index on author_id"],
    ),
    (
        ["SCAN library_book USING COVERING INDEX author"],
        "",
        ["reads all of book’s index on author_id, and not the table itself"],
    ),
    (["SEARCH library_book USING INTEGER PRIMARY KEY (rowid>?)"], "", ["reads a range of book by primary key"]),
    (
        ["SEARCH library_book USING INTEGER PRIMARY KEY (rowid=?)"],
        "WHERE id IN (%s, %s)",
        ["jumps by primary key to each row of book that it wants"],
    ),
    (
        ["SEARCH library_book USING INDEX isbn (isbn=?)"],
        "",
        ["jumps by its unique index on isbn to one row of book"],
    ),
    (["SEARCH library_book USING INDEX isbn (isbn>?)"], "", ["reads a range of book by its unique index on isbn"]),
    (
        ["SEARCH library_book USING INDEX pair (genre_id=?)"],
        "",
        ["looks up book by its unique index on genre_id, book_id"],
    ),
    (["SEARCH library_book USING INDEX other (x=?)"], "", ["looks up book by its index other"]),
    (["SEARCH library_book"], "", ["reads every row of book"]),
    (
        ["SCAN library_book", "USING INDEX author FOR IN-OPERATOR"],
        "",
        [
            "reads every row of book",
            "finds the values of the IN in the index on author_id, without making a list of them",
        ],
    ),
    (["SCAN json_each VIRTUAL TABLE INDEX 1:"], "", ["reads the rows that a function or a virtual table gives"]),
    (["RIGHT-JOIN library_book"], "", ["adds the rows of the right side that found no match"]),
    (
        ["SCAN library_book", "SEARCH library_author USING AUTOMATIC COVERING INDEX (name=?)"],
        "",
        [
            "reads every row of book",
            "for each row so far, builds a temporary index of author on name, and looks up rows in it",
        ],
    ),
    (
        ["SCAN library_book", "USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY"],
        "LIMIT 3",
        [
            "reads book row by row, as far as it has to",
            "sorts within rows that come partly in order, in a temporary index",
        ],
    ),
    (["USE TEMP B-TREE FOR count(DISTINCT)"], "", ["drops repeated values, with a temporary index"]),
    (["SCAN 5 CONSTANT ROWS"], "INSERT", ["reads rows that the statement itself holds"]),
    (["SCAN CONSTANT ROW"], "", ["makes one row out of the statement alone"]),
    (["HOLD A SEANCE"], "", [None]),
]


@pytest.mark.parametrize(("steps", "sql", "words"), SQLITE)
def test_sqlite_step_in_plain_words(steps, sql, words):
    indexes = {
        "author": Index(columns=("author_id",)),
        "isbn": Index(columns=("isbn",), unique=True),
        "pair": Index(columns=("genre_id", "book_id"), unique=True),
    }
    facts = Facts(f"SELECT 1 FROM library_book, library_author {sql}", indexes)
    plan = sqlite.read([(number, 0, step) for number, step in enumerate(steps, start=1)], facts)
    assert says(plan) == words
    assert titles(plan) == steps


def test_sqlite_headline_keeps_the_order_of_the_steps():
    steps = ["SCAN library_book", "USE TEMP B-TREE FOR GROUP BY", "USE TEMP B-TREE FOR ORDER BY"]
    plan = sqlite.read([(number, 0, step) for number, step in enumerate(steps, start=1)], Facts("SELECT 1"))
    assert plan.verdict == "Reads every row of book, groups by sorting and sorts."


def test_sqlite_raw_is_the_tree_of_its_shell():
    steps = [
        (2, 0, "CO-ROUTINE x"),
        (6, 2, "SCAN library_book"),
        (16, 2, "USE TEMP B-TREE FOR DISTINCT"),
        (19, 0, "SCAN x"),
    ]
    plan = sqlite.read(steps, Facts("SELECT COUNT(*) FROM (SELECT DISTINCT title FROM library_book) x"))
    assert plan.raw == (
        "QUERY PLAN\n|--CO-ROUTINE x\n|  |--SCAN library_book\n|  `--USE TEMP B-TREE FOR DISTINCT\n`--SCAN x"
    )
    assert plan.nodes[1].says == "reads the rows of x made above"


def test_sqlite_scan_inside_a_loop_is_noted():
    plan = sqlite.read(
        [(1, 0, "SCAN library_book"), (2, 0, "SCAN library_genre")], Facts("FROM library_book, library_genre")
    )
    assert plan.notes == ["Genre is read again for each row so far."]


def test_sqlite_note_keeps_the_case_of_an_alias():
    plan = sqlite.read(
        [(1, 0, "SCAN library_book"), (2, 0, "SCAN U0")], Facts('FROM library_book JOIN library_genre "U0"')
    )
    assert plan.notes == ["Genre (as U0) is read again for each row so far."]


def test_sqlite_table_that_the_statement_does_not_name(shelf):
    with opened(shelf) as connection:
        plan = explain(connection, statement("DELETE FROM library_genre WHERE id = 1"))
    assert any("a foreign key makes SQLite look here" in note for note in plan.notes)


def postgres(node, sql="", **indexes):
    facts = Facts(sql, {name: Index(columns=columns) for name, columns in indexes.items()})
    return postgresql.read([{"Plan": {"Actual Loops": 1, **node}}], facts)


def test_postgresql_wrong_estimate_is_noted():
    assert postgres(
        {"Node Type": "Seq Scan", "Relation Name": "library_book", "Plan Rows": 1, "Actual Rows": 9403.0}
    ).notes == ["The planner expected 1 row and got 9,403 rows."]
    near = {"Node Type": "Seq Scan", "Relation Name": "library_book", "Plan Rows": 5_000, "Actual Rows": 9403.0}
    assert postgres(near).notes == []


def test_postgresql_estimate_below_a_limit_is_not_compared():
    scan = {
        "Node Type": "Seq Scan",
        "Relation Name": "library_book",
        "Plan Rows": 9_000,
        "Actual Rows": 3,
        "Actual Loops": 1,
    }
    plan = postgres({"Node Type": "Limit", "Plan Rows": 3, "Actual Rows": 3, "Plans": [scan]})
    assert plan.notes == []
    assert says(plan)[1] == "reads book row by row, as far as it has to"


def test_postgresql_merge_join_may_stop_on_the_side_whose_rows_need_a_match():
    sides = [
        {"Node Type": "Index Scan", "Relation Name": table, "Index Name": "x", "Parent Relationship": relationship}
        for table, relationship in (("library_book", "Outer"), ("library_author", "Inner"))
    ]
    join = {"Node Type": "Merge Join", "Plans": sides}
    assert [node.access for node in postgres({**join, "Join Type": "Left"}).walk()] == [
        None,
        TableAccess.ALL,
        TableAccess.SOME,
    ]
    assert [node.access for node in postgres({**join, "Join Type": "Inner"}).walk()] == [
        None,
        TableAccess.SOME,
        TableAccess.SOME,
    ]


def test_postgresql_time_lost_to_rounding_is_not_told():
    loops = {"Node Type": "Memoize", "Actual Loops": 10_000}
    assert postgres({**loops, "Actual Total Time": 0.0}).nodes[0].ms is None
    assert postgres({**loops, "Actual Total Time": 0.001}).nodes[0].ms == pytest.approx(10)


@pytest.mark.parametrize(
    ("node", "note"),
    [
        (
            {"Node Type": "Sort", "Sort Space Type": "Disk", "Sort Space Used": 1760},
            "The sort does not fit in work_mem: it goes to disk with 1,760 kB.",
        ),
        (
            {"Node Type": "Hash", "Hash Batches": 8},
            "The hash table does not fit in work_mem: it takes 8 batches, by disk.",
        ),
        (
            {"Node Type": "Aggregate", "Strategy": "Hashed", "Disk Usage": 672},
            "The groups do not fit in work_mem: 672 kB go to disk.",
        ),
        (
            {
                "Node Type": "Index Only Scan",
                "Relation Name": "library_book",
                "Index Name": "x",
                "Heap Fetches": 44,
            },
            "It had to look at the table too for 44 rows: the table wants a VACUUM.",
        ),
        (
            {
                "Node Type": "Seq Scan",
                "Relation Name": "library_book",
                "Actual Rows": 31,
                "Rows Removed by Filter": 4969,
            },
            "It reads 5,000 rows to keep 31.",
        ),
        (
            {"Node Type": "Seq Scan", "Relation Name": "library_book", "Actual Loops": 0},
            "It never had to run.",
        ),
    ],
)
def test_postgresql_notes(node, note):
    assert postgres(node).notes == [note]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_postgresql_spilled_sort_is_noticed_live(engine, engine_shelves):
    with opened(engine_shelves[1_000]) as connection, connection.cursor() as cursor:
        cursor.execute("SET work_mem = '64kB'")
        plan = explain(connection, statement("SELECT * FROM library_book ORDER BY description"))
    assert "sorts on disk" in plan.verdict
    assert any("does not fit in work_mem" in note for note in plan.notes)


def test_postgresql_unknown_step_keeps_its_own_name():
    plan = postgres({"Node Type": "Seance", "Relation Name": "library_book"})
    assert (titles(plan), says(plan)) == (["Seance"], [None])
    assert plan.verdict == "Seance."


def test_filter_that_drops_nearly_all_is_noted(engine, plan_of):
    notes = plan_of(SELECTS["filter"]).notes
    assert any("It reads 1,000 rows to keep 0." in note for note in notes) is (engine.name != "sqlite")


MYSQL_8 = {  # the form of https://dev.mysql.com/doc/refman/8.0/en/explain-output.html
    "query_block": {
        "select_id": 1,
        "cost_info": {"query_cost": "9.30"},
        "ordering_operation": {
            "using_temporary_table": True,
            "using_filesort": True,
            "grouping_operation": {
                "using_filesort": False,
                "nested_loop": [
                    {
                        "table": {
                            "table_name": "library_author",
                            "access_type": "ALL",
                            "rows_examined_per_scan": 50,
                            "rows_produced_per_join": 50,
                            "filtered": "100.00",
                            "cost_info": {"read_cost": "0.25", "prefix_cost": "5.25"},
                            "used_columns": ["id", "name"],
                        }
                    },
                    {
                        "table": {
                            "table_name": "library_book",
                            "access_type": "ref",
                            "key": "author",
                            "used_key_parts": ["author_id"],
                            "using_index": True,
                            "rows_examined_per_scan": 2,
                            "cost_info": {"prefix_cost": "9.30"},
                        }
                    },
                ],
                "select_list_subqueries": [
                    {
                        "dependent": True,
                        "cacheable": False,
                        "query_block": {
                            "select_id": 2,
                            "table": {"table_name": "library_sale", "access_type": "ALL"},
                        },
                    }
                ],
            },
        },
    }
}


def test_mysql_8_json_is_read():
    plan = mysql.read(MYSQL_8, Facts("SELECT …"))
    assert says(plan) == [
        "sorts, by way of a temporary table",
        "groups",
        "reads every row of author",
        "for each row so far, looks up book by its index on author_id, without reading the table itself",
        "runs this subquery",
        "reads sale row by row, as far as it has to",
    ]
    author = plan.nodes[0].children[0].children[0]
    assert (author.estimated_rows, author.cost, author.loops) == (50, 5.25, None)
    assert not plan.analyzed


def test_mysql_second_form_is_shown_in_its_own_words():
    scan = {"operation": "Table scan on library_book", "table_name": "library_book", "estimated_rows": 100.0}
    plan = mysql.read({"query": "…", "operation": "Sort: library_book.title", "inputs": [scan]}, Facts("SELECT …"))
    assert titles(plan) == ["Sort: library_book.title", "Table scan on library_book"]
    assert [node.estimated_rows for node in plan.walk()] == [None, 100]


def test_mysql_itself_is_asked_for_its_plan_without_executing():
    assert "gives no measured figures" in mysql.unexecuted(SimpleNamespace(mysql_is_mariadb=False))


def test_mysql_unknown_object_keeps_its_own_name():
    plan = mysql.read(
        {"query_block": {"seance": {"table": {"table_name": "library_book", "access_type": "ether"}}}}, Facts("")
    )
    assert (titles(plan), says(plan)) == (["seance", "ether"], [None, None])


SCALARS = st.none() | st.booleans() | st.integers(0, 9_999) | st.floats(0, 1e6) | st.text(max_size=8)
POSTGRES_TYPES = st.sampled_from(
    ["Seq Scan", "Sort", "Hash Join", "Aggregate", "Result", "Limit", "Index Scan", "Bitmap Heap Scan"]
)
POSTGRES_NODES = st.recursive(
    st.fixed_dictionaries(
        {"Node Type": POSTGRES_TYPES | st.text(max_size=8)},
        optional={
            "Relation Name": st.text(min_size=1, max_size=8),
            "Alias": st.text(max_size=8),
            "Index Name": st.text(max_size=8),
            "Index Cond": st.text(max_size=20),
            "Plan Rows": SCALARS,
            "Actual Rows": SCALARS,
            "Actual Loops": st.integers(0, 99),
            "Actual Total Time": SCALARS,
            "Sort Key": st.lists(st.text(max_size=4)),
            "Join Type": st.text(max_size=6),
            "Parent Relationship": st.sampled_from(["Outer", "Inner", "SubPlan", "Member"]),
        },
    ),
    lambda nodes: st.builds(
        lambda node, plans: {**node, "Plans": plans}, nodes, st.lists(nodes, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(POSTGRES_NODES)
def test_any_postgresql_plan_is_read_whole(node):
    def count(node):
        return 1 + sum(count(child) for child in node.get("Plans", []))

    plan = postgresql.read([{"Plan": node}], Facts("SELECT 1"))
    assert len(list(plan.walk())) == count(node)
    assert plan.verdict


MYSQL_KEYS = st.sampled_from(
    ["table", "filesort", "nested_loop", "temporary_table", "subqueries", "rows", "r_loops", "key"]
)
MYSQL_VALUES = st.recursive(
    SCALARS,
    lambda values: st.dictionaries(
        MYSQL_KEYS | st.text(max_size=6), values | st.lists(values, max_size=3), max_size=4
    ),
    max_leaves=15,
)


@settings(deadline=None)
@given(
    st.dictionaries(
        MYSQL_KEYS | st.text(max_size=6), MYSQL_VALUES | st.lists(MYSQL_VALUES, max_size=3), max_size=4
    )
)
def test_any_mysql_plan_is_read(block):
    plan = mysql.read({"query_block": block}, Facts("SELECT 1"))
    assert {key for key, value in block.items() if isinstance(value, dict)} - {"cost_info"} <= {
        node.title.split(" #")[0] if node.title not in ("", " ") else node.title for node in plan.nodes
    } | {"table"}
    assert plan.verdict


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.text(max_size=30)), max_size=8))
def test_any_sqlite_plan_is_read(steps):
    numbered = [
        (number, min(parent, number - 1), detail) for number, (parent, detail) in enumerate(steps, start=1)
    ]
    plan = sqlite.read(numbered, Facts("SELECT 1"))
    assert sorted(titles(plan)) == sorted(detail for _, _, detail in numbered)
    assert plan.verdict
