from urllib.parse import urljoin

import pytest
from django.core.cache import cache

from lessons.course import catalog
from lessons.course.catalog import get_catalog
from lessons.pages.operator import asking
from lessons.tests import paged_lesson, race_lesson

TOML = """\
title = "Titles of one query"
summary = "Every book, and who wrote it."
rule = "Join what you read."
task = "Return every title with its author."
ordered = true

[variants.naive.queries]
10 = 11
100 = 101
1000 = 1001

[variants.optimized.queries]
10 = 1
100 = 1
1000 = 1
"""
VARIANT = """\
from library.models import Book


def run():
    for book in Book.objects.order_by("pk"){fix}:
        yield book.title, book.author.name
"""


class Course:
    """A course of one good lesson, in a folder of its own, that a test may break."""

    def __init__(self, content):
        self.content = content
        self.track = content / "010_a_track"
        self.folder = self.track / "010_a_lesson"
        self.folder.mkdir(parents=True)
        (self.track / "track.toml").write_text('title = "A track"\nsummary = "Of lessons."\n')
        self.write("lesson.toml", TOML)
        self.write("README.md", "What happens?\n\n## What you saw\n\nThis.\n")
        self.write("naive.py", VARIANT.format(fix=""))
        self.write("optimized.py", VARIANT.format(fix='.select_related("author")'))

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name, old, new):
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def add(self, name, text):
        self.write(name, (self.folder / name).read_text(encoding="utf-8") + text)


class ShownFiles:
    """The texts of the files that lessons show, and name `check` as the test that uses them."""

    def __init__(self, check):
        files = [file for lesson in get_catalog().lessons for file in lesson.files if file.check == check]
        self._paths = {file.path.name: file.path for file in files}
        self.unread = set(self._paths)

    def __getitem__(self, name):
        self.unread.discard(name)
        return self._paths[name].read_text(encoding="utf-8")


@pytest.fixture
def shown_files(request):
    """The files whose lesson names the very test that asks for them. It must read each: the page says that it does."""
    files = ShownFiles(f"{request.module.__name__}.{request.function.__name__}")
    assert files.unread, "no lesson shows a file and names this test as its `check`"
    yield files
    assert not files.unread, f"the test has not read {', '.join(files.unread)}"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """It takes the place of lessons/content."""
    made = Course(tmp_path / "content")
    monkeypatch.setattr(catalog, "CONTENT", made.content)
    catalog.get_catalog.cache_clear()
    cache.clear()
    asking.forget()
    yield made
    catalog.get_catalog.cache_clear()


@pytest.fixture
def get(request, course, shelves, client):
    """Asks for a page of the course, at an address that may start from the module's PAGE. Returns its text.

    `get.response` is the last response.
    """

    def get(url="", status=200, **headers):
        get.response = client.get(urljoin(getattr(request.module, "PAGE", "/"), url), headers=headers)
        assert get.response.status_code == status
        return get.response.text

    return get


@pytest.fixture
def race_course(course):
    """A course whose lesson has the sessions alice and bob."""
    race_lesson.write(course)
    return course


@pytest.fixture
def paged_course(course):
    """A course whose lesson has a curve over pages."""
    paged_lesson.write(course)
    return course
