"""Writes imports as isort does: of the standard library, of what is installed, of the project."""

import sys
from collections.abc import Iterable
from itertools import groupby

from lessons.take_home.statements import Import

_WIDTH = 99
_PROJECT = "library"


def write_imports(imports: Iterable[Import]) -> str:
    ordered = sorted(set(imports), key=lambda each: (_section(each), bool(each[0]), _module(each), each[1]))
    sections = []
    for _, of_section in groupby(ordered, key=_section):
        lines = [
            line
            for (is_from, module), group in groupby(of_section, key=lambda each: (bool(each[0]), _module(each)))
            for line in _lines(module if is_from else "", [said for _, said in group])
        ]
        sections.append("\n".join(lines))
    return "\n\n".join(sections)


def _lines(module: str, said: list[str]) -> list[str]:
    if not module:
        return [f"import {each}" for each in said]
    line = f"from {module} import {', '.join(said)}"
    if len(line) <= _WIDTH:
        return [line]
    return [f"from {module} import (", *(f"    {each}," for each in said), ")"]


def _module(each: Import) -> str:
    return each[0] or each[1].partition(" as ")[0]


def _section(each: Import) -> int:
    top = _module(each).partition(".")[0]
    return 0 if top in sys.stdlib_module_names else 2 if top == _PROJECT else 1
