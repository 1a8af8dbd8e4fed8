import json

import pytest

from lab.running import slot
from lessons.browser import answers
from lessons.challenge.offering import make_challenge
from lessons.course.catalog import get_catalog
from lessons.course.contract import LessonError
from lessons.course.reading import read_lesson

N_PLUS_ONE = "n_plus_one/forward_foreign_key"
OVER_JOINING = "n_plus_one/over_joining"
WRITES = "write_in_bulk/queryset_update"
INDEX = "schema_and_indexes/an_index"
JOINED = """\
from library.models import Book


def run():
    for book in Book.objects.order_by("pk").select_related("author"):
        yield book.title, book.author.name
"""


def only(verdict):
    [shortfall] = verdict.missing
    return shortfall


def changed(code, *pairs):
    for old, new in pairs:
        assert old in code
        code = code.replace(old, new)
    return code


def kinds(verdict):
    return [str(shortfall.kind) for shortfall in verdict.missing]


def test_solved(judged):
    verdict = judged(N_PLUS_ONE, JOINED)
    assert verdict.solved
    assert verdict.rule == get_catalog().lesson(N_PLUS_ONE).rule
    assert [result.books for result in verdict.shelves] == [40, 130, 360]
    assert {result.figures["queries"] for result in verdict.shelves} == {(1, 1)}


def test_verdict_is_json(judged):
    verdict = judged(N_PLUS_ONE, changed(JOINED, ("book.title", "book.price")))
    plain = json.loads(json.dumps(verdict.as_plain()))
    assert not plain["solved"]
    assert set(plain["missing"][0]) == {"kind", "text", "shelf", "difference", "group", "place"}


def test_more_queries_name_the_expression_that_fires_them(judged):
    shortfall = only(judged(N_PLUS_ONE, changed(JOINED, ('.select_related("author")', ""))))
    assert (shortfall.kind, shortfall.shelf) == ("budget", 40)
    assert shortfall.text == (
        "On a shelf of 40 books your code runs 41 queries; 1 will do. “book.author” in line 6 runs 40 of them."
    )
    place = shortfall.group
    assert (place.file, place.line) == ("naive.py", 6)
    assert "        yield book.title, book.author.name"[place.column : place.end_column] == "book.author"


def test_better_than_the_reference_is_right(judged):
    code = """\
from itertools import groupby

from library.models import Author


def run():
    authors = Author.objects.order_by("pk", "books__isbn").values_list("pk", "name", "books__isbn")
    for (_, name), books in groupby(authors, key=lambda row: row[:2]):
        yield name, [isbn for _, _, isbn in books if isbn]
"""
    verdict = judged("n_plus_one/reverse_foreign_key", code)
    assert verdict.solved
    assert verdict.shelves[0].figures["queries"] == (1, 2)


def test_rows_that_differ_are_aligned(judged):
    shortfall = only(judged(N_PLUS_ONE, changed(JOINED, ("book.author.name", "book.author.name.upper()"))))
    assert (shortfall.kind, shortfall.shelf) == ("rows", 40)
    assert "as many rows as it should" in shortfall.text
    first = shortfall.as_plain()["difference"][0]
    assert first["expected"][0] == first["got"][0]
    assert first["expected"][1].upper() == first["got"][1]


def test_missing_rows_are_counted(judged):
    shortfall = only(judged(N_PLUS_ONE, changed(JOINED, ("""order_by("pk")""", """order_by("pk")[1:]"""))))
    assert shortfall.text == "On a shelf of 40 books your code gives 39 rows; expected: 40."
    [first] = shortfall.as_plain()["difference"]
    assert (first["alike"], first["got"]) == (0, None)


def test_order_counts_where_the_lesson_says_so(judged):
    shortfall = only(judged(N_PLUS_ONE, changed(JOINED, ('order_by("pk")', 'order_by("-pk")'))))
    assert "in another order" in shortfall.text


def test_order_does_not_count_elsewhere(judged, course):
    course.change("lesson.toml", "ordered = true", "ordered = false")
    assert judged(read_lesson(course.folder), changed(JOINED, ('order_by("pk")', 'order_by("-pk")'))).solved


def test_text_is_compared_by_line(judged, course):
    course.write("optimized.py", "def run():\n    return 'a\\nb\\n'\n")
    shortfall = only(judged(read_lesson(course.folder), "def run():\n    return 'a\\nc\\n'\n"))
    [line] = shortfall.as_plain()["difference"]
    assert (line["alike"], line["expected"], line["got"]) == (1, ["'b'"], ["'c'"])


def test_solution_that_does_not_run_is_no_fault_of_the_readers(judged, course):
    course.write("optimized.py", "def run():\n    raise OSError\n")
    with pytest.raises(LessonError, match="the solution does not run here: OSError"):
        judged(read_lesson(course.folder), JOINED)


