"""The steps of MariaDB's and MySQL's plans in plain words: (says, gist, access), as in Node."""

from typing import Any

from lab.plans.nodes import TableAccess
from lab.plans.selects import Query
from lab.plans.words import Words, by_key, count_or_none, in_order, whole_index

_SUBQUERY = ("runs this subquery", None)
_WORDS: dict[str, tuple[str, str | None]] = {  # (plain words, gist)
    "read_sorted_file": ("reads the sorted rows", None),
    "temporary_table": ("puts the rows into a temporary table", "builds a temporary table"),
    "window_functions_computation": ("works out window functions", None),
    "windowing": ("works out window functions", None),
    "duplicate_removal": ("drops repeated rows", "drops repeated rows"),
    "buffer": ("first notes which rows it wants, and changes them after", None),
    "unit_result": ("puts the results of several SELECTs together", None),
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
    "union": ("rows that this index leads to", None),
    "sort_union": ("rows that this index leads to, in the order of the table", None),
    "intersect": ("only rows that this index leads to as well", None),
    "sort_intersect": ("only rows that this index leads to as well, in the order of the table", None),
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
# What keeps rows until it has seen all of them, so that a LIMIT outside cannot stop the steps inside.
_KEEPING = (
    "filesort", "duplicates_removal", "materialized", "materialized_from_subquery", "materialization",
    "buffer_result", "buffer", "window_functions_computation", "windowing",
)  # fmt: skip
_MESSAGES = {
    "No tables used": "works without a table",
    "Select tables optimized away": "finds its answer by an index while it plans, and reads no table after",
    "Impossible WHERE": "returns nothing: its condition cannot hold",
    "Impossible WHERE noticed after reading const tables": "returns nothing: no row of that key fits",
    "Impossible HAVING": "returns nothing: its condition on groups cannot hold",
    "Impossible HAVING noticed after reading const tables": "returns nothing: no group fits",
    "no matching row in const table": "returns nothing: there is no row of that key",
    "No matching min/max row": "finds by an index that no row fits",
    "No matching rows after partition pruning": "returns nothing: no partition can have such rows",
    "Zero limit": "returns nothing: no rows are asked for",
    "Storage engine handles GROUP BY": "leaves the grouping to the storage engine",
    "Deleting all rows": "would delete all rows at once, without looking at each",
}


def step_words(key: str, raw: dict[str, Any]) -> Words:
    """The words of a step that is no table."""
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


def keeps(key: str, raw: dict[str, Any], query: Query) -> bool:
    """Whether a step goes on only when it has seen every row."""
    if key in ("ordering_operation", "grouping_operation"):
        return bool(raw.get("using_filesort") or raw.get("using_temporary_table"))
    return key in _KEEPING or (key == "temporary_table" and not query.drops_repeats_alone)


def first_matched(steps: list[dict[str, Any]]) -> set[int]:
    """The positions of the steps of a join that stop at the first match."""
    tables = [table if isinstance(table := step.get("table"), dict) else {} for step in steps]
    names = [table.get("table_name") for table in tables]
    found: set[int] = set()
    for end, table in enumerate(tables):
        if outside := table.get("first_match"):  # the table whose next row is then wanted
            found.update(range(names.index(outside) + 1 if outside in names else end, end + 1))
    return found


def table_words(raw: dict[str, Any], table: str | None, certain: bool) -> Words:
    """The words of a table, by the name readers know it by; None for rows that the plan itself makes.

    certain: whether nothing can stop it before it has seen every row
    """
    if raw.get("message"):
        return _MESSAGES.get(str(raw["message"])), None, None
    if table is None:
        return _made(raw), None, None
    for verb in ("update", "delete", "insert", "replace"):
        if raw.get(verb):
            says, _, access = _access(raw, table, certain)
            return f"would {verb} what it finds: {says}", f"would {verb} rows of {table}", access
    if "access_type" not in raw:  # an INSERT
        return f"would add a row to {table}", f"would add a row to {table}", None
    return _access(raw, table, certain)


def _access(raw: dict[str, Any], table: str, certain: bool) -> Words:
    kind, key = str(raw["access_type"]).removeprefix("hash_"), _key(raw)
    alone = ", without reading the table itself" if raw.get("using_index") else ""
    if kind in ("ALL", "index"):
        return _whole_table(raw, table, certain, alone)
    if kind == "system":
        return f"reads the only row of {table}", None, TableAccess.ONE
    if kind in ("const", "eq_ref", "unique_subquery"):
        says, access = by_key(table, key, many=False)
        return f"{says}{alone}", None, access
    if raw.get("using_index_for_group_by"):
        return f"jumps from one value to the next in {key} of {table}", None, TableAccess.PART
    words = {
        "ref": f"looks up {table} by {key}{alone}",
        "ref_or_null": f"looks up {table} by {key}, NULL included{alone}",
        "index_subquery": f"looks up {table} by {key}{alone}",
        "range": f"reads one or several ranges of {table} by {key}{alone}",
        "index_merge": f"reads the rows of {table} that several indexes lead to",
        "fulltext": f"searches {table} by its full-text index",
    }
    return words.get(kind), None, TableAccess.PART if kind in words else None


def _whole_table(raw: dict[str, Any], table: str, certain: bool, alone: str) -> Words:
    kept = ", and keeps those that fit" if raw.get("attached_condition") else ""
    order = f" {in_order(_key(raw))}" if str(raw["access_type"]).endswith("index") else ""
    if not certain:
        how = order or " row by row"
        return f"reads {table}{how}, as far as it has to{alone}{kept}", None, TableAccess.SOME
    if alone:
        return f"{whole_index(table, _key(raw))}{kept}", None, TableAccess.INDEX
    return f"reads every row of {table}{order}{kept}", None, TableAccess.ALL


def _key(raw: dict[str, Any]) -> str:
    columns = ", ".join(map(str, raw.get("used_key_parts") or ()))
    if raw.get("key") == "PRIMARY":
        return "primary key"
    return f"its index on {columns}" if columns else f"its index {raw.get('key')}"


def _made(raw: dict[str, Any]) -> str | None:
    below = any(key.startswith("materialized") for key in raw)
    where = "the temporary table below" if below else "a temporary table"
    if raw.get("access_type") in ("ALL", "system"):
        return f"reads {'every' if raw['access_type'] == 'ALL' else 'the only'} row of {where}"
    return f"looks up rows of {where}" if raw.get("key") else None


def _block_join(raw: dict[str, Any]) -> tuple[str, str]:
    if str(raw.get("join_type", "")).startswith("BNLH"):
        return "hashes the rows so far, then probes them for each row of the table below", "joins by hashing"
    return "holds the rows so far in a buffer, and compares each row of the table below with all of them", (
        "compares every row with every row"
    )


def _sorting(key: str, raw: dict[str, Any]) -> tuple[str, str | None]:
    if key == "filesort":
        few = ", keeping only the first of them" if raw.get("r_used_priority_queue") else ""
        where = ""
        if "r_loops" in raw:
            where = " with the help of the disk" if raw.get("r_sort_passes") else " in memory"
        return f"sorts{where}{few}", f"sorts{where}"
    sorts, temporary = raw.get("using_filesort"), raw.get("using_temporary_table")
    table = ", by way of a temporary table" if temporary else ""
    if key == "grouping_operation":
        return f"groups{' by sorting' if sorts else ''}{table}", "groups by sorting" if sorts else "groups"
    return (f"sorts{table}", "sorts") if sorts else (f"gives the rows in order without sorting{table}", None)


def _block_loops(raw: dict[str, Any]) -> float | None:
    """How often the SELECT of a subquery ran."""
    block = raw.get("query_block") or raw.get("expression_cache", {}).get("query_block") or {}
    return count_or_none(block.get("r_loops"))
