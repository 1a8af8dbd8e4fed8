"""What a lesson prepares is made once for the runs that read it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from lab.running.setup import Setup
from lab.shelves import Shelf
from lessons.course.reading import read_lesson
from lessons.runs import code, kept
from lessons.runs.shelved import ShelvedLesson

SETUP = """\
from uuid import uuid4

from django.conf import settings
from django.db import models


class Mark(models.Model):
    text = models.CharField(max_length=40)


def setup():
    Mark.objects.create(text=uuid4().hex)
"""
RUN = "from django.conf import settings\nfrom setup import {model}\n\n\ndef run():\n    return [({shown},)]\n"
TEXT = "Mark.objects.get().text"


@pytest.fixture
def kept_files(shelves):
    """kept_files(): those on SQLite that the test has added; another process of the site may keep some too."""

    engine = shelves[10].engine
    kept.drop_all()
    before = kept_on(engine)
    return lambda: kept_on(engine) - before


@pytest.fixture
def marked(course):
    """marked(shown=…, setup=…): what naive.py and optimized.py are, as a Lesson."""
    kept.drop_all()

    def write(setup=SETUP, shown=TEXT, model="Mark"):
        course.write("setup.py", setup)
        course.write("naive.py", RUN.format(shown=shown, model=model))
        course.write("optimized.py", RUN.format(shown=shown, model=model))
        return read_lesson(course.folder)

    yield write
    kept.drop_all()


def seen(lesson, shelf, name="naive"):
    report = ShelvedLesson(lesson=lesson, shelf=shelf).record(lesson.variant(name))
    assert report.error is None
    [[value]] = report.preview
    return value


def test_runs_that_read_share_one(marked, engine_shelves):
    lesson = marked()
    text = seen(lesson, engine_shelves[10])
    assert seen(lesson, engine_shelves[10], "optimized") == text
    assert seen(lesson, engine_shelves[100]) != text
    assert seen(lesson, engine_shelves[10]) == text
    with pytest.raises(AssertionError, match=r"UndeclaredWrite"):
        seen(marked(shown="Mark.objects.create(text='mine').text"), engine_shelves[10])
    assert seen(marked(), engine_shelves[10]) == text


def test_all_that_runs_a_variant_which_reads_shares_it(marked, shelves, monkeypatch):
    made, prepare = [], Setup.prepare
    monkeypatch.setattr(Setup, "prepare", lambda setup: made.append(prepare(setup)))
    lesson = marked()
    shelved, variant = ShelvedLesson(lesson=lesson, shelf=shelves[10]), lesson.variant("naive")
    assert shelved.record(variant).rows == 1
    assert shelved.explain(variant, 1).plan
    assert [access.queries for access in shelved.accesses(variant)] == [1]
    assert shelved.measure(variant, runs=1).runs == 1
    assert len(made) == 1


def test_setup_that_is_loaded_for_each_run_is_not_kept(marked, shelves, kept_files):
    """Loading it changes the process: nobody would find its copy again."""
    lesson = marked(f"{SETUP}\n\nsettings.MARKED = True\n")
    assert seen(lesson, shelves[10]) != seen(lesson, shelves[10])
    assert kept_files() == set()


SHELVING = """
from django.db import models

from library.models import Genre


class Corner(models.Model):
    genres = models.ManyToManyField(Genre, related_name="+")


def setup():
    Corner.objects.create().genres.set(Genre.objects.order_by("pk")[:2])
"""


def test_relations_find_their_ends_where_another_process_has_prepared(marked, shelves, monkeypatch):
    lesson = marked(SHELVING, "len(Corner.objects.get().genres.all())", "Corner")
    shelved = ShelvedLesson(lesson=lesson, shelf=shelves[10])
    with shelved.template() as template:
        monkeypatch.setattr(code, "_lasting", {})  # as there: its models are others
        assert shelved.record(lesson.variant("naive"), template=template).preview == ((2,),)


def test_runs_that_write_have_each_their_own(marked, course, shelves):
    lesson = marked()
    text = seen(lesson, shelves[10])
    course.change("lesson.toml", "task =", 'access = "write"\ntask =')
    lesson = read_lesson(course.folder)
    assert len({text, seen(lesson, shelves[10]), seen(lesson, shelves[10])}) == 3


def test_setup_that_is_changed_is_run_anew(marked, shelves):
    text = seen(marked(), shelves[10])
    assert seen(marked(SETUP.replace("uuid4().hex", "'changed'")), shelves[10]) == "changed"
    assert seen(marked(), shelves[10]) == text  # the earlier one is still kept


def test_shelf_that_is_made_anew_is_prepared_anew(marked, build_another):
    lesson, shelf = marked(), Shelf(books=12)
    build_another("sqlite", 12)
    text = seen(lesson, shelf)
    shelf.build(seed=99)
    assert seen(lesson, shelf) != text


def test_what_a_setup_does_to_the_process_each_run_has(marked, shelves):
    lesson = marked(SETUP + "    settings.MARKED = Mark.objects.get().text\n", "settings.MARKED")
    assert seen(lesson, shelves[10]) != seen(lesson, shelves[10])


def test_old_ones_go(marked, shelves, monkeypatch):
    lesson = marked()
    text = seen(lesson, shelves[10])
    monkeypatch.setattr(kept, "_LONGEST", -1)
    assert seen(lesson, shelves[10]) != text


def test_only_some_are_kept(marked, shelves, kept_files):
    def nth(n):
        return marked(f"{SETUP}\n\nN = {n}\n")

    texts = [seen(nth(n), shelves[10]) for n in range(kept.most + 1)]
    assert len(kept_files()) == kept.most
    assert seen(nth(kept.most), shelves[10]) == texts[-1]
    assert seen(nth(0), shelves[10]) != texts[0]


def test_another_thread_may_drop_one(marked, engine, engine_shelves):
    kept_before = kept_on(engine)
    seen(marked(), engine_shelves[10])
    assert len(kept_on(engine) - kept_before) == 1
    with ThreadPoolExecutor(1) as pool:
        pool.submit(kept.drop_all).result()
    assert kept_on(engine) <= kept_before


def kept_on(engine):
    """The throw-away databases that are kept there; another process of the site may keep some too."""
    if engine.name == "sqlite":
        return {*engine.folder.glob("scratch/*/kept-*.sqlite3")}
    with engine._admin() as admin:
        return {name for name in engine._databases(admin) if "_kept_" in name}


def test_one_that_is_gone_is_made_anew(marked, shelves, kept_files):
    lesson = marked()
    text = seen(lesson, shelves[10])
    [kept_file] = kept_files()
    kept_file.unlink()
    assert seen(lesson, shelves[10]) != text
