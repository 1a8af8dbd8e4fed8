import json
import re

import pytest
from django.core.management import call_command

from lessons.pages.tests.addresses import NAIVE

OPTIMIZED = "/lessons/a_track/a_lesson/optimized/"


def text(html):
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def test_plan_on_every_engine(engine, engine_shelves, get):
    html = get(f"{NAIVE}plan/2/?engine={engine.name}&books=1000")
    shown = text(html)
    assert "Naive, statement 2" in shown
    assert "Jumps by primary key to one row of author." in shown
    assert "foreign key access" in shown
    assert f"{engine.label} {engine.version()}, 1,000 books" in shown
    # As many as the bounds of a glance let pass: on a busy machine the seconds come first.
    assert re.search(r"That is one execution. This run has 1,000 of them.", shown)
    assert f"As {engine.label} tells it" in shown
    assert ("ms to execute" in shown) is (engine.name != "sqlite")


def test_plan_says_how_often_its_statement_is_executed(get):
    assert "That is one execution. This run has 10 of them." in get(f"{NAIVE}plan/2/?books=10")
    assert "That is one execution" not in get(f"{NAIVE}plan/1/?books=10")


def test_plan_shows_the_steps_as_a_nested_list(get, engine_shelves, engine):
    html = get(f"{OPTIMIZED}plan/1/?engine={engine.name}&books=1000")
    steps = re.search(r'<ol class="plan".*</ol>', html, re.DOTALL)[0]
    assert "every row of" in steps
    assert ("<ol>" in steps) is (engine.name != "sqlite")
    assert len(re.findall("<li[ >]", steps)) == steps.count("</li>") > 1


def test_raw_plan_is_there_to_copy(get):
    html = get(f"{OPTIMIZED}plan/1/?books=10")
    raw = r'<pre data-copy="the plan"><code>QUERY PLAN\n\|--SCAN library_book\n`--SEARCH library_author '
    assert re.search(raw, html)


MANY = """from django.db.models import Q

from library.models import Book

PAIRS = [Q(pk=key, author=key) | Q(pk=key, author=1) for key in range(1, 201)]


def run():
    condition = Q()
    for pair in PAIRS:
        condition |= pair
    list(Book.objects.filter(condition))
    return list(Book.objects.values_list("title", "author__name"))
"""


def test_plan_of_many_equal_steps_is_a_short_page(course, engine, engine_shelves, get):
    course.write("naive.py", MANY)
    html = get(f"{NAIVE}plan/1/?engine={engine.name}&books=1000")
    assert len(html) < 120_000
    if engine.name == "sqlite":
        assert 'INDEX 1 … INDEX 400</code> <span aria-hidden="true">×400</span>' in html
        assert "characters more</code></pre>" in html
        assert "prints all of it" in html


def test_two_plans_side_by_side(get):
    html = get(f"{NAIVE}plan/2/?books=10&beside=optimized.1")
    assert re.findall(r"<h2>(.*?)</h2>", html) == ["Naive, statement 2", "Optimized, statement 1"]
    assert "Jumps by primary key to one row of author." in html
    assert "Reads every row of book and jumps by key to author." in html
    assert len(set(re.findall(r'<pre data-copy="the plan"><code>(.*?)</code>', html, re.DOTALL))) == 2
    assert f'href="{NAIVE}plan/2/?books=10"' in html  # alone again
    assert f'href="{NAIVE}plan/2/?books=100&amp;beside=optimized.1"' in html  # the switch of shelves keeps both


def test_statements_to_put_beside_are_links(get):
    html = get(f"{NAIVE}plan/2/?books=10")
    assert f'id="beside-naive-1" href="{NAIVE}plan/2/?books=10&amp;beside=naive.1">1: SELECT … book</a>' in html
    assert f'href="{NAIVE}plan/2/?books=10&amp;beside=optimized.1"' in html
    assert "beside=naive.2" not in html.replace("beside=naive.2.", "")


def test_same_statement_on_two_engines(get, engine_shelves, engine):
    shown = text(get(f"{OPTIMIZED}plan/1/?books=10&beside=optimized.1.{engine.name}"))
    assert "SQLite" in shown
    assert f"{engine.label} {engine.version()}, 10 books" in shown


def test_beside_that_is_missing_is_told_in_its_place(get):
    shown = text(get(f"{NAIVE}plan/2/?books=10&beside=optimized.9"))
    assert "Jumps by primary key" in shown
    assert "This run has 1 statement, and no number 9." in shown


@pytest.mark.parametrize("beside", ["third.1", "optimized", "optimized.x", "optimized.1.oracle", "1"])
def test_beside_that_is_no_statement(get, beside):
    html = get(f"{NAIVE}plan/2/?books=10&beside={beside}", status=400)
    assert f"“{beside}” is no statement to put beside." in html


@pytest.mark.parametrize("n", [0, 12, 99_999])
def test_statement_that_does_not_exist(get, n):
    html = get(f"{NAIVE}plan/{n}/?books=10", status=404)
    assert f"This run has 11 statements, and no number {n:,}." in html


@pytest.mark.parametrize("path", ["third/plan/1/", "naive/plan/x/", "naive/plan/-1/", "naive/plan/"])
def test_plan_of_nothing_is_not_found(get, path):
    get(f"/lessons/a_track/a_lesson/{path}", status=404)


