"""The steps of MariaDB's and MySQL's plans in plain words."""

from lab.plans.nodes import Access, Node
from lab.plans.words import by_key, count_or_none, dropped, in_order, whole_index, wrong_estimate

_FIGURES = ("cost_info", "r_engine_stats", "query_optimization")  # objects that are no steps
_TRANSPARENT = ("nested_loop", "sorts", "query_specifications", "inputs")  # lists of steps
_SORTING = ("filesort", "temporary_table", "ordering_operation", "grouping_operation", "duplicates_removal",
            "materialized", "materialized_from_subquery", "materialization", "buffer_result")  # fmt: skip
_DETAILS = (
    "attached_condition", "index_condition", "pushed_index_condition", "having_condition", "const_condition", "outer_ref_condition",
    "sort_key", "filesort_key", "ref", "join_type", "buffer_type", "operation", "possible_keys", "r_sort_mode", "r_hit_ratio",
)  # fmt: skip
_SUBQUERY = ("runs this subquery", None)
_WORDS = {  # (plain words, gist)
    "read_sorted_file": ("reads the sorted rows", None),
    "temporary_table": ("puts the rows into a temporary table", "builds a temporary table"),
    "window_functions_computation": ("works out window functions", None),
    "windowing": ("works out window functions", None),
    "union_result": ("puts the results of several SELECTs together", None),
    "intersect_result": ("keeps the rows that all parts have", None),
    "except_result": ("drops the rows that a later part has", None),
    "recursive_union": (
        "repeats its second part until it gives no new row",
        "repeats a step until it gives no new row",
    ),
    "materialized": ("puts the subquery’s rows into a temporary table", "builds a temporary table"),
    "materialized_from_subquery": ("puts the subquery’s rows into a temporary table", "builds a temporary table"),
    "materialization": ("puts the subquery’s rows into a temporary table", "builds a temporary table"),
    "expression_cache": ("remembers the subquery’s answers for values seen before", None),
    "duplicates_removal": ("drops repeated rows", "drops repeated rows"),
    "buffer_result": ("keeps the result in a temporary table", "builds a temporary table"),
    "rowid_filter": ("first collects by another index which rows can fit", None),
    "index_merge": ("puts together what several indexes find", None),
    "subqueries": _SUBQUERY,
    "attached_subqueries": _SUBQUERY,
    "select_list_subqueries": _SUBQUERY,
    "having_subqueries": _SUBQUERY,
    "group_by_subqueries": _SUBQUERY,
    "order_by_subqueries": _SUBQUERY,
    "optimized_away_subqueries": ("a subquery worked out before the plan was made", None),
    "range-checked-for-each-record": ("chooses an index anew for each row so far", None),
    "full-scan-on-null_key": ("reads the whole table where the value compared is NULL", None),
    "query_block": ("one SELECT", None),
}


_MESSAGES = {
    "No tables used": "works without a table",
    "Select tables optimized away": "finds its answer by an index while it plans, and reads no table after",
    "Impossible WHERE": "returns nothing: its condition cannot hold",
    "Impossible WHERE noticed after reading const tables": "returns nothing: its condition cannot hold",
    "no matching row in const table": "returns nothing: there is no row of that key",
}
_AT_PLANNING = ("const", "system")  # read while the plan is made, and never after


