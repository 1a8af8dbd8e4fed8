import re
from html import unescape

import pytest

from lessons.measured import orders
from lessons.pages.tests.markup import words

LESSON = "/lessons/a_track/a_lesson/"
ORDERS = f"{LESSON}naive/orders/"


@pytest.fixture
def get(race_course, get):
    return get


def listed(html):
    """[(mark, order, link)] of the orders, from the top."""
    items = re.findall(r'<li><span class="\w+">.*?</li>', html, re.DOTALL)
    return [
        (
            words(item).split()[1],
            words(re.search("<a.*</a>", item)[0]),
            unescape(re.search('href="([^"]*)"', item)[1]),
        )
        for item in items
    ]


def test_every_order_is_listed_and_those_that_break_come_first(get):
    html = get(ORDERS)
    found = listed(html)
    assert [(mark, order) for mark, order, _ in found] == [
        ("broken", "alice bob alice bob"),
        ("broken", "alice bob bob alice"),
        ("broken", "bob alice alice bob"),
        ("broken", "bob alice bob alice"),
        ("kept", "alice alice bob bob"),
        ("kept", "bob bob alice alice"),
    ]
    assert "✗ The invariant breaks in 4 of 6 orders." in words(html)
    assert "These are all the orders" in html


def test_each_order_leads_to_its_race(get):
    _, order, url = listed(get(ORDERS))[1]
    assert url == f"{LESSON}naive/?schedule=alice+bob+bob+alice"
    assert f'name="schedule" value="{order}"' in get(url)


def test_ends_are_counted(get):
    table = re.search(r'<table class="outcomes.*?</table>', get(ORDERS), re.DOTALL)[0]
    rows = [words(row) for row in re.findall("<tr>.*?</tr>", table, re.DOTALL)]
    assert rows == ["alice bob invariant orders", "committed committed ✗ broken 4", "committed committed ✓ kept 2"]


def test_orders_that_all_keep_it(get):
    assert "✓ The invariant is kept in all 4 orders." in words(get(f"{LESSON}optimized/orders/"))


def test_sample_says_that_it_is_one(get, monkeypatch):
    monkeypatch.setattr(orders, "MOST_ORDERS", 3)
    html = get(ORDERS)
    assert len(listed(html)) == 3
    assert "There are more orders than these: they are a sample" in html


def test_orders_that_take_long_are_a_sample(get, monkeypatch):
    monkeypatch.setattr(orders, "SECONDS", 0)
    html = get(ORDERS)
    assert len(listed(html)) == 1
    assert "There are more orders than these" in html


def test_orders_are_kept_for_a_while(get, monkeypatch):
    get(ORDERS)
    monkeypatch.setattr(orders, "MOST_ORDERS", 3)
    assert len(listed(get(ORDERS))) == 6
    assert len(listed(get(f"{ORDERS}?isolation=immediate"))) == 3
    again = unescape(re.search(r'id="measure"[^>]*href="([^"]*)"', get(ORDERS))[1])
    assert len(listed(get(again))) == 3


def test_isolation_is_kept_in_every_link(get):
    html = get(f"{ORDERS}?isolation=wal")
    assert {url for _, _, url in listed(html) if "isolation=wal&" not in url} == set()
    assert f'href="{LESSON}optimized/orders/?isolation=wal"' in html
    assert f'href="{ORDERS}?isolation=immediate"' in html


def test_race_page_leads_there(get):
    assert f'href="{ORDERS}"' in get(f"{LESSON}naive/?schedule=alice+bob")
    assert f'href="{ORDERS}?isolation=wal"' in get(f"{LESSON}naive/?schedule=alice+bob&isolation=wal")


def test_order_that_is_stopped_says_so(race_course, get):
    race_course.change("lesson.toml", "[variants.naive]", '[variants.naive]\ndjango = ">=99"')
    html = get(ORDERS)
    assert "Naive needs Django &gt;=99" in html
    assert listed(html) == []


def test_lesson_without_sessions_has_no_orders(course, shelves, client):
    response = client.get(ORDERS)
    assert response.status_code == 404
    assert "no sessions race in them" in response.text
