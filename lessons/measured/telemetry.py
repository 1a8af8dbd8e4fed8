"""OpenTelemetry in this process: what makes spans, and where they go.

Nothing here is switched on by being imported. config.wsgi does it where an endpoint is set, and
lessons.measured.tracing in a child process of its own.
"""

import os
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

_SERVICE = Resource.create({SERVICE_NAME: os.environ.get("OTEL_SERVICE_NAME", "queryshelf")})
# What it wraps, the instrumentation, its class. One that wraps what is not installed cannot even be imported.
_INSTRUMENTATIONS = (
    ("django", "opentelemetry.instrumentation.django", "DjangoInstrumentor"),
    ("sqlite3", "opentelemetry.instrumentation.sqlite3", "SQLite3Instrumentor"),
    ("psycopg", "opentelemetry.instrumentation.psycopg", "PsycopgInstrumentor"),
    ("MySQLdb", "opentelemetry.instrumentation.mysqlclient", "MySQLClientInstrumentor"),
)


def instrument(processor):
    """Let requests and statements of this process make spans, for `processor` (a SpanProcessor) to take.

    Before the handler loads its middleware and before a connection is opened: neither is wrapped later.
    """
    provider = TracerProvider(resource=_SERVICE)
    provider.add_span_processor(processor)
    for wrapped, module, name in _INSTRUMENTATIONS:
        if find_spec(wrapped):
            getattr(import_module(module), name)().instrument(tracer_provider=provider)
    return provider


def make_exporter(*, seconds=None):
    """Return an exporter to OTEL_EXPORTER_OTLP_ENDPOINT, by OTLP over HTTP, or None where it is not set.

    seconds: how long it tries; if not given, OTEL_EXPORTER_OTLP_TIMEOUT, or ten
    """
    if not settings.OTEL_EXPORTER_OTLP_ENDPOINT:
        return None
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return OTLPSpanExporter(timeout=seconds)  # which reads what else OTEL_… says from the environment


def export_from_here():
    """Send the spans of this process to the endpoint, if there is one, in batches and from a thread beside."""
    if exporter := make_exporter():
        instrument(BatchSpanProcessor(exporter))
