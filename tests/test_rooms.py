"""A room is a folder that a stranger takes in at a glance, and a module a page or two."""

import ast
import sys
from collections import Counter

from tests.conftest import ROOT

CONTENT = ROOT / "lessons" / "content"
MOST_MODULES = 14
MOST_LINES = 200
LESSONS = list(CONTENT.rglob("*.py"))
SEEDING = {"library/words.py", "library/rows.py"}  # an edit of their text makes every shelf stale
MODULES = [
    path
    for room in ("config", "lab", "lessons", "library")
    for path in (ROOT / room).rglob("*.py")
    if CONTENT not in path.parents and not {"tests", "migrations"} & set(path.parts)
]
# Django stands on asgiref; `setup` is the lesson's own setup.py; one lesson is about Silk, some about serializers.
OF_LESSONS = sys.stdlib_module_names | {"asgiref", "django", "library", "rest_framework", "setup", "silk"}
# What becomes part of a test that is taken home.
OF_TESTS = {"in_turns", "templates"}


def _name(path):
    return path.relative_to(ROOT).as_posix()


def test_rooms_can_be_taken_in_at_a_glance():
    assert MODULES
    folders = Counter(_name(path.parent) for path in MODULES if path.name != "__init__.py")
    crowded = {folder: count for folder, count in folders.items() if count > MOST_MODULES}
    assert not crowded, "Give some of their modules a room of their own."


def test_modules_are_a_page_or_two():
    lines = {_name(path): len(path.read_text().splitlines()) for path in MODULES}
    long = {name: count for name, count in lines.items() if count > MOST_LINES and name not in SEEDING}
    assert not long, "Split them by their nouns."


def test_what_lessons_alone_are_about_is_no_part_of_the_site(settings):
    assert "rest_framework" not in settings.INSTALLED_APPS
    assert not [_name(path) for path in MODULES if "rest_framework" in path.read_text()]


def test_lessons_import_nothing_of_the_lab():
    assert LESSONS
    for path in LESSONS:
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "."]
            own = {each.stem for each in path.parent.glob("*.py")}  # the lesson's `modules`
            others = {name.partition(".")[0] for name in names} - OF_LESSONS - own
            if path.name == "take_home.py":
                others -= OF_TESTS
            assert not others, f"{_name(path)} imports {', '.join(others)}"
