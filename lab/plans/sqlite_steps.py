"""The steps of SQLite's plans: what their words say, in words of ours."""

import re
from dataclasses import dataclass, replace
from typing import Any

from lab.plans.facts import Facts
from lab.plans.nodes import Node, TableAccess
from lab.plans.selects import Query
from lab.plans.sqlite_words import buffered, each, keeps, step_words
from lab.plans.words import Words, by_key, in_order, model, whole_index

Below = dict[int, list[tuple[int, str]]]  # {id of a step: [(id, detail) of those below it]}

_ACCESS = re.compile(
    r"(?P<verb>SCAN|SEARCH) (?:TABLE |SUBQUERY )?(?P<name>\(.*?\)|\S+)(?: AS (?P<alias>\S+))?"
    r"(?: USING (?:(?P<automatic>AUTOMATIC )?(?:PARTIAL )?(?P<covering>COVERING )?INDEX(?: (?P<index>[^\s(]\S*))?"
    r"|(?P<key>INTEGER PRIMARY KEY|PRIMARY KEY)))?(?: \((?P<terms>.*)\))?(?: (?:LEFT|RIGHT)-JOIN)?"
)
_SUBQUERY = re.compile(r"(?P<anew>CORRELATED )?(?P<kind>SCALAR|LIST) SUBQUERY (?P<number>\d+)")
_IN = re.compile(r"USING (?:ROWID SEARCH ON TABLE (?P<table>.+)|INDEX (?P<index>.+)) FOR IN-OPERATOR")
_COMPOUND = re.compile(r"COMPOUND QUERY|MERGE \(.+\)")
_ARM = re.compile(r"LEFT-MOST SUBQUERY|LEFT|RIGHT|(?:UNION|INTERSECT|EXCEPT)\b.*")
BUFFER = re.compile(r"(?P<how>CO-ROUTINE|MATERIALIZE) (?P<name>.+)")


@dataclass(frozen=True, kw_only=True)
class _Around:
    """What stands around some steps."""

    query: Query
    place: Query | None  # the SELECT of it that they belong to, where that is known
    stopped: bool  # whether they may be stopped before they have seen every row
    repeated: bool = False  # whether they run anew for each row outside
    inner: bool = False  # whether they run for each row of the steps before them


