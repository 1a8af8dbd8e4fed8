"""What the functions of a lesson's files say of themselves."""

import ast
from pathlib import Path


def docstrings(path: Path) -> dict[str, str]:
    """Return {name: docstring in one line, or ""} of the functions at the top of a file.

    Nothing, of a file that is no Python: who runs it is told so.
    """
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError:
        return {}
    return {
        node.name: " ".join((ast.get_docstring(node) or "").split())
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
