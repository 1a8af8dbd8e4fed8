"""The engine switch, the page of all engines, the status page and the differences."""

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from lab.engines import NAMES, get_engine
from lab.exceptions import EngineUnavailable
from lab.shelves import Shelf
from lessons.course.contract import DJANGO
from lessons.pages.tests.addresses import NAIVE
from tests.servers import MariaDB

ENGINES = "/lessons/a_track/a_lesson/engines/"


def gone(*args, **kwargs):
    raise EngineUnavailable("PostgreSQL does not answer (it is broken). Start it.")


@pytest.fixture
def broken(monkeypatch):
    """PostgreSQL cannot be reached."""
    monkeypatch.setattr(get_engine("postgresql").address, "find", gone)
    get_engine("postgresql")._failed = None
    yield
    get_engine("postgresql")._failed = None


def test_variant_on_every_engine(engine, engine_shelves, get):
    html = get(f"{NAIVE}?engine={engine.name}&books=1000")
    assert '<dd class="naive">1,001</dd>' in html
    assert f"just now, on {engine.label} {engine.version()} with 1,000 books" in html
    quote = "`" if engine.name == "mysql" else '"'
    assert f'<span class="prefix"><span class="ss">{quote}library_author{quote}</span>' in html


def test_links_keep_the_engine(shelves_at_hand, get):
    html = get(f"{NAIVE}?engine=postgresql&books=10")
    query = r"\?engine=postgresql&amp;books="
    for page in ("optimized/", "compare/", "engines/"):
        assert re.search(rf'href="/lessons/a_track/a_lesson/{page}{query}10"', html)
    assert re.search(rf'href="{NAIVE}{query}100"', html)
    assert re.search(rf'href="{NAIVE}{query}10&amp;measure=1"', html)
    assert f'href="{NAIVE}?books=10"' in html  # SQLite, the default, is not spelt out


def test_claims_link_keeps_the_engine(course, shelves_at_hand, get):
    course.write("claims.py", 'def so(log):\n    """So."""\n    return True\n')
    course.add("lesson.toml", '\n[claims.so]\nid = "C01"\nexpect = true\ntruth = "It is."\n')
    html = get(f"{NAIVE}?engine=postgresql&books=10")
    assert 'hx-get="/lessons/a_track/a_lesson/claims/?engine=postgresql&amp;books=100"' in html


def test_unknown_engine_says_which_there_are(get):
    html = get(f"{NAIVE}?engine=oracle", status=400)
    assert "There are: sqlite, postgresql, mysql." in html


def test_shelf_that_an_engine_lacks(engine, engine_shelves, get):
    html = get(f"{NAIVE}?engine={engine.name}&books=5000", status=400)
    assert f"no shelf of “5000” books on {engine.label}" in html
    assert f"seed_library --engine {engine.name} --books 5000" in html


def test_engine_that_is_gone_is_told_and_shown_as_off(broken, get):
    html = get(f"{NAIVE}?engine=postgresql&books=10", status=503)
    assert "does not answer (it is broken). Start it." in html
    assert f'href="{NAIVE}?books=10">The same page on SQLite' in html
    html = get(f"{NAIVE}?books=10")
    assert re.search(r'class="off" href="/status/#postgresql" title="PostgreSQL does not answer', html)


def test_engine_without_a_url_is_off_with_the_remedy(get, settings):
    settings.MYSQL_URL = ""
    html = get(NAIVE)
    assert re.search(r'class="off" href="/status/#mysql" title="MYSQL_URL names no server. Set it', html)


def test_engines_page_puts_all_side_by_side(shelves_everywhere, get):
    html = get(f"{ENGINES}?books=100")
    assert re.findall(r'id="on-(\w+)"', html) == list(NAMES)
    assert html.count('<dd class="naive">101</dd>') == len(NAMES)
    assert "They return the same rows, from the same SQL but for how names are quoted." in html
    assert 'href="/lessons/a_track/a_lesson/engines/?books=100&amp;variant=optimized"' in html


def test_engines_page_says_which_is_off(broken, get):
    html = get(f"{ENGINES}?books=10")
    assert re.search(r'id="on-postgresql">\s*<h2>PostgreSQL</h2>\s*<p class="outcome unavailable">', html)
    assert "does not answer (it is broken)" in html
    assert '<dd class="naive">11</dd>' in html


