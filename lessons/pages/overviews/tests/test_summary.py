import re

import pytest

from lessons.course.catalog import get_catalog


@pytest.fixture
def page(course, client):
    def page(address="/summary/?track=all"):
        get_catalog.cache_clear()
        response = client.get(address)
        assert response.status_code == 200
        return response.text

    return page


def text(html, css):
    cell = re.search(rf'<td role="cell" class="{css}">(.*?)</td>', html, re.DOTALL)[1]
    return " ".join(re.sub("<[^>]*>", " ", cell).split())


def test_summary_has_each_lesson_with_what_changes(page):
    html = page()
    assert 'href="/lessons/a_track/a_lesson/"' in html
    assert "select_related" not in text(html, "naive")
    assert "select_related" in text(html, "optimized")
    assert "1,000 books: naive 1,001 → , optimized 1" in text(html, "counts")
    assert "SQLite, PostgreSQL, MariaDB" in html


def test_summary_leaves_imports_out_and_cuts_long_forms(course, page):
    course.write("optimized.py", "import math\n\n\ndef run():\n" + "".join(f"    x{n} = {n}\n" for n in range(9)))
    told = text(page(), "optimized")
    assert "math" not in told
    assert told.count("=") == 2
    assert told.endswith("…")


def test_summary_tells_what_is_saved_beside_queries(course, page):
    course.add("lesson.toml", "\n[saves]\nrows = 0.6\n")
    assert "saves rows" in text(page(), "counts")


def test_names_lead_to_their_lessons(course, page):
    course.change(
        "lesson.toml", "ordered = true", 'ordered = true\nteaches = ["select_related", "F", "of_a_library"]'
    )
    html = page("/names/")
    groups = [
        html.index(f'<section class="track" id="{group}">')
        for group in ("fetching-related-objects", "expressions-and-functions", "other-names")
    ]
    names = [html.index(f'<dt id="{name}">') for name in ("select_related", "F", "of_a_library")]
    assert groups[0] < names[0] < groups[1] < names[1] < groups[2] < names[2]
    assert html.count('<a href="/lessons/a_track/a_lesson/" class="primary">Titles of one query</a>') == 3
    assert 'href="https://docs.djangoproject.com/en/stable/ref/models/querysets/#select-related"' in html


def test_lesson_that_is_about_a_name_comes_first(client):
    html = client.get("/names/").text
    entry = html[html.index('<dt id="select_related">') :]
    assert entry.index("/n_plus_one/forward_foreign_key/") < entry.index("/seeing_queries/")


def test_every_lesson_of_the_course_is_in_both(client):
    summary, names = (client.get(address).text for address in ("/summary/?track=all", "/names/"))
    for lesson in get_catalog().lessons:
        assert f'href="/lessons/{lesson.path}/"' in summary
        assert not lesson.teaches or f'href="/lessons/{lesson.path}/"' in names


def test_summary_shows_a_track_at_a_time(client):
    first, second = get_catalog().tracks[:2]
    html = client.get("/summary/").text
    assert f'<section class="track" id="{first.slug}">' in html
    assert f'<section class="track" id="{second.slug}">' not in html
    assert f'<section class="track" id="{second.slug}">' in client.get(f"/summary/?track={second.slug}").text
    response = client.get("/summary/?track=none")
    assert (response.status_code, "There is no track “none”" in response.text) == (400, True)
