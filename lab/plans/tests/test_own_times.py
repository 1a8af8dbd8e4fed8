"""What each step takes by itself, and which takes most."""

from dataclasses import replace

import pytest

from lab.plans import Node, Plan, mysql, postgresql
from lab.plans.facts import Facts

SCAN = {"Node Type": "Seq Scan", "Actual Loops": 1, "Actual Total Time": 6.0}


def own(top):
    """{title: ms} of a plan of PostgreSQL."""
    return {node.title: node.own_ms for node in postgresql.read([{"Plan": top}], Facts("SELECT 1")).walk()}


def step(title, ms, *plans, loops=1, **more):
    return {"Node Type": title, "Actual Loops": loops, "Actual Total Time": ms, "Plans": list(plans), **more}


def test_time_of_the_steps_below_is_taken_off():
    assert own(step("Sort", 10.0, SCAN)) == {"Sort": 4.0, "Seq Scan": 6.0}


def test_loops_are_multiplied():
    inner = step("Index Scan", 0.02, loops=200)
    found = own(step("Nested Loop", 12.0, SCAN, inner))
    assert found == pytest.approx({"Nested Loop": 2.0, "Seq Scan": 6.0, "Index Scan": 4.0})


def test_time_that_rounding_may_hide_is_not_known():
    assert own(step("Nested Loop", 12.0, SCAN, step("Memoize", 0.0, loops=5_000)))["Nested Loop"] is None
    assert own(step("Nested Loop", 12.0, SCAN, step("Memoize", 0.001, loops=5_000)))["Nested Loop"] is None


def test_workers_run_at_once():
    parallel = step("Hash Join", 10.0, step("Index Scan", 8.0, loops=3), loops=3)
    assert own(step("Gather", 13.0, parallel)) == {"Gather": 3.0, "Hash Join": 2.0, "Index Scan": 8.0}


def test_what_is_worked_out_once_is_taken_off_who_asks_for_it():
    once = step("Aggregate", 5.0, **{"Parent Relationship": "InitPlan", "Subplan Name": "InitPlan 1"})
    asking = step("Seq Scan", 6.0, Filter="(price > (InitPlan 1).col1)")
    assert own(step("Sort", 8.0, once, asking)) == {"Sort": 2.0, "InitPlan 1: Aggregate": 5.0, "Seq Scan": 1.0}
    cte = step("Aggregate", 5.0, **{"Parent Relationship": "InitPlan", "Subplan Name": "CTE best"})
    reading = step("CTE Scan", 5.5, **{"CTE Name": "best"})
    assert own(step("Sort", 8.0, cte, reading)) == {"Sort": 2.5, "CTE best: Aggregate": 5.0, "CTE Scan": 0.5}


def test_step_that_never_ran_takes_nothing():
    assert not own(step("Sort", 10.0, SCAN, step("Result", 0.0, loops=0)))["Result"]


STEPS = (Node(title="Sort", own_ms=1), Node(title="Seq Scan", own_ms=8))


def slowest(*nodes, whole=10):
    plan = Plan(vendor="postgresql", raw="", nodes=nodes, figures=(("ms to execute", whole),) if whole else ())
    return plan.slowest and plan.slowest.title


def test_step_with_more_than_half_of_the_time_is_the_slowest():
    assert slowest(*STEPS) == "Seq Scan"


@pytest.mark.parametrize(
    ("nodes", "whole"),
    [
        (STEPS[1:], 10),  # the only one
        (STEPS, 16),  # no more than half
        (STEPS, None),  # not measured
        ([replace(node, own_ms=None) for node in STEPS], 10),
        ([replace(node, own_ms=node.own_ms / 20) for node in STEPS], 0.5),  # too short to tell
    ],
)
def test_no_step_is_told_as_the_slowest(nodes, whole):
    assert slowest(*nodes, whole=whole) is None


def test_mariadb_times_the_reading_of_a_table_apart():
    table = {
        "table_name": "library_book",
        "access_type": "ALL",
        "r_loops": 1,
        "r_table_time_ms": 2,
        "r_other_time_ms": 7,
    }
    block = {"select_id": 1, "r_total_time_ms": 10, "temporary_table": {"table": table}}
    plan = mysql.read({"query_block": block}, Facts("SELECT 1"))
    # The other 7 ms may go into the temporary table: nobody knows which step they are of.
    assert [node.own_ms for node in plan.walk()] == [None, 2]
    assert plan.slowest is None
