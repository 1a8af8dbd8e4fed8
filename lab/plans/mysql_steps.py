"""The steps of MariaDB's and MySQL's plans: which objects of the JSON they are."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lab.plans.facts import Facts
from lab.plans.mysql_words import first_matched, keeps, step_words, table_words
from lab.plans.nodes import Node
from lab.plans.selects import Query
from lab.plans.words import count_or_none, dropped, text, wrong_estimate

_FIGURES = ("cost_info", "r_engine_stats", "r_keys", "query_optimization")  # objects that are no steps
_TRANSPARENT = ("nested_loop", "sorts", "query_specifications")  # lists of steps
_DETAILS = (
    "attached_condition", "index_condition", "pushed_index_condition", "having_condition", "const_condition",
    "outer_ref_condition", "sort_key", "filesort_key", "ref", "join_type", "buffer_type", "using_join_buffer",
    "operation", "r_hit_ratio",
)  # fmt: skip
_AT_PLANNING = ("const", "system")  # read while the plan is made, and never after


@dataclass(frozen=True, kw_only=True)
class _Around:
    """What stands around a step."""

    query: Query
    place: Query | None = None  # the SELECT of it, where that is known
    stopped: bool = False  # whether it may be stopped before it has seen every row
    inner: bool = False  # whether it runs for each row of the steps before it


class NodeBuilder:
    """Makes Nodes of a JSON answer; `skipped`: how many numbers of SELECTs are none of the statement’s."""

    def __init__(self, facts: Facts, *, skipped: int = 0) -> None:
        self.facts, self.skipped = facts, skipped

    def nodes(self, document: dict[str, Any]) -> list[Node]:
        block = document.get("query_block")
        query = self.facts.selects.outermost
        if not isinstance(block, dict):  # MySQL’s second form has no blocks
            if "operation" in document:
                return [self._operation(document)]
            return self._below(document, _Around(query=query))
        beside = {key: value for key, value in document.items() if key != "query_block"}
        _, place = self._numbered(1) or (query, None)
        around = _Around(query=query, place=place, stopped=query.has_limit and not query.is_one_row)
        return [*self._below(block, around), *self._below(beside, around)]

    def _below(self, raw: dict[str, Any], around: _Around) -> list[Node]:
        """Nodes of all steps inside an object, in its order."""
        found = []
        for key, value in raw.items():
            if key in _FIGURES:
                continue
            if isinstance(value, dict):
                found.append(self._node(key, value, replace(around, inner=False)))
            elif isinstance(value, list):
                found += self._list(key, value, around)
        return found

    def _list(self, key: str, values: list[Any], around: _Around) -> list[Node]:
        found = []
        values = [value for value in values if isinstance(value, dict)]
        matched = first_matched(values)
        for position, value in enumerate(values):
            if key in _TRANSPARENT:
                inner = key == "nested_loop" and position > 0
                here = replace(around, inner=inner, stopped=around.stopped or position in matched)
                for name, step in value.items():
                    if isinstance(step, dict) and name not in _FIGURES:
                        found.append(self._node(name, step, here))
                    elif isinstance(step, list):
                        found += self._list(name, step, here)
            else:
                found.append(self._node(key, value, replace(around, inner=False)))
        return found

    def _within(self, key: str, raw: dict[str, Any], around: _Around) -> _Around:
        """What stands around a step and those below it, given what stands around the object that it is."""
        stopped = around.stopped
        if key.endswith("subqueries") or key == "range-checked-for-each-record":
            stopped = True
        elif keeps(key, raw, around.query):
            stopped = False
        block = raw if key == "query_block" else raw.get("query_block")
        number = count_or_none(block.get("select_id")) if isinstance(block, dict) else None
        if number is None:
            return replace(around, stopped=stopped)
        query, place = self._numbered(int(number)) or (None, None)
        if query is None:
            return replace(around, query=Query(), place=None, stopped=stopped)
        # MariaDB leaves out the LIMIT of an EXISTS, and reads each part of a UNION to its end, whatever its LIMIT.
        stopped = (query.has_limit and not query.is_exists) or (
            stopped and query.is_matched and key != "query_block"
        )
        return replace(around, query=query, place=place, stopped=stopped and not query.is_one_row)

    def _numbered(self, number: int) -> tuple[Query, Query] | None:
        return self.facts.selects.begun(number if number == 1 else number - self.skipped)

    def _node(self, key: str, raw: dict[str, Any], around: _Around) -> Node:
        around, inner = self._within(key, raw, around), around.inner
        certain = not around.stopped
        table = self._table(raw, around.place)
        says, gist, access = table_words(raw, table, certain) if key == "table" else step_words(key, raw)
        if self._never_ran(raw):
            gist, access = None, None
        wrong = self._wrong_estimate(raw, certain)
        loops = None if raw.get("access_type") in _AT_PLANNING else count_or_none(raw.get("r_loops"))
        return Node(
            title=self._title(key, raw),
            says=f"for each row so far, {says}" if inner and says and key == "table" else says,
            gist=gist,
            access=access,
            table=self._plain_table(raw, around.place),
            index=raw.get("key"),
            details=tuple((name, text(raw[name])) for name in _DETAILS if raw.get(name)),
            estimated_rows=count_or_none(raw.get("rows", raw.get("rows_examined_per_scan"))),
            actual_rows=count_or_none(raw.get("r_rows", raw.get("r_output_rows"))),
            loops=None if loops is None else int(loops),
            ms=_time(raw),
            own_ms=count_or_none(raw.get("r_table_time_ms")),
            cost=_cost(raw),
            misjudged=wrong is not None,
            notes=tuple(note for note in (*self._notes(raw, inner), wrong, self._dropped(raw)) if note),
            children=tuple(self._below(self._merged(key, raw), around)),
        )

    def _merged(self, key: str, raw: dict[str, Any]) -> dict[str, Any]:
        """The object, with a block that is alone in it opened: its steps stand directly below."""
        block = raw.get("query_block")
        if key == "query_block" or not isinstance(block, dict):
            return raw
        return {**{name: value for name, value in raw.items() if name != "query_block"}, **block}

    def _title(self, key: str, raw: dict[str, Any]) -> str:
        if key == "table":
            return str(raw.get("message") or raw.get("access_type") or "table")
        block = raw.get("query_block", raw)
        number = block.get("select_id") if isinstance(block, dict) else None
        return f"{key} #{number}" if number is not None else key

    def _table(self, raw: dict[str, Any], place: Query | None = None) -> str | None:
        name = raw.get("table_name")
        return self.facts.table(str(name), place) if name and not str(name).startswith("<") else None

    def _plain_table(self, raw: dict[str, Any], place: Query | None) -> str | None:
        return self.facts.plain_table(str(raw["table_name"]), place) if self._table(raw) else None

    def _never_ran(self, raw: dict[str, Any]) -> bool:
        ran = count_or_none(raw.get("r_loops")) != 0
        return not ran and self._table(raw) is not None and raw.get("access_type") not in _AT_PLANNING

    def _notes(self, raw: dict[str, Any], inner: bool) -> Iterator[str]:
        loops = count_or_none(raw.get("r_loops"))
        if self._never_ran(raw):
            yield "It never had to run."
        if inner and raw.get("access_type") == "ALL" and loops != 1 and not raw.get("using_join_buffer"):
            yield "All of it is read again for each row so far."
        if passes := count_or_none(raw.get("r_sort_passes")):
            yield f"The sort does not fit in sort_buffer_size: passes over what it put on disk: {passes:,.0f}."

    def _wrong_estimate(self, raw: dict[str, Any], certain: bool) -> str | None:
        expected, read, loops = (count_or_none(raw.get(key)) for key in ("rows", "r_rows", "r_loops"))
        return wrong_estimate(expected, read, loops or 0) if certain and "access_type" in raw else None

    def _dropped(self, raw: dict[str, Any]) -> str | None:
        read, loops, share = (count_or_none(raw.get(key)) for key in ("r_rows", "r_loops", "r_filtered"))
        if not loops or read is None or share is None or "access_type" not in raw:
            return None
        return dropped(read * loops, read * loops * share / 100)

    def _operation(self, raw: dict[str, Any]) -> Node:
        """MySQL’s second form, in its own words."""
        inputs = [value for key, value in raw.items() if key.startswith("inputs") and isinstance(value, list)]
        children = [self._operation(child) for each in inputs for child in each if isinstance(child, dict)]
        return Node(
            title=str(raw.get("operation", "?")),
            table=self._table(raw),
            index=raw.get("index_name"),
            estimated_rows=count_or_none(raw.get("estimated_rows")),
            actual_rows=count_or_none(raw.get("actual_rows")),
            cost=count_or_none(raw.get("estimated_total_cost")),
            children=tuple(children),
        )


def _time(raw: dict[str, Any]) -> float | None:
    parts = [count_or_none(raw.get(key)) for key in ("r_table_time_ms", "r_other_time_ms")]
    if None not in parts:
        return sum(part for part in parts if part is not None)
    return count_or_none(raw.get("r_total_time_ms"))


def _cost(raw: dict[str, Any]) -> float | None:
    info = raw.get("cost_info")
    return count_or_none(info.get("prefix_cost", info.get("query_cost"))) if isinstance(info, dict) else None
