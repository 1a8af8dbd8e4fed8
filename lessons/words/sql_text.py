"""SQL and parameters as text: broken into lines, and cut where nobody reads on."""

import re

import sqlparse
from sqlparse.exceptions import SQLParseError

# sqlparse takes seconds for thousands of placeholders, and nobody reads them.
_LONG_LIST = re.compile(r"((?:\(?%s\)?, ){4})(?:\(?%s\)?, ){3,}(\(?%s)")
_WHEN = r"WHEN (?:(?!\bWHEN\b|\bELSE\b|\bEND\b).)+"
_LONG_CASE = re.compile(rf"((?:{_WHEN}){{3}})(?:{_WHEN}){{3,}}({_WHEN})")
_SIDE = r"\([^()]*\)"
_LONG_OR = re.compile(rf"((?:{_SIDE} OR ){{3}})(?:{_SIDE} OR ){{3,}}({_SIDE})")
# What sqlparse breaks, as if each word began a clause.
_ONE_CLAUSE = re.compile(r"\b(?:INSERT\s+OR\s+\w+|FOR\s+(?:NO KEY\s+)?UPDATE|DO\s+UPDATE\s+SET)\b")
_ELLIPSIS = "/* … */ "
_NEVER = 1_000_000  # lists stay on one line; the page wraps them
_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+[\"`]?(?:library_)?(\w+)|'(?:[^']|'')*'|([()])")
_CTE = re.compile(r"[\"`]?(?:library_)?(\w+)[\"`]?\s*(?:\([^()]*\)\s*)?AS\s*(?:(?:NOT )?MATERIALIZED\s*)?\(")
_LONGEST = 48  # characters of a parameter


def layout(sql):
    """Break and indent a statement; long lists of placeholders, of WHENs and of ORs are cut."""
    cut = sql
    for long in (_LONG_LIST, _LONG_CASE, _LONG_OR):
        cut = long.sub(rf"\1{_ELLIPSIS}\2", cut)
    try:
        laid_out = sqlparse.format(cut, reindent=True, wrap_after=_NEVER).strip()
        return _draw_in(_ONE_CLAUSE.sub(lambda words: " ".join(words[0].split()), laid_out))
    except SQLParseError:  # of a statement too long for it
        return cut


def _draw_in(sql):
    """Two columns a level, where sqlparse aligns: a subquery then still fits on a phone."""
    lines = [(len(line) - len(line.lstrip()), line.lstrip()) for line in sql.splitlines()]
    levels = sorted({indent for indent, _ in lines})
    return "\n".join("  " * levels.index(indent) + line for indent, line in lines)


def summary(sql):
    """The first word of a statement, and the table it is about: SELECT … book."""
    word = (sql.lstrip(" \n(").split(maxsplit=1) or [""])[0].upper()
    table = _table(sql, beside=set(_CTE.findall(sql)) if word == "WITH" else set())
    return f"{word} … {table}" if table else word


def _table(sql, *, beside):
    """The first table outside of parentheses, so none of a subquery; or the first in as few as there is one."""
    depth, found = 0, []
    for table, parenthesis in _TABLE.findall(sql):
        depth += {"(": 1, ")": -1}.get(parenthesis, 0)
        if table and table not in beside:
            found.append((depth, table))
    return min(found, key=lambda each: each[0])[1] if found else None


def values(params):
    """Return the text of each of one sample of parameters, shortened where long; of a dict’s with its name."""
    if isinstance(params, dict):
        return [f"{name}: {_short(value)}" for name, value in params.items()]
    return [_short(value) for value in params or ()]


def _short(value):
    # Of an int by another name, as psycopg's Int2 or a choice of an enumeration, the number is what is sent.
    text = int.__repr__(value) if isinstance(value, int) and not isinstance(value, bool) else repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
