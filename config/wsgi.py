import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Here, not in an AppConfig: these are for what serves, and spans have to come before the handler's middleware.
if settings.OTEL_EXPORTER_OTLP_ENDPOINT:
    from lessons.measured.telemetry import export_from_here

    export_from_here()

if settings.RUNS_APART:
    from lab.apart.client import install

    install("lessons.runs.shelved", "lessons.measured.stairs", "lab.engines.postgresql")

application = get_wsgi_application()

# Only commands run Django's checks.
from lessons.course.changes import log_faults  # noqa: E402 - the apps have to be ready

log_faults()

# What is loaded by now stays: no full collection has to walk through it.
gc.freeze()
