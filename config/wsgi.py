import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Here, not in an AppConfig: it is for what serves, and has to come before the handler loads its middleware.
if settings.OTEL_EXPORTER_OTLP_ENDPOINT:
    from lessons.measured.telemetry import export_from_here

    export_from_here()

application = get_wsgi_application()
