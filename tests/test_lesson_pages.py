"""Every page of some lessons, asked for once by Django's client, and two of them in Chromium, in turn.

`make soak` opens all of all lessons, in Chromium too, and `make prove`, so `.ci/run`, those of lessons that changed.
"""

from zlib import crc32

import pytest
from django.utils.html import escape

from lessons.course.catalog import get_catalog
from lessons.pages.offered import offered_pages
from lessons.tests.landing import some
from tests.browser import PHONE, wait_until_it_fits

# They run for seconds and are the same for all lessons: a lesson's will do, or tests of their own.
SLOW = {"curve": "n_plus_one/nested_path", "staircase": "n_plus_one/nested_path", "matrix": None}
MANY_RUNS = {"claims", "engines", "spans"}  # so on the smallest shelf


@pytest.fixture
def visit_in_chromium(site, page):
    page.set_viewport_size(PHONE)

    def visit(path):
        response = page.goto(f"{site}{path}")
        if response.status == 503:  # the machine is busy: a reader's browser comes back when it is told to
            page.wait_for_timeout(1_000 * int(response.headers["retry-after"]))
            page.trouble.clear()
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


LESSONS = get_catalog().lessons


@pytest.mark.parametrize("lesson", some(LESSONS))
def test_every_page_of_a_lesson_is_sound(lesson, visit_with_the_client):
    _check(lesson, visit_with_the_client, _pages(lesson))


@pytest.mark.parametrize("lesson", some(LESSONS))
def test_a_lesson_is_sound_in_chromium(lesson, visit_in_chromium):
    question, *others = _pages(lesson)
    _check(lesson, visit_in_chromium, [question, others[crc32(lesson.path.encode()) % len(others)]])


@pytest.mark.soak
@pytest.mark.prove
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.path)
def test_every_page_of_a_lesson_is_sound_in_chromium(lesson, visit_in_chromium):
    _check(lesson, visit_in_chromium, _pages(lesson))


def _pages(lesson):
    pages = ["", "claims", *offered_pages(lesson), *(variant.name for variant in lesson.variants)]
    return [page for page in pages if page not in SLOW or SLOW[page] == lesson.path]


def _check(lesson, visit, pages):
    for page in pages:
        address = f"{page}/?books=10" if page in MANY_RUNS else page and f"{page}/"
        assert escape(lesson.title) in visit(f"/lessons/{lesson.path}/{address}"), page