class Reader:
    def __init__(self, facts):
        self.facts = facts

    def nodes(self, document):
        block = document.get("query_block")
        if not isinstance(block, dict):  # MySQL’s second form has no blocks
            return [self._operation(document)] if "operation" in document else self._below(document, certain=True)
        beside = {key: value for key, value in document.items() if key != "query_block"}
        certain = not self.facts.has_limit
        return [*self._below(block, certain=certain), *self._below(beside, certain=certain)]

    def _below(self, raw, *, certain):
        """Nodes of all steps inside an object, in its order. certain: whether no LIMIT can stop them."""
        found = []
        for key, value in raw.items():
            if key in _FIGURES:
                continue
            if isinstance(value, dict):
                found.append(self._node(key, value, inner=False, certain=certain))
            elif isinstance(value, list):
                found += self._list(key, value, certain)
        return found

    def _list(self, key, values, certain):
        found = []
        for position, value in enumerate(value for value in values if isinstance(value, dict)):
            if key in _TRANSPARENT:
                inner = key == "nested_loop" and position > 0
                for name, step in value.items():
                    if isinstance(step, dict) and name not in _FIGURES:
                        found.append(self._node(name, step, inner=inner, certain=certain))
                    elif isinstance(step, list):
                        found += self._list(name, step, certain)
            else:
                found.append(self._node(key, value, inner=False, certain=certain))
        return found

    def _node(self, key, raw, *, inner, certain):
        certain = certain or key in _SORTING
        says, gist, access = self._words(key, raw, inner, certain)
        notes = [*self._notes(raw, certain)]
        if inner and raw.get("access_type") == "ALL":
            notes.append("All of it is read again for each row so far.")
        loops = None if raw.get("access_type") in _AT_PLANNING else count_or_none(raw.get("r_loops"))
        return Node(
            title=self._title(key, raw),
            says=f"for each row so far, {says}" if inner and says and key == "table" else says,
            gist=gist,
            access=access,
            table=self._plain_table(raw),
            index=raw.get("key"),
            details=tuple((name, _text(raw[name])) for name in _DETAILS if raw.get(name)),
            estimated_rows=count_or_none(raw.get("rows", raw.get("rows_examined_per_scan"))),
            actual_rows=count_or_none(raw.get("r_rows", raw.get("r_output_rows"))),
            loops=None if loops is None else int(loops),
            ms=_time(raw),
            cost=_cost(raw),
            notes=tuple(notes),
            children=tuple(self._below(self._merged(key, raw), certain=certain)),
        )

    def _merged(self, key, raw):
        """The object, with a block that is alone in it opened: its steps stand directly below."""
        block = raw.get("query_block")
        if key == "query_block" or not isinstance(block, dict):
            return raw
        return {**{name: value for name, value in raw.items() if name != "query_block"}, **block}

    def _title(self, key, raw):
        if key == "table":
            return str(raw.get("message") or raw.get("access_type") or "table")
        block = raw.get("query_block", raw)
        number = block.get("select_id") if isinstance(block, dict) else None
        return f"{key} #{number}" if number is not None else key

    def _table(self, raw):
        name = raw.get("table_name")
        return self.facts.table(str(name)) if name and not str(name).startswith("<") else None

    def _plain_table(self, raw):
        return self.facts.plain_table(str(raw["table_name"])) if self._table(raw) else None

    def _words(self, key, raw, inner, certain):
        """Return (says, gist, access)."""
        if key == "table":
            return self._table_words(raw, inner, certain)
        if key == "block-nl-join":
            return *_block_join(raw), None
        if key in ("filesort", "ordering_operation", "grouping_operation"):
            return *_sorting(key, raw), None
        if key == "range" and raw.get("key"):
            return f"looks in {_key(raw)}", None, None
        says, gist = _WORDS.get(key, (None, None))
        if key.endswith("subqueries") and (_block_loops(raw) or 0) > 1:
            gist = "runs a subquery for each row"
        return says, gist, None

    def _table_words(self, raw, inner, certain):
        if raw.get("message"):
            return _MESSAGES.get(raw["message"]), None, None
        table = self._table(raw)
        if table is None:
            return _derived(raw), None, None
        for verb in ("update", "delete", "insert", "replace"):
            if raw.get(verb):
                says, gist, access = self._access(raw, table, inner, certain)
                return f"would {verb} what it finds: {says}", f"would {verb} rows of {table}", access
        if "access_type" not in raw:  # an INSERT
            return f"would add a row to {table}", f"would add a row to {table}", None
        return self._access(raw, table, inner, certain)

    def _access(self, raw, table, inner, certain):
        kind, key = raw.get("access_type"), _key(raw)
        alone = ", without reading the table itself" if raw.get("using_index") else ""
        kept = ", and keeps those that fit" if raw.get("attached_condition") and kind in ("ALL", "index") else ""
        if kind == "ALL":
            if certain:
                return f"reads every row of {table}{kept}", None, Access.ALL
            return f"reads {table} row by row, as far as it has to{kept}", f"reads {table} row by row", None
        if kind == "index":
            if not certain:
                return f"reads {table} {in_order(key)}, as far as it has to{alone}{kept}", f"reads {table} in order", None
            if alone:
                return f"{whole_index(table, key)}{kept}", None, Access.INDEX
            return f"reads every row of {table} {in_order(key)}{kept}", None, Access.ALL
        if kind in ("const", "system", "eq_ref", "unique_subquery"):
            says, access = by_key(table, key, many=False)
            return f"{says}{alone}", None, access
        if raw.get("using_index_for_group_by"):
            return f"jumps from one value to the next in {key} of {table}", None, Access.PART
        words = {
            "ref": f"looks up {table} by {key}{alone}",
            "ref_or_null": f"looks up {table} by {key}, NULL included{alone}",
            "index_subquery": f"looks up {table} by {key}{alone}",
            "range": f"reads one or several ranges of {table} by {key}{alone}",
            "index_merge": f"reads the rows of {table} that several indexes lead to",
            "fulltext": f"searches {table} by its full-text index",
        }
        return words.get(str(kind)), None, Access.PART if kind in words else None

    def _notes(self, raw, certain):
        loops, read = count_or_none(raw.get("r_loops")), count_or_none(raw.get("r_rows"))
        if loops == 0 and "access_type" in raw and raw["access_type"] not in _AT_PLANNING:
            yield "It never had to run."
        if loops and read is not None and "access_type" in raw:
            note = wrong_estimate(count_or_none(raw.get("rows")), read, loops) if certain else None
            share = count_or_none(raw.get("r_filtered"))
            few = dropped(read * loops, read * loops * share / 100) if share is not None else None
            yield from (text for text in (note, few) if text)
        if passes := count_or_none(raw.get("r_sort_passes")):
            yield f"The sort does not fit in sort_buffer_size: it merges in {passes:,.0f} pass{'es' if passes > 1 else ''}."

    def _operation(self, raw):
        """MySQL’s second form, in its own words."""
        children = [
            self._operation(child)
            for key, value in raw.items()
            if key.startswith("inputs") and isinstance(value, list)
            for child in value
            if isinstance(child, dict)
        ]
        return Node(
            title=str(raw.get("operation", "?")),
            table=self._table(raw),
            index=raw.get("index_name"),
            estimated_rows=count_or_none(raw.get("estimated_rows")),
            actual_rows=count_or_none(raw.get("actual_rows")),
            cost=count_or_none(raw.get("estimated_total_cost")),
            children=tuple(children),
        )


