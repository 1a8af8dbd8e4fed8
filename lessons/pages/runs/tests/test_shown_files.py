"""A file that is shown and not run is put to use by the test that its lesson names."""

import inspect
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from lessons.course.catalog import get_catalog

FILES = [(lesson, file) for lesson in get_catalog().lessons for file in lesson.files]
CHECKS = sorted({file.check for _, file in FILES})
CHECK = f"{__name__}.test_check_of_a_shown_file"


@pytest.mark.parametrize("check", CHECKS)
def test_check_is_a_test_and_asks_for_the_files(check, pytestconfig):
    module, _, name = check.rpartition(".")
    path = module.replace(".", "/") + ".py"
    assert path.startswith(tuple(pytestconfig.getini("testpaths")))
    assert fnmatch(Path(path).name, "test_*.py") and name.startswith("test_")
    assert "shown_files" in inspect.signature(import_string(check)).parameters


@pytest.fixture
def showing(course):
    """A course whose lesson shows two files, which the test CHECK uses."""
    for name in ("a.txt", "b.txt"):
        course.write(name, f"the text of {name}")
        course.add("lesson.toml", f'\n[[files]]\nname = "{name}"\nlanguage = "ini"\ncheck = "{CHECK}"\n')
    return course


def test_check_of_a_shown_file(showing, shown_files):
    assert [shown_files[name] for name in ("a.txt", "b.txt")] == ["the text of a.txt", "the text of b.txt"]


@pytest.mark.parametrize("page", ["naive", "optimized", "compare"])
def test_pages_show_the_files_below_the_code(showing, shelves, client, page):
    html = client.get(f"/lessons/a_track/a_lesson/{page}/", {"books": 10}).text
    code = "select_related" if page != "naive" else "library"
    assert html.index(code) < html.index("a.txt: shown, not run here") < html.index("b.txt: shown, not run here")
    assert html.count(f"<code>{CHECK}</code> puts it to use") == 2
    assert html.count("the text of a.txt") == 1


def test_long_file_is_folded(showing, shelves, client):
    showing.write("b.txt", "a line\n" * 41)
    html = client.get("/lessons/a_track/a_lesson/naive/", {"books": 10}).text
    folded, _taken_home = re.findall(r'<details class="folded">(.*?)</details>', html, re.DOTALL)
    assert "<summary>b.txt, 41 lines</summary>" in folded
    assert "the text of a.txt" not in folded


def test_long_setup_is_folded_and_says_what_it_defines(course, shelves, client):
    course.write("setup.py", "class Shelf:\n    pass\n" + "\n" * 39 + "\ndef setup():\n    pass\n")
    for page in ("", "naive/"):
        html = client.get(f"/lessons/a_track/a_lesson/{page}", {"books": 10} if page else {}).content.decode()
        folded = html.partition('<details class="folded">')[2].partition("</details>")[0]
        assert "<summary>setup.py, 44 lines: Shelf</summary>" in folded
        assert 'data-copy="setup.py"' in folded