def test_page_is_answered(judged, monkeypatch, tmp_path):
    monkeypatch.setattr(answers, "ROOT", tmp_path)
    lesson = make_challenge(get_catalog().lesson(N_PLUS_ONE))["lesson"]
    reply = json.loads(answers.answer(json.dumps({"do": "judge", "lesson": lesson, "code": JOINED})))
    assert reply["verdict"]["solved"]


def test_each_kind_is_told_once_and_rows_come_first(judged):
    code = changed(JOINED, ('.select_related("author")', ""), ("book.title", "book.isbn"))
    assert kinds(judged(N_PLUS_ONE, code)) == ["rows", "budget"]


def test_more_cells_are_too_many(judged):
    naive = get_catalog().lesson(OVER_JOINING).variant("naive").source
    shortfall = only(judged(OVER_JOINING, naive))
    assert "your code fetches" in shortfall.text and "cells" in shortfall.text


def test_a_table_is_read_where_an_index_would_do(judged):
    shortfall = only(judged(INDEX, get_catalog().lesson(INDEX).variant("naive").source))
    assert (shortfall.kind, "Look at the plan" in shortfall.text) == ("budget", True)


def test_transaction_statements_are_free(judged):
    code = """\
from django.db import transaction

from library.models import Book


def run():
    with transaction.atomic():
        return [(book.title, book.author.name) for book in Book.objects.order_by("pk").select_related("author")]
"""
    assert judged(N_PLUS_ONE, code).solved


@pytest.mark.parametrize("lesson", [WRITES, INDEX])
def test_process_that_has_one_place_for_runs_judges(judged, settings, lesson):
    settings.RUNS_AT_ONCE = 1
    slot._slots.cache_clear()
    try:
        assert judged(lesson, get_catalog().lesson(lesson).variant("optimized").source).solved
    finally:
        slot._slots.cache_clear()


def test_tables_count_where_the_code_writes(judged):
    code = get_catalog().lesson(WRITES).variant("optimized").source
    code = changed(code, ("    news =", "    Listing.objects.filter(live=True).last().delete()\n    news ="))
    assert "rows" in kinds(judged(WRITES, code))


ERRORS = {
    "syntax": ("def run():\n    return [\n", "load", "is not valid Python", 2),
    "as it is loaded": ("import librari\n\n\ndef run():\n    return []\n", "load", "ModuleNotFoundError", 1),
    "a query as it is loaded": (
        "from library.models import Book\n\nCOUNT = Book.objects.count()\n\n\ndef run():\n    return [COUNT]\n",
        "load",
        "Move it into run()",
        None,
    ),
    "no run": ("def walk():\n    return []\n", "load", "has no run()", None),
    "raises": (changed(JOINED, ("book.author.name", "book.author.nam")), "raised", "AttributeError", 6),
    "writes": (
        "from library.models import Book\n\n\ndef run():\n    Book.objects.all().delete()\n    return []\n",
        "raised",
        "may only read",
        5,
    ),
    "gives an object": (
        "from library.models import Book\n\n\ndef run():\n    return Book.objects.first()\n",
        "raised",
        "no list of rows",
        None,
    ),
    "gives objects": (
        "from library.models import Book\n\n\ndef run():\n    return Book.objects.all()\n",
        "rows",
        "run() gave a Book",
        None,
    ),
    "asks without an end": (
        "from library.models import Book\n\n\ndef run():\n    while True:\n        Book.objects.exists()\n",
        "stopped",
        "a loop that does not end",
        None,
    ),
}


@pytest.mark.parametrize(("code", "kind", "text", "line"), ERRORS.values(), ids=ERRORS)
def test_what_does_not_come_to_its_end(judged, code, kind, text, line):
    shortfall = only(judged(N_PLUS_ONE, code))
    assert (shortfall.kind, shortfall.place and shortfall.place.line) == (kind, line)
    assert text in shortfall.text


def test_challenge_is_plain():
    challenge = json.loads(json.dumps(make_challenge(get_catalog().lesson(N_PLUS_ONE))))
    assert challenge["solution"] == challenge["lesson"]["files"]["optimized.py"]
    assert challenge["task"] == "Return the same rows, with fewer queries."
    assert challenge["judged"] == ["queries"]


def test_stamp_changes_with_the_naive_code(course):
    before = make_challenge(read_lesson(course.folder))
    course.add("optimized.py", "# Another one.\n")
    assert make_challenge(read_lesson(course.folder))["stamp"] == before["stamp"]
    course.add("naive.py", "# Another one.\n")
    assert make_challenge(read_lesson(course.folder))["stamp"] != before["stamp"]
