"""Views to compare the site's with, through the same middleware: the same queries, and the same bytes.

DATABASE_URL is the shelf: Django connects to it for each request, as it does by default.
"""

import os
from functools import lru_cache
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path
from django.utils.safestring import mark_safe

from benchmarks import LESSON

VARIANT = "optimized"
ROWS = "<ul>{% for title, name in rows %}<li>{{ title }}, {{ name }}</li>{% endfor %}</ul>"


@lru_cache
def _template(text):
    return Template(text)


@lru_cache
def _run():
    from lessons.course.catalog import get_catalog
    from lessons.runs.code import load_function

    lesson = get_catalog().lesson(LESSON)
    return load_function(lesson, lesson.variant(VARIANT).path, "run")


@lru_cache
def _body(name):
    return mark_safe((Path(os.environ["BARE_PAGES"]) / name).read_text())


def same_queries(request):
    return HttpResponse(_template(ROWS).render(Context({"rows": _run()()})))


def same_bytes(request, name):
    return HttpResponse(_template("{{ body }}").render(Context({"body": _body(name)})))


urlpatterns = [
    path("queries/", same_queries),
    path("bytes/<slug:name>", same_bytes),
    path("healthz/", lambda request: HttpResponse("ok")),
]
application = get_wsgi_application()
