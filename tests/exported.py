"""A small export, made once for a test run's worker, and a plain server of files."""

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from django.core.management import call_command

LESSONS = ("n_plus_one/forward_foreign_key", "group_and_aggregate/summary_numbers", "transactions/wallet_transfer")
UNDER = "course/copy"  # the folder of the host that it lies in


def export(out, *, lessons=LESSONS, **options):
    """Write it to `out`, on SQLite and the shelves of 10 and 100 books."""
    told = {"base_url": f"https://files.example/{UNDER}/", "engines": ["sqlite"], "books": [10], "processes": 2}
    call_command("export_site", str(out), lessons=list(lessons), **{**told, **options}, verbosity=0)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@contextmanager
def served(folder):
    """Yield the address of a server that knows files, and nothing else."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
