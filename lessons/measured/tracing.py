"""Runs variants as the views of real requests, and tells what OpenTelemetry sees of them.

The instrumentations wrap Django's middleware and the database drivers of the whole process: for a child process
(lessons.measured.child), never for the site's own, whose recordings they would change and slow down.
"""

from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import path
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from lab.running.rows import chunks
from lab.running.runner import call
from lessons.measured.scaling import QUICK
from lessons.measured.spans import REQUESTS, Span, Trace
from lessons.measured.telemetry import instrument, make_exporter

_PATIENCE = 2  # seconds that a reader waits for a collector


def trace_variants(shelved):
    """Return the Trace of a request of each variant that can run, by the variant's name.

    With an endpoint set, the spans are exported too, afterwards.
    """
    memory = InMemorySpanExporter()
    instrument(SimpleSpanProcessor(memory))
    handler = WSGIHandler()
    settings.DEBUG = False  # as in production: an error is a short answer, not a page about it
    spans = {
        variant.name: shelved.run(_quickest, variant, name=variant.name, handler=handler, memory=memory)
        for variant in shelved.lesson.variants
        if not shelved.unavailable(variant)
    }
    if exporter := make_exporter(seconds=_PATIENCE):
        exporter.export([span for each in spans.values() for span in each])
        exporter.shutdown()
    return {name: _trace(each) for name, each in spans.items()}


def _quickest(function, *, name, handler, memory, shelf, **where):
    """Return the spans of a GET of <name>/ whose view calls `function()` and answers with its rows.

    Those of the quickest of some requests after a first, each on a connection that is open as it begins: what
    happens once is not in them. where: access, prepare and template, as in Shelf.open.
    """
    settings.ROOT_URLCONF = (path(f"{name}/", _view(function)),)
    _, *warm = _requests(handler, name, memory, shelf, where)
    return min(warm, key=_duration)


def _requests(handler, name, memory, shelf, where):
    """Yield the spans of each request: two, and more where they are quick and one moment weighs much."""
    for n in range(1 + REQUESTS):
        with shelf.open(**where) as connection:
            connection.close_at = None  # as with CONN_MAX_AGE = None
            memory.clear()
            _get(handler, f"/{name}/")
            spans = memory.get_finished_spans()
        yield spans
        if n and _duration(spans) > QUICK:
            return


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
    request = _request(spans)
    within = [span for span in spans if span.parent and span.parent.span_id == request.context.span_id]
    return Trace(
        status=request.attributes["http.status_code"],
        request=_span(request, request),
        statements=tuple(_span(span, request) for span in sorted(within, key=lambda span: span.start_time)),
    )


def _request(spans):
    return next(span for span in spans if span.kind == SpanKind.SERVER)


def _duration(spans):
    request = _request(spans)
    return request.end_time - request.start_time


def _span(span, request):
    return Span(
        name=span.name,
        start_ns=span.start_time - request.start_time,
        duration_ns=span.end_time - span.start_time,
        statement=span.attributes.get("db.statement"),
        failed=span.status.status_code == StatusCode.ERROR,
    )
