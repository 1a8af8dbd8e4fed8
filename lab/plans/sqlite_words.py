"""The steps of SQLite's plans in plain words: (says, gist), as in Node."""

import re
from typing import Any

from lab.plans.selects import Query

_SORT = re.compile(r"USE TEMP B-TREE FOR (.+)")
_WORDS = (  # (pattern, plain words, gist)
    (r"SCAN \d+ CONSTANT ROWS?", "reads rows that the statement itself holds", None),
    (r"SCAN CONSTANT ROW", "makes one row out of the statement alone", None),
    (r"CORRELATED (?:SCALAR|LIST) SUBQUERY \d+", "runs this anew for each row", "runs a subquery for each row"),
    (r"(?:SCALAR|LIST) SUBQUERY \d+", "runs this once", None),
    (r"REUSE (?:LIST )?SUBQUERY \d+", "uses the result of that subquery again", None),
    (r"CO-ROUTINE .+", "makes these rows one by one, as they are asked for", None),
    (r"MATERIALIZE .+", "makes these rows first, and keeps them in a temporary table", "builds a temporary table"),
    (r"MULTI-INDEX OR", "looks up each side of the OR on its own, and drops repeated rows", None),
    (r"INDEX \d+", "one side of the OR", None),
    (r"COMPOUND QUERY", "puts the results of several SELECTs together", None),
    (r"LEFT-MOST SUBQUERY", "the first of them", None),
    (r"UNION ALL", "adds the rows of another", None),
    (r"(?:UNION|INTERSECT|EXCEPT) USING TEMP B-TREE", "compares by a temporary index", "builds a temporary index"),
    (r"MERGE \((?:UNION ALL|UNION|INTERSECT|EXCEPT)\)", "walks two sorted results side by side", None),
    (r"LEFT|RIGHT", "one of the two", None),
    (r"SETUP", "where the recursion starts", None),
    (r"RECURSIVE STEP", "repeats this until it gives no new row", "repeats a step until it gives no new row"),
    (r"CREATE BLOOM FILTER", "makes a filter that tells quickly which rows cannot match", None),
    (r"RIGHT-JOIN .+", "adds the rows of the right side that found no match", None),
    (r"SCAN .+ VIRTUAL TABLE INDEX .*", "reads the rows that a function or a virtual table gives", None),
    (r"BLOOM FILTER ON .+", "skips rows that the filter rules out", None),
)  # fmt: skip


def step_words(detail: str) -> tuple[str | None, str | None] | None:
    """The words of a step that reads no table, or None."""
    if found := _SORT.fullmatch(detail):
        return _sort(found[1])
    return next(((says, gist) for pattern, says, gist in _WORDS if re.fullmatch(pattern, detail)), None)


def _sort(purpose: str) -> tuple[str | None, str]:
    if "ORDER BY" in purpose:
        part = " within rows that come partly in order" if purpose != "ORDER BY" else ""
        return f"sorts{part}, in a temporary index", "sorts"
    if purpose == "GROUP BY":
        return "groups by sorting, in a temporary index", "groups by sorting"
    if "DISTINCT" in purpose:
        return "drops repeated values, with a temporary index", "drops repeated rows"
    return None, "builds a temporary index"


def keeps(detail: str, query: Query) -> bool:
    """Whether a step goes on only when it has seen every row."""
    found = _SORT.fullmatch(detail)
    if found is None:
        return detail.endswith("USING TEMP B-TREE")  # of a UNION, INTERSECT or EXCEPT
    # That of DISTINCT sorts if there is an ORDER BY. That for the right part of an ORDER BY sorts a few at a time.
    return found[1] in ("ORDER BY", "GROUP BY") or (found[1] == "DISTINCT" and query.is_ordered)


def buffered(name: str, *, inner: bool, index: bool) -> dict[str, Any]:
    """Of rows that the plan itself made; `index`: whether SQLite makes an index of them."""
    if index:
        says = f"builds a temporary index of the rows of {name} made above, and looks up rows in it"
        return {"says": each(inner, says), "gist": "builds a temporary index"}
    return {"says": each(inner, f"reads the rows of {name} made above")}


def each(inner: bool, says: str | None) -> str | None:
    return f"for each row so far, {says}" if inner else says
