"""The pages of free play, as the server gives them."""

import json
import re
from types import SimpleNamespace

import pytest

from lessons.course.catalog import get_catalog
from lessons.pages.challenge import built
from lessons.pages.kept import forget
from lessons.pages.play.offered import can_be_played, sketch_of

PLAYED = [lesson for lesson in get_catalog().lessons if can_be_played(lesson)]
LESSON = "/lessons/n_plus_one/forward_foreign_key"


def page_of(html):
    return json.loads(
        re.search(r'<script id="play-page" type="application/json">(.*?)</script>', html, re.DOTALL)[1]
    )


@pytest.fixture(autouse=True)
def anew():
    """No page is kept of another test."""
    forget()
    yield
    forget()


@pytest.fixture
def whole(monkeypatch):
    """As if everything were built."""
    monkeypatch.setattr("lessons.pages.play.views.missing", list)
    monkeypatch.setattr(built, "_bytes_sent", lambda name: 1_000_000)
    monkeypatch.setattr(built, "_file", lambda name: {"url": f"/static/{name}", "bytes": 1})
    monkeypatch.setattr(built, "finders", SimpleNamespace(find=lambda name: name))
    monkeypatch.setattr(built, "staticfiles_storage", SimpleNamespace(url=lambda name: f"/static/{name}"))


def test_page_has_the_bookstore_and_what_it_costs(client, whole):
    html = client.get("/play/").text
    page = page_of(html)
    assert "class Book(" in page["bookstore"]
    assert page["home"] == "/"
    assert page["scripts"]["play"] == "/static/build/play.js"
    assert "the bookstore: 9.00 MB" in html


def test_what_is_missing_is_named_and_looked_for_again(client, monkeypatch):
    monkeypatch.setattr("lessons.pages.play.views.missing", lambda: ["build/play.js"])
    html = client.get("/play/").text
    assert "<code>build/play.js</code>" in html
    assert "play-page" not in html
    monkeypatch.setattr("lessons.pages.play.views.missing", lambda: ["build/editor.js"])
    assert "<code>build/editor.js</code>" in client.get("/play/").text


def test_no_other_page_may_be_framed(client, whole):
    embed = client.get("/play/embed/")
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed
    assert "script-src" not in embed["Content-Security-Policy"]
    for other in ("/play/", "/"):
        response = client.get(other)
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"


def test_lesson_leads_to_its_code(client, shelves_at_hand):
    assert (
        f'<a href="/play/#lesson=n_plus_one/forward_foreign_key" data-files="{LESSON}/play.json">Open the code'
        in client.get(f"{LESSON}/optimized/?books=10").text
    )
    files = client.get(f"{LESSON}/play.json").json()
    lesson = get_catalog().lesson("n_plus_one/forward_foreign_key")
    assert files["files"] == {
        "run.py": lesson.variant("naive").source,
        "other.py": lesson.variant("optimized").source,
    }
    assert (files["title"], files["url"], files["books"]) == (lesson.title, f"{LESSON}/", 100)


def test_lesson_that_needs_a_server_has_no_code_there(client, shelves_at_hand):
    response = client.get("/lessons/transactions/wallet_transfer/play.json")
    assert response.status_code == 404
    assert "#lesson=" not in client.get("/lessons/transactions/wallet_transfer/optimized/").text


def test_most_lessons_can_be_played():
    assert len(PLAYED) > 70
    assert all({"run.py", "other.py"} <= sketch_of(lesson)["files"].keys() for lesson in PLAYED)
