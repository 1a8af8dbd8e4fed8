"""A lesson with modules of its own: what several of its files import, and what its templates load."""

import sys

import pytest
from django.template import Engine, TemplateSyntaxError, engines
from django.template.loader import render_to_string

from lab.shelves import Shelf
from lessons.course.contract import LessonError
from lessons.course.reading import read_lesson
from lessons.proof.proof import prove
from lessons.runs.code import running_files
from lessons.runs.loaders import templates_of
from lessons.runs.shelved import ShelvedLesson

SHOP = """\
from library.models import Book

seen = []


def author_of(book):
    seen.append(book)
    return book.author.name


def books():
    return Book.objects.order_by("pk")
"""
TAGS = """\
from django import template
from shop import author_of

register = template.Library()


@register.simple_tag
def author(book):
    return author_of(book)


@register.filter
def publisher(book):
    return book.publisher.name


@register.inclusion_tag("genres.html")
def genres(book):
    return {"genres": book.genres.all()}
"""
NAIVE = """\
from django.template.loader import render_to_string
from shop import books, seen


def run():
    return render_to_string("list.html", {"books": books(), "seen": seen})
"""
LIST = """\
{% extends "base.html" %}{% load shop_tags %}
{% block books %}{{ seen|length }}
{% for book in books %}
{% author book %}
{{ book|publisher }}
{% genres book %}
{% endfor %}{% endblock %}
"""


@pytest.fixture
def shop(course):
    course.change("lesson.toml", "ordered = true", 'ordered = true\nmodules = ["shop", "shop_tags"]')
    course.write("shop.py", SHOP)
    course.write("shop_tags.py", TAGS)
    course.write("naive.py", NAIVE)
    course.write("templates/list.html", LIST)
    course.write("templates/base.html", "{% block books %}{% endblock %}")
    course.write("templates/genres.html", "{% for genre in genres %}{{ genre.name }}{% endfor %}")
    return read_lesson(course.folder)


def places(report):
    """{(file, line): queries}"""
    return {(group.place.file, group.place.line): group.count for group in report.groups}


def test_queries_are_placed_in_the_module_that_fires_them(shop, shelf):
    report = ShelvedLesson(lesson=shop, shelf=shelf).record(shop.variant("naive"))
    assert report.error is None
    assert places(report) == {
        ("templates/list.html", 3): 1,
        ("shop.py", 8): 10,
        ("shop_tags.py", 14): 10,
        ("templates/genres.html", 1): 10,
    }


def test_modules_are_a_runs_own(shop, shelf):
    shelved, path, libraries = (
        ShelvedLesson(lesson=shop, shelf=shelf),
        list(sys.path),
        Engine.get_default().libraries,
    )
    first, second = (shelved.record(shop.variant("naive")).rendered for _ in range(2))
    assert first == second
    assert first.split()[0] == "0"  # nothing of another run has been seen
    assert not {"shop", "shop_tags"} & set(sys.modules)
    assert sys.path == path
    engine = engines["django"].engine
    assert "shop_tags" not in {**engine.template_libraries, **libraries}
    with pytest.raises(TemplateSyntaxError, match="shop_tags"):
        engine.from_string("{% load shop_tags %}")


def test_templates_of_another_lesson_do_not_load_them(shop, course):
    with templates_of(shop, {}), pytest.raises(TemplateSyntaxError, match="'shop_tags' is not a registered"):
        render_to_string("list.html", {})


def test_lesson_with_modules_is_proved_and_shown(shop, course, engine_shelves, client):
    course.write("optimized.py", NAIVE.replace("books()", 'books().select_related("author")'))
    course.write(
        "claims.py", "def so(log):\n    from shop import books\n    return len(books()) and len(log) == 1\n"
    )
    course.add("lesson.toml", '\n[claims.so]\nexpect = true\ntruth = "Yes."\n')
    for name, factor in (("naive", 3), ("optimized", 2)):
        counts = "".join(f"{n} = {factor * n + 1}\n" for n in (10, 100, 1000))
        old = "".join(f"{n} = {n + 1 if name == 'naive' else 1}\n" for n in (10, 100, 1000))
        course.change("lesson.toml", f"[variants.{name}.queries]\n{old}", f"[variants.{name}.queries]\n{counts}")
    lesson = read_lesson(course.folder)
    assert [str(fault) for fault in prove(lesson, [engine_shelves[10]]).faults] == []
    shown = [
        "naive.py",
        "templates/list.html",
        "templates/base.html",
        "shop.py",
        "shop_tags.py",
        "templates/genres.html",
    ]
    assert sorted(name for name, _ in running_files(lesson, lesson.variant("naive"))) == sorted(shown)


