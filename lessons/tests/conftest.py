import pytest
from django.core.cache import cache

from lessons import catalog

TOML = """\
title = "Titles"
summary = "Every book, and who wrote it."
rule = "Join what you read."
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


@pytest.fixture
def course(tmp_path, monkeypatch):
    """It takes the place of lessons/content."""
    made = Course(tmp_path / "content")
    monkeypatch.setattr(catalog, "CONTENT", made.content)
    catalog.get_catalog.cache_clear()
    cache.clear()
    yield made
    catalog.get_catalog.cache_clear()
