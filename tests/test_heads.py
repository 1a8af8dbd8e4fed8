import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

FAULTS = {
    "/no/such/page/": "404",
    "/lessons/no_track/no_lesson/": "404",
    "/lessons/transactions/isolation_matrix/curve/": "404",
}
PAGES = {"/": "200", "/names/": "200", "/robots.txt": "200", "/lessons/": "302", **FAULTS}


def answer(method, address):
    """(status, headers, body) as a server gets them."""
    started = []
    environ = RequestFactory(headers={"host": "127.0.0.1"}).generic(method, address).environ
    response = WSGIHandler()(environ, lambda status, headers: started.append((status, dict(headers))))
    try:
        return *started[0], b"".join(response)
    finally:
        response.close()


@pytest.mark.parametrize(("address", "status"), PAGES.items())
@pytest.mark.django_db
def test_head_has_the_headers_of_get_and_no_body(static_files, address, status):
    got, headers, body = answer("HEAD", address)
    assert (got[:3], body) == (status, b"")
    of_get, headers_of_get, body_of_get = answer("GET", address)
    assert of_get == got
    assert headers["Content-Length"] == headers_of_get["Content-Length"] == str(len(body_of_get))
    assert headers.keys() == headers_of_get.keys()
