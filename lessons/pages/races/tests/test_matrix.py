import html
import re
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest

from lab.engines import NAMES
from lab.engines.mysql import MySQL
from lab.exceptions import EngineUnavailable, LabError
from lab.race import RaceReport, isolation_levels
from lab.shelves import Shelf
from lessons.course.catalog import get_catalog
from lessons.course.contract import LessonError
from lessons.course.reading import read_lesson
from lessons.measured import matrix
from lessons.pages.tests.markup import words
from lessons.runs.shelved import ShelvedLesson

PAGE = "/lessons/a_track/a_lesson/matrix/"
ENDS = 'outcome.sqlite = { alice = "committed", bob = "committed", invariant = "kept" }'
TOML = """\
title = "At every isolation level"
summary = "What each level lets through."
rule = "Know your level."
access = "write"
sessions = ["alice", "bob"]
matrix = ["lost", "waits", "refused", "undone"]
"""
VARIANT = """
[variants.{name}]
title = "{name}, a variant"
[[variants.{name}.races]]
title = "Both at once"
schedule = "{schedule}"
{ends}
"""
SCHEDULES = {
    "naive": "alice bob alice bob",
    "optimized": "alice bob alice bob",
    "lost": "alice bob alice bob",
    "waits": "alice bob alice bob",
    "refused": "alice bob alice bob alice bob",
    "undone": "alice alice bob bob",
}
READ_THEN_WRITE = """\
from library.models import Book


def add():
    book = Book.objects.only("stock").get(pk=1)
    book.stock += 1
    book.save(update_fields=["stock"])
"""
WRITE = """\
from django.db import transaction
from django.db.models import F

from library.models import Book


def add():
    with transaction.atomic():
        Book.objects.filter(pk=1).update(stock=F("stock") + 1)
"""
READ_THEN_WRITE_AT_ONCE = """\
from django.db import transaction

from library.models import Book


@transaction.atomic
def add():
    book = Book.objects.only("stock").get(pk=1)
    book.stock += 1
    book.save(update_fields=["stock"])
"""
UNDONE = WRITE + "        transaction.set_rollback(True)\n"
SOURCES = {
    "naive": READ_THEN_WRITE,
    "optimized": WRITE,
    "lost": READ_THEN_WRITE,
    "waits": WRITE,
    "refused": READ_THEN_WRITE_AT_ONCE,
    "undone": UNDONE,
}
SESSIONS = "\n\ndef alice():\n    add()\n    return 1\n\n\ndef bob():\n    add()\n    return 1\n"
RACE = '''\
from library.models import Book


def watch():
    return list(Book.objects.filter(pk=1).values("stock"))


def invariant(results):
    """No update is lost, but for those that were undone."""
    added, there = sum(filter(None, results.values())), Book.objects.get(pk=1).stock
    return there in (0, added), f"{added} added, {there} there."
'''
SETUP = """\
from library.models import Book


def setup():
    Book.objects.filter(pk=1).update(stock=0)
"""


@pytest.fixture
def matrix_course(course):
    """A course whose lesson has a matrix of four variants."""
    variants = [VARIANT.format(name=name, schedule=SCHEDULES[name], ends=ENDS) for name in SOURCES]
    course.write("lesson.toml", TOML + "".join(variants))
    for name, source in SOURCES.items():
        course.write(f"{name}.py", source + SESSIONS)
    course.write("race.py", RACE)
    course.write("setup.py", SETUP)
    return course


