"""A whole site with Silk, in one file. It answers with JSON what it finds out."""

import json
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import include, path

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.staticfiles", "silk"],
    LOGGING_CONFIG=None,
    MIDDLEWARE=["silk.middleware.SilkyMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="of a site that ends with its process",
    SILKY_PYTHON_PROFILER=False,
    STATIC_URL="static/",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
)
django.setup()


class Note(models.Model):
    text = models.CharField(max_length=20)

    class Meta:
        app_label = "notes"

    def __str__(self):
        return self.text


def home(request):
    return HttpResponse("home")


ways = {
    "a queryset": lambda: list(Note.objects.all()),
    "an update()": lambda: Note.objects.update(text="new"),
    "a create()": lambda: Note.objects.create(text="old"),
    "raw()": lambda: list(Note.objects.raw("SELECT * FROM notes_note")),
    "a cursor": lambda: connection.cursor().execute("SELECT 1"),
}


def ask(request, way):
    ways[way]()
    return HttpResponse("asked")


urlpatterns = [path("", home), path("ask/<way>/", ask)]
with_silk = (*urlpatterns, path("silk/", include("silk.urls")))


def pages():
    found = {"with the app and the middleware": _both_answer()}
    call_command("migrate", verbosity=0)
    found["migrated too"] = _both_answer()
    with override_settings(ROOT_URLCONF=with_silk):
        found["and with its addresses"] = _both_answer()
    return found


def _both_answer():
    client = Client(raise_request_exception=False)
    return all(client.get(address).status_code == 200 for address in ("/", "/silk/"))


def queries():
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Note)
    with override_settings(ROOT_URLCONF=with_silk):
        found = {way: _seen(way) for way in ways}
        found["no query but the page's own is run"] = not _explained("a queryset")
    return found


def _seen(way):
    from silk.models import Request

    Client().get(f"/ask/{way}/")
    return Request.objects.latest("start_time").queries.count() == 1


def _explained(way):
    asked = []

    def note(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        Client().get(f"/ask/{way}/")
    return any(sql.startswith("EXPLAIN") and "notes_note" in sql for sql in asked)


if __name__ == "__main__":
    json.dump({"pages": pages, "queries": queries}[sys.argv[1]](), sys.stdout)
