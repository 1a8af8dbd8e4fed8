"""The files that the track on seeing queries shows do what its lessons say they do."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from lessons.course.catalog import CONTENT

LESSONS = CONTENT / "020_seeing_queries"


def run(*command, typed="", cwd=settings.BASE_DIR, **environment):
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, **environment},
        input=typed,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("mend", "outcome"),
    [
        (".select_related", "OK"),
        (".all().prefetch_related", "2 queries executed, 1 expected\nCaptured queries were:"),
    ],
)
def test_catalogue_is_kept_at_one_query(shown_files, tmp_path, mend, outcome):
    text = shown_files["test_catalogue.py.txt"]
    (tmp_path / "test_catalogue.py").write_text(text.replace(".select_related", mend), encoding="utf-8")
    done = run("manage.py", "test", str(tmp_path), DATABASE_URL="sqlite://:memory:")
    assert outcome in done.stderr
    assert "Ran 1 test" in done.stderr


SHOP = """\
import sys
from django.conf import settings
from django.db import connection

exec(sys.argv[1])
settings.configure(
    DEBUG=sys.argv[2] == "debug",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    LOGGING=LOGGING,
)
import django

django.setup()
connection.force_debug_cursor = sys.argv[2] == "forced"
connection.cursor().execute("SELECT %s", ["O'Hara"])
"""
LINE = "SELECT 'O''Hara'; args=[\"O'Hara\"]; alias=default\n"


@pytest.mark.parametrize(("mode", "lines"), [("debug", 1), ("forced", 1), ("neither", 0)])
def test_logging_prints_what_debug_cursors_run(shown_files, mode, lines):
    done = run("-c", SHOP, shown_files["settings.py.txt"], mode)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("\n") == lines
    assert done.stderr.endswith(LINE) == bool(lines)


@pytest.mark.parametrize(
    ("old", "new"), [('"django.db.backends"', '"root"'), ('"level": "DEBUG"', '"level": "INFO"')]
)
def test_logging_set_up_otherwise_prints_nothing(old, new):
    text = (LESSONS / "020_sql_log" / "settings.py.txt").read_text()
    assert old in text
    done = run("-c", SHOP, text.replace(old, new), "debug")
    assert (done.returncode, done.stderr) == (0, "")


VIEWS = """\
from django.http import HttpResponse, JsonResponse


def catalogue(request):
    return HttpResponse("<html><body>The catalogue</body></html>")


def api(request):
    return JsonResponse({})
"""
VISIT = """\
import django

django.setup()
from django.test import Client

answer = Client(raise_request_exception=False, HTTP_HOST="localhost").get("/")
print(answer.status_code, "djDebug" in answer.text, "The catalogue" in answer.text)
"""


@pytest.mark.parametrize(
    ("urls", "told", "error"),
    [
        ("debug_toolbar_urls()", "200 True True", ""),
        ("[]", "500 True False", "NoReverseMatch: 'djdt' is not a registered namespace"),
    ],
)
def test_toolbar_is_on_the_page_of_the_shop(shown_files, tmp_path, urls, told, error):
    shop = tmp_path / "shop"
    shop.mkdir()
    (shop / "__init__.py").touch()
    (shop / "views.py").write_text(VIEWS)
    (shop / "settings.py").write_text(shown_files["settings.py.txt"])
    (shop / "urls.py").write_text(shown_files["urls.py.txt"].replace("+= debug_toolbar_urls()", f"+= {urls}"))
    done = run("-c", VISIT, cwd=tmp_path, DJANGO_SETTINGS_MODULE="shop.settings")
    assert done.stdout.strip() == told, done.stderr
    assert error in done.stderr


def test_session_is_what_the_shell_prints(shown_files, shelves, tmp_path):
    session = shown_files["session.txt"]
    command, *_ = session.splitlines()
    typed = re.findall(r"^>>> (.*)$", session, re.MULTILINE)
    done = run(*command.removeprefix("$ python ").split(), typed="\n".join(typed), HOME=str(tmp_path))
    uncoloured = re.sub(r"\x1b\[[\d;]*m", "", done.stdout)
    _, *answers = re.sub(r"time: [\d.]+s", "time: …s", uncoloured).split(">>> ")
    printed = [command]
    for line, answer in zip(typed, answers, strict=False):  # the last prompt has no line
        printed += [f">>> {line}", *filter(None, answer.splitlines())]
    assert "\n".join(printed) + "\n" == session, done.stderr


WRITING = """\
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("CREATE TEMPORARY TABLE shopping (thing text)")
    cursor.executemany("INSERT INTO shopping VALUES (%s)", [("a pen",), ("ink",)])

len(Book.objects.select_related("author__country", "publisher__country", "editor"))
"""


@pytest.mark.parametrize(("option", "whole"), [("--truncate-sql=1000", False), ("--truncate-sql=0", True)])
def test_shell_plus_leaves_out_what_the_lesson_says(shelves, tmp_path, option, whole):
    done = run("manage.py", "shell_plus", "--print-sql", option, typed=WRITING, HOME=str(tmp_path))
    uncoloured = re.sub(r"\x1b\[[\d;]*m", "", done.stdout)
    assert "CREATE" in uncoloured
    assert not re.search("INSERT|COMMIT", uncoloured)
    assert ("LEFT OUTER JOIN" in " ".join(uncoloured.split())) == whole