def test_matrix_is_read(matrix_course):
    assert read_lesson(matrix_course.folder).matrix == (("lost",), ("waits",), ("refused",), ("undone",))


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        ('["lost", "found"]', "has found in `matrix`, which is no variant. Name a variant."),
        ('["lost", "waits", "lost"]', "has lost in `matrix` twice. Name each variant once."),
        ('["waits/lost", "lost"]', "has lost in `matrix` twice. Name each variant once."),
        (
            '["waits/lost/refused"]',
            "has waits/lost/refused in `matrix`, an anomaly of 3 forms. Give it one form, or one that reads and one that writes.",
        ),
    ],
)
def test_fault_in_a_matrix_is_one_sentence_with_its_remedy(matrix_course, names, fault):
    matrix_course.change("lesson.toml", '["lost", "waits", "refused", "undone"]', names)
    with pytest.raises(LessonError) as raised:
        read_lesson(matrix_course.folder)
    assert str(raised.value) == f"a_track/a_lesson: {fault}"


def test_level_that_other_engines_have_is_left_out_of_a_claim(matrix_course, shelves):
    source = 'def at_level(race):\n    """Kept."""\n    return race("refused", "alice bob", "{}").outcome\n'
    matrix_course.add("lesson.toml", '\n[claims.at_level]\nid = "C77"\nexpect = true\ntruth = "Yes."\n')

    def outcome_at(level):
        matrix_course.write("claims.py", source.format(level))
        lesson = get_catalog().lesson("a_track/a_lesson")
        return ShelvedLesson(lesson=lesson, shelf=Shelf(books=10)).examine(lesson.claims[0]).result

    assert outcome_at("serializable") == outcome_at("deferred") != outcome_at("immediate")
    with pytest.raises(LabError, match="no isolation level “chaos”"):
        outcome_at("chaos")


@pytest.fixture
def get(matrix_course, get):
    return get


def cells(text):
    """{title of a variant: [(class, words) of each cell]}"""
    return {
        title: [
            (name.split()[0], " ".join(re.sub("<[^>]*>", " ", words).split()))
            for name, words in re.findall(r'<td class="([^"]*)".*?>(.*?)</td>', row, re.DOTALL)
        ]
        for title, row in re.findall(
            r'<th scope="row"><a rel="nofollow" href="[^"]*">(.*?)</a></th>(.*?)</tr>', text, re.DOTALL
        )
    }


def test_each_cell_says_what_became_of_its_race(get):
    found = {title: row[:3] for title, row in cells(get()).items()}
    assert found == {
        "lost, a variant": [("occurs", "✗ occurs")] * 3,
        "waits, a variant": [("prevented", "✓ prevented")] * 3,
        "refused, a variant": [
            ("aborts", "! aborts locked"),
            ("prevented", "✓ prevented"),
            ("aborts", "! aborts locked"),
        ],
        "undone, a variant": [("prevented", "✓ prevented")] * 3,
    }


def test_cell_tells_who_waited_and_what_the_invariant_says(get):
    text = get()
    assert 'title="Bob waited. 2 added, 2 there."' in text
    assert 'title="2 added, 1 there."' in text


def test_cell_leads_to_its_race(get):
    [address] = re.findall(r' href="([^"]*/refused/[^"]*isolation=immediate[^"]*)"', get())
    query = parse_qs(urlsplit(html.unescape(address)).query)
    assert query["schedule"] == ["alice bob alice bob alice bob"]
    assert query.get("engine", ["sqlite"]) == ["sqlite"]


def test_number_that_occurs_is_told_for_each_level(get, matrix_course):
    told = " ".join(re.search(r'<p class="growth" role="status" data-told>(.*?)</p>', get(), re.DOTALL)[1].split())
    assert told == "Of 4 anomalies, SQLite lets 1 occur at deferred, 1 at immediate and 1 at wal."
    matrix_course.change("lesson.toml", '["lost", "waits", "refused", "undone"]', '["waits"]')
    get_catalog.cache_clear()
    assert "Of 1 anomalies, SQLite lets none occur." in " ".join(get().split())


