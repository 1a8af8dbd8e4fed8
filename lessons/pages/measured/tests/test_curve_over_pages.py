"""The curve of a lesson that declares what it is over."""

import json
import re

import pytest

from lab.recording.bounds import Bounds
from lab.running import runner
from lessons.measured import scaling
from lessons.pages.challenge import built
from lessons.pages.measured import views

pytestmark = pytest.mark.once

PAGE = "/lessons/a_track/a_lesson/curve/"


@pytest.fixture(autouse=True)
def paged(paged_course, monkeypatch):
    """Its runs are made once each, and its charts are built."""
    monkeypatch.setattr(scaling, "QUICK", 0)
    monkeypatch.setattr(built.finders, "find", {"build/curve.js": "/somewhere/curve.js"}.get)
    monkeypatch.setattr(built.staticfiles_storage, "url", lambda name: f"/static/{name}")
    return paged_course


def rows(text, group):
    """The first texts of each row of a group of the table: the page, queries and rows."""
    body = re.search(rf'scope="rowgroup"[^>]*>{group}</th>(.*?)</tbody>', text, re.DOTALL)[1]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)[:3] for row in body.split("</tr>")[1:-1]]


def said(text):
    """What the page itself says: what is on the way to it and after it is about books."""
    return re.search(r'<p class="growth".*?</section>', text, re.DOTALL)[0]


def test_pages_of_the_largest_shelf(get):
    text = get()
    pages = ["1", "2", "5", "10", "20", "50", "100"]
    assert rows(text, "Naive") == [[page, "2", "11"] for page in pages]
    assert rows(text, "Optimized") == [[page, "1", "10"] for page in pages]
    assert re.search(r'id="books-1000"[^>]*aria-current="page"', text)


def test_shelf_that_the_reader_chose_wins(get):
    text = get("?books=37")
    assert rows(text, "Naive") == [["1", "2", "11"], ["2", "2", "11"]]
    assert re.search(r'id="books-37"[^>]*aria-current="page"', text)
    assert re.search(r'id="books-100" href="[^"]*/curve/\?[^"]*books=100"', text)
    assert rows(get("?books=100"), "Naive")[-1][0] == "10"


def test_shelf_of_too_many_books_has_to_be_chosen(get, monkeypatch):
    monkeypatch.setattr(views, "MOST_BOOKS", 99)
    assert re.search(r'id="books-37"[^>]*aria-current="page"', get())


def test_tab_leads_to_the_shelf_that_it_opens_on_or_that_was_chosen(get):
    def tab(address):
        return re.search(r'id="show-curve"[^>]*href="([^"]*)"', get(address))[1].removeprefix(PAGE)

    assert tab("../naive/") == tab("../naive/?books=100") == ""
    assert tab("../naive/?books=10") == "?books=10"


def test_everything_speaks_of_pages(get):
    text = get()
    assert "<title>The curve by page: Titles of one query" in text
    assert re.search(r'id="show-curve"[^>]*>The curve by page<', text)
    assert (
        'data-runs="Running two variants on SQLite, page after page. The first time takes a few seconds."' in text
    )
    assert '<th scope="col">page</th>' in text
    assert "From left to right: the page. Both axes are logarithmic." in text
    assert 'aria-label="Queries against the page, both axes logarithmic. Naive: 2 at 1, 2 at 2, ' in text
    assert re.search(
        r"Each row is one recorded run on SQLite [\d.]+ with 1,000 books: the median of up to 7, where", text
    )
    assert "The curve ends where a run returns nothing new." in text
    told = re.sub(r' (href|hx-get)="[^"]*"', "", said(text)).replace("with 1,000 books", "")
    assert "book" not in told
    assert "shelf" not in told


def test_growth_tells_the_first_and_the_last_page(get):
    told = re.search(r'<p class="growth"[^>]*>(.*?)</p>', get("?latency=20"))[1]
    times = r"Naive takes [\d.,]+ ms, Optimized [\d.]+ ms \(×[\d.]+\)\."
    assert re.fullmatch(
        "From page 1 to page 100, Naive stays at 2 queries; Optimized stays at 1 query."
        rf" At page 1, {times} At page 100, {times}"
        r" With a round trip of 20 ms for every query Naive would take [\d.,]+ ms, Optimized [\d.]+ ms .*: computed\.",
        told,
    )


def test_shelf_of_one_page(get):
    told = re.search(r'<p class="growth"[^>]*>(.*?)</p>', get("?books=10"))[1]
    assert told.startswith("At page 1, Naive runs 2 queries; Optimized runs 1 query. At page 1, Naive takes ")


def test_charts_name_their_points(get):
    data = json.loads(re.search(r'<script type="application/json">(.*?)</script>', get("?books=100"))[1])
    assert (data["at"], data["labels"]) == ([1, 2, 5, 10], ["page 1", "page 2", "page 5", "page 10"])


def test_declared_values(paged, get):
    paged.add("lesson.toml", "values = [3, 40, 5000]\n")
    text = get()
    assert rows(text, "Naive") == [["3", "2", "11"], ["40", "2", "11"], ["5,000", "2", "11"]]
    assert "returns nothing new" not in text


def test_stopped_page_is_shown_as_stopped(paged, get, monkeypatch):
    monkeypatch.setattr(runner, "Bounds", lambda: Bounds(queries=3))
    paged.change("naive.py", "    return", "    [Book.objects.count() for _ in range(page)]\n    return")
    text = get("?books=100")
    assert "At page 2, Naive was stopped after 3 statements." in text
    assert rows(text, "Naive")[-1] == ["10", "not run: page 2 was stopped already"]


def test_error_at_each_page_is_told_once(paged, get):
    paged.change("naive.py", "get_page(page)", "page(0)")
    assert "At every page, Naive ends in EmptyPage." in get("?books=100")


def test_variant_that_is_not_for_this_django(paged, get):
    paged.change(
        "lesson.toml",
        "[variants.optimized.queries]",
        '[variants.optimized]\ndjango = ">=99"\n[variants.optimized.queries]',
    )
    text = get("?books=100")
    assert text.count("Optimized needs Django &gt;=99") == 1
    assert [row[0] for row in rows(text, "Naive")] == ["1", "2", "5", "10"]


def test_keyword_with_several_words(paged, get):
    for name in ("naive.py", "optimized.py", "lesson.toml"):
        paged.write(name, (paged.folder / name).read_text().replace("page", "page_number"))
    paged.change("naive.py", "get_page_number", "get_page")
    text = get("?books=100")
    assert "From page number 1 to page number 10, Naive" in text
    assert "The curve by page number" in text


def test_page_in_the_address_is_not_read(get, monkeypatch):
    """What run() is given is what the lesson declares."""
    assert rows(get("?page=7&books=37"), "Naive")[0][0] == "1"


def test_run_is_made_by_its_default_on_other_pages(get):
    assert "2 queries" in get("../naive/?books=10")
