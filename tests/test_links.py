"""Every link of the site leads to a page that there is, and to a place that there is on it."""

import re
from html import unescape
from urllib.parse import unquote, urldefrag, urljoin

from django.http import HttpResponse
from django.urls import Resolver404, resolve

from lessons.pages import answers

# Pages that run a lesson's code: of each kind that is quick, one is opened.
RUNS = {
    "variant",
    "plan",
    "compare",
    "gain",
    "claims",
    "staircase",
    "curve",
    "engines",
    "spans",
    "matrix",
    "orders",
}
OPENED = [
    "/lessons/n_plus_one/forward_foreign_key/naive/?books=10",
    "/lessons/n_plus_one/forward_foreign_key/naive/plan/2/?books=10&beside=optimized.1",
    "/lessons/n_plus_one/forward_foreign_key/compare/?books=10",
    "/lessons/seeing_queries/watch_production/compare/?books=10",  # whose queries come from a module
    "/lessons/n_plus_one/forward_foreign_key/gain/?books=10",
    "/lessons/n_plus_one/forward_foreign_key/claims/?books=10",
    "/lessons/n_plus_one/nested_path/staircase/?books=10",
    "/lessons/when_does_it_run/evaluate_once/prefetched/?books=10",
    "/lessons/transactions/wallet_transfer/naive/",
    "/lessons/transactions/wallet_transfer/compare/",
]


def test_every_link_leads_somewhere(shelves_of_lessons, client, monkeypatch):
    linked = {}  # {address: {(place on it, the page that links it)}}
    places = {}  # {address: ids on the page}
    waiting = ["/", *OPENED]
    wrong = []
    while waiting:
        address = waiting.pop()
        if address in places:
            continue
        response = client.get(address, follow=True)
        places[address] = set(re.findall(r'\bid="([^"]*)"', response.text))
        if response.status_code != 200:
            wrong.append((response.status_code, address, linked.get(address)))
        for link, place in links_of(address, response.text):
            linked.setdefault(link, set()).add((place, address))
            if not runs(link):
                waiting.append(link)
    assert len(places) > 150

    # Of all other pages, whether they are there: each reads its address, and runs nothing.
    monkeypatch.setattr(answers, "read_address", lambda request, read: read(request) and (lambda: None))
    monkeypatch.setattr(answers, "_answer", lambda request, page: HttpResponse())
    others = linked.keys() - places
    assert len(others) > 200
    answered = {address: client.get(address).status_code for address in others}
    wrong += [(status, address, linked[address]) for address, status in answered.items() if status != 200]
    wrong += [
        (place, address, page)
        for address in linked.keys() & places.keys()
        for place, page in linked[address]
        if place and place not in places[address] and address != "/play/"  # a script reads that address
    ]
    assert wrong == [], "\n".join(map(str, wrong))


def links_of(address, html):
    """Yield (address, place on it or "") of what a page links on this site."""
    for link in re.findall(r'\s(?:href|action|hx-get)="([^"]*)"', html):
        there, place = urldefrag(urljoin(address, unescape(link)))
        if there.startswith("/") and not there.startswith("/static/"):
            yield there, unquote(place)


def runs(address):
    try:
        return resolve(address.partition("?")[0]).url_name in RUNS
    except Resolver404:
        return False
