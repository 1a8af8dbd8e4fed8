"""What happens in a race, in words, for pages and commands."""

import re

from lab.race import End
from lessons.words.sql_text import summary

_DEEDS = {"insert": "inserted", "update": "updated", "delete": "deleted"}
_LOCK = re.compile(r"\b(?:FOR (?:NO KEY )?UPDATE|FOR (?:KEY )?SHARE|LOCK IN SHARE MODE)(?: NOWAIT| SKIP LOCKED)?")
_SET = re.compile(r" SET (.*?)(?: WHERE | RETURNING |$)", re.DOTALL)
_QUALIFIED = re.compile(r"[\"`]\w+[\"`]\.")
_LONGEST = 48  # characters of a value, and of what an UPDATE sets
_COLUMNS, _ROWS = 6, 3  # that are told of a result


def short_sql(sql, params=()):
    """A statement in short: its first word, its table, what an UPDATE sets, and what a SELECT locks."""
    if sql.lstrip()[:8].upper() in {"ROLLBACK", "COMMIT"}:
        return sql
    words = [summary(sql)]
    if words[0].startswith("UPDATE") and (found := _SET.search(sql)):
        words.append(f"SET {cut(_filled(_QUALIFIED.sub('', found[1]), params))}")
    if words[0].startswith("SELECT") and (found := _LOCK.search(sql)):
        words.append(found[0])
    return " ".join(words)


def tell_step(step):
    """What a Step did, or the error it met: its first line, since the rest may name processes."""
    waited = f"had waited for {tell_names(step.waited_for)}; " if step.waited else ""
    return waited + (step.error.splitlines()[0] if step.error else _deed(step))


def tell_wait(names, *, still=False):
    """Whom a session waits for; nobody is named where it waits for a lock outside the race."""
    return f"{'still waits' if still else 'waits'}{f' for {tell_names(names)}' if names else ''}"


def tell_finish(finish):
    """How a session ended: what it returned, or how it failed."""
    if finish.error is None:
        undone = "; it had rolled back" if finish.end == End.ROLLED_BACK else ""
        return f"returns {plain(finish.result)}{undone}"
    return f"ends: {finish.end}"


def tell_names(names):
    return " and ".join(names)


def plain(value):
    """A value of a row, as short as can be."""
    return cut(repr(value) if isinstance(value, (str, bytes)) else str(value))


def cut(text):
    """The text, no longer than a lane has room for."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _deed(step):
    if step.kind == "transaction":
        return _transaction(step.sql.upper())
    if step.is_write:
        return f"{_rows(step.affected)} {_DEEDS[step.kind]}"
    if step.kind == "select":
        values = "; ".join(_row(row) for row in step.values[:_ROWS])
        more = "; …" if values and step.rows > _ROWS else ""
        return f"reads {_rows(step.rows)}" + (f": {values}{more}" if values else "")
    return "done"


def _transaction(sql):
    if sql.startswith("ROLLBACK TO"):
        return "rolls back to the savepoint"
    return "commits" if sql.startswith("COMMIT") else "rolls back"


def _rows(number):
    return f"{number or 'no'} row{'' if number == 1 else 's'}"


def _row(row):
    values = row if isinstance(row, (tuple, list)) else [row]
    return ", ".join([plain(value) for value in values[:_COLUMNS]] + ["…"] * (len(values) > _COLUMNS))


def _filled(sql, params):
    """The SQL with its placeholders filled in, for a reader."""
    values = map(plain, params if isinstance(params, (tuple, list)) else ())
    return re.sub("%s", lambda _: next(values, "…"), re.sub(r"[\"`]", "", sql))