@pytest.mark.parametrize(
    ("forms", "told"),
    [
        ("waits/lost", ("for-reads-only", "◐ for reads only a write: occurs")),
        ("lost/waits", ("occurs", "✗ occurs a write: prevented")),
        ("undone/refused", ("prevented", "✓ prevented a write: aborts locked")),
    ],
)
def test_cell_of_two_forms_leads_to_both(get, matrix_course, forms, told):
    matrix_course.change("lesson.toml", '["lost", "waits", "refused", "undone"]', f'["{forms}"]')
    get_catalog.cache_clear()
    text = get()
    (row,) = cells(text).values()
    assert row[0] == told
    cell = re.search(r'<td class="[\w-]+ first">.*?</td>', text)[0]
    leads_to = [re.search(r"/a_lesson/(\w+)/", address)[1] for address in re.findall(r'href="([^"]*)"', cell)]
    assert leads_to == forms.split("/")
    if told[0] == "for-reads-only":
        assert "lets 1 occur at deferred (1 of them by a write alone)" in " ".join(text.split())


def test_race_without_a_result_says_why(get, monkeypatch):
    report = RaceReport(status="stopped", error="stopped after 10 seconds")
    monkeypatch.setattr(ShelvedLesson, "race", lambda *args, **options: report)
    text = get()
    assert cells(text)["lost, a variant"][:3] == [("no-result", "– no result")] * 3
    assert 'title="stopped after 10 seconds"' in text


def test_results_stay_until_run_again(get, monkeypatch):
    get()
    with monkeypatch.context() as patch:
        patch.setattr(ShelvedLesson, "race", None)  # not called
        assert len(cells(get())["lost, a variant"]) == len(cells(get("?engine=sqlite"))["lost, a variant"])
    monkeypatch.setattr(ShelvedLesson, "race", lambda *args, **options: RaceReport(status="stopped", error="x"))
    assert cells(get("?measure=1"))["lost, a variant"][0] == ("no-result", "– no result")


def test_slow_races_are_shown_as_they_come(get, monkeypatch):
    monkeypatch.setattr(matrix, "LONG", 0)
    text = get()
    assert cells(text)["lost, a variant"][:2] == [("occurs", "✗ occurs"), ("gap", "not run yet Run it")]
    assert (
        "Not run yet: each visit runs races for about 5 seconds, and the next visit runs the next ones."
        in words(text)
    )
    assert 'class="growth"' not in text
    for _ in range(3):
        text = get()
    assert text.count("not run yet") == 8
    assert 'hx-trigger="load, click"' in text
    assert "Of 4 anomalies, SQLite lets 1 occur at deferred." in " ".join(text.split())
    for _ in range(8):
        text = get()
    assert cells(text)["lost, a variant"][:3] == [("occurs", "✗ occurs")] * 3
    assert "not run yet" not in text
    assert "Run the races that are left" not in text


