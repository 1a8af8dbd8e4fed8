"""The steps of PostgreSQL's plans, and what they know of their place in it."""

import re
from collections.abc import Iterator
from typing import Any

from lab.plans.facts import Facts
from lab.plans.words import count_or_none, dropped, model, wrong_estimate

# What keeps rows until it has seen all of them, so that a LIMIT above cannot stop the steps below.
_BLOCKING = ("Sort", "Hash", "BitmapAnd", "BitmapOr", "ModifyTable")
# The sides of a merge join that are read to their end, by the type of the join.
_READS_WHOLE: dict[str | None, tuple[str, ...]] = {
    "Outer": ("Left", "Full", "Anti"),
    "Inner": ("Right", "Full", "Right Anti"),
}


class PlanStep:
    """One node of the JSON. stops: whether something above may stop it before it has given every row."""

    def __init__(self, raw: dict[str, Any], facts: Facts, *, stops: bool = False) -> None:
        self.raw, self.facts, self.stops = raw, facts, stops
        self.type = str(raw.get("Node Type", "?"))

    @property
    def title(self) -> str:
        subplan = f"{self.raw['Subplan Name']}: " if self.raw.get("Subplan Name") else ""
        parallel = "Parallel " if self.raw.get("Parallel Aware") else ""
        strategy = f" ({self.raw['Strategy'].lower()})" if self.raw.get("Strategy") else ""
        return f"{subplan}{parallel}{self.type}{strategy}"

    @property
    def plain_table(self) -> str | None:
        return model(self.raw["Relation Name"]) if self.raw.get("Relation Name") else None

    @property
    def index(self) -> str:
        return str(self.raw.get("Index Name"))

    @property
    def table(self) -> str | None:
        relation, alias = self.raw.get("Relation Name"), self.raw.get("Alias")
        if not relation:
            return None
        # PostgreSQL numbers the repeated use of a table, or of an alias, itself: book_1, u0_1.
        known = {name.lower(): name for name in (relation, *self.facts.aliases)}
        numbered = re.sub(r"_\d+$", "", str(alias).lower())
        own = known.get(str(alias).lower()) or known.get(numbered) or alias
        return model(relation) if own in (None, relation) else f"{model(relation)} (as {own})"

    def children(self) -> Iterator["PlanStep"]:
        for raw in self.raw.get("Plans", []):
            yield PlanStep(raw, self.facts, stops=self._may_stop(raw))

    def _may_stop(self, child: dict[str, Any]) -> bool:
        """Whether a child may be stopped before its end."""
        relationship = child.get("Parent Relationship")
        if self.type == "Limit":
            return True
        if relationship in ("SubPlan", "InitPlan"):
            return self.stops if str(child.get("Subplan Name")).startswith("CTE ") else self._matches(child)
        if self.type == "Merge Join":
            return self.stops or self.raw.get("Join Type") not in _READS_WHOLE.get(relationship, ())
        if self.type in _BLOCKING or (
            self.type in ("Aggregate", "SetOp") and self.raw.get("Strategy") in ("Plain", "Hashed")
        ):
            return False
        if self.type == "Hash Join" and relationship == "Outer" and self._has_empty_hash():
            return self.stops or self.raw.get("Join Type") not in _READS_WHOLE["Outer"]
        if self.type == "Nested Loop" and relationship == "Inner":
            return (
                self.stops or bool(self.raw.get("Inner Unique")) or self.raw.get("Join Type") in ("Semi", "Anti")
            )
        return self.stops

    def _matches(self, subplan: dict[str, Any]) -> bool:
        """Whether it may ask a subplan for one row that fits, and no further."""
        asked = any(query.is_matched for query in self.facts.selects.outermost.within())
        return asked and not self._hashes(subplan)

    def _hashes(self, subplan: dict[str, Any]) -> bool:
        """Whether it hashes all rows of a subplan: it says so, or has run it once for many rows."""
        if any(f"hashed {subplan.get('Subplan Name')}" in str(value) for value in self.raw.values()):
            return True
        rows = [count_or_none(self.raw.get(key)) or 0 for key in ("Actual Rows", "Rows Removed by Filter")]
        once = subplan.get("Parent Relationship") == "SubPlan" and subplan.get("Actual Loops") == 1
        return once and sum(rows) > 1

    def _has_empty_hash(self) -> bool:
        """Whether it hashed a side and found it empty: then it reads one row of the other at the most."""
        hashes = [child for child in self.raw.get("Plans", []) if child.get("Node Type") == "Hash"]
        return any(child.get("Actual Loops") and child.get("Actual Rows") == 0 for child in hashes)

    def notes(self) -> Iterator[str]:
        raw, loops = self.raw, count_or_none(self.raw.get("Actual Loops"))
        if loops == 0:
            yield "It never had to run."
        if not loops:
            return
        actual = count_or_none(raw.get("Actual Rows")) or 0
        yield from _if_any(self.wrong_estimate())
        removed = count_or_none(raw.get("Rows Removed by Filter")) or 0
        yield from _if_any(dropped((actual + removed) * loops, actual * loops))
        if self.type == "Seq Scan" and loops > 1 and not raw.get("Parallel Aware"):
            yield f"It reads the table {loops:,.0f} times."
        yield from self._spills()
        if fetches := raw.get("Heap Fetches"):
            yield f"It had to look at the table too for {fetches:,} rows: the table wants a VACUUM."

    def wrong_estimate(self) -> str | None:
        """The note on a planner that was far off; of a step that may be stopped, or keeps rows, nothing tells."""
        if self.stops or self.type in ("BitmapAnd", "BitmapOr", "Materialize", "Memoize", "Limit"):
            return None
        loops = count_or_none(self.raw.get("Actual Loops")) or 0
        actual = count_or_none(self.raw.get("Actual Rows")) or 0
        return wrong_estimate(count_or_none(self.raw.get("Plan Rows")), actual, loops)

    def _spills(self) -> Iterator[str]:
        raw = self.raw
        if raw.get("Sort Space Type") == "Disk":
            yield f"The sort does not fit in work_mem: it goes to disk with {raw.get('Sort Space Used', 0):,} kB."
        if self.type == "Hash" and (count_or_none(raw.get("Hash Batches")) or 1) > 1:
            yield f"The hash table does not fit in work_mem: it takes {raw['Hash Batches']:,} batches, by disk."
        if raw.get("Disk Usage"):
            yield f"The groups do not fit in work_mem: {raw['Disk Usage']:,} kB go to disk."

    def tables_below(self) -> list[str]:
        found = [self.table] if self.table else []
        for child in self.children():
            found += child.tables_below()
        return found


def _if_any(note: str | None) -> list[str]:
    return [note] if note else []