def _key(raw):
    columns = ", ".join(map(str, raw.get("used_key_parts") or ()))
    if raw.get("key") == "PRIMARY":
        return "primary key"
    return f"its index on {columns}" if columns else f"its index {raw.get('key')}"


def _derived(raw):
    where = "the temporary table below" if any(isinstance(value, dict) for value in raw.values()) else "a temporary table"
    if raw.get("access_type") == "ALL":
        return f"reads every row of {where}"
    return f"looks up rows of {where}" if raw.get("key") else None


def _block_join(raw):
    if str(raw.get("join_type", "")).startswith("BNLH"):
        return "hashes the rows so far, then probes them for each row of the table below", "joins by hashing"
    return "holds the rows so far in a buffer, and compares each row of the table below with all of them", (
        "compares every row with every row"
    )


def _sorting(key, raw):
    if key == "filesort":
        few = ", keeping only the first of them" if raw.get("r_used_priority_queue") else ""
        where = (" with the help of the disk" if raw.get("r_sort_passes") else " in memory") if "r_loops" in raw else ""
        return f"sorts{where}{few}", f"sorts{where}"
    sorts, temporary = raw.get("using_filesort"), raw.get("using_temporary_table")
    table = ", by way of a temporary table" if temporary else ""
    if key == "grouping_operation":
        return f"groups{' by sorting' if sorts else ''}{table}", "groups by sorting" if sorts else "groups"
    return (f"sorts{table}", "sorts") if sorts else (f"gives the rows in order without sorting{table}", None)


def _block_loops(raw):
    """How often the SELECT of a subquery ran."""
    block = raw.get("query_block") or raw.get("expression_cache", {}).get("query_block") or {}
    return count_or_none(block.get("r_loops"))


def _time(raw):
    parts = [count_or_none(raw.get(key)) for key in ("r_table_time_ms", "r_other_time_ms")]
    if None not in parts:
        return sum(part for part in parts if part is not None)
    return count_or_none(raw.get("r_total_time_ms"))


def _cost(raw):
    info = raw.get("cost_info")
    return count_or_none(info.get("prefix_cost", info.get("query_cost"))) if isinstance(info, dict) else None


def _text(value):
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
