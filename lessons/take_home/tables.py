"""Makes and drops, in a test file, the tables of the models that stand in it."""

import ast
from collections.abc import Iterable, Iterator

from lessons.take_home.statements import Import, Statement

IMPORTS: frozenset[Import] = frozenset({("django.db", "connection")})
_FIXTURES = '''\
def setUpModule():
    """In a project, a migration makes the tables."""
    with connection.schema_editor() as editor:
        for model in [{models}]:
            editor.create_model(model)


def tearDownModule():
    with connection.schema_editor() as editor:
        for model in [{reversed_models}]:
            editor.delete_model(model)'''


def make_tables(statements: Iterable[Statement]) -> str:
    """Return the statements that do so, or "" where there are no models."""
    models = list(_models(statements))
    return (
        _FIXTURES.format(models=", ".join(models), reversed_models=", ".join(reversed(models))) if models else ""
    )


def _models(statements: Iterable[Statement]) -> Iterator[str]:
    """The names of those that have a table which Django makes."""
    known = {"models.Model"}
    for each in statements:
        (node,) = ast.parse(each.text).body
        if isinstance(node, ast.ClassDef) and known & {ast.unparse(base) for base in node.bases}:
            known.add(node.name)
            if not {"abstract = True", "proxy = True", "managed = False"} & set(_options(node)):
                yield node.name


def _options(model: ast.ClassDef) -> Iterator[str]:
    for node in model.body:
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            yield from map(ast.unparse, node.body)
