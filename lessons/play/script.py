"""Makes a function of a file that is no lesson's: of its run(), or of its statements as they stand."""

import ast
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

from lab.running.loading import loading, namespace_of

_RUN = "run"
_SEE = "__see__"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def load_script(
    source: str,
    filename: str,
    *,
    see: Callable[[Any], Any],
    modules: Mapping[str, ModuleType] | None = None,
    name: str,
) -> Callable[[], Any]:
    """Return the file's run(); where it has none, a function that runs its statements, and returns what the last
    one gives, if that is an expression.

    see: called with what is returned, at its expression, so that the queries it runs have their place there
    filename, modules, name: as in lab.running.loading.load(). Raises LoadError.
    """
    with loading(filename):
        tree = ast.parse(source, filename)
        own = next((node for node in tree.body if isinstance(node, _FUNCTIONS) and node.name == _RUN), None)
        last = None
        if own:
            for statement in _returns(own):
                statement.value = statement.value and _seen(statement.value)
        elif tree.body and isinstance(end := tree.body[-1], ast.Expr):
            tree.body.pop()
            last = ast.Expression(_seen(end.value))
        statements = compile(tree, filename, "exec")
        expression = last and compile(last, filename, "eval")
        if own:
            namespace = _namespace(see, source, filename, modules, name)
            exec(statements, namespace)
            run_of_file: Callable[[], Any] = namespace[_RUN]
            return run_of_file

    def run() -> Any:
        namespace = _namespace(see, source, filename, modules, name)
        exec(statements, namespace)
        return expression and eval(expression, namespace)

    return run


def _namespace(see: Callable[[Any], Any], source: str, filename: str, modules: Any, name: str) -> dict[str, Any]:
    return {**namespace_of(source, filename, modules=modules, name=name), _SEE: see}


def _returns(function: ast.AST) -> Iterator[ast.Return]:
    """Those of the function that give something; not those of functions within it."""
    for node in ast.iter_child_nodes(function):
        if isinstance(node, ast.Return) and node.value:
            yield node
        elif not isinstance(node, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
            yield from _returns(node)


def _seen(value: ast.expr) -> ast.expr:
    """The expression, handed to see() from where it stands."""
    call = ast.Call(func=ast.Name(id=_SEE, ctx=ast.Load()), args=[value], keywords=[])
    return ast.fix_missing_locations(ast.copy_location(call, value))
