"""The whole lesson page ÷ the bare view of the same 1,001 queries, and what it weighs."""

import gzip
import re
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.html import strip_tags

from benchmarks import BOOKS, LESSON
from benchmarks.figure import Figure, at_most
from benchmarks.pairs import ratios
from benchmarks.recording import naive
from lab.shelves import Shelf

URL = f"/lessons/{LESSON}/naive/?books={BOOKS}"


def figures():
    _, run = naive()
    client = Client(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})
    request = RequestFactory().get("/")

    def bare_view():
        """What a developer would have written: a view that prints titles and names."""
        with Shelf(books=BOOKS).open():
            return HttpResponse("".join(f"<li>{title}, {name}</li>" for title, name in run()), request)

    def page():
        response = client.get(URL)
        assert response.status_code == 200, response
        return response

    bare, found = ratios(bare_view, {"page": page})
    yield Figure(
        name="lesson page with its run",
        ours=bare * found["page"] * 1000,
        peer=bare * 1000,
        ratio=found["page"],
        versus="a bare view of the same queries",
        unit="ms",
        goal=at_most(1.5),
        means="What it adds to a view of 1,001 queries that the page shows what the database did.",
    )
    response = page()
    html = gzip.decompress(response.content).decode()
    loaded = sum(map(_weight, dict.fromkeys(re.findall(r'(?:href|src)="/static/([^"]+)"', html))))
    text = len(gzip.compress(strip_tags(html).encode()))
    yield Figure(
        name="lesson page, bytes",
        ours=len(response.content) / 1024,
        peer=text / 1024,
        versus="its text alone",
        unit="KB",
        means="The page as it is sent, compressed, beside the words on it.",
    )
    yield Figure(
        name="lesson page with all it loads, bytes",
        ours=(len(response.content) + loaded) / 1024,
        peer=text / 1024,
        versus="its text alone",
        unit="KB",
        goal=at_most(40, of="ours"),
        means="With its stylesheets and scripts, as on a first visit.",
    )


def _weight(name):
    plain = re.sub(r"\.[0-9a-f]{12}(?=\.)", "", name)
    return len(brotli.compress(Path(finders.find(plain)).read_bytes()))
