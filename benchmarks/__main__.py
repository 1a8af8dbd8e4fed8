"""Run by `make bench`. Prints each figure with its goal; judges nothing."""

import os
import sys
import tempfile

import django
from django.core.management import call_command

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    # As on a server; the toolbar is installed, so that it can be measured, and with DEBUG off shows nowhere.
    os.environ.update(DEBUG="0", DEBUG_TOOLBAR="1", SECRET_KEY="benchmarks")
    with tempfile.TemporaryDirectory(prefix="queryshelf-bench-") as static:
        os.environ["STATIC_ROOT"] = static
        django.setup()
        call_command("collectstatic", verbosity=0, interactive=False)

        from benchmarks import overviews, page, races, recording, seeding, start

        print(f"Django {django.get_version()}, Python {sys.version.split()[0]}, {os.cpu_count()} cores")
        for module in (recording, page, overviews, races, seeding, start):
            module.main()
