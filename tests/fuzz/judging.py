"""What no answer of the site may be, whatever is asked."""

import json
import re
from gzip import decompress
from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.fuzz.parameters import MARK

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_STATUSES = {200, 204, 206, 301, 302, 304, 400, 403, 404, 405, 412, 416, 503}


class _Injected(HTMLParser):
    """Raises AssertionError where a text of the request has become a tag or an attribute of the page."""

    def handle_starttag(self, tag, attributes):
        assert MARK not in tag, f"the page has a tag of the request: {self.get_starttag_text()}"
        for name, value in attributes:
            assert MARK not in name, f"the page has an attribute of the request: {self.get_starttag_text()}"
            if name in {"href", "src", "action", "hx-get"}:
                assert not (value or "").strip().lower().startswith("javascript:"), f"{name} runs code: {value}"


def judge(status, headers, body):
    """status: "200 OK"; headers: [(name, value)]"""
    assert int(status[:3]) in _STATUSES, f"{status}: {body[:2000]!r}"
    names = {name.lower(): value for name, value in headers}
    for name, value in headers:
        assert not re.search(r"[\x00-\x1f\x7f]", f"{name}{value}"), f"{name} has a character that breaks a line"
    _leads_nowhere_else(names.get("location", "/"))
    if names.get("content-encoding") == "gzip" and body:
        body = decompress(body)
    kind = names.get("content-type", "")
    if names.get("content-encoding", "gzip") == "gzip" and kind.startswith(
        ("text/html", "text/plain", "application/json")
    ):
        _judge_text(body.decode(), kind)


def _judge_text(text, kind):
    assert "Traceback (most recent" not in text
    if found := _CONTROL.search(text):
        around = text[max(found.start() - 80, 0) : found.end() + 20]
        raise AssertionError(f"the page has a character that cannot be seen: {around!r}")
    if kind.startswith("text/html") and MARK in text:
        _Injected().feed(text)
    if kind.startswith("application/json") and text:
        json.loads(text)


def _leads_nowhere_else(location):
    where = urlsplit(location)
    assert where.hostname in {None, "testserver"}, f"it redirects to {location}"
    assert not location.startswith(("//", "\\", "/\\")), f"a browser takes {location} for another host"


def judge_log(lines):
    """Lines as the site writes them: each is one of its own, and nothing of it acts on a terminal."""
    for line in lines:
        assert "Traceback" not in line, f"the log has a trace:\n{line}"
        assert line.isprintable(), f"the log has a character that cannot be seen: {line!r}"
