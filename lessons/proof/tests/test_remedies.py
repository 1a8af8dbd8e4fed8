"""A remedy that names a line to write is taken by the contract: done to the letter, it mends the fault."""

import re

import pytest
import tomlkit
from django.core.management import CommandError, call_command

from lessons.course.contract import LessonError
from lessons.course.reading import read_lesson
from lessons.proof.proof import compare_engines, prove
from lessons.proof.sentences import tell

pytestmark = pytest.mark.once

LESSON = "a_track/a_lesson"
RAISES_THERE = """\
from django.db import connection
from library.models import Book


def run():
    if connection.vendor in {}:
        raise LookupError
    for book in Book.objects.order_by("pk"):
        yield book.title, book.author.name
"""
VENDOR = """\
from django.db import connection


def run():
    connection.cursor().execute("SELECT 1")
    return [connection.vendor]
"""


def obey(course, sentence):
    """Do to lesson.toml what the remedy says."""
    path = course.folder / "lesson.toml"
    document = tomlkit.parse(path.read_text())
    if found := re.search(r"[Tt]ake `?(\w+)`? out of (?:\[(.+?)\]|lesson\.toml)", sentence):
        del table_of(document, found[2])[found[1]]
    elif found := re.search(r"(\w+) = (…|[^ {]+|\{.*\}) in (?:\[(.+?)\]|lesson\.toml)", sentence):
        said = tomlkit.parse(f"x = {found[2]}" if found[2] != "…" else 'x = "Because."')["x"]
        table_of(document, found[3])[found[1]] = said
    elif found := re.search(r"Add \[(.+?)\]", sentence):
        table_of(document, found[1])
    else:
        raise AssertionError(sentence)
    path.write_text(tomlkit.dumps(document))


def table_of(document, name):
    """The table of this name, made if it is not there; the whole document for None."""
    for part in name.split(".") if name else []:
        document = document.setdefault(part, tomlkit.table())
    return document


def found_on(course, shelves_by_engine):
    """What check_lessons would say of the lesson on these engines."""
    lesson = read_lesson(course.folder)
    proofs = [prove(lesson, [shelves[10]]) for shelves in shelves_by_engine.values()]
    faults = [*(fault for proof in proofs for fault in proof.faults), *compare_engines(proofs)]
    return tell(faults, engines=[proof.engine.label for proof in proofs])


def _write(name, text):
    return lambda course: course.write(name, text)


def _add(text):
    return lambda course: course.add("lesson.toml", text)


def _raises(*vendors, declared=None):
    def break_it(course):
        course.write("third.py", RAISES_THERE.format(vendors))
        says = f"raises = {declared}\n" if declared else ""
        course.add(
            "lesson.toml", f"\n[variants.third]\n{says}[variants.third.queries]\n10 = 0\n100 = 0\n1000 = 0\n"
        )

    return break_it


def _vendors(course):
    course.write("naive.py", VENDOR.replace("    return", VENDOR.splitlines()[4] + "\n    return"))
    course.write("optimized.py", VENDOR)


ROWS = "from library.models import Book\n\n\ndef run():\n    return [(book.title, book.pk) for book in Book.objects.order_by({})]\n"
BROKEN = {
    "a write": lambda course: course.change("optimized.py", "    for", "    Book.objects.update(stock=0)\n    for"),
    "an error everywhere": _raises("sqlite", "postgresql", "mysql"),
    "an error on one": _raises("postgresql"),
    "an error on two": _raises("postgresql", "mysql"),
    "another error": _raises("postgresql", declared='{ postgresql = "ValueError", mysql = "LookupError" }'),
    "an error that does not come": _raises("vendor", declared='"LookupError"'),
    "an error that comes on one": _raises("mysql", declared='"LookupError"'),
    "an error that comes on two": _raises("mysql", "sqlite", declared='{ default = "LookupError" }'),
    "rows that differ": _write("optimized.py", ROWS.format("'pk'")),
    "rows that differ by engine": _vendors,
    "rows not saved": _add("\n[saves]\nrows = 0.1\n"),
    "rows not saved on one": _add("\n[saves]\nrows = { default = 0.5, mysql = 0.3 }\n"),
    "nothing to save": lambda course: (
        course.write("naive.py", "from library.models import Book\n\n\ndef run():\n    Book.objects.count()\n    Book.objects.count()\n    return [1]\n"),
        course.write("optimized.py", "from library.models import Book\n\n\ndef run():\n    Book.objects.count()\n    return [1]\n"),
        course.add("lesson.toml", "\n[saves]\nfields = 0.3\n"),
    ),
    "equal rows": _add('\n[saves]\ncorrectness = "They differ."\n'),
    "differs": lambda course: course.change("lesson.toml", "ordered = true", 'ordered = true\ndiffers = "So."'),
}  # fmt: skip


