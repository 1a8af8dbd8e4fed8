"""A lesson's folder that is broken, added, or goes away while the site runs."""

import shutil

import pytest
from django.core.signals import request_started
from django.urls import reverse

from lessons.course.changes import log_faults, read_again
from lessons.pages.errors.nearest import COURSE
from lessons.pages.tests.addresses import NAIVE

LESSON = "/lessons/a_track/a_lesson/"
PAGES = [
    LESSON,
    *(LESSON + page for page in ("naive/", "optimized/", "compare/", "claims/", "engines/")),
]
PAGES += [LESSON + page for page in ("naive/plan/1/", "test.py")]
BREAKS = {
    "gone": lambda path: path.unlink(),
    "no text": lambda path: path.write_bytes(b"\xff\xfe"),
    "no Python": lambda path: path.write_text("def (:"),
    "empty": lambda path: path.write_text(""),
}


@pytest.fixture
def rereads():
    """As with DEBUG."""
    request_started.connect(read_again)
    yield
    request_started.disconnect(read_again)


@pytest.fixture
def other(course):
    """Makes another lesson, as a copy of the good one."""
    return lambda: shutil.copytree(course.folder, course.track / "020_another")


def test_developer_sees_a_new_lesson_and_a_mended_one(course, get, rereads, other, caplog):
    get("/lessons/a_track/another/", status=404)
    folder = other()
    assert "another" in get("/")
    assert "What happens?" in get("/lessons/a_track/another/")
    good = (folder / "lesson.toml").read_bytes()
    (folder / "lesson.toml").write_text("title")
    assert "another: lesson.toml is not valid TOML" in get("/lessons/a_track/another/", status=503)
    assert "Not shown: a_track/another: lesson.toml is not valid TOML" in caplog.text
    (folder / "lesson.toml").write_bytes(good)
    get("/lessons/a_track/another/")
    shutil.rmtree(folder)
    get("/lessons/a_track/another/", status=404)


def test_page_of_a_broken_lesson_says_what_is_broken(course, get, other):
    (other() / "naive.py").write_bytes(b"\xff")
    told = get("/lessons/a_track/another/naive/", status=503)
    assert "a_track/another: naive.py is not UTF-8, from byte 0. Save it as UTF-8." in told
    get("/lessons/a_track/none/", status=404)


def test_page_of_a_broken_track_says_what_is_broken(course, get):
    (shutil.copytree(course.track, course.content / "020_more") / "track.toml").unlink()
    for address in ("/lessons/more/", "/lessons/more/a_lesson/", "/lessons/more/a_lesson/naive/"):
        assert "more: has no track.toml. Add one" in get(address, status=503)
    assert "more" not in get("/")


def test_course_without_a_lesson_has_its_pages(course, get, rereads):
    for remove in (course.folder, course.track, course.content):
        shutil.rmtree(remove)
        for address in ("/", *(reverse(name) for name in COURSE)):
            get(address)


def test_log_names_what_is_broken(course, get, other, caplog):
    (other() / "naive.py").unlink()
    log_faults()
    assert [record.getMessage() for record in caplog.records] == [
        "Not shown: a_track/another: declares the variant naive without a file. Write naive.py."
    ]


@pytest.mark.once
@pytest.mark.parametrize("how", [*BREAKS, "all gone"])
def test_lesson_that_breaks_while_it_is_served_is_told_in_words(course, get, client, how):
    """The course was read when it was whole, as a server does once."""
    course.write("setup.py", "def setup():\n    pass\n")
    course.write("claims.py", 'def holds(log):\n    """It holds."""\n    return True\n')
    course.add("lesson.toml", '\n[claims.holds]\ntruth = "It does."\nexpect = true\n')
    get(NAIVE)
    client.raise_request_exception = False
    names = [path.name for path in sorted(course.folder.iterdir())] if how in BREAKS else [""]
    if how in ("empty", "no Python"):
        names = ["claims.py", "naive.py"]
    for name in names:
        path = course.folder / name
        good = path.read_bytes() if name else None
        BREAKS.get(how, shutil.rmtree)(path)
        answers = {address: client.get(address) for address in ["/", "/search/index.json", "/claims/", *PAGES]}
        if name:
            path.write_bytes(good)
        failed = {
            each: found.status_code for each, found in answers.items() if found.status_code not in (200, 503)
        }
        assert failed == {}, name
        for response in answers.values():
            assert response.status_code == 200 or "Retry-After" in response
            assert str(course.content) not in response.text