def test_page_shows_modules_with_their_counts(shop, shelves, client):
    html = client.get("/lessons/a_track/a_lesson/naive/", {"books": 10}).text
    assert "<figcaption>shop.py</figcaption>" in html
    assert '<li id="shoppy-8" data-statements=' in html


def test_what_no_file_mentions_is_not_shown(shop, course):
    course.write(
        "naive.py", "from library.models import Book\n\n\ndef run():\n    return [Book.objects.count()]\n"
    )
    assert [name for name, _ in running_files(shop, shop.variant("naive"))] == ["naive.py"]


def test_module_imports_from_the_setup(shop, course, shelf):
    course.write(
        "setup.py",
        "from django.db import models\n\n\nclass Draft(models.Model):\n    pass\n\n\ndef setup():\n    Draft.objects.create()\n",
    )
    course.write("shop.py", "from setup import Draft\n\n\ndef books():\n    return Draft.objects.all()\n")
    course.write("naive.py", "from shop import books\n\n\ndef run():\n    return [books().count()]\n")
    course.write("shop_tags.py", "")
    report = ShelvedLesson(lesson=shop, shelf=shelf).record(shop.variant("naive"))
    assert (report.error, report.preview) == (None, (1,))


def test_sessions_share_a_module(race_course, databases, shelf):
    lesson = read_lesson(race_course.folder)
    text = (race_course.folder / "lesson.toml").read_text()
    race_course.write("lesson.toml", f'modules = ["shop"]\n{text}')
    race_course.write("shop.py", "seen = []\n")
    for name in ("naive.py", "race.py"):
        race_course.write(name, f"from shop import seen\n{(race_course.folder / name).read_text()}")
    lesson = read_lesson(race_course.folder)
    variant = lesson.variant("naive")
    report = ShelvedLesson(lesson=lesson, shelf=Shelf(books=10)).race(variant, variant.races[0].schedule)
    assert (report.status, report.error) == ("ok", None)


FAULTS = {
    "no file": ("'till'", "without a file", "Write till.py"),
    "a variant's name": ("'naive'", "cannot be imported or is taken", "a name that no variant"),
    "the setup's name": ("'setup'", "cannot be imported or is taken", "a name that no variant"),
    "an installed module's": ("'django'", "cannot be imported or is taken", "no installed module has"),
    "the bookstore's": ("'library'", "cannot be imported or is taken", "no installed module has"),
    "no name": ("'Shop-tags'", "cannot be imported or is taken", "Use a-z, 0-9 and _"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_module_that_cannot_be_is_told_with_its_remedy(course, fault):
    name, what, remedy = FAULTS[fault]
    course.change("lesson.toml", "ordered = true", f"ordered = true\nmodules = [{name}]")
    with pytest.raises(LessonError) as raised:
        read_lesson(course.folder)
    assert f"a_track/a_lesson: has {name} in `modules`" in str(raised.value)
    assert what in str(raised.value)
    assert remedy in str(raised.value)


@pytest.mark.parametrize("name", ["shop.py", "all.py", "Notes.py", "notes.txt"])
def test_each_way_to_declare_a_stray_file_is_taken(course, name):
    course.write(name, "")
    with pytest.raises(LessonError, match=f"has a stray file, {name}") as raised:
        read_lesson(course.folder)
    text, told = (course.folder / "lesson.toml").read_text(), str(raised.value)
    stem = name.partition(".")[0]
    assert ("[variants." in told) == (name == "shop.py")
    assert ("modules = " in told) == (name in {"shop.py", "all.py"})
    if "[variants." in told:
        course.add("lesson.toml", f"\n[variants.{stem}]\n")
        read_lesson(course.folder, recorded=False)
    if "modules = " in told:
        course.write("lesson.toml", f'modules = ["{stem}"]\n{text}')
        read_lesson(course.folder)
