import gzip
import json
import re
import shutil

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from lessons.course.catalog import read_catalog
from lessons.tests.commands import output, own_words, table

KEYS = {
    "schema", "lesson", "variant", "engine", "engine_version", "django", "python", "books", "status", "error",
    "queries", "transaction_statements", "rows", "rows_fetched", "cells_fetched", "rows_affected", "digest", "statements", "wall_ms",
    "database_ms", "python_ms", "stopped",
}  # fmt: skip
STATEMENT_KEYS = {
    "index", "kind", "sql", "count", "rows", "columns", "cells", "affected", "execute_ms", "fetch_ms", "database", "cause", "by_way_of", "file",
    "line", "end_line", "column", "end_column",
}  # fmt: skip


def run_json(capsys, **options):
    return json.loads(output(capsys, "run_lesson", "a_track/a_lesson", as_json=True, **options))


def test_run_lesson_prints_one_json_object(course, shelves, capsys):
    run = run_json(capsys, books=10)
    assert set(run) == KEYS
    assert {frozenset(statement) for statement in run["statements"]} == {frozenset(STATEMENT_KEYS)}
    assert (run["schema"], run["status"], run["queries"], run["rows"], run["error"]) == (1, "ok", 11, 10, None)
    fired = run["statements"][1]
    assert [fired[key] for key in ("index", "kind", "count", "file", "line")] == [2, "select", 10, "naive.py", 6]
    assert [fired[key] for key in ("rows", "columns", "cells")] == [10, 6, 60]  # authors, with all their columns
    assert run["cells_fetched"] == 10 * 13 + 60
    assert set(run["wall_ms"]) == {"first", "median", "min", "max", "runs"}
    assert run["database_ms"] + run["python_ms"] == pytest.approx(run["wall_ms"]["median"], abs=0.001)


def test_run_lesson_pair_gives_equal_rows(course, shelves, capsys):
    naive, optimized = (run_json(capsys, books=100, variant=name) for name in ("naive", "optimized"))
    assert (naive["digest"], naive["rows"]) == (optimized["digest"], optimized["rows"])
    assert (naive["queries"], optimized["queries"]) == (101, 1)


def test_run_lesson_json_of_an_error(course, shelves, capsys):
    course.write(
        "naive.py", "from library.models import Book\n\n\ndef run():\n    return list(Book.objects.filter(x=1))\n"
    )
    run = run_json(capsys, books=10)
    assert (run["status"], run["wall_ms"]["runs"]) == ("raised", 1)
    assert run["error"].startswith("FieldError: Cannot resolve keyword 'x'")


def test_run_lesson_json_of_what_cannot_run(course, shelves, capsys):
    course.change(
        "lesson.toml", "[variants.naive.queries]", '[variants.naive]\ndjango = ">=99"\n[variants.naive.queries]'
    )
    run = run_json(capsys, books=10)
    assert (run["status"], run["queries"], run["wall_ms"]["runs"]) == ("unavailable", 0, 0)
    assert "needs Django >=99" in run["error"]


def test_run_lesson_traces_where_asked(course, shelves, capsys):
    run = run_json(capsys, books=10, trace=True)
    assert set(run) == KEYS | {"trace"}
    assert [[access[key] for key in ("index", "what", "answered_by", "count", "queries", "statements")] for access in run["trace"]] == [
        [1, "iteration", "database", 1, 1, [1]],
        [2, "foreign key access", "database", 10, 10, [2]],
    ]  # fmt: skip
    place = {key: run["trace"][1][key] for key in ("file", "line", "end_line", "column", "end_column")}
    assert place == {key: run["statements"][1][key] for key in place}


