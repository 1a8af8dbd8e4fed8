"""What `make load` and `make bench` stand on: clients, figures, and the table, against sites that are simple to tell."""

import json
import subprocess
import sys
from importlib.util import find_spec
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from benchmarks.figure import Figure, NotMeasured, at_least, at_most, within
from benchmarks.load import flood, processes, reading, runs, throughput
from benchmarks.load.driving import Answer, Answers
from benchmarks.load.pages import READING, heavy, mixed
from benchmarks.load.pages import runs as run_pages
from benchmarks.server import ROOT, options, stop
from benchmarks.table import measure, read
from lessons.course.catalog import get_catalog
from lessons.pages.offered import refusal
from tests.conftest import free_port, wait_for

SITE = """
from itertools import count
asked = count()

def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/broken/":
        start_response("500 Broken", [("Content-Length", "0")])
    elif path == "/heavy/" and next(asked) % 2:
        start_response("503 Busy", [("Retry-After", "1"), ("Content-Length", "0")])
    else:
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]
    return []
"""
SECONDS = 2
CURVES = {*heavy(["sqlite"]), *(page for page in mixed(["sqlite"]) if "/curve/" in page)}


@pytest.fixture(scope="module")
def simple(tmp_path_factory):
    """The address of a site that refuses each second heavy page, and its folder."""
    if find_spec("locust") is None:
        pytest.skip("locust is missing: make test installs it")
    folder = tmp_path_factory.mktemp("simple")
    (folder / "simple.py").write_text(SITE)
    port = free_port()
    command = ["gunicorn", "simple", "--bind", f"127.0.0.1:{port}", "--threads", "4", "--no-control-socket"]
    process = subprocess.Popen(
        [sys.executable, "-m", *command, "--log-level", "error"],
        cwd=folder, env={"DATA_DIR": str(folder), "PATH": ""}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}", folder
    finally:
        stop(process)
        process.stdout.close()


@pytest.fixture(scope="module")
def alone(simple):
    return reading.idle(simple[0], pages=["/"], seconds=SECONDS)


def by_name(figures):
    return {figure.name: figure for figure in figures}


def figure(**changes):
    return Figure(**{"name": "x", "ours": 3, "peer": 2, "versus": "y", "unit": "ms", "means": "z", **changes})


@pytest.mark.soak
def test_load_of_two_seconds_gives_the_table(simple, alone, tmp_path, capsys):
    path = tmp_path / "table.json"
    measure(
        "load", reading.fifty(simple[0], alone, [], pages=["/"], others=["/broken/"], seconds=SECONDS), into=path
    )
    found = by_name(read(path)["load"].figures)
    kept = json.loads(path.read_text())["load"]
    answered = found["answers that are 200 or 503, 50 readers"]
    assert 0 < answered.ours < answered.peer
    assert answered.met is False
    assert [each["met"] for each in kept["figures"] if each["name"] == answered.name] == [False]
    assert f"| {answered.name} |" in path.with_suffix(".md").read_text()
    assert "≥ 1: **missed**" in path.with_suffix(".md").read_text()
    assert answered.name in capsys.readouterr().out
    assert kept["machine"]["cores"]
    assert 0 < found["processor time of the clients, 50 readers"].ratio < 1


@pytest.mark.soak
def test_flood_tells_refusals_and_who_comes_back(simple, alone):
    address = simple[0]
    single = flood.one_at_a_time(address, [], pages=["/heavy/"], seconds=1)
    found = by_name(flood.flood(address, alone, single, [], pages=["/"], heavies=["/heavy/"], seconds=SECONDS + 1))
    assert found["refusals that say when to come back, flood"].ratio == 1
    assert 0 < found["who comes back is admitted, flood"].ours < found["who comes back is admitted, flood"].peer
    assert found["answers that are 200 or 503, flood"].met


def test_flood_without_a_refusal_says_so(monkeypatch):
    answers = [
        Answer(crowd=crowd, page="/", status=200, started=1.0, seconds=0.1, retry_after=None, came_back=False)
        for crowd in ("reading", "obeying", "insisting", "flood")
    ]
    given = Answers(began=0.0, seconds=2.0, cpu_seconds=0.1, answers=answers)
    monkeypatch.setattr(flood, "drive", lambda *args, **kwargs: given)
    found = by_name(flood.flood("", given, given, ["sqlite"], seconds=1))
    assert found["refusals, flood"] == NotMeasured(name="refusals, flood", why="nobody was refused")
    assert found["heavy pages, throughput, flood"].ratio == pytest.approx(1.1)


def test_throughput_is_that_of_pages_that_are_given(simple):
    (found,) = throughput.throughput(simple[0], simple[0], pages=("/heavy/", "/"), rounds=1, seconds=1)
    assert 0 < found.ratio < 0.9


def test_runs_tell_what_is_held_before_and_after(simple):
    address, folder = simple
    found = by_name(runs.many_runs(address, folder, [], 30, pages=["/"]))
    memory = found["memory of web workers and runners, 30 runs"]
    assert memory.peer > 5
    assert memory.met
    assert found["processes of web workers and runners, 30 runs"].ours == 2  # gunicorn and its worker
    assert found["copies left, 30 runs"].ratio == 0


def test_copies_that_are_left_are_counted(tmp_path):
    scratch = tmp_path / "shelves" / "sqlite" / "scratch" / "1-a"
    scratch.mkdir(parents=True)
    (scratch / "left.sqlite3").touch()
    assert processes.hold(tmp_path, []).copies == 1


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (at_most(1.5), True),
        (at_most(1.4), False),
        (at_least(1.6), False),
        (within(0.5), True),
        (within(0.4), False),
        (at_most(3, of="ours"), True),
        (at_most(2, of="ours"), False),
        (None, None),
    ],
)
def test_goal_is_of_the_ratio_or_of_what_was_measured(goal, met):
    assert figure(goal=goal).met is met


def test_group_that_is_measured_again_replaces_itself_alone(tmp_path):
    path = tmp_path / "table.json"
    measure("page", [figure(name="old")], into=path)
    measure("races", [figure(goal=within(0.1)), NotMeasured(name="w", why="off")], into=path)
    measure("page", [figure(name="new")], into=path)
    groups = read(path)
    assert [each.name for each in groups["page"].figures] == ["new"]
    assert groups["races"].figures == [figure(goal=within(0.1))]
    assert groups["races"].missing == [NotMeasured(name="w", why="off")]


def test_group_that_is_interrupted_leaves_the_table_as_it_was(tmp_path):
    def interrupted():
        yield figure()
        raise KeyboardInterrupt

    path = tmp_path / "table.json"
    measure("page", [figure(name="old")], into=path)
    before = path.read_text()
    with pytest.raises(KeyboardInterrupt):
        measure("page", interrupted(), into=path)
    assert path.read_text() == before


@pytest.mark.parametrize("page", sorted({*READING, *mixed(["sqlite"]), *run_pages(["sqlite"])} - CURVES))
def test_pages_of_the_load_are_there(client, shelves_at_hand, page):
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", sorted(CURVES))
def test_heavy_pages_of_the_load_are_offered(page):
    """Asked of the catalog: to make them takes seconds each."""
    found = resolve(urlsplit(page).path)
    lesson = get_catalog().lesson(f"{found.kwargs['track']}/{found.kwargs['slug']}")
    assert refusal(lesson, found.url_name) is None


def test_server_is_started_as_the_dockerfile_does():
    given = " ".join(options())
    assert f"exec gunicorn config.wsgi {given} --bind" in (ROOT / "Dockerfile").read_text()
    assert given
