"""The site behind a proxy that speaks TLS, as PUBLIC_URL says it is; and without it, over plain HTTP."""

import contextlib
import http.client
import json
import os
import re
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.public import read_public_url
from tests.conftest import ROOT, free_port, gunicorn, serve

PUBLIC = "https://learn.example"
THROUGH_PROXY = {"Host": "learn.example", "X-Forwarded-Proto": "https"}


@pytest.fixture(scope="session")
def behind_tls(shelves_at_hand, static_files):
    """Such a site, with the admin for its forms and cookies."""
    port = free_port()
    yield from serve(gunicorn(port), port, PUBLIC_URL=PUBLIC, ADMIN="1", METRICS="1", METRICS_TOKEN="a token")


def ask(site, path, *, form=None, **headers):
    with contextlib.closing(http.client.HTTPConnection(site.removeprefix("http://"), timeout=30)) as connection:
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if form is None else "POST", path, form, headers)
        response = connection.getresponse()
        response.body = response.read()
        return response


def check_deploy(**environment):
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    long_key = {"SECRET_KEY": "a key as openssl makes it: " + "0123456789abcdef" * 4}
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **long_key, **environment}, capture_output=True, text=True
    )


def test_check_deploy_is_silent_behind_tls():
    checked = check_deploy(PUBLIC_URL=PUBLIC)
    assert checked.returncode == 0, checked.stderr
    # HSTS of subdomains, and preload: SECURITY.md says why not.
    assert "no issues (2 silenced)" in checked.stdout + checked.stderr


def test_check_deploy_speaks_where_nothing_is_said_of_tls():
    checked = check_deploy(PUBLIC_URL="")
    assert checked.returncode == 1
    assert {"security.W004", "security.W008"} <= set(re.findall(r"security\.W\d+", checked.stderr))


@pytest.mark.parametrize("path", ["/", "/names/?a=1", "/static/icon.svg"])
def test_plain_http_is_sent_to_the_public_address(behind_tls, path):
    for host in ("learn.example", "127.0.0.1"):
        answer = ask(behind_tls, path, Host=host)
        assert (answer.status, answer.headers["Location"]) == (301, PUBLIC + path)


def test_what_the_proxy_says_is_believed(behind_tls):
    answer = ask(behind_tls, "/", **THROUGH_PROXY)
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert ask(behind_tls, "/", **{**THROUGH_PROXY, "Host": "elsewhere.example"}).status == 400


def test_cookies_are_for_tls_alone(behind_tls):
    cookie = ask(behind_tls, "/admin/login/", **THROUGH_PROXY).headers["Set-Cookie"]
    assert "csrftoken=" in cookie
    assert "; Secure" in cookie


def test_a_form_from_the_public_address_is_taken(behind_tls):
    page = ask(behind_tls, "/admin/login/", **THROUGH_PROXY)
    token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', page.body)[1].decode()
    headers = {**THROUGH_PROXY, "Cookie": page.headers["Set-Cookie"].partition(";")[0]}
    for origin, status in ((PUBLIC, 200), ("https://elsewhere.example", 403)):
        form = f"csrfmiddlewaretoken={token}"  # a login without a name
        assert ask(behind_tls, "/admin/login/", form=form, **headers, Origin=origin).status == status


@pytest.mark.parametrize("path", ["/healthz", "/healthz/", "/readyz", "/metrics"])
def test_what_machines_ask_is_answered_over_plain_http(behind_tls, path):
    assert ask(behind_tls, path, Host="127.0.0.1", Authorization="Bearer a token").status == 200


def test_the_image_asks_itself_over_plain_http(behind_tls):
    healthcheck = re.search(r"^HEALTHCHECK .*?CMD (\[.*?\])$", (ROOT / "Dockerfile").read_text(), re.M | re.S)[1]
    command = [word.replace("http://127.0.0.1:8000", behind_tls) for word in json.loads(healthcheck)]
    assert behind_tls in command[-1]
    assert subprocess.run([sys.executable, *command[1:]]).returncode == 0


def test_without_it_the_site_is_plain_http(site):
    answer = ask(site, "/", Host="localhost")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] is None
    assert (
        ask(site, "/", **{"Host": "localhost", "X-Forwarded-Proto": "https"}).headers["Strict-Transport-Security"]
        is None
    )


@pytest.mark.parametrize(
    ("text", "host", "origin"),
    [
        ("https://learn.example", "learn.example", "https://learn.example"),
        (" HTTPS://Learn.Example/ ", "learn.example", "https://learn.example"),
        ("https://learn.example:443", "learn.example", "https://learn.example"),
        ("https://learn.example:8443", "learn.example", "https://learn.example:8443"),
        ("https://bücher.example", "xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("https://[2001:DB8::1]", "[2001:db8::1]", "https://[2001:db8::1]"),
    ],
)
def test_an_address_is_told_as_browsers_do(text, host, origin):
    assert read_public_url(text)[:2] == (host, origin)
    assert read_public_url(text)[2]["SECURE_SSL_HOST"] == origin.removeprefix("https://")


def test_a_plain_address_names_the_host_alone():
    assert read_public_url("http://learn.example") == ("learn.example", "http://learn.example", {})


@pytest.mark.parametrize(
    "text",
    [
        "learn.example", "1", "true", "ftp://learn.example", "https://", "https://learn.example/course",
        "https://me@learn.example", "https://learn.example?a", "https://*.example", "https://learn.example:port",
        "https://learn.example:99999", "https://a,b.example", "https://[::g]",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_what_to_type(text):
    with pytest.raises(ImproperlyConfigured, match=r"PUBLIC_URL.*https://learn\.example"):
        read_public_url(text)


def test_hosts_beside_the_public_one_are_those_that_are_named():
    program = "from config import settings as s; print(*s.ALLOWED_HOSTS)"

    def hosts(**environment):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
        )
        return done.stdout.split()

    assert hosts(PUBLIC_URL=PUBLIC) == ["127.0.0.1", "learn.example"]
    assert hosts(PUBLIC_URL=PUBLIC, ALLOWED_HOSTS="localhost") == ["127.0.0.1", "localhost", "learn.example"]
    assert hosts(PUBLIC_URL="") == ["127.0.0.1", "localhost", "[::1]"]
