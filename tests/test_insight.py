"""Requests have ids, and lines of the log look as an operator wants them: each event on one."""

import json
import logging
import logging.config
import os
import re
import subprocess
import sys

import pytest
from django.http import HttpResponse
from django.urls import include, path

from config.insight.logs import FORMATS, Json, Text, make_logging
from config.insight.requests import PATH, REQUEST_ID
from config.urls import handler500  # noqa: F401 - of this urlconf too
from lessons.events import tell
from tests.conftest import ROOT


def crash(request):
    raise RuntimeError("a secret of the code\n2026-01-01T00:00:00Z INFO run faked=1")


def say(request):
    tell("run", lesson="a/b", ms=1.5)
    return HttpResponse(request.META[REQUEST_ID])


urlpatterns = [path("crash/", crash), path("say/", say), path("", include("lessons.urls"))]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def lines(client):
    """Asks for a page, and returns the lines of the log in one of FORMATS."""
    client.raise_request_exception = False
    printed = []

    class Lines(logging.Handler):
        def emit(self, record):
            printed.append(self.format(record))

    def ask(form, address, **headers):
        handler = Lines()
        configured = make_logging(form, level="INFO")
        handler.setFormatter({"text": Text, "json": Json}[form]())
        handler.addFilter(
            logging.config.DictConfigurator(configured).configure_filter(configured["filters"]["identity"])
        )
        logging.getLogger().addHandler(handler)
        try:
            ask.response = client.get(address, headers=headers)
        finally:
            logging.getLogger().removeHandler(handler)
        return printed

    return ask


@pytest.mark.parametrize("given", ["0123abcd", "a.proxy-made_THIS", "f" * 64])
def test_well_formed_id_of_a_proxy_is_kept(client, given):
    response = client.get("/say/", headers={"x-request-id": given})
    assert response.text == response["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given", ["", "short", "f" * 65, "0123abcd\n", "0123 abcd", "<b>0123</b>", "٣" * 8, "a=1;b=2;c"]
)
def test_other_ids_are_made_anew(client, given):
    response = client.get("/say/", headers={"x-request-id": given})
    assert re.fullmatch("[0-9a-f]{32}", response["X-Request-ID"])
    assert response.text == response["X-Request-ID"]


def test_path_for_the_access_log_is_quoted_and_without_the_query(client):
    request = client.get("/say/%0a%22%1b٣?guess=987").wsgi_request
    assert request.META[PATH] == "/say/%0A%22%1B%D9%A3"


def test_each_request_has_its_own(client):
    assert client.get("/say/")["X-Request-ID"] != client.get("/say/")["X-Request-ID"]


def test_page_of_an_error_names_its_request(lines):
    logged = "\n".join(lines("text", "/crash/?books=10&guess=987", x_request_id="0123abcd"))
    assert "The request: <code>0123abcd</code>" in lines.response.text
    assert logged.startswith("20")
    first, *trace = logged.splitlines()
    assert re.fullmatch(r"\S+Z ERROR Internal Server Error: /crash/ request_id=0123abcd", first)
    assert "RuntimeError: a secret of the code" in logged
    assert all(line.startswith("    ") for line in trace)  # a text in it looks like no other line
    assert "987" not in logged


def test_event_is_one_line_of_text(lines):
    (line,) = lines("text", "/say/", x_request_id="0123abcd")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO run lesson=a/b ms=1.5 request_id=0123abcd", line)


def test_event_is_one_object_of_json(lines):
    (line,) = lines("json", "/say/", x_request_id="0123abcd")
    said = json.loads(line)
    assert re.match(r"\d{4}-\d\d-\d\dT", said.pop("time"))
    assert said == {
        "level": "INFO", "logger": "queryshelf", "event": "run", "lesson": "a/b", "ms": 1.5, "request_id": "0123abcd",
    }  # fmt: skip


def test_error_is_one_object_with_its_trace_and_without_the_query(lines):
    (line,) = lines("json", "/crash/?guess=987", x_request_id="0123abcd")
    said = json.loads(line)
    assert (said["level"], said["request_id"], said["status_code"]) == ("ERROR", "0123abcd", 500)
    assert "RuntimeError: a secret of the code" in said["exc_info"]
    assert "987" not in line


@pytest.mark.parametrize("form", FORMATS)
def test_what_django_logs_last_has_the_id_too(lines, form):
    (line,) = lines(form, "/no/such/page/", x_request_id="0123abcd")
    assert "Not Found: /no/such/page/" in line
    assert "0123abcd" in line


@pytest.mark.parametrize("path", ["/a%0a2026 INFO run/", "/%1b[31m/", "/%e2%80%a8x/", '/a" event=run/'])
@pytest.mark.parametrize("form", FORMATS)
def test_path_makes_no_other_line_and_commands_no_terminal(lines, form, path):
    (line,) = lines(form, path)
    assert line.isprintable()
    assert form == "text" or json.loads(line)["message"].startswith("Not Found: /")


def test_value_with_a_quote_ends_where_it_ends():
    record = logging.LogRecord(
        "queryshelf", logging.INFO, "", 0, {"event": "refused", "why": 'a\\" b=1\n'}, (), None
    )
    record.request_id = ""
    assert Text().format(record).endswith(r'refused why="a\\\" b=1\n"')


def settings_of(code, **environment):
    """What code prints that has `settings`, of a process with this environment; or how it ends."""
    command = [sys.executable, "-c", f"import config.settings as settings; {code}"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True)
    return done.stdout.strip() or done.stderr.splitlines()[-1]


def test_runs_are_not_told_on_a_developers_terminal():
    level = "print(settings.LOGGING['loggers']['queryshelf']['level'])"
    assert settings_of(level, DEBUG="1") == "WARNING"
    assert settings_of(level, DEBUG="0") == "INFO"


def test_format_that_there_is_not_is_refused():
    assert "LOG_FORMAT is xml. Set it to one of: text, json." in settings_of("pass", LOG_FORMAT="xml")