def test_engines_page_tells_of_different_rows(course, get, shelves_everywhere):
    course.write(
        "naive.py", "from django.db import connection\n\n\ndef run():\n    return [connection.vendor, 1, 2]\n"
    )
    course.change("lesson.toml", "ordered = true", 'ordered = true\ndiffers = "Each tells its own name."')
    html = get(f"{ENGINES}?books=10")
    assert "They return different rows" in html
    assert "Each tells its own name." in html
    shown = "<code>&#x27;sqlite&#x27;</code> (SQLite) and <code>&#x27;postgresql&#x27;</code> (PostgreSQL)."
    assert f"The first row that differs: {shown}" in html


def test_status_page_lists_engines_and_shelves(engine, engine_shelves, get):
    html = get("/status/")
    part = re.search(rf'id="{engine.name}">(.*?)</section>', html, re.DOTALL)[1]
    assert f"{engine.label} {engine.version()}" in part
    assert "<td>1,000</td>" in part
    assert "up to date" in part


def test_status_page_says_what_is_off(broken, get):
    assert "<strong>Off.</strong> PostgreSQL does not answer (it is broken). Start it." in get("/status/")


def test_status_page_names_stale_shelves(get, monkeypatch):
    monkeypatch.setattr("lab.shelves.fingerprint", lambda: "of tomorrow")
    assert "made by other models: <code>python manage.py seed_library --engine sqlite" in get("/status/")


def test_differences_are_collected_from_what_is_declared(course, get):
    assert "None so far" in get("/differences/")
    course.add("lesson.toml", "\n[variants.third.queries]\n10 = 1\n100 = 1\n1000 = 1\nmysql = { 10 = 4 }\n")
    course.write("third.py", (course.folder / "optimized.py").read_text())
    assert "None so far" in get("/differences/")  # the catalog was read before
    from lessons.course.catalog import get_catalog

    get_catalog.cache_clear()
    html = get("/differences/")
    assert re.search(
        r"Queries of third at 10 books: SQLite <b>1</b>, PostgreSQL <b>1</b>, Maria\S* <b>4</b>", html
    )
    html = get("/lessons/a_track/a_lesson/third/?books=10")
    assert "Where engines and versions differ</h2>" in html
    assert "Queries of third at 10 books" in html


def test_differences_in_rows_engines_and_claims(course, get):
    course.change(
        "lesson.toml",
        "ordered = true",
        'ordered = true\nengines = ["sqlite", "postgresql"]\ndiffers = "Texts sort otherwise."',
    )
    course.write("claims.py", 'def so(log):\n    """So."""\n    return True\n')
    course.add(
        "lesson.toml",
        '\n[claims.so]\nid = "C01"\nexpect = { default = true, postgresql = false }\ntruth = "It is."\n',
    )
    html = get("/differences/")
    assert "The rows differ. Texts sort otherwise." in html
    assert re.search(r"Runs here: SQLite <b>yes</b>, PostgreSQL <b>yes</b>, \S+ <b>no</b>", html)
    assert "The claim “So”: SQLite <b>true</b>, PostgreSQL <b>false</b>" in html


def test_engine_that_is_off_and_not_meant_is_told_beside_the_others(course, get, broken, monkeypatch):
    monkeypatch.setattr(get_engine("postgresql"), "_version", None)  # never asked yet
    course.change("lesson.toml", "ordered = true", 'ordered = true\nengines = ["sqlite"]')
    html = get(f"{ENGINES}?books=10")
    assert "PostgreSQL does not answer (it is broken)" in html
    assert '<dd class="naive">11</dd>' in html


