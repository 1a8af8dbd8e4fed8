"""The SELECTs of a statement, as far as plans leave out what they say: LIMIT, DISTINCT, a lone MAX()."""

import re
from collections.abc import Iterator
from functools import cached_property

_TOKEN = re.compile(r'"[^"]*"|`[^`]*`|\w+|[^\s\w]')
_COMPOUND = ("union", "intersect", "except")
_ALIAS = re.compile(
    r"\b(?:from|join|into|update)\s+[\"`]?(\w+)[\"`]?\s+(?:as\s+)?[\"`]?"
    r"(?!(?:inner|left|right|full|cross|natural|join|on|using|where|group|order|having|limit|offset|union"
    r"|intersect|except|for|set|values|select|window|fetch|returning|as)\b)(\w+)",
    re.IGNORECASE,
)
_CLAUSES = ("from", "where", "group", "having", "window", "order", "limit", "fetch", *_COMPOUND)
_AGGREGATES = (
    "any_value", "avg", "count", "group_concat", "max", "min", "stddev_pop", "stddev_samp", "sum", "total",
    "var_pop", "var_samp",
)  # fmt: skip


class Query:
    """What stands between two parentheses, or outside of all: words in lower case, and Queries within."""

    def __init__(self, before: str | None = None) -> None:
        self.parts: list[str | Query] = []
        self.before = before  # the word before its parenthesis

    @cached_property
    def words(self) -> list[str]:
        """Its own, without those of what is in parentheses within."""
        return [part for part in self.parts if isinstance(part, str)]

    @cached_property
    def arms(self) -> list["Query"]:
        """The SELECTs that a UNION or the like puts together; itself, where it has none."""
        arms = [Query(self.before)]
        for part in self.parts:
            if part in _COMPOUND:
                arms.append(Query(self.before))
            else:
                arms[-1].parts.append(part)
        return arms if len(arms) > 1 else [self]

    def aliased(self, alias: str) -> set[str]:
        """The tables that it, or a query within, gives this alias, in lower case."""
        pairs = (pair for query in self.within() for pair in aliases(" ".join(query.words)))
        return {table.lower() for table, known in pairs if known.lower() == alias.lower()}

    @property
    def has_limit(self) -> bool:
        return "limit" in self.words or "fetch" in self.words

    @property
    def is_exists(self) -> bool:
        return self.before == "exists"

    @property
    def is_matched(self) -> bool:
        """Whether it is asked for one row that fits, and no further: not so where it is a value."""
        return "select" in self.words and self.before in ("exists", "in", "any", "some", "all")

    @property
    def is_ordered(self) -> bool:
        return "order" in self.words

    @property
    def is_joined(self) -> bool:
        return "join" in self.words or "," in self._after("from")

    @property
    def drops_repeats_alone(self) -> bool:
        """Whether it is a DISTINCT that may stop as soon as it has enough rows."""
        return "distinct" in self.words and "group" not in self.words and not self.is_one_row

    @property
    def is_one_row(self) -> bool:
        """Whether it makes one row of all: an aggregate without GROUP BY."""
        return bool(self._aggregates) and "group" not in self.words and self.words.count("select") == 1

    @property
    def end(self) -> tuple[str | None, str] | None:
        """(table, column) of a MIN() or MAX() that is its only aggregate; the table may be None."""
        if not self.is_one_row or len(self._aggregates) > 1 or self._aggregates[0][0] not in ("min", "max"):
            return None
        *table, column = [_unquoted(word) for word in self._aggregates[0][1].words if word != "."] or [""]
        plain = len(self._aggregates[0][1].parts) == 2 * len(table) + 1 and len(table) < 2
        return (table[0] if table else None, column) if plain else None

    @cached_property
    def _aggregates(self) -> list[tuple[str, "Query"]]:
        return list(_aggregates(self._after("select")))

    def _after(self, word: str) -> list["str | Query"]:
        """The parts of its select list, or of its FROM."""
        if word not in self.parts:
            return []
        parts = self.parts[self.parts.index(word) + 1 :]
        return parts[: min((parts.index(end) for end in _CLAUSES if end in parts), default=None)]

    def tables(self) -> Iterator[tuple[str | None, "Query"]]:
        """(name, Query) of those that it reads from: its CTEs, and those in its FROM."""
        for place, part in enumerate(self.parts):
            if isinstance(part, Query) and place and self.parts[place - 1] in ("as", "materialized"):
                words = [word for word in self.parts[:place] if isinstance(word, str)]
                words = [word for word in words if word not in ("as", "not", "materialized")]
                yield (_unquoted(words[-1]) if words else None), part
        parts = self._after("from")
        for place, part in enumerate(parts):
            if isinstance(part, Query) and "select" in part.words:
                words = [word for word in parts[place + 1 : place + 3] if isinstance(word, str) and word != "as"]
                yield (_unquoted(words[0]) if words else None), part

    def within(self) -> Iterator["Query"]:
        yield self
        for part in self.parts:
            if isinstance(part, Query):
                yield from part.within()


