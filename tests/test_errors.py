"""What is refused or fails before, beside and after the views: all of it looks like the house."""

import logging

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401 - of this urlconf too
from lessons.pages.tests.addresses import NAIVE


def raises(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("crash/", raises(RuntimeError("a secret of the code"))),
    path("denied/", raises(PermissionDenied("a secret of the code"))),
    path("odd/", raises(SuspiciousOperation("a secret of the code"))),
    path("form/", lambda request: HttpResponse(str(len(request.POST)))),
    path("", include("lessons.urls")),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def ask(client):
    """Asks as a browser does: what a view raises is answered."""
    client.raise_request_exception = False

    def ask(address, method="get", **options):
        return getattr(client, method)(address, **options)

    return ask


def check_head(response):
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_error_has_a_page_without_a_trace_and_the_log_has_it(ask, caplog):
    response = ask("/crash/?books=<10>")
    assert response.status_code == 500
    check_head(response)
    assert "<h1>The site made an error.</h1>" in response.text
    assert 'href="/crash/?books=%3C10%3E">Try again</a>' in response.text
    assert "The address: <code>/crash/?books=%3C10%3E</code>" in response.text
    assert " UTC<br>" in response.text
    assert "/css/tokens." in response.text
    (record,) = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert "a secret of the code" in str(record.exc_info[1])


@pytest.mark.parametrize(
    "broken",
    [
        "django.template.loader.get_template",
        "lessons.course.catalog.get_catalog",
        "lessons.pages.errors.crash.static",
        "django.db.backends.utils.CursorWrapper.execute",
    ],
)
def test_page_of_an_error_needs_nothing_that_may_be_broken(ask, monkeypatch, broken):
    def fail(*args, **options):
        raise RuntimeError("broken too")

    monkeypatch.setattr(broken, fail)
    response = ask("/crash/")
    assert response.status_code == 500
    assert "<h1>The site made an error.</h1>" in response.text


def test_page_that_fails_to_say_what_it_is_for_is_an_error(ask, monkeypatch):
    def fail(*args, **options):
        raise RuntimeError("broken")

    monkeypatch.setattr("lessons.pages.errors.views.nearest_pages", fail)
    response = ask("/nothing/")
    assert response.status_code == 500
    assert "<h1>The site made an error.</h1>" in response.text


def test_developers_see_the_trace(ask, settings):
    settings.DEBUG = True
    assert "a secret of the code" in ask("/crash/").text


def test_htmx_keeps_the_page_where_there_is_an_error(ask):
    response = ask("/crash/", headers={"hx-request": "true", "hx-target": "lab"})
    assert (response["HX-Retarget"], response["HX-Reselect"]) == ("#refused", ".refusal")
    assert 'class="refusal' in response.text


def test_page_takes_no_post_and_says_what_it_takes(ask):
    for address in ("/", NAIVE, "/glossary/", "/search/"):
        response = ask(address, "post")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
        check_head(response)
        assert "<h1>This page can only be read.</h1>" in response.text
        assert f'href="{address}">Open it</a>' in response.text


def test_form_from_elsewhere_is_refused(static_files):
    response = Client(enforce_csrf_checks=True).post("/form/")
    assert response.status_code == 403
    check_head(response)
    assert "<h1>This was not accepted.</h1>" in response.text
    assert "load that page again" in response.text


def test_what_is_not_for_everybody(ask):
    response = ask("/denied/")
    assert response.status_code == 403
    check_head(response)
    assert "<h1>This was not accepted.</h1>" in response.text


def test_odd_request(ask):
    response = ask("/odd/")
    assert response.status_code == 400
    check_head(response)
    assert "<h1>This request has a mistake.</h1>" in response.text


def test_request_for_another_host(ask):
    response = ask("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    check_head(response)
    assert "does not answer to the name" in response.text
    assert "evil" not in response.text


def test_request_that_is_too_large(ask, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    response = ask("/form/", "post", data={str(n): n for n in range(5)})
    assert response.status_code == 400
    check_head(response)
    assert "larger than what this site takes" in response.text


@pytest.mark.parametrize("address", ["/crash/", "/denied/", "/odd/", "/nothing/", "/claims/?track=none"])
def test_head_has_no_body(ask, address):
    got, whole = ask(address, "head"), ask(address)
    assert got.status_code == whole.status_code >= 400
    assert got.content == b""
    assert got["Content-Length"] == str(len(whole.content))
