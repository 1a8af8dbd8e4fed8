"""The steps of PostgreSQL's plans in plain words: each function returns (says, gist, access), as in Node."""

import re

from lab.plans.nodes import TableAccess
from lab.plans.postgresql_steps import PlanStep
from lab.plans.words import Words, by_key, count_or_none, in_order, whole_index

_JOINS: dict[str | None, str] = {
    "Left": ", keeping rows without a match too",
    "Right": ", keeping rows without a match too",
    "Full": ", keeping rows without a match of both sides",
    "Semi": ", keeping rows that have a match",
    "Right Semi": ", keeping rows that have a match",
    "Anti": ", keeping rows that have none",
    "Right Anti": ", keeping rows that have none",
}
_SET_OPS = {
    "Except": ("drops the rows that the second part has too", "drops rows that are in both"),
    "Intersect": ("keeps the rows that both parts have", "keeps rows that are in both"),
}
_WORDS = {  # what a step is when nothing more is to be told: (plain words, gist)
    "Nested Loop": ("runs the second step below for each row of the first{join}", None),
    "Merge Join": ("walks two sides that come in the same order, and joins them{join}", "merges two sorted sides"),
    "Incremental Sort": ("sorts within rows that come partly in order", "sorts"),
    "Unique": ("drops repeated rows, which come one after another", None),
    "Limit": ("passes on as many rows as are wanted, and stops", None),
    "Append": ("passes on the rows of each part below, one part after another", None),
    "Merge Append": ("merges parts that are sorted, so that the whole is", None),
    "Materialize": ("keeps the rows, to read them again", None),
    "Memoize": ("remembers what the step below gave for a key, and looks there first", None),
    "BitmapAnd": ("keeps what is marked in every bitmap below", None),
    "BitmapOr": ("keeps what is marked in any bitmap below", None),
    "Subquery Scan": ("passes on the rows of a subquery", None),
    "CTE Scan": ("reads the rows of the CTE {cte}", None),
    "WorkTable Scan": ("reads the rows that the last round of {cte} gave", None),
    "Recursive Union": (
        "repeats its second part until it gives no new row",
        "repeats a step until it gives no new row",
    ),
    "Values Scan": ("reads rows that the statement itself holds", None),
    "Function Scan": ("reads the rows that a function returns", None),
    "WindowAgg": ("works out window functions", None),
    "Group": ("groups rows that come sorted", None),
    "ProjectSet": ("makes a row of each value that a function returns", None),
    "Gather": ("collects the rows of parallel workers", None),
    "Gather Merge": ("merges the sorted rows of parallel workers", None),
    "LockRows": ("locks each row", "locks its rows"),
    "Tid Scan": ("goes to rows by their place in the table", "goes to rows of {table} by their place"),
    "Tid Range Scan": ("reads a range of the table, by the place of its rows", "reads a range of {table}"),
    "Sample Scan": ("reads a random part of the table", "reads a random part of {table}"),
    "Table Function Scan": ("reads the rows that a function returns", None),
    "Foreign Scan": ("reads rows from another server", None),
}


def words_of(step: PlanStep) -> Words:
    says, gist, access = _words(step)
    if step.raw.get("Actual Loops") == 0:
        return says, None, None
    loops = count_or_none(step.raw.get("Actual Loops")) or 0
    if step.raw.get("Parent Relationship") == "SubPlan" and loops > 1:
        gist = gist or "runs a subquery for each row"
    return says, gist, access


def _words(step: PlanStep) -> Words:
    special = _SPECIAL.get(step.type)
    if special is not None:
        return special(step)
    set_op = _SET_OPS.get(str(step.raw.get("Command")).removesuffix(" All"), (None, None))
    says, gist = set_op if step.type == "SetOp" else _WORDS.get(step.type, (None, None))
    if says is not None:
        says = says.format(join=_JOINS.get(step.raw.get("Join Type"), ""), cte=step.raw.get("CTE Name"))
    return says, gist.format(table=step.table) if gist else None, None


def _seq_scan(step: PlanStep) -> Words:
    if step.stops:
        says = f"reads {step.table} row by row, as far as it has to{_kept(step)}"
        return says, None, TableAccess.SOME
    workers = ", shared among workers" if step.raw.get("Parallel Aware") else ""
    return f"reads every row of {step.table}{workers}{_kept(step)}", None, TableAccess.ALL


def _kept(step: PlanStep) -> str:
    return ", and keeps those that fit" if step.raw.get("Filter") else ""


