import pytest

from lab.plans import Node
from lessons.words.plan_steps import step_name

SQLITE = {
    "SCAN library_book": "SCAN …",
    "SCAN b LEFT-JOIN": "SCAN …",
    "SCAN library_book USING INDEX library_book_author_id": "SCAN … USING INDEX",
    "SEARCH U0 USING COVERING INDEX library_sale_x (book_id=? AND id>?) LEFT-JOIN": "SEARCH … USING COVERING INDEX",
    "SEARCH library_author USING INTEGER PRIMARY KEY (rowid=?)": "SEARCH … USING INTEGER PRIMARY KEY",
    "SEARCH x USING AUTOMATIC PARTIAL COVERING INDEX (a=?)": "SEARCH … USING AUTOMATIC PARTIAL COVERING INDEX",
    "SEARCH library_book": "SEARCH …",
    "SCAN json_each VIRTUAL TABLE INDEX 1:": "SCAN … VIRTUAL TABLE",
    "SCAN 3 CONSTANT ROWS": "SCAN CONSTANT ROW",
    "CORRELATED SCALAR SUBQUERY 3": "CORRELATED SCALAR SUBQUERY",
    "REUSE LIST SUBQUERY 2": "REUSE LIST SUBQUERY",
    "CO-ROUTINE (subquery-2)": "CO-ROUTINE …",
    "MATERIALIZE ranked": "MATERIALIZE …",
    "BLOOM FILTER ON a (id=?)": "BLOOM FILTER ON …",
    "INDEX 2": "INDEX",
    "USE TEMP B-TREE FOR ORDER BY": "USE TEMP B-TREE FOR ORDER BY",
    "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY": "USE TEMP B-TREE FOR LAST TERMS OF ORDER BY",
    "USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY": "USE TEMP B-TREE FOR LAST TERMS OF ORDER BY",
    "USE TEMP B-TREE FOR count(DISTINCT)": "USE TEMP B-TREE FOR aggregate(DISTINCT)",
    "USING ROWID SEARCH ON TABLE library_author FOR IN-OPERATOR": "USING INDEX … FOR IN-OPERATOR",
    "UNION USING TEMP B-TREE": "UNION USING TEMP B-TREE",
}
OTHERS = {
    ("postgresql", "Seq Scan"): "Seq Scan",
    ("postgresql", "SubPlan 1: Aggregate (plain)"): "Aggregate (plain)",
    ("postgresql", "CTE best: Recursive Union"): "Recursive Union",
    ("postgresql", "InitPlan 1 (returns $0): Limit"): "Limit",
    ("mysql", "query_block #2"): "query_block",
    ("mysql", "eq_ref"): "eq_ref",
    ("mysql", "Impossible WHERE"): "Impossible WHERE",
}


@pytest.mark.parametrize(("title", "name"), SQLITE.items())
def test_name_of_a_step_of_sqlite_has_no_names(title, name):
    assert step_name(Node(title=title), "sqlite") == name


@pytest.mark.parametrize(("step", "name"), OTHERS.items())
def test_name_of_a_step(step, name):
    vendor, title = step
    assert step_name(Node(title=title), vendor) == name


def test_equal_steps_that_are_told_together_have_the_name_of_one():
    assert step_name(Node(title="INDEX 1 … INDEX 400", times=400), "sqlite") == "INDEX"
