import gzip
from pathlib import Path

import pytest
from django.utils.autoreload import file_changed

from lab.exceptions import Busy
from lessons.course.catalog import get_catalog
from lessons.pages import kept
from lessons.pages.overviews import views
from lessons.pages.overviews.home import make_home
from lessons.runs.shelved import ShelvedLesson

PAGES = (
    "/",
    "/names/",
    "/symptoms/",
    "/glossary/",
    "/plans/",
    "/models/",
    "/summary/",
    "/claims/",
    "/differences/",
    "/lessons/a_track/",
    "/lessons/a_track/a_lesson/challenge.json",
)


@pytest.fixture
def made(monkeypatch):
    """Counts how often the home page is made."""
    calls = []
    monkeypatch.setattr(views, "make_home", lambda catalog: calls.append(catalog) or make_home(catalog))
    kept.pages.forget()
    return calls


def test_page_is_made_once(get, made):
    first = get("/")
    assert (get("/"), len(made)) == (first, 1)


def test_page_whose_run_found_no_place_is_made_anew(get, made, monkeypatch):
    def busy(*args, **options):
        raise Busy("Others run.")

    with monkeypatch.context() as patch:
        patch.setattr(ShelvedLesson, "record", busy)
        first = get("/")
    assert get("/") != first
    assert len(made) == 2


def test_page_is_made_anew_for_another_catalog(course, get, made):
    get("/")
    course.change("lesson.toml", "Titles of one query", "Titles of a query")
    get_catalog.cache_clear()
    assert "Titles of a query" in get("/")
    assert len(made) == 2


@pytest.mark.parametrize("url", PAGES)
def test_page_that_has_not_changed_is_not_sent_again(get, url):
    get(url)
    etag = get.response["ETag"]
    assert get(url, status=304, if_none_match=etag) == ""
    assert get.response["ETag"] == etag
    assert get(url, if_none_match='W/"another"')


@pytest.mark.parametrize("url", PAGES)
def test_page_is_sent_compressed_to_whoever_takes_that(get, client, url):
    plain = get(url)
    response = client.get(url, headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == plain
    assert "Accept-Encoding" in response["Vary"]


def test_what_is_not_found_is_not_kept(get):
    assert "There is no track “x”" in get("/claims/?track=x", status=400)
    assert get("/claims/?track=x", status=400)


def test_addresses_do_not_fill_the_memory(get):
    kept.pages.forget()
    for number in range(5):
        get(f"/symptoms/?{number}")
        get(f"/claims/?track=a_track&x={number}")
        get(f"/claims/?track={number}", status=400)
    assert len(kept.pages._bodies) == 2


def test_what_a_page_depends_on_makes_another_page(get):
    assert get("/claims/?track=a_track") != get("/claims/?track=a_track&verdict=false")
    assert get("/summary/?track=a_track") != get("/summary/?track=all")


def test_page_is_made_anew_when_a_template_changes(get, made):
    """The development server says so; it does not start anew for a template."""
    get("/")
    file_changed.send(sender=None, file_path=Path("home.html"))
    get("/")
    assert len(made) == 2