class Selects:
    """Those of a statement, given its text without what is in quotes or a comment."""

    def __init__(self, text: str) -> None:
        self.outermost = Query()
        around = [self.outermost]
        for token in _TOKEN.findall(text):
            if token == "(":
                before = around[-1].parts[-1] if around[-1].parts else None
                inner = Query(before if isinstance(before, str) else None)
                around[-1].parts.append(inner)
                around.append(inner)
            elif token == ")":
                around = around[:-1] or around
            else:
                around[-1].parts.append(token if token[0] in '"`' else token.lower())

    def named(self, name: str) -> list[Query]:
        """The Queries that a FROM or a WITH gives this name."""
        everywhere = (table for query in self.outermost.within() for table in query.tables())
        return [query for known, query in everywhere if known == name.lower()]

    def begun(self, number: int) -> tuple[Query, Query] | None:
        """The Query of a SELECT, and its arm that this is, by its number from 1: the outermost begins first."""
        numbered = list(_begun(self.outermost))
        first = next((found for found in numbered if found[0] is self.outermost), None)
        if first:
            numbered.remove(first)
        if self.outermost.parts and isinstance(self.outermost.parts[0], str):
            numbered.insert(0, first or (self.outermost, self.outermost))
        return numbered[number - 1] if 0 < number <= len(numbered) else None

    def ended(self, number: int) -> Query | None:
        """The same, in the order in which they end: one within comes before that around it."""
        numbered = list(_ended(self.outermost))
        return numbered[number - 1] if 0 < number <= len(numbered) else None


def aliases(text: str) -> list[tuple[str, str]]:
    """(table, alias) of the tables in a text of SQL that have one."""
    return _ALIAS.findall(text)


def _begun(query: Query) -> Iterator[tuple[Query, Query]]:
    for arm in query.arms:
        for part in arm.parts:
            if isinstance(part, Query):
                yield from _begun(part)
            elif part == "select":
                yield query, arm


def _ended(query: Query) -> Iterator[Query]:
    is_open = False
    for part in query.parts:
        if isinstance(part, Query):
            yield from _ended(part)
        elif part == "select" or part in _COMPOUND:
            if is_open and part in _COMPOUND:
                yield query
            is_open = part == "select"
    if is_open:
        yield query


def _aggregates(parts: list[str | Query]) -> Iterator[tuple[str, Query]]:
    """(function, its arguments) of an expression’s own: none of a window, none of a subquery."""
    for place, part in enumerate(parts):
        if not isinstance(part, Query) or "select" in part.words:
            continue
        before = parts[place - 1] if place else None
        if before in _AGGREGATES and "over" not in parts[place + 1 : place + 4]:
            yield str(before), part
        else:
            yield from _aggregates(part.parts)


def _unquoted(word: str) -> str:
    return word.strip('"`').lower()
