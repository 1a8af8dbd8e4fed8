"""Run by `make load`: `python -m benchmarks.load [runs]`. Minutes; listens on 127.0.0.1 alone; judges nothing."""

import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from benchmarks import shelf_file
from benchmarks.load.flood import flood, one_at_a_time
from benchmarks.load.reading import fifty, idle, warm
from benchmarks.load.runs import many_runs
from benchmarks.load.throughput import BARE, throughput
from benchmarks.server import ROOT, as_on_a_server, serving, serving_bare
from benchmarks.table import measure

RUNS = 1_000
IDLE, CLASS, EACH, SINGLE, FLOOD = 10, 20, 3, 15, 30  # seconds


def main(runs=RUNS):
    with _data() as data, as_on_a_server(**data):
        from lab.engines import all_engines

        subprocess.run([sys.executable, "manage.py", "seed_library", "--verbosity", "0"], cwd=ROOT, check=True)
        engines = [engine for engine in all_engines() if engine.off() is None]
        with serving() as (address, _):
            measure("load", _figures(address, data["DATA_DIR"], engines, runs), engines)


def _figures(address, data_dir, engines, runs):
    names = [engine.name for engine in engines]
    warm(address)
    alone = idle(address, seconds=IDLE)
    yield from fifty(address, alone, names, seconds=CLASS)
    shelf = f"sqlite:///{shelf_file(data_dir)}"
    with serving_bare(DATABASE_URL=shelf) as (bare, _):
        warm(bare, pages=[BARE])
        yield from throughput(address, bare, seconds=EACH)
    single = one_at_a_time(address, names, seconds=SINGLE)
    yield from flood(address, alone, single, names, seconds=FLOOD)
    yield from many_runs(address, data_dir, engines, runs)


@contextmanager
def _data():
    """The variables of a data folder of its own, on this machine's own databases."""
    folder = Path(tempfile.mkdtemp(prefix="queryshelf-load-"))
    folder.chmod(0o755)  # as root, the embedded PostgreSQL runs as another user
    try:
        yield {
            "DATA_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
            "POSTGRES_URL": "",
            "MYSQL_URL": "",
            "CACHE_URL": "locmemcache://",
        }
    finally:
        while folder.exists():  # until PostgreSQL has seen that its folder is gone
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
