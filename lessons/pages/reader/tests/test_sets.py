import re
from html import unescape

import pytest

from lab.engines import get_engine
from lessons.pages.tests.markup import words
from lessons.tests import race_lesson

PAGE = "/set/"
LESSON = "/lessons/a_track/a_lesson/"
OTHERS = ("second", "third")


@pytest.fixture
def get(course, get):
    """A course of three lessons: `a_lesson`, `second` and `third`."""
    first = course.folder
    for n, slug in enumerate(OTHERS, start=2):
        course.folder = course.track / f"0{n}0_{slug}"
        for path in first.iterdir():
            course.write(path.name, path.read_text())
        course.change("lesson.toml", "Titles of one query", f"Titles of one query, {slug}")
    course.folder = first
    return get


def listed(html):
    """The addresses of the lessons that are shown as a course."""
    return [unescape(url) for url in re.findall(r'<span class="entry-title"><a href="([^"]+)"', html)]


def test_set_is_shown_as_a_course_in_its_own_order(get):
    html = get("?set=a_track/third,a_track/a_lesson&set=a_track/second&set=a_track/third")
    slugs = ("third", "a_lesson", "second")
    assert listed(html) == [f"/lessons/a_track/{slug}/" for slug in slugs]
    assert re.search("<h1>(.*)</h1>", html)[1] == "A set of 3 lessons"
    assert "Nobody else sees it, your teacher neither." in html
    assert f"http://testserver{PAGE}?set={','.join(f'a_track/{slug}' for slug in slugs)}<" in html


def test_its_links_carry_the_engine_and_the_shelf(get):
    html = get("?set=a_track/a_lesson&engine=sqlite&books=1000&title=")
    assert listed(html) == [f"{LESSON}?engine=sqlite&books=1000"]
    assert "1 lesson, on SQLite, with 1,000 books on the shelf." in words(html)


def test_engine_that_a_lesson_is_not_for_is_not_in_its_link(course, get):
    course.change("lesson.toml", "ordered = true", 'ordered = true\nengines = ["postgresql", "mysql"]')
    html = get("?set=a_track/a_lesson,a_track/second&engine=sqlite&books=100")
    assert listed(html) == [LESSON, "/lessons/a_track/second/?engine=sqlite&books=100"]
    assert f"Runs on PostgreSQL and {get_engine('mysql').label} alone" in html


def test_race_has_one_size(course, get):
    race_lesson.write(course)
    assert listed(get("?set=a_track/a_lesson&engine=sqlite&books=100")) == [f"{LESSON}?engine=sqlite"]


def test_lesson_that_was_moved_is_found(course, get):
    course.change("lesson.toml", "ordered = true", 'ordered = true\nwas = ["old/place"]')
    assert listed(get("?set=old/place,a_track/a_lesson")) == [LESSON]


def test_title_is_escaped_and_cut(get):
    html = get(f"?set=a_track/a_lesson&title=%3Cb%3E++Week%201{'x' * 100}")
    assert re.search("<h1>(.*)</h1>", html)[1] == f"&lt;b&gt; Week 1{'x' * 70}"


def test_what_there_is_not_is_named_with_the_nearest_and_a_way_on(get):
    html = get("?set=secnd,a_track/thirdd,a_track/a_lesson&engine=oracle&books=7", status=400)
    said = words(html)
    assert (
        "There is no lesson “secnd” in this course. The nearest: Titles of one query, second (a_track/second)"
        in said
    )
    assert "There is no lesson “a_track/thirdd” in this course. The nearest: Titles of one query, third" in said
    assert "There is no engine “oracle”. There are: sqlite, postgresql, mysql." in said
    assert "There is no shelf of “7” books on SQLite. There are: 10, 37, 100, 1,000." in said
    assert f'href="{PAGE}?set=a_track/a_lesson">Go on with what there is: 1 lesson</a>' in html
    assert re.findall(r'value="([^"]+)" checked', html) == ["a_track/a_lesson"]


def test_set_of_nothing_that_there_is(get):
    html = get("?set=%3Cscript%3E", status=400)
    assert "There is no lesson “&lt;script&gt;” in this course." in html
    assert "Go on with" not in html


def test_form_makes_a_set(get):
    html = get()
    assert re.findall(r'type="checkbox" name="set" value="([^"]+)">', html) == [
        f"a_track/{slug}" for slug in ("a_lesson", *OTHERS)
    ]
    assert re.findall(r'<option value="(\w*)"', html)[:4] == ["", "sqlite", "postgresql", "mysql"]
    assert "Choose one at least" not in html
    assert "No lesson is chosen yet. Choose one at least." in get("?title=Week+1&engine=&books=")


def test_home_leads_to_the_set(get):
    get("/?set=a_track/second&books=10", status=302)
    assert get.response["Location"] == f"{PAGE}?set=a_track%2Fsecond&books=10"
    assert listed(get(get.response["Location"])) == ["/lessons/a_track/second/?books=10"]


@pytest.mark.parametrize("url", ["/", "/progress/", PAGE, f"{PAGE}?set=a_track/second", LESSON, f"{LESSON}naive/"])
def test_no_page_sets_a_cookie(get, url):
    get(url)
    assert get.response.cookies == {}


def test_question_hands_on_what_its_address_chooses(get):
    html = get(f"{LESSON}?books=1000")
    hrefs = [url for url in map(unescape, re.findall(f'href="({LESSON}[^"]+)"', html)) if "claims" not in url]
    assert f"{LESSON}naive/?books=1000" in hrefs
    assert {url for url in hrefs if not url.endswith("?books=1000")} == set()
    assert "At 100 books, on SQLite." in words(html)  # where a number can be worked out in the head
    assert '<input type="hidden" name="books" value="1000">' in html
    assert re.search(f'href="{LESSON}naive/\\?books=1000"[^>]*>See it run', get(f"{LESSON}?books=1000&guess=101"))


def test_question_of_what_there_is_not(get):
    assert "There is no shelf of “7” books" in get(f"{LESSON}?books=7", status=400)
    assert "There is no engine “oracle”" in get(f"{LESSON}?engine=oracle", status=400)


def test_question_of_a_race_hands_on_the_engine(course, get):
    race_lesson.write(course)
    html = get(f"{LESSON}?engine=postgresql")
    assert re.search(f'href="{LESSON}naive/\\?engine=postgresql"[^>]*>Or see it', html)
    assert "on PostgreSQL:" in words(html)
    assert '<input type="hidden" name="engine" value="postgresql">' in html
    assert "There is no engine “oracle”" in get(f"{LESSON}?engine=oracle", status=400)
