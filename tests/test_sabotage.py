"""Every sabotage still has its place in the code, and a test to catch it."""

import ast

import pytest

from tests.sabotage import SABOTAGES
from tests.saboteur import ROOT


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def test_names_tell_sabotages_apart():
    names = [sabotage.name for sabotage in SABOTAGES]
    assert len(set(names)) == len(names) >= 30


@pytest.mark.parametrize("sabotage", SABOTAGES, ids=lambda sabotage: sabotage.name)
def test_sabotage_fits(sabotage):
    sabotaged = sabotage.apply(read(sabotage.path))
    assert sabotaged != read(sabotage.path)
    compile(sabotaged, sabotage.path, "exec")


@pytest.mark.parametrize("sabotage", SABOTAGES, ids=lambda sabotage: sabotage.name)
def test_tests_that_are_to_catch_it_are_there(sabotage):
    path, _, name = sabotage.tests.partition("::")
    functions = [node.name for node in ast.parse(read(path)).body if isinstance(node, ast.FunctionDef)]
    assert any(function.startswith("test_") for function in functions)
    assert not name or name in functions
