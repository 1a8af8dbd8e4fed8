import json

import pytest
from django.core.management import CommandError, call_command

from lab.race.report import End
from lessons.course import catalog
from lessons.course.catalog import get_catalog
from lessons.tests.commands import output, own_words, table
from lessons.tests.race_lesson import QUEUED

LESSON = "a_track/a_lesson"
KEYS = {
    "schema", "lesson", "variant", "engine", "engine_version", "django", "python", "books", "isolation", "status",
    "error", "schedule", "rows", "turns", "finishes", "kept", "words", "outcome",
}  # fmt: skip
STEP_KEYS = {
    "session", "kind", "sql", "params", "before", "began", "ended", "waited_for", "rows", "values", "affected", "error",
    "database", "file", "line", "end_line", "column", "end_column",
}  # fmt: skip


def race_json(capsys, *, lesson=LESSON, **options):
    return json.loads(output(capsys, "run_lesson", lesson, as_json=True, **options))


def flat(out):
    """The text of each column of a printed table, by the words of its lines."""
    return [" ".join(" ".join(column).split()) for column in zip(*table(out), strict=True)]


def test_run_lesson_prints_the_lanes_the_ends_and_the_invariant(race_course, shelves, capsys):
    out = output(capsys, "run_lesson", LESSON, variant="optimized", schedule="alice bob alice")
    turns, alice, bob, rows = flat(out)
    assert turns == "before 1 2 3 4"
    assert "optimized.py:9 UPDATE … book SET stock = (stock - 1) 1 row updated" in alice
    assert "waits for alice" in bob
    assert "had waited for alice; 1 row updated" in bob
    assert "stock 4 (was 5)" in rows
    assert "alice returns 'sold' (committed)" in out
    assert "✓ kept: Two were sold, and 3 of five are left." in out
    assert "10 books" in out
    assert "deferred" in out


def test_run_lesson_prints_why_nobody_could_look(race_course, shelves, capsys):
    race_course.write("naive.py", QUEUED)
    rows = flat(output(capsys, "run_lesson", LESSON, schedule="alice bob alice"))[-1]
    assert "stock 5 A look would have to wait for a lock here" in rows
    turns = race_json(capsys, schedule="alice bob alice")["turns"]
    assert [bool(turn["unseen"]) for turn in turns[:2]] == [False, True]


def test_run_lesson_takes_an_isolation_level(race_course, shelves, capsys):
    assert race_json(capsys)["isolation"] == "deferred"
    assert race_json(capsys, isolation="wal")["isolation"] == "wal"


def test_run_lesson_prints_one_json_object_of_a_race(race_course, shelves, capsys):
    run = race_json(capsys, variant="optimized", schedule="alice bob alice")
    assert set(run) == KEYS
    assert (run["status"], run["kept"], run["books"]) == ("ok", True, 10)
    assert run["schedule"] == ["alice", "bob", "alice", "bob"]
    assert run["outcome"] == {"alice": "committed", "bob": "committed", "invariant": "kept"}
    assert [row["stock"] for row in run["rows"]] == [5]
    assert [[row["stock"] for row in turn["rows"]] for turn in run["turns"]] == [[5], [5], [4], [3]]
    step = run["turns"][2]["steps"][1]
    assert set(step) == STEP_KEYS
    assert [step[key] for key in ("session", "began", "ended", "waited_for", "line")] == [
        "bob",
        2,
        3,
        ["alice"],
        9,
    ]
    assert run["turns"][1]["waits"][0]["waits_for"] == ["alice"]
    assert run["finishes"][0] == {"session": "alice", "end": "committed", "error": None, "result": "sold"}


