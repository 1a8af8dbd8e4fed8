import re
from html import unescape

import pytest

from lessons.pages.tests.markup import words

PAGE = "/lessons/a_track/a_lesson/compare/"


@pytest.fixture
def get(race_course, get):
    return get


def sides(html):
    """The text of the two races."""
    return [words(part) for part in html.split('<div class="side ')[1:]]


def order(html, side):
    """The sessions of the turns of one side, "left" or "right"."""
    return " ".join(re.findall(rf'id="{side}-(\w+)-\d"', html))


def test_each_variant_tells_its_own_story(race_course, get):
    text = (race_course.folder / "lesson.toml").read_text()
    first, _, last = text.rpartition("alice bob alice bob")
    race_course.write("lesson.toml", f"{first}bob bob alice alice{last}")
    html = get()
    assert order(html, "left") == "alice bob alice bob"
    assert order(html, "right") == "bob bob alice alice"
    naive, optimized = sides(html)
    assert "✗ Broken. Two were sold, and 4 of five are left." in naive
    assert "✓ Kept. Two were sold, and 3 of five are left." in optimized


def test_one_schedule_is_run_by_both(get):
    html = get("?schedule=bob+alice+bob+alice")
    assert order(html, "left") == "bob alice bob alice"
    assert order(html, "right") == "bob alice bob alice"
    assert "alice still waits" not in html
    assert "waits for bob" in sides(html)[1]


def test_files_are_compared(get):
    html = get()
    changed = re.findall(r'<div class="right changed">.*?</div>', html)
    assert any("update" in words(line) for line in changed)


def test_switches_keep_what_is_asked(get):
    html = unescape(get("?schedule=bob&isolation=wal&left=optimized&right=naive"))
    assert f'href="{PAGE}?left=optimized&right=naive&isolation=immediate&schedule=bob"' in html
    assert 'href="/lessons/a_track/a_lesson/naive/?isolation=wal&schedule=bob"' in html
    assert html.count("(wal), just now") == 2


def test_turns_are_reordered_on_the_page_of_the_variant(get):
    html = get()
    assert 'class="move"' not in html
    assert 'href="/lessons/a_track/a_lesson/naive/">Reorder its turns' in html
