"""Pages ÷ what a developer would have written instead: CPU time in one process, through the site's middleware.

A recorded run is compared with a view that asks the same and renders its rows; a page to read with a template of
its bytes, which has nothing to work out.
"""

from functools import partial
from gzip import decompress
from time import thread_time

from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path

from benchmarks import BOOKS, LESSON, shelf_file
from benchmarks.figure import Figure, at_most
from benchmarks.pairs import ratios
from config import urls
from library.models import Book

OPTIMIZED = f"/lessons/{LESSON}/optimized/?books={BOOKS}"
TO_READ = ("/", f"/lessons/{LESSON}/", "/lessons/n_plus_one/", "/search/?q=select_related")
ROWS = """<!doctype html>
<title>Books</title>
<ul>{% for title, name in rows %}<li>{{ title }}, {{ name }}</li>{% endfor %}</ul>
"""


def figures():
    client = Client(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})
    template = engines["django"].from_string
    rows, texts = template(ROWS), {}
    connections.settings["shelf"] = {**connections.settings["default"], "NAME": shelf_file(settings.DATA_DIR)}

    def list_books(request):
        books = Book.objects.using("shelf").order_by("pk").select_related("author")
        return HttpResponse(rows.render({"rows": [(book.title, book.author.name) for book in books]}, request))

    def show_text(request):
        return HttpResponse(texts[request.GET["of"]].render({}, request))

    def get(address, **query):
        response = client.get(address, query or None)
        assert response.status_code == 200, response
        return response.content

    urls.urlpatterns += [path("bare/books/", list_books), path("bare/text/", show_text)]
    bare, found = ratios(
        partial(get, "/bare/books/"), {"page": partial(get, OPTIMIZED)}, rounds=50, clock=thread_time
    )
    yield Figure(
        name="optimized run, processor time",
        ours=bare * found["page"] * 1000,
        peer=bare * 1000,
        ratio=found["page"],
        versus="a bare view of the same query",
        unit="ms",
        goal=at_most(1.25),
        means=f"What a page of {BOOKS:,} books and one query takes of a processor, beside a view of its rows.",
    )
    for address in TO_READ:
        body = decompress(get(address)).decode()
        texts[address] = template(f"{{% verbatim %}}{body}{{% endverbatim %}}")
        took, found = ratios(
            partial(get, "/bare/text/", of=address), {"page": partial(get, address)}, rounds=50, clock=thread_time
        )
        yield Figure(
            name=f"processor time of a page to read, {address}",
            ours=took * found["page"] * 1000,
            peer=took * 1000,
            ratio=found["page"],
            versus="a template of its bytes",
            unit="ms",
            means="What it takes of a processor to work the page out, beside a template that has its text ready.",
        )
