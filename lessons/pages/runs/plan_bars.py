"""The rows of each step of a plan as bars: those that the planner expected, and those that it gave."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, log10

from lab.plans import Node, Plan
from lab.plans.words import rows as told_rows
from lessons.words.figures import figure


@dataclass(frozen=True)
class Scale:
    """From 1 row, a mark for each ten times as many: what a planner is wrong by is told in such steps, and one row
    beside a hundred thousand is still to be seen. The first mark stands off the end, where no row is.
    """

    decades: int  # up to the most rows

    @property
    def numbers(self) -> str:
        return ", ".join(f"{10**power:,}" for power in range(self.decades + 1))

    @property
    def marks(self) -> list[str]:
        """Where they are, as SVG takes it."""
        return [_percent((power + 1) / (self.decades + 1)) for power in range(self.decades)]

    def length(self, rows: float) -> str:
        """As SVG takes it; of less than a row it is what the row’s would be shortened by."""
        return _percent(max(log10(rows) + 1, 0) / (self.decades + 1) if rows > 0 else 0)


@dataclass(frozen=True, kw_only=True)
class RowBar:
    kind: str  # "expected" or "given"
    label: str
    rows: str  # "about 1,000 rows"
    length: str  # as SVG takes it
    off: str = ""  # how far it is off, where that deserves a look


@dataclass(frozen=True, kw_only=True)
class PlanStep:
    node: Node
    bars: tuple[RowBar, ...]  # none where the rows were not measured
    slow: str  # what it takes by itself, where that is most of the time: "8.2 of 9.9 ms"
    children: tuple["PlanStep", ...]


def make_scale(plans: Iterable[Plan]) -> Scale | None:
    """Return one Scale for all of them, or None where there is nothing to draw."""
    nodes = [node for plan in plans for node in plan.walk() if node.all_rows is not None and node.loops]
    if not nodes:
        return None
    most = max(max(node.all_rows or 0, node.expected_rows or 0) for node in nodes)
    return Scale(ceil(log10(max(most, 10)) - 1e-9))


def list_steps(plan: Plan, scale: Scale | None) -> tuple[PlanStep, ...]:
    return tuple(_step(node, plan, scale) for node in plan.nodes)


def _step(node: Node, plan: Plan, scale: Scale | None) -> PlanStep:
    slow = f"{figure(node.own_ms)} of {figure(plan.ms)} ms" if node is plan.slowest else ""
    return PlanStep(
        node=node,
        bars=tuple(_bars(node, plan, scale)) if scale and node.loops else (),
        slow=slow,
        children=tuple(_step(child, plan, scale) for child in node.children),
    )


def _bars(node: Node, plan: Plan, scale: Scale) -> Iterable[RowBar]:
    given, expected = node.all_rows, node.expected_rows
    if given is None:
        return
    if expected is not None:
        off = _off(given, expected) if node.misjudged else ""
        yield RowBar(
            kind="expected", label="Expected", rows=told_rows(expected), length=scale.length(expected), off=off
        )
    # The servers of MariaDB count the rows of a table before its condition, and divide by the loops.
    label = "Read" if plan.vendor == "mysql" and node.table else "Gave"
    about = "about " if (node.loops or 0) > 1 else ""
    yield RowBar(kind="given", label=label, rows=f"{about}{told_rows(given)}", length=scale.length(given))


def _off(given: float, expected: float) -> str:
    low, high = sorted([given, expected])
    times = f"{figure(round(high / low))} times" if low else "far"
    return f"{times} too {'few' if expected < given else 'many'}"


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"
