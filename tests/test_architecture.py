"""docs/architecture.md is held to the code that it draws and links to."""

import ast
import re
from pathlib import Path

import grimp
import pytest

from tests.conftest import ROOT

DOCUMENT = ROOT / "docs" / "architecture.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
LINKS = re.findall(r"\[`([^`]+)`\]\(([^)]+)\)", TEXT)
ARROWS = re.findall(r"^  ([\w.]+) --> ([\w.]+)$", TEXT, re.MULTILINE)
ROOMS = {room for arrow in ARROWS for room in arrow}


@pytest.fixture(scope="module")
def imports():
    """The arrows between the rooms that are drawn, as the code has them."""
    graph = grimp.build_graph("lessons", "lab", "library", include_external_packages=False)
    found = set()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            pair = _room(module), _room(imported)
            if None not in pair and pair[0] != pair[1]:
                found.add(pair)
    return found


def _room(module):
    if ".tests" in module or module.endswith("conftest"):
        return None
    return next((room for room in ROOMS if module == room or module.startswith(f"{room}.")), None)


def _reached(start):
    found, ahead = set(), [start]
    while ahead:
        new = {there for here, there in ARROWS if here == ahead[-1]} - found
        ahead.pop()
        found |= new
        ahead += new
    return found


def test_every_arrow_that_is_drawn_is_in_the_code(imports):
    assert [arrow for arrow in ARROWS if arrow not in imports] == []


def test_every_import_between_rooms_is_along_the_arrows(imports):
    assert sorted(pair for pair in imports if pair[1] not in _reached(pair[0])) == []


def test_every_room_is_drawn():
    rooms = {
        f"{app}.{path.name}"
        for app in ("lab", "lessons")
        for path in (ROOT / app).iterdir()
        if (path / "__init__.py").exists() and path.name not in {"tests", "templatetags"}
    }
    assert rooms - ROOMS == set()


@pytest.mark.parametrize(("name", "address"), LINKS, ids=[name for name, _ in LINKS])
def test_links_lead_to_what_they_name(name, address):
    path = (DOCUMENT.parent / address).resolve()
    assert path.exists()
    if path.suffix == ".py" and name != path.parent.name:
        assert name.removesuffix("()") in set(_defined(path))


def test_it_follows_a_request_in_ten_steps():
    assert [int(n) for n in re.findall(r"^(\d+)\. ", TEXT, re.MULTILINE)] == list(range(1, 11))


def _defined(path: Path):
    """Names of the functions and classes at the top of a module, and of their methods: "Shelf.open"."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (f"{node.name}.{each.name}" for each in node.body if isinstance(each, ast.FunctionDef))
