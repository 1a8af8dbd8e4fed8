"""The pages in a real Chromium, with JavaScript and without."""

import os
import re

import pytest
from playwright.sync_api import expect

from lessons.course.catalog import get_catalog

LESSON = "/lessons/n_plus_one/forward_foreign_key/"
TRACED = "/lessons/when_does_it_run/evaluate_once/"


def see_queries(page, *counts):
    """Wait until the page shows these numbers of queries."""
    expect(page.locator(".figures div:first-child dd")).to_have_text(list(counts))


def test_switches_swap_the_lab_and_the_address_follows(site, page):
    page.goto(f"{site}{LESSON}naive/?books=100")
    page.evaluate("window.sameDocument = true")
    see_queries(page, "101")
    page.click("#books-1000")
    page.wait_for_url("**/naive/?books=1000")
    see_queries(page, "1,001")
    page.click("#show-optimized")
    page.wait_for_url("**/optimized/?books=1000")
    see_queries(page, "1")
    expect(page).to_have_title(re.compile("^Optimized: "))
    assert page.evaluate("document.activeElement.id") == "show-optimized"
    page.click("#show-compare")
    page.wait_for_url("**/compare/?books=1000")
    see_queries(page, "1,001", "1")
    assert page.evaluate("window.sameDocument")


def test_engine_switch(site, page):
    if not os.environ["MYSQL_URL"]:
        pytest.skip("MariaDB is missing: apt-get install mariadb-server libmariadb-dev")
    page.goto(f"{site}{LESSON}naive/?books=10")
    for engine, label in (("postgresql", "PostgreSQL"), ("mysql", "MariaDB")):
        page.click(f"#engine-{engine}")
        page.wait_for_url(f"**/naive/?engine={engine}&books=10")
        expect(page.locator("#lab .note", has_text="One recorded run")).to_contain_text(f"on {label}")
        see_queries(page, "11")
    page.click("#show-optimized")
    page.wait_for_url("**/optimized/?engine=mysql&books=10")
    see_queries(page, "1")
    page.click("#show-engines")
    page.wait_for_url("**/engines/?engine=mysql&books=10")
    see_queries(page, "11", "11", "11")


def test_back_and_forward(site, page):
    page.goto(f"{site}{LESSON}naive/?books=100")
    page.click("#books-10")
    page.wait_for_url("**/?books=10")
    see_queries(page, "11")
    page.go_back()
    page.wait_for_url("**/?books=100")
    see_queries(page, "101")
    page.go_forward()
    page.wait_for_url("**/?books=10")
    see_queries(page, "11")


def test_statement_lights_its_code_and_the_reverse(site, page):
    page.goto(f"{site}{LESSON}naive/?books=10")
    lit = page.locator("mark.lit")
    page.hover("#s2 .sql")
    assert lit.all_inner_texts() == ["book.author"]
    page.hover("h1")
    assert lit.count() == 0
    page.hover("mark[data-statements='2']")
    assert page.locator(".statements .lit").get_attribute("id") == "s2"
    page.hover("h1")
    page.focus("#s1 .statement-head a")
    assert lit.all_inner_texts() == ['Book.objects.order_by("pk")']


def test_statement_held_by_a_tap(site, page_with):
    page = page_with(viewport={"width": 375, "height": 800}, has_touch=True)
    page.goto(f"{site}{LESSON}naive/?books=10")
    page.tap("#s2 .sql")
    assert page.locator("mark.lit").all_inner_texts() == ["book.author"]
    page.tap("h1", position={"x": 1, "y": 1}, trial=True)


def test_access_lights_its_code_and_the_reverse(site, page):
    page.goto(f"{site}{TRACED}prefetched/?books=10")
    lit = page.locator("mark.lit")
    page.hover(".trace li:nth-child(2)")
    assert lit.all_inner_texts() == ["publisher.books.count()"]
    page.hover("mark.unasked >> text=exists")
    assert [li.get_attribute("id") for li in page.locator(".trace li.lit").all()] == ["a3"]
    page.hover("h1")
    page.focus(".trace li:first-child .asks a")
    assert page.locator(".statements .lit[id]").count() == 2
    assert lit.all_inner_texts() == ["Publisher.objects.prefetch_related(books).get(pk=1)"]


def test_guess_is_scored_in_place(site, page):
    page.goto(f"{site}{LESSON}")
    page.fill("#guess", "101")
    page.press("#guess", "Enter")
    page.wait_for_selector(".score")
    assert "Yes: 101 queries." in page.inner_text(".score")
    assert "guess=101" in page.url


def test_measure_in_place(site, page):
    page.goto(f"{site}{LESSON}optimized/?books=10")
    page.click("#measure")
    page.wait_for_selector(".measured")
    assert re.search(r"median [\d.]+ ms of 7 warm runs", page.inner_text(".measured"))


def test_claims_come_as_they_are_reached(site, page):
    page.goto(f"{site}{LESSON}naive/?books=10")
    page.locator("#claims").scroll_into_view_if_needed()
    page.wait_for_selector(".verdict")
    assert page.locator(".verdict").count() == len(get_catalog().lesson("n_plus_one/forward_foreign_key").claims)


def test_without_javascript_every_switch_is_a_link(site, page_with):
    page = page_with(java_script_enabled=False)
    page.goto(f"{site}{LESSON}")
    page.fill("#guess", "7")
    page.click(".guess button")
    assert "The answer is 101 queries" in page.inner_text(".score")
    page.click("text=See it run")
    see_queries(page, "101")
    page.click("#books-10")
    see_queries(page, "11")
    page.click("#measure")
    assert "median" in page.inner_text(".measured")
    page.click("#show-optimized")
    see_queries(page, "1")
    page.click("#show-compare")
    assert "Both return the same" in page.inner_text(".outcome")
    page.click("text=Put the usual claims to the test")
    expect(page.locator(".verdict").first).to_be_visible()
