"""Every page of every lesson, asked for once: in Chromium where it is at hand, else by Django's client."""

import pytest
from django.utils.html import escape

from lessons.course.catalog import get_catalog
from lessons.pages.offered import offered_pages
from tests.browser import CHROMIUM, PHONE, wait_until_it_fits

# They run for seconds and are the same for all lessons: tests of their own open them.
SLOW = {"curve", "staircase", "matrix"}
MANY_RUNS = {"claims", "engines", "spans"}  # so on the smallest shelf


@pytest.fixture
def visit(request):
    """Asks for the page at a path, and returns its text."""
    return request.getfixturevalue("visit_in_chromium" if CHROMIUM else "visit_with_the_client")


@pytest.fixture
def visit_in_chromium(site, page):
    page.set_viewport_size(PHONE)

    def visit(path):
        response = page.goto(f"{site}{path}")
        assert response.status == 200
        wait_until_it_fits(page)
        return response.text()

    return visit


@pytest.fixture
def visit_with_the_client(shelves_at_hand, client):
    def visit(path):
        response = client.get(path)
        assert response.status_code == 200
        return response.text

    return visit


@pytest.mark.parametrize("lesson", get_catalog().lessons, ids=lambda lesson: lesson.path)
def test_every_page_of_a_lesson_is_sound(lesson, visit):
    for page in ("", "claims", *offered_pages(lesson), *(variant.name for variant in lesson.variants)):
        if page not in SLOW:
            address = f"{page}/?books=10" if page in MANY_RUNS else page and f"{page}/"
            assert escape(lesson.title) in visit(f"/lessons/{lesson.path}/{address}"), page
