import os
import subprocess
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.conf import settings
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from lessons.course.catalog import get_catalog
from lessons.measured.passes import spans_of
from lessons.runs.shelved import ShelvedLesson

# What a server does: it makes the application, then answers a request.
SERVED = """
import sys

from config.wsgi import application
from django.test import Client

assert Client(headers={"host": "127.0.0.1"}).get("/names/").status_code == 200
print(*(name for name in sys.modules if name == "opentelemetry.sdk.trace"))
"""


class Collector:
    """A tiny collector of OTLP over HTTP: the spans that it was sent, by service and name."""

    def __init__(self, port):
        self.endpoint = f"http://127.0.0.1:{port}"
        self.requests = []  # (path, content type, spans)
        self.services = set()

    def take(self, path, content_type, body):
        exported = ExportTraceServiceRequest.FromString(body)
        for resource in exported.resource_spans:
            names = {each.key: each.value.string_value for each in resource.resource.attributes}
            self.services.add(names["service.name"])
        spans = [span for each in exported.resource_spans for scope in each.scope_spans for span in scope.spans]
        self.requests.append((path, content_type, spans))

    @property
    def names(self):
        return [span.name for *_, spans in self.requests for span in spans]


@pytest.fixture
def collector():
    with _serve() as collector:
        yield collector


@contextmanager
def _serve():
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            collector.take(self.path, self.headers["Content-Type"], body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    collector = Collector(server.server_port)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield collector
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def served(**environment):
    """What the code of SERVED prints, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", SERVED],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_without_an_endpoint_nothing_is_instrumented():
    assert served(OTEL_EXPORTER_OTLP_ENDPOINT="") == []


def test_requests_of_the_site_are_exported(collector):
    assert len(served(OTEL_EXPORTER_OTLP_ENDPOINT=collector.endpoint)) == 1
    assert {(path, kind) for path, kind, _ in collector.requests} == {("/v1/traces", "application/x-protobuf")}
    assert collector.names == ["GET names/"]
    assert collector.services == {"queryshelf"}


def test_traced_request_of_a_lesson_is_exported(course, shelf, collector, monkeypatch):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint)
    lesson = get_catalog().lesson("a_track/a_lesson")
    made = spans_of(ShelvedLesson(lesson=lesson, shelf=shelf))["naive"]
    assert len(made.statements) == 11
    (_, _, spans), *none = collector.requests
    assert none == []
    request, optimized = sorted((span for span in spans if not span.parent_span_id), key=lambda span: span.name)
    assert optimized.name == "GET optimized/"
    within = [span for span in spans if span.parent_span_id == request.span_id]
    assert request.name == "GET naive/"
    assert len(within) == 11
    assert request.end_time_unix_nano - request.start_time_unix_nano == made.request.duration_ns


def test_without_its_collector_a_lesson_is_traced_all_the_same(course, shelf, monkeypatch):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    assert set(spans_of(ShelvedLesson(lesson=get_catalog().lesson("a_track/a_lesson"), shelf=shelf))) == {
        "naive",
        "optimized",
    }


def test_service_can_have_another_name(collector):
    served(OTEL_EXPORTER_OTLP_ENDPOINT=collector.endpoint, OTEL_SERVICE_NAME="the shop next door")
    assert collector.services == {"the shop next door"}
