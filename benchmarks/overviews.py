"""Pages about the whole course ÷ a bare template view of the same bytes, through the same middleware."""

import gzip
import http.client
import tempfile
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.figure import Figure, at_most
from benchmarks.pairs import ratios
from benchmarks.server import serving, serving_bare

PAGES = (
    "/",
    "/summary/",
    "/claims/",
    "/search/?q=n%2B1",
    "/differences/",
    "/names/",
    "/glossary/",
    "/symptoms/",
    "/models/",
)
ROUNDS = 60
MEANS = (
    "What it costs to make the page from the course, beside a view that has the page’s text ready and "
    "renders it by a template of one variable: the same bytes, middleware, compression and server."
)


def figures():
    with tempfile.TemporaryDirectory(prefix="queryshelf-bench-") as folder, serving() as (site, _):
        for number, page in enumerate(PAGES):
            Path(folder, str(number)).write_bytes(gzip.decompress(get(site, page)))
        with serving_bare(BARE_PAGES=folder) as (bare, _):
            for number, page in enumerate(PAGES):
                yield _compare(page, partial(get, site, page), partial(get, bare, f"/bytes/{number}"))


def _compare(page, whole, bare):
    took, found = ratios(bare, {"page": whole}, rounds=ROUNDS)
    return Figure(
        name=f"overview page, {page}",
        ours=took * found["page"] * 1000,
        peer=took * 1000,
        ratio=found["page"],
        versus="a template view of the same bytes",
        unit="ms",
        goal=at_most(1.5),
        means=MEANS,
    )


def get(site, address):
    """Return the body, compressed. Raises RuntimeError where the page is not given.

    On a connection of its own: the server closes one that is kept after seconds.
    """
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{address} answers {response.status}")
    return body
