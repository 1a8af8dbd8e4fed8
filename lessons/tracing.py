"""Runs a variant as the view of a real request, and tells what OpenTelemetry sees of it.

The instrumentations wrap Django's middleware and the database drivers of the whole process: for a child process
(lessons.child), never for the site's own, whose recordings they would change and slow down.
"""

from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import path
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from lab.rows import chunks
from lab.runner import call
from lessons.spans import Span, Trace
from lessons.telemetry import instrument, make_exporter


def trace_request(function, *, name, shelf, **where):
    """Return the Trace of a GET of <name>/ whose view calls `function()` and answers with its rows.

    It is the second such request, on a connection that is open as it begins: what happens once is not in it.
    where: access and prepare, as in Shelf.open. With an endpoint set, the spans are exported too, afterwards.
    """
    memory = InMemorySpanExporter()
    instrument(SimpleSpanProcessor(memory))
    settings.DEBUG = False  # as in production: an error is a short answer, not a page about it
    settings.ROOT_URLCONF = (path(f"{name}/", _view(function)),)
    handler = WSGIHandler()
    for _ in range(2):
        with shelf.open(**where) as connection:
            connection.close_at = None  # as with CONN_MAX_AGE = None
            memory.clear()
            _get(handler, f"/{name}/")
            spans = memory.get_finished_spans()
    if exporter := make_exporter():
        exporter.export(spans)
        exporter.shutdown()
    return _trace(spans)


def _view(function):
    def view(request):
        result = call(function)
        if not isinstance(result, str):
            result = "\n".join(str(row) for chunk in chunks(result) for row in chunk)
        return HttpResponse(result, content_type="text/plain")

    return view


def _get(handler, address):
    environ = {"PATH_INFO": address}
    setup_testing_defaults(environ)
    response = handler(environ, lambda status, headers: None)
    for _ in response:
        pass
    response.close()


def _trace(spans):
    request = next(span for span in spans if span.kind == SpanKind.SERVER)
    within = [span for span in spans if span.parent and span.parent.span_id == request.context.span_id]
    return Trace(
        status=request.attributes["http.status_code"],
        request=_span(request, request),
        statements=tuple(_span(span, request) for span in sorted(within, key=lambda span: span.start_time)),
    )


def _span(span, request):
    return Span(
        name=span.name,
        start_ns=span.start_time - request.start_time,
        duration_ns=span.end_time - span.start_time,
        statement=span.attributes.get("db.statement"),
        failed=span.status.status_code == StatusCode.ERROR,
    )
