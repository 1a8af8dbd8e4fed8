"""The top-level statements of a Python file: what each defines and needs, and its text as it stands there."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

Import = tuple[str, str]  # (module, what follows "import": a name, "name as other"), or ("", "module")

_WITH_BODIES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, kw_only=True)
class Statement:
    text: str  # with the comments above it
    defines: frozenset[str]
    needs: frozenset[str]  # names that it loads
    has_body: bool = False  # a function or a class


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file, taken apart."""

    statements: tuple[Statement, ...]  # but imports
    imports: dict[str, Import] = field(default_factory=dict)  # by the name that each binds

    @property
    def names(self) -> frozenset[str]:
        return frozenset[str](self.imports).union(*(each.defines for each in self.statements))

    def needed(self, names: frozenset[str]) -> tuple[list[Statement], frozenset[str]]:
        """Return (the statements that define `names` and what these need, in their order; all names needed)."""
        wanted = set(names)
        while True:
            found = [each for each in self.statements if each.defines & wanted]
            needs = wanted.union(*(each.needs for each in found))
            if needs == wanted:
                return found, frozenset(wanted)
            wanted = needs


def take_apart(text: str) -> Source:
    """Raises SyntaxError."""
    lines, after = text.splitlines(), 0
    statements: list[Statement] = []
    imports: dict[str, Import] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.update(_imported(node))
        elif not _is_docstring(node):
            statements.append(_statement(node, lines, after))
        after = node.end_lineno or after
    return Source(statements=tuple(statements), imports=imports)


def _statement(node: ast.stmt, lines: list[str], after: int) -> Statement:
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))]) - 1
    while first > after and lines[first - 1].startswith("#"):
        first -= 1
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    stored = {each.id for each in names if isinstance(each.ctx, ast.Store)}
    return Statement(
        text="\n".join(lines[first : node.end_lineno]),
        defines=frozenset({node.name} if isinstance(node, _WITH_BODIES) else stored),
        needs=frozenset(each.id for each in names if isinstance(each.ctx, ast.Load)),
        has_body=isinstance(node, _WITH_BODIES),
    )


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, Import]]:
    module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    for alias in node.names:
        said = f"{alias.name} as {alias.asname}" if alias.asname else alias.name
        bound = alias.asname or (alias.name if module else alias.name.partition(".")[0])
        yield bound, (module, said)
