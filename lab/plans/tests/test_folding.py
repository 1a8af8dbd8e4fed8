"""One step in the place of many equal ones."""

from dataclasses import replace

import pytest

from lab.plans.nodes import Node, folded
from lab.plans.plan import Plan
from lab.plans.tests.asking import says, told

INDEX = Node(
    title="Bitmap Index Scan", says="marks rows", index="i", actual_rows=2, estimated_rows=1, loops=3, ms=0.5
)


def scans(count, **changes):
    return [replace(INDEX, details=(("Index Cond", f"(a = {n})"),), **changes) for n in range(count)]


def test_equal_steps_are_one_with_the_figures_of_all():
    [step] = folded(scans(1_000))
    assert (step.times, step.title, step.says, step.index) == (1_000, INDEX.title, INDEX.says, "i")
    assert (step.actual_rows, step.estimated_rows, step.loops, step.ms, step.cost) == (2_000, 1_000, 3, 500, None)
    assert step.details == tuple(("Index Cond", f"(a = {n})") for n in range(3))


def test_three_steps_are_told_one_by_one():
    assert folded(scans(3)) == tuple(scans(3))
    assert len(folded(scans(4))) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"loops": 0},
        {"index": "other"},
        {"says": "reads rows"},
        {"notes": ("It never had to run.",)},
        {"details": (("Index Cond", "(b = 1)"),)},
        {"children": (INDEX,)},
    ],
)
def test_step_that_is_another_stands_apart(change):
    steps = folded([*scans(5), replace(scans(1)[0], **change), *scans(5)])
    assert [step.times for step in steps] == [5, 1, 5]


def test_figure_that_one_step_has_not_is_not_told_of_all():
    first, *others = scans(5)
    [step] = folded([replace(first, ms=None), *others])
    assert (step.ms, step.actual_rows) == (None, 10)


def test_steps_below_are_put_together_too():
    sides = [Node(title=f"INDEX {n}", children=(Node(title="SEARCH book", ms=1), INDEX)) for n in range(1, 9)]
    [step] = folded([Node(title="MULTI-INDEX OR", children=tuple(sides))])
    [side] = step.children
    assert (side.title, side.times) == ("INDEX 1 … INDEX 8", 8)
    assert [(child.ms, child.actual_rows, child.times) for child in side.children] == [(8, None, 1), (4, 16, 1)]


def test_raw_plan_opens_with_what_anybody_reads():
    plan = Plan(vendor="sqlite", raw="a" * 20_000, nodes=())
    assert plan.opening == plan.raw
    longer = replace(plan, raw="a" * 21_500)
    assert longer.opening == f"{plan.raw}\n… and 1,500 characters more"


@pytest.mark.once
def test_condition_of_many_sides_is_short_on_every_engine(engine, plan_of):
    pairs = " OR ".join(f"(id = {n} AND author_id = {n % 7})" for n in range(1, 400))
    plan = plan_of(f"SELECT title FROM library_book WHERE {pairs}")
    assert len(list(plan.walk())) < 12
    assert list(told(plan)) == ["book"]
    assert "one row" not in plan.verdict
    assert None not in says(plan)


@pytest.mark.once
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_steps_of_postgresql_add_up(engine, plan_of):
    sides = " UNION ALL ".join(f"SELECT id FROM library_sale WHERE book_id = {n}" for n in range(1, 101))
    plan = plan_of(sides)
    [append] = plan.nodes
    assert append.title == "Append"
    assert sum(step.actual_rows for step in append.children) == append.actual_rows
    assert sum(step.times for step in append.children) == 100
    assert len(append.children) < 60
    assert sum(step.ms for step in append.children) <= append.ms
