"""The steps of SQLite's plans: what their words say, in words of ours."""

import re
from typing import Any

from lab.plans.facts import Facts
from lab.plans.nodes import Node, TableAccess
from lab.plans.words import Words, by_key, in_order, model, whole_index

Below = dict[int, list[tuple[int, str]]]  # {id of a step: [(id, detail) of those below it]}

_ACCESS = re.compile(
    r"(?P<verb>SCAN|SEARCH) (?:TABLE |SUBQUERY )?(?P<name>\(.*?\)|\S+)(?: AS (?P<alias>\S+))?"
    r"(?: USING (?:(?P<automatic>AUTOMATIC )?(?:PARTIAL )?(?P<covering>COVERING )?INDEX(?: (?P<index>[^\s(]\S*))?"
    r"|(?P<key>INTEGER PRIMARY KEY|PRIMARY KEY)))?(?: \((?P<terms>.*)\))?(?: (?:LEFT|RIGHT)-JOIN)?"
)
_SORT = re.compile(r"USE TEMP B-TREE FOR (.+)")
_OTHERS = (  # (pattern, plain words, gist)
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
    (r"BLOOM FILTER ON .+", "skips rows that the filter rules out", None),
)  # fmt: skip


class NodeBuilder:
    """Makes Nodes of the steps `below` each parent; `buffers` are the names of rows that the plan itself makes."""

    def __init__(self, below: Below, buffers: set[str], facts: Facts) -> None:
        self.below, self.buffers, self.facts = below, buffers, facts

    def nodes(self, parent: int, certain: bool = True, repeated: bool = False) -> tuple[Node, ...]:
        """certain: whether nothing outside can stop these steps before they have seen every row;
        repeated: whether they run anew for each row outside.
        """
        nodes, inner = [], False
        steps = self.below.get(parent, [])
        sorts = any(_SORT.fullmatch(detail) for _, detail in steps)
        certain = certain and (sorts or not self.facts.has_limit)
        for step, detail in steps:
            again = repeated or detail.startswith("CORRELATED")
            children = self.nodes(step, certain=certain and "SCALAR" not in detail, repeated=again)
            nodes.append(self._node(detail, children, inner, certain, repeated))
            inner = inner or _ACCESS.fullmatch(detail) is not None
        return tuple(nodes)

    def _node(self, detail: str, children: tuple[Node, ...], inner: bool, certain: bool, repeated: bool) -> Node:
        for pattern, says, gist in _OTHERS:
            if re.fullmatch(pattern, detail):
                return Node(title=detail, says=says, gist=gist, children=children)
        if found := _SORT.fullmatch(detail):
            return Node(title=detail, **_sort(found[1]), children=children)
        if found := _ACCESS.fullmatch(detail):
            return Node(title=detail, **self._access(found, inner, certain, repeated), children=children)
        return Node(title=detail, children=children)

    def _access(self, found: re.Match[str], inner: bool, certain: bool, repeated: bool) -> dict[str, Any]:
        name = found["alias"] or found["name"]
        if found["name"] in self.buffers:
            return {"says": _each(inner, f"reads the rows of {name} made above")}
        table = (
            self.facts.table(name) if found["alias"] is None else f"{self.facts.table(found['name'])} (as {name})"
        )
        table_name = self.facts.aliases.get(name, found["name"])
        notes = []
        if not self.facts.names(table_name):
            notes.append("The statement does not name this table: a foreign key makes SQLite look here.")
        search = self._search if found["verb"] == "SEARCH" else self._scan
        says, gist, access = search(found, table, inner, certain)
        if found["verb"] == "SCAN" and (inner or repeated):
            where = "so far" if inner else "outside"
            notes.append(f"{table[0].upper()}{table[1:]} is read again for each row {where}.")
        if found["automatic"]:
            notes.append("SQLite makes this index anew for each execution, and drops it after.")
        return {
            "says": _each(inner, says),
            "access": access,
            "gist": gist,
            "table": model(table_name),
            "index": found["index"],
            "notes": tuple(notes),
        }

    def _scan(self, found: re.Match[str], table: str, inner: bool, certain: bool) -> Words:
        index, covering = found["index"], found["covering"]
        if covering:
            if certain:
                return whole_index(table, self.facts.key(index)), None, TableAccess.INDEX
            says = (
                f"reads {table} {in_order(self.facts.key(index))}, as far as it has to, without the table itself"
            )
            return says, None, TableAccess.SOME
        order = f", {in_order(self.facts.key(index))}" if index else ""
        if certain:
            return f"reads every row of {table}{order}", None, TableAccess.ALL
        return f"reads {table} row by row, as far as it has to{order}", None, TableAccess.SOME

    def _search(self, found: re.Match[str], table: str, inner: bool, certain: bool) -> Words:
        terms, index = found["terms"], found["index"]
        if terms is None:
            return f"goes to one end of {table}, for its lowest or highest value", None, TableAccess.PART
        exact = not re.search(r"[<>]\?|ANY\(|<expr>", terms)
        if found["key"]:
            if exact:
                return self._by_key(table, "primary key", inner)
            return f"reads a range of {table} by primary key", None, TableAccess.PART
        if found["automatic"]:
            columns = ", ".join(re.findall(r"(\w+)[=<>]", terms))
            says = f"builds a temporary index of {table} on {columns}, and looks up rows in it"
            return says, "builds a temporary index", TableAccess.ALL
        known = self.facts.indexes.get(index)
        if known and known.unique and exact and terms.count("=?") == len(known.columns):
            return self._by_key(table, self.facts.key(index), inner)
        alone = ", without reading the table itself" if found["covering"] else ""
        verb = "looks up" if "=?" in terms else "reads a range of"
        return f"{verb} {table} by {self.facts.key(index)}{alone}", None, TableAccess.PART

    def _by_key(self, table: str, key: str, inner: bool) -> Words:
        says, access = by_key(table, key, many=self.facts.has_list and not inner)
        return says, None, access


def _each(inner: bool, says: str | None) -> str | None:
    return f"for each row so far, {says}" if inner else says


def _sort(purpose: str) -> dict[str, Any]:
    if "ORDER BY" in purpose:
        part = " within rows that come partly in order" if purpose != "ORDER BY" else ""
        return {"says": f"sorts{part}, in a temporary index", "gist": "sorts"}
    if purpose == "GROUP BY":
        return {"says": "groups by sorting, in a temporary index", "gist": "groups by sorting"}
    if "DISTINCT" in purpose:
        return {"says": "drops repeated values, with a temporary index", "gist": "drops repeated rows"}
    return {"says": None, "gist": "builds a temporary index"}