def test_run_lesson_prints_the_trace(course, shelves, capsys):
    course.change("naive.py", "    for book", '    yield len(Book.objects.none()), ""\n    for book')
    out = output(capsys, "run_lesson", "a_track/a_lesson", books=10, trace=True)
    assert re.search(r"×1 +│ naive.py:5 +│ len\(\) +│ nothing to ask", out)
    assert re.search(r"×10 +│ naive.py:7 +│ foreign key access +│ database +│ 10", out)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_run_lesson_keeps_the_end_of_a_place(course, shelves, capsys, monkeypatch, width):
    folder = course.folder / "templates" / "catalogue" / "of_all_the_books"
    folder.mkdir(parents=True)
    (folder / "with_authors.html").write_text("{% for book in books %}\n{{ book.author.name }}\n{% endfor %}")
    course.write(
        "naive.py",
        """\
from django.template.loader import render_to_string

from library.models import Book


def run():
    return render_to_string("catalogue/of_all_the_books/with_authors.html", {"books": Book.objects.all()})
""",
    )
    monkeypatch.setenv("COLUMNS", str(width))
    out = output(capsys, "run_lesson", "a_track/a_lesson", books=10, trace=True)
    assert len(re.findall(r"with_authors\.html:2\b", out)) == 2  # of the statements, and of the trace
    assert all(len(line) <= width for line in out.splitlines())


@pytest.mark.parametrize("engine", ["postgresql", "mysql"])
def test_run_lesson_opens_where_the_page_does(course, shelves_everywhere, capsys, engine):
    course.change("lesson.toml", "ordered = true", f'ordered = true\nengines = ["{engine}"]')
    assert run_json(capsys, books=10)["engine"] == engine
    assert run_json(capsys, books=10, engine="sqlite")["status"] == "unavailable"


def test_run_lesson_does_not_trace_what_fails(course, shelves, capsys):
    course.write("naive.py", "def run():\n    1 / 0\n")
    assert set(run_json(capsys, books=10, trace=True)) == KEYS


def test_run_lesson_prints_code_sql_and_figures(course, shelves, capsys):
    out = output(capsys, "run_lesson", "a_track/a_lesson", books=10)
    for part in (
        "for book in Book.objects",
        "×10",
        "naive.py:6",
        "foreign key access",
        "11 queries, 20 rows fetched",
    ):
        assert part in out


def test_run_lesson_tells_how_often_a_statement_ran_and_its_rows(course, shelves, capsys):
    titles = "Book.objects.values_list('title', flat=True)"
    course.change("naive.py", "    for book", f"    for _ in range(3):\n        list({titles})\n    for book")
    out = output(capsys, "run_lesson", "a_track/a_lesson", books=10)
    assert re.search(r"×3 +│ naive.py:6 +│ iteration +│ 30 ", out)


def test_run_lesson_prints_a_table_of_all_variants(course, shelves, capsys):
    course.write("failing.py", "def run():\n    return [1 / 0]\n")
    course.add("lesson.toml", "\n[variants.failing.queries]\n10 = 0\n100 = 0\n1000 = 0\n")
    out = output(capsys, "run_lesson", "a_track/a_lesson", books=10, variant="all")
    naive, optimized, failing, *_ = table(out)
    assert naive[:4] == ["naive", "11", "20", "190"]
    assert optimized[:4] == ["optimized", "1", "10", "190"]
    assert float(naive[4]) > 0
    assert naive[5] == "ok"
    assert failing[:5] == ["failing", "–", "–", "–", "–"]
    assert "ZeroDivisionError" in out
    assert "sqlite" in out


def test_run_lesson_json_of_all_variants_is_a_list(course, shelves, capsys):
    runs = run_json(capsys, books=10, variant="all", explain=True)
    assert [(run["variant"], run["queries"], run["cells_fetched"]) for run in runs] == [
        ("naive", 11, 190),
        ("optimized", 1, 190),
    ]
    assert [set(run) for run in runs] == [KEYS, KEYS]
    assert all(statement["plan"]["verdict"] for run in runs for statement in run["statements"])


MANY = """from library.models import Book


def run():
    keys = Book.objects.values("pk")
    return list(keys.union(*[keys.filter(pages=n) for n in range(100)], all=True))
"""


def test_run_lesson_puts_equal_steps_of_a_plan_together(course, shelves, capsys):
    course.write("naive.py", MANY)
    assert "[UNION ALL] ×100" in output(capsys, "run_lesson", "a_track/a_lesson", books=10, explain=True)
    [statement] = run_json(capsys, books=10, explain=True)["statements"]
    first, rest = statement["plan"]["steps"][0]["children"]
    assert (first["times"], rest["times"]) == (1, 100)
    assert statement["plan"]["raw"].count("UNION ALL") == 100


