"""Run by `make bench`: `python -m benchmarks [first word of a group …]`. Adds to the table; judges nothing."""

import logging
import sys
from itertools import chain

from benchmarks.server import as_on_a_server
from benchmarks.table import measure


def main(names):
    with as_on_a_server(DJANGO_SETTINGS_MODULE="benchmarks.sites.toolbar_settings"):
        logging.disable(logging.INFO)  # a line a run would hide the figures
        from benchmarks import in_browser, overviews, page, paint, races, recording, seeding, serving, start
        from lab.engines import all_engines

        groups = {
            "recorder": [recording],
            "page": [page, serving],
            "overview pages": [overviews],
            "browser": [paint, in_browser],
            "races": [races],
            "seeding": [seeding],
            "start": [start],
        }
        for group, modules in groups.items():
            if not names or group.partition(" ")[0] in names:
                measure(group, chain.from_iterable(module.figures() for module in modules), all_engines())


if __name__ == "__main__":
    main(sys.argv[1:])
