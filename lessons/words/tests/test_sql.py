import pytest
from psycopg.types.numeric import Int2

from lessons.words.sql import highlighted, parameters, row
from lessons.words.sql_text import layout, summary


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ('SELECT 1 FROM "library_book" WHERE EXISTS(SELECT 1 FROM "library_sale" U0)', "SELECT … book"),
        ("SELECT (SELECT SUM(n) FROM `library_sale` U0) AS n FROM `library_customer`", "SELECT … customer"),
        ("SELECT EXTRACT(YEAR FROM published_on), '(' FROM library_book", "SELECT … book"),
        ("SELECT COUNT(*) FROM (SELECT DISTINCT title FROM library_book) subquery", "SELECT … book"),
        ('(SELECT 1 FROM "library_sale") UNION (SELECT 1 FROM "library_review")', "SELECT … sale"),
        ("WITH RECURSIVE up(id) AS (SELECT id FROM library_category) SELECT * FROM up", "WITH … category"),
        ("WITH up AS (SELECT 1 FROM library_sale) SELECT 1 FROM library_book, up", "WITH … book"),
        ("INSERT INTO library_genre SELECT * FROM library_book", "INSERT … genre"),
        ('UPDATE "library_book" SET n = (SELECT 1 FROM library_sale)', "UPDATE … book"),
        ("SAVEPOINT s1", "SAVEPOINT"),
        ("", ""),
    ],
)
def test_summary_names_the_table_outside_of_subqueries(sql, expected):
    assert summary(sql) == expected


def test_layout_breaks_at_clauses_and_keeps_lists_whole():
    sql = 'SELECT "a"."id", "a"."name" FROM "a" INNER JOIN "b" ON ("a"."b_id" = "b"."id") WHERE "a"."id" = %s LIMIT 21'
    lines = [line.strip() for line in layout(sql).splitlines()]
    assert lines[0] == 'SELECT "a"."id", "a"."name"'
    assert [line.split()[0] for line in lines] == ["SELECT", "FROM", "INNER", "WHERE", "LIMIT"]


def test_layout_steps_in_by_two_columns():
    sql = (
        'SELECT 1 FROM "a" WHERE NOT (EXISTS(SELECT 1 FROM "b" WHERE ("b"."id" = %s AND "b"."n" < %s))) ORDER BY 1'
    )
    lines = layout(sql).splitlines()
    assert [len(line) - len(line.lstrip()) for line in lines] == [0, 0, 0, 2, 4, 4, 6, 0]
    assert " ".join(line.strip() for line in lines) == sql.replace("EXISTS(", "EXISTS (")


def test_layout_cuts_long_lists_of_placeholders():
    for item in ("%s", "(%s)"):
        sql = f"SELECT 1 FROM a WHERE id IN ({', '.join([item] * 500)})"
        assert layout(sql).count("%s") == 5
        assert "/* … */" in layout(sql)


def test_layout_cuts_long_lists_of_conditions():
    whens = " ".join(f'WHEN ("b"."id" = %s) THEN {value}' for value in ["CAST(%s AS numeric)", "%s"] * 1_000)
    cases = [f'"{name}" = CASE {whens} ELSE NULL END' for name in ("price", "stock")]
    shown = layout(f'UPDATE "b" SET {", ".join(cases)} WHERE "b"."id" IN (%s, %s)')
    assert (shown.count("WHEN"), shown.count("/* … */"), shown.count("ELSE NULL")) == (8, 2, 2)
    assert shown.splitlines()[-1] == 'WHERE "b"."id" IN (%s, %s)'


def test_layout_cuts_long_lists_of_alternatives():
    sides = [f'("b"."id" = %s AND "b"."n" = {n})' for n in range(1_000)]
    shown = layout(f'SELECT 1 FROM "b" WHERE ({" OR ".join(sides)}) ORDER BY 1')
    assert (shown.count("OR"), shown.count("/* … */"), shown.count('"b"."id"')) == (4, 1, 4)
    assert '"n" = 999' in shown
    assert layout(" OR ".join(sides[:6])).count('"b"."id"') == 6


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ('INSERT OR IGNORE INTO "a" ("b") VALUES (%s)', 'INSERT OR IGNORE INTO "a" ("b")'),
        ('SELECT 1 FROM "a" LIMIT 21 FOR UPDATE', "FOR UPDATE"),
        ('SELECT 1 FROM "a" FOR NO KEY UPDATE OF "a" SKIP LOCKED', 'FOR NO KEY UPDATE OF "a" SKIP LOCKED'),
        (
            'INSERT INTO "a" ("b") VALUES (%s) ON CONFLICT ("b") DO UPDATE SET "c" = %s',
            'VALUES (%s) ON CONFLICT ("b") DO UPDATE SET "c" = %s',
        ),
    ],
)
def test_layout_keeps_words_of_one_clause_together(sql, line):
    shown = layout(sql)
    assert line in [each.strip() for each in shown.splitlines()]
    assert shown.split() == sql.split()


def test_layout_of_what_sqlparse_refuses_is_the_statement_itself():
    sql = "SELECT " + " + ".join(["a.b"] * 6_000)
    assert layout(sql) == sql


def test_highlighted_escapes():
    assert "<b>" not in highlighted("SELECT '<b>'")


def test_parameters_are_escaped_and_shortened():
    assert parameters(["<b>"]) == "<code>&#x27;&lt;b&gt;&#x27;</code>"
    assert parameters(list(range(100))).endswith("… 100 in all")
    assert len(parameters(["x" * 1_000])) < 100
    assert parameters(None) == ""


def test_number_is_shown_without_the_drivers_type():
    assert parameters([Int2(1), True]) == "<code>1</code>, <code>True</code>"


def test_row_may_be_one_plain_value():
    assert row(0) == "<code>0</code>"
    assert row("Dune") == "<code>&#x27;Dune&#x27;</code>"
    assert row({"title": "Dune", "pages": 1}) == "<code>title: &#x27;Dune&#x27;</code>, <code>pages: 1</code>"
    assert row(("Dune", 1)) == "<code>&#x27;Dune&#x27;</code>, <code>1</code>"


def test_many_columns_are_folded_and_still_there():
    columns = ", ".join(f'"t"."c{number}"' for number in range(9))
    html = highlighted(f'SELECT {columns} FROM "t" WHERE "t"."c1" IN (1, 2, 3, 4, 5, 6, 7, 8)')
    assert '<input type="checkbox"> all 9 columns' in html
    assert html.count('class="line many"') == 1
    assert "c8" in html


def test_commas_within_brackets_are_no_columns():
    assert "checkbox" not in highlighted('SELECT COALESCE("a", "b", "c", "d", "e", "f", "g", "h") FROM "t"')