def to_mend(course, shelves_by_engine):
    """What is no matter of counting."""
    found = found_on(course, shelves_by_engine)
    return [sentence for sentence in found if not re.search(r"runs .+ queries", sentence)]


@pytest.mark.parametrize("broken", BROKEN)
def test_remedy_done_to_the_letter_is_taken(course, shelves_everywhere, broken):
    BROKEN[broken](course)
    told = to_mend(course, shelves_everywhere)
    assert told
    for _ in range(2):
        if told:
            obey(course, told[0])
            left = to_mend(course, shelves_everywhere)
            assert told[0] not in left
            told = left
    assert told == []


RATIOS = {
    "more than naive everywhere": ({"sqlite": 1.42, "postgresql": 1.42, "mysql": 1.42}, None),
    "nearly as much": ({"sqlite": 0.9, "postgresql": 0.9, "mysql": 0.9}, None),
    "more on one": ({"sqlite": 0.1, "postgresql": 1.42, "mysql": 0.1}, {"default": 0.2, "postgresql": 1.7}),
    "three ratios": (
        {"sqlite": 0.3, "postgresql": 0.8, "mysql": 0.4},
        {"default": 0.36, "postgresql": 0.96, "mysql": 0.48},
    ),
    "a tiny one": ({"sqlite": 0.0004, "postgresql": 0.0004, "mysql": 0.0004}, 0.00048),
}


@pytest.mark.parametrize("case", RATIOS)
def test_bound_that_is_advised_is_taken(course, shelves_everywhere, monkeypatch, case):
    ratios, declared = RATIOS[case]
    course.add("lesson.toml", f"\n[saves]\nbooks = 10\ntime = {0.2 if case != 'a tiny one' else 0.0002}\n")
    monkeypatch.setattr("lessons.proof.runs.saving", lambda kind, on, reports, bound: ratios[on.shelf.engine_name])
    for _ in ratios:  # each may have a ratio, and a sentence, of its own
        if told := found_on(course, shelves_everywhere):
            obey(course, told[0])
    assert found_on(course, shelves_everywhere) == []
    saves = tomlkit.parse((course.folder / "lesson.toml").read_text())["saves"].unwrap()
    assert saves == {"books": 10, **({} if declared is None else {"time": declared})}


@pytest.mark.parametrize("declared", [True, False])
def test_end_of_a_session_that_is_advised_is_taken(race_course, shelves, capsys, declared):
    path, line = race_course.folder / "lesson.toml", 'outcome.sqlite.bob = "error"'
    for name in ("naive.py", "optimized.py"):
        race_course.change(name, "def bob():\n    return sell()", "def bob():\n    return sell() + 1")
    if not declared:
        first_races = re.sub(r'(?s)\[\[variants.naive.races\]\]\ntitle = "One.*?\n\n', "", path.read_text())
        path.write_text(re.sub(r"(?m)^outcome.+\n", "", first_races))
    with pytest.raises(CommandError):
        call_command("check_lessons", LESSON, engine=["sqlite"], record=not declared)
    assert f"or declare {line}, and let check_lessons --record" in capsys.readouterr().err
    document = tomlkit.parse(path.read_text())
    for variant in document["variants"].values():
        race = variant["races"][0]
        race.setdefault("outcome", {}).setdefault("sqlite", {})["bob"] = "error"
    path.write_text(tomlkit.dumps(document))
    race_course.change("race.py", "return stock == 3", "return stock < 5")  # what bob did not do, is not lost
    call_command("check_lessons", LESSON, engine=["sqlite"], record=True)
    race_course.write("take_home.py", "from optimized import bob\n\n\ndef test_bob():\n    bob()\n")
    call_command("check_lessons", LESSON, engine=["sqlite"])


def test_lesson_may_be_started_where_its_toml_is_missing(course):
    (course.folder / "lesson.toml").unlink()
    before = (course.folder / "naive.py").read_text()
    with pytest.raises(LessonError) as raised:
        read_lesson(course.folder)
    call_command(*str(raised.value).partition("manage.py ")[2].split())
    assert read_lesson(course.folder, recorded=False).title.startswith("What people search for")
    assert (course.folder / "naive.py").read_text() == before