def test_variant_that_cannot_run_has_no_plan(course, get):
    course.change(
        "lesson.toml", "[variants.naive.queries]", '[variants.naive]\ndjango = ">=99"\n[variants.naive.queries]'
    )
    assert "needs Django &gt;=99" in get(f"{NAIVE}plan/1/", status=404)


def test_transaction_statement_tells_why_there_is_no_plan(course, get):
    course.write(
        "naive.py",
        "from django.db import transaction\nfrom library.models import Book\n\n\ndef run():\n"
        "    with transaction.atomic():\n        return [Book.objects.count()]\n",
    )
    assert "BEGIN is a transaction statement" in get(f"{NAIVE}plan/1/?books=10")
    assert "Reads all of book’s index on publisher_id" in get(f"{NAIVE}plan/2/?books=10")
    html = get(f"{NAIVE}?books=10")
    assert f'href="{NAIVE}plan/2/?books=10">plan</a>' in html
    assert f"{NAIVE}plan/1/" not in html


def test_labs_and_comparisons_link_to_plans(get):
    links = [f'href="{NAIVE}plan/1/?books=10">plan</a>', f'href="{NAIVE}plan/2/?books=10">plan</a>']
    assert all(link in get(f"{NAIVE}?books=10") for link in links)
    html = get("/lessons/a_track/a_lesson/compare/?books=10")
    assert all(link in html for link in [*links, f'href="{OPTIMIZED}plan/1/?books=10">plan</a>'])


def test_numbers_in_links_have_no_separators(course, get):
    course.write(
        "naive.py",
        "from library.models import Author, Book\n\n\ndef run():\n    for book in Book.objects.order_by('pk'):\n"
        "        book.author\n    return [Author.objects.count()]\n",
    )
    assert f'href="{NAIVE}plan/1002/?books=1000">plan</a>' in get(f"{NAIVE}?books=1000")
    shown = get(f"{NAIVE}plan/1002/?books=1000")
    assert f'href="{NAIVE}?books=1000#s1002"' in shown
    assert "statement 1,002" in shown


def test_claims_have_no_plan_links(course, get):
    course.write(
        "claims.py",
        'from library.models import Book\n\n\ndef so(log):\n    """So."""\n    return Book.objects.count() > 0\n',
    )
    course.add("lesson.toml", '\n[claims.so]\nid = "C01"\nexpect = true\ntruth = "It is."\n')
    html = get("/lessons/a_track/a_lesson/claims/?books=10")
    assert "COUNT" in html
    assert "/plan/" not in html


def test_link_to_the_code_leads_to_its_line(get):
    link = re.search(r'href="([^"]*)#([^"]*)">naive.py line 6<', get(f"{NAIVE}plan/2/?books=10"))
    assert f'id="{link[2]}"' in get(link[1].replace("&amp;", "&"))


def test_htmx_gets_the_plan_alone(get):
    html = get(f"{NAIVE}plan/2/?books=10", HX_Request="true")
    assert html.lstrip().startswith("<title>Plan of statement 2, Naive: Titles")
    assert "<html" not in html


def test_full_house_is_told_to_come_back(get, full_house):
    assert "Try again in a moment" in get(f"{NAIVE}plan/1/", status=503)


def test_conditions_in_a_plan_are_escaped(course, get, engine, engine_shelves):
    course.write(
        "naive.py",
        "from library.models import Book\n\n\ndef run():\n"
        "    return [Book.objects.filter(description='<script>alert(1)</script>').count()]\n",
    )
    assert "<script>alert" not in get(f"{NAIVE}plan/1/?books=10&engine={engine.name}")


@pytest.fixture
def explain(course, capsys, monkeypatch):
    """run_lesson on the shelf of 1,000 books, with a look at plans in the place of one at time."""
    monkeypatch.setattr("lessons.management.commands.run_lesson.MEASURED_RUNS", 0)

    def explain(**options):
        call_command("run_lesson", "a_track/a_lesson", books=1_000, explain=True, **options)
        return capsys.readouterr().out

    return explain


def test_run_lesson_prints_plans(explain, engine, engine_shelves):
    out = " ".join(explain(engine=engine.name).split())
    assert "Plan of statement 1, SELECT … book: Reads every row of book" in out
    assert "Plan of statement 2, SELECT … author: Jumps by primary key to one row of author." in out


def test_run_lesson_exports_plans(explain, engine, engine_shelves):
    run = json.loads(explain(engine=engine.name, as_json=True))
    first, second = (statement["plan"] for statement in run["statements"])
    assert first["verdict"].startswith("Reads every row of book")
    assert '"access": "one"' in json.dumps(second["steps"])
    assert second["analyzed"] is (engine.name != "sqlite")
    assert second["raw"]


def test_run_lesson_exports_a_null_plan_of_a_transaction_statement(course, shelves, explain):
    course.write(
        "naive.py",
        "from django.db import connection, transaction\n\n\ndef run():\n"
        "    with transaction.atomic():\n        connection.cursor().execute('PRAGMA user_version')\n",
    )
    plans = [statement["plan"] for statement in json.loads(explain(as_json=True))["statements"]]
    assert plans[0] is None
    assert plans[1]["reason"].startswith("PRAGMA has no plan")
