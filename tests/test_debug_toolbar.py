"""The debug toolbar, on a lesson's page, lists the very queries of that page's recorded run."""

import re
import urllib.request

import pytest

from lessons.course.catalog import get_catalog
from lessons.course.contract import Kind
from lessons.tests.landing import some

LESSONS = get_catalog().lessons
NAIVE = "/lessons/n_plus_one/forward_foreign_key/naive/"


def read(url):
    return urllib.request.urlopen(url, timeout=60).read().decode()


@pytest.mark.parametrize(
    ("books", "queries", "measure"), [(10, 11, ""), (10, 11, "&measure=1"), (1_000, 1_001, "")]
)
def test_toolbar_counts_the_recorded_run_alone(development_site, engine, books, queries, measure):
    html = read(f"{development_site}{NAIVE}?engine={engine.name}&books={books}{measure}")
    assert f'<dd class="naive">{queries:,}</dd>' in html
    assert re.findall(r"(\d+) quer(?:y|ies) in [\d.]+ms", html) == [str(queries)]


def test_toolbar_lets_many_rows_be_sent_at_once(development_site, engine):
    page = f"lessons/write_safely/copy_and_executemany/optimized/?engine={engine.name}&books=10"
    html = read(f"{development_site}/{page}")
    assert 'class="outcome' not in html
    assert re.findall(r"(\d+) quer(?:y|ies) in [\d.]+ms", html)


@pytest.mark.parametrize("lesson", some(each for each in LESSONS if each.kind is Kind.RUNS))
def test_toolbar_ends_no_run_otherwise(development_site, lesson):
    for variant in lesson.variants:
        html = read(f"{development_site}/lessons/{lesson.path}/{variant.name}/?engine={lesson.engines[0]}")
        told = re.search(r'class="outcome (?:raised|stopped)".*?</p>', html, re.DOTALL)
        assert told is None or "as declared" in told[0], variant.name


def test_toolbar_lists_the_queries_of_the_page(development_site, page):
    page.goto(f"{development_site}{NAIVE}?books=10")
    page.click("#djShowToolBarButton")
    page.click("#djDebug a.SQLPanel")
    page.wait_for_selector("#SQLPanel .djDebugSql")
    listed = page.locator("#SQLPanel .djDebugSql").all_inner_texts()
    assert len(listed) == 11
    assert sum("library_author" in sql for sql in listed) == 10


def test_toolbar_does_not_write_out_what_templates_are_given(development_site, page):
    """For a page about the whole course that would be gigabytes."""
    page.goto(f"{development_site}{NAIVE}?books=10")
    page.click("#djShowToolBarButton")
    page.click("#djDebug a.TemplatesPanel")
    page.wait_for_selector("#TemplatesPanel dt:has-text('lessons/runs/lab.html')")
    templates = page.locator("#TemplatesPanel dl", has_text="lessons/runs/lab.html")
    assert "Toggle context" not in templates.inner_text()


@pytest.mark.parametrize("page", ["n_plus_one/forward_foreign_key/curve/", "n_plus_one/nested_path/staircase/"])
def test_toolbar_keeps_off_pages_that_time_much(development_site, page):
    html = read(f"{development_site}/lessons/{page}")
    assert 'class="growth"' in html
    assert "djDebug" not in html
    assert "djDebug" in read(f"{development_site}{NAIVE}?books=10")