class NodeBuilder:
    """Makes Nodes of the steps `below` each parent; `buffers` are the names of rows that the plan itself makes."""

    def __init__(self, below: Below, buffers: set[str], facts: Facts) -> None:
        self.below, self.buffers, self.facts = below, buffers, facts
        self.settled: set[Query] = set()
        self.arms: dict[int, Query] = {}  # of the steps that put a compound query together
        self.made = [query for name in buffers for query in self._named(name)]

    def all(self) -> tuple[Node, ...]:
        query = self.facts.selects.outermost
        return self._nodes(0, _Around(query=query, place=query, stopped=self._has_limit(query)))

    def _nodes(self, parent: int, around: _Around) -> tuple[Node, ...]:
        nodes = []
        steps = self.below.get(parent, [])
        self._settle(parent, around)
        if around.query.is_one_row or any(keeps(detail, around.query) for _, detail in steps):
            around = replace(around, stopped=False)
        for step, detail in steps:
            within = replace(self._within(detail, around), inner=False)
            children = self._nodes(step, replace(within, place=self.arms.get(step, within.place)))
            nodes.append(self._node(detail, children, around))
            around = replace(around, inner=around.inner or _ACCESS.fullmatch(detail) is not None)
        return tuple(nodes)

    def _within(self, detail: str, around: _Around) -> _Around:
        """What stands around the steps below one."""
        if found := _SUBQUERY.fullmatch(detail):
            place = self.facts.selects.ended(int(found["number"]))
            query = place or Query()
            stopped = found["kind"] == "SCALAR" or self._has_limit(query)
            anew = around.repeated or bool(found["anew"])
            return _Around(query=query, place=place, stopped=stopped, repeated=anew)
        if found := BUFFER.fullmatch(detail):
            named = self._named(found["name"])
            query = named[0] if named else around.query
            stopped = self._has_limit(query) or (around.stopped and found["how"] == "CO-ROUTINE")
            return replace(around, query=query, place=query if len(named) == 1 else None, stopped=stopped)
        return around

    def _settle(self, parent: int, around: _Around) -> None:
        """Note which SELECT each part of a compound query is, if the plan has as many parts as its text."""
        arms, steps = around.query.arms, self._arms(parent)
        if around.query not in self.settled and around.place is around.query and len(arms) == len(steps):
            self.arms.update(zip(steps, arms, strict=True))
        self.settled.add(around.query)

    def _arms(self, step: int) -> list[int]:
        """The steps below that put a compound query together, in the order of its SELECTs."""
        found = []
        for below, detail in self.below.get(step, []):
            if _COMPOUND.fullmatch(detail):
                found += self._arms(below)
            elif _ARM.fullmatch(detail):
                found += self._arms(below) or [below]
        return found

    def _named(self, name: str) -> list[Query]:
        if number := re.fullmatch(r"\(subquery-(\d+)\)", name):
            query = self.facts.selects.ended(int(number[1]))
            return [query] if query else []
        return self.facts.selects.named(name)

    def _has_limit(self, query: Query) -> bool:
        """Its own LIMIT, or that of a table that SQLite reads as part of it."""
        return query.has_limit or any(
            self._has_limit(table) for _, table in query.tables() if table not in self.made
        )

    def _node(self, detail: str, children: tuple[Node, ...], around: _Around) -> Node:
        if words := step_words(detail):
            return Node(title=detail, says=words[0], gist=words[1], children=children)
        if found := _IN.fullmatch(detail):
            return Node(title=detail, **self._in(found), children=children)
        if found := _ACCESS.fullmatch(detail):
            return Node(title=detail, **self._access(found, around), children=children)
        return Node(title=detail, children=children)

    def _in(self, found: re.Match[str]) -> dict[str, Any]:
        index = self.facts.key(found["index"] or "").replace("its ", "the ", 1)
        where = f"{model(found['table'])}’s primary key" if found["table"] else index
        says = f"finds the values of the IN in {where}, without making a list of them"
        return {"says": says, "gist": f"finds the values of the IN in {where}", "index": found["index"]}

    def _access(self, found: re.Match[str], around: _Around) -> dict[str, Any]:
        name, where = found["name"], (around.place, found["index"])
        if self.buffers & {name, *self.facts.tables(name, *where)}:
            rows = self.facts.table(name, *where)
            return buffered(rows, inner=around.inner, index=found["automatic"] is not None)
        table = self.facts.table(name, *where) + (f" (as {found['alias']})" if found["alias"] else "")
        notes = []
        if not any(map(self.facts.names, self.facts.tables(name, *where))):
            notes.append("The statement does not name this table: a foreign key makes SQLite look here.")
        search = self._search if found["verb"] == "SEARCH" else self._scan
        says, gist, access = search(found, table, around)
        if found["verb"] == "SCAN" and (around.inner or around.repeated):
            which = "so far" if around.inner else "outside"
            notes.append(f"{table[0].upper()}{table[1:]} is read again for each row {which}.")
        if found["automatic"]:
            notes.append("SQLite makes this index anew for each execution, and drops it after.")
        return {
            "says": each(around.inner, says),
            "access": access,
            "gist": gist,
            "table": self.facts.plain_table(name, *where),
            "index": found["index"],
            "notes": tuple(notes),
        }

    def _scan(self, found: re.Match[str], table: str, around: _Around) -> Words:
        index, covering = found["index"], found["covering"]
        if covering:
            if not around.stopped:
                return whole_index(table, self.facts.key(index)), None, TableAccess.INDEX
            says = (
                f"reads {table} {in_order(self.facts.key(index))}, as far as it has to, without the table itself"
            )
            return says, None, TableAccess.SOME
        order = f", {in_order(self.facts.key(index))}" if index else ""
        if not around.stopped:
            return f"reads every row of {table}{order}", None, TableAccess.ALL
        return f"reads {table} row by row, as far as it has to{order}", None, TableAccess.SOME

    def _search(self, found: re.Match[str], table: str, around: _Around) -> Words:
        terms, index = found["terms"], found["index"]
        if terms is None:
            return self._lone_end(found, table, around)
        exact = not re.search(r"[<>]\?|ANY\(|<expr>", terms)
        if found["key"]:
            if exact:
                return self._by_key(table, "primary key", around)
            return f"reads a range of {table} by primary key", None, TableAccess.PART
        if found["automatic"]:
            columns = ", ".join(re.findall(r"(\w+)[=<>]", terms))
            says = f"builds a temporary index of {table} on {columns}, and looks up rows in it"
            return says, "builds a temporary index", TableAccess.ALL
        known = self.facts.indexes.get(index)
        if known and known.unique and exact and terms.count("=?") == len(known.columns):
            return self._by_key(table, self.facts.key(index), around)
        alone = ", without reading the table itself" if found["covering"] else ""
        verb = "looks up" if "=?" in terms else "reads a range of"
        return f"{verb} {table} by {self.facts.key(index)}{alone}", None, TableAccess.PART

    def _lone_end(self, found: re.Match[str], table: str, around: _Around) -> Words:
        """SQLite says SEARCH of all that looks for a lone MIN() or MAX(), though it may have to read every row."""
        asked, column = around.query.end or (None, None)
        name = found["name"]
        index = self.facts.indexes.get(found["index"] or self.facts.tables(name, around.place)[0])
        if index is None or index.columns[0] != column or asked not in (None, name.lower()):
            return self._scan(found, table, around)
        if "where" in around.query.words or around.query.is_joined:
            return self._scan(found, table, replace(around, stopped=True))
        return f"goes to one end of {table}, for its lowest or highest value", None, TableAccess.PART

    def _by_key(self, table: str, key: str, around: _Around) -> Words:
        says, access = by_key(table, key, many=self.facts.has_list and not around.inner)
        return says, None, access
