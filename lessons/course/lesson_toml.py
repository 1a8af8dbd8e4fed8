"""Writes what was measured into a lesson.toml, and leaves the rest of the file as its author wrote it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import InlineTable, Table

from lessons.course.contract import Depends


class LessonToml:
    """The file, to be changed key by key and saved."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._text = path.read_text(encoding="utf-8")
        self._document: Any = tomlkit.parse(self._text)

    def set_counts(self, variant: str, counts: Mapping[int, Depends]) -> None:
        said: dict[str, Any] = {}
        for books, declared in counts.items():
            for condition, count in declared.cases:
                of_condition = said.setdefault(str(condition), {})
                of_condition[str(books)] = count
        _set(self._document["variants"][variant], "queries", {**said.pop("", {}), **said})

    def set_outcome(self, variant: str, number: int, engine: str, outcome: Mapping[str, str]) -> None:
        """number: of the race, from 0"""
        race = self._document["variants"][variant]["races"][number]
        if engine in race.get("outcome", {}):
            _set(race["outcome"], engine, outcome)
        else:
            _append(race, tomlkit.key(["outcome", engine]), outcome)

    def set_verdict(self, claim: str, declared: Depends | Mapping[str, Depends]) -> None:
        said = (
            _verdict(declared)
            if isinstance(declared, Depends)
            else {condition: _verdict(depends) for condition, depends in declared.items()}
        )
        _set(self._document["claims"][claim], "expect", said)

    def save(self) -> list[str]:
        """Write the file, and return what changed in it: “naive.queries 100: 101 → 102”."""
        text = tomlkit.dumps(self._document)
        before, after = (dict(_leaves(tomlkit.parse(each).unwrap())) for each in (self._text, text))
        if before != after:
            self._path.write_text(text, encoding="utf-8")
        return [
            f"{key}: {_told(before.get(key))} → {_told(after.get(key))}"
            for key in sorted({*before, *after}, key=[*after, *before].index)
            if before.get(key) != after.get(key)
        ]


def _verdict(declared: Depends) -> bool | dict[str, bool]:
    cases = {str(condition) or "default": value for condition, value in declared.cases}
    return cases["default"] if len(cases) == 1 else cases


def _set(table: Any, key: str, value: Any) -> None:
    """Let the table say the value, a plain one or a table, at this key. What is right already keeps its form."""
    old = _item_at(table, key)
    if old is not None and old.unwrap() == value:
        return
    if isinstance(old, Table) and isinstance(value, Mapping):
        for gone in [inner for inner in old if inner not in value]:
            del old[gone]
        for inner, each in value.items():
            _set(old, inner, each)
    elif old is not None and not isinstance(old, Table):
        new = tomlkit.item(_item(value))
        new.trivia.comment_ws, new.trivia.comment = old.trivia.comment_ws, old.trivia.comment
        table[key] = new
    else:
        table.pop(key, None)
        _append(table, key, value)


def _item_at(table: Any, key: str) -> Any:
    if key not in table:
        return None
    return table.value.item(key) if isinstance(table, (Table, InlineTable)) else tomlkit.item(table[key])


def _append(table: Any, key: Any, value: Any) -> None:
    """Add a key after the last one: what follows that, a comment on the next table, say, stays where it is."""
    if not isinstance(table, Table):
        table[key] = _item(value)
        return
    body = table.value.body
    at = len(body)
    while at and body[at - 1][0] is None:
        at -= 1
    after = body[at:]
    del body[at:]
    table.append(key, _table(value) if key == "queries" else _item(value))
    body.extend(after)


def _item(value: Any) -> Any:
    return tomlkit.value(_written(value)) if isinstance(value, Mapping) else value


def _table(values: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, value in values.items():
        table[key] = _item(value)
    return table


def _written(value: Any) -> str:
    """A value as an author writes it, with spaces within braces."""
    if isinstance(value, Mapping):
        pairs = (f"{tomlkit.key(key).as_string()} = {_written(each)}" for key, each in value.items())
        return f"{{ {', '.join(pairs)} }}"
    return tomlkit.item(value).as_string()


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """The plain values of a document by where they stand, as a reader would say it. Races count from 1."""
    inner: Iterable[tuple[str, Any]]
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        inner = ((str(number), each) for number, each in enumerate(value, start=1))
    else:
        parts = path[1:] if path[0] == "variants" else path
        yield " ".join([".".join(parts[:2]), *parts[2:]]), value
        return
    for key, each in inner:
        yield from _leaves(each, (*path, key))


def _told(value: Any) -> str:
    if value is None:
        return "–"
    return str(value).lower() if isinstance(value, bool) else str(value)