def _index_scan(step: PlanStep) -> Words:
    table, key = str(step.table), step.facts.key(step.index)
    alone = ", without reading the table itself" if step.type == "Index Only Scan" else ""
    condition = step.raw.get("Index Cond")
    if condition:
        says, access = _condition(step, condition, table, key)
        return f"{says}{alone}{_kept(step)}", None, access
    order = "backwards " if step.raw.get("Scan Direction") == "Backward" else ""
    if step.stops:
        says = f"reads {table} {order}{in_order(key)}, as far as it has to{alone}{_kept(step)}"
        return says, None, TableAccess.SOME
    if alone:
        return f"{whole_index(table, key)}{_kept(step)}", None, TableAccess.INDEX
    return f"reads every row of {table} {order}{in_order(key)}{_kept(step)}", None, TableAccess.ALL


def _condition(step: PlanStep, condition: str, table: str, key: str) -> tuple[str, TableAccess]:
    index = step.facts.indexes.get(step.index)
    columns = index.columns if index else ()
    equals = [re.search(rf"\b{re.escape(column)}\)?(?:::[\w ]+)? = (ANY)?", condition) for column in columns]
    if index and index.unique and all(equals):
        return by_key(table, key, many=any(found and found[1] for found in equals))
    if re.search(r"[^<>!]= ", condition):
        return f"looks up {table} by {key}", TableAccess.PART
    return f"reads a range of {table} by {key}", TableAccess.PART


def _bitmap_index_scan(step: PlanStep) -> Words:
    return f"marks in a bitmap where {step.facts.key(step.index)} leads to", None, None


def _bitmap_heap_scan(step: PlanStep) -> Words:
    below = [child for child in step.children() if child.raw.get("Index Name")]
    if len(below) == 1:
        key = step.facts.key(below[0].index)
        return f"looks up {step.table} by {key}, in the order of the table{_kept(step)}", None, TableAccess.PART
    return (
        f"reads the rows of {step.table} that the bitmap marks, in the order of the table",
        None,
        TableAccess.PART,
    )


def _hash_join(step: PlanStep) -> Words:
    sides = [child for child in step.children() if child.raw.get("Parent Relationship") in ("Outer", "Inner")]
    join = _JOINS.get(step.raw.get("Join Type"), "")
    names = [set(side.tables_below()) for side in sides]
    if len(names) == 2 and all(len(tables) == 1 for tables in names):
        (outer,), (inner,) = names
        return f"hashes {inner}, then probes it for each row of {outer}{join}", "joins by hashing", None
    return (
        f"hashes the rows of its second side, then probes them for each row of its first{join}",
        "joins by hashing",
        None,
    )


def _hash(step: PlanStep) -> Words:
    return "puts the rows into a hash table", None, None


def _sort(step: PlanStep) -> Words:
    where = {"Memory": " in memory", "Disk": " on disk"}.get(str(step.raw.get("Sort Space Type")), "")
    few = ", keeping only the first of them" if step.raw.get("Sort Method") == "top-N heapsort" else ""
    return f"sorts{where}{few}", f"sorts{where}", None


def _aggregate(step: PlanStep) -> Words:
    strategy, partial = step.raw.get("Strategy"), step.raw.get("Partial Mode")
    if partial == "Partial":
        return "works out results of the worker’s own part", None, None
    words: dict[str | None, tuple[str | None, str | None]] = {
        "Plain": ("works out one result from all rows", None),
        "Sorted": ("groups rows that come sorted", "groups rows in order"),
        "Hashed": ("groups by hashing", "groups by hashing"),
        "Mixed": ("groups in several ways at once", "groups"),
    }
    says, gist = words.get(strategy, (None, None))
    return says, gist, None


def _result(step: PlanStep) -> Words:
    if step.raw.get("One-Time Filter") == "false":
        return "returns nothing: its condition cannot hold", "finds out beforehand that nothing fits", None
    if any(child.raw.get("Parent Relationship") == "Outer" for child in step.children()):
        return "works out values from the rows below", None, None
    return "makes a row without reading a table", None, None


def _modify_table(step: PlanStep) -> Words:
    verbs = {"Insert": "insert into", "Update": "update", "Delete": "delete from", "Merge": "merge into"}
    verb = verbs.get(str(step.raw.get("Operation")), "change")
    return f"would {verb} {step.table}", f"would {verb} {step.table}", None


_SPECIAL = {
    "Seq Scan": _seq_scan,
    "Index Scan": _index_scan,
    "Index Only Scan": _index_scan,
    "Bitmap Index Scan": _bitmap_index_scan,
    "Bitmap Heap Scan": _bitmap_heap_scan,
    "Hash Join": _hash_join,
    "Hash": _hash,
    "Sort": _sort,
    "Aggregate": _aggregate,
    "Result": _result,
    "ModifyTable": _modify_table,
}