def test_races_that_are_left_of_another_engine_have_a_link(get, shelves_everywhere, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(matrix, "LONG", 0)
        get("?engine=sqlite")
        text = get("?engine=sqlite")
    assert f'not run yet <a rel="nofollow" href="{PAGE}?engine=sqlite">Run it</a>' in text
    monkeypatch.setattr(ShelvedLesson, "race", lambda *args, **options: RaceReport(status="stopped", error="x"))
    text = get("?engine=postgresql")
    assert ("gap", "not run yet Run it") in cells(text)["lost, a variant"]


def test_busy_machine_shows_what_there_is(get, monkeypatch, request):
    monkeypatch.setattr(matrix, "LONG", 0)
    get()
    request.getfixturevalue("full_house")
    text = get()
    assert cells(text)["lost, a variant"][0] == ("occurs", "✗ occurs")
    assert "Run the races that are left" in text


def test_busy_machine_without_results_says_so(get, full_house):
    assert "Try again" in get(status=503)


def test_other_engines_are_run_when_they_are_asked(get, shelves_at_hand):
    text = get()
    for engine in set(shelves_at_hand) - {"sqlite"}:
        assert f'href="{PAGE}?engine={engine}">Run it on' in text


def test_engine_that_is_off_says_why(get, monkeypatch):
    monkeypatch.setattr(MySQL, "off", lambda engine: "No server.")
    assert ("gap", "Off. No server.") in cells(get())["lost, a variant"]

    def fail(*args, **options):
        raise EngineUnavailable("It went away.")

    monkeypatch.setattr(ShelvedLesson, "race", fail)
    assert cells(get("?engine=sqlite&measure=1"))["lost, a variant"][0] == ("gap", "Off. It went away.")


def test_engines_have_their_levels_and_versions(get, engine, engine_shelves):
    text = get(f"?engine={engine.name}")
    head = re.findall(r'scope="colgroup" colspan="(\d)".*?>(.*?)</th>', text)[NAMES.index(engine.name)]
    levels = isolation_levels(engine.name)
    assert head[0] == str(len(levels))
    assert f"{engine.label} <small>{engine.version()}</small>" in head[1]
    assert all(f">{level}</th>" in text for level in levels)
    assert ("innodb_snapshot_isolation" in head[1]) == (engine.label == "MariaDB")


def test_unknown_engine_says_which_there_are(get):
    assert "There are: sqlite, postgresql, mysql." in get("?engine=oracle", status=400)


def test_lesson_without_a_matrix_has_no_such_page(course, client):
    response = client.get(PAGE)
    assert response.status_code == 404
    assert "no matrix of isolation levels" in response.text


def test_htmx_gets_the_part_alone(get):
    text = get(HX_Request="true")
    assert text.lstrip().startswith("<title>The matrix: At every isolation level")
    assert "<html" not in text


def test_page_obeys_its_own_policy(get):
    assert " style=" not in get()


# What is known of PostgreSQL's levels: Martin Kleppmann's Hermitage, and PostgreSQL's own documentation.
KNOWN = {
    "read committed": {"pmp", "pmp_write", "p4", "g_single", "g_single_write", "g2_item", "g2"},
    "repeatable read": {"g2_item", "g2"},
    "serializable": set(),
}


def declared_effects(engine_name):
    """{(variant, level): Effect}, as the course's lesson declares, and as its races prove."""
    lesson = get_catalog().lesson("transactions/isolation_matrix")
    names = [name for forms in lesson.matrix for name in forms]
    races = [(name, race) for name in names for race in lesson.variant(name).races]
    found = {
        (name, race.isolation): matrix.effect_of(race.outcome[engine_name])
        for name, race in races
        if engine_name in race.outcome
    }
    assert set(found) == set(product(names, isolation_levels(engine_name)))
    return found


def declared(engine_name):
    """{level: variants whose anomaly occurs there}"""
    found = declared_effects(engine_name)
    return {
        level: {name for name, at in found if at == level and found[name, at] == "occurs"}
        for level in isolation_levels(engine_name)
    }


def test_postgresql_lets_occur_what_is_known():
    assert declared("postgresql") == KNOWN


def test_sqlite_lets_nothing_occur():
    assert not any(declared("sqlite").values())


def test_every_level_of_mariadb_is_declared():
    occurring = declared("mysql")
    assert len(occurring["read uncommitted"]) == 11  # all but the dirty write
    assert occurring["read committed"] == KNOWN["read committed"]
    assert occurring["repeatable read"] == KNOWN["repeatable read"] | {"p4", "pmp_write", "g_single_write"}
    assert occurring["snapshot"] == KNOWN["repeatable read"]
    assert occurring["serializable"] == set()


def test_mariadb_prevents_for_reads_only_what_hermitage_says():
    lesson = get_catalog().lesson("transactions/isolation_matrix")
    found = {
        (engine, level, forms[0])
        for engine in NAMES
        for effects in [declared_effects(engine)]
        for level in isolation_levels(engine)
        for forms in lesson.matrix
        if matrix.effect_on_forms([effects[name, level] for name in forms]) == "for reads only"
    }
    assert found == {("mysql", "repeatable read", name) for name in ("pmp", "g_single")}
