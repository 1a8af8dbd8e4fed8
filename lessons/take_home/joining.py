"""Joins several files into one: of each that others import from, what they need of it."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from itertools import pairwise

from lessons.take_home.imports import write_imports
from lessons.take_home.statements import Import, Source, Statement, take_apart

_BODY = re.compile(r"(#.*\n)*(@|class |def |async def )")  # the beginning of what two empty lines set apart


class NotJoined(Exception):
    """The files cannot be put into one. The message says why."""


class Joined:
    """texts: {module: text} of the files that become part of the one, in the order in which they stand there"""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._sources = {module: _parse(module, text, among=texts.keys()) for module, text in texts.items()}
        self._needed: dict[str, frozenset[str]] = {}
        self._imports: set[Import] = set()

    def add(self, text: str) -> None:
        """Put a file at the end, whole. Raises NotJoined."""
        source = _parse("the test", text, among=self._sources.keys())
        self._sources["the test"] = source
        self._need("the test", frozenset[str]().union(*(each.defines for each in source.statements)))

    def _need(self, module: str, names: frozenset[str]) -> None:
        source = self._sources[module]
        if missing := names - source.names:
            raise NotJoined(f"Nothing in {module}.py is called {', '.join(sorted(missing))}.")
        names |= self._needed.get(module, frozenset())
        if names == self._needed.get(module):
            return
        self._needed[module] = names
        _, loaded = source.needed(names)
        for name in loaded & set(source.imports):
            self._import(source.imports[name])

    def _import(self, imported: Import) -> None:
        module, said = imported
        if module not in self._sources and said not in self._sources:
            self._imports.add(imported)
        elif not module:
            raise NotJoined(f"“import {said}” cannot be part of one file. Type: from {module or said} import …")
        else:
            self._need(module, frozenset({said}))

    def statements(self) -> dict[str, list[Statement]]:
        """{module: its statements that are needed}. Raises NotJoined where two have the same name."""
        found = {
            module: source.needed(self._needed[module])[0]
            for module, source in self._sources.items()
            if module in self._needed
        }
        seen: set[str] = set()
        for module, statements in found.items():
            names = frozenset[str]().union(*(each.defines for each in statements))
            if twice := names & seen:
                raise NotJoined(f"{module}.py defines {', '.join(sorted(twice))}, as another file does.")
            seen |= names
        return found

    def text(self, *, imports: frozenset[Import] = frozenset(), before_last: str = "") -> str:
        """The one file. imports, before_last: of statements that come before the file that was added"""
        *parts, last = [list(_spaced(each)) for each in self.statements().values()]
        middle = [before_last] if before_last else []
        blocks = [*(block for part in parts for block in part), *middle, *last]
        text = write_imports(self._imports | imports)
        for before, block in pairwise(["", *blocks]):
            text += ("\n\n\n" if _BODY.match(before) or _BODY.match(block) else "\n\n") + block
        return text + "\n"


def _parse(module: str, text: str, *, among: Set[str]) -> Source:
    try:
        return _rename(take_apart(text), among)
    except SyntaxError as error:
        raise NotJoined(f"{module}.py is no Python: line {error.lineno}: {error.msg}.") from None


def _rename(source: Source, among: Set[str]) -> Source:
    """Make assignments of the imports with another name, which become part of the one file."""
    names, imports = [], {}
    for name, (module, said) in source.imports.items():
        original, renamed, _ = said.partition(" as ")
        if renamed and module in among:
            names.append(
                Statement(text=f"{name} = {original}", defines=frozenset({name}), needs=frozenset({original}))
            )
            imports[original] = (module, original)
        else:
            imports[name] = (module, said)
    return replace(source, statements=(*names, *source.statements), imports=imports)


def _spaced(statements: list[Statement]) -> Iterator[str]:
    """Statements of one line stay together."""
    block: list[str] = []
    for each in statements:
        if each.has_body:
            if block:
                yield "\n".join(block)
            block = []
            yield each.text
        else:
            block.append(each.text)
    if block:
        yield "\n".join(block)