def test_lesson_for_one_engine_shows_that_one(course, shelves_at_hand, get):
    course.change("lesson.toml", "ordered = true", 'ordered = true\nengines = ["postgresql"]')
    course.write("claims.py", 'def so(log):\n    """So."""\n    return True\n')
    course.add("lesson.toml", '\n[claims.so]\nid = "C01"\nexpect = true\ntruth = "It is."\n')
    html = get(f"{NAIVE}?books=10")
    assert "just now, on PostgreSQL" in html
    assert f'href="{NAIVE}?engine=sqlite&amp;books=10"' in html
    assert "<strong>Yes: 101 queries.</strong>" in get("/lessons/a_track/a_lesson/?guess=101")
    assert "is not for SQLite; it is for PostgreSQL" in get(f"{NAIVE}?engine=sqlite&books=10")
    html = get("/lessons/a_track/a_lesson/claims/?engine=sqlite")
    assert 'class="verdict not-tried"' in html
    assert "The lesson is not for SQLite; it is for PostgreSQL." in html
    assert "expected another verdict" not in html


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ('{ default = true, "django<6" = false }', "Django 5.2 <b>false</b>; Django 6.1 <b>true</b>"),
        (
            '{ default = true, "mysql, django<6" = false }',
            "Django 5.2: SQLite <b>true</b>, PostgreSQL <b>true</b>, MariaDB <b>false</b>; Django 6.1 <b>true</b>",
        ),
        (
            "{ default = true, mysql = false }",
            "SQLite <b>true</b>, PostgreSQL <b>true</b>, MariaDB <b>false</b>",
        ),
    ],
)
def test_differences_between_versions_of_django(course, get, expect, told):
    course.write("claims.py", 'def so(log):\n    """So."""\n    return {"`a`": True, "b": True}\n')
    claim = f'[claims.so]\nid = "C01"\ntruth = "It is."\n[claims.so.expect]\n"`a`" = {expect}\nb = true\n'
    course.add("lesson.toml", "\n" + claim)
    html = get("/differences/").replace("MariaDB/MySQL", "MariaDB")
    assert f"<li>The claim “So”, <code>a</code>: {told}</li>" in html
    assert "“So”, b" not in html


def test_differences_tell_which_variant_needs_which_django(course, get):
    course.add(
        "lesson.toml",
        '\n[variants.third]\ntitle = "FETCH_PEERS"\ndjango = ">=6.1"\nqueries = { 10 = 1, 100 = 1, 1000 = 1 }\n',
    )
    course.write("third.py", (course.folder / "optimized.py").read_text())
    assert "FETCH_PEERS runs here: Django 5.2 <b>no</b>; Django 6.1 <b>yes</b>" in get("/differences/")


def test_the_versions_of_django_are_those_that_are_installed():
    lines = (settings.BASE_DIR / "requirements.txt").read_text().splitlines()
    pinned = [re.match(r"django==(\d+\.\d+)", line) for line in lines]
    assert sorted(found[1] for found in pinned if found) == list(DJANGO)


# PostgreSQL's signal for an immediate shutdown; to MariaDB it is a crash.
STOPS = """
import os
import signal
import time
from pathlib import Path

from library.models import Book


def run():
    Book.objects.count()
    stop = Path("{stop}")
    if stop.exists():
        server = int(stop.read_text())
        stop.unlink()
        os.kill(server, signal.SIGQUIT)
        while os.path.exists(f"/proc/{{server}}/exe"):
            time.sleep(0.05)
    return list(Book.objects.values_list("title"))
"""


@pytest.fixture
def own_data(settings):
    """A data folder, and so an embedded PostgreSQL, of the test's own."""
    folder = Path(tempfile.mkdtemp(prefix="queryshelf-own-"))
    folder.chmod(0o755)
    settings.DATA_DIR = folder
    yield folder
    while folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def test_postgresql_stopped_in_the_middle_of_a_page(course, client, databases, own_data):
    stop = own_data / "stop"
    for name in ("naive.py", "optimized.py"):
        course.write(name, STOPS.format(stop=stop))
    Shelf(books=10, engine_name="postgresql").build()
    server = get_engine("postgresql").address.server
    stop.write_text((server.data / "postmaster.pid").read_text().split()[0])
    response = client.get(NAIVE, {"engine": "postgresql", "books": 10})
    assert response.status_code == 503
    assert "PostgreSQL does not answer" in response.text
    assert "It is started again with the next request." in response.text
    response = client.get(NAIVE, {"engine": "postgresql", "books": 10})
    assert response.status_code == 200
    assert "10 rows returned" in response.text


def test_mariadb_stopped_in_the_middle_of_a_page(course, client, databases, own_data, settings):
    if not MariaDB.installed:
        pytest.skip("mariadbd is missing: apt-get install mariadb-server")
    server = MariaDB(own_data / "mariadb").start()
    settings.MYSQL_URL = server.url
    stop = own_data / "stop"
    for name in ("naive.py", "optimized.py"):
        course.write(name, STOPS.format(stop=stop))
    Shelf(books=10, engine_name="mysql").build()
    stop.write_text(str(server.process.pid))
    query = {"engine": "mysql", "books": 10}
    response = client.get(NAIVE, query)
    assert response.status_code == 503
    assert "MariaDB does not answer" in response.text
    assert "Start the server, or mend MYSQL_URL." in response.text
    assert client.get(NAIVE, query).status_code == 503  # still away
    server.process.wait()
    server.start()
    assert "10 rows returned" in client.get(NAIVE, query).text
    server.kill()
