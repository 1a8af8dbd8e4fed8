"""Pages about the whole course ÷ a static file of the same bytes, through the same server."""

import http.client
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from benchmarks.pairs import ratios, say

PAGES = ("/", "/summary/", "/claims/", "/differences/", "/names/", "/glossary/", "/symptoms/", "/models/")
PORT = 8765
GZIP = {"Accept-Encoding": "gzip", "Host": "127.0.0.1"}
ROUNDS = 60


def main():
    bodies = {}
    server = _serve()
    try:
        bodies = {page: _get(_connect(), page) for page in PAGES}
    finally:
        _stop(server)
    root = Path(settings.STATIC_ROOT)
    for number, body in enumerate(bodies.values()):
        (root / f"as-a-file-{number}.html").write_bytes(body)
    server = _serve()
    try:
        connection = _connect()
        for number, page in enumerate(PAGES):
            address = staticfiles_storage.base_url + f"as-a-file-{number}.html"
            _get(connection, page)
            ask = partial(_get, connection)
            _, found = ratios(partial(ask, address), {"page": partial(ask, page)}, rounds=ROUNDS)
            say(f"{page} ÷ a static file of its bytes", f"{found['page']:.2f}", "goal ≤ 1.5")
    finally:
        _stop(server)


def _serve():
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{PORT}", "--threads", "4"]
    process = subprocess.Popen(
        [*command, "--no-control-socket", "--log-level", "error"],
        env={**os.environ, "DEBUG_TOOLBAR": "0"},
    )
    for _ in range(300):
        try:
            _get(_connect(), "/healthz/")
        except OSError:
            time.sleep(0.1)
        else:
            return process
    raise RuntimeError(f"gunicorn did not answer at port {PORT}")


def _stop(process):
    process.terminate()
    process.wait(timeout=20)


def _connect():
    return http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)


def _get(connection, address):
    connection.request("GET", address, headers=GZIP)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{address} answers {response.status}")
    return body
