"""The whole lesson page ÷ the bare view of the same 1,001 queries, and what it weighs."""

import gzip
import re
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory

from benchmarks.pairs import ratios, say
from benchmarks.recording import BOOKS, LESSON, naive
from lab.shelves import Shelf

URL = f"/lessons/{LESSON}/naive/?books={BOOKS}"


def main():
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

    _, found = ratios(bare_view, {"page": page})
    say("whole lesson page ÷ bare view", f"{found['page']:.2f}", "goal ≤ 1.5")

    response = page()
    html = gzip.decompress(response.content).decode()
    names = re.findall(r'(?:href|src)="/static/([^"]+)"', html)
    files = {name: _weight(name) for name in dict.fromkeys(names)}
    say("the page itself, compressed, KB", f"{len(response.content) / 1024:.1f}")
    for name, size in files.items():
        say(f"    {name}", f"{size / 1024:.1f}")
    say(
        "the page with all it loads, compressed, KB",
        f"{(len(response.content) + sum(files.values())) / 1024:.1f}",
        "goal ≤ 40",
    )


def _weight(name):
    plain = re.sub(r"\.[0-9a-f]{12}(?=\.)", "", name)
    return len(brotli.compress(Path(finders.find(plain)).read_bytes()))
