"""What one plan does otherwise than another, in a sentence."""

import re
from collections.abc import Iterator

from lab.plans import Node, Plan, TableAccess
from lab.plans.words import listed, rows
from lessons.words.plan_steps import step_name

_SAME_SHARE = 0.1  # numbers of rows that differ by less are as good as the same
_WHERE = re.compile(r" (in memory|on disk|with the help of the disk)$")
_WORDS = {  # how a table is read, the most first: (in short, with its name)
    TableAccess.ALL: ("the whole table", "the whole table of {}"),
    TableAccess.INDEX: ("a whole index", "a whole index of {}"),
    TableAccess.SOME: ("no more rows than it needs", "the rows of {} until it has enough"),
    TableAccess.PART: ("an index", "an index of {}"),
    TableAccess.ONE: ("a jump by key", "a jump by key to {}"),
}


def tell_changes(first: Plan, second: Plan, *, repeated: bool = False) -> str:
    """Return a sentence about the second Plan: what it does otherwise than the first.

    Rows are told where both databases counted those of every table. repeated: whether a run executes either
    statement more than once; rows are those of one execution.
    """
    parts = [*_ways(first, second), *_deeds(first, second)] or [_alike(first, second)]
    read = _rows(first, second, repeated)
    sentence = "; ".join([*parts, *([read] if read else [])])
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _ways(first: Plan, second: Plan) -> Iterator[str]:
    """How tables that both read are read otherwise; and what each reads where only one table is another."""
    before, after = _accesses(first), _accesses(second)
    gone, come = _only(before, after), _only(after, before)
    if len(gone) == len(come) == 1:
        yield f"{_named(after, come[0])} instead of {_named(before, gone[0])}"
    changes: dict[tuple[TableAccess, TableAccess], list[str]] = {}
    for table in before:
        if table in after and before[table] != after[table]:
            changes.setdefault((after[table], before[table]), []).append(table)
    for (new, old), tables in changes.items():
        yield f"{_WORDS[new][0]} instead of {_WORDS[old][1].format(listed(tables))}"
    other = [table for table in before if before[table] == after.get(table) and _other_index(first, second, table)]
    if other and first.vendor == second.vendor:
        yield f"another index of {listed(other)}"


def _only(these: dict[str, TableAccess], those: dict[str, TableAccess]) -> list[str]:
    return [table for table in these if table not in those]


def _named(accesses: dict[str, TableAccess], table: str) -> str:
    return _WORDS[accesses[table]][1].format(table)


def _accesses(plan: Plan) -> dict[str, TableAccess]:
    """{table: how it is read, the most of it where it is read more than once}"""
    order = list(_WORDS)
    found: dict[str, TableAccess] = {}
    for node in plan.walk():
        if node.access and node.table:
            found[node.table] = min(found.get(node.table, node.access), node.access, key=order.index)
    return found


def _other_index(first: Plan, second: Plan, table: str) -> bool:
    """Whether each goes by indexes of a table, and they have none in common."""
    before, after = _indexes(first, table), _indexes(second, table)
    return bool(before and after) and not before & after


def _indexes(plan: Plan, table: str) -> set[str]:
    """Those of a step, or of the steps below it that tell no table, as a bitmap’s."""
    found = set()
    for node in plan.walk():
        if node.table == table and node.access:
            found |= {each.index for each in node.walk() if each.index and each.table in (None, table)}
    return found


def _deeds(first: Plan, second: Plan) -> Iterator[str]:
    """What the second does that the first does not, and the other way round."""
    tables, gists = (_accesses(first), _accesses(second)), (_families(first), _families(second))
    gone, come = _only(*tables), _only(*reversed(tables))
    if len(gone) == len(come) == 1:
        gone, come = [], []
    does = [f"reads {listed(come)}"] if come else []
    does += [gist for family, gist in gists[1].items() if family not in gists[0]]
    does += [
        f"{gist}, not{gists[0][family].removeprefix(family)}"
        for family, gist in gists[1].items()
        if family in gists[0] and len({family, gist, gists[0][family]}) == 3
    ]
    omits = [f"read {listed(gone)}"] if gone else []
    omits += [_infinitive(family) for family in gists[0] if family not in gists[1]]
    if does:
        yield f"it {listed(does)}"
    if omits:
        yield f"it does not {' or '.join(omits)}"


def _families(plan: Plan) -> dict[str, str]:
    """{gist without where it happens, which is told only where it was measured: gist}"""
    return {_WHERE.sub("", node.gist): node.gist for node in plan.walk() if node.gist}


def _infinitive(gist: str) -> str:
    verb, _, rest = gist.partition(" ")
    plain = {"goes": "go", "would": "would"}.get(verb, verb.removesuffix("s"))
    return f"{plain} {rest}".strip()


def _rows(first: Plan, second: Plan, repeated: bool) -> str:
    before, after = _read(first), _read(second)
    if before is None or after is None or abs(before - after) <= _SAME_SHARE * max(before, after):
        return ""
    each = " in one execution" if repeated else ""
    about = "about " if any((node.loops or 0) > 1 for node in _readers(second)) else ""
    return f"{about}{rows(after)} read{each}, not {before:,.0f}"


def _read(plan: Plan) -> float | None:
    """Rows of all tables, in one execution; None where those of one are not known."""
    counts = [0 if node.loops == 0 else node.read_rows for node in _readers(plan)]
    known = [count for count in counts if count is not None]
    return sum(known) if plan.analyzed and len(known) == len(counts) else None


def _readers(plan: Plan) -> list[Node]:
    return [node for node in plan.walk() if node.table]


def _alike(first: Plan, second: Plan) -> str:
    """What to say where nothing telling differs."""
    alike = "the same tables, read in the same way"
    if first.vendor != second.vendor:
        return alike
    if [node.says for node in first.walk()] == [node.says for node in second.walk()]:
        return "the same steps"
    before, after = _unsaid(first), _unsaid(second)
    more = [name for name in after if name not in before]
    less = [name for name in before if name not in after]
    told = [f"{word} {listed(names)}" for word, names in (("with", more), ("without", less)) if names]
    return ", ".join([alike, *told])


def _unsaid(plan: Plan) -> list[str]:
    """The database's own names of steps that read nothing by themselves and are too long to tell in words here."""
    steps = [node for node in plan.walk() if not (node.gist or node.table or node.index)]
    return list(dict.fromkeys(step_name(node, plan.vendor) for node in steps))
