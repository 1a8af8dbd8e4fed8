"""What every answer forbids a browser, whatever the kind of page."""

import urllib.request

import pytest

from tests.kinds import ADDRESSES, LESSON

MACHINES = [
    "/healthz/",
    "/robots.txt",
    "/search/index.json",
    f"{LESSON}test.py",
    f"{LESSON}challenge.json",
    f"{LESSON}play.json",
]
EMBEDDED = "/play/embed/"
REFUSED = [f"{LESSON}naive/?books=7", "/lessons/no_track/"]  # 400, 404
POLICY = {
    "default-src 'self'", "img-src 'self' data:", "object-src 'none'", "base-uri 'self'", "form-action 'self'",
    "frame-ancestors 'none'",
}  # fmt: skip
ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
OF_PAGES = ALWAYS | {"Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY"}


@pytest.mark.parametrize("address", [*(each for each in ADDRESSES if each != EMBEDDED), *MACHINES, *REFUSED])
def test_every_kind_of_page_is_held(shelves_at_hand, client, address):
    check(client.get(address).headers)


def test_embedded_page_alone_may_stand_in_a_frame(client):
    headers = dict(client.get(EMBEDDED).headers)
    assert "X-Frame-Options" not in headers
    headers["X-Frame-Options"] = OF_PAGES["X-Frame-Options"]
    headers["Content-Security-Policy"] = headers["Content-Security-Policy"].replace(
        "ancestors *", "ancestors 'none'"
    )
    check(headers)


def test_what_htmx_swaps_and_what_is_not_allowed_are_held_too(shelves_at_hand, client):
    check(client.get(LESSON, headers={"HX-Request": "true"}).headers)
    refused = client.post("/glossary/")
    assert refused.status_code == 405
    check(refused.headers)


def check(headers):
    assert {name: headers.get(name) for name in OF_PAGES} == OF_PAGES
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    forbidden = headers["Permissions-Policy"].split(", ")
    assert {"camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()"} <= set(forbidden)
    assert [feature for feature in forbidden if not feature.endswith("=()")] == ["clipboard-write=(self)"]
    assert "Access-Control-Allow-Origin" not in headers


def test_a_sandboxed_frame_may_load_static_files(site):
    headers = urllib.request.urlopen(f"{site}/static/icon.svg", timeout=30).headers
    assert {name: headers[name] for name in ALWAYS} == ALWAYS
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Access-Control-Allow-Origin"] == "*"
