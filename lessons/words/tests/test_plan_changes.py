from dataclasses import replace

import pytest

from lab.plans import Node, Plan, TableAccess, explain
from lab.plans.tests.asking import opened, statement
from lessons.words.plan_changes import tell_changes

WHOLE = Node(
    title="Seq Scan", table="sale", access=TableAccess.ALL, actual_rows=1_000, removed_rows=99_000, loops=1
)
LOOKED_UP = Node(title="Index Scan", table="sale", access=TableAccess.PART, index="i", actual_rows=1_000, loops=1)
SORT = Node(title="Sort", gist="sorts in memory")


def plan(*nodes, vendor="postgresql", analyzed=True):
    return Plan(vendor=vendor, raw="", nodes=nodes, analyzed=analyzed)


def test_table_and_rows_are_in_one_sentence():
    told = tell_changes(plan(WHOLE), plan(LOOKED_UP))
    assert told == "An index instead of the whole table of sale; 1,000 rows read, not 100,000."


def test_rows_of_all_loops_are_about_so_many():
    joined = replace(LOOKED_UP, actual_rows=2, loops=20)
    assert tell_changes(plan(WHOLE), plan(joined)).endswith("; about 40 rows read, not 100,000.")


def test_rows_of_a_statement_that_is_repeated_are_those_of_one_execution():
    told = tell_changes(plan(WHOLE), plan(LOOKED_UP), repeated=True)
    assert told.endswith("1,000 rows read in one execution, not 100,000.")


@pytest.mark.parametrize(
    "unmeasured",
    [
        plan(replace(WHOLE, actual_rows=None, loops=None), vendor="sqlite", analyzed=False),
        plan(WHOLE, analyzed=False),
        plan(WHOLE, Node(title="const", table="book", access=TableAccess.ONE, actual_rows=1)),
    ],
)
def test_rows_that_were_not_measured_are_not_told(unmeasured):
    assert "rows read" not in tell_changes(unmeasured, plan(LOOKED_UP))
    assert "rows read" not in tell_changes(plan(LOOKED_UP), unmeasured)


def test_step_that_never_ran_has_read_nothing():
    idle = Node(title="Seq Scan", table="book", actual_rows=0, loops=0)
    assert tell_changes(plan(WHOLE, idle), plan(LOOKED_UP, idle)).endswith("; 1,000 rows read, not 100,000.")


def test_sort_that_comes_or_goes_is_told():
    assert tell_changes(plan(WHOLE), plan(SORT, WHOLE)) == "It sorts in memory."
    assert tell_changes(plan(SORT, WHOLE), plan(WHOLE)) == "It does not sort."


def test_sort_is_the_same_where_one_database_tells_where_and_the_other_does_not():
    sqlite = plan(Node(title="USE TEMP B-TREE FOR ORDER BY", gist="sorts"), WHOLE, vendor="sqlite")
    assert tell_changes(sqlite, plan(SORT, WHOLE)) == "The same tables, read in the same way."
    on_disk = replace(SORT, gist="sorts on disk")
    assert tell_changes(plan(on_disk), plan(SORT)) == "It sorts in memory, not on disk."


def test_tables_of_one_plan_alone_are_told():
    author, country = (replace(WHOLE, table=table) for table in ("author", "country"))
    assert tell_changes(plan(WHOLE), plan(WHOLE, author, country, SORT)).startswith(
        "It reads author and country and sorts in memory; 300,000 rows read"
    )
    assert tell_changes(plan(WHOLE, author, country), plan(WHOLE)).startswith(
        "It does not read author and country;"
    )
    swapped = tell_changes(plan(author), plan(LOOKED_UP))
    assert swapped.startswith("An index of sale instead of the whole table of author;")


def test_table_that_is_read_twice_is_told_by_the_most():
    assert tell_changes(plan(WHOLE, LOOKED_UP), plan(WHOLE, LOOKED_UP)) == "The same steps."
    assert tell_changes(plan(WHOLE, LOOKED_UP), plan(LOOKED_UP)).startswith("An index instead of the whole table")


def test_other_index_is_told_of_one_engine():
    other = replace(LOOKED_UP, index="j")
    assert tell_changes(plan(LOOKED_UP), plan(other)) == "Another index of sale."
    assert "index" not in tell_changes(plan(LOOKED_UP), plan(other, vendor="mysql"))
    bitmap = replace(LOOKED_UP, index=None, children=(Node(title="Bitmap Index Scan", index="i"),))
    assert tell_changes(plan(LOOKED_UP), plan(bitmap)) == "The same tables, read in the same way."


def test_real_plans(engine, engine_shelves):
    with opened(engine_shelves[1_000]) as connection:
        whole, one = (
            explain(connection, statement(f"SELECT title FROM library_book WHERE {condition}"))
            for condition in ("description = 'no such text'", "id = 3")
        )
    told = tell_changes(whole, one)
    assert told.startswith("A jump by key instead of the whole table of book")
    assert ("; 1 row read, not 1,000." in told) is (engine.name == "postgresql")
    assert tell_changes(one, one) == "The same steps."


def test_step_without_words_that_are_short_enough_is_told_by_its_name():
    window = Node(title="WindowAgg", says="works out a window function over the rows below")
    alike = "The same tables, read in the same way"
    assert tell_changes(plan(WHOLE), plan(window, WHOLE)) == f"{alike}, with WindowAgg."
    assert tell_changes(plan(window, WHOLE), plan(WHOLE)) == f"{alike}, without WindowAgg."
    other = Node(title="Unique", says="drops repeats")
    assert tell_changes(plan(window, WHOLE), plan(other, WHOLE)) == f"{alike}, with Unique, without WindowAgg."
    assert tell_changes(plan(window, WHOLE), plan(replace(window), WHOLE)) == "The same steps."