def test_run_lesson_prints_how_all_variants_end(race_course, shelves, capsys):
    naive, optimized = table(output(capsys, "run_lesson", LESSON, variant="all"))
    assert naive[:4] == ["naive", "committed", "committed", "broken"]
    assert optimized[:4] == ["optimized", "committed", "committed", "kept"]
    assert [run["variant"] for run in race_json(capsys, variant="all")] == ["naive", "optimized"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"schedule": "alice carol"}, "“carol” is in the order of turns"),
        ({"isolation": "serializable"}, "SQLite has no isolation level “serializable”"),
        ({"explain": True}, "no plans and no traces"),
        ({"trace": True}, "no plans and no traces"),
    ],
)
def test_run_lesson_says_what_a_race_has_not(race_course, shelves, options, message):
    with pytest.raises(CommandError, match=message):
        call_command("run_lesson", LESSON, **options)


@pytest.mark.parametrize("option", ["schedule", "isolation"])
def test_run_lesson_races_only_sessions(course, shelves, option):
    with pytest.raises(CommandError, match="No sessions race in this lesson"):
        call_command("run_lesson", LESSON, **{option: "alice"})


def test_check_lessons_tells_how_many_races_were_proved(race_course, shelves, capsys):
    naive, optimized = table(output(capsys, "check_lessons", engine=["sqlite"]))
    assert naive == [LESSON, "naive", "1 race", "", "", "✓"]
    assert optimized == [LESSON, "optimized", "1 race", "", "", ""]
    race_course.change("lesson.toml", 'isolation = "serializable"\noutcome.postgresql', "outcome.sqlite")
    get_catalog.cache_clear()
    assert table(output(capsys, "check_lessons", engine=["sqlite"]))[0][2] == "2 races"


def test_check_lessons_asks_what_must_hold(race_course, shelves, capsys):
    race_course.change("race.py", '    """What was sold is no longer there."""\n', "")
    with pytest.raises(CommandError):
        call_command("check_lessons", LESSON, engine=["sqlite"])
    assert "invariant() of naive does not say what must hold. Give it a docstring." in capsys.readouterr().err


NEW = "a_track/new_race"


def test_start_lesson_makes_a_race_one_step_from_complete(course, shelves, capsys):
    output(capsys, "start_lesson", NEW, race=True)
    assert race_json(capsys, lesson=NEW)["kept"] is False
    with pytest.raises(CommandError, match="2 broken promises"):
        call_command("check_lessons", NEW, engine=["sqlite"], record=True)
    err = capsys.readouterr().err
    assert (
        "the race “The same story” of optimized on SQLite breaks its invariant: Two of five were sold, and 4"
        in err
    )
    assert f"{NEW}: nothing was recorded." in err


def test_start_lesson_record_and_prove_a_race(course, shelves, capsys):
    output(capsys, "start_lesson", NEW, race=True)
    folder = course.track / "020_new_race"
    optimized = (folder / "optimized.py").read_text()
    sold = "book = Book.objects.get(pk=1)\n    book.stock -= 1\n    book.save()"
    assert sold in optimized
    (folder / "optimized.py").write_text(
        optimized.replace(sold, 'Book.objects.filter(pk=1).update(stock=F("stock") - 1)').replace(
            "from library", "from django.db.models import F\n\nfrom library"
        )
    )
    own_words(folder)
    out = output(capsys, "check_lessons", NEW, engine=["sqlite"], record=True)
    assert f"{NEW}: naive.races 1 outcome sqlite invariant: – → broken\n" in out
    assert f"{NEW}: optimized.races 1 outcome sqlite bob: – → committed\n" in out
    kept = 'schedule = "alice bob alice bob"\noutcome.sqlite = { alice = "committed", bob = "committed", invariant = "kept" }'
    assert kept in (folder / "lesson.toml").read_text()
    assert "The lesson keeps its promises." in output(capsys, "check_lessons", NEW, engine=["sqlite"])


def test_contributing_knows_every_end():
    text = (catalog.CONTENT.parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    words = text.split("Words: ")[1].split(";")[0].split(", ")
    assert words == [str(end) for end in End]
