"""The site under ten readers at once, each on an engine, a shelf and a variant of their own."""

import re
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

ENGINES = ("sqlite", "postgresql", "mysql")
EXPECTED = {("naive", 10): 11, ("naive", 100): 101, ("naive", 1000): 1001} | {
    ("optimized", books): 1 for books in (10, 100, 1000)
}


def read(url):
    with urllib.request.urlopen(url, timeout=60) as response:
        return response.read().decode()


@pytest.mark.soak
def test_ten_readers_on_mixed_engines_get_right_answers(site, shelves_everywhere):
    asked = list(product(ENGINES, EXPECTED)) * 2

    def check(one):
        engine, (variant, books) = one
        url = f"{site}/lessons/n_plus_one/forward_foreign_key/{variant}/?engine={engine}&books={books}"
        try:
            html = read(url)
        except urllib.error.HTTPError as error:
            if error.code == 503 and error.headers["Retry-After"]:  # a full house, said so
                return check(one)
            raise
        shown = re.search(rf'<dd class="{variant}">([\d,]+)</dd>', html)[1]
        label = re.search(r"just now, on (\w+) [\d.]+ with ([\d,]+) books", html)
        return engine, label[1].lower(), variant, int(label[2].replace(",", "")), int(shown.replace(",", ""))

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(check, asked))
    labels = {"sqlite": "sqlite", "postgresql": "postgresql", "mysql": "mariadb"}
    assert answers == [
        (engine, labels[engine], variant, books, EXPECTED[variant, books]) for engine, (variant, books) in asked
    ]