@pytest.mark.parametrize(
    ("args", "options", "message"),
    [
        (["a_track/none"], {}, "There is no lesson a_track/none. There are: a_track/a_lesson."),
        (["a_track/a_lesson"], {"variant": "third"}, "There is no variant third. There are: naive, optimized."),
        (["a_track/a_lesson"], {"variant": "all", "explain": True}, "Name one --variant, or add --json."),
        (["a_track/a_lesson"], {"books": 11}, "seed_library --engine sqlite --books 11"),
        (["a_track/a_lesson"], {"engine": "oracle"}, "Choose one of: sqlite"),
    ],
)
def test_run_lesson_says_what_there_is(course, shelves, args, options, message):
    with pytest.raises(CommandError) as raised:
        call_command("run_lesson", *args, **options)
    assert message in str(raised.value)


def test_check_lessons_prints_a_table(course, shelves, capsys):
    out = output(capsys, "check_lessons", engine=["sqlite"])
    assert "a_track/a_lesson" in out
    assert "1,001" in out
    assert "The lesson keeps its promises." in out


@pytest.mark.parametrize("named", [[], ["more/a_lesson"]])
def test_check_lessons_names_a_track_that_cannot_be_read(course, shelves, capsys, named):
    (shutil.copytree(course.track, course.content / "020_more") / "track.toml").unlink()
    with pytest.raises(CommandError, match="1 broken promise"):
        call_command("check_lessons", *named, engine=["sqlite"], books=[10])
    assert capsys.readouterr().err == "✗ more: has no track.toml. Add one with its title and summary.\n"


def test_check_lessons_fails_on_a_broken_promise(course, shelves, capsys):
    course.change("lesson.toml", "100 = 101", "100 = 102")
    with pytest.raises(CommandError, match="1 broken promise"):
        call_command("check_lessons", engine=["sqlite"])
    assert "runs 101 queries, and declares 102." in capsys.readouterr().err


def test_check_lessons_tells_of_a_lesson_that_cannot_be_read(course, shelves, capsys):
    course.write("stray.txt", "")
    with pytest.raises(CommandError):
        call_command("check_lessons", "a_track/a_lesson")
    assert "a_track/a_lesson: has a stray file, stray.txt." in capsys.readouterr().err


def test_check_lessons_notices_a_changed_shelf(course, shelves, monkeypatch, capsys):
    sums = iter("ab")
    monkeypatch.setattr(
        "lab.engines.sqlite.SQLite.checksum", lambda self, books: next(sums) if books == 37 else "same"
    )
    with pytest.raises(CommandError):
        call_command("check_lessons", engine=["sqlite"])
    assert "The run changed the shelves of 37 books on SQLite." in capsys.readouterr().err


def test_check_lessons_says_loudly_what_is_not_proved(course, shelves, capsys):
    course.add("lesson.toml", "\n[saves]\ntime = 0.9\n")
    out = output(capsys, "check_lessons", engine=["sqlite"], books=[10])
    assert "NOT PROVED: a_track/a_lesson declares [saves] time, which takes a shelf of 1,000 books" in out


def test_check_lessons_refuses_shelves_of_another_seed(course, shelves, capsys):
    shelves[10].build(seed=8)
    try:
        with pytest.raises(CommandError):
            call_command("check_lessons", engine=["sqlite"])
        assert "seed_library --seed 7" in capsys.readouterr().err
    finally:
        shelves[10].build()


def test_run_lesson_tells_why_a_lesson_cannot_be_read(course, capsys):
    course.write("stray.txt", "")
    with pytest.raises(CommandError, match=r"has a stray file, stray\.txt"):
        call_command("run_lesson", "a_track/a_lesson")


NEW = "a_track/new_one"
FOLLOWED = """\
from library.models import Book


def run():
    for book in Book.objects.order_by("pk"):
        yield book.title, book.author.name
"""


def test_start_lesson_is_one_step_from_complete(course, shelves, capsys):
    out = output(capsys, "start_lesson", NEW)
    folder = course.track / "020_new_one"
    assert str(folder) in out
    assert not list(folder.glob("*-tpl"))
    assert json.loads(output(capsys, "run_lesson", NEW, as_json=True, books=10))["queries"] == 1
    with pytest.raises(CommandError, match="2 broken promises"):
        call_command("check_lessons", NEW, engine=["sqlite"], record=True)
    err = capsys.readouterr().err
    assert f"✗ {NEW}: optimized on SQLite runs no fewer queries than naive. Say what it saves" in err
    assert f"✗ {NEW}: nothing was recorded. Mend the above first" in err


def test_start_lesson_record_and_prove(course, shelves, capsys):
    output(capsys, "start_lesson", NEW)
    folder = course.track / "020_new_one"
    (folder / "naive.py").write_text(FOLLOWED)
    (folder / "optimized.py").write_text(FOLLOWED.replace(".order_by", '.select_related("author").order_by'))
    with pytest.raises(CommandError):
        call_command("check_lessons", NEW, engine=["sqlite"], record=True)
    out, err = capsys.readouterr()
    assert f"✗ {NEW}: still says what start_lesson wrote in lesson.toml: title = " in err
    own_words(folder)
    for line in ("naive.queries 10: – → 11", "naive.queries 1000: – → 1001", "optimized.queries 100: – → 1"):
        assert f"{NEW}: {line}\n" in out
    text = (folder / "lesson.toml").read_text()
    assert (
        "[variants.naive.queries]\n10 = 11\n100 = 101\n1000 = 1001\n\n[variants.optimized.queries]\n10 = 1\n"
        in text
    )
    assert "The lesson keeps its promises." in output(capsys, "check_lessons", NEW, engine=["sqlite"])


PRICES = """from library.models import Book


def run():
    return [(book.title, book.price) for book in list(Book.objects.order_by("pk"))]
"""


def test_start_lesson_record_what_saves_memory_and_fields(course, shelves, capsys):
    output(capsys, "start_lesson", NEW)
    folder = course.track / "020_new_one"
    lean = PRICES.replace(
        'list(Book.objects.order_by("pk"))', 'Book.objects.order_by("pk").only("title", "price")'
    )
    (folder / "naive.py").write_text(PRICES)
    (folder / "optimized.py").write_text(lean)
    own_words(folder)
    toml = folder / "lesson.toml"
    toml.write_text(f"{toml.read_text()}\n[saves]\nmemory = 0.95\nfields = 0.5\n")
    assert "optimized" in output(capsys, "run_lesson", NEW, variant="all", books=10)
    assert f"{NEW}: naive.queries 1000: – → 1\n" in output(
        capsys, "check_lessons", NEW, engine=["sqlite"], record=True
    )
    assert toml.read_text().endswith("[saves]\nmemory = 0.95\nfields = 0.5\n")


def test_start_lesson_tells_the_next_commands(course, shelves, capsys):
    out = output(capsys, "start_lesson", NEW)
    commands = [line.partition("manage.py ")[2].split() for line in out.splitlines() if "manage.py " in line]
    assert commands == [
        ["run_lesson", NEW, "--variant", "naive"],
        ["check_lessons", "--record", NEW],
        ["check_lessons", NEW],
    ]


def test_start_lesson_makes_a_new_track(course, capsys):
    output(capsys, "start_lesson", "new_track/first")
    found = read_catalog(course.content, recorded=False)
    assert found.track("new_track").title == "New track"
    assert found.lesson("new_track/first").title.startswith("What people search for")
    assert found.faults == ()


@pytest.mark.parametrize(
    ("path", "message"), [("first", "Write track/lesson"), ("a_track/a_lesson", "is there already")]
)
def test_start_lesson_refuses_and_says_why(course, path, message):
    with pytest.raises(CommandError, match=message):
        call_command("start_lesson", path)


def test_editor_models_are_small_and_of_this_course_alone(tmp_path):
    file = tmp_path / "made" / "models.json"
    call_command("editor_models", file)
    known = json.loads(file.read_text())
    assert set(known) == {"models", "lookups", "methods", "modules"}
    assert set(known["models"]) == {model.__name__ for model in apps.get_app_config("library").get_models()}
    assert len(gzip.compress(file.read_bytes())) < 5000
